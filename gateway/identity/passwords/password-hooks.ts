import { randomUUID } from 'node:crypto';
import { APIError } from 'better-auth/api';
import type { Database } from '#database';
import type { Actor } from '#engine';
import type { DoorFact } from '../../graphql/door-fact.ts';
import { clientAddressHeader } from '../client-address-header.ts';
import type { SessionLife } from '../sessions/index.ts';
import type { SignInGuard } from '../sign-in-guard.ts';
import { counted, tooMany } from '../sign-in-tries.ts';
import { removePasswordLinks } from './password-link.ts';
import { passwordProblems, type PasswordPolicy } from './password-policy.ts';

interface ChangeParts {
  readonly database: Pick<Database, 'prisma'>;
  readonly guard: SignInGuard;
  readonly passwordPolicy: PasswordPolicy;
}

/**
 * Before a person's password is changed: the new one must be a good one, and tries of the current one count like those of
 * signing in, since whoever found an open session would guess here. Throws 400 with the problem's code, or 429.
 */
export async function checkNewPassword({ database, guard, passwordPolicy }: ChangeParts, ctx: { body?: unknown; readonly headers?: Headers | undefined }, userId: string): Promise<void> {
  const body = ctx.body as { newPassword?: unknown; revokeOtherSessions?: unknown } | undefined;
  const user = await database.prisma.user.findUniqueOrThrow({ where: { id: userId }, select: { username: true, name: true } });
  if (typeof body?.newPassword === 'string') {
    const problem = await passwordPolicy.problemOf(body.newPassword, { username: user.username, displayName: user.name });
    if (problem) throw new APIError('BAD_REQUEST', { code: problem, message: passwordProblems[problem] });
  }
  // The library would answer with the token of a new session; the others end afterwards in any case.
  if (body) delete body.revokeOtherSessions;
  const refusal = await counted(() => guard.begin(user.username ?? userId, ctx.headers?.get(clientAddressHeader) ?? ''));
  if (refusal) throw tooMany(refusal);
}

/** After it: every other session of the person and every link for setting a password ends. */
export async function passwordWasChanged({ database, guard, sessions, recordFact }: Pick<ChangeParts, 'database' | 'guard'> & { readonly sessions: SessionLife; readonly recordFact: (fact: DoorFact) => Promise<void> }, headers: Headers | undefined, person: Actor, sessionId: string): Promise<void> {
  const user = await database.prisma.user.findUniqueOrThrow({ where: { id: person.id }, select: { username: true } });
  await counted(() => guard.succeed(user.username ?? person.id, headers?.get(clientAddressHeader) ?? ''));
  await removePasswordLinks(database, person.id);
  await sessions.end(person.id, { except: sessionId }, person, 'PASSWORD_CHANGED');
  await recordFact({ factId: `password.changed/${randomUUID()}`, action: 'password.changed', actor: person });
}
