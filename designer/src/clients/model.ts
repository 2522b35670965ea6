import type { State } from '../status/state.ts';

export interface ClientCredential {
  readonly id: string;
  readonly kind: 'SECRET' | 'JWK' | 'CERTIFICATE' | 'SUBJECT';
  readonly identifier: string | null;
  readonly status: 'ACTIVE' | 'EXPIRES_SOON' | 'EXPIRED' | 'REVOKED';
  readonly createdAt: string;
  readonly createdBy: { readonly id: string; readonly displayName: string } | null;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
  readonly lastUsedAt: string | null;
}

/** A system that connects. */
export interface SystemClient {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly createdAt: string;
  readonly revokedAt: string | null;
  readonly lastUsedAt: string | null;
  readonly credentials: readonly ClientCredential[];
}

/** A credential that was just made; its secret is shown this once. */
export interface MadeCredential {
  /** The first request made it, and its answer, with the secret, did not arrive. */
  readonly isRepeat: boolean;
  readonly credentialId: string;
  readonly secret: string | null;
  readonly client: { readonly id: string; readonly name: string };
}

export const credentialKinds = ['SECRET', 'JWK', 'CERTIFICATE', 'SUBJECT'] as const;
/** Roles that systems may have. */
export const clientRoles = ['his', 'lis', 'emr-desk'] as const;

/** The mark of a credential. */
export const credentialStates: Readonly<Record<ClientCredential['status'], State>> = { ACTIVE: 'done', EXPIRES_SOON: 'attention', EXPIRED: 'cancelled', REVOKED: 'cancelled' };

/** A credential that can still be used. */
export function isLive({ status }: Pick<ClientCredential, 'status'>): boolean {
  return status === 'ACTIVE' || status === 'EXPIRES_SOON';
}

/** How a client stands as a whole: what is ended, cannot ask for tokens, or soon cannot. */
export function clientStanding({ revokedAt, credentials }: Pick<SystemClient, 'revokedAt' | 'credentials'>): 'revoked' | 'locked' | 'expiresSoon' | 'active' {
  if (revokedAt !== null) return 'revoked';
  const live = credentials.filter(isLive);
  if (live.length === 0) return 'locked';
  return live.some(({ status }) => status === 'ACTIVE') ? 'active' : 'expiresSoon';
}

/** Where a change from one credential to the next stands: the newest one waits to be used, or the older ones to be ended. */
export function rotationStep(credentials: readonly ClientCredential[]): 'single' | 'switch' | 'end' {
  const live = credentials.filter(isLive).toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
  const [newest] = live;
  if (live.length < 2 || newest === undefined) return 'single';
  return newest.lastUsedAt === null ? 'switch' : 'end';
}
