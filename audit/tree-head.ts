import type { AuditCrypto, AuditSigner } from './audit-crypto.ts';
import { fromBase64, toBase64, utf8 } from './bytes.ts';
import { canonicalJson } from './canonical-json.ts';

/** A signed statement that the log had `size` entries with this root at that time. */
export interface TreeHead {
  readonly size: number;
  /** SHA-256, hex. */
  readonly rootHash: string;
  readonly keyId: string;
  /** ISO 8601 UTC instant. */
  readonly signedAt: string;
  /** Ed25519, base64, over the RFC 8785 text of the other members and `format: careloop-tree-head/1`. */
  readonly signature: string;
}

/** Signs a tree head. RFC 8032. */
export function signTreeHead(signer: AuditSigner, head: Omit<TreeHead, 'keyId' | 'signature'>): TreeHead {
  const signed = { size: head.size, rootHash: head.rootHash, keyId: signer.keyId, signedAt: head.signedAt };
  return { ...signed, signature: toBase64(signer.sign(signedText(signed))) };
}

/** Whether the head was signed with the key; `publicKey` is SPKI in base64. */
export async function verifyTreeHead(crypto: AuditCrypto, publicKey: string, { signature, ...head }: TreeHead): Promise<boolean> {
  return verifySignature(crypto, publicKey, signedText(head), signature);
}

/** Whether `signature` (base64) over `message` was made with `publicKey` (SPKI, base64). */
export async function verifySignature(crypto: AuditCrypto, publicKey: string, message: Uint8Array, signature: string): Promise<boolean> {
  const key = fromBase64(publicKey);
  const bytes = fromBase64(signature);
  return key !== undefined && bytes !== undefined && (await crypto.verifyEd25519(key, message, bytes));
}

function signedText({ size, rootHash, keyId, signedAt }: Omit<TreeHead, 'signature'>): Uint8Array {
  return utf8(canonicalJson({ format: 'careloop-tree-head/1', size, rootHash, keyId, signedAt }));
}
