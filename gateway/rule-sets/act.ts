import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { factStatement, ruleCacheMs, systemScope, type KeyStore } from '#activities';
import type { Database, Prisma } from '#database';
import type { Actor, Json } from '#engine';
import { commandIdOf } from '../commands/index.ts';
import { canonicalJson } from '../processes/index.ts';
import { RuleSetRefusal } from './refusal.ts';

/** Who acts on a rule set: an actor with the name that a signature shows. */
export interface RuleSetActor extends Actor {
  readonly name: string;
}

/** What every act on a rule set carries. */
export interface RuleSetCommand {
  readonly actor: RuleSetActor;
  /** Unique within the actor; the same key with another payload is refused with IDEMPOTENCY_KEY_REUSED. */
  readonly idempotencyKey: string;
}

/** What an act puts on record. Hashes are those of the document before and after. */
export interface RuleSetEntry {
  /** Past tense, dotted: `rules.draftSaved`, `rules.published`, … */
  readonly action: string;
  readonly version?: string;
  readonly reason?: string;
  readonly beforeHash?: string | undefined;
  readonly afterHash?: string | undefined;
  readonly detail?: Json;
}

/** How a change reaches running cases. */
export interface ChangeToSpread {
  readonly kind: 'published' | 'recalled' | 'suspended' | 'lifted';
  readonly version?: string;
  readonly ruleId?: string;
  /** When it takes effect. */
  readonly from: Date;
}

/** One act under way: alone on its rule set until its transaction ends. */
export interface Acting {
  readonly key: string;
  readonly actor: RuleSetActor;
  readonly transaction: Prisma.TransactionClient;
  readonly now: Date;
  /** Writes the entry in the same transaction: there is no act without its entry. */
  record(entry: RuleSetEntry): Promise<void>;
  /** Has running cases judged again once every process knows of the change. */
  spread(change: ChangeToSpread): Promise<void>;
}

export interface ActDependencies {
  readonly database: Pick<Database, 'prisma'>;
  readonly keys: KeyStore;
}

/** `kind` is the act's name, `payload` everything that the caller gave. */
export type Act = <Result extends Json>(kind: string, key: string, command: RuleSetCommand, payload: Json, work: (acting: Acting) => Promise<Result>) => Promise<Result>;

/** When every process has forgotten what was in effect before, with something to spare. */
const knownEverywhereMs = ruleCacheMs + 1_000;

/**
 * Acts on rule sets: one at a time for a rule set, in one transaction with the audit entry and the row that makes a
 * repeat find what the first one did. Rejects with RuleSetRefusal; then nothing was changed.
 */
export function createAct({ database, keys }: ActDependencies): Act {
  return async (kind, key, { actor, idempotencyKey }, payload, work) => {
    const id = commandIdOf(actor.id, `rules\u0000${idempotencyKey}`);
    // A large document takes a while at each step: whoever else waits is answered in between.
    await nextTurn();
    const digest = digestOf([kind, key, payload]);
    await nextTurn();
    const dataKey = await keys.keyFor(systemScope);
    return database.prisma.$transaction(
      async (transaction) => {
        // The caller's key first, then the rule set: always in this order, so that no two acts wait for each other.
        await transaction.$executeRaw`select pg_advisory_xact_lock(hashtext(${`rules-command:${id}`}))`;
        await transaction.$executeRaw`select pg_advisory_xact_lock(hashtext(${`rules:${key}`}))`;
        const earlier = await transaction.ruleSetCommand.findUnique({ where: { id } });
        // Written below, by the same act.
        if (earlier?.digest === digest) return earlier.result as never;
        if (earlier) throw new RuleSetRefusal('IDEMPOTENCY_KEY_REUSED', 'idempotencyKey');
        const now = new Date();
        let entries = 0;
        const result = await work({
          key,
          actor,
          transaction,
          now,
          async record({ action, version, reason, beforeHash, afterHash, detail }) {
            entries += 1;
            const { text, values } = factStatement(
              {
                factId: `${action}/${id}/${entries}`,
                action,
                at: now.toISOString(),
                actor,
                ruleSet: key,
                ...(version === undefined ? {} : { ruleSetVersion: version }),
                ...(reason === undefined ? {} : { reason }),
                ...(beforeHash === undefined ? {} : { before: { hash: beforeHash } }),
                ...(afterHash === undefined ? {} : { after: { hash: afterHash } }),
                ...(detail === undefined ? {} : { detail }),
              },
              dataKey,
            );
            await transaction.$executeRawUnsafe(text, ...values);
          },
          async spread({ kind: change, version, ruleId, from }) {
            await transaction.ruleSetChange.create({ data: { key, kind: change, version: version ?? null, ruleId: ruleId ?? null, dueAt: new Date(from.getTime() + knownEverywhereMs) } });
          },
        });
        await transaction.ruleSetCommand.create({ data: { id, kind, digest, result: result as Prisma.InputJsonValue } });
        return result;
      },
      { maxWait: 10_000, timeout: 20_000 },
    );
  };
}

/** SHA-256 of the value's canonical JSON. */
export function digestOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}
