import { defineDocument } from '../graphql/client.ts';
import type { Decision } from '../graphql/model.ts';

/** Why a rule set decided as it did. `id` is the global id or the UUID that entries name. */
export const decisionDocument = defineDocument<{ decision: Decision | null }, { id: string }>(`
  query Decision($id: ID!) { decision(id: $id) { id decisionId ruleSet version level facts explanation decidedAt } }
`);
