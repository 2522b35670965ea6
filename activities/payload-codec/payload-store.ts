import type { Database } from '#database';
import type { PayloadStore } from './payload-codec.ts';

/** The payload store on PostgreSQL. Published bundles never change: each is read once a process. */
export function createPayloadStore(database: Database): PayloadStore {
  const bundles = new Map<string, Buffer>();

  return {
    async read(hash) {
      const known = bundles.get(hash);
      if (known) return known;
      const { rows } = await database.pool.query<{ bytes: Buffer; is_bundle: boolean }>(
        'select bytes, true as is_bundle from process_bundle where hash = $1 union all select bytes, false from payload_blob where hash = $1 limit 1',
        [hash],
      );
      const row = rows[0];
      if (!row) throw new Error(`Expected stored bytes for payload ${hash}, but found none`);
      if (row.is_bundle) bundles.set(hash, row.bytes);
      return row.bytes;
    },
    async write(hash, bytes) {
      await database.pool.query('insert into payload_blob (hash, bytes) values ($1, $2) on conflict (hash) do nothing', [hash, bytes]);
    },
  };
}
