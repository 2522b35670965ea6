import type { AuditEntry } from '../graphql/model.ts';
import { isRefusal } from '../timeline/action-state.ts';

/** The auditor's views of a record. */
export const auditFilters = ['all', 'decisions', 'refusals', 'people'] as const;
export type AuditFilter = (typeof auditFilters)[number];

/** The entries of a view, in their order. */
export function filterEntries(entries: readonly AuditEntry[], filter: AuditFilter): AuditEntry[] {
  return entries.filter((entry) => filter === 'all' || (filter === 'decisions' && entry.decisionId !== null) || (filter === 'refusals' && isRefusal(entry.action)) || (filter === 'people' && entry.actor.kind === 'person'));
}
