import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { createDatabase, listMigrations, migrate } from '#database';
import { createDemoIdentities } from '../../gateway/identity/index.ts';
import { personRoles } from '../../gateway/identity/policy.ts';
import { neededQualification } from '../../gateway/identity/role-requirements.ts';
import { rolesOfPerson } from '../../gateway/identity/roles-in-force.ts';
import { startTestDatabase, type TestDatabase } from '../support/index.ts';

// Up to 0017 a person's roles and ward stood in the account; 0018 moves them into assignments and drops the columns.
const moving = listMigrations().findIndex(({ name }) => name === '0018_people_and_roles');
const earlier = listMigrations().slice(0, moving);
const created = new Date('2026-01-05T08:00:00.000Z');
const dayMs = 86_400_000;

interface EarlierPerson {
  readonly id: string;
  readonly roles: readonly string[] | null;
  readonly unit: string | null;
}

/** One of every role, as the demo hospital had them, and who is less usual. */
const everyRole: readonly EarlierPerson[] = personRoles.map((role) => ({ id: `one-${role}`, roles: [role], unit: ['doctor', 'nurse', 'head-nurse'].includes(role) ? 'W1' : null }));
const others: readonly EarlierPerson[] = [
  { id: 'two-roles', roles: ['nurse', 'head-nurse'], unit: 'W2' },
  { id: 'two-licences', roles: ['doctor', 'pharmacist'], unit: null },
  { id: 'given-twice', roles: ['operator', 'operator'], unit: null },
  { id: 'empty-ward', roles: ['process-owner'], unit: '' },
  { id: 'nothing', roles: [], unit: 'W1' },
  { id: 'null', roles: null, unit: null },
  { id: 'licensed', roles: ['nurse'], unit: 'W1' },
  { id: 'demo-nurse-w1', roles: ['nurse'], unit: 'W1' },
];
const everybody = [...everyRole, ...others];

let server: TestDatabase;
let owner: pg.Client;

/** An empty database of before the move, with the wards and people given. */
beforeEach(async () => {
  server = await startTestDatabase();
  owner = new pg.Client({ connectionString: server.ownerUrl });
  await owner.connect();
  await owner.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
  await migrate(server.ownerUrl, earlier);
  await owner.query(`INSERT INTO ward (id, name) VALUES ('W1', '{"zh-CN": "一病区", "en": "Ward 1"}'), ('W2', '{"zh-CN": "二病区", "en": "Ward 2"}')`);
}, 300_000);
afterEach(async () => {
  await owner.end();
  await server.stop();
});

async function addPerson({ id, roles, unit }: EarlierPerson): Promise<void> {
  const username = id.replace(/^demo-/, '');
  await owner.query(`INSERT INTO "user" (id, name, email, username, display_username, created_at, updated_at, roles, unit, badge) VALUES ($1, $2, $3, $4, $4, $5, $5, $6, $7, $8)`, [id, `${id}（合成）`, `${id}@test.invalid`, username, created, roles, unit, `badge of ${id}`]);
  await owner.query(`INSERT INTO account (id, account_id, provider_id, user_id, password, updated_at) VALUES ('account of ' || $1, $1, 'credential', $1, 'hash of ' || $1, $2)`, [id, created]);
}
const rowsOf = async (sql: string): Promise<unknown[]> => (await owner.query(sql)).rows;

describe('people of before the assignments', () => {
  it('keep every role and ward, with their licences for thirty days, and lose nothing else', async () => {
    for (const person of everybody) await addPerson(person);
    await owner.query(`INSERT INTO qualification (id, user_id, code, identifier, valid_from, recorded_by) VALUES (gen_random_uuid(), 'licensed', 'nurse-licence', 'N-1', $1, 'by hand')`, [created]);
    const account = `SELECT u.id, u.name, u.email, u.username, u.display_username, u.created_at, u.updated_at, u.badge, a.id AS account_id, a.password FROM "user" u JOIN account a ON a.user_id = u.id ORDER BY u.id`;
    const accounts = await rowsOf(account);

    await migrate(server.ownerUrl);

    const expected = everybody.flatMap(({ id, roles, unit }) => [...new Set(roles ?? [])].map((role) => ({ user_id: id, role, unit: unit === '' ? null : unit, kind: 'regular', on_behalf_of: null, source_id: null, valid_from: created, valid_until: null, ended_at: null, granted_by: 'migration 0018' })));
    const moved = await rowsOf('SELECT user_id, role, unit, kind, on_behalf_of, source_id, valid_from, valid_until, ended_at, granted_by FROM role_assignment');
    expect(moved).toHaveLength(expected.length);
    expect(moved).toEqual(expect.arrayContaining(expected));
    const licences = (await rowsOf('SELECT user_id, code, identifier, valid_from, valid_until, recorded_by FROM qualification')) as { user_id: string; code: string; valid_from: Date; valid_until: Date | null; recorded_by: string }[];
    const needed = everybody.flatMap(({ id, roles }) => [...new Set((roles ?? []).flatMap((role) => (neededQualification as Readonly<Record<string, string>>)[role] ?? []))].map((code) => `${id} ${code}`));
    expect(licences.map(({ user_id, code }) => `${user_id} ${code}`).sort()).toEqual(needed.sort());
    expect(licences.filter(({ user_id }) => user_id === 'licensed')).toMatchObject([{ identifier: 'N-1', valid_until: null, recorded_by: 'by hand' }]);
    for (const { user_id, valid_from, valid_until } of licences) {
      if (user_id === 'licensed') continue;
      expect(valid_from).toEqual(created);
      expect(Math.abs(Number(valid_until) - Date.now() - 30 * dayMs)).toBeLessThan(dayMs / 24);
    }
    expect(await rowsOf(account)).toEqual(accounts);
  }, 60_000);

  it('may do the next day what they might the day before, and without a recorded licence a month later no longer', async () => {
    for (const person of everybody) await addPerson(person);
    await migrate(server.ownerUrl);
    const database = createDatabase(server.url, 2);
    try {
      for (const { id, roles, unit } of everybody) {
        const held = await rolesOfPerson(database, id);
        const ward = unit === null || unit === '' ? {} : { unit };
        expect([id, held.assignments]).toEqual([id, [...new Set(roles ?? [])].sort().map((role) => ({ role, ...ward }))]);
        const later = await rolesOfPerson(database, id, new Date(Date.now() + 31 * dayMs));
        expect([id, later.roles]).toEqual([id, [...new Set(roles ?? [])].filter((role) => !(role in neededQualification)).sort()]);
      }
    } finally {
      await database.close();
    }
  }, 60_000);

  it('of the demo hospital have each role once when it starts again', async () => {
    await addPerson({ id: 'demo-nurse-w1', roles: ['nurse'], unit: 'W1' });
    await owner.query('UPDATE account SET password = NULL');
    await migrate(server.ownerUrl);
    const dataFolder = mkdtempSync(join(tmpdir(), 'careloop-migrated-'));
    const database = createDatabase(server.url, 4);
    try {
      await createDemoIdentities({ database, dataFolder });

      expect((await rolesOfPerson(database, 'demo-nurse-w1')).assignments).toEqual([{ role: 'nurse', unit: 'W1' }]);
      // Its licence is one for good by then: a demo does not end after a month.
      expect((await rolesOfPerson(database, 'demo-nurse-w1', new Date(Date.now() + 31 * dayMs))).roles).toEqual(['nurse']);
      expect((await rolesOfPerson(database, 'demo-nurse-w2')).assignments).toEqual([{ role: 'nurse', unit: 'W2' }]);
    } finally {
      await database.close();
      rmSync(dataFolder, { recursive: true, force: true });
    }
  }, 60_000);
});

describe('an administrator with another role', () => {
  it.each([[['system-administrator', 'auditor']], [['nurse', 'security-administrator']], [['auditor', 'privacy-officer']]])('as %j stops the move with the remedy, and it goes on once one was taken away', async (roles) => {
    await addPerson({ id: 'one-nurse', roles: ['nurse'], unit: 'W1' });
    await addPerson({ id: 'mixed', roles, unit: null });

    await expect(migrate(server.ownerUrl)).rejects.toMatchObject({ code: 'MIGRATION_FAILED', message: expect.stringMatching(/^Expected migration 0018_people_and_roles to apply, but PostgreSQL said: Expected nobody to have an administrator role .* beside another role, but 1 people have; take one of the roles from each, then migrate again/) });

    expect(await rowsOf('SELECT id, roles FROM "user" ORDER BY id')).toEqual([{ id: 'mixed', roles }, { id: 'one-nurse', roles: ['nurse'] }]);
    expect(await rowsOf('SELECT role FROM role_assignment')).toEqual([]);
    await owner.query(`UPDATE "user" SET roles = roles[1:1] WHERE id = 'mixed'`);
    await migrate(server.ownerUrl);
    expect(await rowsOf('SELECT user_id, role FROM role_assignment ORDER BY user_id')).toEqual([{ user_id: 'mixed', role: roles[0] }, { user_id: 'one-nurse', role: 'nurse' }]);
  }, 60_000);
});
