import type { GenericEndpointContext } from '@better-auth/core';
import { APIError } from 'better-auth/api';
import type { Database } from '#database';
import type { Actor } from '#engine';
import type { SecondFactorSubject } from './second-factor-rule.ts';
import type { SignInGuard } from './sign-in-guard.ts';

/** Where the HTTP server says who is at the other end of the connection; callers cannot set it. */
export const clientAddressHeader = 'x-careloop-client-address';

export type RecordPersonFact = (fact: { readonly factId: string; readonly action: string; readonly actor: Actor; readonly reason?: string }) => Promise<void>;

type AttemptContext = Pick<GenericEndpointContext, 'headers'>;

/** What is known and put on record of a person who signs in. */
export interface PersonFacts {
  /** Whom the rule of second factors judges. */
  subjectOf(userId: string): Promise<SecondFactorSubject>;
  record(factId: string, action: string, userId: string, reason?: string): Promise<void>;
  /** A sign-in without a known person that was refused. One entry a second for each reason, so that guesses show and a flood does not fill the record. */
  recordRefusal(reason: string): Promise<void>;
  /** Counts a try as wrong until `succeed` says otherwise. Fails: TOO_MANY_ATTEMPTS, with how long to wait. */
  beginAttempt(ctx: AttemptContext, account: string): Promise<void>;
  succeed(ctx: AttemptContext, account: string): Promise<void>;
}

export function createPersonFacts({ prisma }: Pick<Database, 'prisma'>, guard: SignInGuard, recordFact: RecordPersonFact): PersonFacts {
  return {
    async subjectOf(userId) {
      const user = await prisma.user.findUnique({ where: { id: userId }, select: { roles: true } });
      return { id: userId, roles: user?.roles ?? [] };
    },

    async record(factId, action, userId, reason) {
      const user = await prisma.user.findUnique({ where: { id: userId }, select: { roles: true, unit: true } });
      await recordFact({ factId, action, actor: { id: userId, kind: 'person', roles: user?.roles ?? [], ...(user?.unit ? { unit: user.unit } : {}) }, ...(reason === undefined ? {} : { reason }) });
    },

    recordRefusal: (reason) => recordFact({ factId: `signIn.refused/${reason}/${Math.floor(Date.now() / 1_000)}`, action: 'signIn.refused', actor: anonymous, reason }),

    async beginAttempt({ headers }, account) {
      const waitMs = await guard.begin(account, addressOf(headers), Date.now());
      if (waitMs === undefined) return;
      await recordFact({ factId: `signIn.refused/tooMany/${Math.floor(Date.now() / 60_000)}`, action: 'signIn.refused', actor: anonymous, reason: 'TOO_MANY_ATTEMPTS' });
      throw new APIError('TOO_MANY_REQUESTS', { code: 'TOO_MANY_ATTEMPTS', message: 'Expected fewer wrong tries; wait before the next one' }, { 'retry-after': String(Math.ceil(waitMs / 1_000)) });
    },

    async succeed({ headers }, account) {
      await guard.succeed(account, addressOf(headers), Date.now());
    },
  };
}

function addressOf(headers: Headers | undefined): string {
  return headers?.get(clientAddressHeader) ?? '';
}

const anonymous: Actor = { id: 'anonymous', kind: 'system', roles: [] };
