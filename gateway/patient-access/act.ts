import { factStatement, outboxChannel, type KeyStore } from '#activities';
import type { Database, Prisma } from '#database';
import type { Json, Variables } from '#engine';
import { commandIdOf } from '../commands/index.ts';
import { actorOf, type Viewer } from '../identity/index.ts';
import { digestOf } from '../rule-sets/index.ts';
import { PatientAccessRefusal } from './refusal.ts';

/** What every act on who may see a patient carries. */
export interface PatientAccessCommand {
  readonly viewer: Viewer;
  /** Unique within the viewer; the same key with another payload is refused with IDEMPOTENCY_KEY_REUSED. */
  readonly idempotencyKey: string;
}

/** What an act puts on record. The values are encrypted with the patient's key; `reason` is a code, never free text. */
export interface PatientAccessEntry {
  /** Past tense, dotted: `emergencyAccess.taken`, `careTeam.memberAdded`, … */
  readonly action: string;
  readonly reason?: string;
  readonly before?: Variables;
  readonly after?: Variables;
  readonly detail?: Json;
}

/** One act under way. */
export interface Acting {
  readonly transaction: Prisma.TransactionClient;
  /** The database's clock: the caller's says nothing. */
  readonly now: Date;
  /** Writes the entry in the same transaction: there is no act without its entry. */
  record(entry: PatientAccessEntry): Promise<void>;
  /** Tells the streams of those who oversee that something was found about the person's access; its beginning and end the database tells itself. */
  wake(personId: string): Promise<void>;
}

export interface ActDependencies {
  readonly database: Pick<Database, 'prisma' | 'pool'>;
  readonly keys: KeyStore;
}

/** What an act is about. `alone`: what no other act is about at the same time. */
export interface ActSubject {
  readonly kind: string;
  readonly patientId: string;
  readonly alone: string;
  /** Everything that the caller gave. */
  readonly payload: Json;
}

export type Act = <Result extends Json>(subject: ActSubject, command: PatientAccessCommand, work: (acting: Acting) => Promise<Result>) => Promise<Result>;

/**
 * Acts on who may see a patient: in one transaction with the audit entry and the row that makes a repeat find what the
 * first one did. Rejects with PatientAccessRefusal; then nothing was changed.
 */
export function createAct({ database, keys }: ActDependencies): Act {
  return async ({ kind, patientId, alone, payload }, { viewer, idempotencyKey }, work) => {
    const id = commandIdOf(viewer.id, `patient-access\u0000${idempotencyKey}`);
    const digest = digestOf([kind, payload]);
    const dataKey = await keys.keyFor(patientId);
    return database.prisma.$transaction(
      async (transaction) => {
        // The caller's key first: always in this order, so that no two acts wait for each other.
        await transaction.$executeRaw`select pg_advisory_xact_lock(hashtext(${`patient-access-command:${id}`}))`;
        await transaction.$executeRaw`select pg_advisory_xact_lock(hashtext(${`patient-access:${alone}`}))`;
        const earlier = await transaction.patientAccessCommand.findUnique({ where: { id } });
        // Written below, by the same act.
        if (earlier?.digest === digest) return earlier.result as never;
        if (earlier) throw new PatientAccessRefusal('IDEMPOTENCY_KEY_REUSED', 'idempotencyKey', patientId);
        // Not `now()`: that is when the transaction began, before it waited.
        const [clock] = await transaction.$queryRaw<{ now: Date }[]>`select clock_timestamp() as now`;
        const now = clock?.now ?? new Date();
        const result = await work({
          transaction,
          now,
          async record({ action, ...entry }) {
            const { text, values } = factStatement({ factId: `${action}/${id}`, action, at: now.toISOString(), actor: actorOf(viewer), patientId, ...entry }, dataKey);
            await transaction.$executeRawUnsafe(text, ...values);
          },
          wake: (personId) => wakeStreams(transaction, personId),
        });
        await transaction.patientAccessCommand.create({ data: { id, kind, digest, result: result as Prisma.InputJsonValue } });
        return result;
      },
      { maxWait: 10_000, timeout: 20_000 },
    );
  };
}

/** Puts a change of the person's access into the outbox; its readers hear of it when the transaction is committed. */
async function wakeStreams(transaction: Prisma.TransactionClient, personId: string): Promise<void> {
  await transaction.outboxEvent.create({ data: { topic: 'access', personId } });
  await transaction.$executeRaw`select pg_notify(${outboxChannel}, '')`;
}
