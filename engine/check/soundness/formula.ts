import { parseFeelOnce, type FeelNode } from '#rules';
import type { Json } from '../../json.ts';

/** A part of a variable: `order.priority` is root `order`, path `['priority']`. */
export interface Reference {
  readonly root: string;
  readonly path: readonly string[];
}

/** `path < number` and its like: what is above five is above two. */
export interface Bound {
  readonly operator: '<' | '<=' | '>' | '>=';
  readonly value: number;
}

/**
 * What exploration knows of a condition: how it is made of atoms. Two conditions that ask the same of the same data get
 * the same answer; everything else about data is left open.
 */
export type Formula =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Formula[] }
  | { readonly kind: 'not'; readonly part: Formula }
  | { readonly kind: 'equals'; readonly reference: Reference; readonly value: Json }
  | { readonly kind: 'atom'; readonly text: string; readonly references: readonly Reference[]; readonly bound?: Bound };

/** What exploration knows of an expression that gives a value. */
export type ValueForm =
  | { readonly kind: 'literal'; readonly value: Json }
  | { readonly kind: 'reference'; readonly reference: Reference }
  | { readonly kind: 'list'; readonly length: number }
  | { readonly kind: 'computed'; readonly references: readonly Reference[] };

/** Reads a condition. */
export function formulaOf(source: string): Formula {
  const node = contentOf(source);
  return node ? read(source, node) : { kind: 'atom', text: source, references: [] };
}

/** Reads an expression that gives a value. */
export function valueFormOf(source: string): ValueForm {
  const node = contentOf(source);
  if (!node) return { kind: 'computed', references: [] };
  const literal = literalOf(source, node);
  if (literal !== undefined) return { kind: 'literal', value: literal };
  const reference = referenceOf(source, node);
  if (reference) return { kind: 'reference', reference };
  if (node.name === 'List') return { kind: 'list', length: operands(node).length };
  const references = new Map<string, Reference>();
  collectReferences(source, node, references);
  return { kind: 'computed', references: [...references.values()] };
}

/** The variables that a formula asks about. */
export function rootsOf(formula: Formula): string[] {
  switch (formula.kind) {
    case 'and':
    case 'or':
      return formula.parts.flatMap(rootsOf);
    case 'not':
      return rootsOf(formula.part);
    case 'equals':
      return [formula.reference.root];
    case 'atom':
      return formula.references.map(({ root }) => root);
  }
}

function contentOf(source: string): FeelNode | null {
  return parseFeelOnce(source, 'expression').firstChild;
}

function read(source: string, node: FeelNode): Formula {
  const text = source.slice(node.from, node.to).trim();
  const parts = operands(node);
  if (node.name === 'ParenthesizedExpression' && parts[0]) return read(source, parts[0]);
  if (node.name === 'Conjunction' || node.name === 'Disjunction') return { kind: node.name === 'Conjunction' ? 'and' : 'or', parts: parts.map((part) => read(source, part)) };
  const negated = node.name === 'FunctionInvocation' && text.startsWith('not') ? operands(node.getChild('PositionalParameters'))[0] : undefined;
  if (negated) return { kind: 'not', part: read(source, negated) };
  if (node.name === 'Comparison') return readComparison(source, node) ?? atom(source, node);
  const reference = referenceOf(source, node);
  if (reference) return { kind: 'equals', reference, value: true };
  return atom(source, node);
}

/** `path = literal`, `path != literal`, `path in ("a", "b")`. */
function readComparison(source: string, node: FeelNode): Formula | undefined {
  const [left, ...right] = operands(node);
  const reference = left && referenceOf(source, left);
  if (!reference) return undefined;
  const operator = node.getChild('CompareOp');
  const symbol = operator ? source.slice(operator.from, operator.to) : '';
  if (symbol === '=' || symbol === '!=') {
    const value = right[0] ? literalOf(source, right[0]) : undefined;
    if (value === undefined) return undefined;
    const equals: Formula = { kind: 'equals', reference, value };
    return symbol === '=' ? equals : { kind: 'not', part: equals };
  }
  const limit = right[0] ? literalOf(source, right[0]) : undefined;
  if ((symbol === '<' || symbol === '<=' || symbol === '>' || symbol === '>=') && typeof limit === 'number') return { kind: 'atom', text: `${[reference.root, ...reference.path].join('.')} ${symbol} ${limit}`, references: [reference], bound: { operator: symbol, value: limit } };
  if (!node.getChild('in')) return undefined;
  const tests = operands(node.getChild('PositiveUnaryTests')).map((test) => literalOf(source, operands(test)[0] ?? test));
  if (tests.length === 0 || tests.some((test) => test === undefined)) return undefined;
  return { kind: 'or', parts: tests.map((value) => ({ kind: 'equals', reference, value: value ?? null })) };
}

function atom(source: string, node: FeelNode): Formula {
  const references = new Map<string, Reference>();
  collectReferences(source, node, references);
  return { kind: 'atom', text: source.slice(node.from, node.to).replace(/\s+/g, ' ').trim(), references: [...references.values()] };
}

function collectReferences(source: string, node: FeelNode, found: Map<string, Reference>): void {
  const reference = referenceOf(source, node);
  if (reference) {
    found.set([reference.root, ...reference.path].join('.'), reference);
    return;
  }
  for (let child = node.firstChild; child; child = child.nextSibling) collectReferences(source, child, found);
}

/** The parts of a node that are expressions themselves, in order. */
export function operands(node: FeelNode | null): FeelNode[] {
  const found: FeelNode[] = [];
  for (let child = node?.firstChild ?? null; child; child = child.nextSibling) if (isOperand(child)) found.push(child);
  return found;
}

function isOperand({ name }: FeelNode): boolean {
  return /^[A-Z]/.test(name) ? !['CompareOp', 'ArithOp', 'LineComment', 'BlockComment'].includes(name) : name === 'null';
}

/** The variable and path that a node names, when it is nothing but that. */
export function referenceOf(source: string, node: FeelNode): Reference | undefined {
  if (node.name === 'VariableName') return { root: source.slice(node.from, node.to), path: [] };
  if (node.name !== 'PathExpression') return undefined;
  const [base, name] = operands(node);
  const inner = base && referenceOf(source, base);
  return inner && name ? { root: inner.root, path: [...inner.path, source.slice(name.from, name.to)] } : undefined;
}

/** The value of a literal; undefined when the node is none. */
export function literalOf(source: string, node: FeelNode): Json | undefined {
  const text = source.slice(node.from, node.to);
  switch (node.name) {
    case 'null':
      return null;
    case 'BooleanLiteral':
      return text === 'true';
    case 'NumericLiteral':
      return Number(text);
    case 'StringLiteral':
      return stringOf(text);
    case 'ParenthesizedExpression': {
      const [inner] = operands(node);
      return inner ? literalOf(source, inner) : undefined;
    }
    default:
      return undefined;
  }
}

function stringOf(text: string): string | undefined {
  try {
    return JSON.parse(text) as string;
  } catch {
    return undefined;
  }
}
