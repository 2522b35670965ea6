import type { CaseDifference } from '#rules';
import { builder } from '../builder.ts';

/** One thing that came out otherwise in a case. */
export const CaseDifferenceType = builder.objectRef<CaseDifference>('RuleCaseDifference').implement({
  description: 'level: another level. notFired, fired: a rule that should have, or should not have. outputs: other outputs. failure: it could not be judged; `actual` is code and input, and the rules that violate the hit policy.',
  fields: (t) => ({
    kind: t.exposeString('kind', { description: 'level | notFired | fired | outputs | failure' }),
    ruleId: t.string({ nullable: true, resolve: ({ ruleId }) => ruleId ?? null }),
    expected: t.field({ type: 'JSON', nullable: true, resolve: ({ expected }) => expected ?? null }),
    actual: t.field({ type: 'JSON', nullable: true, resolve: ({ actual }) => actual ?? null }),
  }),
});
