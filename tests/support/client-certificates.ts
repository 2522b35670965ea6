// The library of certificates needs it to be there first.
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { X509CertificateGenerator, BasicConstraintsExtension, SubjectAlternativeNameExtension, cryptoProvider, type X509Certificate } from '@peculiar/x509';

// The types of the two Web Crypto interfaces differ by name alone.
cryptoProvider.set(webcrypto as unknown as Crypto);

/** Certificate and key in PEM. */
export interface Identity {
  readonly cert: string;
  readonly key: string;
}

interface Issued extends Identity {
  readonly certificate: X509Certificate;
  readonly keys: CryptoKeyPair;
}

export interface CertificateWish {
  /** RFC 4514, for example `CN=lis,O=Hospital`. */
  readonly subject: string;
  /** Self-signed without it. */
  readonly issuer?: Issued;
  readonly isAuthority?: boolean;
  /** Days from now; may lie in the past. */
  readonly endsInDays?: number;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
let serial = 1;

/** Makes a certificate with a P-256 key of its own, good for `localhost`. */
export async function makeCertificate({ subject, issuer, isAuthority = false, endsInDays = 30 }: CertificateWish): Promise<Issued> {
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as CryptoKeyPair;
  const day = 86_400_000;
  const certificate = await X509CertificateGenerator.create({
    serialNumber: (serial++).toString(16).padStart(2, '0'),
    subject,
    issuer: issuer?.certificate.subject ?? subject,
    notBefore: new Date(Date.now() - 60 * day),
    notAfter: new Date(Date.now() + endsInDays * day),
    publicKey: keys.publicKey,
    signingKey: issuer?.keys.privateKey ?? keys.privateKey,
    signingAlgorithm: algorithm,
    extensions: [new BasicConstraintsExtension(isAuthority), new SubjectAlternativeNameExtension([{ type: 'dns', value: 'localhost' }])],
  });
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  const key = `-----BEGIN PRIVATE KEY-----\n${der.replaceAll(/(.{64})/g, '$1\n')}\n-----END PRIVATE KEY-----\n`;
  return { certificate, keys, cert: certificate.toString('pem'), key };
}
