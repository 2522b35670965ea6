import { generateKeyPairSync, randomBytes } from 'node:crypto';
import pg from 'pg';
import { createKeyStore, recordBatch, recordFact, type KeyStore } from '#activities';
import { createSigner, formatExport, fromHex, MerkleTree, nodeCrypto, toHex, verifyExport, verifyExportText, verifyTreeHead } from '#audit';
import { createDatabase, type Database } from '#database';
import { createSealer, decryptEntryPayload, exportAudit, recordRefusal } from '../../gateway/audit/index.ts';
import { startTestDatabase, type TestDatabase } from '../support/index.ts';
import { addInstance, at, firstBatch, lastBatch, nurse } from './record-batches.ts';

const signer = createSigner(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
const pinned = { crypto: nodeCrypto, publicKey: signer.publicKey };
let server: TestDatabase;
let database: Database;
let keys: KeyStore;

beforeEach(async () => {
  server = await startTestDatabase();
  database = createDatabase(server.url);
  keys = createKeyStore(database, randomBytes(32));
}, 300_000);
afterEach(async () => {
  await database.close();
  await server.stop();
});

const addFact = (factId: string) => recordFact(database, keys, { factId, action: 'test.happened', at, actor: nurse });
const sealed = async () => {
  const { rows } = await database.pool.query<{ index: string; entry_id: string; fact_id: string }>('select l.index, l.entry_id, e.fact_id from audit_leaf l join audit_entry e on e.id = l.entry_id order by l.index');
  return rows.map((row) => row.fact_id);
};
/** Runs SQL as the owner with the append-only triggers off, as somebody with the database's own rights could. */
async function tamper(sql: string): Promise<void> {
  const owner = new pg.Client({ connectionString: server.ownerUrl });
  await owner.connect();
  for (const table of ['audit_entry', 'audit_leaf']) await owner.query(`alter table ${table} disable trigger append_only`);
  await owner.query(sql);
  for (const table of ['audit_entry', 'audit_leaf']) await owner.query(`alter table ${table} enable always trigger append_only`);
  await owner.end();
}

describe('the sealer', () => {
  it('does not step over an entry whose transaction is still open, and takes it first once it ends', async () => {
    const sealer = createSealer({ database, signer });
    const slow = await database.pool.connect();
    await addFact('before');
    await slow.query('begin');
    await slow.query("insert into audit_entry (fact_id, occurred_at, actor_id, actor_kind, action) values ('slow', now(), 'a', 'system', 'test.happened')");
    await addFact('after-1');
    await addFact('after-2');

    await sealer.sealNow();
    const whileOpen = await sealed();
    await slow.query('commit');
    slow.release();
    await sealer.sealNow();

    expect(whileOpen).toEqual([]);
    expect(await sealed()).toEqual(['before', 'slow', 'after-1', 'after-2']);
    expect(sealer.heldBackSince).toBeUndefined();
  });

  it('says since when an open transaction holds it back, and goes on when that is rolled back', async () => {
    const sealer = createSealer({ database, signer });
    const slow = await database.pool.connect();
    await slow.query('begin');
    await slow.query("insert into audit_entry (fact_id, occurred_at, actor_id, actor_kind, action) values ('slow', now(), 'a', 'system', 'test.happened')");
    await addFact('after');

    await sealer.sealNow();
    const heldBackSince = sealer.heldBackSince ?? 0;
    await slow.query('rollback');
    slow.release();
    await sealer.sealNow();

    expect(Date.now() - heldBackSince).toBeLessThan(60_000);
    expect(await sealed()).toEqual(['after']);
  });

  it('is not held back by writers that came later', async () => {
    const sealer = createSealer({ database, signer });
    await addFact('first');
    const slow = await database.pool.connect();
    await slow.query('begin');
    await slow.query("insert into audit_entry (fact_id, occurred_at, actor_id, actor_kind, action) values ('slow-1', now(), 'a', 'system', 'test.happened')");
    await sealer.sealNow();
    const later = await database.pool.connect();
    await later.query('begin');
    await later.query("insert into audit_entry (fact_id, occurred_at, actor_id, actor_kind, action) values ('slow-2', now(), 'a', 'system', 'test.happened')");
    await slow.query('commit');

    await sealer.sealNow();

    expect(await sealed()).toEqual(['first', 'slow-1']);
    await later.query('commit');
    slow.release();
    later.release();
  });

  it('seals each entry once and in order while three sealers and many writers work at once', async () => {
    const heads: number[] = [];
    const sealers = Array.from({ length: 3 }, () => createSealer({ database, signer, intervalMs: 5, batchSize: 7, onHead: (head) => heads.push(head.size), onError: (error) => { throw error; } }));
    const instances = await Promise.all(Array.from({ length: 20 }, () => addInstance(database)));

    for (const sealer of sealers) sealer.start();
    await Promise.all(instances.map(async (instanceId) => {
      await recordBatch(database, keys, firstBatch(instanceId));
      await recordBatch(database, keys, lastBatch(instanceId));
    }));
    await Promise.all(sealers.map((sealer) => sealer.stop()));
    await sealers[0]?.sealNow();

    const { rows } = await database.pool.query<{ entry_id: string }>('select entry_id from audit_leaf order by index');
    const numbers = rows.map((row) => Number(row.entry_id));
    expect(numbers).toHaveLength(120);
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    expect(heads.length).toBeGreaterThan(120 / 7);
    expect(new Set(heads).size).toBe(heads.length);
  });

  it('signs heads that each extend the one before', async () => {
    const sealer = createSealer({ database, signer });
    for (const size of [1, 2, 3, 4, 5]) {
      await addFact(`fact-${size}`);
      await sealer.sealNow();
    }

    const heads = await database.prisma.auditTreeHead.findMany({ orderBy: { size: 'asc' } });
    const leaves = (await database.prisma.auditLeaf.findMany({ orderBy: { index: 'asc' } })).map((leaf) => fromHex(leaf.leafHash) ?? new Uint8Array());

    expect(heads.map((head) => Number(head.size))).toEqual([1, 2, 3, 4, 5]);
    for (const head of heads) {
      expect(head.rootHash).toBe(toHex(new MerkleTree(nodeCrypto, leaves.slice(0, Number(head.size))).root));
      expect(await verifyTreeHead(nodeCrypto, signer.publicKey, { ...head, size: Number(head.size), signedAt: head.signedAt.toISOString() })).toBe(true);
    }
  });

  it('goes on after a restart from what is stored', async () => {
    await addFact('first');
    await createSealer({ database, signer }).sealNow();
    await addFact('second');

    const head = await createSealer({ database, signer }).sealNow();

    expect(head?.size).toBe(2);
    expect((await verifyExport(JSON.parse(formatExport(await exportAudit({ database, signer, scope: { kind: 'all' } }))), pinned)).findings).toEqual([]);
  });

  it('takes in an entry that was written with a number below the last sealed one', async () => {
    await tamper("select setval('audit_entry_id_seq', 10)");
    await addFact('eleven');
    await createSealer({ database, signer }).sealNow();
    await database.pool.query("insert into audit_entry (id, fact_id, occurred_at, actor_id, actor_kind, action) values (3, 'smuggled', now(), 'a', 'system', 'test.happened')");
    await addFact('twelve');

    await createSealer({ database, signer }).sealNow();

    expect(await sealed()).toEqual(['eleven', 'smuggled', 'twelve']);
  });

  it('signs nothing on top of leaves that were changed', async () => {
    for (const name of ['one', 'two']) await addFact(name);
    await createSealer({ database, signer }).sealNow();
    await tamper("update audit_leaf set leaf_hash = repeat('ab', 32) where index = 1");
    await addFact('three');

    await expect(createSealer({ database, signer }).sealNow()).rejects.toMatchObject({ code: 'AUDIT_LOG_DAMAGED' });

    expect(await database.prisma.auditTreeHead.count()).toBe(1);
    const { findings } = await verifyExport(await exportAudit({ database, signer, scope: { kind: 'all' } }), pinned);
    expect(findings).toMatchObject([{ code: 'LEAF_EDITED', sequence: 2 }]);
  });
});

describe('an export', () => {
  const recordTwo = async () => {
    const instances = await Promise.all(['patient-a', 'patient-b'].map((patientId) => addInstance(database, patientId)));
    for (const instanceId of instances) {
      await recordBatch(database, keys, firstBatch(instanceId));
      await recordBatch(database, keys, lastBatch(instanceId));
    }
    return instances;
  };

  it('of nothing verifies', async () => {
    expect((await verifyExport(await exportAudit({ database, signer, scope: { kind: 'all' } }), pinned)).findings).toEqual([]);
  });

  it('of the whole log, of an instance and of a patient verifies, sealed up to now, without values in the clear', async () => {
    const [instanceId = ''] = await recordTwo();

    const scopes = [{ kind: 'all' }, { kind: 'instance', id: instanceId }, { kind: 'patient', id: 'patient-b' }] as const;
    for (const scope of scopes) {
      const text = formatExport(await exportAudit({ database, signer, scope }));
      const verification = await verifyExportText(text, pinned);
      expect(verification).toMatchObject({ isIntact: true, entryCount: scope.kind === 'all' ? 12 : 6, treeSize: 12, findings: [] });
      expect(text).not.toContain('bag-7');
    }
  });

  it('names the row that somebody edited in the database', async () => {
    const [instanceId = ''] = await recordTwo();
    await exportAudit({ database, signer, scope: { kind: 'all' } });
    await tamper(`update audit_entry set actor_id = 'nurse-2' where fact_id = '${instanceId}/2/0'`);
    const { id } = await database.prisma.auditEntry.findUniqueOrThrow({ where: { factId: `${instanceId}/2/0` } });

    for (const scope of [{ kind: 'all' }, { kind: 'instance', id: instanceId }, { kind: 'patient', id: 'patient-a' }] as const) {
      const { findings } = await verifyExport(await exportAudit({ database, signer, scope }), pinned);
      expect(findings).toMatchObject([{ code: 'ENTRY_EDITED', sequence: Number(id), action: 'task.completed', occurredAt: '2026-11-22T08:00:00.000Z' }]);
    }
  });

  it('names the row that somebody deleted', async () => {
    const [instanceId = ''] = await recordTwo();
    await exportAudit({ database, signer, scope: { kind: 'all' } });
    const { id } = await database.prisma.auditEntry.findUniqueOrThrow({ where: { factId: `${instanceId}/1/2` } });
    await tamper(`delete from audit_entry where id = ${id}`);

    const { findings } = await verifyExport(await exportAudit({ database, signer, scope: { kind: 'all' } }), pinned);

    expect(findings).toMatchObject([{ code: 'ENTRY_MISSING', sequence: Number(id) }]);
  });

  it('stays valid when the key of a patient is destroyed, and the values cannot be read any more', async () => {
    const [instanceId = ''] = await recordTwo();
    const started = await database.prisma.auditEntry.findUniqueOrThrow({ where: { factId: `${instanceId}/1/0` } });
    const before = await decryptEntryPayload(keys, started);
    await database.pool.query("update data_key set destroyed_at = now(), wrapped_key = '' where scope = 'patient-a'");

    const after = await decryptEntryPayload(createKeyStore(database, randomBytes(32)), started);

    expect([before, after]).toEqual([{ after: { dose: 100 } }, { isErased: true }]);
    expect((await verifyExport(await exportAudit({ database, signer, scope: { kind: 'all' } }), pinned)).isIntact).toBe(true);
  });
});

describe('a refusal', () => {
  it('is on record once a command, for the patient of its instance', async () => {
    const instanceId = await addInstance(database, 'patient-a');
    const refusal = { action: 'task.refused', actor: nurse, code: 'WRONG_PATIENT', commandId: 'command-1', instanceId, taskId: 't1', detail: { scanned: 'W-9' } };

    await recordRefusal(database, keys, refusal);
    await recordRefusal(database, keys, refusal);

    const entries = await database.prisma.auditEntry.findMany();
    expect(entries).toMatchObject([{ factId: 'task.refused/command-1', action: 'task.refused', reason: 'WRONG_PATIENT', patientId: 'patient-a', processKey: 'loop', taskId: 't1' }]);
    expect(await decryptEntryPayload(keys, entries[0] ?? { factId: '', payload: null })).toEqual({ detail: { scanned: 'W-9' } });
    expect((await keys.byId((entries[0]?.payload as { keyId: string }).keyId)).scope).toBe('patient-a');
  });

  it('without a command is its own fact each time, also about an instance that does not exist', async () => {
    const unknown = { action: 'access.refused', actor: nurse, code: 'INSTANCE_NOT_FOUND' };

    for (const instanceId of ['not-an-id', '00000000-0000-4000-8000-000000000000', '------------------------------------']) await recordRefusal(database, keys, { ...unknown, instanceId });

    expect(await database.prisma.auditEntry.findMany({ select: { action: true, instanceId: true } })).toEqual(Array.from({ length: 3 }, () => ({ action: 'access.refused', instanceId: null })));
  });
});
