import { SaxesParser, type SaxesTagNS } from 'saxes';
import type { BpmnElement, BpmnNode } from './document.ts';
import type { BpmnLimits } from './limits.ts';
import { isFlowElementName } from './metamodel.ts';
import { canonicalName, isKnownNamespace } from './namespaces.ts';

/** Why the text is not read. `line` and `column` count from 1. */
export interface XmlProblem {
  readonly code: 'XML_MALFORMED' | 'XML_DOCTYPE' | 'XML_TOO_DEEP' | 'XML_TOO_MANY_ELEMENTS' | 'TOO_MANY_FLOW_ELEMENTS';
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

/** The root element, with the namespaces that it declares, or the first problem. */
export type ParsedXml = { readonly ok: true; readonly root: BpmnElement; readonly prefixes: Readonly<Record<string, string>> } | { readonly ok: false; readonly problem: XmlProblem };

const prolog = /^\uFEFF?(?:[ \t\r\n]+|<\?[^]*?\?>|<!--[^]*?-->)*/;

/** Reads well-formed XML 1.0 with namespaces. Stops at the first problem or bound. */
export function parseXml(text: string, limits: BpmnLimits): ParsedXml {
  const start = prolog.exec(text)?.[0].length ?? 0;
  // Nothing of a document type is ever looked at: it could hold entities that grow without end.
  if (text.startsWith('<!DOCTYPE', start) || text.startsWith('<!ENTITY', start)) {
    return { ok: false, problem: { code: 'XML_DOCTYPE', message: 'Expected no document type and no entities, but the file declares one', ...positionOf(text, start) } };
  }
  // Counted beforehand, because counting is much faster than reading.
  if (countTags(text, limits.maximumElements) > limits.maximumElements) {
    return { ok: false, problem: { code: 'XML_TOO_MANY_ELEMENTS', message: `Expected at most ${limits.maximumElements} XML elements, but there are more`, line: 1, column: 1 } };
  }
  return new TreeReader(limits).read(text);
}

/** Start tags, up to one more than the bound. */
function countTags(text: string, bound: number): number {
  let count = 0;
  for (let index = text.indexOf('<'); index >= 0 && count <= bound; index = text.indexOf('<', index + 1)) {
    const next = text.charAt(index + 1);
    if (next !== '/' && next !== '!' && next !== '?') count += 1;
  }
  return count;
}

function positionOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

class ReadingStopped extends Error {
  readonly problem: XmlProblem;

  constructor(problem: XmlProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** An element whose end has not been reached. */
class OpenElement {
  readonly nodes: BpmnNode[] = [];
  hasElements = false;
  hasText = false;

  constructor(
    readonly name: string,
    readonly namespace: string | undefined,
    readonly attributes: Readonly<Record<string, string>> | undefined,
  ) {}

  /** Space between elements is no content; space that is all there is, is. */
  close(): BpmnElement {
    const element: { -readonly [Key in keyof BpmnElement]: BpmnElement[Key] } = { name: this.name };
    if (this.namespace !== undefined) element.namespace = this.namespace;
    if (this.attributes) element.attributes = this.attributes;
    const [only] = this.nodes;
    if (this.nodes.length === 1 && only && !('name' in only) && 'text' in only) {
      element.text = only.text;
      return element;
    }
    const children = this.hasElements && !this.hasText ? this.nodes.filter((node) => 'name' in node || !('text' in node)) : this.nodes;
    if (children.length > 0) element.children = children;
    return element;
  }
}

class TreeReader {
  readonly #limits: BpmnLimits;
  readonly #parser = new SaxesParser({ xmlns: true, position: true });
  readonly #open: OpenElement[] = [];
  #prefixes: Readonly<Record<string, string>> = {};
  #root: BpmnElement | undefined;
  #flowElements = 0;

  constructor(limits: BpmnLimits) {
    this.#limits = limits;
    this.#parser.on('doctype', () => this.#stop('XML_DOCTYPE', 'Expected no document type and no entities, but the file declares one'));
    this.#parser.on('opentag', (tag) => this.#begin(tag));
    this.#parser.on('closetag', () => this.#end());
    this.#parser.on('text', (text) => this.#text(text));
    this.#parser.on('cdata', (text) => this.#text(text));
    this.#parser.on('comment', (comment) => this.#open.at(-1)?.nodes.push({ comment }));
    this.#parser.on('processinginstruction', ({ target, body }) => this.#open.at(-1)?.nodes.push({ instruction: body === '' ? target : `${target} ${body}` }));
    this.#parser.on('error', (error) => this.#stop('XML_MALFORMED', `Expected well-formed XML, but ${error.message.replace(/^\d+:\d+: /, '').replace(/\.$/, '')}`));
  }

  read(text: string): ParsedXml {
    try {
      this.#parser.write(text).close();
    } catch (error) {
      if (error instanceof ReadingStopped) return { ok: false, problem: error.problem };
      throw error;
    }
    // The parser has reported a file without a root.
    return this.#root ? { ok: true, root: this.#root, prefixes: this.#prefixes } : { ok: false, problem: { code: 'XML_MALFORMED', message: 'Expected a root element, but there is none', line: 1, column: 1 } };
  }

  #stop(code: XmlProblem['code'], message: string): never {
    throw new ReadingStopped({ code, message, line: this.#parser.line, column: Math.max(this.#parser.column, 1) });
  }

  #begin(tag: SaxesTagNS): void {
    if (this.#open.length >= this.#limits.maximumDepth) this.#stop('XML_TOO_DEEP', `Expected elements nested at most ${this.#limits.maximumDepth} deep, but they are deeper`);
    const name = canonicalName(tag.uri, tag.prefix, tag.local);
    if (isFlowElementName(name)) this.#flowElements += 1;
    if (this.#flowElements > this.#limits.maximumFlowElements) this.#stop('TOO_MANY_FLOW_ELEMENTS', `Expected at most ${this.#limits.maximumFlowElements} flow elements, but there are more`);
    const parent = this.#open.at(-1);
    if (parent) parent.hasElements = true;
    else this.#prefixes = Object.fromEntries(Object.entries(tag.ns));
    this.#open.push(new OpenElement(name, isKnownNamespace(tag.uri) ? undefined : tag.uri, this.#attributesOf(tag, parent === undefined)));
  }

  #attributesOf(tag: SaxesTagNS, isRoot: boolean): Readonly<Record<string, string>> | undefined {
    let attributes: Record<string, string> | undefined;
    for (const key in tag.attributes) {
      const attribute = tag.attributes[key];
      if (!attribute) continue;
      const { name, prefix, local, uri, value } = attribute;
      const isDeclaration = prefix === 'xmlns' || name === 'xmlns';
      if (isDeclaration && isRoot) continue;
      attributes ??= {};
      const canonical = isDeclaration ? name : canonicalName(uri, prefix, local);
      // Assigning this name would set the prototype.
      if (canonical === '__proto__') Object.defineProperty(attributes, canonical, { value, enumerable: true, writable: true, configurable: true });
      else attributes[canonical] = canonical === 'xsi:type' ? this.#canonicalType(value) : value;
    }
    return attributes;
  }

  /** The value of `xsi:type` is itself a name with a prefix. */
  #canonicalType(value: string): string {
    const [prefix, local] = value.includes(':') ? [value.slice(0, value.indexOf(':')), value.slice(value.indexOf(':') + 1)] : ['', value];
    const uri = this.#parser.resolve(prefix);
    return uri === undefined ? value : canonicalName(uri, prefix, local);
  }

  #text(text: string): void {
    const element = this.#open.at(-1);
    if (!element || text === '') return;
    const last = element.nodes.at(-1);
    if (last && !('name' in last) && 'text' in last) element.nodes[element.nodes.length - 1] = { text: `${last.text}${text}` };
    else element.nodes.push({ text });
    element.hasText ||= text.trim() !== '';
  }

  #end(): void {
    const open = this.#open.pop();
    if (!open) return;
    const element = open.close();
    const parent = this.#open.at(-1);
    if (parent) parent.nodes.push(element);
    else this.#root = element;
  }
}
