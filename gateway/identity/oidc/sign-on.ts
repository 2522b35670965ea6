import type { Database } from '#database';
import type { Actor } from '#engine';
import type { DoorFact } from '../../graphql/door-fact.ts';
import type { Outbound } from '../../outbound/index.ts';
import type { People } from '../people.ts';
import { beginAttempt, isStateOf, openAttempt, proofOf, useAttempt, type Attempt } from './attempt.ts';
import { personOfSignOn } from './identity-links.ts';
import { applyMappedRoles } from './mapped-roles.ts';
import { createProviderClient, type ProviderClient, type SignedOn } from './provider-client.ts';
import { createSealedText } from './sealed-text.ts';
import type { SignOnProvider } from './sign-on-file.ts';
import { SignOnRefusal } from './sign-on-refusal.ts';
import { confirmSession, endOrderedSessions, keepSignOn, signOnOf } from './sign-on-sessions.ts';

export interface SignOnOptions {
  readonly database: Pick<Database, 'prisma'>;
  readonly people: People;
  readonly providers: readonly SignOnProvider[];
  readonly outbound: Outbound;
  /** 32 bytes. */
  readonly masterKey: Buffer;
  /** Address at which browsers reach the gateway. */
  readonly baseUrl: string;
  readonly recordFact: (fact: DoorFact) => Promise<void>;
}

/** A session that is there now. */
export interface CurrentSession {
  readonly id: string;
  readonly userId: string;
}

/** Where the doors of sign-on are. */
export const signOnPath = '/api/auth/oidc';

/**
 * Sign-on of people by the hospital's provider: OpenID Connect Core 1.0, authorization code with PKCE. Knows nothing of HTTP but
 * headers. What it refuses is a `SignOnRefusal`.
 */
export function createSignOn({ database, people, providers, outbound, masterKey, baseUrl, recordFact }: SignOnOptions) {
  const attempts = createSealedText(masterKey, 'sign-on-attempt');
  const hints = createSealedText(masterKey, 'sign-on-hint');
  const clients = new Map(providers.map((provider) => [provider.id, { provider, client: createProviderClient(provider, outbound, `${baseUrl}${signOnPath}/${provider.id}/callback`) }]));

  /** One of the sign-on file. Refuses: SIGN_ON_REQUEST_INVALID. */
  function providerOf(id: string): { readonly provider: SignOnProvider; readonly client: ProviderClient } {
    const found = clients.get(id);
    if (!found) throw new SignOnRefusal('SIGN_ON_REQUEST_INVALID', 'no such provider');
    return found;
  }

  const systemOf = (provider: SignOnProvider): Actor => ({ id: `sign-on:${provider.id}`, kind: 'system', roles: [] });

  /** Whom a provider's answer means; on record where that made a link. */
  async function identify(provider: SignOnProvider, signedOn: SignedOn): Promise<string> {
    const { userId, isNew } = await personOfSignOn(database, provider, signedOn);
    if (isNew) await recordFact({ factId: `signOn.linked/${provider.id}/${userId}/${new Date().toISOString()}`, action: 'signOn.linked', actor: systemOf(provider), detail: { provider: provider.id, userId } });
    return userId;
  }

  /** Gives a person the roles that the provider's answer means, on record. */
  async function applyRoles(provider: SignOnProvider, signedOn: SignedOn, userId: string): Promise<void> {
    const at = new Date();
    const { assigned, ended } = await applyMappedRoles(database, provider, userId, signedOn.claims, at);
    if (assigned.length + ended.length > 0) await recordFact({ factId: `signOn.rolesChanged/${userId}/${at.toISOString()}`, action: 'signOn.rolesChanged', actor: systemOf(provider), detail: { provider: provider.id, userId, assigned, ended } });
  }

  /** Ends the session that this browser had before: nobody else finds it again at a shared computer. */
  async function replaceSession({ id, userId }: CurrentSession): Promise<void> {
    await database.prisma.session.deleteMany({ where: { id } });
    await recordFact({ factId: `person.signedOut/${id}/replaced`, action: 'person.signedOut', actor: { id: userId, kind: 'person', roles: [] }, reason: 'another sign-on' });
  }

  return {
    /** For the sign-in page: what its buttons say. */
    names: providers.map(({ id, name }) => ({ id, name })),

    has: (providerId: string): boolean => clients.has(providerId),

    /** Begins a sign-on, or with a session the proof that it is still the same person: where the browser goes, and its cookie. */
    async begin(providerId: string, returnTo: string, session?: CurrentSession, locale?: string): Promise<{ readonly location: string; readonly cookie: string }> {
      const { client } = providerOf(providerId);
      const { attempt, cookie } = await beginAttempt(attempts, { provider: providerId, returnTo, ...(session === undefined ? {} : { sessionId: session.id }) });
      return { location: await client.authorizationAddress(proofOf(attempt), { isReauthentication: session !== undefined, ...(locale === undefined ? {} : { locale }) }), cookie };
    },

    /**
     * Takes a provider's answer: gives the person a session, or confirms `session`. `cookies` are absent in the latter case. RFC 6749
     * §4.1.2, RFC 9207.
     */
    async finish(providerId: string, query: URLSearchParams, cookie: string | undefined, headers: Headers, session?: CurrentSession): Promise<{ readonly returnTo: string; readonly cookies: readonly string[] }> {
      const { provider, client } = providerOf(providerId);
      const attempt: Attempt | undefined = await openAttempt(attempts, cookie);
      if (!attempt) throw new SignOnRefusal('SIGN_ON_ATTEMPT_MISSING', 'no attempt of this browser');
      if (attempt.provider !== providerId) throw new SignOnRefusal('SIGN_ON_ANSWER_INVALID', 'the answer of another provider');
      const states = query.getAll('state');
      if (states.length !== 1 || !isStateOf(attempt, states[0] ?? '')) throw new SignOnRefusal('SIGN_ON_ATTEMPT_MISSING', 'the state of another attempt');
      await useAttempt(database, attempt);

      const callback = new URL(`${baseUrl}${signOnPath}/${providerId}/callback?${query}`);
      const signedOn = await client.redeem(callback, proofOf(attempt), attempt.sessionId === undefined ? undefined : attempt.iat);
      const userId = await identify(provider, signedOn);
      if (attempt.sessionId !== undefined) {
        if (session?.id !== attempt.sessionId || session.userId !== userId) throw new SignOnRefusal('SIGN_ON_OTHER_PERSON', 'not the person of the session');
        await keepSignOn(database, hints, session.id, provider, signedOn);
        await confirmSession(database, session.id, methodsOf(signedOn));
        await recordFact({ factId: `person.reauthenticated/${session.id}/${proofOf(attempt).nonce}`, action: 'person.reauthenticated', actor: { id: userId, kind: 'person', roles: [] }, reason: `sign-on: ${providerId}` });
        return { returnTo: attempt.returnTo, cookies: [] };
      }
      await applyRoles(provider, signedOn, userId);
      const answer = await people.api.signInBySignOn({ body: { userId, methods: methodsOf(signedOn) }, headers, asResponse: true });
      if (!answer.ok) throw new SignOnRefusal('SIGN_ON_PERSON_UNKNOWN', 'no session for this person');
      // The endpoint answers in this shape.
      const { actor, sessionId } = (await answer.json()) as { readonly actor: Actor; readonly sessionId: string };
      await keepSignOn(database, hints, sessionId, provider, signedOn);
      await recordFact({ factId: `person.signedIn/${sessionId}`, action: 'person.signedIn', actor, reason: `sign-on: ${providerId}` });
      if (session !== undefined) await replaceSession(session);
      return { returnTo: attempt.returnTo, cookies: answer.headers.getSetCookie() };
    },

    /** Ends the sessions that a logout token names, at once, on record. OpenID Connect Back-Channel Logout 1.0 §2.7. */
    async obeyLogout(providerId: string, token: string): Promise<void> {
      const { provider, client } = providerOf(providerId);
      const order = await client.readLogoutOrder(token);
      for (const { sessionId, userId } of await endOrderedSessions(database, provider.issuer, order)) {
        await recordFact({ factId: `person.signedOut/${sessionId}/backchannel`, action: 'person.signedOut', actor: { id: userId, kind: 'person', roles: [] }, reason: `sign-on: ${providerId}` });
      }
    },

    /**
     * Where somebody signs out at their provider, before their session here ends; undefined where it did not begin by sign-on or
     * the provider has no such place, or cannot be asked: signing out here never waits for it.
     */
    async signOutAddress(sessionId: string): Promise<string | undefined> {
      const signOn = await signOnOf(database, hints, sessionId);
      const client = signOn === undefined ? undefined : clients.get(signOn.provider)?.client;
      return client?.signOutAddress(signOn?.idToken, `${baseUrl}/login`).catch(() => undefined);
    },
  };
}

export type SignOn = ReturnType<typeof createSignOn>;

/** What the provider says that the person has shown (`amr`, RFC 8176). */
function methodsOf({ claims }: SignedOn): string[] {
  const { amr } = claims;
  return Array.isArray(amr) ? amr.filter((method) => typeof method === 'string') : [];
}
