import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandService } from '../../gateway/commands/index.ts';
import { startGateway, type As, type RunningGateway } from '../support/running-gateway.ts';
import { startTestDatabase, type TestDatabase } from '../support/index.ts';

let server: TestDatabase;
let gateway: RunningGateway;
// No operation here reaches a process.
const commands = {} as CommandService;
const viewerQuery = '{ viewer { id } }';
const limits = { personPointsPerMinute: 400, clientPointsPerMinute: 400, personRequestPoints: 10, clientRequestPoints: 10, subscriptionsPerSession: 3, subscriptionsPerClient: 2, tokensPerMinute: 5, failuresPerMinute: 20 };

beforeAll(async () => {
  server = await startTestDatabase();
  gateway = await startGateway({ databaseUrl: server.url, commands, limits });
}, 300_000);
afterAll(async () => {
  await gateway?.close();
  await server?.stop();
});

const post = (as: As, query: string, headers: Record<string, string> = {}) => fetch(`${gateway.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...as, ...headers }, body: JSON.stringify({ query }) });

describe('an account that asks too much', () => {
  it('is told when to come again, with a code, while another at the same address goes on', async () => {
    const [doctor, nurse] = [await gateway.signIn('doctor'), await gateway.signIn('nurse')];

    const first = await post(doctor, viewerQuery);
    let last = first;
    for (let request = 0; request < 60 && last.status === 200; request += 1) last = await post(doctor, viewerQuery);

    expect(first.headers.get('ratelimit-policy')).toBe('"points";q=400;w=60');
    expect(first.headers.get('ratelimit')).toMatch(/^"points";r=\d+;t=\d+$/);
    expect(last.status).toBe(429);
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await last.json()).toMatchObject({ errors: [{ extensions: { code: 'RATE_LIMITED' } }] });
    expect((await post(nurse, viewerQuery)).status).toBe(200);
    expect((await gateway.entries('access.refused')).filter(({ reason }) => reason === 'RATE_LIMITED').map(({ actorId }) => actorId)).toContain('demo-doctor-w1');
  });

  it('is stopped by what an operation asks for, before it runs, with status 429 in both media types', async () => {
    const pharmacist = await gateway.signIn('pharmacist');
    const large = '{ processInstances(first: 100) { edges { node { id tasks { id } } } } }';

    for (const accept of ['application/json', 'application/graphql-response+json']) {
      const refused = await post(pharmacist, large, { accept });
      const body = (await refused.json()) as object;
      expect([refused.status, body]).toEqual([429, { errors: [expect.objectContaining({ extensions: expect.objectContaining({ code: 'RATE_LIMITED' }) })] }]);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    }
  });

  it('is stopped at FHIR by the page that it asks for', async () => {
    const auditor = await gateway.signIn('auditor');
    const search = (count: number) => fetch(`${gateway.url}/fhir/Patient?_count=${count}`, { headers: { ...auditor, 'x-graphql-yoga-csrf': '1' } });

    expect((await search(2)).status).toBe(200);
    const refused = await search(100);
    expect([refused.status, await refused.json()]).toEqual([429, expect.objectContaining({ resourceType: 'OperationOutcome', issue: [expect.objectContaining({ code: 'throttled' })] })]);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('open subscriptions', () => {
  const open = async (as: As) => {
    const abort = new AbortController();
    const response = await fetch(`${gateway.url}/graphql`, { method: 'POST', signal: abort.signal, headers: { ...as, 'content-type': 'application/json', accept: 'text/event-stream' }, body: JSON.stringify({ query: 'subscription { processInstancesChanged { cursor } }' }) });
    const isOpen = response.status === 200 && response.headers.get('content-type')?.startsWith('text/event-stream') === true;
    return { status: response.status, isOpen, text: () => response.text(), end: () => abort.abort() };
  };

  it('are bounded for a session, and one that ended makes room for another', async () => {
    const operator = await gateway.signIn('operator');
    const streams = [await open(operator), await open(operator), await open(operator)];
    expect(streams.map(({ status }) => status)).toEqual([200, 200, 200]);

    const tooMany = await open(operator);
    expect(await tooMany.text()).toContain('RATE_LIMITED');
    streams[0]?.end();
    await sleep(500);
    const again = await open(operator);
    expect(again.status).toBe(200);
    const text = again.text().catch(() => '');
    again.end();
    expect(await text).not.toContain('RATE_LIMITED');
    for (const stream of streams) stream.end();
  });
});

describe('the token door', () => {
  const ask = (client: string, secret: string) => fetch(`${gateway.url}/oauth/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', client_id: client, client_secret: secret }) });

  it('gives a client only so many tokens a minute, and another client its own', async () => {
    const secretOf = (name: string) => gateway.credentials.clients[name]?.clientSecret ?? '';
    const statuses: number[] = [];
    for (let request = 0; request < 6; request += 1) statuses.push((await ask('his', secretOf('his'))).status);

    const refused = await ask('his', secretOf('his'));

    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
    expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true]);
    expect(await refused.json()).toMatchObject({ error: 'slow_down' });
    expect((await ask('lis', secretOf('lis'))).status).toBe(200);
  });

  it('stops an address that guesses', async () => {
    let last = await ask('emr-desk', 'wrong');
    for (let guess = 0; guess < 30 && last.status === 401; guess += 1) last = await ask('emr-desk', 'wrong');

    expect(last.status).toBe(429);
  });
});
