import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import type { Logger } from 'pino';
import { outboxChannel, recordFact as writeFact, type Decider, type KeyStore } from '#activities';
import type { Database } from '#database';
import { decryptEntryPayload } from './audit/index.ts';
import { createCdsHooksDoor } from './cds-hooks/index.ts';
import { createCheckOrder } from './check-order.ts';
import type { CommandService } from './commands/index.ts';
import type { GatewayServices } from './graphql/context.ts';
import type { DoorFact } from './graphql/door-fact.ts';
import type { TrustedDocumentsMode } from './graphql/trusted-documents.ts';
import { createGraphqlDoor } from './graphql/yoga.ts';
import { readTrustedProxies } from './http/client-address.ts';
import { createHttpServer, createRequestListener, serverLimits, type HttpServerOptions } from './http/http-server.ts';
import { createReadiness } from './http/readiness.ts';
import { createTlsServer, type TlsFiles, type TlsServer } from './http/tls-server.ts';
import { createClientAdministration, createClientAuthentication, createRevocationDoor, createSpentTokens, createTokenDoor } from './identity/clients/index.ts';
import { createAccessTokens, createDraftKeys, createIdentityLinks, createPersonAccess, createSecondFactorRule, createSignOn, createViewers, type BreachedPasswords, type IdleLimits, type SecondFactorDemand, type SignOnProvider } from './identity/index.ts';
import { createLimits, type LimitNumbers } from './limits/index.ts';
import { createModelChecker } from './model-check/index.ts';
import { createPatientAccess } from './patient-access/index.ts';
import { createPeopleService } from './people/index.ts';
import { createOutbound, type Outbound } from './outbound/index.ts';
import { createRuleSetFiles } from './rule-set-files/index.ts';
import { createRuleSetLife } from './rule-sets/index.ts';
import { createOutbox } from './subscriptions/index.ts';

export interface GatewayOptions {
  readonly database: Database;
  readonly commands: CommandService;
  readonly keys: KeyStore;
  readonly decider: Decider;
  /** 32 bytes. */
  readonly masterKey: Buffer;
  readonly sessionSecret: string;
  /** Address at which browsers reach the gateway. */
  readonly baseUrl: string;
  /** Folder of the built web app. */
  readonly webFolder: string;
  readonly isProduction: boolean;
  /** Whether people may send documents that are not the web app's own; `prefer` when absent. */
  readonly trustedDocuments?: TrustedDocumentsMode;
  /** Whether the demo hospital is loaded. */
  readonly isDemo: boolean;
  /** Who must have a second factor; administrators when absent. */
  readonly secondFactor?: SecondFactorDemand;
  readonly logger: Logger;
  /** Of the sign-on file; none when absent. */
  readonly signOnProviders?: readonly SignOnProvider[];
  /** The way out; to the public internet alone when absent. */
  readonly outbound?: Outbound;
  /** How long sessions last when nobody works with them; the usual times when absent. */
  readonly idleLimits?: IdleLimits;
  /** Addresses and networks of proxies, separated by commas; none when absent. */
  readonly trustedProxies?: string;
  readonly breachedPasswords?: BreachedPasswords | undefined;
  readonly hospitalNames?: readonly string[];
  /** Parts that must be up beside the database, by name. */
  readonly checks?: Readonly<Record<string, () => Promise<boolean> | boolean>>;
  /** How long an emergency access lasts, minutes; an hour when absent. */
  readonly emergencyAccessMinutes?: number;
  /** Certificate and key for HTTPS; without them there is plain HTTP alone. */
  readonly tls?: TlsFiles;
  /** Rate limits other than the product's own. */
  readonly limits?: Partial<LimitNumbers>;
  /** How long a request may take to arrive whole, ms; a minute when absent. */
  readonly requestTimeoutMs?: number;
}

export interface Gateway {
  /** Not listening yet. */
  readonly server: Server;
  listen(port: number, host: string): Promise<number>;
  /** HTTPS, where there is a certificate. */
  readonly tls?: Pick<TlsServer, 'reload'> & { listen(port: number, host: string): Promise<number> };
  /** Ends subscriptions and open requests. */
  close(): Promise<void>;
}

/** How long open requests have once the gateway closes. */
const closeWithinMs = 5_000;

/** One gateway without what stands around it: for the process, and for tests. */
export function createGateway(options: GatewayOptions): Gateway {
  const { database, commands, keys, decider, logger, baseUrl, signOnProviders = [], outbound = createOutbound() } = options;
  const recordFact = (fact: DoorFact) => writeFact(database, keys, { ...fact, at: new Date().toISOString() }).then(() => undefined);
  const secondFactorRule = createSecondFactorRule(options.secondFactor ?? 'administrators', options.isDemo);
  const access = createPersonAccess({ ...options, secondFactorRule, log: (level, message) => logger[level]({ part: 'sign-in' }, message), recordFact, issuersInsteadOfPasswords: signOnProviders.filter(({ replacesPasswords }) => replacesPasswords).map(({ issuer }) => issuer) });
  const tokens = createAccessTokens(options.masterKey, baseUrl);
  const spent = createSpentTokens(database);
  const viewers = createViewers({ database, people: access.people, sessions: access.sessions, secondFactorRule, tokens, spent });
  const limits = createLimits({ recordFact, logger, ...(options.limits === undefined ? {} : { numbers: options.limits }) });
  const oauth = {
    authenticate: createClientAuthentication(database, spent, [baseUrl, `${baseUrl}/oauth/token`]),
    tokens,
    spent,
    limits: limits.oauth,
    onRefused: (clientId: string, reason: string) => recordFact({ factId: `access.refused/client/${clientId}/${reason}/${Math.floor(Date.now() / 60_000)}`, action: 'access.refused', actor: { id: clientId, kind: 'system', roles: [] }, reason }),
  };
  const outbox = createOutbox({ database, logger, channel: outboxChannel });
  const modelChecker = createModelChecker();
  const ruleSetFiles = createRuleSetFiles();
  const ruleSetLife = createRuleSetLife({ database, keys, logger });
  const patientAccess = createPatientAccess({ database, keys, emergencyAccessMinutes: options.emergencyAccessMinutes });
  const services: GatewayServices = {
    database, commands, decider, ruleSetLife, modelChecker, ruleSetFiles, recordFact, logger, patientAccess,
    checkOrder: createCheckOrder(database, decider),
    peopleService: createPeopleService({ database, keys }),
    sessions: access.sessions,
    signInGuard: access.guard,
    recovery: access.recovery,
    clientAdministration: createClientAdministration(database, keys),
    draftKeyOf: createDraftKeys(options.masterKey),
    identityLinks: createIdentityLinks({ database, providers: signOnProviders, recordFact }),
    openPayload: (entry) => decryptEntryPayload(keys, entry),
  };
  const http: HttpServerOptions = {
    baseUrl,
    webFolder: options.webFolder,
    graphql: createGraphqlDoor({ services, outbox, viewers, limits, isProduction: options.isProduction, webFolder: options.webFolder, ...(options.trustedDocuments === undefined ? {} : { trustedDocuments: options.trustedDocuments }) }),
    people: access.people,
    passwordSetter: access.passwordSetter,
    trustedProxies: readTrustedProxies(options.trustedProxies ?? ''),
    viewers,
    signOn: createSignOn({ database, people: access.people, providers: signOnProviders, outbound, masterKey: options.masterKey, baseUrl, recordFact }),
    oauth: { token: createTokenDoor(oauth), revoke: createRevocationDoor(oauth) },
    limits,
    cdsHooks: createCdsHooksDoor({ database, decider, recordFact, viewers, limits }),
    readiness: createReadiness({ database: async () => (await database.pool.query('select 1')).rowCount === 1, ...options.checks }),
    isDemo: options.isDemo,
    recordFact,
    logger,
    ...(options.requestTimeoutMs === undefined ? {} : { requestTimeoutMs: options.requestTimeoutMs }),
  };
  const server = createHttpServer(http);
  const tls = options.tls && createTlsServer(options.tls, serverLimits(http), createRequestListener(http), logger);
  const servers: readonly Server[] = tls ? [server, tls.server] : [server];

  return {
    server,
    listen: (port, host) => listenOn(server, port, host),
    ...(tls && { tls: { reload: tls.reload, listen: (port: number, host: string) => listenOn(tls.server, port, host) } }),
    async close() {
      await outbox.close();
      await modelChecker.close();
      await ruleSetFiles.close();
      await ruleSetLife.close();
      tls?.unwatch();
      await Promise.all(servers.map(closeServer));
    },
  };
}

/** The port that it got. */
function listenOn(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      // Listening on TCP: the address is an object.
      resolve((server.address() as AddressInfo).port);
    });
  });
}

async function closeServer(server: Server): Promise<void> {
  // One that never listened has nothing to close.
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), closeWithinMs);
  await closed;
  clearTimeout(timer);
}
