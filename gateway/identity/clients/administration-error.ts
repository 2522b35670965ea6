import type { MaterialProblem } from './credential-material.ts';

export type ClientRefusalCode = MaterialProblem | 'CLIENT_NOT_FOUND' | 'CLIENT_ALREADY_REVOKED' | 'CLIENT_NAME_TAKEN' | 'ROLE_NOT_FOR_SYSTEMS' | 'CREDENTIAL_NOT_FOUND' | 'CREDENTIAL_ALREADY_REVOKED' | 'CREDENTIAL_IN_USE' | 'TOO_MANY_CREDENTIALS' | 'EXPIRY_PAST' | 'INPUT_INVALID' | 'IDEMPOTENCY_KEY_REUSED';

const sentences: Readonly<Record<ClientRefusalCode, string>> = {
  CLIENT_NOT_FOUND: 'Expected the id of a system, but there is none with this one',
  CLIENT_ALREADY_REVOKED: 'Expected a system whose access has not ended, but it has',
  CLIENT_NAME_TAKEN: 'Expected a name that no system has, but one has it already',
  ROLE_NOT_FOR_SYSTEMS: 'Expected roles of systems, but got none or others',
  CREDENTIAL_NOT_FOUND: 'Expected the id of a credential, but there is none with this one',
  CREDENTIAL_ALREADY_REVOKED: 'Expected a credential that was not revoked, but it was',
  CREDENTIAL_IN_USE: 'Expected a key or certificate of its own, but this one is in use already',
  TOO_MANY_CREDENTIALS: 'Expected fewer than five credentials that work, but there are five: revoke one that is not used first',
  EXPIRY_PAST: 'Expected an end in the future, but it is past',
  INPUT_INVALID: 'Expected a value, but it is empty',
  IDEMPOTENCY_KEY_REUSED: 'Expected the payload that this idempotency key was first used with, but it differs',
  JWK_INVALID: 'Expected a JSON Web Key of Ed25519, P-256 or RSA for signatures, but it is none',
  PRIVATE_KEY_GIVEN: 'Expected the public part alone, but there is a private key in it: throw that key away and make another',
  KEY_TOO_WEAK: 'Expected RSA of at least 2,048 bits, but the key is weaker',
  KEY_NOT_SUPPORTED: 'Expected Ed25519, P-256 or RSA (in certificates P-384 and P-521 too), but it is another kind of key',
  CERTIFICATE_INVALID: 'Expected one certificate in PEM, but it is none',
  CERTIFICATE_EXPIRED: 'Expected a certificate that has not expired, but it has',
};

/** An act on a client that was refused. Nothing was changed. */
export class ClientAdministrationError extends Error {
  readonly code: ClientRefusalCode;
  /** The argument concerned. */
  readonly place: string;

  constructor(code: ClientRefusalCode, place: string) {
    super(sentences[code]);
    this.name = 'ClientAdministrationError';
    this.code = code;
    this.place = place;
  }
}
