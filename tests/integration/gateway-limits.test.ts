import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandService } from '../../gateway/commands/index.ts';
import { startGateway, type As, type RunningGateway } from '../support/running-gateway.ts';
import { startTestDatabase, type TestDatabase } from '../support/index.ts';

let server: TestDatabase;
let gateway: RunningGateway;
let nurse: As;
const webFolder = mkdtempSync(join(tmpdir(), 'careloop-web-'));

beforeAll(async () => {
  mkdirSync(join(webFolder, 'assets'));
  writeFileSync(join(webFolder, 'index.html'), '<!doctype html><title>Careloop</title>');
  writeFileSync(join(webFolder, 'assets/app-Ab3dE5gH.js'), `console.log(${JSON.stringify('x'.repeat(5_000))})`);
  writeFileSync(join(webFolder, '.sources'), 'a build stamp');
  server = await startTestDatabase();
  gateway = await startGateway({
    databaseUrl: server.url,
    webFolder,
    isProduction: true,
    commands: {
      startProcess: async () => {
        throw new Error('select name from patient where secret = 42');
      },
    } as unknown as CommandService,
  });
  nurse = await gateway.signIn('nurse');
}, 300_000);
afterAll(async () => {
  await gateway?.close();
  await server?.stop();
  rmSync(webFolder, { recursive: true, force: true });
}, 30_000);

const codesOf = async (query: string) => (await gateway.graphql(nurse, `# invalid\n${query}`)).errors?.map(({ message, extensions }) => extensions?.code ?? message);
const post = (body: string, headers: Record<string, string> = {}) => fetch(`${gateway.url}/graphql`, { method: 'POST', headers: { ...nurse, 'content-type': 'application/json', ...headers }, body });

describe('one operation', () => {
  it('may not be too deep, too wide, too long or too costly', async () => {
    const deep = `{ tasks { edges { node { ${'processInstance { tasks { '.repeat(10)} id ${'} }'.repeat(10)} } } } }`;
    const aliases = `{ ${Array.from({ length: 101 }, (_, index) => `a${index}: viewer { id }`).join(' ')} }`;
    const tokens = `{ viewer { ${'id '.repeat(16_000)} } }`;
    const circular = 'fragment A on Viewer { ...B } fragment B on Viewer { ...A } { viewer { ...A } }';

    for (const query of [deep, aliases, tokens, circular]) {
      const answer = await gateway.graphql(nurse, `# invalid\n${query}`);
      expect(answer.data ?? null).toBeNull();
      expect(answer.errors?.map(({ message, extensions }) => extensions?.code ?? message)).toEqual([query === circular ? 'GRAPHQL_VALIDATION_FAILED' : 'OPERATION_TOO_COMPLEX']);
    }
  });

  it('may not ask for more rows than a page has', async () => {
    for (const field of ['tasks', 'processInstances', 'incidents', 'patients', 'alerts']) {
      expect(await codesOf(`{ ${field}(first: 101) { edges { cursor } } }`)).toEqual(['PAGE_SIZE_INVALID']);
    }
    expect(await codesOf('{ tasks(first: 99999999) { edges { cursor } } }')).toEqual(['OPERATION_TOO_COMPLEX']);
    expect(await codesOf('{ tasks(first: -1) { edges { cursor } } }')).toEqual(['PAGE_SIZE_INVALID']);
    expect(await codesOf('{ tasks(first: 100) { edges { cursor } } }')).toBeUndefined();
    expect(await codesOf(`{ nodes(ids: [${'"a",'.repeat(101)}]) { id } }`)).toEqual(['PAGE_SIZE_INVALID']);
  });

  it('may not ask for a status that does not exist, as if nothing had it', async () => {
    for (const field of ['tasks', 'processInstances']) {
      expect(await codesOf(`{ ${field}(status: "done") { edges { cursor } } }`)).toEqual(['INPUT_INVALID']);
      expect(await codesOf(`{ ${field}(status: "completed") { edges { cursor } } }`)).toBeUndefined();
    }
  });

  it('may not ask for the schema in production, nor learn it from suggestions', async () => {
    expect(await codesOf('{ __schema { types { name } } }')).toContain('GRAPHQL_VALIDATION_FAILED');
    expect(JSON.stringify(await gateway.graphql(nurse, '# invalid\n{ viewr { id } }'))).not.toContain('viewer');
  });

  it('is told where a variable does not fit, but not what stood there', async () => {
    const answer = await gateway.graphql(nurse, 'query ($first: Int, $id: ID!) { tasks(first: $first) { totalCount } task(id: $id) { id } }', { first: '王秘密', id: { name: '王秘密' } });

    expect(answer.errors?.map(({ extensions }) => extensions)).toEqual([{ code: 'INPUT_INVALID', place: 'first' }, { code: 'INPUT_INVALID', place: 'id' }]);
    expect(JSON.stringify(answer)).not.toContain('秘密');
  });

  it('may not bring a key that reaches a prototype', async () => {
    const response = await post('{"query":"mutation ($i: StartProcessInput!) { startProcess(input: $i) { __typename } }","variables":{"i":{"processKey":"a","businessKey":"b","idempotencyKey":"c","variables":{"__proto__":{"polluted":true}}}}}');

    expect(await response.text()).toContain('INPUT_INVALID');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe('the transport', () => {
  it('takes queries by GET only from whom no link can imitate, and never a mutation', async () => {
    const get = (query: string, headers: Record<string, string>) => fetch(`${gateway.url}/graphql?query=${encodeURIComponent(query)}`, { headers });
    const mutation = 'mutation { acknowledgeAlert(input: { alertId: "a" }) { __typename } }';
    const desk = await gateway.tokenOf('emr-desk');

    expect((await get('{ viewer { id } }', nurse)).status).toBe(403);
    expect((await get('{ viewer { id } }', { ...nurse, 'x-graphql-yoga-csrf': '1' })).status).toBe(200);
    expect((await get('{ viewer { id } }', desk)).status).toBe(200);
    expect((await get(mutation, desk)).status).toBe(405);
    expect((await get(mutation, { ...nurse, 'x-graphql-yoga-csrf': '1' })).status).toBe(405);
    expect((await fetch(`${gateway.url}/graphql`, { method: 'PUT', headers: nurse, body: '{}' })).status).toBe(405);
  });

  it('takes single POSTs of JSON only', async () => {
    expect((await post('query=%7Bviewer%7Bid%7D%7D', { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(415);
    expect((await post('{"query":"{viewer{id}}"}', { 'content-type': 'text/plain' })).status).toBe(415);
    const batch = (await (await post('[{"query":"{viewer{id}}"},{"query":"{viewer{id}}"}]')).json()) as { data?: unknown; errors: unknown[] };
    expect(batch.data).toBeUndefined();
    expect(batch.errors).toHaveLength(1);
    expect((await post('{"query":')).status).toBe(400);
  });

  it('cuts off a body that says no length and does not end in time', async () => {
    const status = await new Promise<number>((resolve, reject) => {
      const request = httpRequest(`${gateway.url}/graphql`, { method: 'POST', headers: { ...nurse, 'content-type': 'application/json', 'transfer-encoding': 'chunked' } }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
        request.destroy();
      });
      request.on('error', reject);
      const chunk = Buffer.alloc(1024 * 1024, ' ');
      for (let sent = 0; sent < 10; sent += 1) request.write(chunk);
      request.end();
    });

    expect(status).toBe(413);
  });

  it('masks what went wrong inside', async () => {
    const doctor = await gateway.signIn('doctor');
    const answer = await gateway.graphql(doctor, 'mutation { startProcess(input: { processKey: "a", businessKey: "b", idempotencyKey: "c", variables: {} }) { __typename } }');

    expect(JSON.stringify(answer)).not.toMatch(/select|patient|secret|stack|\.ts/);
    expect(answer.errors?.[0]).toMatchObject({ extensions: { code: 'INTERNAL_SERVER_ERROR' } });
  });

  it('withholds an answer whose reading cannot be put on record', async () => {
    const { prisma } = gateway.database;
    await prisma.patient.create({ data: { id: 'P9', name: '患者（合成）', gender: 'male', birthDate: new Date('1990-01-01'), isSynthetic: true } });
    const auditor = await gateway.signIn('auditor');
    await prisma.dataKey.create({ data: { keyId: 'dk-destroyed', scope: 'P9', wrappedKey: new Uint8Array(60), destroyedAt: new Date() } });

    const answer = await gateway.graphql(auditor, '{ patients(search: "P9") { edges { node { name } } } }');

    expect(answer.errors?.[0]?.extensions?.code).toBe('RECORD_UNAVAILABLE');
    expect(JSON.stringify(answer)).not.toContain('患者');
  });
});

describe('the web app', () => {
  it('is served with hashed files for ever, the page never, and every header of safety', async () => {
    const page = await fetch(`${gateway.url}/`);
    const asset = await fetch(`${gateway.url}/assets/app-Ab3dE5gH.js`, { headers: { 'accept-encoding': 'br' } });

    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('content-security-policy')).toMatch(/script-src 'self'[^;]*;/);
    expect(page.headers.get('content-security-policy')).not.toMatch(/script-src[^;]*'unsafe-inline'/);
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(asset.headers.get('content-encoding')).toBe('br');
    expect((await asset.text()).length).toBeGreaterThan(5_000);
    const again = await fetch(`${gateway.url}/assets/app-Ab3dE5gH.js`, { headers: { 'if-none-match': asset.headers.get('etag') ?? '' } });
    expect(again.status).toBe(304);
  });

  it("answers the app's own paths with its page, and nothing outside its folder", async () => {
    expect(await (await fetch(`${gateway.url}/instances/123`)).text()).toContain('<title>Careloop');
    for (const path of ['/assets/missing-aaaaaaaa.js', '/.sources', '/..%2f..%2fpackage.json', '/%00', '/assets/..%5c..%5cpackage.json', '/%E0%A4%A']) {
      expect((await fetch(`${gateway.url}${path}`)).status).toBe(404);
    }
    expect((await fetch(`${gateway.url}/`, { method: 'POST' })).status).toBe(405);
    expect((await fetch(`${gateway.url}/api/nothing`)).status).toBe(404);
  });
});
