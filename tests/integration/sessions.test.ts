import type { CommandService } from '../../gateway/commands/index.ts';
import { startGateway, type As, type RunningGateway } from '../support/running-gateway.ts';
import { startTestDatabase, type TestDatabase } from '../support/index.ts';

let server: TestDatabase;
let gateway: RunningGateway;
/** Another gateway on the same database. */
let other: RunningGateway;
// No operation here reaches a process.
const commands = {} as CommandService;

beforeAll(async () => {
  server = await startTestDatabase();
  gateway = await startGateway({ databaseUrl: server.url, commands });
  other = await startGateway({ databaseUrl: server.url, commands });
  // A start may give the people other passwords: those of the last one count.
  Object.assign(gateway.credentials, other.credentials);
}, 300_000);
afterAll(async () => {
  await gateway?.close();
  await other?.close();
  await server?.stop();
});

const sessionsQuery = '{ viewer { id session { idleSecondsLeft idleSeconds secondsLeft } sessions { id isCurrent authenticatedBy hasSecondFactor isSharedDevice address userAgent createdAt lastActiveAt endsAt } } }';
const statusOf = async (as: As, at = gateway, headers: As = {}) => (await at.graphql(as, '{ viewer { id } }', {}, headers)).status;
/** Lets time pass for all sessions of a person. */
const age = (userId: string, minutes: number) => gateway.database.pool.query(`UPDATE session SET last_active_at = last_active_at - $2 * interval '1 minute' WHERE user_id = $1`, [userId, minutes]);
const lastActive = async (userId: string) => (await gateway.database.prisma.session.findFirstOrThrow({ where: { userId }, orderBy: { lastActiveAt: 'desc' } })).lastActiveAt.getTime();
const signInAt = (at: RunningGateway, role: string, headers: As = {}, more: object = {}) =>
  fetch(`${at.url}/api/auth/sign-in/username`, { method: 'POST', headers: { 'content-type': 'application/json', origin: 'http://localhost:4000', ...headers }, body: JSON.stringify({ ...at.credentials.users[role], ...more }) });
const cookieOf = (response: Response) => ({ cookie: response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]).join('; ') });

describe('a session that nobody works with', () => {
  it('ends after half an hour, on every gateway, on record', async () => {
    const nurse = await gateway.signIn('nurse');
    await age('demo-nurse-w1', 29);
    expect(await statusOf(nurse, other, { 'x-careloop-background': '1' })).toBe(200);

    await age('demo-nurse-w1', 1.1);

    expect(await statusOf(nurse, other)).toBe(401);
    expect(await statusOf(nurse)).toBe(401);
    expect((await gateway.entries('session.ended')).at(-1)).toMatchObject({ actorId: 'demo-nurse-w1', reason: 'IDLE' });
  });

  it('ends after ten minutes on a shared device', async () => {
    const nurse = cookieOf(await signInAt(gateway, 'nurse', { 'x-careloop-shared-device': '1' }));
    const { data } = await gateway.graphql(nurse, sessionsQuery);
    expect(data.viewer.session.idleSeconds).toBe(600);
    expect(data.viewer.sessions[0].isSharedDevice).toBe(true);

    await age('demo-nurse-w1', 10.1);

    expect(await statusOf(nurse)).toBe(401);
  });

  it('lives on by what a person does, written at most once a minute, not by polls', async () => {
    const doctor = await gateway.signIn('doctor');
    const started = await lastActive('demo-doctor-w1');
    await statusOf(doctor);
    expect(await lastActive('demo-doctor-w1')).toBe(started);
    await age('demo-doctor-w1', 5);

    await statusOf(doctor, gateway, { 'x-careloop-background': '1' });
    await statusOf(doctor, gateway, { accept: 'text/event-stream' }).catch(() => undefined);
    expect(await lastActive('demo-doctor-w1')).toBe(started - 5 * 60_000);

    await statusOf(doctor);
    expect(await lastActive('demo-doctor-w1')).toBeGreaterThan(started - 60_000);
  });

  it('can no longer change the password', async () => {
    const doctor = await gateway.signIn('doctor');
    await age('demo-doctor-w1', 31);

    const response = await fetch(`${gateway.url}/api/auth/change-password`, { method: 'POST', headers: { ...doctor, 'content-type': 'application/json', origin: 'http://localhost:4000' }, body: JSON.stringify({ currentPassword: gateway.credentials.users['doctor']?.password, newPassword: 'tulip grape anvil moss' }) });

    expect(response.status).toBe(401);
  });

  it('ends its subscription within seconds', async () => {
    const doctor = await gateway.signIn('doctor');
    const stream = await fetch(`${gateway.url}/graphql`, { method: 'POST', headers: { ...doctor, 'content-type': 'application/json', accept: 'text/event-stream' }, body: JSON.stringify({ query: 'subscription { tasksChanged { cursor } }' }), signal: AbortSignal.timeout(20_000) });
    expect(stream.status).toBe(200);
    await age('demo-doctor-w1', 31);

    // Read to its end; the signal would reject it.
    await expect(stream.text()).resolves.toContain('event: complete');
  }, 30_000);
});

describe('every session', () => {
  it('ends after twelve hours, also when asked to be short or long', async () => {
    const response = await signInAt(gateway, 'pharmacist', {}, { rememberMe: false });

    const { data } = await gateway.graphql(cookieOf(response), sessionsQuery);

    expect(data.viewer.session.secondsLeft).toBeLessThanOrEqual(12 * 3600);
    await gateway.database.prisma.session.updateMany({ where: { userId: 'demo-pharmacist' }, data: { expiresAt: new Date(Date.now() - 1) } });
    expect(await statusOf(cookieOf(response))).toBe(401);
  });

  it('tells its secret in no answer, and ends the one that the browser had', async () => {
    const first = await signInAt(gateway, 'pharmacist');
    expect(await first.json()).not.toHaveProperty('token');
    const second = await signInAt(gateway, 'pharmacist', cookieOf(first));

    expect(cookieOf(second).cookie).not.toBe(cookieOf(first).cookie);
    // 62 to the power of 32: about 190 bits.
    expect(decodeURIComponent(cookieOf(second).cookie)).toMatch(/=[A-Za-z0-9]{32}\./);
    expect(await statusOf(cookieOf(first))).toBe(401);
    expect(await statusOf(cookieOf(second))).toBe(200);
  });

  it('has a cookie that no other host can set, with https', async () => {
    const https = await startGateway({ databaseUrl: server.url, commands, baseUrl: 'https://careloop.example', trustedProxies: '127.0.0.1' });
    Object.assign(gateway.credentials, https.credentials);
    Object.assign(other.credentials, https.credentials);
    const [cookie = ''] = (await signInAt(https, 'auditor', { origin: 'https://careloop.example' })).headers.getSetCookie();

    expect(cookie).toMatch(/^__Host-careloop\.session_token=[^;]+;.*Path=\/;.*HttpOnly;.*Secure;/);
    expect(cookie).not.toMatch(/domain=/i);
    expect(await statusOf({ cookie: cookie.split(';')[0] ?? '' }, https)).toBe(200);
    const plain = await fetch(`${https.url}/tasks`, { redirect: 'manual', headers: { 'x-forwarded-proto': 'http', accept: 'text/html' } });
    expect([plain.status, plain.headers.get('location')]).toEqual([308, 'https://careloop.example/tasks']);
    expect((await signInAt(https, 'auditor', { 'x-forwarded-proto': 'http' })).status).toBe(403);
    await https.close();
  });
});

describe('the list of sessions', () => {
  it('shows a person theirs, which id opens nothing, and ends one or all others everywhere', async () => {
    await gateway.database.prisma.session.deleteMany({ where: { userId: 'demo-finance' } });
    const [here, there, third] = [await gateway.signIn('finance'), await other.signIn('finance'), await other.signIn('finance')];
    const { data } = await gateway.graphql(here, sessionsQuery);
    const sessions = data.viewer.sessions as { id: string; isCurrent: boolean; authenticatedBy: string; address: string }[];
    expect(sessions).toHaveLength(3);
    expect(sessions.filter(({ isCurrent }) => isCurrent)).toHaveLength(1);
    expect(sessions[0]).toMatchObject({ authenticatedBy: 'password', hasSecondFactor: false, address: '127.0.0.1' });
    const secrets = (await gateway.database.prisma.session.findMany()).map(({ token }) => token);
    expect(secrets.some((secret) => JSON.stringify(data).includes(secret))).toBe(false);
    for (const { id } of sessions) expect(await statusOf({ cookie: `careloop.session_token=${id}` })).toBe(401);
    const mine = (await other.graphql(there, sessionsQuery)).data.viewer.sessions.find(({ isCurrent }: { isCurrent: boolean }) => isCurrent).id as string;

    const end = 'mutation($id: ID!) { endSession(input: { sessionId: $id }) { __typename ... on EndSessionPayload { ended } ... on Error { code } } }';
    expect((await gateway.graphql(here, end, { id: mine })).data.endSession).toEqual({ __typename: 'EndSessionPayload', ended: 1 });
    expect(await statusOf(there, other)).toBe(401);
    expect((await gateway.graphql(here, 'mutation { endAllSessions(input: {}) { ... on EndAllSessionsPayload { ended } } }')).data.endAllSessions).toEqual({ ended: 1 });
    expect(await statusOf(third, other)).toBe(401);
    expect(await statusOf(here)).toBe(200);
    expect((await gateway.entries('session.ended')).at(-1)).toMatchObject({ actorId: 'demo-finance', reason: 'ENDED_BY_PERSON' });
  });

  it('lets nobody end the sessions of others but a security administrator with a reason, and all of them a system administrator', async () => {
    const nurse = await gateway.signIn('nurse');
    const [finance, security, system] = [await gateway.signIn('finance'), await gateway.signIn('security-administrator'), await gateway.signIn('system-administrator')];
    const username = gateway.credentials.users['nurse']?.username;
    const list = 'query($username: String!) { personSessions(username: $username) { id isCurrent hasSecondFactor person { id } } }';
    await gateway.database.prisma.session.updateMany({ where: { userId: 'demo-nurse-w1' }, data: { authenticationMethods: ['pwd', 'otp', 'mfa'] } });
    expect((await gateway.graphql(finance, list, { username })).errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    const { data } = await gateway.graphql(security, list, { username });
    const [{ id, hasSecondFactor }] = data.personSessions;
    expect(hasSecondFactor).toBe(true);
    const end = 'mutation($id: ID!, $reason: String) { endSession(input: { sessionId: $id, reason: $reason }) { __typename ... on EndSessionPayload { ended } ... on Error { code } } }';

    expect((await gateway.graphql(finance, end, { id, reason: 'curious' })).data.endSession).toMatchObject({ code: 'SESSION_NOT_FOUND' });
    expect((await gateway.graphql(system, end, { id, reason: 'not mine to do' })).data.endSession).toMatchObject({ code: 'SESSION_NOT_FOUND' });
    expect((await gateway.graphql(security, end, { id })).data.endSession).toMatchObject({ code: 'REASON_MISSING' });
    expect(await statusOf(nurse)).toBe(200);
    expect((await gateway.graphql(security, end, { id, reason: 'device was lost' })).data.endSession).toMatchObject({ ended: 1 });
    expect(await statusOf(nurse)).toBe(401);

    const again = await gateway.signIn('nurse');
    const endAll = 'mutation($username: String, $reason: String) { endAllSessions(input: { username: $username, reason: $reason }) { __typename ... on EndAllSessionsPayload { ended } ... on Error { code } } }';
    expect((await gateway.graphql(finance, endAll, { username, reason: 'curious' })).data.endAllSessions).toMatchObject({ code: 'FORBIDDEN' });
    expect((await gateway.graphql(system, endAll, { username, reason: 'account is disabled' })).data.endAllSessions.ended).toBeGreaterThan(0);
    expect(await statusOf(again)).toBe(401);
    expect((await gateway.entries('session.ended')).at(-1)).toMatchObject({ actorId: 'demo-system-administrator', reason: 'ENDED_BY_ADMINISTRATOR' });
  });
});

describe('behind a trusted proxy', () => {
  it('counts tries by the address that the proxy saw, never by one that the client wrote', async () => {
    const behind = await startGateway({ databaseUrl: server.url, commands, trustedProxies: '127.0.0.0/8' });
    const tryFrom = async (forwarded: string, at = behind) =>
      (await fetch(`${at.url}/api/auth/sign-in/username`, { method: 'POST', headers: { 'content-type': 'application/json', origin: 'http://localhost:4000', 'x-forwarded-for': forwarded, 'x-careloop-client-address': '192.0.2.99' }, body: JSON.stringify({ username: 'operator', password: 'not the password' }) })).status;

    const statuses: number[] = [];
    for (let index = 0; index < 11; index += 1) statuses.push(await tryFrom(`203.0.113.${index}, 198.51.100.7`));

    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429]);
    expect(await tryFrom('198.51.100.8')).toBe(401);
    // The other gateway trusts nobody: whatever is written, it is the connection that counts.
    expect(await tryFrom('198.51.100.7', other)).toBe(401);
    expect((await gateway.database.prisma.signInRefusalHour.findMany({ where: { userId: 'demo-operator' }, orderBy: { address: 'asc' } })).map(({ address }) => address)).toEqual(['127.0.0.1', '198.51.100.7', '198.51.100.8']);
    await behind.close();
  }, 60_000);
});
