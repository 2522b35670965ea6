import type { Actor, RecordEntry } from '#engine';
import type { Database } from '#database';
import { verifyClaims, type Claims } from './claims.ts';
import type { RecordInstanceInput } from './process-activities.ts';
import type { KeyStore } from './record/key-store.ts';
import { recordBatch } from './record/record-batch.ts';

interface Dependencies {
  readonly database: Database;
  readonly keys: KeyStore;
  readonly claimsSecret: Buffer;
}

/**
 * Writes a batch of an instance's record. A person, system or device is named only when the claims of the
 * act verify: what reached the workflow around the gateway is on record as unverified.
 */
export function createRecordInstance({ database, keys, claimsSecret }: Dependencies): (input: RecordInstanceInput) => Promise<void> {
  return async ({ batch, claims }) => {
    const verified = claims.filter((claim) => verifyClaims(claimsSecret, batch.instanceId, claim));
    const entries = batch.entries.map((entry) => withVerifiedActor(entry, verified));
    await recordBatch(database, keys, { ...batch, entries });
  };
}

function withVerifiedActor(entry: RecordEntry, verified: readonly Claims[]): RecordEntry {
  if (entry.actor.kind === 'engine' || verified.some((claims) => isSame(claims.actor, entry.actor))) return entry;
  const actor: Actor = { id: `unverified:${entry.actor.id}`, kind: entry.actor.kind, roles: [] };
  return { ...entry, actor };
}

function isSame(a: Actor, b: Actor): boolean {
  return a.id === b.id && a.kind === b.kind && a.unit === b.unit && a.onBehalfOf === b.onBehalfOf && a.roles.join('\u0000') === b.roles.join('\u0000');
}
