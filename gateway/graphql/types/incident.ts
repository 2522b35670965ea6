import { builder } from '../builder.ts';
import { elementOf } from './audit-entry.ts';
import { LocalizedTextType } from './localized-text.ts';

/** Trouble that waits for an operator. */
export const IncidentType = builder.prismaNode('Incident', {
  id: { field: 'id' },
  description: 'Trouble that waits for an operator.',
  fields: (t) => ({
    incidentId: t.exposeString('id', { description: '`<instance id>:<id within the instance>`' }),
    elementId: t.exposeString('elementId'),
    elementName: t.field({ type: LocalizedTextType, nullable: true, resolve: async (incident, _args, context) => (await elementOf(incident, context))?.name ?? null }),
    kind: t.exposeString('kind', { description: 'failed | outcomeUnknown' }),
    code: t.exposeString('code'),
    message: t.exposeString('message'),
    allowed: t.exposeStringList('allowed', { description: 'retry | skip | confirmDone | confirmNotDone' }),
    raisedAt: t.expose('raisedAt', { type: 'DateTime' }),
    resolvedAt: t.expose('resolvedAt', { type: 'DateTime', nullable: true }),
    resolvedBy: t.string({ nullable: true, resolve: async ({ resolvedBy }, _args, { loaders }) => (resolvedBy === null ? null : ((await loaders.actorName(resolvedBy)) ?? resolvedBy)) }),
    processInstance: t.relation('instance'),
  }),
});
