/** Namespaces whose names a `BpmnDocument` writes with a fixed prefix, whatever prefix its XML uses. */
export const namespaceOfPrefix = {
  bpmn: 'http://www.omg.org/spec/BPMN/20100524/MODEL',
  bpmndi: 'http://www.omg.org/spec/BPMN/20100524/DI',
  dc: 'http://www.omg.org/spec/DD/20100524/DC',
  di: 'http://www.omg.org/spec/DD/20100524/DI',
  xsi: 'http://www.w3.org/2001/XMLSchema-instance',
  careloop: 'urn:careloop:bpmn:1',
} as const;

export const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';

const prefixOfNamespace: ReadonlyMap<string, string> = new Map(Object.entries(namespaceOfPrefix).map(([prefix, uri]) => [uri, prefix]));

/** Whether names of this namespace are written with a fixed prefix. */
export function isKnownNamespace(uri: string): boolean {
  return prefixOfNamespace.has(uri);
}

/**
 * The name that stands in a document: `bpmn:task` for a known namespace, otherwise the name as the XML has it.
 * A foreign name that would look like a known one is written `{namespace}local`.
 */
export function canonicalName(uri: string, prefix: string, local: string): string {
  const known = prefixOfNamespace.get(uri);
  if (known !== undefined) return `${known}:${local}`;
  if (prefix in namespaceOfPrefix) return `{${uri}}${local}`;
  return prefix === '' ? local : `${prefix}:${local}`;
}

/** A name of a document taken apart. `uri` is absent for a foreign name, whose prefix is the one of the XML. */
export function splitName(name: string): { readonly uri?: string; readonly prefix: string; readonly local: string } {
  if (name.startsWith('{')) {
    const end = name.indexOf('}');
    return { uri: name.slice(1, end), prefix: '', local: name.slice(end + 1) };
  }
  const colon = name.indexOf(':');
  if (colon < 0) return { prefix: '', local: name };
  const prefix = name.slice(0, colon);
  const local = name.slice(colon + 1);
  // The keys of the table are known, `in` has just said that this is one of them.
  return prefix in namespaceOfPrefix ? { uri: namespaceOfPrefix[prefix as keyof typeof namespaceOfPrefix], prefix, local } : { prefix, local };
}
