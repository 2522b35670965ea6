import type { CommandService } from '../../gateway/commands/index.ts';
import { AuthBrowser, type AuthAnswer } from '../support/auth-browser.ts';
import { code, origin, startFactorDesk, type FactorDesk } from '../support/factor-desk.ts';
import { fromBase32 } from '../support/from-base32.ts';
import { startGateway, type RunningGateway } from '../support/running-gateway.ts';
import type { TestPerson } from '../support/signed-in-person.ts';
import { SoftwareAuthenticator, type AssertionOptions } from '../support/software-authenticator.ts';

const viewerQuery = '{ viewer { username authenticatedBy } }';
let desk: FactorDesk;
let gateway: RunningGateway;

beforeAll(async () => {
  desk = await startFactorDesk();
  ({ gateway } = desk);
}, 300_000);
afterAll(() => desk?.close());

async function register(browser: AuthBrowser, authenticator: SoftwareAuthenticator, options: AssertionOptions = {}, name = '病区电脑'): Promise<AuthAnswer> {
  const { body } = await browser.post('/passkey/generate-register-options');
  return browser.post('/passkey/verify-registration', { response: authenticator.register(body, options), name });
}

async function show(browser: AuthBrowser, authenticator: SoftwareAuthenticator, options: AssertionOptions = {}): Promise<AuthAnswer> {
  const { body } = await browser.post('/passkey/generate-authenticate-options');
  return browser.post('/passkey/verify-authentication', { response: authenticator.show(body, options) });
}

/** A person with a passkey. */
async function registered(roles?: readonly string[]): Promise<{ person: TestPerson; browser: AuthBrowser; authenticator: SoftwareAuthenticator }> {
  const person = await desk.newPerson(roles);
  const browser = await desk.typePassword(person);
  const authenticator = new SoftwareAuthenticator(origin);
  expect((await register(browser, authenticator)).body).toEqual({ registered: true });
  return { person, browser, authenticator };
}

describe('a passkey', () => {
  it('is registered for this name and person, to be found without a user name, with finger, face or PIN', async () => {
    const person = await desk.newPerson();
    const browser = await desk.typePassword(person);

    const { body } = await browser.post('/passkey/generate-register-options');

    expect(body).toMatchObject({ rp: { id: 'localhost', name: 'Careloop' }, user: { name: person.username }, attestation: 'none', authenticatorSelection: { residentKey: 'required', userVerification: 'required' } });
  });

  it('signs in without a user name, with a new session that says so', async () => {
    const { person, authenticator } = await registered();
    const browser = desk.newBrowser();

    const answer = await show(browser, authenticator);

    expect(answer).toMatchObject({ status: 200, body: { signedIn: true, personId: person.id } });
    expect((await gateway.graphql(browser.headers, viewerQuery)).data.viewer).toEqual({ username: person.username, authenticatedBy: 'passkey' });
    expect((await gateway.entries('person.signedIn')).at(-1)).toMatchObject({ actorId: person.id, reason: 'passkey' });
    expect(await gateway.database.prisma.session.findFirst({ where: { userId: person.id }, orderBy: { createdAt: 'desc' } })).toMatchObject({ authenticationMethods: ['swk', 'user', 'mfa'] });
    expect((await gateway.database.prisma.passkey.findFirstOrThrow({ where: { userId: person.id } })).lastUsedAt).not.toBeNull();
  });

  it('gives a new session when it is registered, and one that counts as recent when it is shown', async () => {
    const person = await desk.newPerson();
    const browser = await desk.typePassword(person);
    const before = browser.session;
    const authenticator = new SoftwareAuthenticator(origin);
    await register(browser, authenticator);
    const between = browser.session;
    await desk.age(person, 16);
    expect((await browser.post('/security/overview')).body.isRecent).toBe(false);

    await show(browser, authenticator);

    expect(new Set([before, between, browser.session]).size).toBe(3);
    for (const old of [before, between]) expect((await gateway.graphql({ cookie: `careloop.session_token=${old}` }, viewerQuery)).status).toBe(401);
    expect((await browser.post('/security/overview')).body).toMatchObject({ isRecent: true, isMultiFactor: true, passkeys: [{ name: '病区电脑' }] });
  });

  it.each<[string, AssertionOptions, string]>([
    ['of another site', { origin: 'https://evil.example' }, 'AUTHENTICATION_FAILED'],
    ['of another port of the same name', { origin: 'http://localhost:4001' }, 'AUTHENTICATION_FAILED'],
    ['for another name', { rpId: 'evil.example' }, 'AUTHENTICATION_FAILED'],
    ['with another challenge', { challenge: 'AAAA' }, 'AUTHENTICATION_FAILED'],
    ['with a mere touch', { isUserVerified: false }, 'USER_NOT_VERIFIED'],
  ])('%s is refused, on record', async (_what, wrong, reason) => {
    const { authenticator } = await registered();
    const browser = desk.newBrowser();

    const answer = await show(browser, authenticator, wrong);

    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(browser.session).toBeUndefined();
    expect((await gateway.entries('signIn.refused')).map((entry) => entry.reason)).toContain(reason);
  });

  it('whose counter goes back is refused, on record', async () => {
    const { authenticator } = await registered();
    expect((await show(desk.newBrowser(), authenticator, { counter: 50 })).status).toBe(200);

    for (const counter of [50, 49]) expect((await show(desk.newBrowser(), authenticator, { counter })).status).toBe(400);

    expect((await gateway.entries('signIn.refused')).map(({ reason }) => reason)).toContain('PASSKEY_COUNTER_NOT_HIGHER');
    expect((await show(desk.newBrowser(), authenticator, { counter: 4_294_967_295 })).status).toBe(200);
  });

  it('that nobody registered is refused, on record', async () => {
    expect(await show(desk.newBrowser(), new SoftwareAuthenticator(origin))).toMatchObject({ status: 401, body: { code: 'PASSKEY_NOT_FOUND' } });
    expect((await gateway.entries('signIn.refused')).map(({ reason }) => reason)).toContain('PASSKEY_NOT_FOUND');
  });

  it('is not taken twice for one challenge, nor for a challenge of another browser', async () => {
    const { authenticator } = await registered();
    const browser = desk.newBrowser();
    const { body } = await browser.post('/passkey/generate-authenticate-options');
    const twin = browser.copy();
    const shown = authenticator.show(body);

    const answers = await Promise.all([browser.post('/passkey/verify-authentication', { response: shown }), twin.post('/passkey/verify-authentication', { response: shown })]);

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
    expect((await desk.newBrowser().post('/passkey/verify-authentication', { response: shown })).body).toMatchObject({ code: 'CHALLENGE_NOT_FOUND' });
  });

  it('lets codes be taken again after a hundred wrong ones', async () => {
    const { person, browser, authenticator } = await registered();
    const { body } = await browser.post('/one-time-code/begin');
    const codeAt = (steps: number) => code(fromBase32(body.secret), steps);
    expect((await browser.post('/one-time-code/confirm', { code: codeAt(-1) })).status).toBe(200);
    await gateway.database.prisma.oneTimeCode.update({ where: { userId: person.id }, data: { failures: 100 } });
    expect((await browser.post('/reauthenticate', { code: codeAt(0) })).body).toMatchObject({ code: 'CODE_LOCKED' });

    await show(browser, authenticator);

    expect((await browser.post('/reauthenticate', { code: codeAt(1) })).status).toBe(200);
  });

  it('of a registration is no sign-in, and the other way round', async () => {
    const person = await desk.newPerson();
    const browser = await desk.typePassword(person);
    const authenticator = new SoftwareAuthenticator(origin);
    const { body: toSignIn } = await browser.post('/passkey/generate-authenticate-options');

    expect((await browser.post('/passkey/verify-registration', { response: authenticator.register({ ...toSignIn, rp: { id: 'localhost' } }), name: 'x' })).status).toBe(400);
    expect(await gateway.database.prisma.passkey.count({ where: { userId: person.id } })).toBe(0);
  });

  it.each<[string, AssertionOptions]>([
    ['another site', { origin: 'https://evil.example' }],
    ['another name', { rpId: 'evil.example' }],
    ['another challenge', { challenge: 'AAAA' }],
    ['a mere touch', { isUserVerified: false }],
  ])('is not registered with %s', async (_what, wrong) => {
    const person = await desk.newPerson();
    const browser = await desk.typePassword(person);

    expect((await register(browser, new SoftwareAuthenticator(origin), wrong)).status).toBeGreaterThanOrEqual(400);
    expect(await gateway.database.prisma.passkey.count({ where: { userId: person.id } })).toBe(0);
  });

  it('that was removed signs nobody in', async () => {
    const { person, browser, authenticator } = await registered();
    const [key] = (await browser.post('/security/overview')).body.passkeys;

    expect((await browser.post('/passkey/remove', { id: key.id })).body).toEqual({ removed: true });

    expect((await show(desk.newBrowser(), authenticator)).status).toBe(401);
    expect((await gateway.entries('factor.removed')).at(-1)).toMatchObject({ actorId: person.id, reason: 'passkey' });
  });
});

describe('the passkeys of a person', () => {
  it('are named, and touched by nobody else', async () => {
    const [mine, other] = [await registered(), await registered()];
    const [key] = (await mine.browser.post('/security/overview')).body.passkeys;

    for (const path of ['/passkey/rename', '/passkey/remove']) expect((await other.browser.post(path, { id: key.id, name: 'x' })).status).toBe(path === '/passkey/rename' ? 404 : 400);
    expect((await other.browser.post('/passkey/remove', { id: key.id })).status).toBe(404);
    expect((await mine.browser.post('/passkey/rename', { id: key.id, name: '手机' })).body).toEqual({ renamed: true });
    expect((await mine.browser.post('/security/overview')).body.passkeys).toMatchObject([{ name: '手机' }]);
  });

  it('of one who must have a factor leave one, also when two are removed at the same time', async () => {
    const { person, browser } = await registered(['auditor']);
    expect((await register(browser, new SoftwareAuthenticator(origin))).status).toBe(200);
    const keys = (await browser.post('/security/overview')).body.passkeys as { id: string }[];

    const answers = await Promise.all(keys.map(({ id }) => browser.copy().post('/passkey/remove', { id })));

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await gateway.database.prisma.passkey.count({ where: { userId: person.id } })).toBe(1);
  });

  it('are neither added nor removed by a password alone, nor long after signing in', async () => {
    const { person, browser } = await registered();
    const [key] = (await browser.post('/security/overview')).body.passkeys;
    const password = await desk.typePassword(person);

    for (const [path, body] of [['/passkey/generate-register-options', {}], ['/passkey/remove', { id: key.id }], ['/one-time-code/begin', {}]] as const) expect((await password.post(path, body)).body).toMatchObject({ code: 'SECOND_FACTOR_REQUIRED' });
    await desk.age(person, 16);
    expect((await browser.post('/passkey/remove', { id: key.id })).body).toMatchObject({ code: 'REAUTHENTICATION_REQUIRED' });
  });

  it('let one who must have a factor in, where a password alone does not', async () => {
    const { person, authenticator } = await registered(['security-administrator']);
    const browser = await desk.typePassword(person);
    expect((await gateway.graphql(browser.headers, viewerQuery)).status).toBe(403);

    await show(browser, authenticator);

    expect((await gateway.graphql(browser.headers, viewerQuery)).data.viewer.authenticatedBy).toBe('passkey');
  });
});

describe('the doors of passkeys', () => {
  it('take no call of another site, nor anything that a browser would not say', async () => {
    const browser = await desk.typePassword(await desk.newPerson());

    for (const path of ['/passkey/generate-register-options', '/passkey/generate-authenticate-options']) expect(await browser.post(path, {}, { origin: 'https://evil.example' })).toMatchObject({ status: 403, body: { code: 'ORIGIN_NOT_TRUSTED' } });
    for (const body of [{}, { response: 'x' }, { response: { id: { $ne: 1 }, response: {} } }, { response: { id: 'x', response: {} }, createSession: true }]) expect((await browser.post('/passkey/verify-authentication', body)).status).toBe(400);
    expect((await browser.post('/passkey/verify-registration', { response: { response: {} }, name: 'x', createSession: true })).body).toMatchObject({ code: 'REQUEST_INVALID' });
    for (const path of ['/passkey/list-user-passkeys', '/passkey/delete-passkey', '/passkey/update-passkey']) expect((await browser.post(path)).status).toBe(404);
  });

  it('say why there is none at an address that browsers allow none at', async () => {
    const byNumber = await startGateway({ databaseUrl: desk.server.url, commands: {} as CommandService, baseUrl: 'http://192.0.2.7:4000' });
    try {
      const browser = new AuthBrowser(byNumber.url, 'http://192.0.2.7:4000');

      expect(await browser.post('/passkey/generate-authenticate-options')).toMatchObject({ status: 409, body: { code: 'PASSKEY_ADDRESS_UNUSABLE' } });
    } finally {
      await byNumber.close();
    }
  });
});
