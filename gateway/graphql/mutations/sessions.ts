import { actorOf } from '../../identity/viewer.ts';
import { builder } from '../builder.ts';
import type { RequestContext } from '../context.ts';
import { ForbiddenError, NotFoundError, ValidationError } from '../expected-errors.ts';
import { refused } from '../refuse.ts';
import { mutationErrors } from '../types/errors.ts';
import { inputSchemas } from './inputs.ts';

const EndSessionInput = builder.inputType('EndSessionInput', {
  fields: (t) => ({
    sessionId: t.id({ required: true, validate: inputSchemas.id }),
    reason: t.string({ validate: inputSchemas.reason, description: 'Needed for a session of somebody else.' }),
  }),
});
const EndAllSessionsInput = builder.inputType('EndAllSessionsInput', {
  fields: (t) => ({
    username: t.string({ validate: inputSchemas.username, description: 'Of another person, all of them. Absent: all of the caller’s but the one that asks.' }),
    reason: t.string({ validate: inputSchemas.reason, description: 'Needed for sessions of somebody else.' }),
  }),
});

const endedPayload = (name: string) => builder.objectRef<{ readonly ended: number }>(name).implement({ fields: (t) => ({ ended: t.exposeInt('ended', { description: 'How many were ended.' }) }) });

/** Who may end the sessions of others: one of them by security administration, all also by whoever disables an account. */
const mayEndOne = ({ viewer }: RequestContext) => viewer.roles.includes('security-administrator');
const mayEndAll = ({ viewer }: RequestContext) => viewer.roles.some((role) => role === 'security-administrator' || role === 'system-administrator');

async function reasonOf(reason: string | null | undefined, context: RequestContext): Promise<string> {
  if (reason === undefined || reason === null) throw await refused(new ValidationError({ code: 'REASON_MISSING', place: 'reason' }), {}, context);
  return reason;
}

builder.mutationField('endSession', (t) =>
  t.field({
    type: endedPayload('EndSessionPayload'),
    description: 'Ends a session on every gateway at once: one’s own, or with a reason that of somebody else.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'EndSessionResult' } },
    args: { input: t.arg({ type: EndSessionInput, required: true }) },
    resolve: async (_root, { input }, context) => {
      const { viewer, sessions, database } = context;
      const found = await database.prisma.session.findUnique({ where: { id: input.sessionId }, select: { userId: true } });
      // To others it looks as if it were not there.
      if (!found || (found.userId !== viewer.id && !mayEndOne(context))) throw await refused(new NotFoundError({ code: 'SESSION_NOT_FOUND', place: 'sessionId' }), {}, context);
      const isOwn = found.userId === viewer.id;
      const why = isOwn ? undefined : await reasonOf(input.reason, context);
      return { ended: await sessions.end(found.userId, { only: input.sessionId }, actorOf(viewer), isOwn ? 'ENDED_BY_PERSON' : 'ENDED_BY_ADMINISTRATOR', why) };
    },
  }),
);

builder.mutationField('endAllSessions', (t) =>
  t.field({
    type: endedPayload('EndAllSessionsPayload'),
    description: 'Ends all other sessions of the caller, or with a reason all of somebody else.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'EndAllSessionsResult' } },
    args: { input: t.arg({ type: EndAllSessionsInput, required: true }) },
    resolve: async (_root, { input: { username, reason } }, context) => {
      const { viewer, sessions, database } = context;
      if (username === undefined || username === null) return { ended: await sessions.end(viewer.id, { ...(viewer.sessionId === undefined ? {} : { except: viewer.sessionId }) }, actorOf(viewer), 'ENDED_BY_PERSON') };
      if (!mayEndAll(context)) throw await refused(new ForbiddenError({ code: 'FORBIDDEN', place: 'username' }), {}, context);
      const why = await reasonOf(reason, context);
      const user = await database.prisma.user.findUnique({ where: { username: username.toLowerCase() }, select: { id: true } });
      if (!user) throw await refused(new NotFoundError({ code: 'PERSON_NOT_FOUND', place: 'username' }), {}, context);
      return { ended: await sessions.end(user.id, {}, actorOf(viewer), 'ENDED_BY_ADMINISTRATOR', why) };
    },
  }),
);

const AcknowledgeAccountNoticesPayload = builder.objectRef<{ readonly acknowledged: number }>('AcknowledgeAccountNoticesPayload').implement({ fields: (t) => ({ acknowledged: t.exposeInt('acknowledged', { description: 'How many notices were put away.' }) }) });

builder.mutationField('acknowledgeAccountNotices', (t) =>
  t.field({
    type: AcknowledgeAccountNoticesPayload,
    description: 'The caller has read what they were told about their account.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'AcknowledgeAccountNoticesResult' } },
    args: { noticeIds: t.arg.idList({ required: true }) },
    resolve: async (_root, { noticeIds }, { viewer, database }) => {
      const { rowCount } = await database.pool.query('UPDATE account_notice SET seen_at = now() WHERE user_id = $1 AND seen_at IS NULL AND id::text = ANY($2)', [viewer.id, noticeIds.map(String)]);
      return { acknowledged: rowCount ?? 0 };
    },
  }),
);
