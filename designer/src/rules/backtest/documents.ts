import { defineDocument } from '../../graphql/client.ts';
import { localized, pageFields } from '../../graphql/fragments.ts';
import type { Connection, Ward } from '../../graphql/model.ts';
import { defineCommand } from '../define-command.ts';
import type { RuleSetSide } from '../model.ts';
import { changeFields } from './change-fields.ts';
import type { Backtest, BacktestRow, DecisionChange } from './model.ts';

const head = 'id candidate hash from to wards requestedAt requestedBy { id displayName } status';
const group = 'key decisions changed stricter looser newlyInterrupting';

/** `wards`: empty for all that the viewer may ask about. */
export interface StartBacktestInput {
  readonly key: string;
  readonly candidate: RuleSetSide;
  readonly from: string;
  readonly to: string;
  readonly wards: readonly string[];
}

export const startBacktestDocument = defineCommand<StartBacktestInput>('BacktestRuleSet', 'backtestRuleSet', 'BacktestRuleSetInput', `
  ... on BacktestRuleSetPayload { backtest { id status } }
  ... on ValidationError { ruleFindings { code path ruleId message } }
`);

/** The wards, and what a backtest of a draft is compared with: the hash of the draft as it is saved now. */
export const backtestFrameDocument = defineDocument<{ wards: readonly Ward[]; ruleSet: { readonly key: string; readonly draft: { readonly revision: number; readonly hash: string } | null } | null }, { key: string }>(`
  query BacktestFrame($key: String!) { wards(includeClosed: true) { id name ${localized} } ruleSet(key: $key) { key draft { revision hash } } }
`);

/** Backtests of the rule set that the viewer may see, newest first, at most 50. */
export const backtestsDocument = defineDocument<{ backtests: readonly BacktestRow[] }, { key: string }>(`
  query Backtests($key: String!) { backtests(key: $key) { ${head} result { decisions changed } } }
`);

export const backtestDocument = defineDocument<{ backtest: Backtest | null }, { id: string }>(`
  query Backtest($id: ID!) {
    backtest(id: $id) {
      ${head} read total finishedAt failure
      result {
        decisions compared changed stricter looser otherFindings newlyInterrupting noLongerInterrupting failed notComparable
        failures { failure count } notComparableReasons { code fact count }
        matrix { from to count }
        byWard { ${group} name ${localized} }
        byDrug { ${group} }
        bySeverity { ${group} }
        byRule { ruleId newlyFired noLongerFired }
      }
    }
  }
`);

/** A page of changed decisions of what has the id. */
export type ChangesPage = { readonly id: string; readonly first: number; readonly after: string | null };

/** Null when there is nothing with the id that the viewer may see. */
export type ChangesFound = { readonly found: { readonly id: string; readonly changes: Connection<DecisionChange> } | null };

/** Which changed decisions are listed; null for all. */
export type ChangeFilter = {
  readonly kind: string | null;
  readonly levelBefore: string | null;
  readonly levelAfter: string | null;
  /** Empty for those of no ward. */
  readonly ward: string | null;
  /** Empty for those without a drug. */
  readonly drug: string | null;
  readonly ruleId: string | null;
};

/** The decisions that change, oldest first. */
export const changesDocument = defineDocument<ChangesFound, ChangesPage & ChangeFilter>(`
  query BacktestChanges($id: ID!, $first: Int!, $after: String, $kind: DecisionChangeKind, $levelBefore: String, $levelAfter: String, $ward: String, $drug: String, $ruleId: String) {
    found: backtest(id: $id) {
      id
      changes(first: $first, after: $after, kind: $kind, levelBefore: $levelBefore, levelAfter: $levelAfter, ward: $ward, drug: $drug, ruleId: $ruleId) {
        edges { node { ${changeFields} drug } }
        ${pageFields}
      }
    }
  }
`);
