import type { Prisma } from '#database';
import { checkForReview, type RuleSetFinding } from '#rules';
import type { LocalizedText } from '#engine';
import { builder } from '../builder.ts';
import { readReview, readReviewDocument } from '../rule-set-rows.ts';
import { AssigneeType } from './actor.ts';
import { LocalizedTextType } from './localized-text.ts';

const titles: Readonly<Record<RuleSetFinding['code'], LocalizedText>> = {
  DOCUMENT_INVALID: { 'zh-CN': '缺少内容或格式不对', en: 'Something is missing or not in its form' },
  FACT_UNDECLARED: { 'zh-CN': '用到了没有声明的输入', en: 'An input is used that is not declared' },
  TYPE_MISMATCH: { 'zh-CN': '值的类型与输入不符', en: 'The value has another type than the input' },
  PATH_ON_SCALAR: { 'zh-CN': '这个输入没有下级内容可取', en: 'There is nothing within this input to go to' },
  OUTPUT_INVALID: { 'zh-CN': '结果的值与声明不符', en: 'A value of an output is not as declared' },
  FEEL_INVALID: { 'zh-CN': 'FEEL 表达式写法不对', en: 'The FEEL expression cannot be read' },
  CONDITION_UNDECLARED: { 'zh-CN': '用到了没有声明的条件', en: 'A condition is used that is not declared' },
  CONDITION_CIRCULAR: { 'zh-CN': '条件引用了自身', en: 'A condition refers to itself' },
  ANNOTATION_UNDECLARED: { 'zh-CN': '用到了没有声明的注释列', en: 'An annotation is used that is not declared' },
  BRANCH_VALUE_INVALID: { 'zh-CN': '缺失时的取值类型不对', en: 'The value for missing data has the wrong type' },
  UNIT_INVALID: { 'zh-CN': '单位不是 UCUM 单位', en: 'The unit is not one of UCUM' },
};
const otherTitle: LocalizedText = { 'zh-CN': '这里有错误', en: 'Something is wrong here' };

/** One thing that is wrong with a rule set document. */
export const RuleSetFindingType = builder.objectRef<RuleSetFinding>('RuleSetFinding').implement({
  fields: (t) => ({
    code: t.exposeString('code'),
    title: t.field({ type: LocalizedTextType, resolve: ({ code }) => titles[code] ?? otherTitle }),
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
    findings: t.field({ type: [RuleSetFindingType], description: 'What keeps it from being reviewed; empty when nothing does.', resolve: ({ document }) => [...checkForReview(document)] }),
    review: t.field({ type: RuleSetReviewType, nullable: true, description: 'The open one: the draft cannot be changed meanwhile.', resolve: ({ reviewId }, _args, context) => (reviewId === null ? null : readReview(reviewId, context)) }),
  }),
});
