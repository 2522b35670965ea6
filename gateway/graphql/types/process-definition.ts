import type { VariableDeclaration } from '#engine';
import { builder } from '../builder.ts';
import { LocalizedTextType } from './localized-text.ts';

const VariableDeclarationType = builder.objectRef<VariableDeclaration>('VariableDeclaration').implement({
  fields: (t) => ({
    name: t.exposeString('name'),
    type: t.exposeString('type'),
    required: t.boolean({ resolve: (variable) => variable.required === true }),
    classification: t.exposeString('classification', { description: 'patient | staff | operational' }),
    description: t.field({ type: LocalizedTextType, nullable: true, resolve: (variable) => variable.description ?? null }),
  }),
});

/** One published version of a process. */
export const ProcessDefinitionType = builder.prismaNode('ProcessBundle', {
  name: 'ProcessDefinition',
  id: { field: 'hash' },
  description: 'One published version of a process; it never changes.',
  select: { hash: true, processKey: true, version: true, isCurrent: true, publishedAt: true },
  fields: (t) => ({
    key: t.exposeString('processKey'),
    version: t.exposeString('version'),
    hash: t.exposeString('hash', { description: 'SHA-256 of the bundle.' }),
    isCurrent: t.exposeBoolean('isCurrent'),
    publishedAt: t.expose('publishedAt', { type: 'DateTime' }),
    name: t.field({ type: LocalizedTextType, resolve: async ({ hash }, _args, { bundles }) => (await bundles.get(hash)).definition.name }),
    document: t.field({ type: 'JSON', description: 'The definition, for the picture.', resolve: async ({ hash }, _args, { bundles }) => (await bundles.get(hash)).definition }),
    variables: t.field({ type: [VariableDeclarationType], resolve: async ({ hash }, _args, { bundles }) => (await bundles.get(hash)).definition.variables }),
  }),
});

builder.prismaObjectFields(ProcessDefinitionType, (t) => ({
  versions: t.field({
    type: [ProcessDefinitionType],
    description: 'All published versions of the process, newest first.',
    resolve: ({ processKey }, _args, { database }) => database.prisma.processBundle.findMany({ where: { processKey }, omit: { bytes: true, forms: true }, orderBy: [{ publishedAt: 'desc' }, { version: 'desc' }], take: 200 }),
  }),
}));

builder.queryField('processDefinitions', (t) =>
  t.prismaField({
    type: [ProcessDefinitionType],
    description: 'The current version of each process.',
    resolve: (query, _root, _args, { database }) => database.prisma.processBundle.findMany({ ...query, where: { isCurrent: true }, orderBy: { processKey: 'asc' } }),
  }),
);
