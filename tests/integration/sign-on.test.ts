import { generateKeyPairSync, randomUUID } from 'node:crypto';
import type { CommandService } from '../../gateway/commands/index.ts';
import type { SignOnProvider } from '../../gateway/identity/index.ts';
import { applyMappedRoles } from '../../gateway/identity/oidc/mapped-roles.ts';
import { createSealedText } from '../../gateway/identity/oidc/sealed-text.ts';
import { endOrderedSessions, keepSignOn } from '../../gateway/identity/oidc/sign-on-sessions.ts';
import { readAllowedTarget } from '../../gateway/outbound/index.ts';
import { startTestDatabase, type TestDatabase } from '../support/index.ts';
import { startSignOnProvider, type TestSignOnProvider } from '../support/oidc-provider.ts';
import { startGateway, type As, type RunningGateway } from '../support/running-gateway.ts';
import { createWalker, submitForm, type Arrival, type Walker } from '../support/walker.ts';

const base = 'http://localhost:4000';
const doors = `${base}/api/auth/oidc/hospital`;
const signingKey = generateKeyPairSync('rsa', { modulusLength: 2048 });

let server: TestDatabase;
let hospital: TestSignOnProvider;
let gateway: RunningGateway;
let keyed: RunningGateway;

beforeAll(async () => {
  server = await startTestDatabase();
  // The demo's people: their user names are their staff numbers.
  hospital = await startSignOnProvider((login) => (login.startsWith('no-') ? undefined : login.toUpperCase().replace(/^S-/, '')));
  const provider = settings();
  gateway = await startGateway({ databaseUrl: server.url, commands: {} as CommandService, signOnProviders: [provider] });
  keyed = await startGateway({ databaseUrl: server.url, commands: {} as CommandService, signOnProviders: [{ ...provider, clientId: 'careloop-keyed', linkBy: 'administrator', replacesPasswords: true, clientAuthentication: { method: 'private_key_jwt', algorithm: 'RS256', keyId: 'own' }, secret: signingKey.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString() }] });
  const common = { redirect_uris: [`${doors}/callback`], post_logout_redirect_uris: [`${base}/login`], response_types: ['code' as const], grant_types: ['authorization_code'] };
  hospital.serve(
    { ...common, client_id: 'careloop', client_secret: 'a secret of the client', backchannel_logout_uri: `${gateway.url}/api/auth/oidc/hospital/backchannel-logout`, backchannel_logout_session_required: true },
    { ...common, client_id: 'careloop-keyed', token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [{ ...signingKey.publicKey.export({ format: 'jwk' }), kid: 'own', use: 'sig', alg: 'RS256' } as never] } },
  );
}, 300_000);
afterAll(async () => {
  await gateway?.close();
  await keyed?.close();
  await hospital?.close();
  await server?.stop();
});

function settings(): SignOnProvider {
  return { id: 'hospital', name: { 'zh-CN': '医院账号', en: 'Hospital account' }, issuer: hospital.issuer, clientId: 'careloop', clientAuthentication: { method: 'client_secret_basic', variable: 'SECRET' }, secret: 'a secret of the client', scope: 'openid', allowAddresses: [readAllowedTarget(hospital.issuer)], algorithms: ['RS256'], linkBy: 'staffNumber', staffNumberClaim: 'staff_number', claimsFrom: 'idToken', acceptedAcr: [], acceptedAmr: [], replacesPasswords: false };
}

const walkerOf = (running: RunningGateway): Walker => createWalker({ [base]: running.url });

/** Signs on through the provider's own pages: login, then consent. */
async function signOn(walker: Walker, login: string, query = ''): Promise<Arrival> {
  let page = await walker.get(`${doors}/start${query}`);
  if (page.body.includes('name="login"')) page = await submitForm(walker, page, { login, password: 'any' });
  return page.url.startsWith(hospital.issuer) ? submitForm(walker, page) : page;
}

const linking = 'mutation ($input: LinkSignOnIdentityInput!) { linkSignOnIdentity(input: $input) { __typename ... on LinkSignOnIdentityPayload { identities { provider issuer subject linkedBy } } ... on Error { code } } }';
const unlinking = 'mutation ($input: UnlinkSignOnIdentityInput!) { unlinkSignOnIdentity(input: $input) { __typename ... on UnlinkSignOnIdentityPayload { identities { id } } ... on Error { code } } }';
const link = (as: As, input: object) => keyed.graphql(as, linking, { input });
const whoIs = async (walker: Walker): Promise<string | undefined> => (await gateway.graphql({ cookie: walker.cookies(`${base}/graphql`) }, '{ viewer { username } }')).data?.viewer?.username;
const lastEntry = async (action: string) => (await gateway.entries(action)).at(-1);

describe('sign-on by the hospital', () => {
  it('makes a session of ours for the person with the staff number, leads back, and is on record', async () => {
    const walker = walkerOf(gateway);

    const arrival = await signOn(walker, 's-nurse-w1', '?returnTo=/tasks%3Fstate%3Dopen');

    expect(arrival.url).toBe(`${base}/tasks?state=open`);
    expect(await whoIs(walker)).toBe('nurse-w1');
    expect(await lastEntry('person.signedIn')).toMatchObject({ actorId: 'demo-nurse-w1', actorRoles: ['nurse'], reason: 'sign-on: hospital' });
    expect(await gateway.database.prisma.signOnIdentity.findMany({ select: { issuer: true, subject: true, userId: true, linkedBy: true } })).toEqual([{ issuer: hospital.issuer, subject: 's-nurse-w1', userId: 'demo-nurse-w1', linkedBy: 'sign-on' }]);
    expect(await gateway.entries('signOn.linked')).toHaveLength(1);
    expect(await (await fetch(`${gateway.url}/installation.json`)).json()).toMatchObject({ signOn: [{ id: 'hospital', name: { 'zh-CN': '医院账号', en: 'Hospital account' } }] });
  });

  it('keeps no token in the clear, and leaves no cookie of the attempt', async () => {
    const walker = walkerOf(gateway);
    await signOn(walker, 's-nurse-w1');

    expect(walker.cookies(`${doors}/callback`)).not.toContain('sign_on');
    const [kept] = await gateway.database.prisma.signOnSession.findMany();
    expect(kept?.idToken).toMatch(/^[\w-]+\.\.[\w-]+\./);
    expect(await gateway.database.prisma.account.count({ where: { OR: [{ idToken: { not: null } }, { accessToken: { not: null } }] } })).toBe(0);
  });

  it('ends the session that the browser had before', async () => {
    const walker = walkerOf(gateway);
    await signOn(walker, 's-nurse-w1');
    const before = walker.cookies(`${base}/graphql`);

    await walker.get(`${doors}/start`);

    expect(walker.cookies(`${base}/graphql`)).not.toBe(before);
    expect(await whoIs(walker)).toBe('nurse-w1');
    expect((await gateway.graphql({ cookie: before }, '{ viewer { id } }')).status).toBe(401);
  });

  it('links nobody by e-mail, and makes nobody', async () => {
    const people = await gateway.database.prisma.user.count();

    expect((await signOn(walkerOf(gateway), 'no-number')).url).toBe(`${base}/login?reason=SIGN_ON_PERSON_UNKNOWN`);
    expect((await signOn(walkerOf(gateway), 's-nobody')).url).toBe(`${base}/login?reason=SIGN_ON_PERSON_UNKNOWN`);
    expect(await gateway.database.prisma.user.count()).toBe(people);
    expect(await lastEntry('signIn.refused')).toMatchObject({ reason: 'SIGN_ON_PERSON_UNKNOWN' });
  });

  it('refuses a second subject with the number of somebody who is linked', async () => {
    await signOn(walkerOf(gateway), 's-nurse-w1');

    const other = walkerOf(gateway);
    expect((await signOn(other, 'nurse-w1')).url).toBe(`${base}/login?reason=SIGN_ON_LINK_CONFLICT`);
    expect(other.cookies(base)).not.toContain('session_token');
  });

  it('goes on with the key that the provider began to use', async () => {
    await signOn(walkerOf(gateway), 's-nurse-w1');
    hospital.rotateKey();

    const walker = walkerOf(gateway);
    await signOn(walker, 's-nurse-w1');

    expect(await whoIs(walker)).toBe('nurse-w1');
  });

  it('authenticates its client by a signed assertion, and takes those whom an administrator linked alone', async () => {
    const walker = walkerOf(keyed);
    expect((await signOn(walker, 's-doctor-w1')).url).toBe(`${base}/login?reason=SIGN_ON_PERSON_UNKNOWN`);

    const administrator = await keyed.signIn('system-administrator');
    expect((await link(administrator, { personId: 'demo-doctor-w1', provider: 'hospital', subject: 's-doctor-w1' })).data.linkSignOnIdentity).toEqual({ __typename: 'LinkSignOnIdentityPayload', identities: [{ provider: 'hospital', issuer: hospital.issuer, subject: 's-doctor-w1', linkedBy: 'demo-system-administrator' }] });
    await signOn(walker, 's-doctor-w1');
    expect(await whoIs(walker)).toBe('doctor-w1');
    expect(await lastEntry('signOn.linked')).toMatchObject({ actorId: 'demo-system-administrator' });
  });

  it('replaces the password of those who are linked, where the settings say so, and tells it after the right password alone', async () => {
    await signOn(walkerOf(gateway), 's-nurse-w1');
    const tryPassword = async (running: RunningGateway, login: object) => {
      const response = await fetch(`${running.url}/api/auth/sign-in/username`, { method: 'POST', headers: { 'content-type': 'application/json', origin: base }, body: JSON.stringify(login) });
      return [response.status, ((await response.json()) as { code?: string }).code, response.headers.getSetCookie().length];
    };
    const right = keyed.credentials.wards?.['W1']?.['nurse'] ?? { username: '', password: '' };
    const unlinked = keyed.credentials.users['pharmacist'] ?? {};

    expect(await tryPassword(keyed, right)).toEqual([403, 'SIGN_ON_REQUIRED', 0]);
    expect(await tryPassword(keyed, { ...right, password: 'not the password' })).toEqual([401, 'INVALID_USERNAME_OR_PASSWORD', 0]);
    expect((await tryPassword(keyed, unlinked))[0]).toBe(200);
  });
});

describe('a proof that it is still the same person', () => {
  it('asks them to sign in there again, and is on record for the session that stays', async () => {
    const walker = walkerOf(gateway);
    await signOn(walker, 's-nurse-w1');
    const before = walker.cookies(base);
    const [session] = await gateway.database.prisma.signOnSession.findMany({ orderBy: { session: { createdAt: 'desc' } } });
    await gateway.database.prisma.signOnSession.updateMany({ data: { authenticatedAt: new Date(0) } });

    const page = await walker.get(`${doors}/start?purpose=reauthenticate&returnTo=/security`);
    expect(page.body).toContain('name="login"');
    let arrival = await submitForm(walker, page, { login: 's-nurse-w1', password: 'any' });
    if (arrival.url.startsWith(hospital.issuer)) arrival = await submitForm(walker, arrival);

    expect(arrival.url).toBe(`${base}/security`);
    expect(walker.cookies(base)).toBe(before);
    const now = await gateway.database.prisma.signOnSession.findUniqueOrThrow({ where: { sessionId: session?.sessionId ?? '' } });
    expect(Date.now() - now.authenticatedAt.getTime()).toBeLessThan(120_000);
    expect(await lastEntry('person.reauthenticated')).toMatchObject({ actorId: 'demo-nurse-w1' });
  });

  it('is none by another person, whose sign-in there ends the first one\'s session, or without a session', async () => {
    const walker = walkerOf(gateway);
    await signOn(walker, 's-nurse-w1');

    const page = await walker.get(`${doors}/start?purpose=reauthenticate`);
    let arrival = await submitForm(walker, page, { login: 's-nurse-w2', password: 'any' });
    while (arrival.url.startsWith(hospital.issuer)) arrival = await submitForm(walker, arrival);

    expect(arrival.url).toBe(`${base}/login?reason=SIGN_ON_OTHER_PERSON`);
    expect(await whoIs(walker)).toBeUndefined();
    expect((await walkerOf(gateway).get(`${doors}/start?purpose=reauthenticate`)).url).toBe(`${base}/login?reason=SIGN_ON_REQUEST_INVALID`);
  });
});

describe('a link by an administrator', () => {
  it('is taken away with the sessions that began by it, on record', async () => {
    const administrator = await keyed.signIn('system-administrator');
    const walker = walkerOf(gateway);
    await signOn(walker, 's-pharmacist-2');
    const cookie = walker.cookies(`${base}/graphql`);
    const { data } = await keyed.graphql(administrator, '{ signOnIdentities(personId: "demo-pharmacist-2") { id linkedBy } }');
    expect(data.signOnIdentities).toEqual([{ id: expect.any(String), linkedBy: 'sign-on' }]);

    const unlink = () => keyed.graphql(administrator, unlinking, { input: { identityId: data.signOnIdentities[0].id } });
    expect((await unlink()).data.unlinkSignOnIdentity).toMatchObject({ __typename: 'UnlinkSignOnIdentityPayload', identities: [] });

    expect((await gateway.graphql({ cookie }, '{ viewer { id } }')).status).toBe(401);
    expect((await unlink()).data.unlinkSignOnIdentity).toMatchObject({ code: 'SIGN_ON_IDENTITY_NOT_FOUND' });
    expect(await lastEntry('signOn.unlinked')).toMatchObject({ actorId: 'demo-system-administrator' });
  });

  it('is refused for an unknown provider or person, for what is linked, and to others than administrators', async () => {
    const administrator = await keyed.signIn('system-administrator');
    await signOn(walkerOf(gateway), 's-nurse-w1');
    const tried = async (input: object, as = administrator) => {
      const { data, errors } = await link(as, { personId: 'demo-doctor-w2', provider: 'hospital', subject: 'free', ...input });
      return data?.linkSignOnIdentity?.code ?? errors?.[0]?.extensions?.code ?? 'linked';
    };

    expect(await tried({ provider: 'unknown' })).toBe('SIGN_ON_PROVIDER_NOT_FOUND');
    expect(await tried({ personId: 'nobody' })).toBe('SIGN_ON_PERSON_NOT_FOUND');
    expect(await tried({ subject: 's-nurse-w1' })).toBe('SIGN_ON_IDENTITY_TAKEN');
    expect(await tried({ personId: 'demo-nurse-w1' })).toBe('SIGN_ON_IDENTITY_TAKEN');
    expect(await tried({ subject: '' })).toBe('INPUT_INVALID');
    expect(await tried({}, await keyed.signIn('security-administrator'))).toBe('FORBIDDEN');
    expect(await tried({}, await keyed.signIn('operator'))).toBe('FORBIDDEN');
    expect(await gateway.database.prisma.signOnIdentity.count({ where: { userId: 'demo-doctor-w2' } })).toBe(0);
  });
});

describe('roles of the provider', () => {
  const map = { 'ward-1': { role: 'nurse' as const, unit: 'W1' }, 'ward-2': { role: 'nurse' as const, unit: 'W2' }, money: { role: 'finance' as const } };
  const apply = (groups: unknown) => applyMappedRoles(gateway.database, { id: 'hospital', roles: { claim: 'groups', map } }, 'demo-nurse-w1', { groups });
  const held = async () => (await gateway.database.prisma.roleAssignment.findMany({ where: { userId: 'demo-nurse-w1', endedAt: null }, orderBy: [{ grantedBy: 'asc' }, { unit: 'asc' }] })).map(({ role, unit, grantedBy }) => [role, unit, grantedBy]);

  it('follow the claim by the map, and touch no role that others gave', async () => {
    const given = ['nurse', 'W1', 'careloop'];

    expect(await apply(['ward-1', 'ward-2', 'administrators', '__proto__', 7])).toEqual({ assigned: ['nurse@W1', 'nurse@W2'], ended: [] });
    expect(await held()).toEqual([given, ['nurse', 'W1', 'sign-on:hospital'], ['nurse', 'W2', 'sign-on:hospital']]);
    expect(await apply(['ward-2', 'ward-1'])).toEqual({ assigned: [], ended: [] });
    expect(await apply('money')).toEqual({ assigned: ['finance'], ended: expect.arrayContaining(['nurse@W1', 'nurse@W2']) });
    expect(await apply(undefined)).toEqual({ assigned: [], ended: ['finance'] });
    expect(await held()).toEqual([given]);
  });

  it('are given once by two sign-ons at the same moment', async () => {
    await Promise.all([apply('money'), apply('money'), apply('money')]);

    expect((await held()).filter(([, , by]) => by === 'sign-on:hospital')).toEqual([['finance', null, 'sign-on:hospital']]);
    await apply(undefined);
  });
});

describe('signing out', () => {
  const post = (walker: Walker, headers: Readonly<Record<string, string>> = { origin: base }) => walker.hop(`${base}/api/auth/oidc/sign-out`, { method: 'POST', headers });

  it('here ends the session there too', async () => {
    const walker = walkerOf(gateway);
    await signOn(walker, 's-nurse-w1');
    const cookie = walker.cookies(`${base}/graphql`);

    const answer = JSON.parse((await post(walker)).body) as { location: string };
    expect((await gateway.graphql({ cookie }, '{ viewer { id } }')).status).toBe(401);
    expect(await lastEntry('person.signedOut')).toMatchObject({ actorId: 'demo-nurse-w1' });
    const asked = await walker.get(answer.location);
    expect((await submitForm(walker, asked, { logout: 'yes' })).url).toBe(`${base}/login`);
    expect((await walker.get(`${doors}/start`)).body).toContain('name="login"');
  });

  it('there ends the session here at once, of that person alone', async () => {
    const [nurse, other] = [walkerOf(gateway), walkerOf(gateway)];
    await signOn(nurse, 's-nurse-w1');
    await signOn(other, 's-nurse-w2');
    const cookie = nurse.cookies(`${base}/graphql`);

    const asked = await nurse.get(`${hospital.issuer}/session/end?client_id=careloop`);
    await submitForm(nurse, asked, { logout: 'yes' });

    expect((await gateway.graphql({ cookie }, '{ viewer { id } }')).status).toBe(401);
    expect(await whoIs(other)).toBe('nurse-w2');
    expect(await lastEntry('person.signedOut')).toMatchObject({ actorId: 'demo-nurse-w1', reason: 'sign-on: hospital' });
  });

  it('is refused to another site, and needs no provider', async () => {
    const walker = walkerOf(gateway);
    await signOn(walker, 's-nurse-w1');

    expect((await post(walker, { origin: 'https://elsewhere.example' })).status).toBe(403);
    expect((await post(walker, {})).status).toBe(403);
    expect(await whoIs(walker)).toBe('nurse-w1');
    // The second gateway gave the demo's people new passwords.
    const byPassword = await keyed.signIn('pharmacist');
    const out = await fetch(`${gateway.url}/api/auth/oidc/sign-out`, { method: 'POST', headers: { ...byPassword, origin: base } });
    expect(await out.json()).toEqual({ location: null });
    expect((await gateway.graphql(byPassword, '{ viewer { id } }')).status).toBe(401);
  });
});

describe('a logout at the provider while a sign-on is on its way', () => {
  const sealed = createSealedText(Buffer.alloc(32, 1), 'sign-on-hint');
  /** Of this moment: what came long before its session is another's. */
  const second = () => Math.floor(Date.now() / 1_000);
  /** An ID token as it stands once it was verified. */
  const idTokenOf = (iat: number) => `${['{"alg":"RS256"}', JSON.stringify({ iat })].map((part) => Buffer.from(part).toString('base64url')).join('.')}.x`;

  async function begin(): Promise<string> {
    const id = randomUUID();
    await gateway.database.prisma.session.create({ data: { id, token: randomUUID(), userId: 'demo-nurse-w1', expiresAt: new Date(Date.now() + 600_000), updatedAt: new Date() } });
    return id;
  }
  const keep = (sessionId: string, sid: string, iat = second() - 1) => keepSignOn(gateway.database, sealed, sessionId, settings(), { subject: 'somebody', sid, idToken: idTokenOf(iat), claims: {} }).then(() => 'kept', (error: { readonly code: string }) => error.code);
  const order = (sid: string, issuedAt = second()) => endOrderedSessions(gateway.database, hospital.issuer, { sid, issuedAt });
  const isThere = (id: string) => gateway.database.prisma.session.count({ where: { id } });

  it('ends it, whichever comes first', async () => {
    const left: number[] = [];

    for (let turn = 0; turn < 20; turn += 1) {
      const [id, sid] = [await begin(), `race-${turn}`];
      await Promise.all(turn % 2 === 0 ? [keep(id, sid), order(sid)] : [order(sid), keep(id, sid)]);
      left.push(await isThere(id));
    }
    const late = await begin();
    await order('early');
    const refused = await keep(late, 'early');

    expect([...left, await isThere(late)]).toEqual(Array.from({ length: 21 }, () => 0));
    expect(refused).toBe('SIGN_ON_CANCELLED');
  });

  it('ends nobody else’s, and none that began after it', async () => {
    const [other, later] = [await begin(), await begin()];
    await order('one');

    expect([await keep(other, 'another'), await keep(later, 'one', second() + 1)]).toEqual(['kept', 'kept']);
    expect([await isThere(other), await isThere(later)]).toEqual([1, 1]);
  });
});
