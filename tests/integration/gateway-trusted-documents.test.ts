import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandService } from '../../gateway/commands/index.ts';
import { startGateway, type As, type RunningGateway } from '../support/running-gateway.ts';
import { startTestDatabase, type TestDatabase } from '../support/index.ts';

const query = 'query Me($n: Int) { viewer { id __typename } tasks(first: $n) { edges { cursor } } }';
const mutation = 'mutation Acknowledge { acknowledgeAlert(input: { alertId: "a" }) { __typename } }';
const live = 'subscription Live { tasksChanged { cursor } }';
const idOf = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;
const webFolder = mkdtempSync(join(tmpdir(), 'careloop-documents-'));
const build = (texts: readonly string[]) => writeFileSync(join(webFolder, '.documents.json'), JSON.stringify({ format: 'careloop-documents/1', documents: Object.fromEntries(texts.map((text) => [idOf(text), text])) }));

let server: TestDatabase;
let strict: RunningGateway;
let nurse: As;

beforeAll(async () => {
  build([query, mutation, live]);
  server = await startTestDatabase();
  strict = await startGateway({ databaseUrl: server.url, commands: {} as CommandService, webFolder, trustedDocuments: 'only', isProduction: true });
  nurse = await strict.signIn('nurse');
}, 300_000);
afterAll(async () => {
  await strict?.close();
  await server?.stop();
  rmSync(webFolder, { recursive: true, force: true });
}, 30_000);

const post = async (body: object, as: As = nurse, headers: Record<string, string> = {}) => {
  const response = await fetch(`${strict.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...as, ...headers }, body: JSON.stringify(body) });
  const answer = (await response.json()) as { readonly data?: unknown; readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[] };
  return { status: response.status, data: answer.data, code: answer.errors?.[0]?.extensions?.code };
};

describe('documents of the web app', () => {
  it('are run by their id, with variables, limits and rights as ever', async () => {
    expect(await post({ documentId: idOf(query), variables: { n: 1 } })).toMatchObject({ status: 200, data: { viewer: { id: 'demo-nurse-w1' } } });
    expect(await post({ documentId: idOf(query), variables: { n: 101 } })).toMatchObject({ code: 'PAGE_SIZE_INVALID' });
    expect(await post({ documentId: idOf(mutation) })).toMatchObject({ status: 200, data: { acknowledgeAlert: { __typename: 'NotFoundError' } } });
  });

  it('are all that people may send where the setting says so, and others are on record', async () => {
    expect(await post({ query })).toEqual({ status: 400, data: undefined, code: 'DOCUMENT_NOT_TRUSTED' });
    expect(await post({ query: '{ __schema { types { name } } }' })).toMatchObject({ code: 'DOCUMENT_NOT_TRUSTED' });
    expect(await post({ query: live }, nurse, { accept: 'text/event-stream' })).toMatchObject({ status: 400, code: 'DOCUMENT_NOT_TRUSTED' });
    expect((await strict.entries('access.refused')).map(({ reason, actorId }) => [reason, actorId])).toContainEqual(['DOCUMENT_NOT_TRUSTED', 'demo-nurse-w1']);
  });

  it('are not all that systems may send', async () => {
    expect(await post({ query: '{ viewer { id } }' }, await strict.tokenOf('emr-desk'))).toMatchObject({ status: 200, data: { viewer: { id: expect.any(String) as string } } });
  });

  it.each([
    ['an id that nobody gave', { documentId: `sha256:${'0'.repeat(64)}` }, 'DOCUMENT_UNKNOWN'],
    ['a word of every object', { documentId: '__proto__' }, 'DOCUMENT_UNKNOWN'],
    ['an id that is no text', { documentId: [idOf(query)] }, 'REQUEST_INVALID'],
    ['an id and a document', { documentId: idOf(query), query: '{ __typename }' }, 'REQUEST_INVALID'],
  ])('are not run for %s', async (_what, body, code) => {
    expect(await post(body)).toEqual({ status: 400, data: undefined, code });
    expect(await post(body, nurse, { accept: 'text/event-stream' })).toMatchObject({ status: 400, code });
  });

  it('are no mutations by GET', async () => {
    const response = await fetch(`${strict.url}/graphql?documentId=${encodeURIComponent(idOf(mutation))}`, { headers: { ...nurse, 'x-graphql-yoga-csrf': '1' } });

    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(await response.text()).not.toContain('acknowledgeAlert');
  });

  it('are streamed by their id', async () => {
    const abort = new AbortController();
    const response = await fetch(`${strict.url}/graphql`, { method: 'POST', signal: abort.signal, headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...nurse }, body: JSON.stringify({ documentId: idOf(live) }) });
    abort.abort();

    expect([response.status, response.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/event-stream')]);
  });

  it('are those of the app that is there now, once it was built anew', async () => {
    const later = 'query Later { viewer { username } }';
    expect(await post({ documentId: idOf(later) })).toMatchObject({ code: 'DOCUMENT_UNKNOWN' });
    build([later]);

    expect(await post({ documentId: idOf(later) })).toMatchObject({ status: 200 });
    expect(await post({ documentId: idOf(query), variables: { n: 1 } })).toMatchObject({ code: 'DOCUMENT_UNKNOWN' });
  });

  it('cannot be read from outside', async () => {
    expect((await fetch(`${strict.url}/.documents.json`)).status).toBe(404);
  });
});
