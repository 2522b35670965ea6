import type { Prisma } from '#database';
import { isStronger, type LocalizedText, type Rule, type RuleSetDocument } from '#rules';
import { builder } from '../builder.ts';
import type { RequestContext } from '../context.ts';
import { checkPage } from '../page.ts';
import { readDocument, readReview, type VersionRow } from '../rule-set-rows.ts';
import { AssigneeType } from './actor.ts';
import { LocalizedTextType } from './localized-text.ts';
import { ProcessInstanceType } from './process-instance.ts';
import { RuleSetReviewType } from './rule-set-draft.ts';
import { RuleSuspensionType } from './rule-suspension.ts';

type RecallRow = Prisma.RuleSetRecallGetPayload<object>;

function recalledCases({ key, version }: RecallRow, { database, visibility }: RequestContext) {
  return database.prisma.recalledCase.findMany({ where: { key, version }, select: { instanceId: true } }).then((rows): Prisma.ProcessInstanceWhereInput => ({ AND: [visibility.ProcessInstance, { id: { in: rows.map(({ instanceId }) => instanceId) } }] }));
}

/** A recall, with the cases that it concerns. */
export const RuleSetRecallType = builder.objectRef<RecallRow>('RuleSetRecall').implement({
  fields: (t) => ({
    ruleSet: t.exposeString('key'),
    version: t.exposeString('version'),
    recalledAt: t.expose('recalledAt', { type: 'DateTime' }),
    recalledBy: t.field({ type: AssigneeType, resolve: ({ recalledBy }) => ({ id: recalledBy }) }),
    role: t.exposeString('role'),
    reason: t.exposeString('reason'),
    inEffectInstead: t.exposeString('inEffectInstead', { description: 'The version that was in effect from then on.' }),
    openCases: t.prismaConnection({
      type: ProcessInstanceType,
      cursor: 'id',
      description: 'The cases that were open then and last judged by the version, as far as the viewer may see them.',
      totalCount: async (recall, _args, context) => context.database.prisma.processInstance.count({ where: await recalledCases(recall, context) }),
      resolve: async (query, recall, args, context) => {
        checkPage(args, 'uuid');
        return context.database.prisma.processInstance.findMany({ ...query, where: await recalledCases(recall, context), orderBy: [{ createdAt: 'desc' }, { id: 'asc' }] });
      },
    }),
    stillToJudge: t.int({
      description: 'How many of all these are still open and have not been judged by another version since.',
      resolve: async ({ key, version }, _args, { database }) => {
        const { rows } = await database.pool.query<{ count: string }>(
          `select count(*) from recalled_case c join process_instance i on i.id = c.instance_id and i.ended_at is null where c.key = $1 and c.version = $2
           and (select d.version from decision d where d.instance_id = c.instance_id and d.rule_set = $1 order by d.decided_at desc limit 1) = $2`,
          [key, version],
        );
        return Number(rows[0]?.count ?? 0);
      },
    }),
  }),
});

interface RuleRow {
  readonly key: string;
  readonly rule: Rule;
  readonly suspension: Prisma.RuleSuspensionGetPayload<{ include: { acts: true } }> | undefined;
}

function needsSignature({ source, signed }: Rule): boolean {
  return (source.grade === 'C' || source.grade === 'D') && !signed;
}

const RuleSetRuleType = builder.objectRef<RuleRow>('RuleSetRule').implement({
  description: 'A rule of a version, as it judges now.',
  fields: (t) => ({
    id: t.string({ resolve: ({ rule }) => rule.id }),
    name: t.field({ type: LocalizedTextType, resolve: ({ rule }): LocalizedText => rule.name }),
    level: t.string({ description: 'HARD | UNKNOWN | PHARMACIST | WARN | PASS, as it is written.', resolve: ({ rule }) => rule.level ?? 'PASS' }),
    effectiveLevel: t.string({
      description: 'WARN at most while the rule only advises.',
      resolve: ({ rule, suspension }) => {
        const level = rule.level ?? 'PASS';
        return isStronger(level, 'WARN') && (rule.adviseOnly === true || needsSignature(rule) || suspension !== undefined) ? 'WARN' : level;
      },
    }),
    grade: t.string({ description: 'A regulation or approved label, B guideline, C secondary source, D general.', resolve: ({ rule }) => rule.source.grade }),
    adviseOnly: t.boolean({ resolve: ({ rule }) => rule.adviseOnly === true }),
    isSigned: t.boolean({ resolve: ({ rule }) => rule.signed !== undefined }),
    needsSignature: t.boolean({ description: 'Grade C or D and nobody signed it: it only advises.', resolve: ({ rule }) => needsSignature(rule) }),
    suspension: t.field({ type: RuleSuspensionType, nullable: true, resolve: ({ suspension }) => suspension ?? null }),
  }),
});

const VersionStatus = builder.enumType('RuleSetVersionStatus', {
  values: { SCHEDULED: { value: 'scheduled' }, IN_EFFECT: { value: 'inEffect' }, SUPERSEDED: { value: 'superseded' }, RECALLED: { value: 'recalled' } } as const,
});

/** A published version of a rule set; it never changes. */
export const RuleSetVersionType = builder.objectRef<VersionRow>('RuleSetVersion').implement({
  description: 'A published version of a rule set; it never changes.',
  fields: (t) => ({
    ruleSet: t.exposeString('key'),
    version: t.exposeString('version'),
    hash: t.exposeString('hash', { description: 'SHA-256 of the document.' }),
    document: t.field({ type: 'JSON', resolve: async ({ key, version }, _args, context) => (await readDocument(key, version, context)) ?? {} }),
    status: t.field({ type: VersionStatus, resolve: ({ state }) => state }),
    effectiveAt: t.expose('effectiveAt', { type: 'DateTime' }),
    supersededAt: t.expose('supersededAt', { type: 'DateTime', nullable: true }),
    publishedAt: t.expose('publishedAt', { type: 'DateTime' }),
    publishedBy: t.field({ type: AssigneeType, description: 'Who approved it; `careloop` for what came with a process folder.', resolve: ({ publishedBy }) => ({ id: publishedBy }) }),
    review: t.field({ type: RuleSetReviewType, nullable: true, description: 'Null for what came with a process folder.', resolve: ({ reviewId }, _args, context) => (reviewId === null ? null : readReview(reviewId, context)) }),
    recall: t.field({ type: RuleSetRecallType, nullable: true, resolve: ({ key, version }, _args, { database }) => database.prisma.ruleSetRecall.findUnique({ where: { key_version: { key, version } } }) }),
    decisionCount: t.int({ description: 'How many decisions it has made.', resolve: ({ key, version }, _args, { database }) => database.prisma.decision.count({ where: { ruleSet: key, version } }) }),
    rules: t.field({
      type: [RuleSetRuleType],
      description: 'Its rules as they judge now, in the order of the document.',
      resolve: async ({ key, version }, _args, context) => {
        const [document, suspensions] = await Promise.all([
          readDocument(key, version, context),
          context.database.prisma.ruleSuspension.findMany({ where: { key, acts: { none: { kind: 'lifted' } } }, include: { acts: true } }),
        ]);
        // The column holds what was checked before it was published.
        return (document as unknown as RuleSetDocument).rules.map((rule) => ({ key, rule, suspension: suspensions.find(({ ruleId }) => ruleId === rule.id) }));
      },
    }),
  }),
});
