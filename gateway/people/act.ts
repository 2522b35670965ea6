import { factStatement, systemScope, type KeyStore } from '#activities';
import type { Database, Prisma } from '#database';
import type { Actor, Json, Variables } from '#engine';
import { commandIdOf } from '../commands/index.ts';
import { digestOf } from '../rule-sets/index.ts';
import { PeopleRefusal } from './refusal.ts';

/** What every act on people carries. */
export interface PeopleCommand {
  readonly actor: Actor;
  /** Unique within the actor; the same key with another payload is refused with IDEMPOTENCY_KEY_REUSED. */
  readonly idempotencyKey: string;
}

/** What an act puts on record: who or which ward it is about, and what was before and after. */
export interface PeopleEntry {
  /** Past tense, dotted: `role.granted`, `account.disabled`, … */
  readonly action: string;
  readonly personId?: string;
  readonly wardId?: string;
  readonly reason?: string;
  readonly before?: Variables;
  readonly after?: Variables;
}

/** One act under way; no other changes people, roles or wards until its transaction ends. */
export interface Acting {
  readonly actor: Actor;
  readonly transaction: Prisma.TransactionClient;
  readonly now: Date;
  /** Writes the entry in the same transaction: there is no act without its entry. */
  record(entry: PeopleEntry): Promise<void>;
}

/** `kind` is the act's name, `payload` everything that the caller gave. */
export type Act = <Result extends Json>(kind: string, command: PeopleCommand, payload: Json, work: (acting: Acting) => Promise<Result>) => Promise<Result>;

export interface ActDependencies {
  readonly database: Pick<Database, 'prisma'>;
  readonly keys: KeyStore;
}

/**
 * Acts on people and wards: one at a time in the hospital, since whether somebody is the last administrator is asked of all of them,
 * in one transaction with the audit entry and the row that makes a repeat find what the first one did. Rejects with
 * PeopleRefusal; then nothing was changed.
 */
export function createAct({ database, keys }: ActDependencies): Act {
  return async (kind, { actor, idempotencyKey }, payload, work) => {
    const id = commandIdOf(actor.id, `people\u0000${idempotencyKey}`);
    const digest = digestOf([kind, payload]);
    const dataKey = await keys.keyFor(systemScope);
    const acted = database.prisma.$transaction(
      async (transaction) => {
        await transaction.$executeRaw`select pg_advisory_xact_lock(hashtext('people'))`;
        const earlier = await transaction.peopleCommand.findUnique({ where: { id } });
        // Written below, by the same act.
        if (earlier?.digest === digest) return earlier.result as never;
        if (earlier) throw new PeopleRefusal('IDEMPOTENCY_KEY_REUSED', 'idempotencyKey');
        const now = new Date();
        let entries = 0;
        const result = await work({
          actor,
          transaction,
          now,
          async record({ action, personId, wardId, reason, before, after }) {
            entries += 1;
            const fact = { factId: `${action}/${id}/${entries}`, action, at: now.toISOString(), actor, detail: { ...(personId === undefined ? {} : { personId }), ...(wardId === undefined ? {} : { wardId }) }, ...(reason === undefined ? {} : { reason }), ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
            const { text, values } = factStatement(fact, dataKey);
            await transaction.$executeRawUnsafe(text, ...values);
          },
        });
        await transaction.peopleCommand.create({ data: { id, kind, digest, result: result as Prisma.InputJsonValue } });
        return result;
      },
      { maxWait: 10_000, timeout: 20_000 },
    );
    return acted.catch((error: unknown) => {
      // What came around this service, the constraint of the database still refuses.
      if (error instanceof Error && error.message.includes('role_assignment_exclusive')) throw new PeopleRefusal('ROLES_EXCLUDE', 'role');
      throw error;
    });
  };
}
