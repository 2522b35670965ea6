import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Database } from '#database';
import { RecordError } from './record-error.ts';

/** Scope of data keys for what belongs to no patient. */
export const systemScope = 'system';

/** A key that encrypts the payloads of one scope: a patient's id or `system`. */
export interface DataKey {
  readonly keyId: string;
  readonly scope: string;
  /** 32 bytes, AES-256. */
  readonly key: Buffer;
}

/** Data keys by scope or id. Destroying a patient's key erases what was encrypted with it. */
export interface KeyStore {
  /** The key of a scope, made when there is none. Fails: KEY_DESTROYED. */
  keyFor(scope: string): Promise<DataKey>;
  /** The key with which something was encrypted. Fails: KEY_NOT_FOUND, KEY_DESTROYED. */
  byId(keyId: string): Promise<DataKey>;
}

interface KeyRow {
  readonly key_id: string;
  readonly scope: string;
  readonly wrapped_key: Buffer;
  readonly destroyed_at: Date | null;
}

/** For how long a process remembers a key: after that time a destroyed key is gone everywhere. */
const cacheMs = 60_000;
const maximumCachedKeys = 20_000;

/** Keeps data keys in PostgreSQL, wrapped with `masterKey` (32 bytes) by AES-256-GCM (NIST SP 800-38D). */
export function createKeyStore(database: Pick<Database, 'pool'>, masterKey: Buffer): KeyStore {
  if (masterKey.length !== 32) throw new Error(`Expected a master key of 32 bytes, but got ${masterKey.length}`);
  const cache = new Map<string, { readonly promise: Promise<DataKey>; readonly readAt: number }>();

  /** Remembers the promise, so that a hundred batches of one patient ask once. */
  function cached(name: string, read: () => Promise<DataKey>): Promise<DataKey> {
    const known = cache.get(name);
    if (known && Date.now() - known.readAt < cacheMs) return known.promise;
    if (cache.size >= maximumCachedKeys) cache.clear();
    const promise = read();
    cache.set(name, { promise, readAt: Date.now() });
    promise.catch(() => cache.delete(name));
    return promise;
  }

  async function select(column: 'scope' | 'key_id', value: string): Promise<KeyRow | undefined> {
    const { rows } = await database.pool.query<KeyRow>(`select key_id, scope, wrapped_key, destroyed_at from data_key where ${column} = $1`, [value]);
    return rows[0];
  }

  async function readOrMake(scope: string): Promise<DataKey> {
    const known = await select('scope', scope);
    if (known) return unwrap(masterKey, known);
    const keyId = `dk-${randomBytes(12).toString('hex')}`;
    await database.pool.query('insert into data_key (key_id, scope, wrapped_key) values ($1, $2, $3) on conflict (scope) do nothing', [
      keyId,
      scope,
      wrap(masterKey, keyId, scope, randomBytes(32)),
    ]);
    // Another process may have been first: its key counts.
    const made = await select('scope', scope);
    if (!made) throw new RecordError('KEY_NOT_FOUND', 'Expected the data key just made, but found none');
    return unwrap(masterKey, made);
  }

  return {
    keyFor: (scope) => cached(`scope:${scope}`, () => readOrMake(scope)),
    byId: (keyId) =>
      cached(`id:${keyId}`, async () => {
        const row = await select('key_id', keyId);
        if (!row) throw new RecordError('KEY_NOT_FOUND', `Expected data key ${keyId}, but there is none`);
        return unwrap(masterKey, row);
      }),
  };
}

/** 12 bytes nonce, 16 bytes tag, ciphertext; bound to the key's id and scope. */
function wrap(masterKey: Buffer, keyId: string, scope: string, key: Buffer): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', masterKey, nonce).setAAD(Buffer.from(`${keyId}\n${scope}`));
  const body = Buffer.concat([cipher.update(key), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

function unwrap(masterKey: Buffer, row: KeyRow): DataKey {
  if (row.destroyed_at) throw new RecordError('KEY_DESTROYED', `Expected data key ${row.key_id}, but it was destroyed`);
  const { key_id: keyId, scope, wrapped_key: wrapped } = row;
  try {
    const decipher = createDecipheriv('aes-256-gcm', masterKey, wrapped.subarray(0, 12)).setAAD(Buffer.from(`${keyId}\n${scope}`));
    decipher.setAuthTag(wrapped.subarray(12, 28));
    return { keyId, scope, key: Buffer.concat([decipher.update(wrapped.subarray(28)), decipher.final()]) };
  } catch {
    throw new RecordError('PAYLOAD_DAMAGED', `Expected data key ${keyId} to open with the master key, but it does not: the key is damaged or the master key another one`);
  }
}
