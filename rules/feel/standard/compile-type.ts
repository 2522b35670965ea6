import type { FeelNode } from '../parse-tree.ts';
import { childAt, childrenOf, nameOf, textOf, type Unit } from './syntax.ts';
import { ownType } from './feel-type.ts';
import { anyType, type FeelType } from './feel-value.ts';

/** A type as an expression writes it; an unknown name is a type without values. DMN 1.5 §10.3.1.2, rules 52 to 54. */
export function compileType(node: FeelNode, unit: Unit): FeelType {
  switch (node.name) {
    case 'Type':
      return compileType(childAt(node, 0), unit);
    case 'ListType': {
      const of = compileType(childAt(node, 2), unit);
      return unit.ranges.has(node.from) ? { kind: 'range', of } : { kind: 'list', of };
    }
    case 'ContextType':
      return { kind: 'context', entries: Object.fromEntries((node.getChild('ContextEntryTypes')?.getChildren('ContextEntryType') ?? []).map((entry) => [nameOf(childAt(entry, 0), unit), compileType(childAt(entry, 1), unit)])) };
    case 'FunctionType': {
      const result = childrenOf(node).at(-1);
      return {
        kind: 'function',
        parameters: (node.getChild('ArgumentTypes')?.getChildren('ArgumentType') ?? []).map((argument) => compileType(childAt(argument, 0), unit)),
        result: result?.name === 'Type' ? compileType(result, unit) : anyType,
      };
    }
    default: {
      const name = textOf(node, unit).replace(/\s+/g, ' ').trim();
      return ownType(name) ?? unit.typeOf(name) ?? { kind: 'restricted', base: anyType, allows: () => false };
    }
  }
}
