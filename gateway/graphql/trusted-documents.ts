import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { z } from 'zod';
import type { Viewer } from '../identity/viewer.ts';

/** `only`: people send ids of the app's own documents and nothing else. `prefer`: they may send documents too. Systems always may. */
export type TrustedDocumentsMode = 'only' | 'prefer';

/** The documents of the built web app, by id. */
export interface TrustedDocuments {
  find(id: string): Promise<string | undefined>;
}

const fileSchema = z.strictObject({ format: z.literal('careloop-documents/1'), documents: z.record(z.string().regex(/^sha256:[0-9a-f]{64}$/), z.string()) });

/**
 * Reads the list that the build of the web app leaves beside it, again when it was built anew. Without an app there are none. A list that is
 * damaged, or an id that is not the hash of its document, fails as Error.
 */
export function createTrustedDocuments(webFolder: string): TrustedDocuments {
  const file = join(webFolder, '.documents.json');
  let known: ReadonlyMap<string, string> = new Map();
  let readAtMs: number | undefined;

  async function read(): Promise<void> {
    const changedAtMs = (await stat(file).catch(() => undefined))?.mtimeMs;
    if (changedAtMs === undefined || changedAtMs === readAtMs) return;
    const { documents } = fileSchema.parse(JSON.parse(await readFile(file, 'utf8')));
    const wrong = Object.entries(documents).find(([id, text]) => id !== `sha256:${createHash('sha256').update(text).digest('hex')}`);
    if (wrong) throw new Error(`Expected each document of ${file} to have the id that is its hash, but one has not. Build the web app again.`);
    known = new Map(Object.entries(documents));
    readAtMs = changedAtMs;
  }

  return {
    async find(id) {
      if (!known.has(id)) await read();
      return known.get(id);
    },
  };
}

export interface TrustedDocumentsOptions {
  readonly documents: TrustedDocuments;
  readonly mode: TrustedDocumentsMode;
  /** Puts on record that somebody's own document was refused. */
  readonly recordRefusal: (viewer: Viewer) => Promise<void>;
}

/**
 * Puts the document in the place of its id, before anything is parsed. Fails: DOCUMENT_UNKNOWN, DOCUMENT_NOT_TRUSTED, REQUEST_INVALID, each with
 * status 400 and JSON, also to who asked for a stream. GraphQL over HTTP, appendix on persisted documents.
 */
export function trustedDocuments({ documents, mode, recordRefusal }: TrustedDocumentsOptions): Plugin {
  return {
    onParams: async ({ params, context, setParams }) => {
      const { documentId, query, ...rest } = params as typeof params & { readonly documentId?: unknown };
      if (documentId === undefined || documentId === null) {
        // The server hands on whom it has authenticated.
        const { viewer } = context as unknown as { readonly viewer: Viewer };
        if (mode !== 'only' || viewer.kind !== 'person') return;
        await recordRefusal(viewer);
        throw refusal('DOCUMENT_NOT_TRUSTED', 'Expected the id of a document of the web app, but got a document. Load the page again.');
      }
      if (typeof documentId !== 'string' || query !== undefined) throw refusal('REQUEST_INVALID', 'Expected either a document or the id of one, as text, but it is neither');
      const text = await documents.find(documentId);
      if (text === undefined) throw refusal('DOCUMENT_UNKNOWN', 'Expected the id of a document of the web app, but there is none with this one. Load the page again.');
      setParams({ ...rest, query: text });
    },
    // A stream would say it with status 200, and whoever asked for one would wait for more.
    onResultProcess: ({ result, setResultProcessor }) => {
      const [error] = ('errors' in result && result.errors) || [];
      if (!refusalCodes.has(error?.extensions?.['code'])) return;
      setResultProcessor((_result, fetchAPI) => new fetchAPI.Response(JSON.stringify(result), { status: 400, headers: { 'content-type': 'application/json; charset=utf-8' } }), 'application/json');
    },
  };
}

const refusalCodes: ReadonlySet<unknown> = new Set(['DOCUMENT_NOT_TRUSTED', 'DOCUMENT_UNKNOWN', 'REQUEST_INVALID']);

function refusal(code: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}
