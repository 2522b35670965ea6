import { APIError } from 'better-auth/api';
import type { DoorFact } from '../graphql/door-fact.ts';
import { clientAddressHeader } from './client-address-header.ts';
import type { RefusedTry, SignInGuard } from './sign-in-guard.ts';

interface TryContext {
  readonly body?: unknown;
  readonly headers?: Headers | undefined;
}

interface TryParts {
  readonly guard: SignInGuard;
  readonly recordFact: (fact: DoorFact) => Promise<void>;
}

const anonymous = { id: 'anonymous', kind: 'system', roles: [] } as const;

/** Before a password is looked at. Throws 429 TOO_MANY_ATTEMPTS, or 503 SIGN_IN_UNAVAILABLE when tries cannot be counted. */
export async function beginTry({ guard, recordFact }: TryParts, ctx: TryContext): Promise<void> {
  const refusal = await counted(() => guard.begin(...tryOf(ctx)));
  if (refusal) await refuseTry(refusal, tryOf(ctx)[1], recordFact);
}

/** Puts on record that a try from `address` may not be made, and throws 429 TOO_MANY_ATTEMPTS. */
export async function refuseTry(refusal: RefusedTry, address: string, recordFact: TryParts['recordFact']): Promise<never> {
  await recordFact({ factId: `signIn.refused/tooMany/${Math.floor(Date.now() / 60_000)}`, action: 'signIn.refused', actor: anonymous, reason: 'TOO_MANY_ATTEMPTS' });
  if (refusal.userId !== undefined) await recordFact({ factId: `signIn.locked/${refusal.userId}/${refusal.since.toISOString()}`, action: 'signIn.locked', actor: anonymous, reason: 'TOO_MANY_ATTEMPTS', detail: { personId: refusal.userId, address } });
  throw tooMany(refusal);
}

/** After it. */
export async function endTry({ guard, recordFact }: TryParts, ctx: TryContext, isSignedIn: boolean, isRefused: boolean): Promise<void> {
  const [account, address] = tryOf(ctx);
  if (isSignedIn) await counted(() => guard.succeed(account, address));
  else if (isRefused) {
    await counted(() => guard.fail(account, address));
    // What was typed as a name may be a password: it is not kept. One entry a second, so that guesses show and a flood does not fill the record.
    await recordFact({ factId: `signIn.refused/${Math.floor(Date.now() / 1_000)}`, action: 'signIn.refused', actor: anonymous, reason: 'INVALID_USERNAME_OR_PASSWORD' });
  }
}

/** The answer to a try that may not be made now. */
export function tooMany({ waitMs }: RefusedTry): APIError {
  return new APIError('TOO_MANY_REQUESTS', { code: 'TOO_MANY_ATTEMPTS', message: 'Expected fewer wrong tries; wait before the next one' }, { 'retry-after': String(Math.ceil(waitMs / 1_000)) });
}

/** Without counting nobody signs in. */
export async function counted<Result>(count: () => Promise<Result>): Promise<Result> {
  try {
    return await count();
  } catch (cause) {
    throw new APIError('SERVICE_UNAVAILABLE', { code: 'SIGN_IN_UNAVAILABLE', message: 'Expected to count tries, but the database does not answer; try again in a moment', cause }, { 'retry-after': '5' });
  }
}

/** The name that was typed, as names are compared, and where. */
function tryOf({ body, headers }: TryContext): readonly [account: string, address: string] {
  const typed = (body as { readonly username?: unknown } | undefined)?.username;
  return [typeof typed === 'string' ? typed.toLowerCase() : '', headers?.get(clientAddressHeader) ?? ''];
}
