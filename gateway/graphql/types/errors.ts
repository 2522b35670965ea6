import { builder } from '../builder.ts';
import { errorMessage } from '../error-messages.ts';
import { ConflictError, type ExpectedError, ForbiddenError, NotFoundError, RefusedError, ValidationError } from '../expected-errors.ts';
import { scannedGtin } from '../scanned-gtin.ts';
import { draftDifference, readDraft, revisionNow } from '../rule-set-rows.ts';
import { visibleInstance } from '../visible-rows.ts';
import { LocalizedTextType } from './localized-text.ts';
import { MigrationFindingType } from './migration-finding.ts';
import { ProcessInstanceType } from './process-instance.ts';
import { RuleSetDifferenceType } from './rule-set-difference.ts';
import { RuleSetFileFindingType } from './rule-set-file.ts';
import { RuleSetDraftType, RuleSetFindingType } from './rule-set-draft.ts';

/** What all expected errors have. */
export const ErrorInterface = builder.interfaceRef<ExpectedError>('Error').implement({
  description: 'Expected trouble. `code` is stable; `message` is for people, by Accept-Language.',
  fields: (t) => ({
    code: t.string({ resolve: ({ content }) => content.code }),
    message: t.string({ resolve: ({ content }, _args, { language }) => errorMessage(content, language) }),
    place: t.string({ nullable: true, description: 'The argument, variable or form field concerned.', resolve: ({ content }) => content.place ?? null }),
    detail: t.string({ nullable: true, description: 'What exactly was wrong, for developers.', resolve: ({ content }) => content.detail ?? null }),
  }),
});

builder.objectType(RefusedError, {
  name: 'RefusedError',
  description: 'Understood and allowed, but refused: a check failed, or the state does not admit it.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    checkCode: t.string({ nullable: true, description: 'The check that failed, for example WRONG_PATIENT.', resolve: ({ content }) => content.checkCode ?? null }),
    expected: t.string({ nullable: true, description: 'What the order says, where the check compares two values.', resolve: ({ content }) => content.expected ?? null }),
    scanned: t.string({ nullable: true, description: 'What was scanned or entered instead.', resolve: ({ content }) => content.scanned ?? null }),
    failedCases: t.stringList({ description: 'For CASES_FAILED: the names of the saved cases that came out otherwise.', resolve: ({ content }) => [...(content.failedCases ?? [])] }),
    findings: t.field({ type: [MigrationFindingType], description: 'For MIGRATION_INVALID: everything that stands in the way.', resolve: ({ content }) => [...(content.findings ?? [])] }),
    scannedProduct: t.field({
      type: LocalizedTextType,
      nullable: true,
      description: 'The product of the hospital’s catalogue that has the scanned code.',
      resolve: async ({ content: { scanned = '' } }, _args, { loaders }) => {
        const gtin = scannedGtin(scanned);
        return gtin === undefined ? null : ((await loaders.productName(gtin)) ?? null);
      },
    }),
  }),
});
builder.objectType(ValidationError, {
  name: 'ValidationError',
  description: 'The input is wrong; `place` says where.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    ruleFindings: t.field({ type: [RuleSetFindingType], description: 'For RULE_SET_INVALID: everything that is wrong, with path and rule.', resolve: ({ content }) => [...(content.ruleFindings ?? [])] }),
    fileFindings: t.field({ type: [RuleSetFileFindingType], description: 'For RULE_SET_FILE_INVALID: everything that is wrong with the file, errors first, at most 500.', resolve: ({ content }) => [...(content.fileFindings ?? [])] }),
  }),
});
builder.objectType(NotFoundError, { name: 'NotFoundError', description: 'There is no such thing, or none that the viewer may see.', interfaces: [ErrorInterface] });
builder.objectType(ForbiddenError, { name: 'ForbiddenError', description: 'The viewer may not do this.', interfaces: [ErrorInterface] });
builder.objectType(ConflictError, {
  name: 'ConflictError',
  description: 'Somebody was there first.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    existingInstance: t.field({
      type: ProcessInstanceType,
      nullable: true,
      description: 'For BUSINESS_KEY_IN_USE: the instance that has it.',
      resolve: ({ content }, _args, context) => (content.instanceId === undefined ? null : visibleInstance(content.instanceId, context)),
    }),
    draft: t.field({
      type: RuleSetDraftType,
      nullable: true,
      description: 'For DRAFT_CHANGED: the draft as the other person saved it; null when it was discarded or published.',
      resolve: ({ content: { changedDraft } }, _args, context) => (changedDraft === undefined ? null : readDraft(changedDraft.key, context)),
    }),
    draftDifference: t.field({
      type: RuleSetDifferenceType,
      nullable: true,
      description: 'For DRAFT_CHANGED: what changed since the revision that the caller knew.',
      resolve: ({ content: { changedDraft } }, _args, context) => (changedDraft === undefined ? null : draftDifference(changedDraft, context)),
    }),
    revision: t.int({
      nullable: true,
      description: 'For DRAFT_CHANGED: the newest revision, to be expected next.',
      resolve: ({ content: { changedDraft } }, _args, context) => (changedDraft === undefined ? null : revisionNow(changedDraft.key, context)),
    }),
  }),
});

/** The expected errors of every mutation. */
export const mutationErrors = [RefusedError, ValidationError, NotFoundError, ForbiddenError, ConflictError];
