import type { RuleSetShow } from './model.ts';

/** What the list can be narrowed to, and how the gateway calls it. */
export const ruleSetFilters = ['all', 'toReview', 'draft', 'suspended'] as const;
export type RuleSetFilter = (typeof ruleSetFilters)[number];
export const shows: Readonly<Record<RuleSetFilter, RuleSetShow | null>> = { all: null, toReview: 'TO_REVIEW', draft: 'DRAFT', suspended: 'SUSPENDED' };

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
