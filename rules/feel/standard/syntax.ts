import { FeelError } from '../feel-error.ts';
import type { FeelNode } from '../parse-tree.ts';
import type { FeelType } from './feel-value.ts';
import type { Evaluate } from './scope.ts';
import { readString } from './string-literal.ts';

/** What the parts of one expression are compiled with. */
export interface Unit {
  readonly source: string;
  /** The type of an item definition by its name. */
  readonly typeOf: (name: string) => FeelType | undefined;
  /** Offsets of `range<…>`, which the grammar reads as a list. */
  readonly ranges: ReadonlySet<number>;
  readonly depth: number;
  /** Compiles a part; it stands here so that parts need not import each other. */
  readonly compile: (node: FeelNode, unit: Unit) => Evaluate;
}

/** The children that carry meaning: no comments. */
export function childrenOf(node: FeelNode): FeelNode[] {
  const children: FeelNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) if (!child.name.endsWith('Comment')) children.push(child);
  return children;
}

export function textOf(node: FeelNode, unit: Unit): string {
  return unit.source.slice(node.from, node.to);
}

/** One child that the grammar promises. */
export function childAt(node: FeelNode, index: number): FeelNode {
  const children = childrenOf(node);
  const child = children.at(index);
  if (!child) throw new FeelError('FEEL_SYNTAX', `Expected a complete ${node.name}, but a part is missing`);
  return child;
}

/** The name that a `Name`, `Key` or `PathName` stands for. */
export function nameOf(node: FeelNode, unit: Unit): string {
  const literal = node.getChild('StringLiteral');
  return literal ? readString(textOf(literal, unit)) : textOf(node, unit).replace(/\s+/g, ' ').trim();
}
