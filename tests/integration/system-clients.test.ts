import { generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { exportJWK, SignJWT } from 'jose';
import type { CommandService } from '../../gateway/commands/index.ts';
import { decryptEntryPayload } from '../../gateway/audit/index.ts';
import { makeCertificate } from '../support/client-certificates.ts';
import { startGateway, type As, type RunningGateway } from '../support/running-gateway.ts';
import { startTestDatabase, type TestDatabase } from '../support/index.ts';

let server: TestDatabase;
let gateway: RunningGateway;
let second: RunningGateway;
let administrator: As;
// No operation here reaches a process.
const commands = {} as CommandService;
const issuer = 'http://localhost:4000';

beforeAll(async () => {
  server = await startTestDatabase();
  gateway = await startGateway({ databaseUrl: server.url, commands });
  second = await startGateway({ databaseUrl: server.url, commands });
  administrator = await second.signIn('security-administrator');
}, 300_000);
afterAll(async () => {
  await second?.close();
  await gateway?.close();
  await server?.stop();
});

const client = 'client { id name roles revokedAt lastUsedAt credentials { id kind status identifier expiresAt revokedAt lastUsedAt } }';
const errors = '... on Error { code place message }';
const create = `mutation ($input: CreateSystemClientInput!) { createSystemClient(input: $input) { __typename ... on CreateSystemClientPayload { credentialId secret isRepeat ${client} } ${errors} } }`;
const add = `mutation ($input: AddClientCredentialInput!) { addClientCredential(input: $input) { __typename ... on AddClientCredentialPayload { credentialId secret isRepeat ${client} } ${errors} } }`;
const revokeCredential = `mutation ($input: RevokeClientCredentialInput!) { revokeClientCredential(input: $input) { __typename ... on RevokeClientCredentialPayload { ${client} } ${errors} } }`;
const revokeClient = `mutation ($input: RevokeSystemClientInput!) { revokeSystemClient(input: $input) { __typename ... on RevokeSystemClientPayload { ${client} } ${errors} } }`;

/** Does one mutation as the security administrator. */
async function act(mutation: string, input: object, as = administrator) {
  const { data, errors: failed } = await gateway.graphql(as, mutation, { input: { idempotencyKey: randomUUID(), ...input } });
  if (failed) throw new Error(JSON.stringify(failed));
  return Object.values(data)[0] as Record<string, never> & { readonly __typename: string; readonly code?: string; readonly secret?: string; readonly credentialId: string; readonly client: { readonly id: string } };
}
let count = 0;
const newClient = (authentication: object, roles: readonly string[] = ['his']) => act(create, { name: `System ${(count += 1)}`, roles, authentication });

const post = (path: string, form: Record<string, string>, at = gateway) => fetch(`${at.url}${path}`, { method: 'POST', body: new URLSearchParams(form) });
const tokenFor = async (clientId: string, secret: string, at = gateway) => {
  const response = await post('/oauth/token', { grant_type: 'client_credentials', client_id: clientId, client_secret: secret }, at);
  return { status: response.status, token: ((await response.json()) as { access_token?: string }).access_token ?? '' };
};
const statusOf = async (token: string, at = gateway) => (await at.graphql({ authorization: `Bearer ${token}` }, '{ viewer { id } }')).status;

const pair = () => generateKeyPairSync('ed25519');
const jwkText = async ({ publicKey }: { readonly publicKey: KeyObject }, kid?: string) => JSON.stringify({ ...(await exportJWK(publicKey)), ...(kid === undefined ? {} : { kid }) });
const assertion = (clientId: string, key: KeyObject, header: object = {}, claims: object = {}) => {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ iss: clientId, sub: clientId, aud: issuer, exp: now + 60, iat: now, jti: randomUUID(), ...claims }).setProtectedHeader({ alg: 'EdDSA', ...header }).sign(key);
};
const withAssertion = (text: string, at = gateway, more: Record<string, string> = {}) =>
  post('/oauth/token', { grant_type: 'client_credentials', client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', client_assertion: text, ...more }, at);

describe('a client that signs assertions', () => {
  it('gets tokens by either of two keys, named by kid, and by none that was revoked', async () => {
    const [old, fresh] = [pair(), pair()];
    const made = await newClient({ kind: 'JWK', jwk: await jwkText(old, 'old') });
    await act(add, { clientId: made.client.id, credential: { kind: 'JWK', jwk: await jwkText(fresh, 'new') } });

    expect((await withAssertion(await assertion(made.client.id, old.privateKey, { kid: 'old' }))).status).toBe(200);
    expect((await withAssertion(await assertion(made.client.id, fresh.privateKey, { kid: 'new' }), gateway, { client_id: made.client.id })).status).toBe(200);
    expect((await withAssertion(await assertion(made.client.id, fresh.privateKey, { kid: 'old' }))).status).toBe(401);

    await act(revokeCredential, { credentialId: made.credentialId, reason: 'rotated' });

    expect((await withAssertion(await assertion(made.client.id, old.privateKey, { kid: 'old' }))).status).toBe(401);
    expect((await withAssertion(await assertion(made.client.id, fresh.privateKey))).status).toBe(200);
  });

  it('uses an assertion once, also when it sends it to two gateways at the same time', async () => {
    const key = pair();
    const made = await newClient({ kind: 'JWK', jwk: await jwkText(key) });
    const text = await assertion(made.client.id, key.privateKey);

    const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => withAssertion(text, index % 2 === 0 ? gateway : second)));

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await Promise.all(answers.filter(({ status }) => status !== 200).map((answer) => answer.json()))).toEqual(Array.from({ length: 9 }, () => ({ error: 'invalid_client', error_description: expect.stringContaining('jti') })));
    expect((await gateway.entries('access.refused')).map(({ reason }) => reason)).toContain('ASSERTION_REUSED');
  });

  it('is refused with another client’s key, a wrong audience, an expired assertion, another client_id and two ways at once', async () => {
    const [mine, other] = [pair(), pair()];
    const made = await newClient({ kind: 'JWK', jwk: await jwkText(mine) });
    await newClient({ kind: 'JWK', jwk: await jwkText(other) });
    const { id } = made.client;

    expect((await withAssertion(await assertion(id, other.privateKey))).status).toBe(401);
    expect((await withAssertion(await assertion(id, mine.privateKey, {}, { aud: 'https://elsewhere.example' }))).status).toBe(401);
    expect((await withAssertion(await assertion(id, mine.privateKey, {}, { exp: Math.floor(Date.now() / 1000) - 60 }))).status).toBe(401);
    expect((await withAssertion(await assertion(id, mine.privateKey), gateway, { client_id: 'his' })).status).toBe(401);
    expect((await withAssertion(await assertion(id, mine.privateKey), gateway, { client_secret: 'x', client_id: id })).status).toBe(400);
    expect((await post('/oauth/token', { grant_type: 'client_credentials', client_assertion: await assertion(id, mine.privateKey) })).status).toBe(400);
    expect((await withAssertion(await assertion('nobody', mine.privateKey))).status).toBe(401);
    expect((await withAssertion(await assertion('a\u0000b', mine.privateKey))).status).toBe(401);
    expect((await withAssertion('no.assertion.atall')).status).toBe(401);
    expect((await withAssertion(await assertion(id, mine.privateKey))).status).toBe(200);
  });
});

describe('rotation', () => {
  it('goes without a single refusal while a client asks for tokens and uses them throughout', async () => {
    const made = await newClient({ kind: 'SECRET' });
    const { id } = made.client;
    let secret = made.secret ?? '';
    let isRunning = true;
    const outcomes: number[] = [];
    const traffic = (async () => {
      for (let turn = 0; isRunning; turn += 1) {
        const { status, token } = await tokenFor(id, secret, turn % 2 === 0 ? gateway : second);
        outcomes.push(status, await statusOf(token, second));
      }
    })();

    const added = await act(add, { clientId: id, credential: { kind: 'SECRET' } });
    await sleep(300);
    secret = added.secret ?? '';
    await sleep(300);
    await act(revokeCredential, { credentialId: made.credentialId, reason: 'rotated' });
    await sleep(300);
    isRunning = false;
    await traffic;

    expect(outcomes.length).toBeGreaterThan(6);
    expect(new Set(outcomes)).toEqual(new Set([200]));
    expect((await tokenFor(id, made.secret ?? '')).status).toBe(401);
  }, 60_000);

  it('ends the old secret at the instant that was given, and no sooner', async () => {
    const made = await newClient({ kind: 'SECRET' });
    const { id } = made.client;
    const endsAt = Date.now() + 5_000;
    await act(revokeCredential, { credentialId: made.credentialId, endsAt: new Date(endsAt).toISOString(), reason: 'rotated' });

    expect((await tokenFor(id, made.secret ?? '')).status).toBe(200);
    await sleep(endsAt + 50 - Date.now());
    expect((await tokenFor(id, made.secret ?? '')).status).toBe(401);
  });

  it('lets tokens live on after a credential was revoked, unless they are ended too', async () => {
    const made = await newClient({ kind: 'SECRET' });
    const added = await act(add, { clientId: made.client.id, credential: { kind: 'SECRET' } });
    const [kept, ended] = [await tokenFor(made.client.id, made.secret ?? ''), await tokenFor(made.client.id, added.secret ?? '')];

    await act(revokeCredential, { credentialId: made.credentialId, reason: 'rotated' });
    await act(revokeCredential, { credentialId: added.credentialId, endTokens: true, reason: 'somebody else has it' });
    await sleep(1_600);

    expect([await statusOf(kept.token), await statusOf(ended.token), await statusOf(ended.token, second)]).toEqual([200, 401, 401]);
  });
});

describe('revocation', () => {
  it('ends a token that its client gives back, at every gateway within three seconds, and no other', async () => {
    const made = await newClient({ kind: 'SECRET' });
    const secret = made.secret ?? '';
    const [first, other] = [await tokenFor(made.client.id, secret), await tokenFor(made.client.id, secret)];
    expect(await statusOf(first.token, second)).toBe(200);

    const answer = await post('/oauth/revoke', { token: first.token, client_id: made.client.id, client_secret: secret });

    expect([answer.status, await answer.text()]).toEqual([200, '']);
    expect(await statusOf(first.token)).toBe(401);
    await sleep(1_600);
    expect(await statusOf(first.token, second)).toBe(401);
    expect(await statusOf(other.token, second)).toBe(200);
  });

  it('answers alike for what is no token, and does not end the token of another client', async () => {
    const [mine, theirs] = [await newClient({ kind: 'SECRET' }), await newClient({ kind: 'SECRET' })];
    const { token } = await tokenFor(theirs.client.id, theirs.secret ?? '');
    const revoke = (text: string) => post('/oauth/revoke', { token: text, client_id: mine.client.id, client_secret: mine.secret ?? '' });

    expect([(await revoke('nothing')).status, (await revoke(token)).status]).toEqual([200, 200]);
    expect(await statusOf(token)).toBe(200);
    expect((await post('/oauth/revoke', { token, client_id: mine.client.id, client_secret: 'wrong' })).status).toBe(401);
    expect((await post('/oauth/revoke', { client_id: mine.client.id, client_secret: mine.secret ?? '' })).status).toBe(400);
  });

  it('of a client ends its tokens, secrets and open subscription within three seconds', async () => {
    const made = await newClient({ kind: 'SECRET' });
    const { token } = await tokenFor(made.client.id, made.secret ?? '');
    const response = await fetch(`${second.url}/graphql`, { method: 'POST', signal: AbortSignal.timeout(20_000), headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept: 'text/event-stream' }, body: JSON.stringify({ query: 'subscription { processInstancesChanged { cursor } }' }) });
    const ended = response.text().then(() => performance.now());
    await sleep(200);

    const begun = performance.now();
    await act(revokeClient, { clientId: made.client.id, reason: 'no longer connected' });

    expect((await ended) - begun).toBeLessThan(3_000);
    expect((await tokenFor(made.client.id, made.secret ?? '')).status).toBe(401);
    expect([await statusOf(token), await statusOf(token, second)]).toEqual([401, 401]);
  }, 30_000);
});

describe('administration', () => {
  it('gives a repeat the first answer without the secret, and refuses the key for anything else', async () => {
    const made = await newClient({ kind: 'SECRET' });
    const idempotencyKey = randomUUID();
    const wish = { idempotencyKey, clientId: made.client.id, credential: { kind: 'SECRET' } };

    const answers = await Promise.all([act(add, wish), act(add, wish), act(add, wish)]);
    const other = await act(add, { ...wish, credential: { kind: 'SECRET', expiresAt: '2099-01-01T00:00:00Z' } });
    const stored = await gateway.database.pool.query('select row_to_json(c)::text as row from client_command c');

    expect(new Set(answers.map(({ credentialId }) => credentialId)).size).toBe(1);
    expect(answers.map((answer) => [typeof answer.secret, answer['isRepeat'] as unknown]).sort()).toEqual([['object', true], ['object', true], ['string', false]]);
    expect(await gateway.database.prisma.clientCredential.count({ where: { clientId: made.client.id } })).toBe(2);
    expect(other).toMatchObject({ __typename: 'ConflictError', code: 'IDEMPOTENCY_KEY_REUSED', place: 'idempotencyKey' });
    const secrets = [made, ...answers].flatMap(({ secret }) => secret ?? []);
    expect(secrets.filter((secret) => stored.rows.some(({ row }: { readonly row: string }) => row.includes(secret)))).toEqual([]);
    const revoke = { idempotencyKey: randomUUID(), credentialId: made.credentialId, reason: 'rotated' };
    expect(await act(revokeCredential, revoke)).toEqual(await act(revokeCredential, revoke));
    expect(await act(revokeCredential, { ...revoke, idempotencyKey: randomUUID() })).toMatchObject({ code: 'CREDENTIAL_ALREADY_REVOKED' });
  });

  it('shows a secret once, notes its use, and keeps it out of the record', async () => {
    const made = await newClient({ kind: 'SECRET' });
    const secret = made.secret ?? '';
    await tokenFor(made.client.id, secret);

    const { data } = await gateway.graphql(administrator, '{ systemClients { id name roles lastUsedAt credentials { kind status identifier createdBy { id } lastUsedAt } } }');
    const shown = (data.systemClients as { readonly id: string; readonly lastUsedAt: string }[]).find(({ id }) => id === made.client.id);
    const entry = (await gateway.entries('client.created')).at(-1);
    const payload = entry && (await decryptEntryPayload(gateway.keys, entry));

    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(shown).toMatchObject({ credentials: [{ kind: 'SECRET', status: 'ACTIVE', identifier: null, createdBy: { id: 'demo-security-administrator' }, lastUsedAt: expect.any(String) }] });
    expect(JSON.stringify(data)).not.toContain('scrypt');
    expect(entry).toMatchObject({ actorId: 'demo-security-administrator', patientId: null });
    expect(payload).toMatchObject({ after: { roles: ['his'], credential: { kind: 'secret' } }, detail: { client: made.client.id } });
    expect(JSON.stringify(payload)).not.toContain(secret);
    expect(JSON.stringify(payload)).not.toContain('scrypt');
  });

  it('puts the end of a credential on record, before and after', async () => {
    const made = await newClient({ kind: 'SECRET' });
    await act(revokeCredential, { credentialId: made.credentialId, reason: 'lost' });

    const entry = (await gateway.entries('client.credentialRevoked')).at(-1);

    expect(entry?.reason).toBe('lost');
    expect(entry && (await decryptEntryPayload(gateway.keys, entry))).toMatchObject({ before: { credential: { id: made.credentialId, revokedAt: null } }, after: { credential: { id: made.credentialId, revokedAt: expect.any(String) } } });
  });

  it.each(['nurse', 'system-administrator', 'auditor', 'operator'])('is not for a %s', async (role) => {
    const person = await second.signIn(role);

    expect(await act(create, { name: 'Mine', roles: ['his'], authentication: { kind: 'SECRET' } }, person)).toMatchObject({ __typename: 'ForbiddenError', code: 'FORBIDDEN' });
    expect((await gateway.graphql(person, '{ systemClients { id } }')).errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  });

  it('refuses roles of people, a name twice, a past end, private keys, weak keys, text that is none, and a sixth credential', async () => {
    const code = async (input: object) => (await act(create, { name: `Refused ${(count += 1)}`, roles: ['his'], authentication: { kind: 'SECRET' }, ...input })).code;
    const certificate = await makeCertificate({ subject: 'CN=pasted' });
    const over = await makeCertificate({ subject: 'CN=over', endsInDays: -1 });
    const made = await newClient({ kind: 'CERTIFICATE', certificate: certificate.cert });
    const weak = generateKeyPairSync('rsa', { modulusLength: 1024 });

    expect(await code({ roles: ['security-administrator'] })).toBe('ROLE_NOT_FOR_SYSTEMS');
    expect(await code({ name: 'System 1' })).toBe('CLIENT_NAME_TAKEN');
    expect(await code({ authentication: { kind: 'SECRET', expiresAt: '2020-01-01T00:00:00Z' } })).toBe('EXPIRY_PAST');
    expect(await code({ authentication: { kind: 'JWK', jwk: JSON.stringify(await exportJWK(pair().privateKey)) } })).toBe('PRIVATE_KEY_GIVEN');
    expect(await code({ authentication: { kind: 'JWK', jwk: await jwkText(weak) } })).toBe('KEY_TOO_WEAK');
    expect(await code({ authentication: { kind: 'JWK' } })).toBe('JWK_INVALID');
    expect(await code({ authentication: { kind: 'CERTIFICATE', certificate: certificate.key } })).toBe('PRIVATE_KEY_GIVEN');
    expect(await code({ authentication: { kind: 'CERTIFICATE', certificate: `${certificate.cert}\n${over.cert}` } })).toBe('CERTIFICATE_INVALID');
    expect(await code({ authentication: { kind: 'CERTIFICATE', certificate: over.cert } })).toBe('CERTIFICATE_EXPIRED');
    expect(await code({ authentication: { kind: 'CERTIFICATE', certificate: certificate.cert } })).toBe('CREDENTIAL_IN_USE');
    expect((await gateway.database.prisma.systemClient.findMany({ where: { name: { startsWith: 'Refused' } } })).length).toBe(0);

    // Asked at once: the limit holds all the same.
    const further = await Promise.all(Array.from({ length: 8 }, () => act(add, { clientId: made.client.id, credential: { kind: 'SECRET' } })));
    expect(further.filter(({ code: refusal }) => refusal === 'TOO_MANY_CREDENTIALS')).toHaveLength(4);
    expect((await act(revokeCredential, { credentialId: randomUUID(), reason: 'none' })).code).toBe('CREDENTIAL_NOT_FOUND');
    expect((await act(revokeCredential, { credentialId: 'no id', reason: 'none' })).code).toBe('INPUT_INVALID');
    expect((await act(add, { clientId: 'nobody', credential: { kind: 'SECRET' } })).code).toBe('CLIENT_NOT_FOUND');
  });

  it('warns of a credential in its last thirty days', async () => {
    const made = await newClient({ kind: 'SECRET', expiresAt: new Date(Date.now() + 29 * 86_400_000).toISOString() });

    expect(made.client).toMatchObject({ credentials: [{ status: 'EXPIRES_SOON' }] });
  });
});

it('says where its doors are', async () => {
  const metadata = await (await fetch(`${gateway.url}/.well-known/oauth-authorization-server`)).json();

  expect(metadata).toMatchObject({ issuer, token_endpoint: `${issuer}/oauth/token`, revocation_endpoint: `${issuer}/oauth/revoke`, token_endpoint_auth_signing_alg_values_supported: ['EdDSA', 'ES256', 'PS256'], tls_client_certificate_bound_access_tokens: true });
});
