import type { Logger } from 'pino';
import type { Database } from '#database';
import { createAct, type ActDependencies } from './act.ts';
import { markContentCases, type MarkContentCases } from './content-cases.ts';
import { createBacktests, type RequestBacktest } from './backtest/backtests.ts';
import { discardDraft, rollBack, saveDraft, signRules, type DiscardDraft, type RollBack, type SaveDraft, type SignRules } from './drafts.ts';
import { importDraft, type ImportDraft } from './imported-files.ts';
import { recallVersion, type RecallVersion } from './recalls.ts';
import { approve, returnReview, submitForReview, type Approve, type ReviewVerdict, type SubmitForReview } from './reviews.ts';
import { deleteRuleCase, ruleCaseFromDecision, saveRuleCase, type CaseFromDecision, type DeleteRuleCase, type SaveRuleCase } from './rule-cases.ts';
import { startShadow, stopShadow, type StartShadow, type StopShadow } from './shadows.ts';
import { confirmSuspension, liftSuspension, suspendRule, type SuspendRule, type SuspensionCommand } from './suspensions.ts';

export interface RuleSetLifeOptions extends ActDependencies {
  readonly database: Pick<Database, 'prisma' | 'pool' | 'connectBeside'>;
  /** Where a backtest that failed is told of. */
  readonly logger?: Logger;
  /** How long a backtest may take; half an hour when absent. */
  readonly backtestTimeLimitMs?: number;
}

/** Everything that people do with rule sets. Each act rejects with RuleSetRefusal when it is refused; then nothing was changed. */
export function createRuleSetLife(options: RuleSetLifeOptions) {
  const act = createAct(options);
  const { database, logger, backtestTimeLimitMs: timeLimitMs } = options;
  const backtests = createBacktests({ act, database, logger, timeLimitMs });
  return {
    saveDraft: (command: SaveDraft) => saveDraft(act, command),
    importDraft: (command: ImportDraft) => importDraft(act, command),
    discardDraft: (command: DiscardDraft) => discardDraft(act, command),
    rollBack: (command: RollBack) => rollBack(act, command),
    signRules: (command: SignRules) => signRules(act, command),
    submitForReview: (command: SubmitForReview) => submitForReview(act, command),
    returnReview: (command: ReviewVerdict) => returnReview(act, database, command),
    approve: (command: Approve) => approve(act, database, command),
    suspendRule: (command: SuspendRule) => suspendRule(act, command),
    confirmSuspension: (command: SuspensionCommand) => confirmSuspension(act, database, command),
    liftSuspension: (command: SuspensionCommand) => liftSuspension(act, database, command),
    recallVersion: (command: RecallVersion) => recallVersion(act, command),
    requestBacktest: (command: RequestBacktest) => backtests.request(command),
    saveRuleCase: (command: SaveRuleCase) => saveRuleCase(act, command),
    deleteRuleCase: (key: string, command: DeleteRuleCase) => deleteRuleCase(act, key, command),
    ruleCaseFromDecision: (command: CaseFromDecision) => ruleCaseFromDecision(act, command),
    markContentCases: (command: MarkContentCases) => markContentCases(act, command),
    startShadow: (command: StartShadow) => startShadow(act, command),
    stopShadow: (command: StopShadow) => stopShadow(act, database, command),
    /** Ends what runs beside the acts. */
    close: () => backtests.close(),
  };
}

export type RuleSetLife = ReturnType<typeof createRuleSetLife>;
