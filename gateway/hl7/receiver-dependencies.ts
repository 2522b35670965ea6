import type { Logger } from 'pino';
import type { KeyStore } from '#activities';
import type { Database } from '#database';
import type { CommandService } from '../commands/command-service.ts';

/** What the door works with. */
export interface ReceiverDependencies {
  readonly database: Database;
  readonly commands: CommandService;
  /** For the stored frames and the record. */
  readonly keys: KeyStore;
  readonly logger: Logger;
}
