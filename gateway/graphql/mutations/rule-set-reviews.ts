import { z } from 'zod';
import { builder } from '../builder.ts';
import { NotFoundError } from '../expected-errors.ts';
import type { RequestContext } from '../context.ts';
import { refused } from '../refuse.ts';
import { readRuleSet } from '../rule-set-list.ts';
import { readReview, readVersion } from '../rule-set-rows.ts';
import { mutationErrors } from '../types/errors.ts';
import { RuleSetReviewType } from '../types/rule-set-draft.ts';
import { RuleSetType } from '../types/rule-set.ts';
import { RuleSetRecallType, RuleSetVersionType } from '../types/rule-set-version.ts';
import { idempotencyKeyOptions, inputSchemas } from './inputs.ts';
import { ruleSetAct } from './rule-set-act.ts';

const revision = z.number().int().min(0);

const SubmitRuleSetForReviewInput = builder.inputType('SubmitRuleSetForReviewInput', {
  fields: (t) => ({
    key: t.string({ required: true, validate: inputSchemas.ruleSetKey }),
    expectedRevision: t.int({ required: true, validate: revision, description: '`RuleSet.revision` as the writer knows it.' }),
    comment: t.string({ required: true, validate: inputSchemas.reason, description: 'What was changed and why.' }),
    version: t.string({ validate: inputSchemas.version, description: 'Name of the new version; the document’s own if it is free, else the next number, when absent.' }),
    effectiveAt: t.field({ type: 'DateTime', description: 'When it should take effect; at once when absent.' }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

const ReturnRuleSetReviewInput = builder.inputType('ReturnRuleSetReviewInput', {
  fields: (t) => ({
    reviewId: t.id({ required: true, validate: inputSchemas.id }),
    comment: t.string({ required: true, validate: inputSchemas.reason }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

const ApproveRuleSetInput = builder.inputType('ApproveRuleSetInput', {
  fields: (t) => ({
    reviewId: t.id({ required: true, validate: inputSchemas.id }),
    comment: t.string({ required: true, validate: inputSchemas.reason }),
    effectiveAt: t.field({ type: 'DateTime', description: 'Not in the past; as the request says when absent.' }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

const RollBackRuleSetInput = builder.inputType('RollBackRuleSetInput', {
  fields: (t) => ({
    key: t.string({ required: true, validate: inputSchemas.ruleSetKey }),
    toVersion: t.string({ required: true, validate: inputSchemas.version }),
    expectedRevision: t.int({ required: true, validate: revision, description: '`RuleSet.revision` as the writer knows it.' }),
    reason: t.string({ required: true, validate: inputSchemas.reason }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

const RecallRuleSetVersionInput = builder.inputType('RecallRuleSetVersionInput', {
  fields: (t) => ({
    key: t.string({ required: true, validate: inputSchemas.ruleSetKey }),
    version: t.string({ required: true, validate: inputSchemas.version }),
    reason: t.string({ required: true, validate: inputSchemas.reason }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

interface ReviewPayload {
  readonly reviewId: string;
}

async function ruleSetOfReview({ reviewId }: ReviewPayload, context: RequestContext) {
  const review = await readReview(reviewId, context);
  return (review && (await readRuleSet(review.key, context))) ?? null;
}

const reviewPayload = (name: string) =>
  builder.objectRef<ReviewPayload>(name).implement({
    fields: (t) => ({
      ruleSet: t.field({ type: RuleSetType, nullable: true, resolve: (payload, _args, context) => ruleSetOfReview(payload, context) }),
      review: t.field({ type: RuleSetReviewType, nullable: true, resolve: ({ reviewId }, _args, context) => readReview(reviewId, context) }),
    }),
  });

const ApproveRuleSetPayload = builder.objectRef<ReviewPayload & { readonly version: string }>('ApproveRuleSetPayload').implement({
  fields: (t) => ({
    ruleSet: t.field({ type: RuleSetType, nullable: true, resolve: (payload, _args, context) => ruleSetOfReview(payload, context) }),
    version: t.field({
      type: RuleSetVersionType,
      nullable: true,
      resolve: async ({ reviewId, version }, _args, context) => {
        const review = await readReview(reviewId, context);
        return (review && (await readVersion(review.key, version, context))) ?? null;
      },
    }),
  }),
});

const RecallRuleSetVersionPayload = builder.objectRef<{ readonly key: string; readonly version: string }>('RecallRuleSetVersionPayload').implement({
  fields: (t) => ({
    ruleSet: t.field({ type: RuleSetType, nullable: true, resolve: async ({ key }, _args, context) => (await readRuleSet(key, context)) ?? null }),
    recall: t.field({ type: RuleSetRecallType, nullable: true, resolve: ({ key, version }, _args, { database }) => database.prisma.ruleSetRecall.findUnique({ where: { key_version: { key, version } } }) }),
  }),
});

builder.mutationField('submitRuleSetForReview', (t) =>
  t.field({
    type: reviewPayload('SubmitRuleSetForReviewPayload'),
    description: 'Puts the draft before a second person. Documents with findings are refused with all of them.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'SubmitRuleSetForReviewResult' } },
    args: { input: t.arg({ type: SubmitRuleSetForReviewInput, required: true }) },
    resolve: (_root, { input: { key, expectedRevision, comment, version, effectiveAt, idempotencyKey } }, context) =>
      ruleSetAct(key, context, (actor) =>
        context.ruleSetLife.submitForReview({ key, expectedRevision, comment, actor, idempotencyKey, ...(version ? { version } : {}), ...(effectiveAt ? { effectiveAt: effectiveAt.toISOString() } : {}) }),
      ),
  }),
);

/** The rule set that a refusal is about. */
async function keyOfReview(reviewId: string, context: RequestContext): Promise<string> {
  const review = await readReview(reviewId, context);
  if (!review) throw await refused(new NotFoundError({ code: 'REVIEW_NOT_FOUND', place: 'reviewId' }), {}, context);
  return review.key;
}

builder.mutationField('returnRuleSetReview', (t) =>
  t.field({
    type: reviewPayload('ReturnRuleSetReviewPayload'),
    description: 'Gives the draft back to its writers; who submitted it may withdraw it in the same way.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'ReturnRuleSetReviewResult' } },
    args: { input: t.arg({ type: ReturnRuleSetReviewInput, required: true }) },
    resolve: async (_root, { input }, context) => ruleSetAct(await keyOfReview(input.reviewId, context), context, (actor) => context.ruleSetLife.returnReview({ ...input, actor })),
  }),
);

builder.mutationField('approveRuleSet', (t) =>
  t.field({
    type: ApproveRuleSetPayload,
    description: 'Publishes what was reviewed, from `effectiveAt` on. For a person of the role that owns the domain who had no part in it.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'ApproveRuleSetResult' } },
    args: { input: t.arg({ type: ApproveRuleSetInput, required: true }) },
    resolve: async (_root, { input: { reviewId, comment, effectiveAt, idempotencyKey } }, context) =>
      ruleSetAct(await keyOfReview(reviewId, context), context, (actor) => context.ruleSetLife.approve({ reviewId, comment, actor, idempotencyKey, ...(effectiveAt ? { effectiveAt: effectiveAt.toISOString() } : {}) })),
  }),
);

builder.mutationField('rollBackRuleSet', (t) =>
  t.field({
    type: reviewPayload('RollBackRuleSetPayload'),
    description: 'Puts an earlier document before a second person as a new version.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'RollBackRuleSetResult' } },
    args: { input: t.arg({ type: RollBackRuleSetInput, required: true }) },
    resolve: (_root, { input }, context) => ruleSetAct(input.key, context, (actor) => context.ruleSetLife.rollBack({ ...input, actor })),
  }),
);

builder.mutationField('recallRuleSetVersion', (t) =>
  t.field({
    type: RecallRuleSetVersionPayload,
    description: 'Takes a version out of effect for good: the one before it judges from now on, and every open case that it judged last is listed and judged again.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'RecallRuleSetVersionResult' } },
    args: { input: t.arg({ type: RecallRuleSetVersionInput, required: true }) },
    resolve: (_root, { input }, context) =>
      ruleSetAct(input.key, context, async (actor) => {
        await context.ruleSetLife.recallVersion({ ...input, actor });
        return { key: input.key, version: input.version };
      }),
  }),
);
