import type { Database } from '#database';
import type { DoorFact } from '../graphql/door-fact.ts';
import { createPeople, type PeopleOptions } from './people.ts';
import { createPasswordPolicy, type BreachedPasswords } from './passwords/index.ts';
import { createPasswordSetter, createRecoveryCases } from './recovery/index.ts';
import { createSessionLife, usualIdleLimits, type IdleLimits } from './sessions/index.ts';
import { createSecondFactors } from './second-factors.ts';
import { createSignInGuard } from './sign-in-guard.ts';

export interface PersonAccessOptions extends Pick<PeopleOptions, 'baseUrl' | 'sessionSecret' | 'masterKey' | 'secondFactorRule' | 'log' | 'issuersInsteadOfPasswords'> {
  readonly database: Database;
  readonly recordFact: (fact: DoorFact) => Promise<void>;
  readonly idleLimits?: IdleLimits | undefined;
  readonly breachedPasswords?: BreachedPasswords | undefined;
  /** Names of the house that make poor passwords. */
  readonly hospitalNames?: readonly string[] | undefined;
}

/** Everything by which people come in, stay and come in again, of one gateway. */
export function createPersonAccess(options: PersonAccessOptions) {
  const { database, recordFact } = options;
  const guard = createSignInGuard(database);
  const sessions = createSessionLife(database, options.idleLimits ?? usualIdleLimits, recordFact);
  const passwordPolicy = createPasswordPolicy(options.breachedPasswords, options.hospitalNames);
  return {
    guard,
    sessions,
    recovery: createRecoveryCases(database, recordFact),
    passwordSetter: createPasswordSetter({ database, sessions, guard, passwordPolicy, recordFact, removeFactors: (userId) => createSecondFactors(database, options.masterKey).removeAll(userId) }),
    people: createPeople({ ...options, guard, sessions, passwordPolicy }),
  };
}
