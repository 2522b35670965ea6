import { z } from 'zod';
import { builder } from '../builder.ts';
import { ForbiddenError } from '../expected-errors.ts';
import { refused } from '../refuse.ts';
import { RuleSetSideInput } from '../rule-set-side.ts';
import { mutationErrors } from '../types/errors.ts';
import { mayAskWards, readBacktest, RuleSetBacktestType } from '../types/rule-backtest.ts';
import { idempotencyKeyOptions, inputSchemas } from './inputs.ts';
import { ruleSetAct } from './rule-set-act.ts';

const BacktestRuleSetInput = builder.inputType('BacktestRuleSetInput', {
  fields: (t) => ({
    key: t.string({ required: true, validate: inputSchemas.ruleSetKey }),
    candidate: t.field({ type: RuleSetSideInput, required: true }),
    from: t.field({ type: 'DateTime', required: true, description: 'Decisions recorded from here on.' }),
    to: t.field({ type: 'DateTime', required: true, description: 'Decisions recorded before this.' }),
    wards: t.stringList({ validate: z.array(z.string().min(1).max(64)).max(200), description: 'All when absent or empty. A viewer who does not see all wards may name the own one.' }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

const BacktestRuleSetPayload = builder.objectRef<{ readonly backtestId: string }>('BacktestRuleSetPayload').implement({
  fields: (t) => ({ backtest: t.field({ type: RuleSetBacktestType, nullable: true, resolve: ({ backtestId }, _args, context) => readBacktest(backtestId, context) }) }),
});

builder.mutationField('backtestRuleSet', (t) =>
  t.field({
    type: BacktestRuleSetPayload,
    description: 'Begins to replay a document over the recorded decisions of its rule set, beside everything else; `backtest` tells how far it has come. No decision is altered.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'BacktestRuleSetResult' } },
    args: { input: t.arg({ type: BacktestRuleSetInput, required: true }) },
    resolve: async (_root, { input: { key, candidate, from, to, wards, idempotencyKey } }, context) => {
      const chosen = [...new Set(wards ?? [])];
      if (!mayAskWards(chosen, context.viewer)) throw await refused(new ForbiddenError({ code: 'WARD_NOT_YOURS', place: 'wards' }), { ruleSet: key }, context);
      return ruleSetAct(key, context, (actor) => context.ruleSetLife.requestBacktest({ key, candidate, from: from.toISOString(), to: to.toISOString(), wards: chosen, actor, idempotencyKey }));
    },
  }),
);
