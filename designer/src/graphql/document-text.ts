import { formatDocument, stringifyDocument, type TypedDocumentNode } from 'urql';

/** Name and text of each document among the exports of modules, as the app sends it. Throws when two documents have one name. */
export function documentTexts(modules: readonly Readonly<Record<string, unknown>>[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const text of modules.flatMap((exported) => Object.values(exported).flatMap((value) => textOf(value) ?? []))) {
    const name = operationNameOf(text);
    if (name === undefined) continue;
    if (texts.has(name) && texts.get(name) !== text) throw new Error(`Expected one document named ${name}, but there are several`);
    texts.set(name, text);
  }
  return texts;
}

/** Subscriptions are sent as they stand; the client writes the others anew, with the type of each object. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  const isDocument = typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'Document';
  if (!isDocument) return undefined;
  // It has the mark of one. The formatted one differs from it in types that allow more absences.
  return stringifyDocument(formatDocument(value as TypedDocumentNode) as TypedDocumentNode);
}

/** The name of the text's first operation; undefined for fragments and for other texts. */
export function operationNameOf(text: string): string | undefined {
  return /^\s*(?:#[^\n]*\n\s*)*(?:query|mutation|subscription)\s+(\w+)/.exec(text)?.[1];
}
