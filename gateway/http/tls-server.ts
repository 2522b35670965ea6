import { X509Certificate, createPrivateKey } from 'node:crypto';
import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import type { RequestListener, ServerOptions } from 'node:http';
import { createServer, type Server } from 'node:https';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import type { Logger } from 'pino';

/** Paths of PEM files. */
export interface TlsFiles {
  readonly certFile: string;
  readonly keyFile: string;
  /** Authorities of client certificates. Without it no client is asked for a certificate. */
  readonly clientCaFile?: string;
}

/** An HTTPS server that takes renewed certificates without a restart. */
export interface TlsServer {
  /** Not listening yet. */
  readonly server: Server;
  /** Reads the files anew. What cannot be used is logged, and what was there stays. */
  reload(): void;
  /** Stops watching the files. */
  unwatch(): void;
}

/** How often the files are looked at, ms. By polling, since renewals replace files and links. */
const watchIntervalMs = 5_000;

/**
 * TLS 1.2 with forward secrecy and authenticated encryption, or 1.3 (RFC 9325 §4.2). Clients may show a certificate;
 * none is refused here for the lack of one, or for its authority: which door needs one, the door decides.
 */
export function createTlsServer(files: TlsFiles, limits: ServerOptions, listener: RequestListener, logger: Pick<Logger, 'info' | 'error'>): TlsServer {
  const fixed = {
    minVersion: 'TLSv1.2',
    ciphers: 'TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256:TLS_CHACHA20_POLY1305_SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305',
    honorCipherOrder: true,
  } as const satisfies SecureContextOptions;
  const server = createServer({ ...limits, ...fixed, ...readFiles(files), requestCert: files.clientCaFile !== undefined, rejectUnauthorized: false, handshakeTimeout: 10_000, ALPNProtocols: ['http/1.1'] }, listener);

  function reload(): void {
    try {
      // A new context has new ticket keys: what was trusted by an old authority cannot come back by a resumed session.
      server.setSecureContext({ ...fixed, ...readFiles(files) });
      logger.info('the TLS certificate was read anew');
    } catch (error) {
      logger.error({ problem: error instanceof Error ? error.message : 'unknown' }, 'the TLS files cannot be used; the earlier certificate stays');
    }
  }

  const watched = [files.certFile, files.keyFile, ...(files.clientCaFile === undefined ? [] : [files.clientCaFile])];
  const onChange = (now: { readonly mtimeMs: number }, before: { readonly mtimeMs: number }) => {
    if (now.mtimeMs !== before.mtimeMs) reload();
  };
  for (const file of watched) watchFile(file, { interval: watchIntervalMs, persistent: false }, onChange);
  return {
    server,
    reload,
    unwatch() {
      for (const file of watched) unwatchFile(file, onChange);
    },
  };
}

/** Reads and tries the files. Throws a sentence that names the setting at fault, and nothing of what is in a file. */
function readFiles({ certFile, keyFile, clientCaFile }: TlsFiles): SecureContextOptions {
  const cert = read(certFile, 'CARELOOP_TLS_CERT_FILE');
  const key = read(keyFile, 'CARELOOP_TLS_KEY_FILE');
  const ca = clientCaFile === undefined ? undefined : read(clientCaFile, 'CARELOOP_TLS_CLIENT_CA_FILE');
  const certificate = tried(() => new X509Certificate(cert), 'a certificate in PEM in CARELOOP_TLS_CERT_FILE');
  const privateKey = tried(() => createPrivateKey(key), 'a private key in PEM in CARELOOP_TLS_KEY_FILE');
  if (!certificate.checkPrivateKey(privateKey)) throw new Error('Expected the key of CARELOOP_TLS_KEY_FILE to be that of the certificate, but it is another');
  if (ca !== undefined) tried(() => new X509Certificate(ca), 'certificates of authorities in PEM in CARELOOP_TLS_CLIENT_CA_FILE');
  // Without authorities of our own Node would trust those of the web, which vouch for anybody.
  const options: SecureContextOptions = { cert, key, ca: ca ?? [] };
  tried(() => createSecureContext(options), 'a certificate and key that OpenSSL takes');
  return options;
}

function read(file: string, setting: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`Expected to read the file of ${setting}, but it cannot be opened (${String((error as NodeJS.ErrnoException).code)})`, { cause: error });
  }
}

function tried<Value>(make: () => Value, expected: string): Value {
  try {
    return make();
  } catch (cause) {
    throw new Error(`Expected ${expected}, but there is none`, { cause });
  }
}
