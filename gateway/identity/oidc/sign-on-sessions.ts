import type { Database } from '#database';
import { sessionOrigin } from '../authentication.ts';
import type { LogoutOrder } from './logout-token.ts';
import type { SignedOn } from './provider-client.ts';
import type { SealedText } from './sealed-text.ts';
import type { SignOnProvider } from './sign-on-file.ts';

/** As long as a session can live: the hint is of no use after that. */
const hintLifeSeconds = 24 * 3600;
/** Between the provider's clock and ours. */
const clockToleranceMs = 30_000;

/** Keeps what ties a session to the provider's; of a person who proved again who they are, anew. */
export async function keepSignOn({ prisma }: Pick<Database, 'prisma'>, sealed: SealedText, sessionId: string, { id: provider, issuer }: SignOnProvider, { subject, sid, idToken, authenticatedAt }: SignedOn): Promise<void> {
  const row = { provider, issuer, subject, sid: sid ?? null, idToken: await sealed.seal({ idToken }, hintLifeSeconds), authenticatedAt: authenticatedAt ?? new Date().toISOString() };
  await prisma.signOnSession.upsert({ where: { sessionId }, create: { sessionId, ...row }, update: row });
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
 * order which is sent a second time ends nobody's later session.
 */
export async function endOrderedSessions({ prisma }: Pick<Database, 'prisma'>, issuer: string, { subject, sid, issuedAt }: LogoutOrder): Promise<readonly { readonly sessionId: string; readonly userId: string }[]> {
  const meant = { issuer, ...(subject === undefined ? {} : { subject }), ...(sid === undefined ? {} : { sid }) };
  const where = { signOn: meant, createdAt: { lte: new Date(issuedAt * 1_000 + clockToleranceMs) } };
  const sessions = await prisma.session.findMany({ where, select: { id: true, userId: true } });
  await prisma.session.deleteMany({ where: { id: { in: sessions.map(({ id }) => id) } } });
  return sessions.map(({ id, userId }) => ({ sessionId: id, userId }));
}
