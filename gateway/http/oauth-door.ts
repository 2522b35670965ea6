import type { IncomingMessage, ServerResponse } from 'node:http';
import { certificateOf, serverMetadata, type OauthAnswer, type OauthRequest } from '../identity/clients/index.ts';
import { answerJson, readBody } from './answer.ts';
import { clientAddressOf } from './client-address.ts';

/** The two doors at which a client proves who it is. */
export interface OauthDoors {
  readonly token: (request: OauthRequest) => Promise<OauthAnswer>;
  readonly revoke: (request: OauthRequest) => Promise<OauthAnswer>;
}

/** Bodies of these doors are small, also with an assertion. */
const maximumBodyBytes = 16 * 1024;

/** `/oauth/token`, `/oauth/revoke` and what says where they are, `/.well-known/oauth-authorization-server` (RFC 8414 §3). */
export function oauthDoor(doors: OauthDoors, issuer: string) {
  const metadata = serverMetadata(issuer);
  return async (request: IncomingMessage, response: ServerResponse, { pathname }: URL): Promise<void> => {
    if (pathname.startsWith('/.well-known/')) {
      if (request.method !== 'GET' && request.method !== 'HEAD') return answerJson(response, 405, { code: 'METHOD_NOT_ALLOWED', message: 'Expected GET' }, { allow: 'GET, HEAD' });
      return answerJson(response, 200, metadata);
    }
    if (request.method !== 'POST') return answerJson(response, 405, { error: 'invalid_request', error_description: 'Expected POST' }, { allow: 'POST' });
    const body = await readBody(request, maximumBodyBytes);
    if (body === undefined) return answerJson(response, 413, { error: 'invalid_request', error_description: `Expected a body of at most ${maximumBodyBytes} bytes` }, { connection: 'close' });
    const { authorization, 'content-type': contentType } = request.headers;
    const answer = await doors[pathname === '/oauth/token' ? 'token' : 'revoke']({ contentType, authorization, body, certificate: certificateOf(request.socket), address: clientAddressOf(request) });
    if (answer.body) return answerJson(response, answer.status, answer.body, answer.headers);
    response.writeHead(answer.status, { ...answer.headers, 'content-length': 0 });
    response.end();
  };
}
