import type { AuthBrowser } from '../support/auth-browser.ts';
import { code, startFactorDesk, type FactorDesk } from '../support/factor-desk.ts';
import { fromBase32 } from '../support/from-base32.ts';
import type { RunningGateway } from '../support/running-gateway.ts';

const viewerQuery = '{ viewer { username authenticatedBy authenticatedAt } }';
let desk: FactorDesk;
let gateway: RunningGateway;

beforeAll(async () => {
  desk = await startFactorDesk();
  ({ gateway } = desk);
}, 300_000);
afterAll(() => desk?.close());

const ask = (browser: AuthBrowser) => gateway.graphql(browser.headers, viewerQuery);

describe('a one-time code', () => {
  it('is asked for after the password, and makes a session of its own', async () => {
    const { person, secret } = await desk.enrolled();
    const browser = desk.newBrowser();

    const first = await browser.post('/sign-in/username', { username: person.username, password: person.password });

    expect(first.body).toEqual({ signedIn: false, secondFactor: ['code', 'backupCode'] });
    expect(browser.session).toBeUndefined();
    expect(await gateway.database.prisma.session.count({ where: { userId: person.id } })).toBe(1);
    expect((await ask(browser)).status).toBe(401);
    expect((await browser.post('/second-factor/verify', { code: code(secret) })).body).toEqual({ signedIn: true });
    expect((await ask(browser)).data.viewer).toMatchObject({ username: person.username, authenticatedBy: 'password+otp' });
    expect((await gateway.entries('person.signedIn')).at(-1)).toMatchObject({ actorId: person.id, reason: 'password+otp' });
    expect(await gateway.database.prisma.session.findFirst({ where: { userId: person.id }, orderBy: { createdAt: 'desc' } })).toMatchObject({ authenticationMethods: ['pwd', 'otp', 'mfa'] });
  });

  it('is accepted once, also of five requests at the same time', async () => {
    const { person, secret } = await desk.enrolled();
    const browsers = await Promise.all([1, 2, 3, 4, 5].map(() => desk.typePassword(person)));
    const right = code(secret);

    const answers = await Promise.all(browsers.map((browser) => browser.post('/second-factor/verify', { code: right })));

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401, 401]);
    expect(answers.filter(({ status }) => status === 401).every(({ body }) => body.code === 'CODE_REUSED')).toBe(true);
  });

  it('does not pass again with an earlier step once a later one was shown', async () => {
    const { person, secret } = await desk.enrolled();
    const browser = await desk.typePassword(person);
    expect((await browser.post('/second-factor/verify', { code: code(secret, 1) })).status).toBe(200);

    const again = await desk.typePassword(person);

    expect((await again.post('/second-factor/verify', { code: code(secret) })).body).toMatchObject({ code: 'CODE_REUSED' });
  });

  it('finishes one sign-in only, although two codes are right at the same time', async () => {
    const { person, secret, backupCodes } = await desk.enrolled();
    const browser = await desk.typePassword(person);
    const twin = browser.copy();

    const answers = await Promise.all([browser.post('/second-factor/verify', { code: code(secret) }), twin.post('/second-factor/verify', { backupCode: backupCodes[0] })]);

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect(answers.find(({ status }) => status === 401)?.body).toMatchObject({ code: 'SECOND_FACTOR_EXPIRED' });
  });

  it('is refused two steps late or early, on record', async () => {
    const { person, secret } = await desk.enrolled();
    const browser = await desk.typePassword(person);

    // A step may begin between the code and the answer: three steps late is late in any case, and two early likewise.
    for (const steps of [-3, 3]) expect((await browser.post('/second-factor/verify', { code: code(secret, steps) })).body).toMatchObject({ code: 'CODE_WRONG' });
    expect((await gateway.entries('factor.refused')).at(-1)).toMatchObject({ actorId: person.id, reason: 'CODE_WRONG' });
  });

  it('without a password, or five minutes after it, opens nothing', async () => {
    const { person, secret } = await desk.enrolled();
    const browser = await desk.typePassword(person);
    await gateway.database.prisma.verification.updateMany({ where: { value: person.id }, data: { expiresAt: new Date(Date.now() - 1) } });

    for (const each of [browser, desk.newBrowser()]) expect(await each.post('/second-factor/verify', { code: code(secret) })).toMatchObject({ status: 401, body: { code: 'SECOND_FACTOR_EXPIRED' } });
  });

  it('can be guessed ten times from a new address, and the right one waits then too', async () => {
    const { person, secret } = await desk.enrolled();
    const browser = await desk.typePassword(person);

    const statuses: number[] = [];
    for (let tries = 0; tries < 11; tries += 1) statuses.push((await browser.post('/second-factor/verify', { code: '000000' === code(secret) ? '000001' : '000000' })).status);

    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429]);
    const right = await browser.post('/second-factor/verify', { code: code(secret) });
    expect(right).toMatchObject({ status: 429, body: { code: 'TOO_MANY_ATTEMPTS' } });
    expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('is guessed fifty times from all strange addresses together, which shuts nobody out where they have signed in before', async () => {
    const { person, secret } = await desk.enrolled();
    const known = await desk.typePassword(person);
    expect((await known.post('/second-factor/verify', { code: code(secret) })).status).toBe(200);
    await desk.forgetCode(person);
    const wrong = code(secret) === '000000' ? '000001' : '000000';

    const statuses: number[] = [];
    for (const address of [2, 3, 4, 5, 6, 7].map((part) => `127.0.0.${part}`)) {
      const stranger = await desk.typePassword(person, desk.newBrowser(address));
      for (let tries = 0; tries < 9; tries += 1) statuses.push((await stranger.post('/second-factor/verify', { code: wrong })).status);
    }

    expect(statuses.filter((status) => status === 401)).toHaveLength(50);
    expect(statuses.filter((status) => status === 429)).toHaveLength(4);
    expect((await (await desk.typePassword(person)).post('/second-factor/verify', { code: code(secret) })).status).toBe(200);
  });

  it('is refused after a hundred wrong ones in a row, until a backup code was shown', async () => {
    const { person, secret, backupCodes } = await desk.enrolled();
    await gateway.database.prisma.oneTimeCode.update({ where: { userId: person.id }, data: { failures: 99 } });
    const browser = await desk.typePassword(person);

    expect((await browser.post('/second-factor/verify', { code: '12345' })).body).toMatchObject({ code: 'CODE_WRONG' });
    expect((await browser.post('/second-factor/verify', { code: code(secret) })).body).toMatchObject({ code: 'CODE_LOCKED' });
    expect((await browser.post('/second-factor/verify', { backupCode: backupCodes[1]?.toLowerCase().replaceAll('-', ' ') })).status).toBe(200);
    expect((await ask(browser)).data.viewer.authenticatedBy).toBe('password+backup-code');
    expect((await (await desk.typePassword(person)).post('/second-factor/verify', { code: code(secret) })).status).toBe(200);
  });

  it('has a secret that the database alone does not tell, nor its backup codes', async () => {
    const { person, secret, backupCodes } = await desk.enrolled();
    const { secret: kept } = await gateway.database.prisma.oneTimeCode.findUniqueOrThrow({ where: { userId: person.id } });
    const rows = await gateway.database.prisma.backupCode.findMany({ where: { userId: person.id } });

    expect(Buffer.from(kept).includes(secret)).toBe(false);
    expect(backupCodes).toHaveLength(10);
    expect(new Set(backupCodes).size).toBe(10);
    expect(JSON.stringify(rows)).not.toContain(backupCodes[0]?.replaceAll('-', ''));
  });
});

describe('a backup code', () => {
  it('works once, also of three requests at the same time, and not for somebody else', async () => {
    const [{ person, backupCodes }, other] = [await desk.enrolled(), await desk.enrolled()];
    const browsers = await Promise.all([1, 2, 3].map(() => desk.typePassword(person)));

    const answers = await Promise.all(browsers.map((browser) => browser.post('/second-factor/verify', { backupCode: backupCodes[0] })));

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
    expect((await (await desk.typePassword(other.person)).post('/second-factor/verify', { backupCode: backupCodes[1] })).status).toBe(401);
    expect((await gateway.entries('backupCode.used')).filter(({ actorId }) => actorId === person.id)).toHaveLength(1);
  });

  it('no longer works once the codes were replaced', async () => {
    const { person, browser, backupCodes } = await desk.enrolled();

    const renewed = await browser.post('/backup-codes/renew');

    expect(renewed.body.backupCodes).toHaveLength(10);
    expect((await (await desk.typePassword(person)).post('/second-factor/verify', { backupCode: backupCodes[0] })).status).toBe(401);
    expect((await (await desk.typePassword(person)).post('/second-factor/verify', { backupCode: renewed.body.backupCodes[0] })).status).toBe(200);
  });
});

describe('enrolling', () => {
  it('counts only after a first code, gives a new session and ends those of the password', async () => {
    const person = await desk.newPerson();
    const [browser, elsewhere] = [await desk.typePassword(person), await desk.typePassword(person)];
    const before = browser.session;
    const begun = await browser.post('/one-time-code/begin');

    expect((await browser.post('/one-time-code/confirm', { code: '000000' })).status).toBe(401);
    expect((await desk.typePassword(person)).session).toBeDefined();
    const confirmed = await browser.post('/one-time-code/confirm', { code: code(fromBase32(begun.body.secret)) });

    expect(begun.body.uri).toContain(`otpauth://totp/Careloop:${person.username}?secret=${begun.body.secret}`);
    expect(confirmed.status).toBe(200);
    expect(browser.session).not.toBe(before);
    expect((await ask(browser)).data.viewer.authenticatedBy).toBe('password+otp');
    expect((await gateway.graphql({ cookie: `careloop.session_token=${before}` }, viewerQuery)).status).toBe(401);
    expect((await ask(elsewhere)).status).toBe(401);
    expect((await browser.post('/one-time-code/begin')).body).toMatchObject({ code: 'ONE_TIME_CODE_PRESENT' });
  });

  it('wants a recent sign-in, and nobody without one', async () => {
    const person = await desk.newPerson();
    const browser = await desk.typePassword(person);
    await desk.age(person, 16);

    for (const path of ['/one-time-code/begin', '/passkey/generate-register-options']) expect(await browser.post(path)).toMatchObject({ status: 403, body: { code: 'REAUTHENTICATION_REQUIRED' } });
    for (const path of ['/one-time-code/begin', '/one-time-code/remove', '/backup-codes/renew', '/security/overview', '/reauthenticate', '/passkey/generate-register-options']) {
      expect(await desk.newBrowser().post(path, path === '/reauthenticate' ? { code: '123456' } : {})).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
    }
    expect((await browser.post('/reauthenticate', { password: person.password })).status).toBe(200);
    expect((await browser.post('/one-time-code/begin')).status).toBe(200);
  });

  it.each([
    ['an unknown field', '/second-factor/verify', { code: '123456', trustDevice: true }],
    ['a code that is a number', '/second-factor/verify', { code: 123456 }],
    ['no factor', '/reauthenticate', {}],
    ['two factors', '/reauthenticate', { code: '123456', password: 'x' }],
    ['a code without end', '/second-factor/verify', { code: '1'.repeat(10_000) }],
  ])('refuses %s', async (_what, path, body) => {
    const browser = await desk.typePassword(await desk.newPerson());

    expect((await browser.post(path, body)).status).toBe(400);
  });
});

describe('a person who must have a second factor', () => {
  it('reaches nothing but enrolling, until it is done', async () => {
    const person = await desk.newPerson(['auditor']);
    const browser = await desk.typePassword(person);

    expect(await ask(browser)).toMatchObject({ status: 403, errors: [{ extensions: { code: 'SECOND_FACTOR_REQUIRED' } }] });
    expect((await browser.post('/change-password', { currentPassword: person.password, newPassword: 'another password of a test' })).body).toMatchObject({ code: 'SECOND_FACTOR_REQUIRED' });
    expect((await browser.post('/security/overview')).body).toMatchObject({ demand: 'required', isMissing: true, oneTimeCode: null, passkeys: [] });
    const begun = await browser.post('/one-time-code/begin');
    expect((await browser.post('/one-time-code/confirm', { code: code(fromBase32(begun.body.secret)) })).status).toBe(200);
    expect((await ask(browser)).status).toBe(200);
  });

  it('keeps the last factor', async () => {
    const { browser } = await desk.enrolled(['operator']);

    expect(await browser.post('/one-time-code/remove')).toMatchObject({ status: 409, body: { code: 'LAST_FACTOR' } });
    expect(await (await desk.enrolled(['nurse'])).browser.post('/one-time-code/remove')).toMatchObject({ status: 200 });
  });

  it('is nobody of the demo hospital while it is loaded', async () => {
    const auditor = await gateway.signIn('auditor');

    expect((await gateway.graphql(auditor, viewerQuery)).data.viewer).toMatchObject({ username: 'auditor', authenticatedBy: 'password' });
  });
});

describe('showing anew who one is', () => {
  const approve = 'mutation { approveRuleSet(input: { reviewId: "00000000-0000-4000-8000-000000000000", comment: "ok", idempotencyKey: "reauth-1" }) { __typename ... on Error { code } } }';

  it('is asked for by an act of gravity a quarter of an hour after signing in', async () => {
    const person = await desk.newPerson(['pharmacist']);
    const browser = await desk.typePassword(person);
    const codeNow = async (): Promise<string> => (await gateway.graphql(browser.headers, approve)).data.approveRuleSet.code;
    expect(await codeNow()).toBe('REVIEW_NOT_FOUND');

    await desk.age(person, 15);

    expect((await gateway.graphql(browser.headers, approve)).data.approveRuleSet).toEqual({ __typename: 'ForbiddenError', code: 'REAUTHENTICATION_REQUIRED' });
    expect((await gateway.entries('command.refused')).at(-1)).toMatchObject({ actorId: person.id, reason: 'REAUTHENTICATION_REQUIRED' });
    expect((await browser.post('/reauthenticate', { password: 'not the password' })).body).toMatchObject({ code: 'INVALID_PASSWORD' });
    const before = browser.session;
    expect((await browser.post('/reauthenticate', { password: person.password })).status).toBe(200);
    expect(browser.session).not.toBe(before);
    expect((await gateway.graphql({ cookie: `careloop.session_token=${before}` }, viewerQuery)).status).toBe(401);
    expect(await codeNow()).toBe('REVIEW_NOT_FOUND');
    expect((await gateway.entries('person.reauthenticated')).at(-1)).toMatchObject({ actorId: person.id, reason: 'password' });
  });

  it('takes no password from who has a second factor, and never lengthens the session', async () => {
    const { person, browser, secret } = await desk.enrolled();
    const end = async () => (await gateway.database.prisma.session.findFirstOrThrow({ where: { userId: person.id } })).expiresAt;
    const before = await end();

    expect((await browser.post('/reauthenticate', { password: person.password })).body).toMatchObject({ code: 'SECOND_FACTOR_REQUIRED' });
    expect((await browser.post('/reauthenticate', { code: code(secret) })).status).toBe(200);
    expect(await end()).toEqual(before);
  });
});

it('ends what a browser was signed in as before, when another person signs in there', async () => {
  const [first, second] = [await desk.newPerson(), await desk.newPerson()];
  const browser = await desk.typePassword(first);
  const old = browser.headers;

  await desk.typePassword(second, browser);

  expect((await ask(browser)).data.viewer.username).toBe(second.username);
  expect((await gateway.graphql(old, viewerQuery)).status).toBe(401);
  expect((await gateway.entries('session.ended')).at(-1)).toMatchObject({ actorId: first.id, reason: 'SIGNED_IN_AGAIN' });
});

it('keeps what a session has shown when the password changes, and ends the others', async () => {
  const { person, browser, secret } = await desk.enrolled(['operator']);
  const elsewhere = await desk.typePassword(person);
  expect((await elsewhere.post('/second-factor/verify', { code: code(secret) })).status).toBe(200);

  const changed = await browser.post('/change-password', { currentPassword: person.password, newPassword: 'another password of a test', revokeOtherSessions: true });

  expect(changed.body).toEqual({ changed: true });
  expect((await ask(browser)).data.viewer.authenticatedBy).toBe('password+otp');
  expect((await ask(elsewhere)).status).toBe(401);
});

it('tells no token of a session in any answer', async () => {
  const { person, browser, secret } = await desk.enrolled();
  const signIn = await desk.newBrowser().post('/sign-in/username', { username: person.username, password: person.password });
  const answers = [signIn, await browser.post('/security/overview'), await browser.post('/reauthenticate', { code: code(secret) })];
  const tokens = (await gateway.database.prisma.session.findMany({ select: { token: true } })).map(({ token }) => token);

  expect(tokens.length).toBeGreaterThan(0);
  for (const { body } of answers) expect(tokens.some((token) => JSON.stringify(body).includes(token))).toBe(false);
});
