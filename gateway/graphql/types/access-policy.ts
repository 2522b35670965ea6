import type { AccessPolicy, PolicyCell, PolicyRow } from '../../identity/policy/access-policy.ts';
import { builder } from '../builder.ts';
import { LocalizedTextType } from './localized-text.ts';

const PolicyRoleType = builder.objectRef<AccessPolicy['roles'][number]>('PolicyRole').implement({
  fields: (t) => ({
    role: t.exposeString('role'),
    name: t.field({ type: LocalizedTextType, resolve: ({ name }) => name }),
    isSystem: t.exposeBoolean('isSystem', { description: 'Of a clinical system, not of people.' }),
  }),
});

const PolicyRelationType = builder.objectRef<AccessPolicy['relations'][number]>('PolicyRelation').implement({
  fields: (t) => ({
    relation: t.exposeString('relation'),
    name: t.field({ type: LocalizedTextType, resolve: ({ name }) => name }),
    definition: t.field({ type: LocalizedTextType, description: 'When it holds, in one sentence.', resolve: ({ definition }) => definition }),
  }),
});

const PolicyCellType = builder.objectRef<PolicyCell>('PolicyCell').implement({
  description: 'What a role needs; a role that sees nothing has no cell.',
  fields: (t) => ({
    role: t.exposeString('role'),
    relations: t.stringList({ description: 'One of them suffices.', resolve: ({ relations }) => [...relations] }),
  }),
});

const PolicyFieldType = builder.objectRef<PolicyRow>('PolicyField').implement({
  fields: (t) => ({
    key: t.exposeString('key', { description: '`Type.field`' }),
    name: t.field({ type: LocalizedTextType, resolve: ({ name }) => name }),
    cells: t.field({ type: [PolicyCellType], resolve: ({ cells }) => [...cells] }),
  }),
});

const PolicyTypeType = builder.objectRef<AccessPolicy['types'][number]>('PolicyType').implement({
  fields: (t) => ({
    type: t.exposeString('type'),
    name: t.field({ type: LocalizedTextType, resolve: ({ name }) => name }),
    cells: t.field({ type: [PolicyCellType], description: 'Who sees rows.', resolve: ({ cells }) => [...cells] }),
    fields: t.field({ type: [PolicyFieldType], description: 'Sensitive fields; the others are seen with their row.', resolve: ({ fields }) => [...fields] }),
  }),
});

const PolicyLabelType = builder.objectRef<AccessPolicy['labels'][number]>('PolicyLabel').implement({
  fields: (t) => ({
    code: t.exposeString('code', { description: 'HL7 ActCode: HIV | PSY | CEL' }),
    name: t.field({ type: LocalizedTextType, resolve: ({ name }) => name }),
    fields: t.field({ type: [PolicyFieldType], description: 'What is needed of a labelled patient, beside what the field needs of any.', resolve: ({ fields }) => [...fields] }),
  }),
});

const PolicyOperationType = builder.objectRef<AccessPolicy['operations'][number]>('PolicyOperation').implement({
  fields: (t) => ({
    operation: t.exposeString('operation', { description: '`Query.field`, `Mutation.field` or `Subscription.field`' }),
    name: t.field({ type: LocalizedTextType, resolve: ({ name }) => name }),
    roles: t.stringList({ resolve: ({ roles }) => [...roles] }),
  }),
});

/** The policy table as people read it. */
export const AccessPolicyType = builder.objectRef<AccessPolicy>('AccessPolicy').implement({
  description: 'Who sees and does what, as the gateway enforces it.',
  fields: (t) => ({
    roles: t.field({ type: [PolicyRoleType], resolve: ({ roles }) => [...roles] }),
    relations: t.field({ type: [PolicyRelationType], resolve: ({ relations }) => [...relations] }),
    types: t.field({ type: [PolicyTypeType], resolve: ({ types }) => [...types] }),
    labels: t.field({ type: [PolicyLabelType], resolve: ({ labels }) => [...labels] }),
    operations: t.field({ type: [PolicyOperationType], resolve: ({ operations }) => [...operations] }),
  }),
});
