import type { CommandService } from '../../gateway/commands/index.ts';
import { fillMarkedHospital } from '../support/marked-hospital.ts';
import { startGateway, type As, type RunningGateway } from '../support/running-gateway.ts';
import { startTestDatabase, type TestDatabase } from '../support/index.ts';

let server: TestDatabase;
let gateway: RunningGateway;
let nurse: As;

beforeAll(async () => {
  server = await startTestDatabase();
  gateway = await startGateway({ databaseUrl: server.url, commands: {} as CommandService, isProduction: true });
  await fillMarkedHospital(gateway);
  nurse = await gateway.signIn('nurse');
}, 300_000);
afterAll(async () => {
  await gateway?.close();
  await server?.stop();
}, 30_000);

interface Said {
  readonly status: number;
  /** The first event's data, or the whole answer where it is no stream. */
  readonly text: string;
  readonly code: string | undefined;
}

/** Asks for a stream and gives what it says first; a stream that was granted and says nothing gives an empty text. */
async function open(body: unknown, as: As = nurse, headers: Record<string, string> = {}): Promise<Said> {
  const abort = new AbortController();
  const response = await fetch(`${gateway.url}/graphql`, { method: 'POST', signal: abort.signal, headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...as, ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body) });
  let text = '';
  if (/event-stream/.test(response.headers.get('content-type') ?? '')) {
    const reader = response.body?.getReader();
    for (let end = Date.now() + 2_000; Date.now() < end && !/^data: (.+)$/m.test(text); ) {
      const part = await Promise.race([reader?.read(), new Promise<undefined>((resolve) => setTimeout(resolve, 500))]);
      if (part?.done) break;
      text += Buffer.from(part?.value ?? []).toString();
    }
    text = /^data: (.+)$/m.exec(text)?.[1] ?? '';
  } else text = await response.text();
  abort.abort();
  const code = /"code":"([A-Z_]+)"/.exec(text)?.[1];
  return { status: response.status, text, code };
}

const live = 'subscription { tasksChanged { cursor } }';
const within = (fields: string): string => `subscription { tasksChanged { cursor ${fields} } }`;

describe('a stream', () => {
  it('that is well asked for opens, and says nothing yet', async () => {
    expect(await open({ query: live })).toEqual({ status: 200, text: '', code: undefined });
  });

  it.each([
    ['101 aliases', within(Array.from({ length: 101 }, (_, index) => `a${index}: cursor`).join(' ')), 'OPERATION_TOO_COMPLEX'],
    ['a depth of 21', within(`task { ${'processInstance { tasks { '.repeat(10)} id ${'} }'.repeat(10)} }`), 'OPERATION_TOO_COMPLEX'],
    ['16,000 tokens', within('cursor '.repeat(16_000)), 'OPERATION_TOO_COMPLEX'],
    ['31 directives', within(Array.from({ length: 31 }, () => 'cursor @include(if: true)').join(' ')), 'OPERATION_TOO_COMPLEX'],
    ['fragments in a circle', 'subscription { tasksChanged { ...A } } fragment A on TasksChange { ...B } fragment B on TasksChange { ...A }', 'GRAPHQL_VALIDATION_FAILED'],
    ['five hundred roots', `subscription { ${Array.from({ length: 500 }, () => 'tasksChanged { cursor }').join(' ')} }`, 'GRAPHQL_VALIDATION_FAILED'],
    ['two roots', 'subscription { a: tasksChanged { cursor } b: tasksChanged { cursor } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['the schema beside it', 'subscription { tasksChanged { cursor } __schema { types { name } } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['more rows than a page has', within('task { processInstance { timeline(first: 99999999) { totalCount } } }'), 'OPERATION_TOO_COMPLEX'],
    ['another’s instance', 'subscription { processInstanceChanged(id: "UHJvY2Vzc0luc3RhbmNlOjIyMjIyMjIyLTIyMjItNDIyMi04MjIyLTIyMjIyMjIyMjIyMg==") { cursor } }', 'INSTANCE_NOT_FOUND'],
  ])('with %s is refused before it opens', async (_what, query, code) => {
    const said = await open({ query });

    expect([said.code ?? said.text, said.text.includes('"data":{')]).toEqual([code, false]);
  });

  it.each([
    ['a batch of streams', [{ query: live }, { query: live }]],
    ['no operation', {}],
    ['a list', []],
    ['broken JSON', '{"query":'],
    ['variables that are none', { query: 'subscription ($a: String) { tasksChanged(after: $a) { cursor } }', variables: '[' }],
  ])('of %s is refused', async (_what, body) => {
    const { text } = await open(body);

    // Whoever asked for a stream is told in one.
    expect(text).toContain('"errors":[');
    expect(text).not.toMatch(/\.ts|node_modules|at \w+ \(/);
  });

  it('tells where a variable does not fit, but not what stood there', async () => {
    const { text } = await open({ query: 'subscription ($a: String) { tasksChanged(after: $a) { cursor } }', variables: { a: { name: '王秘密' } } });

    expect(text).toContain('"place":"a"');
    expect(text).not.toContain('秘密');
  });

  it('takes no key that reaches a prototype', async () => {
    const said = await open('{"query":"subscription ($v: String) { tasksChanged(after: $v) { cursor } }","variables":{"__proto__":{"polluted":true},"v":{"__proto__":1}}}');

    expect(said.code).toBe('INPUT_INVALID');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('is given to no form, no link, and not to another site', async () => {
    expect((await open('query=subscription', nurse, { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(415);
    expect((await open({ query: live }, nurse, { origin: 'https://evil.example' })).status).toBe(403);
    const link = await fetch(`${gateway.url}/graphql?query=${encodeURIComponent(live)}`, { headers: { ...nurse, accept: 'text/event-stream' } });
    expect(link.status).toBe(403);
  });

  it('runs no mutation by GET, whatever the caller accepts', async () => {
    const mutation = 'mutation { acknowledgeAlert(input: { alertId: "a" }) { __typename } }';
    const response = await fetch(`${gateway.url}/graphql?query=${encodeURIComponent(mutation)}`, { headers: { ...nurse, accept: 'text/event-stream', 'x-graphql-yoga-csrf': '1' } });

    expect(await response.text()).not.toContain('__typename');
  });
});

describe('methods that no door names', () => {
  it.each(['TRACE', 'CONNECT', 'OPTIONS', 'DELETE', 'PATCH'])('%s is answered by none', async (method) => {
    const { request } = await import('node:http');
    const { port } = new URL(gateway.url);
    const status = await new Promise<number>((resolve) => {
      const asked = request({ host: '127.0.0.1', port, path: '/graphql', method, headers: { ...nurse, 'x-secret': 'echo' } }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      asked.on('error', () => resolve(0));
      asked.on('connect', (response) => resolve(response.statusCode ?? 0));
      asked.end();
    });

    expect([0, 405]).toContain(status);
  });
});
