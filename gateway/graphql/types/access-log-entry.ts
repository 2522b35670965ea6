import { z } from 'zod';
import { isAccessAction } from '../../identity/relations.ts';
import { builder } from '../builder.ts';
import { ActorType } from './actor.ts';
import { sentenceOfEntry } from './audit-entry.ts';
import { LocalizedTextType } from './localized-text.ts';

const detailSchema = z.object({ relation: z.string() });

/** Who did what about a patient; nothing of what they read. */
export const AccessLogEntryType = builder.prismaObject('AuditEntry', {
  variant: 'AccessLogEntry',
  description: 'A line of the record as the one says who reached a patient: who, when, what and by which relation.',
  fields: (t) => ({
    sequence: t.string({ description: 'Place in the record, counted upward.', resolve: ({ id }) => id.toString() }),
    at: t.field({ type: 'DateTime', resolve: ({ occurredAt }) => occurredAt }),
    actor: t.field({ type: ActorType, resolve: ({ actorId, actorKind, actorRoles }) => ({ id: actorId, kind: actorKind, roles: actorRoles }) }),
    action: t.exposeString('action'),
    relation: t.string({
      nullable: true,
      description: 'By which relation the patient was reached, where the entry says so: emergency-access, …',
      resolve: async ({ factId, payload }, _args, { openPayload }) => {
        if (payload === null) return null;
        const read = detailSchema.safeParse((await openPayload({ factId, payload }))?.detail);
        return read.success ? read.data.relation : null;
      },
    }),
    sentence: t.field({ type: LocalizedTextType, description: 'What happened, in business words; why, of what tells of access only.', resolve: (entry, _args, context) => sentenceOfEntry(isAccessAction(entry.action) ? entry : { ...entry, reason: null }, context) }),
  }),
});
