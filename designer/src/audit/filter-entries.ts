import type { AuditEntry } from '../graphql/model.ts';

/** The auditor's views of a record. */
export const auditFilters = ['all', 'decisions', 'refusals', 'people'] as const;
export type AuditFilter = (typeof auditFilters)[number];

/** The actions that the server is asked for, one question each; one question for everything when undefined. */
export function actionsOf(filter: AuditFilter): readonly (string | undefined)[] {
  if (filter === 'decisions') return ['decision.made'];
  if (filter === 'refusals') return ['task.refused', 'event.rejected', 'command.refused', 'access.refused'];
  return [undefined];
}

/** What the server cannot filter: which of its entries belong in the view. */
export function belongsTo(entry: Pick<AuditEntry, 'actor'>, filter: AuditFilter): boolean {
  return filter !== 'people' || entry.actor.kind === 'person';
}

/** Puts pages of several questions together, each entry once, newest first. */
export function mergeNewestFirst<Entry extends Pick<AuditEntry, 'id' | 'sequence'>>(shown: readonly Entry[], fresh: readonly Entry[]): readonly Entry[] {
  const byId = new Map([...shown, ...fresh].map((entry) => [entry.id, entry]));
  // Sequences are decimal numbers of any length.
  return [...byId.values()].sort((a, b) => b.sequence.length - a.sequence.length || b.sequence.localeCompare(a.sequence));
}
