import type { LockedAccount } from '../../identity/sign-in-guard.ts';
import { builder } from '../builder.ts';
import { AssigneeType } from './actor.ts';

const LockedAccountType = builder.objectRef<LockedAccount & { readonly username: string }>('LockedAccount').implement({
  description: 'An account that can at the moment not be signed in to from somewhere.',
  fields: (t) => ({
    username: t.exposeString('username'),
    person: t.field({ type: AssigneeType, resolve: ({ userId }) => ({ id: userId }) }),
    since: t.expose('since', { type: 'DateTime' }),
    until: t.expose('until', { type: 'DateTime' }),
    wrongTries: t.int({ resolve: ({ wrong }) => wrong }),
    address: t.string({ nullable: true, description: 'The one place that is locked; null where all are at which the person has not signed in lately.', resolve: ({ address }) => address ?? null }),
  }),
});

interface RefusedHour {
  readonly hour: Date;
  readonly wrong: number;
  readonly locked: number;
  readonly addresses: number;
  readonly accounts: number;
}

const RefusedSignInsType = builder.objectRef<RefusedHour>('RefusedSignIns').implement({
  description: 'Refused tries to sign in within an hour.',
  fields: (t) => ({
    hour: t.expose('hour', { type: 'DateTime', description: 'The beginning of the hour.' }),
    wrong: t.exposeInt('wrong', { description: 'Wrong passwords and names.' }),
    locked: t.exposeInt('locked', { description: 'Refused unseen, since there were too many.' }),
    addresses: t.exposeInt('addresses'),
    accounts: t.exposeInt('accounts', { description: 'Accounts of people that were tried.' }),
  }),
});

/** What a security administrator watches of sign-in. */
export const SignInSecurityType = builder.objectRef<object>('SignInSecurity').implement({
  description: 'What a security administrator watches of sign-in.',
  fields: (t) => ({
    lockedAccounts: t.field({
      type: [LockedAccountType],
      resolve: async (_root, _args, { signInGuard, database }) => {
        const locked = await signInGuard.locked();
        const names = new Map((await database.prisma.user.findMany({ where: { id: { in: locked.map(({ userId }) => userId) } }, select: { id: true, username: true } })).map(({ id, username }) => [id, username]));
        return locked.map((account) => ({ ...account, username: names.get(account.userId) ?? account.userId }));
      },
    }),
    refusedByHour: t.field({
      type: [RefusedSignInsType],
      description: 'Of the last 24 hours, the newest first; hours without any are left out.',
      resolve: async (_root, _args, { database }) => {
        const { rows } = await database.pool.query<RefusedHour>(
          `SELECT hour, sum(wrong)::int AS wrong, sum(locked)::int AS locked, count(DISTINCT address)::int AS addresses, count(DISTINCT nullif(user_id, ''))::int AS accounts
           FROM sign_in_refusal_hour WHERE hour > now() - interval '24 hours' GROUP BY hour ORDER BY hour DESC`,
        );
        return rows;
      },
    }),
  }),
});
