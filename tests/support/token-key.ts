import { createPrivateKey, hkdfSync } from 'node:crypto';

/** The key with which a gateway with this master key signs tokens, so that a test can forge with it. */
export function tokenKeyPem(masterKey: Buffer): string {
  const seed = Buffer.from(hkdfSync('sha256', masterKey, Buffer.alloc(0), 'careloop/access-token/1', 32));
  return createPrivateKey({ key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]), format: 'der', type: 'pkcs8' }).export({ type: 'pkcs8', format: 'pem' }).toString();
}
