import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { createClient, cacheExchange, fetchExchange, type TypedDocumentNode } from 'urql';
import { documentFiles, documentId } from '../../build/document-files.ts';
import { viewerDocument } from '../session/documents.ts';
import { documentTexts } from './document-text.ts';
import { trustedFetch } from './trusted-fetch.ts';

const sourceFolder = join(import.meta.dirname, '..');
const modules: Record<string, unknown>[] = [];
for (const file of documentFiles(sourceFolder)) modules.push((await import(file)) as Record<string, unknown>);
const texts = documentTexts(modules);
const ids = Object.fromEntries([...texts].map(([name, text]) => [name, documentId(text)]));

/** A gateway that knows these ids, and what it was sent. */
function gatewayThatKnows(known: ReadonlySet<string>): { readonly send: typeof fetch; readonly bodies: Record<string, unknown>[] } {
  const bodies: Record<string, unknown>[] = [];
  const send = async (_input: unknown, init?: RequestInit): Promise<Response> => {
    const body = JSON.parse(String(init?.body)) as Record<string, unknown>;
    bodies.push(body);
    const isUnknown = typeof body['documentId'] === 'string' && !known.has(body['documentId']);
    return isUnknown ? Response.json({ errors: [{ message: 'm', extensions: { code: 'DOCUMENT_UNKNOWN' } }] }, { status: 400 }) : Response.json({ data: { viewer: null } });
  };
  return { send, bodies };
}

const ask = async (send: typeof fetch, document: TypedDocumentNode<unknown, Record<string, never>> = viewerDocument) =>
  createClient({ url: 'http://localhost/graphql', preferGetMethod: false, exchanges: [cacheExchange, fetchExchange], fetch: trustedFetch(send, ids) }).query(document, {}).toPromise();

describe('the documents that the build lists', () => {
  it('stand in the files that it reads, and nowhere else', () => {
    const others = readdirSync(sourceFolder, { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path) && !/(?:^|\/)(?:documents|commands|client|define-command)\.ts$/.test(path))
      .filter((path) => /defineDocument\s*[<(]|defineCommand\s*[<(]|`\s*(?:query|mutation|subscription) \w/.test(readFileSync(join(sourceFolder, path), 'utf8')));

    expect(others).toEqual([]);
    expect(documentFiles(sourceFolder).map((file) => relative(sourceFolder, file))).toContain('tasks/documents.ts');
    expect(texts.size).toBeGreaterThanOrEqual(60);
  });

  it('are told apart by their names', () => {
    expect(() => documentTexts([{ a: 'query A { a }', b: 'query A { b }' }])).toThrow('one document named A');
  });
});

describe('a request of the app', () => {
  it('sends the id of the very text that it would send', async () => {
    const { send, bodies } = gatewayThatKnows(new Set(Object.values(ids)));
    await ask(send);
    const { send: plain, bodies: plainBodies } = gatewayThatKnows(new Set());
    await createClient({ url: 'http://localhost/graphql', preferGetMethod: false, exchanges: [cacheExchange, fetchExchange], fetch: plain }).query(viewerDocument, {}).toPromise();

    expect(bodies).toEqual([{ documentId: documentId(String(plainBodies[0]?.['query'])), operationName: 'Viewer', variables: {} }]);
  });

  it('sends the document to a gateway that does not know its id', async () => {
    const { send, bodies } = gatewayThatKnows(new Set());
    const { data } = await ask(send);

    expect(data).toEqual({ viewer: null });
    expect(bodies.map((body) => Object.keys(body).sort())).toEqual([['documentId', 'operationName', 'variables'], ['operationName', 'query', 'variables']]);
  });

  it('is as ever without a build', async () => {
    const { send, bodies } = gatewayThatKnows(new Set());
    await trustedFetch(send)('/graphql', { method: 'POST', body: JSON.stringify({ query: 'query Viewer { viewer { id } }' }) });

    expect(bodies).toEqual([{ query: 'query Viewer { viewer { id } }' }]);
  });
});
