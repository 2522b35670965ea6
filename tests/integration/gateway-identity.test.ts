import { statSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SignJWT, UnsecuredJWT, generateKeyPair, exportJWK, importPKCS8 } from 'jose';
import type { CommandService } from '../../gateway/commands/index.ts';
import { createAccessTokens, createDemoIdentities, createDemoSignInLinks } from '../../gateway/identity/index.ts';
import { startGateway, type RunningGateway } from '../support/running-gateway.ts';
import { startTestDatabase, type TestDatabase } from '../support/index.ts';

let server: TestDatabase;
let gateway: RunningGateway;
// No operation here reaches a process.
const commands = {} as CommandService;

beforeAll(async () => {
  server = await startTestDatabase();
  gateway = await startGateway({ databaseUrl: server.url, commands, makeIdentities: createDemoIdentities });
}, 300_000);
afterAll(async () => {
  await gateway?.close();
  await server?.stop();
});

const viewerQuery = '{ viewer { id username displayName kind roles unit unitName { zhCN en } } }';

describe('demo identities', () => {
  it('are one person a role and ward, two where rules need two, with random passwords in a private file', async () => {
    const path = join(gateway.dataFolder, 'demo-credentials.json');
    const file = JSON.parse(readFileSync(path, 'utf8')) as typeof gateway.credentials;

    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(Object.keys(file.users).sort()).toEqual(['auditor', 'doctor', 'finance', 'finance-2', 'head-nurse', 'nurse', 'operator', 'pharmacist', 'pharmacist-2', 'privacy-officer', 'process-owner', 'security-administrator', 'system-administrator']);
    expect(Object.keys(file.clients)).toEqual(expect.arrayContaining(['his', 'lis', 'emr-desk']));
    expect(file.wards?.['W2']?.['nurse']?.username).toBe('nurse-w2');
    const passwords = [...Object.values(file.users), ...Object.values(file.wards?.['W2'] ?? {})].map(({ password }) => password);
    expect(new Set(passwords).size).toBe(passwords.length);
    expect(Math.min(...passwords.map((password) => password.length))).toBeGreaterThanOrEqual(24);
  });

  it('keep their passwords over a restart, and get fresh links that work once', async () => {
    const again = await createDemoIdentities({ database: gateway.database, dataFolder: gateway.dataFolder });
    const options = { database: gateway.database, dataFolder: gateway.dataFolder, baseUrl: gateway.url, credentials: again };
    const old = await createDemoSignInLinks(options);
    const links = await createDemoSignInLinks(options);

    expect(again).toEqual(gateway.credentials);
    expect(links['nurse']).not.toBe(old['nurse']);
    expect(statSync(join(gateway.dataFolder, 'sign-in-links.json')).mode & 0o777).toBe(0o600);
    const opened = await fetch(links['nurse'] ?? '', { redirect: 'manual' });
    expect(opened.status).toBe(303);
    const cookie = opened.headers.getSetCookie().map((each) => each.split(';')[0]).join('; ');
    expect((await gateway.graphql({ cookie }, viewerQuery)).data.viewer.roles).toEqual(['nurse']);
    expect((await fetch(links['nurse'] ?? '', { redirect: 'manual' })).headers.get('location')).toBe('/login?reason=link');
  });

  it('refuses a link through a proxy and a link that is too old', async () => {
    const links = await createDemoSignInLinks({ database: gateway.database, dataFolder: gateway.dataFolder, baseUrl: gateway.url, credentials: gateway.credentials });

    expect((await fetch(links['doctor'] ?? '', { redirect: 'manual', headers: { 'x-forwarded-for': '10.1.1.1' } })).status).toBe(403);
    await gateway.database.prisma.verification.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } });
    expect((await fetch(links['doctor'] ?? '', { redirect: 'manual' })).headers.get('location')).toBe('/login?reason=link');
  });
});

describe('sign-in', () => {
  it('knows a person with roles and ward, and puts the sign-in on record', async () => {
    const nurse = await gateway.signIn('nurse');

    const { data } = await gateway.graphql(nurse, viewerQuery);

    expect(data.viewer).toEqual({ id: 'demo-nurse-w1', username: 'nurse-w1', displayName: '李敏（合成）', kind: 'person', roles: ['nurse'], unit: 'W1', unitName: { zhCN: '一病区', en: 'Ward 1' } });
    expect((await gateway.entries('person.signedIn')).at(-1)).toMatchObject({ actorId: 'demo-nurse-w1', actorRoles: ['nurse'], actorUnit: 'W1' });
  });

  it('refuses a wrong password and an unknown name alike, on record', async () => {
    const signIn = (login: object) => fetch(`${gateway.url}/api/auth/sign-in/username`, { method: 'POST', headers: { 'content-type': 'application/json', origin: 'http://localhost:4000' }, body: JSON.stringify(login) });
    const wrong = await signIn({ username: 'nurse-w1', password: 'not the password' });
    const unknown = await signIn({ username: 'nobody', password: 'not the password' });

    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(await wrong.json()).toEqual(await unknown.json());
    expect((await gateway.entries('signIn.refused')).length).toBeGreaterThan(0);
  });

  it.each(['/sign-up/email', '/update-user', '/is-username-available', '/sign-in/email'])('offers no %s', async (path) => {
    const response = await fetch(`${gateway.url}/api/auth${path}`, { method: 'POST', headers: { 'content-type': 'application/json', origin: 'http://localhost:4000' }, body: JSON.stringify({ email: 'a@demo.invalid', password: 'long enough it is', name: 'a', username: 'aaaa', roles: ['system-administrator'] }) });

    expect(response.status).toBe(404);
  });

  it('forgets a person who signed out', async () => {
    const doctor = await gateway.signIn('doctor');
    expect((await gateway.graphql(doctor, viewerQuery)).status).toBe(200);

    const out = await fetch(`${gateway.url}/api/auth/sign-out`, { method: 'POST', headers: { ...doctor, 'content-type': 'application/json', origin: 'http://localhost:4000' }, body: '{}' });

    expect(out.status).toBe(200);
    expect((await gateway.graphql(doctor, viewerQuery)).status).toBe(401);
    expect((await gateway.entries('person.signedOut')).at(-1)).toMatchObject({ actorId: 'demo-doctor-w1' });
  });

  it('refuses a session from another site, and one whose time is over', async () => {
    const nurse = await gateway.signIn('nurse', 'W2');

    expect(await gateway.graphql(nurse, viewerQuery, {}, { origin: 'https://evil.example' })).toMatchObject({ status: 403, errors: [{ extensions: { code: 'ORIGIN_NOT_TRUSTED' } }] });
    await gateway.database.prisma.session.updateMany({ where: { userId: 'demo-nurse-w2' }, data: { expiresAt: new Date(Date.now() - 1_000) } });
    expect((await gateway.graphql(nurse, viewerQuery)).status).toBe(401);
  });
});

describe('the token door', () => {
  const ask = (body: Record<string, string> | string, headers: Record<string, string> = {}) =>
    fetch(`${gateway.url}/oauth/token`, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers }, body: typeof body === 'string' ? body : new URLSearchParams(body).toString() });
  const basic = (id: string, secret: string) => ({ authorization: `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}` });

  it('gives a short-lived bearer token for Basic and for form credentials', async () => {
    const { clientId = '', clientSecret = '' } = gateway.credentials.clients['his'] ?? {};

    for (const response of [await ask({ grant_type: 'client_credentials' }, basic(clientId, clientSecret)), await ask({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret })]) {
      const body = (await response.json()) as { access_token: string };
      expect(response.status).toBe(200);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 900 });
      const { data } = await gateway.graphql({ authorization: `Bearer ${body.access_token}` }, viewerQuery);
      expect(data.viewer).toMatchObject({ id: 'his', kind: 'system', roles: ['his'], unit: null });
    }
  });

  it.each([
    ['no grant type', { client_id: 'his', client_secret: 'x' }, 400, 'invalid_request'],
    ['a wrong secret', { grant_type: 'client_credentials', client_id: 'his', client_secret: 'wrong' }, 401, 'invalid_client'],
    ['an unknown client', { grant_type: 'client_credentials', client_id: 'nobody', client_secret: 'wrong' }, 401, 'invalid_client'],
    ['no credentials', { grant_type: 'client_credentials' }, 401, 'invalid_client'],
  ])('refuses %s as RFC 6749 says', async (_what, body, status, error) => {
    const response = await ask(body);

    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error });
    if (status === 401) expect(response.headers.get('www-authenticate')).toMatch(/^Basic realm=/);
  });

  it('refuses another grant, a repeated parameter, two ways of authentication and another content type', async () => {
    const { clientId = '', clientSecret = '' } = gateway.credentials.clients['his'] ?? {};

    expect(await (await ask({ grant_type: 'password' }, basic(clientId, clientSecret))).json()).toMatchObject({ error: 'unsupported_grant_type' });
    expect(await (await ask('grant_type=client_credentials&grant_type=password', basic(clientId, clientSecret))).json()).toMatchObject({ error: 'invalid_request' });
    expect(await (await ask({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }, basic(clientId, clientSecret))).json()).toMatchObject({ error: 'invalid_request' });
    expect((await ask('{}', { 'content-type': 'application/json' })).status).toBe(400);
    expect((await ask(`grant_type=${'x'.repeat(20_000)}`)).status).toBe(413);
    expect((await fetch(`${gateway.url}/oauth/token`)).status).toBe(405);
  });

  it('no longer takes the token of a client that was revoked', async () => {
    const lis = await gateway.tokenOf('lis');
    await gateway.database.prisma.systemClient.update({ where: { id: 'lis' }, data: { revokedAt: new Date() } });

    expect((await gateway.graphql(lis, viewerQuery)).status).toBe(401);
    const { clientId = '', clientSecret = '' } = gateway.credentials.clients['lis'] ?? {};
    expect((await ask({ grant_type: 'client_credentials' }, basic(clientId, clientSecret))).status).toBe(401);
    expect((await gateway.entries('access.refused')).map(({ reason }) => reason)).toContain('CLIENT_REVOKED');
  });
});

describe('bearer tokens', () => {
  const issuer = 'http://localhost:4000';
  const claims = () => ({ iss: issuer, sub: 'his', aud: 'careloop', iat: Math.floor(Date.now() / 1000), exp: Math.floor(Date.now() / 1000) + 600, jti: 'j1' });
  const statusOf = async (token: string) => (await gateway.graphql({ authorization: `Bearer ${token}` }, viewerQuery)).status;

  it('are taken when this server issued them, and only until they expire', async () => {
    const tokens = createAccessTokens(Buffer.alloc(32, 1), issuer);

    expect(await statusOf((await tokens.issue('his')).token)).toBe(200);
    expect(await statusOf((await tokens.issue('his', new Date(Date.now() - 901_000))).token)).toBe(401);
  });

  it('are refused with another issuer, audience or key', async () => {
    expect(await statusOf((await createAccessTokens(Buffer.alloc(32, 1), 'http://other').issue('his')).token)).toBe(401);
    expect(await statusOf((await createAccessTokens(Buffer.alloc(32, 2), issuer).issue('his')).token)).toBe(401);
  });

  it('are refused unsigned, signed with the public key as a secret, or bringing their own key', async () => {
    const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
    const ours = await importPKCS8((await import('../support/token-key.ts')).tokenKeyPem(Buffer.alloc(32, 1)), 'EdDSA', { extractable: true });
    const ourPublic = await exportJWK(ours);
    const unsigned = new UnsecuredJWT(claims()).encode();
    const confused = await new SignJWT(claims()).setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' }).sign(Buffer.from(ourPublic.x ?? '', 'base64url'));
    const ownKey = await new SignJWT(claims()).setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', jwk: await exportJWK(publicKey) }).sign(privateKey);
    const remoteKey = await new SignJWT(claims()).setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', jku: 'https://evil.example/jwks' }).sign(ours);
    const wrongAudience = await new SignJWT({ ...claims(), aud: 'other' }).setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt' }).sign(ours);
    const idToken = await new SignJWT(claims()).setProtectedHeader({ alg: 'EdDSA', typ: 'JWT' }).sign(ours);
    const right = await new SignJWT(claims()).setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt' }).sign(ours);

    expect(await statusOf(right)).toBe(200);
    for (const token of [unsigned, confused, ownKey, remoteKey, wrongAudience, idToken, `${right}x`, 'no.token.atall']) expect(await statusOf(token)).toBe(401);
    expect((await gateway.entries('access.refused')).map(({ reason }) => reason)).toContain('TOKEN_INVALID');
  });
});

it('answers nothing to the anonymous but sign-in, token, health and whether it is the demo', async () => {
  expect(await gateway.graphql({}, viewerQuery)).toMatchObject({ status: 401, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  expect(await gateway.graphql({}, '{ __typename }')).toMatchObject({ status: 401 });
  expect((await fetch(`${gateway.url}/healthz`)).status).toBe(200);
  expect(await (await fetch(`${gateway.url}/readyz`)).json()).toEqual({ status: 'ready', parts: { database: true } });
  expect(await (await fetch(`${gateway.url}/installation.json`)).json()).toEqual({ isDemo: true, signOn: [] });
  expect((await gateway.entries('access.refused')).map(({ reason }) => reason)).toContain('ANONYMOUS');
});
