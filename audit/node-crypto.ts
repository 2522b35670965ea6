import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { AuditCrypto, AuditSigner } from './audit-crypto.ts';

/** The primitives on Node's own cryptography. */
export const nodeCrypto: AuditCrypto = {
  sha256: (bytes) => createHash('sha256').update(bytes).digest(),
  verifyEd25519: (publicKey, message, signature) => {
    try {
      const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
      return key.asymmetricKeyType === 'ed25519' && verify(null, message, key, signature);
    } catch {
      return false;
    }
  },
};

/** A signer from an Ed25519 private key in PKCS #8 PEM. */
export function createSigner(privateKeyPem: string): AuditSigner {
  const privateKey = createPrivateKey(privateKeyPem);
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error(`Expected an Ed25519 key, but got ${privateKey.asymmetricKeyType ?? 'another kind'}`);
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return {
    keyId: keyIdOf(spki),
    publicKey: spki.toString('base64'),
    sign: (message) => sign(null, message, privateKey),
  };
}

/** The public key (SPKI, base64) in a file: PEM, or the base64 that an export carries. Undefined when it is neither. */
export function readPublicKey(text: string): string | undefined {
  try {
    const trimmed = text.trim();
    const key = trimmed.startsWith('-----') ? createPublicKey(trimmed) : createPublicKey({ key: Buffer.from(trimmed, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ed25519' ? key.export({ format: 'der', type: 'spki' }).toString('base64') : undefined;
  } catch {
    return undefined;
  }
}

function keyIdOf(spki: Uint8Array): string {
  return createHash('sha256').update(spki).digest('hex').slice(0, 16);
}
