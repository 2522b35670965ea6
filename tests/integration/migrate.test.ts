import pg from 'pg';
import { listMigrations, migrate } from '#database';
import { pendingChanges } from '../../cli/migration/write-migration.ts';
import { startTestDatabase, type TestDatabase } from '../support/index.ts';

const recordTables = [
  'audit_entry', 'audit_leaf', 'audit_tree_head', 'decision', 'recorded_batch',
  'rule_set_revision', 'rule_set_review', 'rule_set_verdict', 'rule_set_recall', 'recalled_case', 'rule_suspension', 'rule_suspension_act', 'rule_signature', 'rule_set_command',
  'rule_backtest', 'rule_backtest_result', 'rule_backtest_change', 'rule_case', 'rule_set_file', 'rule_shadow', 'rule_shadow_end', 'rule_shadow_difference',
  'emergency_access_review', 'patient_access_command',
];

describe('migrations', () => {
  let database: TestDatabase;
  let owner: pg.Client;
  let application: pg.Client;

  beforeAll(async () => {
    database = await startTestDatabase();
    owner = new pg.Client({ connectionString: database.ownerUrl });
    application = new pg.Client({ connectionString: database.url });
    await Promise.all([owner.connect(), application.connect()]);
  }, 300_000);

  afterAll(async () => {
    await Promise.all([owner.end(), application.end()]);
    await database.stop();
  });

  it('lead to exactly what schema.prisma says', async () => {
    const pending = await pendingChanges(database.ownerUrl);

    expect(pending).toBeUndefined();
  });

  it('apply once, also when two processes start at the same time', async () => {
    await owner.query('CREATE SCHEMA scratch');
    const url = `${database.ownerUrl}?options=-c%20search_path%3Dscratch`;
    const migration = { name: '0001_only', sql: 'CREATE TABLE public.only_once (id int)', checksum: 'a'.repeat(64) };
    // The permissions name the record's tables, so the scratch history needs them on its path too.
    const both = `${url},public`;

    const results = await Promise.all([migrate(both, [migration]), migrate(both, [migration])]);

    expect(results.flatMap((result) => result.applied)).toEqual(['0001_only']);
  });

  it('refuse a database of a newer version in one sentence with the remedy', async () => {
    const older = listMigrations().slice(0, 1);

    await expect(migrate(database.ownerUrl, older)).rejects.toMatchObject({ code: 'DATABASE_NEWER', message: expect.stringMatching(/^Expected a database of version 0001_init or older, but the database is of a newer version \(0002_append_only.*\)\. Start the newer Careloop/) });
  });

  it('refuse a migration whose file changed after it was applied', async () => {
    const changed = listMigrations().map((migration, index) => (index === 0 ? { ...migration, checksum: 'b'.repeat(64) } : migration));

    await expect(migrate(database.ownerUrl, changed)).rejects.toMatchObject({ code: 'MIGRATION_CHANGED' });
  });

  it('keep nothing of a migration that fails halfway', async () => {
    const failing = [...listMigrations(), { name: '9999_failing', sql: 'CREATE TABLE half (id int); SELECT 1 / 0;', checksum: 'c'.repeat(64) }];

    await expect(migrate(database.ownerUrl, failing)).rejects.toMatchObject({ code: 'MIGRATION_FAILED' });

    const half = await owner.query("SELECT to_regclass('public.half') AS found");
    expect(half.rows).toEqual([{ found: null }]);
  });

  it('count what the paths of earlier releases name, and keep the newest of each', async () => {
    const earlier = await startTestDatabase();
    const client = new pg.Client({ connectionString: earlier.ownerUrl });
    await client.connect();
    try {
      await client.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
      const first = listMigrations().findIndex(({ name }) => name === '0008_completed_elements');
      await migrate(earlier.ownerUrl, listMigrations().slice(0, first));
      const went = ['start', ...Array.from({ length: 400 }, (_, index) => (index % 2 === 0 ? 'act' : 'again'))];
      await client.query("INSERT INTO process_bundle (hash, process_key, version, bytes, forms, published_by) VALUES ('b', 'p', '1', '', '{}', 'test')");
      const insert = "INSERT INTO process_instance (id, process_key, business_key, bundle_hash, started_by, path) VALUES (gen_random_uuid(), 'p', $1, 'b', 'test', $2)";
      await client.query(insert, ['long', JSON.stringify(went)]);
      await client.query(insert, ['new', '[]']);

      await migrate(earlier.ownerUrl, listMigrations().slice(0, first + 1));

      const { rows } = await client.query('SELECT path, completed_elements FROM process_instance ORDER BY business_key');
      expect(rows).toEqual([{ path: went.slice(-256), completed_elements: { start: 1, act: 200, again: 200 } }, { path: [], completed_elements: {} }]);
    } finally {
      await client.end();
      await earlier.stop();
    }
  });

  it.each(recordTables)('let the product add to %s, and neither change, delete nor truncate it', async (table) => {
    const privileges = await application.query(
      "SELECT privilege FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) AS privilege WHERE has_table_privilege(current_user, $1, privilege)",
      [table],
    );

    expect(privileges.rows.map((row: { privilege: string }) => row.privilege)).toEqual(['SELECT', 'INSERT']);
  });

  it.each(recordTables)('refuse a change of %s to the owner of the table too', async (table) => {
    const column = await owner.query<{ column_name: string }>('SELECT column_name FROM information_schema.columns WHERE table_name = $1 ORDER BY ordinal_position LIMIT 1', [table]);
    const name = column.rows[0]?.column_name ?? '';

    await expect(owner.query(`UPDATE ${table} SET "${name}" = "${name}"`)).rejects.toThrow(`Expected only new rows in ${table}, but found UPDATE`);
    await expect(owner.query(`DELETE FROM ${table}`)).rejects.toThrow(`Expected only new rows in ${table}, but found DELETE`);
    // With the tables that refer to it: one of them refuses first, or this one does.
    await expect(owner.query(`TRUNCATE ${table} CASCADE`)).rejects.toThrow(/^Expected only new rows in \w+, but found TRUNCATE$/);
    await expect(owner.query(`SET session_replication_role = replica; DELETE FROM ${table}`)).rejects.toThrow('Expected only new rows');
    await owner.query('SET session_replication_role = DEFAULT');
  });
});
