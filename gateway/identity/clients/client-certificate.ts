import { createHash, type X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/** The certificate that a client showed on its connection; the handshake has proved that it has the key. */
export interface ClientCertificate {
  /** SHA-256 of the DER, base64url: `x5t#S256` of RFC 8705 §3.1. */
  readonly thumbprint: string;
  /** As RFC 4514 writes it. */
  readonly subject: string;
  /** Whether it comes from an authority of CARELOOP_TLS_CLIENT_CA_FILE. */
  readonly isTrusted: boolean;
  readonly validFrom: Date;
  readonly validTo: Date;
}

/** Of a TLS connection on which the client showed a certificate; undefined of any other. */
export function certificateOf(socket: Socket): ClientCertificate | undefined {
  if (!(socket instanceof TLSSocket)) return undefined;
  const certificate = socket.getPeerX509Certificate();
  return certificate && { thumbprint: thumbprintOf(certificate), subject: subjectOf(certificate), isTrusted: socket.authorized, validFrom: new Date(certificate.validFrom), validTo: new Date(certificate.validTo) };
}

/** `x5t#S256` of RFC 8705 §3.1. */
export function thumbprintOf(certificate: X509Certificate): string {
  return createHash('sha256').update(certificate.raw).digest('base64url');
}

/** The subject in the order and with the commas of RFC 4514; Node gives one part a line, the widest first. */
export function subjectOf({ subject }: X509Certificate): string {
  return (subject ?? '').split('\n').reverse().join(',');
}

/** Whether a certificate is in its time. */
export function isInTime({ validFrom, validTo }: Pick<ClientCertificate, 'validFrom' | 'validTo'>, at: Date): boolean {
  return validFrom <= at && at < validTo;
}
