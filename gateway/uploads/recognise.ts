import { fileTypeFromBuffer } from 'file-type';
import { decodeText } from './decode-text.ts';
import { xmlRootOf } from './xml-root.ts';

/**
 * What a file is. `bpmn`, `dmn`: by the namespace of the root. `process`, `ruleSet`: JSON that names our format first. `xml`, `json`: such text
 * whose parser has to say more. `otherXml`: of a standard that no door takes. `encoding`: text in an encoding that is not read.
 */
export type ContentKind = 'bpmn' | 'dmn' | 'process' | 'ruleSet' | 'xml' | 'otherXml' | 'json' | 'text' | 'binary' | 'encoding' | 'empty';

export interface Content {
  readonly kind: ContentKind;
  /** Absent where the bytes are no text. */
  readonly text?: string;
  /** Of `binary`: the usual ending of such a file, where its first bytes are known. Of `otherXml`: `svg`, `html`, `cmmn`, `xpdl` or `fhir`. */
  readonly type?: string;
}

/** The first bytes, and the place of a tar's mark. */
const magicBytes = 4_100;
const otherNamespaces: readonly (readonly [RegExp, string])[] = [
  [/^http:\/\/www\.w3\.org\/2000\/svg$/, 'svg'], [/^http:\/\/www\.w3\.org\/1999\/xhtml$/, 'html'], [/^http:\/\/www\.omg\.org\/spec\/CMMN\//, 'cmmn'],
  [/^http:\/\/www\.wfmc\.org\/.*XPDL/i, 'xpdl'], [/^http:\/\/hl7\.org\/fhir$/, 'fhir'],
];
// What XML 1.0 §2.2 allows of the controls is tab, line feed and carriage return; JSON has no others either (RFC 8259 §2).
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
/** Marks of files that are read as such though text stands before them (a PDF within its first 1,024 bytes), or that begin like JSON. */
const hidden: readonly (readonly [RegExp, string])[] = [[/%PDF-\d/, 'pdf'], [/^\{\\rtf/, 'rtf']];

/** Recognises a file by its bytes; its name and what a browser calls it say nothing. */
export async function recogniseBytes(bytes: Uint8Array): Promise<Content> {
  if (bytes.length === 0) return { kind: 'empty' };
  const text = decodeText(bytes);
  if (text !== undefined && !control.test(text)) return recogniseText(text);
  const type = await typeOf(bytes);
  if (type !== undefined) return { kind: 'binary', type };
  // Without controls it is somebody's text, in an encoding that it does not declare or that is not read.
  return bytes.subarray(0, magicBytes).some((byte) => byte < 9) ? { kind: 'binary' } : { kind: text === undefined ? 'encoding' : 'binary' };
}

/** Recognises what somebody read as text, whatever it was before. */
export async function recogniseText(given: string): Promise<Content> {
  const text = given.replace(/^\uFEFF/, '');
  const start = /\S/.exec(text);
  if (start === null) return { kind: 'empty' };
  const begin = text.slice(start.index, start.index + 1_024);
  const concealed = hidden.find(([mark]) => mark.test(begin))?.[1];
  if (concealed !== undefined) return { kind: 'binary', type: concealed };
  if (control.test(text)) return { kind: 'binary', ...ofType(await typeOf(latin1(text))) };
  if (begin.startsWith('<')) return xmlContent(text, begin);
  if (/^[[{]/.test(begin)) {
    const format = /^\{\s*"format"\s*:\s*"careloop-(process|rules)\//.exec(begin)?.[1];
    return { kind: format === undefined ? 'json' : format === 'rules' ? 'ruleSet' : 'process', text };
  }
  const type = await typeOf(latin1(text));
  return type === undefined ? { kind: 'text', text } : { kind: 'binary', type };
}

function xmlContent(text: string, begin: string): Content {
  if (/^<(?:!doctype\s+html|html)[\s>]/i.test(begin)) return { kind: 'otherXml', type: 'html', text };
  const root = xmlRootOf(text);
  if (root?.namespace === 'http://www.omg.org/spec/BPMN/20100524/MODEL') return { kind: 'bpmn', text };
  if (root && /^https?:\/\/www\.omg\.org\/spec\/DMN\//.test(root.namespace)) return { kind: 'dmn', text };
  const other = root && (otherNamespaces.find(([namespace]) => namespace.test(root.namespace))?.[1] ?? (root.name === 'svg' ? 'svg' : undefined));
  return other === undefined ? { kind: 'xml', text } : { kind: 'otherXml', type: other, text };
}

async function typeOf(bytes: Uint8Array): Promise<string | undefined> {
  const found = await fileTypeFromBuffer(bytes.subarray(0, magicBytes)).catch(() => undefined);
  return found === undefined || found.ext === 'xml' ? undefined : found.ext;
}

/** The bytes of a text whose reader took each byte for a character; others are lost. */
function latin1(text: string): Uint8Array {
  return Uint8Array.from(text.slice(0, magicBytes), (character) => character.charCodeAt(0) & 0xff);
}

function ofType(type: string | undefined): Pick<Content, 'type'> {
  return type === undefined ? {} : { type };
}
