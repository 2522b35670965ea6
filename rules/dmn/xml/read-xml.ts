import { SaxesParser, type SaxesTagNS } from 'saxes';
import type { XmlElement, XmlNode } from './xml-element.ts';

/** How much of a file is read; what is over a bound is refused. */
export interface DmnLimits {
  readonly maximumLength: number;
  readonly maximumElements: number;
  readonly maximumDepth: number;
}

/** 1,000,000 elements stand for a decision table of 100,000 rows with three columns. */
export const defaultDmnLimits: DmnLimits = { maximumLength: 50_000_000, maximumElements: 1_000_000, maximumDepth: 200 };

/** Why a text is not read. `line` and `column` count from 1. */
export interface XmlProblem {
  readonly code: 'FILE_TOO_LARGE' | 'XML_DOCTYPE' | 'XML_MALFORMED' | 'XML_TOO_DEEP' | 'XML_TOO_MANY_ELEMENTS';
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

class ReadingStopped extends Error {
  readonly problem: XmlProblem;

  constructor(problem: XmlProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

interface OpenElement {
  readonly tag: SaxesTagNS;
  readonly children: XmlNode[];
}

/** Reads well-formed XML 1.0 with namespaces; a document type, and so any entity of the file's own, is refused. */
export function readXml(text: string, limits: DmnLimits = defaultDmnLimits): { readonly root: XmlElement } | { readonly problem: XmlProblem } {
  if (text.length > limits.maximumLength) return { problem: { code: 'FILE_TOO_LARGE', message: `Expected at most ${limits.maximumLength} characters, but there are ${text.length}`, line: 1, column: 1 } };
  try {
    return { root: read(text, limits) };
  } catch (error) {
    if (error instanceof ReadingStopped) return { problem: error.problem };
    throw error;
  }
}

function read(text: string, limits: DmnLimits): XmlElement {
  const parser = new SaxesParser({ xmlns: true, position: true });
  const open: OpenElement[] = [];
  let root: XmlElement | undefined;
  let elements = 0;
  const stop = (code: XmlProblem['code'], message: string): never => {
    throw new ReadingStopped({ code, message, line: parser.line, column: Math.max(parser.column, 1) });
  };
  parser.on('doctype', () => stop('XML_DOCTYPE', 'Expected no document type and no entities, but the file declares one'));
  parser.on('error', (error) => stop('XML_MALFORMED', `Expected well-formed XML, but ${error.message.replace(/^\d+:\d+: /, '').replace(/\.$/, '')}`));
  parser.on('opentag', (tag) => {
    elements += 1;
    if (elements > limits.maximumElements) stop('XML_TOO_MANY_ELEMENTS', `Expected at most ${limits.maximumElements} XML elements, but there are more`);
    if (open.length >= limits.maximumDepth) stop('XML_TOO_DEEP', `Expected elements nested at most ${limits.maximumDepth} deep, but they are deeper`);
    open.push({ tag, children: [] });
  });
  const addText = (value: string): void => {
    if (value !== '') open.at(-1)?.children.push({ text: value });
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('comment', (comment) => open.at(-1)?.children.push({ comment }));
  parser.on('processinginstruction', ({ target, body }) => open.at(-1)?.children.push({ instruction: body === '' ? target : `${target} ${body}` }));
  parser.on('closetag', () => {
    const closed = open.pop();
    if (!closed) return;
    const element = toElement(closed);
    const parent = open.at(-1);
    if (parent) parent.children.push(element);
    else root = element;
  });
  parser.write(text).close();
  return root ?? stop('XML_MALFORMED', 'Expected a root element, but there is none');
}

/** Space between elements is no content; where there is nothing else, it is. */
function toElement({ tag, children }: OpenElement): XmlElement {
  const attributes: Record<string, string> = {};
  for (const { name, value } of Object.values(tag.attributes)) Object.defineProperty(attributes, name, { value, enumerable: true, writable: true, configurable: true });
  const hasElements = children.some((child) => 'children' in child);
  const isMixed = children.some((child) => 'text' in child && child.text.trim() !== '');
  return { name: tag.name, namespace: tag.uri, attributes, children: hasElements && !isMixed ? children.filter((child) => !('text' in child)) : children };
}
