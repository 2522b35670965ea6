import type { DefinitionFinding } from '../failure.ts';
import { addFlowIds } from './add-flow-ids.ts';
import { checkDocument } from './check-document.ts';
import { decodeXmlBytes } from './decode-bytes.ts';
import type { BpmnDocument } from './document.ts';
import { defaultBpmnLimits, type BpmnLimits } from './limits.ts';
import { parseXml } from './parse-xml.ts';

/** A document with what is doubtful in it; without one, the findings say why it could not be read. */
export interface ParsedBpmn {
  readonly document?: BpmnDocument;
  readonly findings: readonly DefinitionFinding[];
}

/**
 * Reads BPMN 2.0 XML. Fails: FILE_TOO_LARGE, ENCODING_UNKNOWN, XML_DOCTYPE, XML_MALFORMED, XML_TOO_DEEP, XML_TOO_MANY_ELEMENTS,
 * TOO_MANY_FLOW_ELEMENTS, ROOT_UNKNOWN, each without a document; DUPLICATE_ID, REFERENCE_NOT_FOUND, ELEMENT_UNKNOWN with one,
 * which can be drawn. BPMN 2.0.2 §15.
 */
export function parseBpmnXml(xml: string | Uint8Array, limits: Partial<BpmnLimits> = {}): ParsedBpmn {
  const bounds = { ...defaultBpmnLimits, ...limits };
  if (xml.length > bounds.maximumBytes) return refused('FILE_TOO_LARGE', `Expected at most ${bounds.maximumBytes} bytes, but the file has ${xml.length}`);
  const decoded = typeof xml === 'string' ? { text: xml } : decodeXmlBytes(xml);
  if ('problem' in decoded) return refused('ENCODING_UNKNOWN', decoded.problem);
  if (typeof xml === 'string' && /\p{Surrogate}/u.test(xml)) return refused('ENCODING_UNKNOWN', 'Expected whole characters, but the text has half of one');
  const parsed = parseXml(decoded.text, bounds);
  if (!parsed.ok) {
    const place = `line ${parsed.problem.line}, column ${parsed.problem.column}`;
    return refused(parsed.problem.code, `${parsed.problem.message} (${place})`, place);
  }
  if (parsed.root.name !== 'bpmn:definitions') return refused('ROOT_UNKNOWN', `Expected the root to be definitions of BPMN 2.0, but it is ${parsed.root.name}`);
  const { root, findings } = addFlowIds(parsed.root);
  const document: BpmnDocument = { format: 'careloop-bpmn/1', prefixes: parsed.prefixes, definitions: root };
  return { document, findings: [...findings, ...checkDocument(document)] };
}

function refused(code: string, message: string, path?: string): ParsedBpmn {
  return { findings: [{ code, severity: 'error', message, ...(path === undefined ? {} : { path }) }] };
}
