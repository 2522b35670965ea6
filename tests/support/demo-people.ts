import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Database } from '#database';
import { createDemoIdentities, type DemoCredentials } from '../../gateway/identity/index.ts';
import { systemRoles } from '../../gateway/identity/policy.ts';
import { currentRun } from './test-servers.ts';

const clients = systemRoles.map((role) => `'${role}'`).join(', ');

/** The tables in which the demo's people and systems stand, parents first, and which of their rows are theirs. */
const tables = [
  ['"user"', "id LIKE 'demo-%'"],
  ['account', "user_id LIKE 'demo-%' AND provider_id = 'credential'"],
  ['role_assignment', "user_id LIKE 'demo-%'"],
  ['qualification', "user_id LIKE 'demo-%'"],
  ['system_client', `id IN (${clients})`],
  ['client_credential', `client_id IN (${clients}) AND kind = 'secret' AND created_by IS NULL AND revoked_at IS NULL`],
] as const;

const snapshotSchema = z.object({ credentials: z.string(), rows: z.array(z.unknown()).length(tables.length) });

/**
 * The people and systems of `createDemoIdentities`, made once a run for the same wards and copied from then on: their
 * some twenty passwords cost seconds of hashing, in each of the fifty databases that ask for them. As there, what the
 * database holds of another start gets these passwords and secrets.
 */
export async function copyDemoIdentities({ database, dataFolder }: { readonly database: Database; readonly dataFolder: string }): Promise<DemoCredentials> {
  const wards = await database.prisma.ward.findMany({ orderBy: { id: 'asc' }, select: { id: true } });
  const folder = join(currentRun().folder, 'demo-people');
  const snapshot = join(folder, `${createHash('sha256').update(JSON.stringify(wards)).digest('hex')}.json`);
  const credentials = join(dataFolder, 'demo-credentials.json');
  if (!existsSync(snapshot)) {
    const made = await createDemoIdentities({ database, dataFolder });
    mkdirSync(folder, { recursive: true });
    // Renamed into place: several workers may have begun at once, and any of theirs will do.
    const draft = `${snapshot}.${randomBytes(4).toString('hex')}`;
    writeFileSync(draft, JSON.stringify({ credentials: readFileSync(credentials, 'utf8'), rows: await readRows(database) }), { mode: 0o600 });
    renameSync(draft, snapshot);
    return made;
  }
  const known = snapshotSchema.parse(JSON.parse(readFileSync(snapshot, 'utf8')));
  await writeRows(database, known.rows);
  writeFileSync(credentials, known.credentials, { mode: 0o600 });
  // Written by createDemoIdentities.
  return JSON.parse(known.credentials) as DemoCredentials;
}

async function readRows({ pool }: Database): Promise<unknown[]> {
  const rows: unknown[] = [];
  for (const [table, condition] of tables) rows.push((await pool.query<{ rows: unknown }>(`SELECT coalesce(json_agg(t), '[]') AS rows FROM ${table} t WHERE ${condition}`)).rows[0]?.rows);
  return rows;
}

async function writeRows({ pool }: Database, rows: readonly unknown[]): Promise<void> {
  const [, accounts, , , , secrets] = rows.map((each) => JSON.stringify(each));
  await pool.query(`DELETE FROM account a USING json_populate_recordset(NULL::account, $1) known WHERE a.user_id = known.user_id AND a.provider_id = 'credential' AND a.id <> known.id`, [accounts]);
  await pool.query(`UPDATE client_credential c SET revoked_at = now() FROM json_populate_recordset(NULL::client_credential, $1) known WHERE c.client_id = known.client_id AND c.kind = 'secret' AND c.created_by IS NULL AND c.revoked_at IS NULL AND c.id <> known.id`, [secrets]);
  for (const [index, [table]] of tables.entries()) await pool.query(`INSERT INTO ${table} SELECT * FROM json_populate_recordset(NULL::${table}, $1) ON CONFLICT DO NOTHING`, [JSON.stringify(rows[index])]);
  await pool.query(`UPDATE account a SET password = known.password FROM json_populate_recordset(NULL::account, $1) known WHERE a.id = known.id AND a.password IS DISTINCT FROM known.password`, [accounts]);
}
