import { defineDocument } from '../../graphql/client.ts';
import { defineCommand } from '../define-command.ts';
import type { GivenContentCase } from './content-case.ts';
import type { SavedCase } from './model.ts';

/** The saved cases of a rule set, by name, at most 2,000, and those of its content. */
export const ruleCasesDocument = defineDocument<{ ruleCases: readonly SavedCase[]; contentRuleCases: readonly GivenContentCase[] }, { key: string }>(`
  query RuleCases($key: String!) {
    ruleCases(key: $key) {
      id revision name facts observedAt at expected { level ruleIds outputs } tags savedAt savedBy { id displayName } fromDecision { decisionId }
    }
    contentRuleCases(key: $key) { id name version ruleId fires level facts changes observedAt at isSuperseded mark { reason markedAt markedBy { id displayName } } }
  }
`);

/** What a save sends; `id` and `expectedRevision` of a case that is there, else no id and 0. */
export interface SaveCaseInput {
  readonly key: string;
  readonly id?: string;
  readonly expectedRevision: number;
  readonly name: string;
  readonly facts: unknown;
  readonly observedAt: Readonly<Record<string, string>>;
  readonly at: string;
  readonly expected: { readonly level: string; readonly ruleIds: readonly string[]; readonly outputs?: unknown };
  readonly tags: readonly string[];
}

export const saveCaseDocument = defineCommand<SaveCaseInput>('SaveRuleCase', 'saveRuleCase', 'SaveRuleCaseInput', '... on SaveRuleCasePayload { case { id revision } }');

export const deleteCaseDocument = defineCommand<{ id: string; expectedRevision: number; reason: string }>('DeleteRuleCase', 'deleteRuleCase', 'DeleteRuleCaseInput', '... on DeleteRuleCasePayload { case { id isDeleted } }');

export const caseFromDecisionDocument = defineCommand<{ decisionId: string; name: string; tags: readonly string[] }>('RuleCaseFromDecision', 'ruleCaseFromDecision', 'RuleCaseFromDecisionInput', '... on RuleCaseFromDecisionPayload { case { id revision } }');

/** Whether the viewer may write the rule set of a decision. */
export const mayWriteDocument = defineDocument<{ ruleSet: { readonly key: string; readonly viewerCan: { readonly edit: boolean } } | null }, { key: string }>(`
  query MayWriteRuleSet($key: String!) { ruleSet(key: $key) { key viewerCan { edit } } }
`);

/** Sets cases of the content aside, or lets them count again. */
export const markContentCasesDocument = defineCommand<{ key: string; ids: readonly string[]; isSuperseded: boolean; reason: string }>('MarkContentRuleCases', 'markContentRuleCases', 'MarkContentRuleCasesInput', '... on MarkContentRuleCasesPayload { cases { id isSuperseded } }');
