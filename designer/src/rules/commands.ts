import { localized } from '../graphql/fragments.ts';
import { defineCommand as command } from './define-command.ts';

const findings = '... on ValidationError { ruleFindings { code path ruleId message } }';
const difference = `
  draftDifference {
    from to
    document { path before after }
    inputs { id kind name ${localized} fromIndex toIndex fields { path before after } }
    outputs { id kind name ${localized} fromIndex toIndex fields { path before after } }
    rules { id kind name ${localized} fromIndex toIndex fields { path before after } }
  }
`;

export const saveDraftDocument = command<{ key: string; document: unknown; expectedRevision: number }>('SaveRuleSetDraft', 'saveRuleSetDraft', 'SaveRuleSetDraftInput', `
  ... on SaveRuleSetDraftPayload { droppedSignatures draft { revision document } }
  ... on ConflictError { revision draft { savedAt savedBy { id displayName } document } ${difference} }
  ${findings}
`);

export const discardDraftDocument = command<{ key: string; expectedRevision: number; reason: string }>('DiscardRuleSetDraft', 'discardRuleSetDraft', 'DiscardRuleSetDraftInput', '... on DiscardRuleSetDraftPayload { ruleSet { key } }');

export const submitDocument = command<{ key: string; expectedRevision: number; comment: string; effectiveAt?: string }>('SubmitRuleSetForReview', 'submitRuleSetForReview', 'SubmitRuleSetForReviewInput', `
  ... on SubmitRuleSetForReviewPayload { review { id version } }
  ... on RefusedError { failedCases }
  ${findings}
`);

export const returnReviewDocument = command<{ reviewId: string; comment: string }>('ReturnRuleSetReview', 'returnRuleSetReview', 'ReturnRuleSetReviewInput', '... on ReturnRuleSetReviewPayload { review { id } }');

export const approveDocument = command<{ reviewId: string; comment: string; effectiveAt?: string }>('ApproveRuleSet', 'approveRuleSet', 'ApproveRuleSetInput', `
  ... on ApproveRuleSetPayload { version { version status effectiveAt } }
  ... on RefusedError { failedCases }
`);

export const rollBackDocument = command<{ key: string; toVersion: string; reason: string; expectedRevision: number }>('RollBackRuleSet', 'rollBackRuleSet', 'RollBackRuleSetInput', '... on RollBackRuleSetPayload { review { id version } }');

export const signRulesDocument = command<{ key: string; ruleIds: readonly string[]; reason: string; expectedRevision: number }>('SignRules', 'signRules', 'SignRulesInput', '... on SignRulesPayload { draft { revision } }');

export const suspendRuleDocument = command<{ key: string; ruleId: string; reason: string }>('SuspendRule', 'suspendRule', 'SuspendRuleInput', '... on SuspendRulePayload { suspension { id status } }');

export const confirmSuspensionDocument = command<{ suspensionId: string; reason: string }>('ConfirmSuspension', 'confirmSuspension', 'SuspensionInput', '... on ConfirmSuspensionPayload { suspension { id status } }');

export const liftSuspensionDocument = command<{ suspensionId: string; reason: string }>('LiftSuspension', 'liftSuspension', 'SuspensionInput', '... on LiftSuspensionPayload { suspension { id status } }');

export const recallDocument = command<{ key: string; version: string; reason: string }>('RecallRuleSetVersion', 'recallRuleSetVersion', 'RecallRuleSetVersionInput', '... on RecallRuleSetVersionPayload { recall { inEffectInstead stillToJudge openCases { totalCount } } }');
