import { builder } from '../builder.ts';
import { mutationErrors } from '../types/errors.ts';
import { RuleSuspensionType } from '../types/rule-suspension.ts';
import { idempotencyKeyOptions, inputSchemas } from './inputs.ts';
import { ruleSetAct } from './rule-set-act.ts';

const SuspendRuleInput = builder.inputType('SuspendRuleInput', {
  fields: (t) => ({
    key: t.string({ required: true, validate: inputSchemas.ruleSetKey }),
    ruleId: t.string({ required: true, validate: inputSchemas.elementId }),
    reason: t.string({ required: true, validate: inputSchemas.reason }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

const SuspensionInput = builder.inputType('SuspensionInput', {
  fields: (t) => ({
    suspensionId: t.id({ required: true, validate: inputSchemas.id }),
    reason: t.string({ required: true, validate: inputSchemas.reason }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

const suspensionPayload = (name: string) =>
  builder.objectRef<{ readonly suspensionId: string }>(name).implement({
    fields: (t) => ({ suspension: t.field({ type: RuleSuspensionType, resolve: ({ suspensionId }, _args, { database }) => database.prisma.ruleSuspension.findUniqueOrThrow({ where: { id: suspensionId }, include: { acts: true } }) }) }),
  });

builder.mutationField('suspendRule', (t) =>
  t.field({
    type: suspensionPayload('SuspendRulePayload'),
    description: 'Lets a rule only advise, at once and in every version. A second person confirms it within 24 hours; until two people have lifted it, it stays in force.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'SuspendRuleResult' } },
    args: { input: t.arg({ type: SuspendRuleInput, required: true }) },
    resolve: (_root, { input }, context) => ruleSetAct(input.key, context, (actor) => context.ruleSetLife.suspendRule({ ...input, actor })),
  }),
);

builder.mutationField('confirmSuspension', (t) =>
  t.field({
    type: suspensionPayload('ConfirmSuspensionPayload'),
    description: 'The second person’s word on a suspension, also when it is overdue.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'ConfirmSuspensionResult' } },
    args: { input: t.arg({ type: SuspensionInput, required: true }) },
    resolve: (_root, { input }, context) => ruleSetAct(undefined, context, (actor) => context.ruleSetLife.confirmSuspension({ ...input, actor })),
  }),
);

builder.mutationField('liftSuspension', (t) =>
  t.field({
    type: suspensionPayload('LiftSuspensionPayload'),
    description: 'Asks for the end of a suspension; the same call by another person ends it.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'LiftSuspensionResult' } },
    args: { input: t.arg({ type: SuspensionInput, required: true }) },
    resolve: (_root, { input }, context) => ruleSetAct(undefined, context, (actor) => context.ruleSetLife.liftSuspension({ ...input, actor })),
  }),
);
