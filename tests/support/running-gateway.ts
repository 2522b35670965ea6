import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { createDecider, createKeyStore, type KeyStore } from '#activities';
import { createDatabase, type Database } from '#database';
import type { CommandService } from '../../gateway/commands/index.ts';
import { createGateway, type Gateway } from '../../gateway/create-gateway.ts';
import type { GatewayOptions } from '../../gateway/gateway-options.ts';
import type { DemoCredentials } from '../../gateway/identity/index.ts';
import { copyDemoIdentities } from './demo-people.ts';

/** Headers that make a request someone's. */
export type As = Readonly<Record<string, string>>;

export interface GraphqlAnswer {
  readonly status: number;
  // Tests read answers of many shapes; what is not there fails the assertion.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly data: any;
  readonly errors?: readonly { readonly message: string; readonly path?: readonly (string | number)[]; readonly extensions?: { readonly code?: string; readonly place?: string } }[];
}

/** A gateway on a test's own database, with the people of two wards. */
export interface RunningGateway {
  readonly url: string;
  readonly database: Database;
  readonly keys: KeyStore;
  readonly credentials: DemoCredentials;
  readonly dataFolder: string;
  readonly gateway: Gateway;
  /** Signs a person in and gives their cookie. `ward`: of the second ward, for example. */
  signIn(role: string, ward?: string): Promise<As>;
  tokenOf(client: string): Promise<As>;
  graphql(as: As, query: string, variables?: Readonly<Record<string, unknown>>, headers?: Readonly<Record<string, string>>): Promise<GraphqlAnswer>;
  /** Audit entries of an action, oldest first. */
  entries(action: string): Promise<Awaited<ReturnType<Database['prisma']['auditEntry']['findMany']>>>;
  close(): Promise<void>;
}

const masterKey = Buffer.alloc(32, 1);
const unbounded = { personPointsPerMinute: 1e15, clientPointsPerMinute: 1e15, subscriptionsPerSession: 1e6, subscriptionsPerClient: 1e6, tokensPerMinute: 1e6, failuresPerMinute: 1e6 };

/** Starts a gateway over HTTP on a free port of loopback. `makeIdentities`: the product's own way, for who tests it. */
export async function startGateway({ databaseUrl, commands, webFolder = '/nonexistent', makeIdentities = copyDemoIdentities, ...options }: { readonly databaseUrl: string; readonly commands: CommandService; readonly makeIdentities?: typeof copyDemoIdentities } & Partial<GatewayOptions>): Promise<RunningGateway> {
  const database = createDatabase(databaseUrl);
  const keys = createKeyStore(database, masterKey);
  const dataFolder = mkdtempSync(join(tmpdir(), 'careloop-gateway-'));
  await database.prisma.ward.createMany({ data: [{ id: 'W1', name: { 'zh-CN': '一病区', en: 'Ward 1' } }, { id: 'W2', name: { 'zh-CN': '二病区', en: 'Ward 2' } }], skipDuplicates: true });
  const credentials = await makeIdentities({ database, dataFolder });
  const gateway = createGateway({
    database,
    commands,
    keys,
    decider: createDecider(database),
    masterKey,
    sessionSecret: 'a session secret of enough length for tests',
    baseUrl: 'http://localhost:4000',
    webFolder,
    isProduction: false,
    isDemo: true,
    logger: pino({ level: 'silent' }),
    ...options,
    // Tests ask faster than anybody: what bounds them has tests of its own.
    limits: { ...unbounded, ...options.limits },
  });
  const port = await gateway.listen(0, '127.0.0.1');
  const url = `http://127.0.0.1:${port}`;

  return {
    url,
    database,
    keys,
    credentials,
    dataFolder,
    gateway,
    async signIn(role, ward) {
      const login = ward === undefined ? credentials.users[role] : credentials.wards?.[ward]?.[role];
      const response = await fetch(`${url}/api/auth/sign-in/username`, { method: 'POST', headers: { 'content-type': 'application/json', origin: 'http://localhost:4000' }, body: JSON.stringify(login) });
      if (!response.ok) throw new Error(`Expected ${role} to sign in, but got ${response.status} ${await response.text()}`);
      return { cookie: response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]).join('; ') };
    },
    async tokenOf(name) {
      const { clientId = '', clientSecret = '' } = credentials.clients[name] ?? {};
      const response = await fetch(`${url}/oauth/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }) });
      const body = (await response.json()) as { access_token?: string };
      if (body.access_token === undefined) throw new Error(`Expected a token for ${name}, but got ${response.status}`);
      return { authorization: `Bearer ${body.access_token}` };
    },
    async graphql(as, query, variables = {}, headers = {}) {
      const response = await fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...as, ...headers }, body: JSON.stringify({ query, variables }) });
      const answer = { status: response.status, ...((await response.json()) as Omit<GraphqlAnswer, 'status'>) };
      // An operation that the schema does not know is the test's own mistake.
      if (answer.errors?.some(({ extensions }) => extensions?.code === 'GRAPHQL_VALIDATION_FAILED') && !query.includes('# invalid')) throw new Error(JSON.stringify(answer.errors));
      return answer;
    },
    entries: (action) => database.prisma.auditEntry.findMany({ where: { action }, orderBy: { id: 'asc' } }),
    async close() {
      await gateway.close();
      await database.close();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}
