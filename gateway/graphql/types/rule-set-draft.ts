import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Prisma } from '#database';
import { checkForReview, type RuleSetFinding } from '#rules';
import { findingTitle, importOfDraft } from '../../rule-sets/index.ts';
import { builder } from '../builder.ts';
import { readReview, readReviewDocument } from '../rule-set-rows.ts';
import { AssigneeType } from './actor.ts';
import { LocalizedTextType } from './localized-text.ts';
import { RuleSetImportType } from './rule-set-file.ts';

/** One thing that is wrong with a rule set document. */
export const RuleSetFindingType = builder.objectRef<RuleSetFinding>('RuleSetFinding').implement({
  fields: (t) => ({
    code: t.exposeString('code'),
    title: t.field({ type: LocalizedTextType, resolve: ({ code }) => findingTitle(code) }),
    message: t.exposeString('message', { description: 'What exactly was expected and found, in English.' }),
    path: t.exposeString('path', { description: 'Into the document: `rules.0.conditions.all.1.value`.' }),
    ruleId: t.string({ nullable: true, resolve: ({ ruleId }) => ruleId ?? null }),
  }),
});

type ReviewRow = Prisma.RuleSetReviewGetPayload<{ include: { verdict: true }; omit: { document: true } }>;

const VerdictKind = builder.enumType('RuleSetVerdictKind', { values: { APPROVED: { value: 'approved' }, RETURNED: { value: 'returned', description: 'To its writers, or withdrawn by who submitted it.' } } as const });

const RuleSetVerdictType = builder.objectRef<NonNullable<ReviewRow['verdict']>>('RuleSetVerdict').implement({
  fields: (t) => ({
    // The column has no other value.
    kind: t.field({ type: VerdictKind, resolve: ({ kind }) => kind as 'approved' | 'returned' }),
    decidedAt: t.expose('decidedAt', { type: 'DateTime' }),
    decidedBy: t.field({ type: AssigneeType, resolve: ({ decidedBy }) => ({ id: decidedBy }) }),
    role: t.exposeString('role'),
    comment: t.exposeString('comment'),
    effectiveAt: t.expose('effectiveAt', { type: 'DateTime', nullable: true }),
  }),
});

/** A request for review. */
export const RuleSetReviewType = builder.objectRef<ReviewRow>('RuleSetReview').implement({
  description: 'A request for review: exactly this document, under this version.',
  fields: (t) => ({
    id: t.exposeID('id'),
    ruleSet: t.exposeString('key'),
    revision: t.exposeInt('revision'),
    version: t.exposeString('version'),
    document: t.field({ type: 'JSON', resolve: ({ id }, _args, context) => readReviewDocument(id, context) }),
    hash: t.exposeString('hash', { description: 'SHA-256 of the document.' }),
    requestedAt: t.expose('requestedAt', { type: 'DateTime' }),
    requestedBy: t.field({ type: AssigneeType, resolve: ({ requestedBy }) => ({ id: requestedBy }) }),
    comment: t.exposeString('comment'),
    effectiveAt: t.expose('effectiveAt', { type: 'DateTime', nullable: true, description: 'When it should take effect; at once when null.' }),
    editors: t.field({ type: [AssigneeType], description: 'Whoever changed, signed or submitted something in it: none of them approves it.', resolve: ({ editors }) => editors.map((id) => ({ id })) }),
    mayApprove: t.boolean({ description: 'The viewer has had no part in it. Whether they have the role says `RuleSet.viewerCan`.', resolve: ({ editors, verdict }, _args, { viewer }) => verdict === null && !editors.includes(viewer.id) }),
    verdict: t.field({ type: RuleSetVerdictType, nullable: true, resolve: ({ verdict }) => verdict }),
  }),
});

/** The draft of a rule set. */
export const RuleSetDraftType = builder.objectRef<Prisma.RuleSetDraftGetPayload<object>>('RuleSetDraft').implement({
  description: 'The draft of a rule set; it may be half written.',
  fields: (t) => ({
    ruleSet: t.exposeString('key'),
    revision: t.exposeInt('revision'),
    document: t.field({ type: 'JSON', resolve: ({ document }) => document }),
    hash: t.exposeString('hash', { description: 'SHA-256 of the document.' }),
    basedOn: t.exposeString('basedOn', { nullable: true, description: 'The version that it was made from.' }),
    savedAt: t.expose('savedAt', { type: 'DateTime' }),
    savedBy: t.field({ type: AssigneeType, resolve: ({ savedBy }) => ({ id: savedBy }) }),
    editors: t.field({ type: [AssigneeType], resolve: ({ editors }) => editors.map((id) => ({ id })) }),
    findings: t.field({
      type: [RuleSetFindingType],
      description: 'What keeps it from being reviewed; empty when nothing does.',
      resolve: async ({ document }) => {
        await nextTurn();
        return [...checkForReview(document)];
      },
    }),
    imported: t.field({ type: RuleSetImportType, nullable: true, description: 'The file that it was last made of, if any.', resolve: (draft, _args, { database }) => importOfDraft(draft, database.prisma) }),
    review: t.field({ type: RuleSetReviewType, nullable: true, description: 'The open one: the draft cannot be changed meanwhile.', resolve: ({ reviewId }, _args, context) => (reviewId === null ? null : readReview(reviewId, context)) }),
    returned: t.field({
      type: RuleSetReviewType,
      nullable: true,
      description: 'The review of this draft that was returned or withdrawn last; null while another one is open.',
      resolve: ({ draftId, reviewId }, _args, { database }) => (reviewId === null ? database.prisma.ruleSetReview.findFirst({ where: { draftId, verdict: { kind: 'returned' } }, include: { verdict: true }, omit: { document: true }, orderBy: { requestedAt: 'desc' } }) : null),
    }),
  }),
});
