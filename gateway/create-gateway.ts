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
import { createGraphqlDoor } from './graphql/yoga.ts';
import { createHttpServer } from './http/http-server.ts';
import { createReadiness } from './http/readiness.ts';
import { createAccessTokens, createIdentityLinks, createPeople, createSignOn, createTokenDoor, createViewers, type SignOnProvider } from './identity/index.ts';
import { createModelChecker } from './model-check/index.ts';
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
  /** Whether the demo hospital is loaded. */
  readonly isDemo: boolean;
  readonly logger: Logger;
  /** Of the sign-on file; none when absent. */
  readonly signOnProviders?: readonly SignOnProvider[];
  /** The way out; to the public internet alone when absent. */
  readonly outbound?: Outbound;
  /** Parts that must be up beside the database, by name. */
  readonly checks?: Readonly<Record<string, () => Promise<boolean> | boolean>>;
  /** How long a request may take to arrive whole, ms; a minute when absent. */
  readonly requestTimeoutMs?: number;
}

export interface Gateway {
  /** Not listening yet. */
  readonly server: Server;
  listen(port: number, host: string): Promise<number>;
  /** Ends subscriptions and open requests. */
  close(): Promise<void>;
}

/** How long open requests have once the gateway closes. */
const closeWithinMs = 5_000;

/** One gateway without what stands around it: for the process, and for tests. */
export function createGateway(options: GatewayOptions): Gateway {
  const { database, commands, keys, decider, logger, baseUrl, signOnProviders = [], outbound = createOutbound() } = options;
  const recordFact = (fact: DoorFact) => writeFact(database, keys, { ...fact, at: new Date().toISOString() }).then(() => undefined);
  const people = createPeople({ database, baseUrl, sessionSecret: options.sessionSecret, log: (level, message) => logger[level]({ part: 'sign-in' }, message), recordFact, issuersInsteadOfPasswords: signOnProviders.filter(({ replacesPasswords }) => replacesPasswords).map(({ issuer }) => issuer) });
  const tokens = createAccessTokens(options.masterKey, baseUrl);
  const viewers = createViewers(database, people, tokens);
  const outbox = createOutbox({ database, logger, channel: outboxChannel });
  const modelChecker = createModelChecker();
  const ruleSetFiles = createRuleSetFiles();
  const ruleSetLife = createRuleSetLife({ database, keys, logger });
  const services: GatewayServices = { database, commands, checkOrder: createCheckOrder(database, decider), ruleSetLife, decider, modelChecker, ruleSetFiles, identityLinks: createIdentityLinks({ database, providers: signOnProviders, recordFact }), recordFact, logger, openPayload: (entry) => decryptEntryPayload(keys, entry) };
  const server = createHttpServer({
    baseUrl,
    webFolder: options.webFolder,
    graphql: createGraphqlDoor({ services, outbox, viewers, isProduction: options.isProduction }),
    people,
    viewers,
    signOn: createSignOn({ database, people, providers: signOnProviders, outbound, masterKey: options.masterKey, baseUrl, recordFact }),
    tokenDoor: createTokenDoor(database, tokens, (clientId, reason) =>
      recordFact({ factId: `access.refused/client/${clientId}/${reason}/${Math.floor(Date.now() / 60_000)}`, action: 'access.refused', actor: { id: clientId, kind: 'system', roles: [] }, reason }),
    ),
    cdsHooks: createCdsHooksDoor({ database, decider, recordFact, viewers }),
    readiness: createReadiness({ database: async () => (await database.pool.query('select 1')).rowCount === 1, ...options.checks }),
    isDemo: options.isDemo,
    recordFact,
    logger,
    ...(options.requestTimeoutMs === undefined ? {} : { requestTimeoutMs: options.requestTimeoutMs }),
  });

  return {
    server,
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
          server.off('error', reject);
          // Listening on TCP: the address is an object.
          resolve((server.address() as AddressInfo).port);
        });
      }),
    async close() {
      await outbox.close();
      await modelChecker.close();
      await ruleSetFiles.close();
      await ruleSetLife.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), closeWithinMs);
      await closed;
      clearTimeout(timer);
    },
  };
}
