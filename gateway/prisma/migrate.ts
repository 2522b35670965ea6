import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const folder = fileURLToPath(new URL('./migrations', import.meta.url));
// Any number, as long as it stays the same: who holds it is the only one to migrate this database.
const advisoryLock = 7_254_001;

/** The database cannot be brought to this version; the message is one sentence with the remedy. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
  readonly code: 'DATABASE_NEWER' | 'MIGRATION_CHANGED' | 'MIGRATION_FAILED';

  constructor(code: MigrationError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** One folder of `migrations/`. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

/** The migrations of this version, in the order in which they are applied. */
export function listMigrations(from = folder): readonly Migration[] {
  return readdirSync(from, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(from, entry.name, 'migration.sql')))
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(join(from, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}

/**
 * Brings the database to this version: each missing migration in its own transaction, under an advisory
 * lock, so that several processes may call it at once. Then grants the role `careloop_app`, where there
 * is one, what the product needs and no more. Applied migrations stand in `_prisma_migrations`.
 * Throws MigrationError.
 */
export async function migrate(url: string, migrations = listMigrations()): Promise<{ applied: string[] }> {
  const client = new pg.Client({ connectionString: url, application_name: 'careloop migrate' });
  // A lost connection also rejects the query that waits; without a listener it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [advisoryLock]);
    await client.query(`CREATE TABLE IF NOT EXISTS _prisma_migrations (
      id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz, migration_name varchar(255) NOT NULL,
      logs text, rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`);
    const missing = selectMissing(migrations, await readApplied(client));
    for (const migration of missing) await apply(client, migration);
    await client.query(readFileSync(join(folder, 'permissions.sql'), 'utf8'));
    return { applied: missing.map((migration) => migration.name) };
  } finally {
    // Ends the session, and with it the lock.
    await client.end();
  }
}

async function readApplied(client: pg.Client): Promise<ReadonlyMap<string, string>> {
  const result = await client.query<{ migration_name: string; checksum: string }>('SELECT migration_name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL');
  return new Map(result.rows.map((row) => [row.migration_name, row.checksum]));
}

function selectMissing(migrations: readonly Migration[], applied: ReadonlyMap<string, string>): readonly Migration[] {
  const known = new Set(migrations.map((migration) => migration.name));
  const newer = [...applied.keys()].filter((name) => !known.has(name)).sort();
  if (newer.length > 0) {
    throw new MigrationError('DATABASE_NEWER', `Expected a database of version ${migrations.at(-1)?.name ?? 'none'} or older, but the database is of a newer version (${newer.join(', ')}). Start the newer Careloop, or restore the backup made before the upgrade.`);
  }
  const changed = migrations.find((migration) => applied.has(migration.name) && applied.get(migration.name) !== migration.checksum);
  if (changed !== undefined) {
    throw new MigrationError('MIGRATION_CHANGED', `Expected migration ${changed.name} as it was applied to this database, but its file has changed since. Restore the file of the release, or use an empty database.`);
  }
  return migrations.filter((migration) => !applied.has(migration.name));
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  try {
    await client.query('BEGIN');
    await client.query(migration.sql);
    await client.query('INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count) VALUES ($1, $2, $3, now(), 1)', [randomUUID(), migration.checksum, migration.name]);
    await client.query('COMMIT');
  } catch (cause) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw new MigrationError('MIGRATION_FAILED', `Expected migration ${migration.name} to apply, but PostgreSQL said: ${cause instanceof Error ? cause.message : String(cause)}. Nothing of it was kept; correct the cause and start again.`, { cause });
  }
}
