import type { ExportFinding } from './export-finding.ts';
import { spokenName } from './export-finding.ts';

/** An export's text as JSON, or which of its entries is no JSON any more. */
export type ReadExport = { readonly kind: 'document'; readonly document: unknown } | { readonly kind: 'broken'; readonly findings: readonly ExportFinding[] } | { readonly kind: 'other' };

/**
 * Reads the text that `formatExport` wrote. A changed byte can also break the JSON: as each entry has a line of
 * its own, the entry is named then too. `other`: this never was an export of ours.
 */
export function readExport(text: string): ReadExport {
  // Two of the words, since the one changed byte may lie in one of them.
  if (!/careloop-audit-export|"treeHead"/.test(text)) return { kind: 'other' };
  try {
    return { kind: 'document', document: JSON.parse(text) };
  } catch {
    // Falls through to naming what is broken.
  }
  const findings = brokenEntries(text.split('\n'));
  return { kind: 'broken', findings: findings.length > 0 ? findings : [{ code: 'EXPORT_MALFORMED', message: 'Expected an audit export, but the file is no JSON: it was cut off or changed between its entries.' }] };
}

function brokenEntries(lines: readonly string[]): readonly ExportFinding[] {
  const entries = section(lines, '"entries": [');
  const leaves = section(lines, '"leaves": [');
  return entries.lines.flatMap((line, position) => {
    if (isJson(line)) return [];
    // The leaf in the same place says which entry this was, however little of it is left.
    const leaf = leaves.lines.length === entries.lines.length ? nameIn(leaves.lines[position] ?? '') : {};
    const name = { ...nameIn(line), ...leaf };
    return [{ code: 'ENTRY_UNREADABLE' as const, message: `${spokenName(name)} was edited: line ${entries.start + position + 1} of the file is no JSON any more.`, ...name }];
  });
}

/** The lines of a list, one item each, and the number of lines before them. */
function section(lines: readonly string[], opening: string): { readonly start: number; readonly lines: readonly string[] } {
  const start = lines.indexOf(opening) + 1;
  const end = start === 0 ? 0 : lines.findIndex((line, index) => index >= start && /^\]/.test(line));
  return { start, lines: lines.slice(start, end < 0 ? undefined : end).map((line) => line.replace(/,$/, '')) };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function nameIn(line: string): Pick<ExportFinding, 'sequence' | 'action' | 'occurredAt'> {
  const sequence = /"sequence":(\d+)/.exec(line)?.[1];
  const action = /"action":"([\w.]+)"/.exec(line)?.[1];
  const occurredAt = /"occurredAt":"([^"]+)"/.exec(line)?.[1];
  return { ...(sequence ? { sequence: Number(sequence) } : {}), ...(action ? { action } : {}), ...(occurredAt ? { occurredAt } : {}) };
}
