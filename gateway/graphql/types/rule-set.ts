import { allElements } from '#engine';
import { ruleDomainOwners } from '../../identity/policy.ts';
import { builder } from '../builder.ts';
import type { RuleSetRow } from '../rule-set-list.ts';
import { readDraft, readReview, readVersions, revisionNow } from '../rule-set-rows.ts';
import { LocalizedTextType } from './localized-text.ts';
import { ProcessDefinitionType } from './process-definition.ts';
import { RuleSetDomainEnum } from './rule-set-domain.ts';
import { RuleSetDraftType, RuleSetReviewType } from './rule-set-draft.ts';
import { RuleSetVersionType } from './rule-set-version.ts';
import { RuleSuspensionType } from './rule-suspension.ts';

const maximumRows = 200;

interface RuleSetUse {
  readonly hash: string;
  readonly elementId: string;
  readonly elementName: { readonly 'zh-CN': string; readonly en: string } | undefined;
  readonly binding: string;
  readonly version: string | undefined;
}

const RuleSetUseType = builder.objectRef<RuleSetUse>('RuleSetUse').implement({
  description: 'An element of a current process version that asks the rule set.',
  fields: (t) => ({
    process: t.field({ type: ProcessDefinitionType, resolve: ({ hash }, _args, { database }) => database.prisma.processBundle.findUniqueOrThrow({ where: { hash } }) }),
    elementId: t.exposeString('elementId'),
    elementName: t.field({ type: LocalizedTextType, nullable: true, resolve: ({ elementName }) => elementName ?? null }),
    binding: t.exposeString('binding', { description: 'inEffect: the version in effect at the decision; pinned: always the same.' }),
    version: t.string({ nullable: true, description: 'Of a pinned binding.', resolve: ({ version }) => version ?? null }),
  }),
});

const RuleSetRightsType = builder.objectRef<{ readonly edit: boolean; readonly approve: boolean; readonly suspend: boolean }>('RuleSetRights').implement({
  description: 'What the viewer’s role allows. That nobody approves their own change is checked at the act.',
  fields: (t) => ({ edit: t.exposeBoolean('edit'), approve: t.exposeBoolean('approve'), suspend: t.exposeBoolean('suspend', { description: 'Suspend, confirm, lift, recall and sign.' }) }),
});

/** A rule set over all its versions. */
export const RuleSetType = builder.objectRef<RuleSetRow>('RuleSet').implement({
  description: 'A rule set over all its versions.',
  fields: (t) => ({
    key: t.exposeString('key'),
    name: t.field({ type: LocalizedTextType, resolve: ({ name }) => name }),
    domain: t.field({ type: RuleSetDomainEnum, resolve: ({ domain }) => domain }),
    ownerRole: t.string({ description: 'Who approves, signs, suspends and recalls.', resolve: ({ domain }) => ruleDomainOwners[domain] }),
    revision: t.int({ description: 'The newest revision over all drafts: what a change gives as `expectedRevision`, also when there is no draft.', resolve: ({ key }, _args, context) => revisionNow(key, context) }),
    inEffect: t.field({ type: RuleSetVersionType, nullable: true, resolve: async ({ key }, _args, context) => (await readVersions(key, context)).find(({ state }) => state === 'inEffect') ?? null }),
    versions: t.field({ type: [RuleSetVersionType], description: 'Newest effect first, at most 200.', resolve: async ({ key }, _args, context) => [...(await readVersions(key, context))] }),
    draft: t.field({ type: RuleSetDraftType, nullable: true, resolve: ({ key }, _args, context) => readDraft(key, context) }),
    review: t.field({
      type: RuleSetReviewType,
      nullable: true,
      description: 'The open one.',
      resolve: async ({ key }, _args, context) => {
        const draft = await readDraft(key, context);
        return draft?.reviewId ? readReview(draft.reviewId, context) : null;
      },
    }),
    reviews: t.field({ type: [RuleSetReviewType], description: 'Newest first, at most 200.', resolve: ({ key }, _args, { database }) => database.prisma.ruleSetReview.findMany({ where: { key }, include: { verdict: true }, omit: { document: true }, orderBy: { requestedAt: 'desc' }, take: maximumRows }) }),
    suspensions: t.field({
      type: [RuleSuspensionType],
      description: 'Those in force first, then newest first, at most 200.',
      resolve: async ({ key }, _args, { database }) => {
        const rows = await database.prisma.ruleSuspension.findMany({ where: { key }, include: { acts: true }, orderBy: { suspendedAt: 'desc' }, take: maximumRows });
        const isLifted = ({ acts }: (typeof rows)[number]) => acts.some(({ kind }) => kind === 'lifted');
        return rows.toSorted((a, b) => Number(isLifted(a)) - Number(isLifted(b)));
      },
    }),
    usedIn: t.field({
      type: [RuleSetUseType],
      description: 'Elements of the current process versions that ask it.',
      resolve: async ({ key }, _args, { database, bundles }) => {
        const current = await database.prisma.processBundle.findMany({ where: { isCurrent: true }, select: { hash: true }, orderBy: { processKey: 'asc' } });
        const opened = await Promise.all(current.map(({ hash }) => bundles.get(hash)));
        return opened.flatMap(({ hash, definition }) =>
          allElements(definition).flatMap((element): RuleSetUse[] =>
            element.type === 'businessRuleTask' && element.ruleSet === key
              ? [{ hash, elementId: element.id, elementName: element.name, binding: element.binding.kind, version: element.binding.kind === 'pinned' ? element.binding.version : undefined }]
              : [],
          ),
        );
      },
    }),
    viewerCan: t.field({
      type: RuleSetRightsType,
      resolve: ({ domain }, _args, { viewer }) => {
        const owns = viewer.kind === 'person' && viewer.roles.includes(ruleDomainOwners[domain]);
        return { edit: owns || (viewer.kind === 'person' && viewer.roles.includes('process-owner')), approve: owns, suspend: owns };
      },
    }),
  }),
});
