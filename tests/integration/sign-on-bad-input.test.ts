import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { base64url, exportJWK, exportSPKI, generateKeyPair, UnsecuredJWT, type JWTPayload } from 'jose';
import { decryptEntryPayload } from '../../gateway/audit/index.ts';
import { createSealedText } from '../../gateway/identity/oidc/sealed-text.ts';
import { answerDocument, type Claims, type HostileProvider } from '../support/hostile-provider.ts';
import type { RunningGateway } from '../support/running-gateway.ts';
import { base, doors, refusal, signOnDesk } from '../support/sign-on-desk.ts';
import { createWalker, type Arrival, type Walker } from '../support/walker.ts';

const { parts, open, walkerOf, begin, comeBack, signOnWith, right, withClaims } = signOnDesk();
let provider: HostileProvider;
let gateway: RunningGateway;
beforeAll(() => void ({ provider, gateway } = parts()));

const unsigned = (claims: Claims): string => new UnsecuredJWT(claims as JWTPayload).encode();
const seconds = (offset: number): number => Math.floor(Date.now() / 1_000) + offset;

describe('an ID token', () => {
  it('that is right signs in, also with a clock half a minute away', async () => {
    expect(await signOnWith(right)).toBe('/');
    expect(await signOnWith(withClaims({ iat: seconds(25), exp: seconds(60) }))).toBe('/');
    expect(await signOnWith(withClaims({ exp: seconds(-20) }))).toBe('/');
    expect(await signOnWith(withClaims({ aud: ['careloop'], azp: 'careloop' }))).toBe('/');
  });

  it.each<[string, Claims]>([
    ['of another issuer', { iss: 'https://elsewhere.example' }],
    ['for another client', { aud: 'another' }],
    ['for two audiences', { aud: ['careloop', 'another'], azp: 'careloop' }],
    ['for two audiences without a party', { aud: ['careloop', 'another'] }],
    ['given to another client', { azp: 'another' }],
    ['with another nonce', { nonce: 'another' }],
    ['without a nonce', { nonce: undefined }],
    ['that is over', { iat: seconds(-300), exp: seconds(-60) }],
    ['of the future', { iat: seconds(120), exp: seconds(600) }],
    ['not good yet', { nbf: seconds(120) }],
    ['that is hours old', { iat: seconds(-7_200), exp: seconds(600) }],
    ['without a subject', { sub: undefined }],
    ['with an empty subject', { sub: '' }],
    ['whose subject is no text', { sub: 7 }],
    ['without an end', { exp: undefined }],
    ['without a beginning', { iat: undefined }],
    ['whose end is a text', { exp: '9999999999' }],
  ])('%s is refused', async (_title, changes) => {
    expect(await signOnWith(withClaims(changes))).toBe(refusal('ANSWER_INVALID'));
  });

  it('without a signature, or with one by our secret or the public key as a secret, is refused', async () => {
    const publicText = await exportSPKI(provider.publicKey);

    expect(await signOnWith((nonce) => unsigned(provider.claims({ nonce })))).toBe(refusal('ANSWER_INVALID'));
    expect(await signOnWith((nonce) => provider.sign(provider.claims({ nonce }), { alg: 'HS256' }, new TextEncoder().encode(publicText)))).toBe(refusal('ANSWER_INVALID'));
    expect(await signOnWith((nonce) => provider.sign(provider.claims({ nonce }), { alg: 'HS256' }, new TextEncoder().encode('secret'.padEnd(32, '.'))))).toBe(refusal('ANSWER_INVALID'));
  });

  it('by an unknown key, by one that it brings, or by one that it says where to fetch, is refused', async () => {
    const other = await generateKeyPair('RS256', { extractable: true });
    const jwk = await exportJWK(other.publicKey);
    provider.instead.set('/other-keys', (_request, response) => answerDocument(response, { keys: [{ ...jwk, kid: 'other' }] }));
    const jku = `${provider.issuer}/other-keys`;

    expect(await signOnWith((nonce) => provider.sign(provider.claims({ nonce }), { kid: 'other' }, other.privateKey))).toBe(refusal('ANSWER_INVALID'));
    expect(await signOnWith((nonce) => provider.sign(provider.claims({ nonce }), {}, other.privateKey))).toBe(refusal('ANSWER_INVALID'));
    expect(await signOnWith((nonce) => provider.sign(provider.claims({ nonce }), { kid: 'other', jwk }, other.privateKey))).toBe(refusal('ANSWER_INVALID'));
    expect(await signOnWith((nonce) => provider.sign(provider.claims({ nonce }), { kid: 'other', jku }, other.privateKey))).toBe(refusal('ANSWER_INVALID'));
    // Even rightly signed: nobody who behaves sends it.
    expect(await signOnWith((nonce) => provider.sign(provider.claims({ nonce }), { jku }))).toBe(refusal('ANSWER_INVALID'));
  });

  it('that was changed, cut or is none, is refused', async () => {
    const changed = async (nonce: string) => {
      const [header, , signature] = (await right(nonce)).split('.');
      return [header, base64url.encode(JSON.stringify(provider.claims({ nonce, sub: 's-2' }))), signature].join('.');
    };

    expect(await signOnWith(changed)).toBe(refusal('ANSWER_INVALID'));
    expect(await signOnWith(async (nonce) => (await right(nonce)).slice(0, -9))).toBe(refusal('ANSWER_INVALID'));
    expect(await signOnWith(() => 'no token')).toBe(refusal('ANSWER_INVALID'));
    expect(await signOnWith(() => '')).toBe(refusal('ANSWER_INVALID'));
  });

  it('with less proof than the settings want is refused', async () => {
    const strict = await open({ acceptedAcr: ['hospital-2'], acceptedAmr: ['otp', 'hwk'] });
    const withFactors = (changes: Claims) => signOnWith(withClaims(changes), 'hospital', strict);

    expect(await withFactors({})).toBe(refusal('FACTOR_MISSING'));
    expect(await withFactors({ acr: 'hospital-1', amr: ['otp'] })).toBe(refusal('FACTOR_MISSING'));
    expect(await withFactors({ acr: 'hospital-2', amr: ['pwd'] })).toBe(refusal('FACTOR_MISSING'));
    expect(await withFactors({ acr: 'hospital-2', amr: 'otp' })).toBe(refusal('FACTOR_MISSING'));
    expect(await withFactors({ acr: 'hospital-2', amr: ['pwd', 'otp'] })).toBe('/');
    await strict.close();
  });

  it.each<[string, unknown]>([['a list', ['nurse-w1']], ['an object', { toString: 'nurse-w1' }], ['nothing', undefined], ['a number', 1], ['too long', 'n'.repeat(65)], ['nobody\'s', 'nobody'], ['a text that cannot be stored', 'nurse\u0000w1']])('whose staff number is %s finds nobody', async (_title, staffNumber) => {
    expect(await signOnWith(withClaims({ sub: `s-${randomUUID()}`, staff_number: staffNumber }))).toMatch(/SIGN_ON_(PERSON_UNKNOWN|ANSWER_INVALID)$/);
  });
});

describe('user info', () => {
  it('says who the person is, where the settings want it, and not of another subject', async () => {
    const bare = withClaims({ staff_number: undefined });

    expect(await signOnWith(bare, 'users')).toBe('/');
    provider.instead.set('/userinfo', (_request, response) => answerDocument(response, { sub: 's-2', staff_number: 'doctor-w1' }));
    expect(await signOnWith(bare, 'users')).toBe(refusal('ANSWER_INVALID'));
    provider.instead.set('/userinfo', (_request, response) => answerDocument(response, { staff_number: 'doctor-w1' }));
    expect(await signOnWith(bare, 'users')).toBe(refusal('ANSWER_INVALID'));
  });
});

describe('an answer by the browser', () => {
  async function ready(walker: Walker, id = 'hospital', query = ''): Promise<{ readonly state: string }> {
    const asked = await begin(walker, id, query);
    provider.give(await right(asked.get('nonce') ?? ''));
    return { state: asked.get('state') ?? '' };
  }
  const locationOf = async (arrival: Promise<Arrival>): Promise<string | null> => (await arrival).headers.get('location');

  it('asks with PKCE, state and nonce that are long and never twice the same', async () => {
    const [one, two] = [await begin(walkerOf()), await begin(walkerOf())];

    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(one.get(name)).toMatch(/^[\w-]{43}$/);
      expect(one.get(name)).not.toBe(two.get(name));
    }
    expect(Object.fromEntries(one)).toMatchObject({ response_type: 'code', code_challenge_method: 'S256', client_id: 'careloop', redirect_uri: `${doors}/hospital/callback`, scope: 'openid' });
  });

  it('of another browser, with a state of its own or none, is refused, and the provider is not asked', async () => {
    const [victim, attacker] = [walkerOf(), walkerOf()];
    const stolen = await ready(attacker);
    await begin(victim);

    expect(await locationOf(comeBack(victim, stolen))).toBe(refusal('ATTEMPT_MISSING'));
    expect(await locationOf(comeBack(walkerOf(), stolen))).toBe(refusal('ATTEMPT_MISSING'));
    expect(await locationOf(comeBack(victim, {}))).toBe(refusal('ATTEMPT_MISSING'));
    expect(await locationOf(victim.hop(`${doors}/hospital/callback?code=a&state=${stolen.state}&state=${stolen.state}`))).toBe(refusal('ATTEMPT_MISSING'));
    expect(provider.tokensAsked()).toBe(0);
  });

  it('that comes a second time is refused, although the browser still has its cookie', async () => {
    const walker = walkerOf();
    const state = await ready(walker);
    const cookie = walker.cookies(`${doors}/hospital/callback`);

    expect(await locationOf(comeBack(walker, state))).toBe('/');
    const again = await fetch(`${gateway.url}/api/auth/oidc/hospital/callback?${new URLSearchParams({ code: 'code', iss: provider.issuer, ...state })}`, { redirect: 'manual', headers: { cookie } });
    expect(again.headers.get('location')).toBe(refusal('ATTEMPT_USED'));
    expect(provider.tokensAsked()).toBe(1);
  });

  it('to the address of another provider, or by another issuer, is refused', async () => {
    const [mixed, wrong, without] = [walkerOf(), walkerOf(), walkerOf()];

    expect(await locationOf(comeBack(mixed, await ready(mixed), 'other'))).toBe(refusal('ANSWER_INVALID'));
    expect(await locationOf(comeBack(wrong, { ...(await ready(wrong)), iss: 'https://elsewhere.example' }))).toBe(refusal('ANSWER_INVALID'));
    const { state } = await ready(without);
    expect(await locationOf(without.hop(`${doors}/hospital/callback?code=code&state=${state}`))).toBe(refusal('ANSWER_INVALID'));
    expect(provider.tokensAsked()).toBe(0);
  });

  it('after ten minutes is refused, and so is a cookie of our own for something else', async () => {
    const walker = walkerOf();
    const state = await ready(walker);
    const cookie = walker.cookies(`${doors}/hospital/callback`);
    const hint = (await gateway.database.prisma.signOnSession.findFirst())?.idToken ?? '';
    const call = async (sent: string) => (await fetch(`${gateway.url}/api/auth/oidc/hospital/callback?${new URLSearchParams({ code: 'code', iss: provider.issuer, ...state })}`, { redirect: 'manual', headers: { cookie: sent } })).headers.get('location');

    expect(hint).not.toBe('');
    expect(await call(`careloop.sign_on=${hint}`)).toBe(refusal('ATTEMPT_MISSING'));
    expect(await call(`${cookie.slice(0, -3)}AAA`)).toBe(refusal('ATTEMPT_MISSING'));
    const attempts = createSealedText(Buffer.alloc(32, 1), 'sign-on-attempt');
    const attempt = (await attempts.open(cookie.replace(/^.*careloop\.sign_on=/, ''))) ?? {};
    expect(await call(`careloop.sign_on=${await attempts.seal(attempt, -1)}`)).toBe(refusal('ATTEMPT_MISSING'));
    expect(await call(`careloop.sign_on=${await attempts.seal(attempt, 60)}`)).toBe('/');
  });

  it('by a code that the provider does not take, or that the person gave up, is refused', async () => {
    const [used, gaveUp] = [walkerOf(), walkerOf()];
    provider.instead.set('/token', (_request, response) => response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"invalid_grant","error_description":"code-of-somebody"}'));

    expect(await locationOf(comeBack(used, await ready(used)))).toBe(refusal('ANSWER_INVALID'));
    const { state } = await ready(gaveUp);
    expect(await locationOf(gaveUp.hop(`${doors}/hospital/callback?${new URLSearchParams({ error: 'access_denied', error_description: '<script>', iss: provider.issuer, state })}`))).toBe(refusal('CANCELLED'));
  });

  it.each(['//elsewhere.example', '/\\elsewhere.example', 'https://elsewhere.example', '/\t/elsewhere.example', '/%0a', '/.//elsewhere.example', 'tasks', '', '/api/auth/oidc/hospital/start', '/sign-in/abc', '/graphql?query={a}', `/${'a'.repeat(600)}`])('never leads to %j', async (returnTo) => {
    const walker = walkerOf();
    const { headers } = await walker.hop(`${doors}/hospital/start?${new URLSearchParams({ returnTo })}`);
    const location = headers.get('location') ?? '';

    if (returnTo === '/%0a') expect(location.startsWith(provider.issuer)).toBe(true);
    else expect(location).toBe(refusal('REQUEST_INVALID'));
  });

  it('by another method than GET, or of an unknown provider, has no door', async () => {
    expect((await walkerOf().hop(`${doors}/hospital/callback`, { method: 'POST' })).status).toBe(405);
    expect((await walkerOf().hop(`${doors}/hospital/start`, { method: 'POST' })).status).toBe(405);
    expect((await walkerOf().hop(`${doors}/unknown/start`)).status).toBe(404);
    expect((await walkerOf().hop(`${doors}/__proto__/start`)).status).toBe(404);
    expect((await walkerOf().hop(`${doors}/hospital/start/more`)).status).toBe(404);
  });

  it('begun under the other name of this machine goes on under the one that the provider knows', async () => {
    const { status, headers } = await createWalker({ 'http://127.0.0.1:4000': gateway.url }).hop('http://127.0.0.1:4000/api/auth/oidc/hospital/start?returnTo=/tasks');

    // The walker sends the real port as the host: no twin, so the attempt begins here.
    expect(status).toBe(303);
    expect(headers.get('location')).toContain(`${provider.issuer}/authorize?`);
  });
});

describe('a logout token', () => {
  const event = 'http://schemas.openid.net/event/backchannel-logout';
  const order = (changes: Claims = {}): Claims => {
    const { auth_time: _at, staff_number: _number, ...claims } = provider.claims();
    return { ...claims, jti: randomUUID(), events: { [event]: {} }, ...changes };
  };
  const send = async (token: string, contentType = 'application/x-www-form-urlencoded') => (await fetch(`${gateway.url}/api/auth/oidc/hospital/backchannel-logout`, { method: 'POST', headers: { 'content-type': contentType }, body: new URLSearchParams({ logout_token: token }).toString() })).status;
  let cookie: string;
  const isIn = async () => (await gateway.graphql({ cookie }, '{ viewer { id } }')).status === 200;
  beforeEach(async () => {
    // Tokens say whole seconds: a sign-on in the second of an earlier order counts as before it.
    await delay(1_000 - (Date.now() % 1_000));
    const walker = walkerOf();
    const asked = await begin(walker);
    provider.give(await right(asked.get('nonce') ?? ''));
    await comeBack(walker, { state: asked.get('state') ?? '' });
    cookie = walker.cookies(base);
    expect(await isIn()).toBe(true);
  });

  it('ends the sessions of a subject or of one session there', async () => {
    expect(await send(await provider.sign(order({ sid: undefined }), { typ: 'logout+jwt' }))).toBe(200);
    expect(await isIn()).toBe(false);
  });

  it('of another session or subject ends nothing', async () => {
    expect(await send(await provider.sign(order({ sid: 'session-2' })))).toBe(200);
    expect(await send(await provider.sign(order({ sub: 's-2', sid: undefined })))).toBe(200);
    expect(await isIn()).toBe(true);
    expect(await send(await provider.sign(order({ sub: undefined })))).toBe(200);
    expect(await isIn()).toBe(false);
  });

  it('from before a session does not end it', async () => {
    expect(await send(await provider.sign(order({ iat: seconds(-120) })))).toBe(200);
    expect(await isIn()).toBe(true);
  });

  it('that is not one is refused, and ends nothing', async () => {
    const other = await generateKeyPair('RS256');
    const wrong = await Promise.all([
      provider.sign(order({ nonce: 'n' })),
      provider.sign(order({ events: undefined })),
      provider.sign(order({ events: { other: {} } })),
      provider.sign(order({ events: { [event]: 'yes' } })),
      provider.sign(order({ jti: undefined })),
      provider.sign(order({ sub: undefined, sid: undefined })),
      provider.sign(order({ aud: 'another' })),
      provider.sign(order({ aud: ['careloop', 'another'] })),
      provider.sign(order({ iss: 'https://elsewhere.example' })),
      provider.sign(order({ exp: seconds(-60) })),
      provider.sign(order({ exp: undefined })),
      provider.sign(order({ iat: seconds(-7_200) })),
      provider.sign(order(), { typ: 'at+jwt' }),
      provider.sign(order(), {}, other.privateKey),
      provider.sign(order(), { kid: 'other' }, other.privateKey),
      provider.sign(provider.claims({ nonce: 'n' })),
      unsigned(order()),
      '',
      'x'.repeat(70_000),
    ]);

    expect(await Promise.all(wrong.map((token) => send(token)))).toEqual(wrong.map(() => 400));
    expect(await send(await provider.sign(order()), 'application/json')).toBe(400);
    expect(await isIn()).toBe(true);
    expect((await fetch(`${gateway.url}/api/auth/oidc/hospital/backchannel-logout`)).status).toBe(405);
  });
});

it('puts every refusal on record, and no token, code or state', async () => {
  const refused = (await gateway.entries('signIn.refused')).filter(({ reason }) => reason?.startsWith('SIGN_ON_'));
  const kept = JSON.stringify(await Promise.all((await gateway.entries('signIn.refused')).map(async (entry) => [entry.factId, entry.reason, await decryptEntryPayload(gateway.keys, entry)])));

  expect(new Set(refused.map(({ reason }) => reason))).toEqual(new Set(['SIGN_ON_ANSWER_INVALID', 'SIGN_ON_ATTEMPT_MISSING', 'SIGN_ON_ATTEMPT_USED', 'SIGN_ON_CANCELLED', 'SIGN_ON_FACTOR_MISSING', 'SIGN_ON_PERSON_UNKNOWN', 'SIGN_ON_REQUEST_INVALID']));
  expect(kept).not.toMatch(/eyJ|code-of-somebody|<script>|elsewhere/);
});
