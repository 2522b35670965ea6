import { textOf } from '../i18n/localized-text.ts';
import type { RuleSetRow } from './model.ts';

/** What the list can be narrowed to. */
export const ruleSetFilters = ['all', 'toReview', 'draft', 'suspended'] as const;
export type RuleSetFilter = (typeof ruleSetFilters)[number];

/** The suspensions that are in force. */
export function inForce<Suspension extends { readonly status: string }>(suspensions: readonly Suspension[]): readonly Suspension[] {
  return suspensions.filter(({ status }) => status !== 'LIFTED');
}

/** The version that takes over next, if one is waiting for its time. */
export function nextScheduled<Version extends { readonly status: string; readonly effectiveAt: string }>(versions: readonly Version[]): Version | undefined {
  return versions.filter(({ status }) => status === 'SCHEDULED').sort((a, b) => Date.parse(a.effectiveAt) - Date.parse(b.effectiveAt))[0];
}

/** The version that judges once another is recalled; undefined when there is none, and the other cannot be recalled. Newest effect first. */
export function judgesInstead<Version extends { readonly version: string; readonly status: string }>(versions: readonly Version[], recalled: string): Version | undefined {
  return versions.find(({ version, status }) => version !== recalled && (status === 'IN_EFFECT' || status === 'SUPERSEDED'));
}

function matches(row: RuleSetRow, filter: RuleSetFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'toReview':
      return row.review !== null;
    case 'draft':
      return row.draft !== null && row.review === null;
    case 'suspended':
      return inForce(row.suspensions).length > 0;
  }
}

/** The rows that a filter and the words of a search leave; the words are looked for in both names and the key. */
export function filterRuleSets(rows: readonly RuleSetRow[], filter: RuleSetFilter, search: string): readonly RuleSetRow[] {
  const words = search.trim().toLowerCase().split(/\s+/).filter((word) => word !== '');
  return rows.filter((row) => {
    const text = `${textOf(row.name, 'zh-CN')} ${textOf(row.name, 'en')} ${row.key}`.toLowerCase();
    return matches(row, filter) && words.every((word) => text.includes(word));
  });
}
