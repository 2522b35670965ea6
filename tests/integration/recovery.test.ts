import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandService } from '../../gateway/commands/index.ts';
import { createPasswordLink, openBreachedPasswords, type BreachedPasswords } from '../../gateway/identity/index.ts';
import { startGateway, type As, type RunningGateway } from '../support/running-gateway.ts';
import { startTestDatabase, type TestDatabase } from '../support/index.ts';

let server: TestDatabase;
let gateway: RunningGateway;
let breachedPasswords: BreachedPasswords;
let folder: string;
// No operation here reaches a process.
const commands = {} as CommandService;
const goodPassword = 'tulip grape anvil moss';

beforeAll(async () => {
  server = await startTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'careloop-recovery-'));
  writeFileSync(join(folder, 'breached.txt'), `${createHash('sha1').update('stolen words of old').digest('hex').toUpperCase()}:7\n`);
  breachedPasswords = await openBreachedPasswords(join(folder, 'breached.txt'));
  gateway = await startGateway({ databaseUrl: server.url, commands, breachedPasswords });
}, 300_000);
afterAll(async () => {
  await gateway?.close();
  await breachedPasswords?.close();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const openDocument = 'mutation($input: OpenRecoveryInput!) { openRecovery(input: $input) { __typename ... on OpenRecoveryPayload { recoveryCode recovery { id status username } } ... on Error { code } } }';
const confirmDocument = 'mutation($id: ID!) { confirmRecovery(input: { recoveryId: $id }) { __typename ... on ConfirmRecoveryPayload { recoveryPath linkExpiresAt recovery { status } } ... on Error { code } } }';
const withdrawDocument = 'mutation($id: ID!) { withdrawRecovery(input: { recoveryId: $id, reason: "found again" }) { __typename ... on WithdrawRecoveryPayload { recovery { status } } ... on Error { code } } }';
const open = (as: As, username: string) => gateway.graphql(as, openDocument, { input: { username, reason: 'phone was lost', identityCheck: 'staff card, seen at the desk', removesFactors: true } });
const post = async (path: string, body: unknown, headers: As = {}, method = 'POST') => {
  const response = await fetch(`${gateway.url}${path}`, { method, headers: { 'content-type': 'application/json', origin: 'http://localhost:4000', ...headers }, ...(method === 'POST' ? { body: typeof body === 'string' ? body : JSON.stringify(body) } : {}) });
  return { status: response.status, body: (await response.json().catch(() => ({}))) as Record<string, unknown>, headers: response.headers };
};
const signIn = (username: string, password: string) => post('/api/auth/sign-in/username', { username, password });
const tokenOf = (path: string) => path.slice('/recover#'.length);
const statusOf = async (as: As) => (await gateway.graphql(as, '{ viewer { id } }')).status;

async function confirmed(username: string): Promise<{ readonly id: string; readonly code: string; readonly token: string }> {
  const { recoveryCode, recovery } = (await open(await gateway.signIn('system-administrator'), username)).data.openRecovery;
  const { recoveryPath } = (await gateway.graphql(await gateway.signIn('security-administrator'), confirmDocument, { id: recovery.id })).data.confirmRecovery;
  return { id: recovery.id, code: recoveryCode, token: tokenOf(recoveryPath) };
}

describe('recovery', () => {
  it('lets a person in again by two administrators, once, with link and code, on record', async () => {
    const before = await gateway.signIn('doctor');
    const { id, code, token } = await confirmed('doctor-w1');
    expect(JSON.stringify([await gateway.database.prisma.verification.findMany(), await gateway.database.prisma.recoveryCase.findMany()])).not.toContain(token);

    expect((await post('/api/recovery/read', { token })).body).toEqual({ purpose: 'recovery', username: 'doctor-w1', needsCode: true });
    expect((await post('/api/recovery/password', { token, code: '00000000', password: goodPassword })).body).toMatchObject({ code: 'CODE_WRONG' });
    expect((await post('/api/recovery/password', { token, password: goodPassword })).body).toMatchObject({ code: 'CODE_WRONG' });
    expect((await post('/api/recovery/password', { token, code, password: 'stolen words of old' })).body).toMatchObject({ code: 'PASSWORD_BREACHED' });
    expect((await post('/api/recovery/password', { token, code, password: 'doctor-w1-2026-01' })).body).toMatchObject({ code: 'PASSWORD_CONTAINS_NAME' });
    expect(await statusOf(before)).toBe(200);
    const done = await post('/api/recovery/password', { token, code, password: goodPassword });
    expect([done.status, done.body, done.headers.get('cache-control'), done.headers.get('referrer-policy'), done.headers.getSetCookie()]).toEqual([200, { isSet: true }, 'no-store', 'no-referrer', []]);

    expect(await statusOf(before)).toBe(401);
    expect((await post('/api/recovery/password', { token, code, password: `${goodPassword} again` })).body).toMatchObject({ code: 'LINK_INVALID' });
    expect((await signIn('doctor-w1', gateway.credentials.users['doctor']?.password ?? '')).status).toBe(401);
    const inside = await signIn('doctor-w1', goodPassword);
    expect(inside.status).toBe(200);
    const cookie = { cookie: inside.headers.getSetCookie().map((each) => each.split(';')[0]).join('; ') };
    const { data } = await gateway.graphql(cookie, '{ viewer { accountNotices { id kind } } }');
    expect(data.viewer.accountNotices.map(({ kind }: { kind: string }) => kind)).toContain('recovered');
    await gateway.graphql(cookie, 'mutation($ids: [ID!]!) { acknowledgeAccountNotices(noticeIds: $ids) { __typename } }', { ids: data.viewer.accountNotices.map((notice: { id: string }) => notice.id) });
    expect((await gateway.graphql(cookie, '{ viewer { accountNotices { id } } }')).data.viewer.accountNotices).toEqual([]);

    const steps = await Promise.all(['recovery.opened', 'recovery.confirmed', 'recovery.used'].map(async (action) => (await gateway.entries(action)).map(({ actorId }) => actorId)));
    expect(steps).toEqual([['demo-system-administrator'], ['demo-security-administrator'], ['demo-doctor-w1']]);
    expect((await gateway.database.prisma.recoveryCase.findUniqueOrThrow({ where: { id } })).usedAt).not.toBeNull();
  });

  it('needs both administrators, neither for themselves, nobody twice', async () => {
    const [system, security, nurse] = [await gateway.signIn('system-administrator'), await gateway.signIn('security-administrator'), await gateway.signIn('nurse')];

    expect((await open(nurse, 'finance')).errors?.[0]?.extensions?.code ?? (await open(nurse, 'finance')).data.openRecovery.code).toBe('FORBIDDEN');
    expect((await open(system, 'nobody-has-this')).data.openRecovery.code).toBe('PERSON_NOT_FOUND');
    expect((await open(system, 'system-administrator')).data.openRecovery.code).toBe('RECOVERY_NOT_FOR_ONESELF');
    const { id } = (await open(system, 'security-administrator')).data.openRecovery.recovery;
    expect((await gateway.graphql(system, confirmDocument, { id })).data?.confirmRecovery?.code ?? 'FORBIDDEN').toBe('FORBIDDEN');
    expect((await gateway.graphql(security, confirmDocument, { id })).data.confirmRecovery.code).toBe('RECOVERY_NOT_FOR_ONESELF');
    expect((await open(system, 'security-administrator')).data.openRecovery.code).toBe('RECOVERY_OPEN');
    expect((await gateway.graphql(security, withdrawDocument, { id })).data.withdrawRecovery.recovery.status).toBe('withdrawn');
    expect((await gateway.graphql(security, confirmDocument, { id: 'no-such-case' })).data.confirmRecovery.code).toBe('RECOVERY_NOT_FOUND');
    await expect(gateway.database.prisma.recoveryCase.update({ where: { id }, data: { confirmedBy: 'demo-system-administrator' } })).rejects.toThrow(/recovery_case_two_people/);
  });

  it('expires: a case after a day, a link after an hour, and both with too many wrong codes or a withdrawal', async () => {
    const [system, security] = [await gateway.signIn('system-administrator'), await gateway.signIn('security-administrator')];
    const { id } = (await open(system, 'pharmacist')).data.openRecovery.recovery;
    await gateway.database.pool.query(`UPDATE recovery_case SET expires_at = now() - interval '1 second' WHERE id::text = $1`, [id]);
    expect((await gateway.graphql(security, confirmDocument, { id })).data.confirmRecovery.code).toBe('RECOVERY_CLOSED');

    const late = await confirmed('pharmacist');
    await gateway.database.pool.query(`UPDATE verification SET expires_at = now() - interval '1 second'; `);
    await gateway.database.pool.query(`UPDATE recovery_case SET link_expires_at = now() - interval '1 second' WHERE id::text = $1`, [late.id]);
    expect((await post('/api/recovery/read', { token: late.token })).status).toBe(404);
    expect((await post('/api/recovery/password', { token: late.token, code: late.code, password: goodPassword })).body).toMatchObject({ code: 'LINK_INVALID' });

    const guessed = await confirmed('pharmacist');
    for (let index = 0; index < 5; index += 1) await post('/api/recovery/password', { token: guessed.token, code: String(index), password: goodPassword });
    expect((await post('/api/recovery/password', { token: guessed.token, code: guessed.code, password: goodPassword })).body).toMatchObject({ code: 'LINK_INVALID' });

    await gateway.graphql(security, withdrawDocument, { id: guessed.id });
    const withdrawn = await confirmed('pharmacist');
    await gateway.graphql(system, withdrawDocument, { id: withdrawn.id });
    expect((await post('/api/recovery/read', { token: withdrawn.token })).status).toBe(404);
  });

  it.each([
    ['no JSON', '/api/recovery/read', 'token', 400, 'REQUEST_INVALID'],
    ['another shape', '/api/recovery/password', { token: ['x'], password: 1 }, 400, 'REQUEST_INVALID'],
    ['a token that never was', '/api/recovery/read', { token: 'x' }, 404, 'LINK_INVALID'],
    ['an endless password', '/api/recovery/password', { token: 'x', password: 'p'.repeat(9_000) }, 413, 'BODY_TOO_LARGE'],
    ['another path', '/api/recovery/else', {}, 404, 'NOT_FOUND'],
  ])('answers %s with a code', async (_what, path, body, status, code) => {
    expect(await post(path, body)).toMatchObject({ status, body: { code } });
  });
});

describe('passwords', () => {
  it('are set first by a link, which two at once can use but once', async () => {
    await gateway.database.prisma.user.create({ data: { id: 'new', username: 'new-person', name: 'Synthetic', email: 'new@demo.invalid' } });
    const { token } = await createPasswordLink(gateway.database, 'new', 'first', 3_600_000);
    const { token: newer } = await createPasswordLink(gateway.database, 'new', 'first', 3_600_000);

    expect((await post('/api/recovery/read', { token })).status).toBe(404);
    expect((await post('/api/recovery/read', { token: newer })).body).toEqual({ purpose: 'first', username: 'new-person', needsCode: false });
    const both = await Promise.all([post('/api/recovery/password', { token: newer, password: goodPassword }), post('/api/recovery/password', { token: newer, password: `${goodPassword} two` })]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 404]);
    expect(await gateway.entries('password.set')).toHaveLength(1);
  });

  it('are changed with the current one alone, end other sessions, and are checked', async () => {
    const [here, there] = [await gateway.signIn('auditor'), await gateway.signIn('auditor')];
    const current = gateway.credentials.users['auditor']?.password ?? '';
    const change = (currentPassword: string, newPassword: string) => post('/api/auth/change-password', { currentPassword, newPassword, revokeOtherSessions: true }, here);

    expect(await change(current, 'short')).toMatchObject({ status: 400, body: { code: 'PASSWORD_TOO_SHORT' } });
    expect(await change(current, 'password123456')).toMatchObject({ status: 400, body: { code: 'PASSWORD_COMMON' } });
    expect(await change(current, 'stolen words of old')).toMatchObject({ status: 400, body: { code: 'PASSWORD_BREACHED' } });
    expect(await change('not the password', goodPassword)).toMatchObject({ status: 400, body: { code: 'INVALID_PASSWORD' } });
    expect(await statusOf(there)).toBe(200);
    const changed = await change(current, goodPassword);

    expect(changed.status).toBe(200);
    expect(changed.body).not.toHaveProperty('token');
    expect(await statusOf(here)).toBe(200);
    expect(await statusOf(there)).toBe(401);
    expect((await gateway.entries('password.changed')).at(-1)).toMatchObject({ actorId: 'demo-auditor' });
    // Guessing the current password from an open session is bounded as at the sign-in.
    const tries = [];
    for (let index = 0; index < 11; index += 1) tries.push((await change('not the password', `${goodPassword} new`)).status);
    expect(tries.slice(0, 9).every((status) => status === 400)).toBe(true);
    expect(tries.at(-1)).toBe(429);
  }, 60_000);
});

describe('locked accounts', () => {
  it('are listed for the security administrator, unlocked with a reason, and told to the person', async () => {
    for (let index = 0; index < 11; index += 1) await signIn('finance-2', 'not the password');
    expect((await signIn('finance-2', gateway.credentials.users['finance-2']?.password ?? '')).status).toBe(429);
    expect((await gateway.entries('signIn.locked')).at(-1)).toMatchObject({ reason: 'TOO_MANY_ATTEMPTS' });
    const security = await gateway.signIn('security-administrator');

    const { data } = await gateway.graphql(security, '{ signInSecurity { lockedAccounts { username wrongTries address } refusedByHour { wrong locked addresses accounts } } }');
    expect(data.signInSecurity.lockedAccounts).toContainEqual({ username: 'finance-2', wrongTries: 10, address: '127.0.0.1' });
    expect(data.signInSecurity.refusedByHour[0].wrong).toBeGreaterThanOrEqual(10);
    expect((await gateway.graphql(await gateway.signIn('nurse'), '{ signInSecurity { __typename } }')).errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    const unlock = 'mutation { unlockAccount(input: { username: "finance-2", reason: "called us" }) { ... on UnlockAccountPayload { unlocked } } }';
    expect((await gateway.graphql(security, unlock)).data.unlockAccount.unlocked).toBeGreaterThan(0);

    const person = await gateway.signIn('finance-2');
    const notices = (await gateway.graphql(person, '{ viewer { accountNotices { kind wrongTries addresses } } }')).data.viewer.accountNotices;
    expect(notices).toContainEqual({ kind: 'wrongTries', wrongTries: 12, addresses: 1 });
    expect(notices).toContainEqual({ kind: 'unlocked', wrongTries: null, addresses: null });
    expect((await gateway.entries('signIn.unlocked')).at(-1)).toMatchObject({ actorId: 'demo-security-administrator', reason: 'called us' });
  }, 60_000);

  it('stay locked over a restart and on another gateway', async () => {
    for (let index = 0; index < 11; index += 1) await signIn('pharmacist-2', 'not the password');
    const other = await startGateway({ databaseUrl: server.url, commands });
    const response = await fetch(`${other.url}/api/auth/sign-in/username`, { method: 'POST', headers: { 'content-type': 'application/json', origin: 'http://localhost:4000' }, body: JSON.stringify(other.credentials.users['pharmacist-2']) });

    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(600);
    await other.close();
  }, 60_000);
});
