/**
 * The two primitives that verifying needs, so that the same code runs in Node and in a browser.
 * `sha256` is FIPS 180-4, `verifyEd25519` RFC 8032 with a public key in SPKI DER.
 */
export interface AuditCrypto {
  sha256(bytes: Uint8Array): Uint8Array;
  verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean | Promise<boolean>;
}

/** Signs tree heads and manifests with a deployment's Ed25519 key. */
export interface AuditSigner {
  /** First 16 hex digits of the SHA-256 of the public key in SPKI DER. */
  readonly keyId: string;
  /** SPKI DER in base64. */
  readonly publicKey: string;
  sign(message: Uint8Array): Uint8Array;
}
