import type { DmnFinding } from './decision-model.ts';
import { modelNamespaces } from './namespaces.ts';
import { defaultDmnLimits, readXml, type DmnLimits } from './xml/read-xml.ts';
import { localName, type DmnDocument } from './xml/xml-element.ts';

/** A document; without one, the findings say why the file could not be read. */
export interface ParsedDmn {
  readonly document?: DmnDocument;
  readonly findings: readonly DmnFinding[];
}

/**
 * Reads a DMN 1.1 to 1.5 file. Fails: FILE_TOO_LARGE, XML_DOCTYPE, XML_MALFORMED, XML_TOO_DEEP, XML_TOO_MANY_ELEMENTS,
 * ROOT_UNKNOWN, each without a document. DMN 1.5 §12 and §13.
 */
export function parseDmnXml(xml: string, limits: Partial<DmnLimits> = {}): ParsedDmn {
  const read = readXml(xml.replace(/^\uFEFF/, ''), { ...defaultDmnLimits, ...limits });
  if ('problem' in read) {
    const { code, message, line, column } = read.problem;
    return { findings: [{ code, severity: 'error', message: `${message} (line ${line}, column ${column})`, path: `line ${line}, column ${column}` }] };
  }
  const { root } = read;
  if (localName(root) !== 'definitions' || !modelNamespaces.has(root.namespace)) {
    return { findings: [{ code: 'ROOT_UNKNOWN', severity: 'error', message: `Expected the root to be definitions of DMN 1.1 to 1.5, but it is ${root.name} of ${root.namespace || 'no namespace'}` }] };
  }
  return { document: { format: 'careloop-dmn/1', definitions: root }, findings: [] };
}
