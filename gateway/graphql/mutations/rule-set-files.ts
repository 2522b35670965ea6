import { z } from 'zod';
import type { Json } from '#engine';
import type { DecisionSummary, FileFinding, FileSummary } from '../../rule-set-files/index.ts';
import { builder } from '../builder.ts';
import { ValidationError } from '../expected-errors.ts';
import { refused } from '../refuse.ts';
import { requireUpload } from '../require-upload.ts';
import { readRuleSet } from '../rule-set-list.ts';
import { readDraft } from '../rule-set-rows.ts';
import { answerOf } from '../side-answer.ts';
import { mutationErrors } from '../types/errors.ts';
import { RuleSetDomainEnum } from '../types/rule-set-domain.ts';
import { RuleSetDraftType } from '../types/rule-set-draft.ts';
import { RuleSetFileDecisionType, RuleSetFileFindingType, RuleSetFileFormatEnum } from '../types/rule-set-file.ts';
import { RuleSetType } from '../types/rule-set.ts';
import { idempotencyKeyOptions, inputSchemas } from './inputs.ts';
import { ruleSetAct } from './rule-set-act.ts';

const contentHelp = 'A DMN file (1.1 to 1.5), or a rule set in its JSON form; at most 5 MB.';

const CheckRuleSetFileInput = builder.inputType('CheckRuleSetFileInput', { fields: (t) => ({ content: t.string({ required: true, description: contentHelp }) }) });

const ImportRuleSetInput = builder.inputType('ImportRuleSetInput', {
  fields: (t) => ({
    content: t.string({ required: true, description: contentHelp }),
    decisionId: t.string({ validate: z.string().max(1_000), description: 'Which decision; needed where several can be rule sets.' }),
    key: t.string({ required: true, validate: inputSchemas.ruleSetKey, description: 'Of the rule set whose draft is made or replaced; a new one makes a new rule set.' }),
    domain: t.field({ type: RuleSetDomainEnum, required: true }),
    expectedRevision: t.int({ required: true, validate: z.number().int().min(0), description: '`RuleSet.revision` as the writer knows it; 0 for a new rule set.' }),
    reason: t.string({ validate: inputSchemas.reason }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

const CheckRuleSetFilePayload = builder.objectRef<FileSummary>('CheckRuleSetFilePayload').implement({
  description: 'What a file holds. Nothing was stored.',
  fields: (t) => ({
    format: t.field({ type: RuleSetFileFormatEnum, resolve: ({ format }) => format }),
    decisions: t.field({ type: [RuleSetFileDecisionType], resolve: ({ decisions }): DecisionSummary[] => [...decisions] }),
    findings: t.field({ type: [RuleSetFileFindingType], description: 'Of the file as a whole; errors first, at most 500.', resolve: ({ findings }) => [...findings] }),
    findingCount: t.exposeInt('findingCount'),
  }),
});

interface Imported {
  readonly key: string;
  readonly dropped: readonly string[];
  readonly findings: readonly FileFinding[];
}

const ImportRuleSetPayload = builder.objectRef<Imported>('ImportRuleSetPayload').implement({
  fields: (t) => ({
    ruleSet: t.field({ type: RuleSetType, nullable: true, resolve: async ({ key }, _args, context) => (await readRuleSet(key, context)) ?? null }),
    draft: t.field({ type: RuleSetDraftType, nullable: true, description: 'Null when a repeat comes after the draft was published or discarded.', resolve: ({ key }, _args, context) => readDraft(key, context) }),
    droppedSignatures: t.stringList({ description: 'Rules whose signature was taken out, because their content is not what was signed.', resolve: ({ dropped }) => [...dropped] }),
    findings: t.field({ type: [RuleSetFileFindingType], description: 'What an owner should look at; it stands with the draft as well.', resolve: ({ findings }) => [...findings] }),
  }),
});

builder.mutationField('checkRuleSetFile', (t) =>
  t.field({
    type: CheckRuleSetFilePayload,
    description: 'Reads a file and says which rule sets can be made of it, and why not of the rest. Stores nothing; what was sent is forgotten.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'CheckRuleSetFileResult' } },
    args: { input: t.arg({ type: CheckRuleSetFileInput, required: true }) },
    resolve: async (_root, { input: { content } }, { ruleSetFiles }) => {
      await requireUpload(content, 'ruleSet', 'content');
      return answerOf(await ruleSetFiles.read(content));
    },
  }),
);

builder.mutationField('importRuleSet', (t) =>
  t.field({
    type: ImportRuleSetPayload,
    description: 'Makes the draft of a rule set of a file, as a new revision. With an error in it nothing is saved (RULE_SET_FILE_INVALID). When somebody else was faster, the answer is a ConflictError DRAFT_CHANGED with what they saved.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'ImportRuleSetResult' } },
    args: { input: t.arg({ type: ImportRuleSetInput, required: true }) },
    resolve: async (_root, { input: { content, decisionId, key, domain, expectedRevision, reason, idempotencyKey } }, context) => {
      await requireUpload(content, 'ruleSet', 'content');
      const taken = answerOf(await context.ruleSetFiles.take(content, { key, domain, ...(decisionId ? { decisionId } : {}) }));
      const { document, findings, format } = taken;
      if (!document) throw await refused(new ValidationError({ code: 'RULE_SET_FILE_INVALID', place: 'content', fileFindings: findings }), { ruleSet: key }, context);
      const file = { content, format, decisionId: taken.decisionId ?? key, findings: findings as unknown as Json[] };
      return ruleSetAct(key, context, async (actor) => ({ key, findings, ...(await context.ruleSetLife.importDraft({ key, document: document as unknown as Json, file, expectedRevision, actor, idempotencyKey, ...(reason ? { reason } : {}) })) }));
    },
  }),
);
