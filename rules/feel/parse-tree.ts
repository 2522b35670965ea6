import { parseExpression, parseUnaryTests } from 'feelin';
import { BoundedCache } from '../bounded-cache.ts';
import { FeelSyntaxError } from './feel-error.ts';

/** The two entry points of the FEEL grammar. DMN 1.5 §10.3.1.2, rules 1 and 17. */
export type FeelGoal = 'expression' | 'unaryTests';
type FeelTree = ReturnType<typeof parseExpression>;
/** A node of the syntax tree of feelin's own grammar. */
export type FeelNode = FeelTree['topNode'];

const goalNames = { expression: 'a FEEL expression', unaryTests: 'FEEL unary tests' } as const;
/** Names that come from the evaluation's instant; an expression that redefines them could reach the wall clock. */
const reservedNames = new Set(['now', 'today']);
const declaringNodes = new Set(['ParameterName', 'Key', 'InExpression']);

/** Names that an expression may use, each with the names of its entries: only with them are `re-pay` and `a and b` read as one name. */
export interface KnownNames {
  readonly [name: string]: KnownNames;
}

/**
 * Parses with the names that a model declares, or without any, so that a name is read the same way whatever the data holds.
 * Fails: FEEL_SYNTAX, with the place of the first token that does not fit.
 */
export function parseFeel(source: string, goal: FeelGoal, known: KnownNames = {}): FeelNode {
  const tree = goal === 'expression' ? parseExpression(source, known, undefined) : parseUnaryTests(source, known, undefined);
  tree.iterate({
    enter(reference) {
      if (reference.type.isError) throw syntaxError(source, goal, reference.node);
      if (declaringNodes.has(reference.name)) refuseReservedName(source, reference.node);
    },
  });
  return tree.topNode;
}

const trees = { expression: new BoundedCache<string, FeelNode>(2_000), unaryTests: new BoundedCache<string, FeelNode>(2_000) };

/** `parseFeel` without known names; the same text gives the same tree while it stays among the last ones parsed. */
export function parseFeelOnce(source: string, goal: FeelGoal): FeelNode {
  return trees[goal].getOrCreate(source, () => parseFeel(source, goal));
}

function syntaxError(source: string, goal: FeelGoal, node: FeelNode): FeelSyntaxError {
  const end = source.length;
  const from = Math.min(node.from === node.to ? skipSpace(source, node.from) : node.from, end);
  const to = node.from === node.to ? Math.min(from + 1, end) : node.to;
  const found = from >= end ? 'the text ends' : `found ${JSON.stringify(source.slice(from, Math.min(to, from + 40)))}`;
  const inside = node.parent && !node.parent.type.isTop ? ` in its ${node.parent.name}` : '';
  return new FeelSyntaxError(`Expected ${goalNames[goal]}, but ${found}${inside} at ${place(source, from)}`, { from, to });
}

function refuseReservedName(source: string, node: FeelNode): void {
  const name = node.name === 'InExpression' ? node.getChild('Name') : node;
  if (!name) return;
  const text = source.slice(name.from, name.to);
  if (!reservedNames.has(text.replace(/[`"]/g, '').trim())) return;
  throw new FeelSyntaxError(`Expected a name other than now and today, but found ${text} at ${place(source, name.from)}`, name);
}

function skipSpace(source: string, from: number): number {
  let at = from;
  while (at < source.length && /\s/.test(source.charAt(at))) at += 1;
  return at;
}

function place(source: string, offset: number): string {
  const before = source.slice(0, offset).split('\n');
  return `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
}
