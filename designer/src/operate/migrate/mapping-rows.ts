import type { ElementMappingEntry, ElementMappingInput, MigrationFinding } from './documents.ts';
import type { ProcessGraph } from '../../instances/picture/process-graph.ts';

/** One line of the mapping: where an element of this version goes in the other one. */
export interface MappingRow {
  readonly elementId: string;
  readonly targetElementId: string | null;
  readonly isActive: boolean;
  /** As a person chose it, not as it was proposed. */
  readonly isEdited: boolean;
  /** It goes to another element, or to none. */
  readonly isChanged: boolean;
  readonly findings: readonly MigrationFinding[];
}

/** What a person chose instead of what was proposed; null leaves the element without a place. */
export type MappingEdits = ReadonlyMap<string, string | null>;

/** Rows in the order in which they matter: where the case stands, then trouble, then what changes, then the rest as in the process. */
export function mappingRows(proposed: readonly ElementMappingEntry[], edits: MappingEdits, findings: readonly MigrationFinding[]): readonly MappingRow[] {
  const rank = (row: MappingRow): number => (row.isActive ? 0 : row.findings.length > 0 ? 1 : row.isChanged ? 2 : 3);
  return proposed
    .map(({ elementId, targetElementId, isActive }): MappingRow => {
      const edited = edits.get(elementId);
      const target = edited === undefined ? targetElementId : edited;
      return { elementId, targetElementId: target, isActive, isEdited: edited !== undefined && edited !== targetElementId, isChanged: target !== elementId, findings: findings.filter((finding) => finding.elementId === elementId) };
    })
    .map((row, index) => ({ row, index }))
    .sort((a, b) => rank(a.row) - rank(b.row) || a.index - b.index)
    .map(({ row }) => row);
}

/** The rows whose name or id, here or there, has the words in it. */
export function searchRows(rows: readonly MappingRow[], words: string, nameOf: (row: MappingRow) => string): readonly MappingRow[] {
  const wanted = words.trim().toLowerCase();
  return wanted === '' ? rows : rows.filter((row) => [nameOf(row), row.elementId, row.targetElementId ?? ''].some((each) => each.toLowerCase().includes(wanted)));
}

/** The mapping as the gateway takes it: every element that has a place. */
export function toMapping(rows: readonly Pick<MappingRow, 'elementId' | 'targetElementId'>[]): readonly ElementMappingInput[] {
  return rows.flatMap(({ elementId, targetElementId }) => (targetElementId === null ? [] : [{ elementId, targetElementId }])).sort((a, b) => a.elementId.localeCompare(b.elementId));
}

/** Findings about no line of the table. */
export function generalFindings(findings: readonly MigrationFinding[], rows: readonly MappingRow[]): readonly MigrationFinding[] {
  const told = new Set(rows.map(({ elementId }) => elementId));
  return findings.filter(({ elementId }) => elementId === null || !told.has(elementId));
}

/** The elements of the other version that a row can go to: those of its own kind first. */
export function targetsFor(elementId: string, source: ProcessGraph, target: ProcessGraph): { readonly alike: readonly string[]; readonly others: readonly string[] } {
  const type = source.byId.get(elementId)?.type;
  return { alike: target.elements.filter((element) => element.type === type).map(({ id }) => id), others: target.elements.filter((element) => element.type !== type).map(({ id }) => id) };
}
