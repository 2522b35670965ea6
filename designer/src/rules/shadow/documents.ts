import { defineDocument } from '../../graphql/client.ts';
import { pageFields } from '../../graphql/fragments.ts';
import { changeFields } from '../backtest/change-fields.ts';
import type { ChangesFound, ChangesPage } from '../backtest/documents.ts';
import { defineCommand } from '../define-command.ts';
import type { RuleSetSide } from '../model.ts';
import type { Shadow } from './model.ts';

const shadowFields = `
  id candidate hash startedAt startedBy { id displayName } endsAt isRunning stoppedAt stoppedBy { id displayName } stopReason hourlyLimit
  counts { judged differing notComparable skipped kept }
`;

/** `hours`: 1 to 720. `hourlyLimit`: 1 to 1,000 differences. */
export interface StartShadowInput {
  readonly key: string;
  readonly candidate: RuleSetSide;
  readonly hours: number;
  readonly hourlyLimit: number;
}

export const startShadowDocument = defineCommand<StartShadowInput>('StartRuleShadow', 'startRuleShadow', 'StartRuleShadowInput', `
  ... on StartRuleShadowPayload { shadow { id } }
  ... on ValidationError { ruleFindings { code path ruleId message } }
`);

export const stopShadowDocument = defineCommand<{ shadowId: string; reason: string }>('StopRuleShadow', 'stopRuleShadow', 'StopRuleShadowInput', '... on StopRuleShadowPayload { shadow { id } }');

/** Shadows of the rule set, newest first, at most 50. */
export const shadowsDocument = defineDocument<{ ruleShadows: readonly Shadow[] }, { key: string }>(`
  query RuleShadows($key: String!) { ruleShadows(key: $key) { ${shadowFields} } }
`);

export const shadowDocument = defineDocument<{ ruleShadow: Shadow | null }, { id: string }>(`
  query RuleShadow($id: ID!) { ruleShadow(id: $id) { ${shadowFields} } }
`);

/** Which differences are listed; null for all. */
export type DifferenceFilter = { readonly kind: string | null };

/** The differences that were kept, oldest first. What was ordered is not kept with them. */
export const shadowDifferencesDocument = defineDocument<ChangesFound, ChangesPage & DifferenceFilter>(`
  query RuleShadowDifferences($id: ID!, $first: Int!, $after: String, $kind: DecisionChangeKind) {
    found: ruleShadow(id: $id) { id changes: differences(first: $first, after: $after, kind: $kind) { edges { node { ${changeFields} } } ${pageFields} } }
  }
`);
