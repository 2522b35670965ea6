import type { Database } from '#database';
import { hashClientSecret, verifyClientSecret } from './client-secret.ts';
import type { AccessTokens } from './access-token.ts';

/** What `POST /oauth/token` answers. RFC 6749 §5. */
export interface TokenAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, string | number>>;
}

export interface TokenRequest {
  readonly contentType: string | undefined;
  readonly authorization: string | undefined;
  readonly body: string;
}

type TokenError = 'invalid_request' | 'invalid_client' | 'unsupported_grant_type' | 'invalid_scope';

const noStore = { 'cache-control': 'no-store', pragma: 'no-cache' };

/**
 * The client credentials grant (RFC 6749 §4.4) with HTTP Basic or form credentials. `onRefused` hears of
 * each failed authentication. Takes as long for an unknown client as for a wrong secret.
 */
export function createTokenDoor({ prisma }: Pick<Database, 'prisma'>, tokens: AccessTokens, onRefused: (clientId: string, reason: string) => Promise<void>) {
  const decoy = hashClientSecret('no client has this');

  return async function answer({ contentType, authorization, body }: TokenRequest): Promise<TokenAnswer> {
    if (contentType?.split(';')[0]?.trim().toLowerCase() !== 'application/x-www-form-urlencoded') return refusal('invalid_request', 'Expected a form-encoded body');
    const form = new URLSearchParams(body);
    // RFC 6749 §3.2: a parameter appears once.
    if (new Set(form.keys()).size !== [...form.keys()].length) return refusal('invalid_request', 'Expected each parameter once, but one is repeated');

    const basic = authorization === undefined ? undefined : readBasic(authorization);
    const inForm = form.has('client_secret') ? { clientId: form.get('client_id') ?? '', secret: form.get('client_secret') ?? '' } : undefined;
    if (basic && inForm) return refusal('invalid_request', 'Expected one way of authentication, but got two');
    const credentials = basic ?? inForm;
    if (!credentials) return refusal('invalid_client', 'Expected client credentials, but got none');
    if (!form.has('grant_type')) return refusal('invalid_request', 'Expected grant_type, but it is missing');

    const client = await prisma.systemClient.findUnique({ where: { id: credentials.clientId } });
    const isRight = await verifyClientSecret(credentials.secret, client?.secretHash ?? (await decoy));
    if (!client || !isRight || client.revokedAt) {
      await onRefused(client ? client.id : 'unknown', client?.revokedAt ? 'CLIENT_REVOKED' : 'CLIENT_CREDENTIALS_WRONG');
      return refusal('invalid_client', 'Expected the credentials of a client of this server, but they are not');
    }
    if (form.get('grant_type') !== 'client_credentials') return refusal('unsupported_grant_type', 'Expected grant_type client_credentials');

    const { token, expiresInSeconds } = await tokens.issue(client.id);
    return { status: 200, headers: noStore, body: { access_token: token, token_type: 'Bearer', expires_in: expiresInSeconds } };
  };
}

function refusal(error: TokenError, description: string): TokenAnswer {
  const isClient = error === 'invalid_client';
  return {
    status: isClient ? 401 : 400,
    headers: { ...noStore, ...(isClient ? { 'www-authenticate': 'Basic realm="careloop", charset="UTF-8"' } : {}) },
    body: { error, error_description: description },
  };
}

/** RFC 6749 §2.3.1: both halves are form-encoded before they are joined. Undefined when it is not Basic. */
function readBasic(authorization: string): { readonly clientId: string; readonly secret: string } | undefined {
  const [scheme, encoded] = authorization.split(' ');
  if (scheme?.toLowerCase() !== 'basic' || !encoded) return undefined;
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  if (colon < 0) return undefined;
  try {
    return { clientId: formDecode(decoded.slice(0, colon)), secret: formDecode(decoded.slice(colon + 1)) };
  } catch {
    return undefined;
  }
}

function formDecode(value: string): string {
  return decodeURIComponent(value.replaceAll('+', ' '));
}
