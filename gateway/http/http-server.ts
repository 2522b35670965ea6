import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerOptions, type ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Actor } from '#engine';
import type { createCdsHooksDoor } from '../cds-hooks/index.ts';
import type { createFhirDoor } from '../fhir/index.ts';
import type { DoorFact } from '../graphql/door-fact.ts';
import { maximumBodyBytes, type createGraphqlDoor } from '../graphql/yoga.ts';
import type { People } from '../identity/people.ts';
import { clientAddressHeader, trustedOrigins } from '../identity/people.ts';
import { signOnPath, type SignOn } from '../identity/oidc/index.ts';
import type { PasswordSetter } from '../identity/recovery/index.ts';
import type { Limits } from '../limits/index.ts';
import type { Viewer } from '../identity/viewer.ts';
import type { Viewers } from '../identity/viewers.ts';
import { answerGraphqlError, answerJson, answerNotFound, headersOf, isLoopback } from './answer.ts';
import { createAuthDoor } from './auth-door.ts';
import { clientAddressOf, clientProtocolOf, placeClient, type TrustedProxies } from './client-address.ts';
import { createRecoveryDoor } from './recovery-door.ts';
import { oauthDoor, type OauthDoors } from './oauth-door.ts';
import { csrfHeader, refusedAccess, type RequestViewers } from './request-viewer.ts';
import type { Readiness } from './readiness.ts';
import { contentSecurityPolicy, securityHeaders } from './security-headers.ts';
import { createSignOnDoor } from './sign-on-door.ts';
import { createStaticFiles } from './static-files.ts';

export interface HttpServerOptions {
  readonly baseUrl: string;
  /** Folder of the built web app. */
  readonly webFolder: string;
  readonly graphql: ReturnType<typeof createGraphqlDoor>;
  readonly people: People;
  readonly passwordSetter: PasswordSetter;
  /** Whose word on the client's address and protocol is believed. */
  readonly trustedProxies: TrustedProxies;
  readonly viewers: Viewers;
  readonly signOn: SignOn;
  readonly oauth: OauthDoors;
  readonly limits: Limits;
  readonly requestViewers: RequestViewers;
  readonly cdsHooks: ReturnType<typeof createCdsHooksDoor>;
  readonly fhir: ReturnType<typeof createFhirDoor>;
  readonly readiness: Readiness;
  /** Whether the demo hospital is loaded: pages then say that nothing here is for patients. */
  readonly isDemo: boolean;
  readonly recordFact: (fact: DoorFact) => Promise<void>;
  readonly logger: Logger;
  /** How long a request may take to arrive whole, ms. */
  readonly requestTimeoutMs?: number;
}

type Handler = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>;

/** The plain HTTP server of a gateway. */
export function createHttpServer(options: HttpServerOptions): Server {
  return createServer(serverLimits(options), createRequestListener(options));
}

/** How long requests may take, and how large their headers may be. */
export function serverLimits({ requestTimeoutMs = 60_000 }: Pick<HttpServerOptions, 'requestTimeoutMs'>): ServerOptions {
  return { requestTimeout: requestTimeoutMs, headersTimeout: Math.min(20_000, requestTimeoutMs), connectionsCheckingInterval: Math.min(5_000, requestTimeoutMs), maxHeaderSize: 32 * 1024 };
}

/** What a gateway does with each request: GraphQL, sign-in, tokens, health and the web app. */
export function createRequestListener(options: HttpServerOptions): RequestListener {
  const { baseUrl, logger } = options;
  const isHttps = baseUrl.startsWith('https:');
  const headers = securityHeaders(isHttps);
  const serveApp = createStaticFiles(options.webFolder, (styleNonce) => contentSecurityPolicy(isHttps, styleNonce));

  const handlers: readonly (readonly [RegExp, Handler])[] = [
    [/^\/graphql$/, graphql(options)],
    [/^\/(?:oauth\/(?:token|revoke)|\.well-known\/oauth-authorization-server)$/, oauthDoor(options.oauth, baseUrl)],
    [new RegExp(`^${signOnPath}/`), createSignOnDoor(options)],
    [/^\/api\/auth(?:\/|$)/, createAuthDoor(options.people, baseUrl)],
    [/^\/api\/recovery\//, createRecoveryDoor(options.passwordSetter, (request, reason) => options.recordFact(refusedAccess(request, reason)))],
    [/^\/sign-in\/[^/]+$/, signInLink(options)],
    [/^\/healthz$/, async (_request, response) => answerJson(response, 200, { status: 'up' })],
    [/^\/readyz$/, async (_request, response) => {
      const { isReady, parts } = await options.readiness();
      answerJson(response, isReady ? 200 : 503, { status: isReady ? 'ready' : 'notReady', parts });
    }],
    [/^\/installation\.json$/, async (_request, response) => answerJson(response, 200, { isDemo: options.isDemo, signOn: options.signOn.names })],
    [/^\/cds-services(?:\/|$)/, options.cdsHooks],
    [/^\/fhir(?:\/|$)/, options.fhir],
    // Doors of other protocols never fall through to the web app.
    [/^\/(?:api|oauth)(?:\/|$)/, async (_request, response) => answerNotFound(response)],
    [/^\//, async (request, response, url) => {
      if (request.method !== 'GET' && request.method !== 'HEAD') return answerJson(response, 405, { code: 'METHOD_NOT_ALLOWED', message: 'Expected GET or HEAD' }, { allow: 'GET, HEAD' });
      await serveApp(request, response, url.pathname);
    }],
  ];

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      placeClient(request, options.trustedProxies);
      const url = targetOf(request);
      if (!url) return answerJson(response, 400, { code: 'REQUEST_INVALID', message: 'Expected a path and a host name that can be read, but they cannot' }, { connection: 'close' });
      // Every door behind this one reads the same path.
      request.url = `${url.pathname}${url.search}`;
      // Whoever looks after the machine asks for its health without https.
      if (isHttps && clientProtocolOf(request) === 'http' && !/^\/(?:healthz|readyz)$/.test(url.pathname)) return answerPlainHttp(request, response, `${baseUrl}${request.url}`);
      const handler = handlers.find(([path]) => path.test(url.pathname))?.[1];
      if (!handler) return answerNotFound(response);
      await handler(request, response, url);
    } catch (error) {
      const reference = randomUUID();
      logger.error({ error: error instanceof Error ? error.name : 'unknown', reference }, 'a request failed unexpectedly');
      if (response.headersSent) response.destroy();
      else answerJson(response, 500, { code: 'INTERNAL_ERROR', message: 'Expected the request to work, but it failed', reference });
    }
  }

  return (request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    void handle(request, response);
  };
}

/** A trusted proxy says that the client came unencrypted, where that is not to be: a page leads on, everything else is refused. */
function answerPlainHttp(request: IncomingMessage, response: ServerResponse, target: string): void {
  const isPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
  if (!isPage) return answerJson(response, 403, { code: 'HTTPS_REQUIRED', message: 'Expected a request by https, but it came by http' });
  response.writeHead(308, { location: target });
  response.end();
}

/**
 * The path that a request asks for, also where it was sent whole as to a proxy (RFC 9112 §3.2.2); undefined where it or the
 * host name cannot be read. The host never decides anything: the base URL is the one name that we have.
 */
function targetOf({ url: target = '/', headers }: IncomingMessage): URL | undefined {
  const whole = target.startsWith('/') ? `http://gateway${target}` : target;
  if (!/^https?:\/\//i.test(whole) || !URL.canParse(whole) || !/^[\w.:[\]-]*$/.test(headers.host ?? '')) return undefined;
  return new URL(whole);
}

function graphql({ graphql: yoga, requestViewers, limits }: HttpServerOptions): Handler {
  return async (request, response) => {
    const isGet = request.method === 'GET';
    if (!isGet && request.method !== 'POST') return answerGraphqlError(response, 405, 'METHOD_NOT_ALLOWED', 'Expected POST, or GET for a query', { allow: 'GET, POST' });
    if (Number(request.headers['content-length'] ?? 0) > maximumBodyBytes) {
      return answerGraphqlError(response, 413, 'BODY_TOO_LARGE', `Expected a body of at most ${maximumBodyBytes} bytes`, { connection: 'close' });
    }
    // CSRF: a foreign page can send neither this content type nor this header without a preflight, which we do not answer.
    if (!isGet && !/^application\/(?:graphql\+|graphql-response\+)?json(?:\s*;|$)/i.test(request.headers['content-type'] ?? '')) {
      return answerGraphqlError(response, 415, 'CONTENT_TYPE_NOT_SUPPORTED', 'Expected content-type application/json');
    }
    const found = await requestViewers(request);
    if ('refusal' in found) return answerGraphqlError(response, found.refusal.status, found.refusal.code, found.refusal.message, found.refusal.headers);
    // A GET is a mere link to a browser: with a session it must bring what a link cannot. Mutations by GET are refused by Yoga.
    if (isGet && found.by === 'session' && request.headers[csrfHeader] === undefined) return answerGraphqlError(response, 403, 'CSRF_HEADER_MISSING', `Expected the header ${csrfHeader} with a GET`);
    const verdict = await limits.countRequest(found.viewer);
    if (!verdict.isAllowed) return answerGraphqlError(response, 429, 'RATE_LIMITED', `Expected fewer or smaller operations, but there were too many: ask again in ${verdict.resetSeconds} s`, verdict.headers);
    for (const [name, value] of Object.entries(verdict.headers)) response.setHeader(name, value);
    response.setHeader('cache-control', 'no-store');
    // Yoga's listener takes the server context as a further argument.
    const handle = yoga as unknown as (request: IncomingMessage, response: ServerResponse, context: { readonly viewer: Viewer }) => Promise<void>;
    await handle(request, response, { viewer: found.viewer });
  };
}

/** One-time links of the demo hospital: from this machine only. */
function signInLink({ people, recordFact, baseUrl }: HttpServerOptions): Handler {
  return async (request, response, url) => {
    if (request.method !== 'GET') return answerJson(response, 405, { code: 'METHOD_NOT_ALLOWED', message: 'Expected GET' }, { allow: 'GET' });
    if (!isLoopback(request)) {
      await recordFact(refusedAccess(request, 'SIGN_IN_LINK_NOT_LOCAL'));
      return answerJson(response, 403, { code: 'SIGN_IN_LINK_NOT_LOCAL', message: 'Expected a request from this machine itself' });
    }
    // Our tokens have no character that would be escaped.
    const token = url.pathname.slice('/sign-in/'.length);
    const headers = headersOf(request);
    headers.set(clientAddressHeader, clientAddressOf(request));
    const signedIn = await people.api.signInByLink({ body: { token }, headers, asResponse: true });
    if (!signedIn.ok) {
      await recordFact(refusedAccess(request, 'SIGN_IN_LINK_INVALID'));
      response.writeHead(303, { location: '/login?reason=link', 'cache-control': 'no-store' });
      return void response.end();
    }
    const { actor, sessionId } = (await signedIn.json()) as { readonly actor: Actor; readonly sessionId: string };
    await recordFact({ factId: `person.signedIn/${sessionId}`, action: 'person.signedIn', actor, reason: 'one-time link' });
    response.writeHead(303, { location: homeOf(baseUrl, request), 'cache-control': 'no-store', 'set-cookie': signedIn.headers.getSetCookie() });
    response.end();
  };
}

/** A link opened by another name of this machine leads on under that name, where its cookie is. */
function homeOf(baseUrl: string, request: IncomingMessage): string {
  return trustedOrigins(baseUrl).some((origin) => new URL(origin).host === request.headers.host) ? '/' : `${baseUrl}/`;
}
