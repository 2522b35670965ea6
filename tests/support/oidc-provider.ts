import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type Provider from 'oidc-provider';
import type { ClientMetadata, Configuration, JWK } from 'oidc-provider';

/** A provider of sign-on for tests: npm `oidc-provider` on a free port of loopback, with its own pages for signing in and out. */
export interface TestSignOnProvider {
  readonly issuer: string;
  /** Serves these clients from now on. */
  serve(...clients: readonly ClientMetadata[]): void;
  /** From now on signs with a new key, and publishes that one alone. */
  rotateKey(): void;
  close(): Promise<void>;
}

/** Starts a provider whose accounts are whatever is typed as the login; `staff_number` is what `staffNumberOf` says of it. */
export async function startSignOnProvider(staffNumberOf: (login: string) => string | undefined): Promise<TestSignOnProvider> {
  const restore = adaptToTests();
  const { default: TestedProvider } = await import('oidc-provider');
  let handle: ReturnType<Provider['callback']> | undefined;
  let clients: readonly ClientMetadata[] = [];
  let key = newKey(1);
  let count = 1;
  const server: Server = createServer((request, response) => (handle ? void handle(request, response) : void response.writeHead(503).end()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  function renew(): void {
    const configuration: Configuration = {
      clients: [...clients],
      jwks: { keys: [key] },
      cookies: { keys: ['a key of the test provider'] },
      pkce: { required: () => true },
      claims: { openid: ['sub', 'staff_number', 'groups'] },
      conformIdTokenClaims: false,
      // Its own guard would refuse loopback, where the gateway under test is.
      fetch: (url, options: RequestInit & { readonly dispatcher?: unknown } = {}) => {
        const { dispatcher: _guarded, ...rest } = options;
        return fetch(url, rest);
      },
      findAccount: (_context, login) => ({
        accountId: login,
        claims: () => {
          const staffNumber = staffNumberOf(login);
          return { sub: login, email: 'nurse-w1@demo.invalid', ...(staffNumber === undefined ? {} : { staff_number: staffNumber }) };
        },
      }),
      features: { backchannelLogout: { enabled: true }, devInteractions: { enabled: true }, rpInitiatedLogout: { enabled: true } },
    };
    handle = new TestedProvider(issuer, configuration).callback();
  }

  return {
    issuer,
    serve(...served) {
      clients = served;
      renew();
    },
    rotateKey() {
      key = newKey(++count);
      renew();
    },
    async close() {
      restore();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function newKey(number: number): JWK {
  const { privateKey }: { readonly privateKey: KeyObject } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  // Node's JWK of an RSA key has all that the provider reads.
  return { ...privateKey.export({ format: 'jwk' }), kid: `key-${number}`, use: 'sig', alg: 'RS256' } as JWK;
}

/**
 * Silences the provider's notices that its pages are for tests, as they are; and clones clients within the test's own realm, where
 * the provider looks for plain objects. Gives what undoes it.
 */
function adaptToTests(): () => void {
  const { warn, info } = console;
  const clone = globalThis.structuredClone;
  Object.assign(console, { warn: () => undefined, info: () => undefined });
  globalThis.structuredClone = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;
  return () => {
    Object.assign(console, { warn, info });
    globalThis.structuredClone = clone;
  };
}
