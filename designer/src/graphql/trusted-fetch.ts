import { operationNameOf } from './document-text.ts';

/** By the name of the operation, the id under which the gateway of this build knows it. Put in by the build; without a build there are none. */
declare const careloopDocumentIds: Readonly<Record<string, string>> | undefined;

const idsOfBuild: Readonly<Record<string, string>> = typeof careloopDocumentIds === 'undefined' ? {} : careloopDocumentIds;

/**
 * Sends the id of a document in its place. A gateway of another build than this page does not know it, and is then sent the document itself,
 * so that a page that was open during an update goes on. docs/decisions/trusted-documents.md.
 */
export function trustedFetch(send: typeof fetch, ids: Readonly<Record<string, string>> = idsOfBuild): typeof fetch {
  return async (input, init) => {
    const body = typeof init?.body === 'string' ? withId(init.body, ids) : undefined;
    if (body === undefined) return send(input, init);
    const response = await send(input, { ...init, body });
    return response.status === 400 && (await isUnknown(response.clone())) ? send(input, init) : response;
  };
}

function withId(body: string, ids: Readonly<Record<string, string>>): string | undefined {
  // Both clients of the app write such bodies.
  const { query, ...rest } = JSON.parse(body) as { readonly query: string; readonly operationName?: string };
  const documentId = ids[rest.operationName ?? operationNameOf(query) ?? ''];
  return documentId === undefined ? undefined : JSON.stringify({ documentId, ...rest });
}

async function isUnknown(response: Response): Promise<boolean> {
  const answer = (await response.json().catch(() => undefined)) as { readonly errors?: readonly { readonly extensions?: { readonly code?: unknown } }[] } | undefined;
  return answer?.errors?.[0]?.extensions?.code === 'DOCUMENT_UNKNOWN';
}
