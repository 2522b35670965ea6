/** The root of an XML text. */
export interface XmlRoot {
  readonly name: string;
  /** Empty for none. */
  readonly namespace: string;
}

/** As much as a prolog and a root's start tag have; a file with more there is left to the parser. */
const readCharacters = 64 * 1024;
const beforeRoot = /^(?:\s+|<\?[^]*?\?>|<!--[^]*?-->)/;
const startTag = /^<(?:([^\s<>/:=]+):)?([^\s<>/:=]+)((?:\s+[^\s<>/=]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*\/?>/;

/** The root, found without a parser: it says what the file is, while whether it is well-formed is the parser's to say. Undefined where it does not stand first. */
export function xmlRootOf(text: string): XmlRoot | undefined {
  let rest = text.slice(0, readCharacters);
  for (let skipped = beforeRoot.exec(rest); skipped !== null; skipped = beforeRoot.exec(rest)) rest = rest.slice(skipped[0].length);
  const [, prefix, name, attributes = ''] = startTag.exec(rest) ?? [];
  if (name === undefined) return undefined;
  const declared = [...attributes.matchAll(/\s+([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].find(([, key]) => key === (prefix === undefined ? 'xmlns' : `xmlns:${prefix}`));
  return { name, namespace: declared?.[2] ?? declared?.[3] ?? '' };
}
