import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DoorFact } from '../graphql/door-fact.ts';
import { attemptLifeSeconds, isOwnPath, signOnPath, SignOnRefusal, type CurrentSession, type SignOn } from '../identity/oidc/index.ts';
import { clientAddressHeader, trustedOrigins, type People } from '../identity/people.ts';
import type { Viewers } from '../identity/viewers.ts';
import { answerJson, answerNotFound, headersOf, readBody } from './answer.ts';
import { clientAddressOf } from './client-address.ts';

export interface SignOnDoorOptions {
  readonly signOn: SignOn;
  readonly people: People;
  readonly viewers: Viewers;
  readonly baseUrl: string;
  readonly recordFact: (fact: DoorFact) => Promise<void>;
}

/** A logout token has some hundred bytes. */
const maximumBodyBytes = 64 * 1024;

/**
 * Sign-on under `/api/auth/oidc/`: `<provider>/start` and `/callback` by GET for browsers, which a refusal leads to the sign-in page with
 * its code; `<provider>/backchannel-logout` by POST for the provider; `sign-out` by POST for our own pages, which also tells
 * where to sign out at the provider.
 */
export function createSignOnDoor({ signOn, people, viewers, baseUrl, recordFact }: SignOnDoorOptions) {
  const origins = trustedOrigins(baseUrl);
  const isHttps = baseUrl.startsWith('https:');
  const cookieName = `${isHttps ? '__Secure-' : ''}careloop.sign_on`;
  const cookie = (value: string, lifeSeconds: number): string => `${cookieName}=${value}; Path=${signOnPath}; Max-Age=${lifeSeconds}; HttpOnly; SameSite=Lax${isHttps ? '; Secure' : ''}`;

  async function sessionOf(headers: Headers): Promise<CurrentSession | undefined> {
    const found = await viewers.authenticate(headers);
    return found.kind === 'viewer' && found.by === 'session' && found.viewer.sessionId !== undefined ? { id: found.viewer.sessionId, userId: found.viewer.id } : undefined;
  }

  /** On record, without anything that came in the request; once a minute for each address and code. */
  async function refused(address: string, provider: string, error: unknown): Promise<SignOnRefusal> {
    if (!(error instanceof SignOnRefusal)) throw error;
    await recordFact({ factId: `signIn.refused/signOn/${provider}/${error.code}/${error.finding}/${address}/${Math.floor(Date.now() / 60_000)}`, action: 'signIn.refused', actor: { id: 'anonymous', kind: 'system', roles: [] }, reason: error.code, detail: { provider, finding: error.finding, address } });
    return error;
  }

  function lead(response: ServerResponse, location: string, cookies: readonly string[]): void {
    response.writeHead(303, { location, 'cache-control': 'no-store', ...(cookies.length === 0 ? {} : { 'set-cookie': [...cookies] }) });
    response.end();
  }

  async function start(request: IncomingMessage, response: ServerResponse, provider: string, query: URLSearchParams): Promise<void> {
    // The provider leads back to one of our names: an attempt begun under the other would find no cookie there.
    const twin = origins.find((origin) => new URL(origin).host === request.headers.host);
    if (twin !== undefined && twin !== new URL(baseUrl).origin) return lead(response, `${baseUrl}${signOnPath}/${provider}/start?${query}`, []);
    try {
      const returnTo = query.get('returnTo') ?? '/';
      if (!isOwnPath(returnTo)) throw new SignOnRefusal('SIGN_ON_REQUEST_INVALID', 'a way back that is none of ours');
      const isReauthentication = query.get('purpose') === 'reauthenticate';
      const session = isReauthentication ? await sessionOf(headersOf(request)) : undefined;
      if (isReauthentication && session === undefined) throw new SignOnRefusal('SIGN_ON_REQUEST_INVALID', 'no session to confirm');
      const locale = ['zh-CN', 'en'].find((each) => each === query.get('lang'));
      const begun = await signOn.begin(provider, returnTo, session, locale);
      lead(response, begun.location, [cookie(begun.cookie, attemptLifeSeconds)]);
    } catch (error) {
      lead(response, `/login?reason=${(await refused(clientAddressOf(request), provider, error)).code}`, []);
    }
  }

  async function callback(request: IncomingMessage, response: ServerResponse, provider: string, query: URLSearchParams): Promise<void> {
    const headers = headersOf(request);
    headers.set(clientAddressHeader, clientAddressOf(request));
    try {
      const { returnTo, cookies } = await signOn.finish(provider, query, cookieOf(headers, cookieName), headers, await sessionOf(headers));
      lead(response, returnTo, [...cookies, cookie('', 0)]);
    } catch (error) {
      const { code } = await refused(clientAddressOf(request), provider, error);
      // Somebody else's answer does not end the attempt that this browser is at.
      lead(response, `/login?reason=${code}`, code === 'SIGN_ON_ATTEMPT_MISSING' ? [] : [cookie('', 0)]);
    }
  }

  async function backchannelLogout(request: IncomingMessage, response: ServerResponse, provider: string): Promise<void> {
    // A body that is too long takes the connection with it, and the address.
    const address = clientAddressOf(request);
    const isForm = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase() === 'application/x-www-form-urlencoded';
    const body = isForm ? await readBody(request, maximumBodyBytes) : undefined;
    const tokens = new URLSearchParams(body ?? '').getAll('logout_token');
    try {
      if (tokens.length !== 1) throw new SignOnRefusal('SIGN_ON_ANSWER_INVALID', 'not one logout token');
      await signOn.obeyLogout(provider, tokens[0] ?? '');
      response.writeHead(200, { 'cache-control': 'no-store', 'content-length': 0 }).end();
    } catch (error) {
      const { code } = await refused(address, provider, error);
      // §2.8: whatever it is. The connection ends, since the rest of a long body may still be under way.
      answerJson(response, 400, { error: 'invalid_request', error_description: code }, body === undefined ? { connection: 'close' } : {});
    }
  }

  async function signOut(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { origin } = request.headers;
    if (origin === undefined || !origins.includes(origin)) return answerJson(response, 403, { code: 'ORIGIN_NOT_TRUSTED', message: 'Expected a request of our own pages, but it came from another site' });
    const headers = headersOf(request);
    const session = await sessionOf(headers);
    const location = session === undefined ? undefined : await signOn.signOutAddress(session.id);
    const answer = await people.api.signOut({ headers, asResponse: true });
    response.setHeader('set-cookie', answer.headers.getSetCookie());
    answerJson(response, 200, { location: location ?? null });
  }

  return async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    const [provider = '', action = '', ...more] = url.pathname.slice(signOnPath.length + 1).split('/');
    const isSignOut = provider === 'sign-out' && action === '';
    const method = isSignOut || action === 'backchannel-logout' ? 'POST' : 'GET';
    if (more.length > 0 || !(isSignOut || (signOn.has(provider) && ['start', 'callback', 'backchannel-logout'].includes(action)))) return answerNotFound(response);
    if (request.method !== method) return answerJson(response, 405, { code: 'METHOD_NOT_ALLOWED', message: `Expected ${method}` }, { allow: method });
    if (isSignOut) return signOut(request, response);
    if (action === 'start') return start(request, response, provider, url.searchParams);
    if (action === 'callback') return callback(request, response, provider, url.searchParams);
    return backchannelLogout(request, response, provider);
  };
}

function cookieOf(headers: Headers, name: string): string | undefined {
  return (headers.get('cookie') ?? '').split(';').map((each) => each.trim()).find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1);
}
