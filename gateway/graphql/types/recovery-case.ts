import type { RecoveryCase } from '../../identity/recovery/index.ts';
import { builder } from '../builder.ts';
import { AssigneeType } from './actor.ts';

/** A person who lost password or factors, between two administrators. */
export const RecoveryCaseType = builder.objectRef<RecoveryCase>('RecoveryCase').implement({
  description: 'A person who lost password or factors, between the two administrators who let them in again.',
  fields: (t) => ({
    id: t.exposeID('id'),
    status: t.exposeString('status', { description: 'open | confirmed | used | withdrawn | expired' }),
    username: t.exposeString('username'),
    person: t.field({ type: AssigneeType, resolve: ({ userId }) => ({ id: userId }) }),
    reason: t.exposeString('reason'),
    identityCheck: t.exposeString('identityCheck', { description: 'How the first administrator has made sure who the person is.' }),
    removesFactors: t.exposeBoolean('removesFactors'),
    openedBy: t.field({ type: AssigneeType, resolve: ({ openedBy }) => ({ id: openedBy }) }),
    openedAt: t.expose('openedAt', { type: 'DateTime' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'Until when a second administrator can confirm it.' }),
    confirmedBy: t.field({ type: AssigneeType, nullable: true, resolve: ({ confirmedBy }) => (confirmedBy === null ? null : { id: confirmedBy }) }),
    confirmedAt: t.expose('confirmedAt', { type: 'DateTime', nullable: true }),
    usedAt: t.expose('usedAt', { type: 'DateTime', nullable: true }),
  }),
});
