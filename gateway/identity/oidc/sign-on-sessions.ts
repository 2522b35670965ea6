import { randomUUID } from 'node:crypto';
import { decodeJwt } from 'jose';
import type { Database, Prisma } from '#database';
import { sessionOrigin } from '../authentication.ts';
import type { LogoutOrder } from './logout-token.ts';
import type { SignedOn } from './provider-client.ts';
import type { SealedText } from './sealed-text.ts';
import type { SignOnProvider } from './sign-on-file.ts';
import { SignOnRefusal } from './sign-on-refusal.ts';

/** As long as a session can live: the hint is of no use after that. */
const hintLifeSeconds = 24 * 3600;
/** Between the provider's clock and ours. */
const clockToleranceMs = 30_000;

/** How long an order is remembered: longer than a sign-on can be on its way (`attempt.ts`). */
const orderLifeMs = 15 * 60_000;

/** Whether orders of an issuer may come between; a sign-on waits for an order under way, and an order for sign-ons. */
async function lockIssuer(transaction: Prisma.TransactionClient, issuer: string, order: 'signOn' | 'logout'): Promise<void> {
  const key = `sign-on:${issuer}`;
  if (order === 'logout') await transaction.$executeRaw`select pg_advisory_xact_lock(hashtext(${key}))`;
  else await transaction.$executeRaw`select pg_advisory_xact_lock_shared(hashtext(${key}))`;
}

/**
 * Keeps what ties a session to the provider's; of a person who proved again who they are, anew. Where the provider has ended the
 * sign-on while it was on its way, the session ends at once. Refuses: SIGN_ON_CANCELLED. Back-Channel Logout 1.0 §2.7.
 */
export async function keepSignOn({ prisma }: Pick<Database, 'prisma'>, sealed: SealedText, sessionId: string, { id: provider, issuer }: SignOnProvider, { subject, sid, idToken, authenticatedAt }: SignedOn): Promise<void> {
  const row = { provider, issuer, subject, sid: sid ?? null, idToken: await sealed.seal({ idToken }, hintLifeSeconds), authenticatedAt: authenticatedAt ?? new Date().toISOString() };
  // By the provider's clock, as the order says it; both say whole seconds, and the same one counts as before.
  const issuedAt = new Date((decodeJwt(idToken).iat ?? 0) * 1_000);
  const isEnded = await prisma.$transaction(async (transaction) => {
    await lockIssuer(transaction, issuer, 'signOn');
    const meant = { issuer, issuedAt: { gte: issuedAt }, AND: [{ OR: [{ subject: null }, { subject }] }, { OR: [{ sid: null }, { sid: sid ?? '' }] }] };
    const order = await transaction.signOnLogout.findFirst({ where: meant, select: { id: true } });
    if (order) await transaction.session.deleteMany({ where: { id: sessionId } });
    else await transaction.signOnSession.upsert({ where: { sessionId }, create: { sessionId, ...row }, update: row });
    return order !== null;
  });
  if (isEnded) throw new SignOnRefusal('SIGN_ON_CANCELLED', 'the provider has ended the sign-on meanwhile');
}

/** The person of a session has proved again at the provider who they are: acts that want a recent proof go by it. */
export async function confirmSession({ prisma }: Pick<Database, 'prisma'>, sessionId: string, methods: readonly string[]): Promise<void> {
  const { authenticationMethods, ...origin } = sessionOrigin('oidc', methods);
  await prisma.session.update({ where: { id: sessionId }, data: { ...origin, authenticationMethods: [...authenticationMethods] } });
}

/** The provider of a session and the hint for signing out there; undefined where the session did not begin by sign-on. */
export async function signOnOf({ prisma }: Pick<Database, 'prisma'>, sealed: SealedText, sessionId: string): Promise<{ readonly provider: string; readonly idToken?: string } | undefined> {
  const row = await prisma.signOnSession.findUnique({ where: { sessionId }, select: { provider: true, idToken: true } });
  if (!row) return undefined;
  const idToken = (await sealed.open(row.idToken))?.['idToken'];
  return { provider: row.provider, ...(typeof idToken === 'string' ? { idToken } : {}) };
}

/**
 * Ends the sessions that an order of the provider means, and gives them. Sessions that began after the order was written stay, so that an
 * order which is sent a second time ends nobody's later session. The order is remembered for sign-ons that are on their way.
 */
export async function endOrderedSessions({ prisma }: Pick<Database, 'prisma'>, issuer: string, { subject, sid, issuedAt }: LogoutOrder): Promise<readonly { readonly sessionId: string; readonly userId: string }[]> {
  const meant = { issuer, ...(subject === undefined ? {} : { subject }), ...(sid === undefined ? {} : { sid }) };
  const where = { signOn: meant, createdAt: { lte: new Date(issuedAt * 1_000 + clockToleranceMs) } };
  const sessions = await prisma.$transaction(async (transaction) => {
    await lockIssuer(transaction, issuer, 'logout');
    const now = Date.now();
    await transaction.signOnLogout.deleteMany({ where: { expiresAt: { lt: new Date(now) } } });
    await transaction.signOnLogout.create({ data: { id: randomUUID(), issuer, subject: subject ?? null, sid: sid ?? null, issuedAt: new Date(issuedAt * 1_000), expiresAt: new Date(now + orderLifeMs) } });
    const found = await transaction.session.findMany({ where, select: { id: true, userId: true } });
    await transaction.session.deleteMany({ where: { id: { in: found.map(({ id }) => id) } } });
    return found;
  });
  return sessions.map(({ id, userId }) => ({ sessionId: id, userId }));
}
