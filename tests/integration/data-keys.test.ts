import { randomBytes } from 'node:crypto';
import { createKeyStore, type KeyStore } from '#activities';
import type { Database } from '#database';
import { openRecord, type OpenRecord } from './open-record.ts';

let record: OpenRecord;
let database: Database;
let keys: KeyStore;

beforeAll(async () => {
  record = await openRecord();
  ({ database, keys } = record);
}, 300_000);
afterAll(() => record.close());

describe('data keys', () => {
  it('agree on one key when two processes make it at once', async () => {
    const stores = Array.from({ length: 8 }, () => createKeyStore(database, record.masterKey));

    const made = await Promise.all(stores.map((store) => store.keyFor('patient-race')));

    expect(new Set(made.map((key) => key.keyId)).size).toBe(1);
    expect(new Set(made.map((key) => key.key.toString('hex'))).size).toBe(1);
  });

  it('do not open with another master key, nor after they were destroyed', async () => {
    const { keyId } = await keys.keyFor('patient-erased');
    await expect(createKeyStore(database, randomBytes(32)).byId(keyId)).rejects.toMatchObject({ code: 'PAYLOAD_DAMAGED' });

    await database.pool.query("update data_key set destroyed_at = now(), wrapped_key = '' where key_id = $1", [keyId]);

    const later = createKeyStore(database, record.masterKey);
    await expect(later.byId(keyId)).rejects.toMatchObject({ code: 'KEY_DESTROYED' });
    await expect(later.keyFor('patient-erased')).rejects.toMatchObject({ code: 'KEY_DESTROYED' });
    await expect(later.byId('dk-none')).rejects.toMatchObject({ code: 'KEY_NOT_FOUND' });
  });
});
