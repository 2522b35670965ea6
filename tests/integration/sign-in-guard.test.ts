import { createDatabase, type Database } from '#database';
import { createSignInGuard, type SignInGuard } from '../../gateway/identity/sign-in-guard.ts';
import { startTestDatabase, type TestDatabase } from '../support/index.ts';

const minute = 60_000;
const start = Date.parse('2026-01-05T08:00:00Z');

let server: TestDatabase;
let database: Database;
let at: number;
let guard: SignInGuard;
/** Of a second gateway on the same database. */
let otherGuard: SignInGuard;

beforeAll(async () => {
  server = await startTestDatabase();
  database = createDatabase(server.url, 6);
  await database.prisma.user.create({ data: { id: 'u-nurse', username: 'nurse', name: 'Synthetic nurse', email: 'nurse@demo.invalid' } });
}, 300_000);
afterAll(async () => {
  await database?.close();
  await server?.stop();
});
beforeEach(async () => {
  at = start;
  for (const table of ['sign_in_counter', 'known_address', 'sign_in_refusal_hour']) await database.pool.query(`DELETE FROM ${table}`);
  guard = createSignInGuard(database, () => new Date(at));
  otherGuard = createSignInGuard(database, () => new Date(at));
});

const waitOf = async (account: string, address: string, by = guard) => (await by.begin(account, address))?.waitMs;
async function passes(tries: readonly (readonly [account: string, address: string])[]): Promise<number> {
  let passed = 0;
  for (const [account, address] of tries) if ((await waitOf(account, address)) === undefined) passed += 1;
  return passed;
}

describe('the guard of sign-in', () => {
  it('lets ten wrong tries of an address for an account pass, on two gateways together, and the next one after a quarter of an hour', async () => {
    const waits: (number | undefined)[] = [];
    for (let index = 0; index < 12; index += 1) waits.push(await waitOf('nurse', '10.0.0.1', index % 2 === 0 ? guard : otherGuard));

    expect(waits).toEqual([...Array.from({ length: 10 }, () => undefined), 15 * minute, 15 * minute]);
    at = start + 14 * minute;
    expect(await waitOf('nurse', '10.0.0.1')).toBe(minute);
    at = start + 15 * minute;
    expect(await waitOf('nurse', '10.0.0.1')).toBeUndefined();
  });

  it('counts tries that are made at once, each', async () => {
    const waits = await Promise.all(Array.from({ length: 30 }, (_, index) => waitOf('nurse', '10.0.0.1', index % 2 === 0 ? guard : otherGuard)));

    expect(waits.filter((wait) => wait === undefined)).toHaveLength(10);
  });

  it('bounds guesses for one account that are spread over addresses, and those of an IPv6 network as one', async () => {
    expect(await passes(Array.from({ length: 70 }, (_, index) => ['nurse', `10.0.1.${index}`]))).toBe(50);
    expect(await passes(Array.from({ length: 20 }, (_, index) => ['doctor', `2001:db8::${index + 1}`]))).toBe(10);
  });

  it('bounds guesses of one address that are spread over accounts', async () => {
    expect(await passes(Array.from({ length: 130 }, (_, index) => [`nurse-${index}`, '10.0.0.1']))).toBe(100);
  });

  it('does not shut out whoever has signed in at that address before, whatever others guess', async () => {
    await guard.begin('nurse', '10.0.0.1');
    await guard.succeed('nurse', '10.0.0.1');

    for (let index = 0; index < 60; index += 1) await guard.begin('nurse', `10.0.2.${index}`);
    for (let index = 0; index < 110; index += 1) await guard.begin(`guess-${index}`, '10.0.0.1');

    expect(await waitOf('nurse', '10.0.9.9')).toBeGreaterThan(0);
    expect(await waitOf('doctor', '10.0.0.1')).toBeGreaterThan(0);
    expect(await waitOf('nurse', '10.0.0.1', otherGuard)).toBeUndefined();
  });

  it('counts no try that was right, and forgets where somebody signed in after a month', async () => {
    for (let index = 0; index < 110; index += 1) {
      expect(await waitOf(`nurse-${index}`, '10.0.0.1')).toBeUndefined();
      await guard.succeed(`nurse-${index}`, '10.0.0.1');
    }
    for (let index = 0; index < 60; index += 1) await guard.begin('nurse-1', `10.0.2.${index}`);
    expect(await waitOf('nurse-1', '10.0.0.1')).toBeUndefined();

    at = start + 31 * 24 * 60 * minute;
    for (let index = 0; index < 60; index += 1) await guard.begin('nurse-1', `10.0.2.${index}`);
    expect(await waitOf('nurse-1', '10.0.0.1')).toBe(15 * minute);
  });

  it('names locked accounts of people, never a name that nobody has, and unlocks', async () => {
    for (let index = 0; index < 11; index += 1) for (const name of ['nurse', 'nobody-has-this']) await guard.begin(name, '10.0.0.1');
    const refusal = await guard.begin('nurse', '10.0.0.1');

    expect(refusal).toEqual({ waitMs: 15 * minute, since: new Date(start), userId: 'u-nurse' });
    expect(await guard.begin('nobody-has-this', '10.0.0.1')).not.toHaveProperty('userId');
    expect(await guard.locked()).toEqual([{ userId: 'u-nurse', since: new Date(start), until: new Date(start + 15 * minute), wrong: 10, address: '10.0.0.1' }]);
    expect(JSON.stringify((await database.pool.query('SELECT * FROM sign_in_counter')).rows)).not.toContain('nobody');
    expect(await guard.unlock('u-nurse')).toBeGreaterThan(0);
    expect(await guard.locked()).toEqual([]);
    expect(await waitOf('nurse', '10.0.0.1')).toBeUndefined();
  });

  it('counts refused tries by hour, person and address', async () => {
    for (let index = 0; index < 12; index += 1) if ((await guard.begin('nurse', '10.0.0.1')) === undefined) await guard.fail('nurse', '10.0.0.1');
    await guard.fail('nobody-has-this', '10.0.0.1');

    expect(await database.prisma.signInRefusalHour.findMany({ orderBy: { userId: 'asc' } })).toEqual([
      { hour: new Date(start), userId: '', address: '10.0.0.1', wrong: 1, locked: 0, unnoticed: 0 },
      { hour: new Date(start), userId: 'u-nurse', address: '10.0.0.1', wrong: 10, locked: 2, unnoticed: 12 },
    ]);
  });

  it('refuses rather than waits when the database does not answer', async () => {
    await guard.begin('nurse', '10.0.0.1');
    const blocker = await database.connectBeside();
    try {
      await blocker.query('BEGIN; LOCK TABLE sign_in_counter IN ACCESS EXCLUSIVE MODE');
      await expect(guard.begin('nurse', '10.0.0.1')).rejects.toThrow(/statement timeout/);
    } finally {
      await blocker.end();
    }
  }, 20_000);

  it('counts tries that begin and succeed at the same time, and lets none of them wait for another that waits for it', async () => {
    const accounts = Array.from({ length: 60 }, (_, index) => [`person-${index}`, `10.0.${index % 4}.9`] as const);
    for (const [account, address] of accounts) await guard.begin(account, address);

    const acts = accounts.flatMap(([account, address]) => [guard.succeed(account, address), guard.begin(account, address), otherGuard.begin(account, address)]);

    expect((await Promise.allSettled(acts)).filter(({ status }) => status === 'rejected')).toEqual([]);
  });
});
