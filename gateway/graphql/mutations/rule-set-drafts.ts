import { z } from 'zod';
import { builder } from '../builder.ts';
import { readRuleSet } from '../rule-set-list.ts';
import { readDraft } from '../rule-set-rows.ts';
import { mutationErrors } from '../types/errors.ts';
import { RuleSetDraftType } from '../types/rule-set-draft.ts';
import { RuleSetType } from '../types/rule-set.ts';
import { idempotencyKeyOptions, inputSchemas } from './inputs.ts';
import { ruleSetAct } from './rule-set-act.ts';

const revision = z.number().int().min(0);

const SaveRuleSetDraftInput = builder.inputType('SaveRuleSetDraftInput', {
  fields: (t) => ({
    key: t.string({ required: true, validate: inputSchemas.ruleSetKey }),
    document: t.field({ type: 'JSON', required: true, description: 'It may be half written, but has format, key, name and domain.' }),
    expectedRevision: t.int({ required: true, validate: revision, description: '`RuleSet.revision` as the writer knows it; 0 for a new rule set.' }),
    reason: t.string({ validate: inputSchemas.reason }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

const DiscardRuleSetDraftInput = builder.inputType('DiscardRuleSetDraftInput', {
  fields: (t) => ({
    key: t.string({ required: true, validate: inputSchemas.ruleSetKey }),
    expectedRevision: t.int({ required: true, validate: revision, description: '`RuleSet.revision` as the writer knows it.' }),
    reason: t.string({ required: true, validate: inputSchemas.reason }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

const SignRulesInput = builder.inputType('SignRulesInput', {
  fields: (t) => ({
    key: t.string({ required: true, validate: inputSchemas.ruleSetKey }),
    ruleIds: t.stringList({ required: true, validate: z.array(z.string().min(1).max(128)).min(1).max(1_000) }),
    expectedRevision: t.int({ required: true, validate: revision, description: '`RuleSet.revision` as the writer knows it.' }),
    reason: t.string({ required: true, validate: inputSchemas.reason }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

/** The rule set and its draft; both null when the draft was all there was, or was published meanwhile. */
interface DraftPayload {
  readonly key: string;
  readonly dropped?: readonly string[];
}

const payloadOf = (name: string) => builder.objectRef<DraftPayload>(name);

const SaveRuleSetDraftPayload = payloadOf('SaveRuleSetDraftPayload').implement({
  fields: (t) => ({
    ruleSet: t.field({ type: RuleSetType, nullable: true, resolve: async ({ key }, _args, context) => (await readRuleSet(key, context)) ?? null }),
    draft: t.field({ type: RuleSetDraftType, nullable: true, description: 'Null when a repeat comes after the draft was published or discarded.', resolve: ({ key }, _args, context) => readDraft(key, context) }),
    droppedSignatures: t.stringList({ description: 'Rules whose signature was taken out, because their content is not what was signed.', resolve: ({ dropped = [] }) => [...dropped] }),
  }),
});

const SignRulesPayload = payloadOf('SignRulesPayload').implement({
  fields: (t) => ({
    ruleSet: t.field({ type: RuleSetType, nullable: true, resolve: async ({ key }, _args, context) => (await readRuleSet(key, context)) ?? null }),
    draft: t.field({ type: RuleSetDraftType, nullable: true, resolve: ({ key }, _args, context) => readDraft(key, context) }),
  }),
});

const DiscardRuleSetDraftPayload = payloadOf('DiscardRuleSetDraftPayload').implement({
  fields: (t) => ({ ruleSet: t.field({ type: RuleSetType, nullable: true, description: 'Null when the draft was all there was.', resolve: async ({ key }, _args, context) => (await readRuleSet(key, context)) ?? null }) }),
});

builder.mutationField('saveRuleSetDraft', (t) =>
  t.field({
    type: SaveRuleSetDraftPayload,
    description: 'Saves the draft as a new revision. When somebody else was faster, the answer is a ConflictError DRAFT_CHANGED with what they saved.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'SaveRuleSetDraftResult' } },
    args: { input: t.arg({ type: SaveRuleSetDraftInput, required: true }) },
    resolve: (_root, { input: { key, document, expectedRevision, reason, idempotencyKey } }, context) =>
      ruleSetAct(key, context, async (actor) => ({ key, ...(await context.ruleSetLife.saveDraft({ key, document: document ?? null, expectedRevision, actor, idempotencyKey, ...(reason ? { reason } : {}) })) })),
  }),
);

builder.mutationField('discardRuleSetDraft', (t) =>
  t.field({
    type: DiscardRuleSetDraftPayload,
    description: 'Takes the draft away; its revisions stay on record.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'DiscardRuleSetDraftResult' } },
    args: { input: t.arg({ type: DiscardRuleSetDraftInput, required: true }) },
    resolve: (_root, { input }, context) =>
      ruleSetAct(input.key, context, async (actor) => {
        await context.ruleSetLife.discardDraft({ ...input, actor });
        return { key: input.key };
      }),
  }),
);

builder.mutationField('signRules', (t) =>
  t.field({
    type: SignRulesPayload,
    description: 'Takes responsibility for rules of grade C or D, in the draft (made from the version in effect when there is none). It counts once a second person has approved that document.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'SignRulesResult' } },
    args: { input: t.arg({ type: SignRulesInput, required: true }) },
    resolve: (_root, { input }, context) =>
      ruleSetAct(input.key, context, async (actor) => {
        await context.ruleSetLife.signRules({ ...input, actor });
        return { key: input.key };
      }),
  }),
);
