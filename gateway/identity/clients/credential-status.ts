/** Days before its end in which a credential is warned of. */
export const warnedDays = 30;

export type CredentialStatus = 'active' | 'expiresSoon' | 'expired' | 'revoked';

/** The credentials of a client as they stand: those of a client whose access has ended have ended with it. */
export function endedWithClient<Credential extends { readonly revokedAt: Date | null }>({ credentials, revokedAt }: { readonly credentials: readonly Credential[]; readonly revokedAt: Date | null }): readonly Credential[] {
  return credentials.map((credential) => ({ ...credential, revokedAt: credential.revokedAt ?? revokedAt }));
}

/** How a credential stands at an instant. */
export function credentialStatus({ expiresAt, revokedAt }: { readonly expiresAt: Date | null; readonly revokedAt: Date | null }, at: Date): CredentialStatus {
  if (revokedAt) return 'revoked';
  if (!expiresAt) return 'active';
  if (expiresAt <= at) return 'expired';
  return expiresAt.getTime() - at.getTime() <= warnedDays * 86_400_000 ? 'expiresSoon' : 'active';
}
