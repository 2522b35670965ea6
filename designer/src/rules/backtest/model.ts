import type { LocalizedText } from '../../i18n/localized-text.ts';
import type { Person } from '../person.ts';

/** A level that a rule set gives, strongest first. */
export const levels = ['HARD', 'UNKNOWN', 'PHARMACIST', 'WARN', 'PASS'] as const;

export type BacktestStatus = 'WAITING' | 'RUNNING' | 'DONE' | 'FAILED' | 'INTERRUPTED';

/** Compared decisions of one ward, drug or level; `key` is empty for those that have none. */
export interface BacktestGroup {
  readonly key: string;
  readonly name?: LocalizedText | null;
  readonly decisions: number;
  readonly changed: number;
  readonly stricter: number;
  readonly looser: number;
  readonly newlyInterrupting: number;
}

export interface MatrixCell {
  readonly from: string;
  readonly to: string;
  readonly count: number;
}

/** `decisions` = `compared` + `notComparable`; `changed` = `stricter` + `looser` + `otherFindings`. */
export interface BacktestResult {
  readonly decisions: number;
  readonly compared: number;
  readonly changed: number;
  readonly stricter: number;
  readonly looser: number;
  readonly otherFindings: number;
  readonly newlyInterrupting: number;
  readonly noLongerInterrupting: number;
  readonly failed: number;
  readonly failures: readonly { readonly failure: string; readonly count: number }[];
  readonly notComparable: number;
  readonly notComparableReasons: readonly { readonly code: string; readonly fact: string; readonly count: number }[];
  readonly matrix: readonly MatrixCell[];
  readonly byWard: readonly BacktestGroup[];
  readonly byDrug: readonly BacktestGroup[];
  readonly bySeverity: readonly BacktestGroup[];
  readonly byRule: readonly { readonly ruleId: string; readonly newlyFired: number; readonly noLongerFired: number }[];
}

/** A backtest in the list. */
export interface BacktestRow {
  readonly id: string;
  /** The version, that of the review, or `#` and the draft's revision. */
  readonly candidate: string;
  /** SHA-256 of the document that was run. */
  readonly hash: string;
  readonly from: string;
  readonly to: string;
  /** Empty for all. */
  readonly wards: readonly string[];
  readonly requestedAt: string;
  readonly requestedBy: Person;
  readonly status: BacktestStatus;
  readonly result: Pick<BacktestResult, 'decisions' | 'changed'> | null;
}

/** One backtest with how far it has come and what it found. */
export interface Backtest extends Omit<BacktestRow, 'result'> {
  readonly read: number;
  /** Null until they were counted, and where they are not. */
  readonly total: number | null;
  readonly finishedAt: string | null;
  readonly failure: string | null;
  readonly result: BacktestResult | null;
}

/** A decision that the document makes otherwise. */
export interface DecisionChange {
  readonly decisionId: string;
  readonly decidedAt: string;
  readonly levelBefore: string;
  readonly levelAfter: string;
  readonly rulesBefore: readonly string[];
  readonly rulesAfter: readonly string[];
  readonly failure: string | null;
  /** Null for none; absent where it is not told, as of a shadow. */
  readonly drug?: string | null;
  /** Null for a viewer who may not see whose it is. */
  readonly patient: { readonly patientId: string; readonly name: string } | null;
  /** Null for a viewer who may not see it. */
  readonly decision: { readonly id: string } | null;
}
