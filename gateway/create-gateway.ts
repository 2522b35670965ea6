import type { Server } from 'node:http';
import { outboxChannel, recordFact as writeFact } from '#activities';
import { createCdsHooksDoor } from './cds-hooks/index.ts';
import { createServices } from './create-services.ts';
import { createSignIn } from './create-sign-in.ts';
import type { GatewayOptions } from './gateway-options.ts';
import { createFhirDoor } from './fhir/index.ts';
import type { DoorFact } from './graphql/door-fact.ts';
import { createGraphqlDoor } from './graphql/yoga.ts';
import { readTrustedProxies } from './http/client-address.ts';
import { createHttpServer, createRequestListener, serverLimits, type HttpServerOptions } from './http/http-server.ts';
import { closeServer, listenOn } from './http/listening.ts';
import { createReadiness } from './http/readiness.ts';
import { createRequestViewers } from './http/request-viewer.ts';
import { createTlsServer, type TlsServer } from './http/tls-server.ts';
import { createLimits } from './limits/index.ts';
import { createOutbox } from './subscriptions/index.ts';

export interface Gateway {
  /** Not listening yet. */
  readonly server: Server;
  listen(port: number, host: string): Promise<number>;
  /** HTTPS, where there is a certificate. */
  readonly tls?: Pick<TlsServer, 'reload'> & { listen(port: number, host: string): Promise<number> };
  /** Ends subscriptions and open requests. */
  close(): Promise<void>;
}

/** One gateway without what stands around it: for the process, and for tests. */
export function createGateway(options: GatewayOptions): Gateway {
  const { database, keys, decider, logger, baseUrl, webFolder } = options;
  const recordFact = (fact: DoorFact) => writeFact(database, keys, { ...fact, at: new Date().toISOString() }).then(() => undefined);
  const limits = createLimits({ recordFact, logger, ...(options.limits === undefined ? {} : { numbers: options.limits }) });
  const signIn = createSignIn(options, { limits, recordFact });
  const { viewers } = signIn;
  const { services, close } = createServices(options, { signIn, recordFact });
  const requestViewers = createRequestViewers({ viewers, recordFact, baseUrl });
  const outbox = createOutbox({ database, logger, channel: outboxChannel });
  const http: HttpServerOptions = {
    baseUrl,
    webFolder,
    graphql: createGraphqlDoor({ services, outbox, viewers, limits, isProduction: options.isProduction, webFolder, ...(options.trustedDocuments === undefined ? {} : { trustedDocuments: options.trustedDocuments }) }),
    people: signIn.people,
    passwordSetter: signIn.passwordSetter,
    trustedProxies: readTrustedProxies(options.trustedProxies ?? ''),
    viewers,
    signOn: signIn.signOn,
    oauth: signIn.oauth,
    limits,
    cdsHooks: createCdsHooksDoor({ database, decider, recordFact, viewers, limits }),
    requestViewers,
    fhir: createFhirDoor({ database, requestViewers, limits, recordFact, openAccessesOf: services.patientAccess.openAccessesOf, masterKey: options.masterKey, baseUrl, logger }),
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
      await close();
      tls?.unwatch();
      await Promise.all(servers.map(closeServer));
    },
  };
}
