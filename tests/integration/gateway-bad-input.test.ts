import { createPublicKey } from 'node:crypto';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { importPKCS8, SignJWT, type JWTHeaderParameters } from 'jose';
import type { CommandService } from '../../gateway/commands/index.ts';
import { createClientSecret, hashClientSecret } from '../../gateway/identity/client-secret.ts';
import { fillMarkedHospital } from '../support/marked-hospital.ts';
import { startGateway, type As, type RunningGateway } from '../support/running-gateway.ts';
import { startTestDatabase, type TestDatabase } from '../support/index.ts';
import { tokenKeyPem } from '../support/token-key.ts';

let server: TestDatabase;
let gateway: RunningGateway;
let nurse: As;
let auditor: As;
let his: As;
const requestTimeoutMs = 1_000;

beforeAll(async () => {
  server = await startTestDatabase();
  gateway = await startGateway({ databaseUrl: server.url, commands: {} as CommandService, requestTimeoutMs });
  await fillMarkedHospital(gateway);
  nurse = await gateway.signIn('nurse');
  auditor = await gateway.signIn('auditor');
  his = await gateway.tokenOf('his');
}, 300_000);
afterAll(async () => {
  await gateway?.close();
  await server?.stop();
}, 30_000);

const viewerQuery = '{ viewer { id } }';
const codesOf = async (as: As, query: string, variables: Readonly<Record<string, unknown>> = {}) => (await gateway.graphql(as, `# invalid\n${query}`, variables)).errors?.map(({ message, extensions }) => extensions?.code ?? message);
const signIn = (username: unknown, password: unknown) =>
  fetch(`${gateway.url}/api/auth/sign-in/username`, { method: 'POST', headers: { 'content-type': 'application/json', origin: 'http://localhost:4000' }, body: JSON.stringify({ username, password }) });

/** Sends bytes as they are; gives what came back until the server closed the connection, and after how long. */
function sendRaw(text: string): Promise<{ readonly answer: string; readonly ms: number }> {
  const { port } = new URL(gateway.url);
  const begun = Date.now();
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    socket.on('error', reject);
    socket.on('close', () => resolve({ answer, ms: Date.now() - begun }));
  });
}
const statusOf = ({ answer }: { readonly answer: string }) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);

describe('tokens', () => {
  const claims = (more: object = {}) => {
    const now = Math.floor(Date.now() / 1000);
    return { iss: 'http://localhost:4000', sub: 'his', aud: 'careloop', iat: now, exp: now + 600, jti: 'j1', ...more };
  };
  const ours = () => importPKCS8(tokenKeyPem(Buffer.alloc(32, 1)), 'EdDSA');
  const statusWith = async (token: string) => (await gateway.graphql({ authorization: `Bearer ${token}` }, viewerQuery)).status;

  it.each([
    ['another key’s name', { kid: 'another' }],
    ['a place to fetch a key', { jku: 'https://evil.example/jwks' }],
    ['a place to fetch a certificate', { x5u: 'https://evil.example/cert' }],
    ['a certificate', { x5c: ['AAAA'] }],
    ['an extension that must be understood', { crit: ['b64'], b64: true }],
  ])('are refused with %s in the header, though the signature is right', async (_what, more) => {
    const header: JWTHeaderParameters = { alg: 'EdDSA', typ: 'at+jwt', ...more };

    expect(await statusWith(await new SignJWT(claims()).setProtectedHeader(header).sign(await ours()))).toBe(401);
  });

  it.each([
    ['not valid yet', { nbf: Math.floor(Date.now() / 1000) + 600 }],
    ['expired', { exp: Math.floor(Date.now() / 1000) - 1 }],
    ['of no client', { sub: 'nobody' }],
    ['without an id', { jti: undefined }],
    ['for several, none of them us', { aud: ['a', 'b'] }],
  ])('are refused when they are %s', async (_what, more) => {
    expect(await statusWith(await new SignJWT(claims(more)).setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt' }).sign(await ours()))).toBe(401);
  });

  it('are refused when the public key served as an HMAC secret, however it was written', async () => {
    const publicPem = createPublicKey(tokenKeyPem(Buffer.alloc(32, 1))).export({ type: 'spki', format: 'pem' }).toString();

    for (const secret of [publicPem, publicPem.trim()]) expect(await statusWith(await new SignJWT(claims()).setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' }).sign(Buffer.from(secret)))).toBe(401);
  });

  it('are no longer given for a secret that was replaced, nor to one client for the secret of another', async () => {
    const ask = async (clientId: string, clientSecret: string) => (await fetch(`${gateway.url}/oauth/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }) })).status;
    const old = gateway.credentials.clients['lis']?.clientSecret ?? '';
    const before = await gateway.tokenOf('lis');
    const fresh = createClientSecret();
    await gateway.database.prisma.systemClient.update({ where: { id: 'lis' }, data: { secretHash: await hashClientSecret(fresh) } });

    expect([await ask('lis', old), await ask('lis', fresh), await ask('his', fresh)]).toEqual([401, 200, 401]);
    // So that a secret can be replaced without a pause, tokens given before live out their quarter of an hour; revoking the client ends them.
    expect((await gateway.graphql(before, viewerQuery)).status).toBe(200);
  });

  it('end a running subscription when their client is revoked', async () => {
    const abort = new AbortController();
    const token = await gateway.tokenOf('emr-desk');
    const response = await fetch(`${gateway.url}/graphql`, { method: 'POST', signal: abort.signal, headers: { ...token, 'content-type': 'application/json', accept: 'text/event-stream' }, body: JSON.stringify({ query: 'subscription { processInstancesChanged { cursor } }' }) });
    const ended = (async () => {
      let text = '';
      for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) text += Buffer.from(chunk).toString();
      return text;
    })();
    await gateway.database.prisma.systemClient.update({ where: { id: 'emr-desk' }, data: { revokedAt: new Date() } });

    // A quiet stream looks every five seconds, and a client's row is remembered for three.
    const outcome = await Promise.race([ended, sleep(15_000, 'still open', { ref: false })]);
    abort.abort();

    expect(outcome).toContain('event: complete');
  }, 30_000);
});

describe('sign-in', () => {
  it('takes as long for a name that nobody has as for a wrong password', async () => {
    const fastest = async (names: readonly string[]) => {
      const times: number[] = [];
      for (const name of names) {
        const begun = performance.now();
        await signIn(name, 'wrong password');
        times.push(performance.now() - begun);
      }
      return Math.min(...times);
    };
    const known = await fastest(Array.from({ length: 4 }, () => 'finance'));
    const unknown = await fastest(Array.from({ length: 4 }, (_, index) => `nobody-${index}`));

    // The password's hash is by far the most of it: without it an answer takes a tenth of the time.
    expect(unknown).toBeGreaterThan(known / 3);
    expect(known).toBeGreaterThan(unknown / 3);
  });

  it('stops guesses for one account with the time to wait, alike for a name that nobody has, and lets others in', async () => {
    for (const name of ['operator', 'no-such-person']) {
      const statuses: number[] = [];
      for (let index = 0; index < 11; index += 1) statuses.push((await signIn(name, `guess ${index}`)).status);

      expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429]);
    }
    const refused = await signIn('OPERATOR', gateway.credentials.users['operator']?.password);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(800);
    expect(await refused.json()).toMatchObject({ code: 'TOO_MANY_ATTEMPTS' });
    expect((await signIn('process-owner', gateway.credentials.users['process-owner']?.password)).status).toBe(200);
    expect((await gateway.entries('signIn.refused')).map(({ reason }) => reason)).toContain('TOO_MANY_ATTEMPTS');
  });

  it.each([
    ['no body', ''],
    ['no JSON', '{"username":'],
    ['a list', '[]'],
    ['names of other types', '{"username":{"$ne":null},"password":[1]}'],
    ['a prototype', '{"__proto__":{"username":"admin"},"constructor":{"prototype":{"roles":["admin"]}}}'],
    ['a very long name', JSON.stringify({ username: 'x'.repeat(10_000), password: 'y'.repeat(10_000) })],
    ['text that no database keeps', '{"username":"nurse\\u0000","password":"\\ud800"}'],
  ])('refuses %s and stays itself', async (_what, body) => {
    const response = await fetch(`${gateway.url}/api/auth/sign-in/username`, { method: 'POST', headers: { 'content-type': 'application/json', origin: 'http://localhost:4000' }, body });

    expect([400, 401, 422, 429]).toContain(response.status);
    expect(await response.text()).not.toMatch(/stack|prisma|\.ts|node_modules/i);
  });

  it('is offered by these paths alone, and says nothing of a session’s token', async () => {
    for (const path of ['get-session', 'list-sessions', 'error', 'ok', 'callback/google', 'reset-password/x', 'verify-email?token=x', 'account-info', 'delete-user/callback', 'sign-in/username/', '']) {
      expect([path, (await fetch(`${gateway.url}/api/auth/${path}`, { headers: nurse })).status]).toEqual([path, 404]);
    }
    expect((await fetch(`${gateway.url}/api/auth/sign-out`, { headers: nurse })).status).toBe(405);
  });

  it.each(['%E0%A4%A', '%00', '..%2f..%2fgraphql', 'x'.repeat(5_000)])('sends a link that is none back to the page: %s', async (link) => {
    const response = await fetch(`${gateway.url}/sign-in/${link}`, { redirect: 'manual' });

    expect([response.status, response.headers.get('location')]).toEqual([303, '/login?reason=link']);
    expect(response.headers.getSetCookie()).toEqual([]);
  });
});

describe('GraphQL', () => {
  it('takes no cursor of another list, nor a damaged one', async () => {
    const cursors = [btoa('GPC:S:not-a-uuid'), btoa('GPC:N:1'), btoa('GPC:D:1'), btoa('GPC:I:99999999999999999999'), btoa('GPC:T:[]'), btoa('GPC:J:{'), 'x', '', '=', '٣'];
    for (const cursor of cursors) {
      for (const field of ['processInstances', 'auditTrail']) {
        const codes = await codesOf(auditor, `query ($after: String) { ${field}(after: $after) { edges { cursor } } }`, { after: cursor });

        // What is empty is no cursor, and begins at the beginning.
        if (cursor !== '') expect([field, cursor, codes]).toEqual([field, cursor, ['CURSOR_INVALID']]);
      }
    }
    expect(await codesOf(auditor, '{ tasks(before: "R1BDOkk6MQ==") { edges { cursor } } }')).toEqual(['CURSOR_INVALID']);
    // Rule sets are listed by key: whatever is given is a place among the keys.
    expect(await codesOf(auditor, '{ ruleSets(after: "x") { edges { cursor } } }')).toBeUndefined();
  });

  it('refuses text that nothing behind it can keep, in a variable, a key and the operation', async () => {
    const search = 'query ($search: String) { patients(search: $search) { totalCount } }';

    expect(await codesOf(nurse, search, { search: 'a\u0000' })).toEqual(['INPUT_INVALID']);
    expect(await codesOf(nurse, search, { search: '\ud800' })).toEqual(['INPUT_INVALID']);
    expect(await codesOf(nurse, search, { search: '𠮷' })).toBeUndefined();
    expect(await codesOf(nurse, '{ patients(search: "\\u0000") { totalCount } }')).toEqual(['INPUT_INVALID']);
    expect(await codesOf(nurse, 'query ($v: JSON!) { viewer { id } evaluateRuleSet(key: "a", side: {draft: true}, facts: $v) { level } }', { v: [{ 'a\u0000': 1 }] })).toContain('INPUT_INVALID');
  });

  it('merges five hundred repeated fields but not five hundred objects, and refuses a depth of 21 and a subscription to nothing', async () => {
    const repeated = await gateway.graphql(nurse, `{ viewer { ${'id '.repeat(500)} } }`);
    const deep = `{ tasks { edges { node { ${'processInstance { tasks { '.repeat(8)} id ${'} }'.repeat(8)} } } } }`;

    expect(repeated.data).toEqual({ viewer: { id: 'demo-nurse-w1' } });
    // graphql-js bounds the work of comparing fields that could clash.
    expect(await codesOf(nurse, `{ ${'viewer { id } '.repeat(500)} }`)).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    expect(await codesOf(nurse, deep)).toBeUndefined();
    expect(await codesOf(nurse, deep.replace(' id ', ' processInstance { tasks { id } } '))).toEqual(['OPERATION_TOO_COMPLEX']);
    for (const query of ['subscription { tasksChanged @skip(if: true) { cursor } }', 'subscription { ...F } fragment F on Subscription { tasksChanged @include(if: false) { cursor } }', 'subscription { ... @skip(if: true) { tasksChanged { cursor } } }']) {
      expect(await codesOf(nurse, query)).toContain('GRAPHQL_VALIDATION_FAILED');
    }
  });

  it('shows lines of the record to nobody whom the policy gives none, by whatever way', async () => {
    const query = '{ processInstances { edges { node { processInstanceId timeline { totalCount edges { node { id } } } } } } }';
    const lines = async (as: As) => (await gateway.graphql(as, query)).data.processInstances.edges.map(({ node }: { node: { timeline: { totalCount: number; edges: unknown[] } } }) => [node.timeline.totalCount, node.timeline.edges.length]);

    const [ofHis, ofAuditor] = [await lines(his), await lines(auditor)];

    expect(ofHis.length).toBe(ofAuditor.length);
    expect(ofHis).toEqual(ofHis.map(() => [0, 0]));
    expect(ofAuditor).toEqual(ofAuditor.map(() => [1, 1]));
  });
});

describe('the wire', () => {
  const host = 'host: localhost\r\n';

  it.each([
    ['two lengths', `POST /oauth/token HTTP/1.1\r\n${host}content-length: 3\r\ncontent-length: 30\r\n\r\nabc`, 400],
    ['a length and chunks', `POST /oauth/token HTTP/1.1\r\n${host}content-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`, 400],
    ['a length that is no number', `POST /oauth/token HTTP/1.1\r\n${host}content-length: 3a\r\n\r\nabc`, 400],
    ['an unknown coding before chunks', `POST /oauth/token HTTP/1.1\r\n${host}transfer-encoding: xchunked\r\n\r\n0\r\n\r\n`, 400],
    ['a header with a space before its colon', `GET /healthz HTTP/1.1\r\n${host}x-a : b\r\n\r\n`, 400],
    ['a line that is folded', `GET /healthz HTTP/1.1\r\n${host}x-a: b\r\n c\r\nconnection: close\r\n\r\n`, 400],
    ['a very long path', `GET /${'a'.repeat(60_000)} HTTP/1.1\r\n${host}\r\n`, 431],
    ['a host that is none', 'GET /graphql HTTP/1.1\r\nhost: a b@c/d\r\nconnection: close\r\n\r\n', 400],
    ['no host', 'GET /healthz HTTP/1.1\r\nconnection: close\r\n\r\n', 400],
    ['a target that is no path', `GET http://[ HTTP/1.1\r\n${host}connection: close\r\n\r\n`, 400],
    ['a target of another scheme', `GET file:///etc/passwd HTTP/1.1\r\n${host}connection: close\r\n\r\n`, 400],
    ['a target of the server as a whole', `OPTIONS * HTTP/1.1\r\n${host}connection: close\r\n\r\n`, 400],
    ['a method that is none', `GRAPHQL /graphql HTTP/1.1\r\n${host}\r\n`, 400],
    ['a target as proxies get it', `GET http://evil.example/healthz HTTP/1.1\r\n${host}connection: close\r\n\r\n`, 200],
    ['a target as proxies get it, at a door that asks who comes', `GET http://evil.example/graphql?query=%7Bviewer%7Bid%7D%7D HTTP/1.1\r\n${host}connection: close\r\n\r\n`, 401],
    ['a path that begins as a host', `GET //evil.example/graphql HTTP/1.1\r\n${host}connection: close\r\n\r\n`, 503],
  ])('answers %s as it should', async (_what, text, status) => {
    expect(statusOf(await sendRaw(text))).toBe(status);
  });

  it('does not wait for a body, or for headers, that do not come', async () => {
    const slow = await sendRaw(`POST /oauth/token HTTP/1.1\r\n${host}content-type: application/x-www-form-urlencoded\r\ncontent-length: 100\r\n\r\ngrant_type=`);
    const silent = await sendRaw(`GET /healthz HTTP/1.1\r\n${host}`);

    expect([statusOf(slow), statusOf(silent)]).toEqual([408, 408]);
    expect(Math.max(slow.ms, silent.ms)).toBeLessThan(10 * requestTimeoutMs);
  }, 30_000);
});
