import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

/** How a passkey is shown; what is left out is right. */
export interface AssertionOptions {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  /** False: a mere touch. */
  readonly isUserVerified?: boolean;
  readonly counter?: number;
}

/** An authenticator that does what WebAuthn Level 3 says, and wrong things when it is told to. One passkey each. */
export class SoftwareAuthenticator {
  readonly id = randomBytes(32);
  #counter = 1;
  readonly #privateKey: KeyObject;
  readonly #publicKey: { readonly x: Buffer; readonly y: Buffer };
  readonly #origin: string;

  constructor(origin: string) {
    this.#origin = origin;
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    this.#privateKey = privateKey;
    this.#publicKey = { x: Buffer.from(x, 'base64url'), y: Buffer.from(y, 'base64url') };
  }

  /** Answers `navigator.credentials.create`, without attestation (§8.7). */
  register({ challenge, rp }: { readonly challenge: string; readonly rp: { readonly id: string } }, options: AssertionOptions = {}): object {
    const clientDataJSON = this.#clientData('webauthn.create', { ...options, challenge: options.challenge ?? challenge });
    // COSE key of RFC 9053 §7.1.1: kty EC2, alg ES256, crv P-256, x, y.
    const coseKey = Buffer.concat([Buffer.from('a5010203262001215820', 'hex'), this.#publicKey.x, Buffer.from('225820', 'hex'), this.#publicKey.y]);
    const credential = Buffer.concat([Buffer.alloc(16), Buffer.from([0, this.id.length]), this.id, coseKey]);
    const data = Buffer.concat([this.#authenticatorData(0x40, { rpId: rp.id, ...options }), credential]);
    // CBOR of {fmt: 'none', attStmt: {}, authData}.
    const attestation = Buffer.concat([Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746159', 'hex'), Buffer.from([data.length >> 8, data.length & 255]), data]);
    return this.#credential({ clientDataJSON: clientDataJSON.toString('base64url'), attestationObject: attestation.toString('base64url'), transports: ['internal'] });
  }

  /** Answers `navigator.credentials.get`. */
  show({ challenge, rpId }: { readonly challenge: string; readonly rpId: string }, options: AssertionOptions = {}): object {
    this.#counter += 1;
    const clientDataJSON = this.#clientData('webauthn.get', { ...options, challenge: options.challenge ?? challenge });
    const data = this.#authenticatorData(0, { rpId, ...options });
    const signature = sign('sha256', Buffer.concat([data, createHash('sha256').update(clientDataJSON).digest()]), this.#privateKey);
    return this.#credential({ clientDataJSON: clientDataJSON.toString('base64url'), authenticatorData: data.toString('base64url'), signature: signature.toString('base64url') });
  }

  #credential(response: object): object {
    const id = this.id.toString('base64url');
    return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response };
  }

  #clientData(type: string, { challenge, origin = this.#origin }: AssertionOptions): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  }

  /** §6.1: hash of the name, flags, counter. */
  #authenticatorData(flags: number, { rpId = '', isUserVerified = true, counter = this.#counter }: AssertionOptions): Buffer {
    const [flagByte, counterBytes] = [Buffer.from([0x01 | (isUserVerified ? 0x04 : 0) | flags]), Buffer.alloc(4)];
    counterBytes.writeUInt32BE(counter);
    return Buffer.concat([createHash('sha256').update(rpId).digest(), flagByte, counterBytes]);
  }
}
