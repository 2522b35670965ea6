import type { IncomingMessage, ServerResponse } from 'node:http';
import { clientAddressHeader, trustedOrigins, type People } from '../identity/people.ts';
import { clientAddressOf } from './client-address.ts';
import { answerJson, answerNotFound, headersOf, readBody } from './answer.ts';

const prefix = '/api/auth';
/** What of better-auth has a door, by POST: the rest of it, which would also tell a session's token, is not there. */
const paths: readonly string[] = [
  '/sign-in/username', '/sign-out', '/change-password', '/revoke-sessions', '/revoke-other-sessions',
  '/second-factor/verify', '/reauthenticate', '/security/overview', '/one-time-code/begin', '/one-time-code/confirm', '/one-time-code/remove', '/backup-codes/renew',
  '/passkey/generate-register-options', '/passkey/verify-registration', '/passkey/generate-authenticate-options', '/passkey/verify-authentication', '/passkey/rename', '/passkey/remove',
];
/** The library wants GET, although they write; our door takes POST here too, with the origin checked as for any other. */
const readInside: readonly string[] = ['/passkey/generate-register-options', '/passkey/generate-authenticate-options'];

const maximumBodyBytes = 64 * 1024;

/**
 * Sign-in of people under `/api/auth/`. Reads and checks the body itself, and gives better-auth our own address in place
 * of the host that the caller wrote. Refuses, each with its code: METHOD_NOT_ALLOWED, BODY_TOO_LARGE, REQUEST_INVALID, ORIGIN_NOT_TRUSTED.
 */
export function createAuthDoor(people: People, baseUrl: string) {
  const origins = trustedOrigins(baseUrl);
  return async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    if (!paths.some((path) => url.pathname === `${prefix}${path}`)) return answerNotFound(response);
    if (request.method !== 'POST') return answerJson(response, 405, { code: 'METHOD_NOT_ALLOWED', message: 'Expected POST' }, { allow: 'POST' });
    const body = await readBody(request, maximumBodyBytes);
    if (body === undefined) return answerJson(response, 413, { code: 'BODY_TOO_LARGE', message: `Expected a body of at most ${maximumBodyBytes} bytes` }, { connection: 'close' });
    if (!isObject(body)) return answerJson(response, 400, { code: 'REQUEST_INVALID', message: 'Expected a JSON object, but the body is none' });

    const headers = headersOf(request);
    headers.set(clientAddressHeader, clientAddressOf(request));
    // Of the connection that the body came by; it is written anew.
    for (const name of ['content-length', 'transfer-encoding', 'connection', 'host']) headers.delete(name);
    const isRead = readInside.some((path) => url.pathname === `${prefix}${path}`);
    const origin = request.headers.origin;
    if (isRead && origin !== undefined && !origins.includes(origin)) return answerJson(response, 403, { code: 'ORIGIN_NOT_TRUSTED', message: 'Expected a request of our own pages, but it came from another site' });
    const answer = await people.handler(new Request(`${baseUrl}${url.pathname}`, isRead ? { method: 'GET', headers } : { method: 'POST', headers, body }));
    for (const [name, value] of answer.headers) if (name !== 'set-cookie') response.setHeader(name, value);
    const cookies = answer.headers.getSetCookie();
    response.setHeader('cache-control', 'no-store');
    response.writeHead(answer.status, cookies.length === 0 ? {} : { 'set-cookie': cookies });
    response.end(withoutToken(await answer.text()));
  };
}

/** The library tells the secret of a session in its answers too; browsers have it in the cookie, where scripts cannot read it. */
function withoutToken(body: string): string {
  if (!isObject(body)) return body;
  // Checked in the line above.
  const { token: _token, ...rest } = JSON.parse(body) as Record<string, unknown>;
  return JSON.stringify(rest);
}

function isObject(body: string): boolean {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
