import { personRoles, systemRoles, wardRoles } from '../../gateway/identity/policy.ts';
import type { Reader } from './answer-rights.ts';
import type { As, RunningGateway } from './running-gateway.ts';

/** A reader, and the headers with which they ask. */
export interface SignedInReader {
  readonly reader: Reader;
  readonly as: As;
}

/** One reader of each role, those of wards in W1 and in W2, signed in. */
export async function signInEveryReader(gateway: RunningGateway): Promise<readonly SignedInReader[]> {
  const readers: SignedInReader[] = [];
  for (const role of personRoles) {
    for (const unit of wardRoles.includes(role) ? ['W1', 'W2'] : [undefined]) {
      const username = (unit === undefined ? gateway.credentials.users[role] : gateway.credentials.wards?.[unit]?.[role])?.username ?? '';
      readers.push({ reader: { id: `demo-${username}`, role, ...(unit === undefined ? {} : { unit }) }, as: await gateway.signIn(role, unit) });
    }
  }
  for (const role of systemRoles) readers.push({ reader: { id: role, role, isSystem: true }, as: await gateway.tokenOf(role) });
  return readers;
}
