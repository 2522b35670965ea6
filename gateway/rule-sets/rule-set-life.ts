import { createAct, type ActDependencies } from './act.ts';
import { discardDraft, rollBack, saveDraft, signRules, type DiscardDraft, type RollBack, type SaveDraft, type SignRules } from './drafts.ts';
import { recallVersion, type RecallVersion } from './recalls.ts';
import { approve, returnReview, submitForReview, type Approve, type ReviewVerdict, type SubmitForReview } from './reviews.ts';
import { confirmSuspension, liftSuspension, suspendRule, type SuspendRule, type SuspensionCommand } from './suspensions.ts';

/** Everything that people do with rule sets. Each act rejects with RuleSetRefusal when it is refused; then nothing was changed. */
export function createRuleSetLife(dependencies: ActDependencies) {
  const act = createAct(dependencies);
  const { database } = dependencies;
  return {
    saveDraft: (command: SaveDraft) => saveDraft(act, command),
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
  };
}

export type RuleSetLife = ReturnType<typeof createRuleSetLife>;
