import type { AuditCrypto } from './audit-crypto.ts';
import { formatExport, type AuditExport } from './audit-export.ts';
import { entryName, spokenName, type ExportFinding, type ExportVerification } from './export-finding.ts';
import { readExport } from './read-export.ts';
import { verifyExport } from './verify-export.ts';

/**
 * Verifies an export as a file: its content, and that its text is the one that was written. White space or a
 * member said twice would change no value that is hashed, but what a reader sees. Undefined when the text never
 * was an export of ours.
 */
export async function verifyExportText(text: string, options: { readonly crypto: AuditCrypto; readonly publicKey?: string }): Promise<ExportVerification | undefined> {
  const read = readExport(text);
  if (read.kind === 'other') return undefined;
  if (read.kind === 'broken') return { isIntact: false, entryCount: 0, isKeyPinned: options.publicKey !== undefined, findings: read.findings };
  const verification = await verifyExport(read.document, options);
  if (!verification.isIntact) return verification;
  // An intact verification includes the document's shape.
  const reformatted = reformattedLine(text, formatExport(read.document as AuditExport));
  return reformatted ? { ...verification, isIntact: false, findings: [reformatted] } : verification;
}

function reformattedLine(text: string, expected: string): ExportFinding | undefined {
  if (text === expected) return undefined;
  const lines = expected.split('\n');
  const number = text.split('\n').findIndex((line, index) => line !== lines[index]);
  const name = nameInLine(lines[number] ?? '');
  const place = name.sequence === undefined ? `line ${number + 1}` : `line ${number + 1}, ${spokenName(name)}`;
  return { code: 'EXPORT_REFORMATTED', message: `Expected the text as it was exported, but ${place} was written anew: its values are what was sealed, white space or members are not.`, ...name };
}

function nameInLine(line: string): ReturnType<typeof entryName> {
  try {
    return entryName(JSON.parse(line.replace(/,$/, '')));
  } catch {
    return {};
  }
}
