import type { Logger } from 'pino';
import type { Decider, KeyStore } from '#activities';
import type { Database } from '#database';
import type { CommandService } from './commands/index.ts';
import type { TrustedDocumentsMode } from './graphql/trusted-documents.ts';
import type { TlsFiles } from './http/tls-server.ts';
import type { BreachedPasswords, IdleLimits, SecondFactorDemand, SignOnProvider } from './identity/index.ts';
import type { LimitNumbers } from './limits/index.ts';
import type { Outbound } from './outbound/index.ts';

/** What one gateway is made of. */
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
