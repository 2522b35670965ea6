import { isMultiFactor } from '../../identity/authentication.ts';
import type { PersonSession, SessionClock } from '../../identity/sessions/index.ts';
import { builder } from '../builder.ts';
import { AssigneeType } from './actor.ts';
import { ViewerType } from './viewer.ts';

/** A session of a person. Its id opens nothing. */
export const PersonSessionType = builder.objectRef<PersonSession>('PersonSession').implement({
  description: 'A session of a person. Its id opens nothing.',
  fields: (t) => ({
    id: t.exposeID('id'),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    lastActiveAt: t.expose('lastActiveAt', { type: 'DateTime', description: 'When somebody last worked with it, to the minute.' }),
    endsAt: t.expose('endsAt', { type: 'DateTime', description: 'When it ends if nobody works with it.' }),
    address: t.exposeString('address', { nullable: true, description: 'From where the person signed in.' }),
    userAgent: t.exposeString('userAgent', { nullable: true, description: 'What the browser said of itself.' }),
    authenticatedBy: t.exposeString('authenticatedBy', { description: 'password | password+otp | password+backup-code | passkey | oidc | link' }),
    hasSecondFactor: t.boolean({ description: 'Whether the person has shown a second factor in it.', resolve: ({ authenticationMethods }) => isMultiFactor(authenticationMethods) }),
    isSharedDevice: t.exposeBoolean('isSharedDevice', { description: 'On a device that several people use: it ends sooner.' }),
    isCurrent: t.boolean({ description: 'The one that asks.', resolve: ({ id }, _args, { viewer }) => id === viewer.sessionId }),
    person: t.field({ type: AssigneeType, resolve: ({ userId }) => ({ id: userId }) }),
  }),
});

const SessionClockType = builder.objectRef<SessionClock>('SessionClock').implement({
  description: 'What is left of a session, by the clock of the database.',
  fields: (t) => ({
    idleSecondsLeft: t.exposeFloat('idleSecondsLeft', { description: 'Until it ends unless the person does something.' }),
    idleSeconds: t.exposeFloat('idleSeconds', { description: 'How long it lasts when nobody works with it.' }),
    secondsLeft: t.exposeFloat('secondsLeft', { description: 'Until it ends in any case.' }),
  }),
});

const AccountNoticeType = builder.objectRef<{ readonly id: string; readonly kind: string; readonly wrongTries: number | null; readonly addresses: number | null; readonly createdAt: Date }>('AccountNotice').implement({
  description: 'What a person is told about their account after signing in.',
  fields: (t) => ({
    id: t.exposeID('id'),
    kind: t.exposeString('kind', { description: 'wrongTries | recovered | unlocked' }),
    wrongTries: t.exposeInt('wrongTries', { nullable: true }),
    addresses: t.exposeInt('addresses', { nullable: true, description: 'From how many addresses.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
});

builder.objectFields(ViewerType, (t) => ({
  session: t.field({ type: SessionClockType, nullable: true, description: 'What is left of the session; null for systems.', resolve: async ({ sessionId }, _args, { sessions }) => (sessionId === undefined ? null : ((await sessions.clockOf(sessionId)) ?? null)) }),
  sessions: t.field({ type: [PersonSessionType], description: 'The sessions of the viewer, the latest active first.', resolve: async ({ id, kind }, _args, { sessions }) => (kind === 'person' ? [...(await sessions.list(id))] : []) }),
  accountNotices: t.field({
    type: [AccountNoticeType],
    description: 'What the viewer was not told yet.',
    resolve: ({ id }, _args, { database }) => database.prisma.accountNotice.findMany({ where: { userId: id, seenAt: null }, orderBy: { createdAt: 'desc' }, take: 20 }),
  }),
}));
