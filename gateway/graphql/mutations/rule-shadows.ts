import { z } from 'zod';
import { builder } from '../builder.ts';
import { RuleSetSideInput } from '../rule-set-side.ts';
import { mutationErrors } from '../types/errors.ts';
import { readShadow, RuleShadowType } from '../types/rule-shadow.ts';
import { idempotencyKeyOptions, inputSchemas } from './inputs.ts';
import { ruleSetAct } from './rule-set-act.ts';

const usualHours = 168;
const usualHourlyLimit = 100;

const StartRuleShadowInput = builder.inputType('StartRuleShadowInput', {
  fields: (t) => ({
    key: t.string({ required: true, validate: inputSchemas.ruleSetKey }),
    candidate: t.field({ type: RuleSetSideInput, required: true }),
    hours: t.int({ validate: z.number().int().min(1).max(720), description: 'It ends by itself then; 168 when absent, 720 at most.' }),
    hourlyLimit: t.int({ validate: z.number().int().min(1).max(1_000), description: 'Differences kept an hour, the others are only counted; 100 when absent, 1,000 at most.' }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

const StopRuleShadowInput = builder.inputType('StopRuleShadowInput', {
  fields: (t) => ({
    shadowId: t.id({ required: true, validate: inputSchemas.id }),
    reason: t.string({ required: true, validate: inputSchemas.reason }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

const shadowPayload = (name: string) =>
  builder.objectRef<{ readonly shadowId: string }>(name).implement({
    fields: (t) => ({ shadow: t.field({ type: RuleShadowType, nullable: true, resolve: ({ shadowId }, _args, context) => readShadow(shadowId, context) }) }),
  });

builder.mutationField('startRuleShadow', (t) =>
  t.field({
    type: shadowPayload('StartRuleShadowPayload'),
    description: 'Lets a document judge beside the version in effect, without effect, from a few seconds later on; one at a time for a rule set.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'StartRuleShadowResult' } },
    args: { input: t.arg({ type: StartRuleShadowInput, required: true }) },
    resolve: (_root, { input: { hours, hourlyLimit, ...input } }, context) => ruleSetAct(input.key, context, (actor) => context.ruleSetLife.startShadow({ ...input, hours: hours ?? usualHours, hourlyLimit: hourlyLimit ?? usualHourlyLimit, actor })),
  }),
);

builder.mutationField('stopRuleShadow', (t) =>
  t.field({
    type: shadowPayload('StopRuleShadowPayload'),
    description: 'Ends a shadow; what it found stays.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'StopRuleShadowResult' } },
    args: { input: t.arg({ type: StopRuleShadowInput, required: true }) },
    resolve: (_root, { input }, context) => ruleSetAct(undefined, context, (actor) => context.ruleSetLife.stopShadow({ ...input, actor })),
  }),
);
