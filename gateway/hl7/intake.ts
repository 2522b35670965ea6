import type { Prisma } from '#database';
import type { CommandOutcome, CommandService } from '../commands/command-service.ts';
import type { Database } from '#database';
import type { Message } from '#activities';

/** What a handler needs besides the message. */
export interface IntakeContext {
  readonly database: Database;
  /** `<sending application>|<sending facility>|<MSH-10>`; also the idempotency key of the command. */
  readonly messageId: string;
  readonly sendingApplication: string;
  /** ISO 8601 UTC instant of arrival. */
  readonly at: string;
}

/** A message that was read and checked: what is to be written, and what is to be asked of the processes. */
export interface Intake {
  readonly patientId: string;
  /** Runs in the transaction that stores the message. Fails: Hl7Refusal. May run again for the same message. */
  store(transaction: Prisma.TransactionClient): Promise<void>;
  /** Absent when no process needs to know. Must be safe to repeat. */
  command?(commands: CommandService): Promise<CommandOutcome>;
  /** After the command: notes what it came to. */
  settle?(outcome: CommandOutcome): Promise<void>;
  /** What became of it, in words without patient data; MSA-3. */
  readonly text: string;
}

/** Reads one kind of message. Fails: Hl7Refusal. */
export type IntakeHandler = (message: Message, context: IntakeContext) => Promise<Intake>;

