import type { IncomingMessage } from 'node:http';
import type { DoorFact } from '../graphql/door-fact.ts';
import { certificateOf } from '../identity/clients/index.ts';
import { trustedOrigins } from '../identity/people.ts';
import type { Viewer } from '../identity/viewer.ts';
import type { Viewers } from '../identity/viewers.ts';
import { headersOf } from './answer.ts';
import { clientAddressOf } from './client-address.ts';

/** Brought with a request that a browser would also make for a mere link or form of another site: those cannot bring it. */
export const csrfHeader = 'x-graphql-yoga-csrf';

/** Who asks, or why nobody may: to be told in the form of the door. */
export type RequestViewer =
  | { readonly viewer: Viewer; readonly by: 'session' | 'token' }
  | { readonly refusal: { readonly status: 401 | 403; readonly code: 'UNAUTHENTICATED' | 'SECOND_FACTOR_REQUIRED' | 'ORIGIN_NOT_TRUSTED'; readonly message: string; readonly headers: Readonly<Record<string, string>> } };

export interface RequestViewersOptions {
  readonly viewers: Viewers;
  readonly recordFact: (fact: DoorFact) => Promise<void>;
  /** Address at which browsers reach the gateway. */
  readonly baseUrl: string;
}

/** Finds out who asks a door that people and systems use alike. What is refused is on record; a session counts for requests of our own pages alone. */
export function createRequestViewers({ viewers, recordFact, baseUrl }: RequestViewersOptions) {
  const origins = trustedOrigins(baseUrl);

  return async (request: IncomingMessage): Promise<RequestViewer> => {
    const found = await viewers.authenticate(headersOf(request), certificateOf(request.socket)?.thumbprint);
    if (found.kind === 'invalid') {
      await recordFact(refusedAccess(request, found.reason));
      if (found.reason === 'SECOND_FACTOR_REQUIRED') return { refusal: { status: 403, code: 'SECOND_FACTOR_REQUIRED', message: 'Expected a session with a second factor, but it has shown none', headers: {} } };
      return { refusal: { status: 401, code: 'UNAUTHENTICATED', message: 'Expected a valid session or token, but it is none or has ended', headers: { 'www-authenticate': 'Bearer realm="careloop", error="invalid_token"' } } };
    }
    if (found.kind === 'none') {
      await recordFact(refusedAccess(request, 'ANONYMOUS'));
      return { refusal: { status: 401, code: 'UNAUTHENTICATED', message: 'Expected a session or token, but got none', headers: { 'www-authenticate': 'Bearer realm="careloop"' } } };
    }
    const origin = request.headers.origin;
    if (found.by === 'session' && origin !== undefined && !origins.includes(origin)) {
      await recordFact({ ...refusedAccess(request, 'ORIGIN_NOT_TRUSTED'), actor: { id: found.viewer.id, kind: 'person', roles: found.viewer.roles } });
      return { refusal: { status: 403, code: 'ORIGIN_NOT_TRUSTED', message: 'Expected a request of our own pages, but it came from another site', headers: {} } };
    }
    return found;
  };
}

export type RequestViewers = ReturnType<typeof createRequestViewers>;

/** An access without a known viewer. One entry a minute for each address and reason, so that a flood does not fill the record. */
export function refusedAccess(request: IncomingMessage, reason: string): DoorFact {
  const address = clientAddressOf(request);
  return { factId: `access.refused/${address}/${reason}/${Math.floor(Date.now() / 60_000)}`, action: 'access.refused', actor: { id: 'anonymous', kind: 'system', roles: [] }, reason, detail: { address } };
}
