import type { CommandService } from '../../gateway/commands/index.ts';
import type { SignOnProvider } from '../../gateway/identity/index.ts';
import { readAllowedTarget } from '../../gateway/outbound/index.ts';
import { startHostileProvider, type Claims, type HostileProvider } from './hostile-provider.ts';
import { startTestDatabase, type TestDatabase } from './index.ts';
import { startGateway, type RunningGateway } from './running-gateway.ts';
import { createWalker, type Arrival, type Walker } from './walker.ts';

/** Our own address, as the browser has it. */
export const base = 'http://localhost:4000';
export const doors = `${base}/api/auth/oidc`;
/** Where a refused sign-on leads. */
export const refusal = (code: string): string => `/login?reason=SIGN_ON_${code}`;

/** Sign-on with a provider that answers whatever a test wants. */
export interface SignOnDesk {
  /** What there is once the tests run. */
  parts(): { readonly server: TestDatabase; readonly provider: HostileProvider; readonly gateway: RunningGateway };
  /** Another gateway with three providers that are one: `hospital`, `other`, and `users`, which takes the claims of the user info. */
  open(changes?: Partial<SignOnProvider>): Promise<RunningGateway>;
  walkerOf(running?: RunningGateway): Walker;
  /** What went to the provider with the browser. */
  begin(walker: Walker, id?: string, query?: string): Promise<URLSearchParams>;
  comeBack(walker: Walker, answer: Readonly<Record<string, string>>, id?: string): Promise<Arrival>;
  /** A sign-on for which the provider gives a token made from the nonce; where it leads. */
  signOnWith(token: (nonce: string) => Promise<string> | string, id?: string, running?: RunningGateway): Promise<string | null>;
  right(nonce: string): Promise<string>;
  withClaims(changes: Claims): (nonce: string) => Promise<string>;
}

/** The desk of a test file: it begins before the file's tests, behaves again before each, and ends after them. */
export function signOnDesk(): SignOnDesk {
  let server: TestDatabase;
  let provider: HostileProvider;
  let gateway: RunningGateway;
  beforeAll(async () => {
    server = await startTestDatabase();
    provider = await startHostileProvider();
    gateway = await desk.open();
  }, 300_000);
  beforeEach(() => provider.behave());
  afterAll(async () => {
    await gateway?.close();
    await provider?.close();
    await server?.stop();
  });

  const desk: SignOnDesk = {
    parts: () => ({ server, provider, gateway }),
    open(changes = {}) {
      const hospital: SignOnProvider = { id: 'hospital', name: { 'zh-CN': '医院账号', en: 'Hospital account' }, issuer: provider.issuer, clientId: 'careloop', clientAuthentication: { method: 'client_secret_basic', variable: 'SECRET' }, secret: 'secret', scope: 'openid', allowAddresses: [readAllowedTarget(provider.issuer)], algorithms: ['RS256', 'ES256'], linkBy: 'staffNumber', staffNumberClaim: 'staff_number', claimsFrom: 'idToken', acceptedAcr: [], acceptedAmr: [], replacesPasswords: false, ...changes };
      return startGateway({ databaseUrl: server.url, commands: {} as CommandService, signOnProviders: [hospital, { ...hospital, id: 'other' }, { ...hospital, id: 'users', claimsFrom: 'userInfo' }] });
    },
    walkerOf: (running = gateway) => createWalker({ [base]: running.url }),
    async begin(walker, id = 'hospital', query = '') {
      const { headers } = await walker.hop(`${doors}/${id}/start${query}`);
      return new URL(headers.get('location') ?? '', base).searchParams;
    },
    comeBack: (walker, answer, id = 'hospital') => walker.hop(`${doors}/${id}/callback?${new URLSearchParams({ code: 'code', iss: provider.issuer, ...answer })}`),
    async signOnWith(token, id = 'hospital', running = gateway) {
      const walker = desk.walkerOf(running);
      const asked = await desk.begin(walker, id);
      provider.give(await token(asked.get('nonce') ?? ''));
      const arrival = await desk.comeBack(walker, { state: asked.get('state') ?? '' }, id);
      if (arrival.headers.get('location') === '/') expect(walker.cookies(base)).toContain('session_token');
      else expect(walker.cookies(base)).not.toContain('session_token');
      return arrival.headers.get('location');
    },
    right: (nonce) => provider.sign(provider.claims({ nonce })),
    withClaims: (changes) => (nonce) => provider.sign(provider.claims({ nonce, ...changes })),
  };
  return desk;
}
