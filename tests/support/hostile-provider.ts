import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type JWTHeaderParameters, type JWTPayload } from 'jose';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
/** Of a token, right or not; what is undefined is left out. */
export type Claims = Readonly<Record<string, unknown>>;
type Key = Parameters<SignJWT['sign']>[0];

/**
 * A provider of sign-on that answers what a test wants it to. Unless told otherwise it behaves: `careloop` is its client, `s-1` the
 * subject of all its tokens, and staff number `nurse-w1` their person.
 */
export interface HostileProvider {
  readonly issuer: string;
  /** What it says instead, by path: `/.well-known/openid-configuration`, `/jwks`, `/token`, `/userinfo`. Removed by `behave`. */
  readonly instead: Map<string, Answer>;
  /** How often it was asked for a token since `behave`. */
  readonly tokensAsked: () => number;
  /** The key that it publishes. */
  readonly publicKey: CryptoKey;
  readonly privateKey: CryptoKey;
  /** The claims of a right ID token, without a nonce. */
  claims(changes?: Claims): Claims;
  sign(claims: Claims, header?: Partial<JWTHeaderParameters>, key?: Key): Promise<string>;
  /** Gives this ID token for the next codes. */
  give(idToken: string): void;
  behave(): void;
  close(): Promise<void>;
}

export async function startHostileProvider(): Promise<HostileProvider> {
  const instead = new Map<string, Answer>();
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'right', use: 'sig', alg: 'RS256' };
  let idToken = '';
  let asked = 0;

  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://provider.invalid').pathname;
    if (path === '/token') asked += 1;
    const other = instead.get(path);
    if (other) return other(request, response);
    const documents: Readonly<Record<string, object>> = {
      '/.well-known/openid-configuration': discovery(),
      '/jwks': { keys: [jwk] },
      '/token': { access_token: 'access', token_type: 'Bearer', expires_in: 60, id_token: idToken },
      '/userinfo': { sub: 's-1', staff_number: 'nurse-w1' },
    };
    answerDocument(response, documents[path] ?? {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const discovery = () => ({
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    userinfo_endpoint: `${issuer}/userinfo`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
    authorization_response_iss_parameter_supported: true,
  });

  return {
    issuer,
    instead,
    tokensAsked: () => asked,
    publicKey,
    privateKey,
    claims(changes = {}) {
      const now = Math.floor(Date.now() / 1_000);
      return { iss: issuer, aud: 'careloop', sub: 's-1', iat: now, exp: now + 60, auth_time: now, sid: 'session-1', staff_number: 'nurse-w1', ...changes };
    },
    sign: (claims, header = {}, key = privateKey) => new SignJWT(claims as JWTPayload).setProtectedHeader({ alg: 'RS256', kid: 'right', ...header }).sign(key),
    give: (token) => (idToken = token),
    behave() {
      instead.clear();
      idToken = '';
      asked = 0;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Answers with a JSON document. */
export function answerDocument(response: ServerResponse, document: object): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(document));
}
