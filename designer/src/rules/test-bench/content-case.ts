import type { ContentCase, Level, RuleCaseResult } from '#rules';
import type { JsonObject } from '../../graphql/model.ts';
import type { Person } from '../person.ts';

/** A case that came with the content of a rule set, as the gateway gives it. */
export interface GivenContentCase {
  readonly id: string;
  /** The rule and a number, as a refusal names it. */
  readonly name: string;
  /** The version of the rule set that it came with. */
  readonly version: string;
  readonly ruleId: string;
  readonly fires: boolean;
  readonly level: Level | null;
  readonly facts: JsonObject;
  /** What of the facts differs from those at which nothing fires. */
  readonly changes: JsonObject;
  readonly observedAt: Readonly<Record<string, string>>;
  readonly at: string;
  /** It counts neither as failed nor for coverage. */
  readonly isSuperseded: boolean;
  readonly mark: { readonly reason: string; readonly markedAt: string; readonly markedBy: Person } | null;
}

/** A content case as rules run it. */
export function runnableContentCase({ id, name, facts, changes, observedAt, at, ruleId, fires, level }: GivenContentCase): ContentCase {
  return { id, name, facts, changes, observedAt, at, expected: { ruleId, fires, ...(level === null ? {} : { level }) } };
}

/** A content case with what became of it; without a result while the document cannot be run. */
export interface ContentRow {
  readonly each: GivenContentCase;
  readonly result: RuleCaseResult | undefined;
}

/** failed: it counts, and comes out otherwise. */
export type ContentState = 'failed' | 'aside' | 'passed' | 'notRun';

export function contentState({ each, result }: ContentRow): ContentState {
  if (each.isSuperseded) return 'aside';
  if (result === undefined) return 'notRun';
  return result.differences.length > 0 ? 'failed' : 'passed';
}

const order: readonly ContentState[] = ['failed', 'aside', 'notRun', 'passed'];

/** Those that fail first, then those that were set aside. */
export function failingFirst(rows: readonly ContentRow[]): readonly ContentRow[] {
  return [...rows].sort((a, b) => order.indexOf(contentState(a)) - order.indexOf(contentState(b)));
}
