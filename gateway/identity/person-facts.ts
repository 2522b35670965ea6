import type { GenericEndpointContext } from '@better-auth/core';
import type { Database } from '#database';
import type { Actor } from '#engine';
import type { DoorFact } from '../graphql/door-fact.ts';
import { clientAddressHeader } from './client-address-header.ts';
import { rolesOfPerson } from './roles-in-force.ts';
import type { SecondFactorSubject } from './second-factor-rule.ts';
import type { SignInGuard } from './sign-in-guard.ts';
import { counted, refuseTry } from './sign-in-tries.ts';

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

export function createPersonFacts(database: Pick<Database, 'prisma' | 'pool'>, guard: SignInGuard, recordFact: (fact: DoorFact) => Promise<void>): PersonFacts {
  return {
    async subjectOf(userId) {
      return { id: userId, roles: (await rolesOfPerson(database, userId)).roles };
    },

    async record(factId, action, userId, reason) {
      const { roles, unit } = await rolesOfPerson(database, userId);
      await recordFact({ factId, action, actor: { id: userId, kind: 'person', roles, ...(unit === undefined ? {} : { unit }) }, ...(reason === undefined ? {} : { reason }) });
    },

    recordRefusal: (reason) => recordFact({ factId: `signIn.refused/${reason}/${Math.floor(Date.now() / 1_000)}`, action: 'signIn.refused', actor: anonymous, reason }),

    async beginAttempt({ headers }, account) {
      const address = addressOf(headers);
      const refusal = await counted(() => guard.begin(account, address));
      if (refusal) await refuseTry(refusal, address, recordFact);
    },

    async succeed({ headers }, account) {
      await counted(() => guard.succeed(account, addressOf(headers)));
    },
  };
}

function addressOf(headers: Headers | undefined): string {
  return headers?.get(clientAddressHeader) ?? '';
}

const anonymous: Actor = { id: 'anonymous', kind: 'system', roles: [] };
