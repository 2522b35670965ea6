import { defineDocument } from '../graphql/client.ts';
import { localized } from '../graphql/fragments.ts';
import type { Decision } from '../graphql/model.ts';
import type { LocalizedText } from '../i18n/localized-text.ts';

/** What one rule did, in words. `outcome`: fired | notFired | unknown. */
export interface RuleInWords {
  readonly ruleId: string;
  readonly name: LocalizedText;
  readonly outcome: string;
  readonly sentence: LocalizedText;
}

/** A recorded decision with its reasons in words. */
export interface ExplainedDecision {
  readonly ruleSetName: LocalizedText;
  readonly summary: LocalizedText;
  readonly missing: readonly LocalizedText[];
  readonly rules: readonly RuleInWords[];
  readonly decision: Decision;
}

/** Why a rule set decided as it did. `id` is the global id or the UUID that entries name. */
export const explainedDocument = defineDocument<{ explainDecision: ExplainedDecision | null }, { id: string }>(`
  query ExplainedDecision($id: ID!) {
    explainDecision(id: $id) {
      ruleSetName ${localized} summary ${localized} missing ${localized} rules { ruleId outcome name ${localized} sentence ${localized} }
      decision { id decisionId ruleSet version level facts explanation decidedAt }
    }
  }
`);
