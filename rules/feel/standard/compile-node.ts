import { FeelError } from '../feel-error.ts';
import { normalName } from '../free-names.ts';
import type { FeelNode } from '../parse-tree.ts';
import { calculate, negate, type ArithmeticOperator } from './arithmetic.ts';
import { allOf, anyOf, compare } from './comparison.ts';
import { compileFilter, compileFor, compileQuantified } from './compile-iteration.ts';
import { compileFunctionDefinition, compileInvocation } from './compile-function.ts';
import { compileType } from './compile-type.ts';
import { isInstance } from './feel-type.ts';
import { entryOf, isContext, kindOf, makeRange, setEntry } from './feel-value.ts';
import { toFeelNumber } from './number.ts';
import { propertyOf } from './properties.ts';
import type { Evaluate, Scope } from './scope.ts';
import { readString } from './string-literal.ts';
import { childAt, childrenOf, nameOf, textOf, type Unit } from './syntax.ts';
import { compileTest, ordering } from './unary-test.ts';
import { temporalLiteral } from './builtins/conversion.ts';
import { builtinOf } from './builtins/index.ts';

const maximumNesting = 150;

/** Compiles a node of feelin's syntax tree to a closure by the standard's semantics. DMN 1.5 §10.3.2. */
export function compileNode(node: FeelNode, outer: Unit): Evaluate {
  const unit = { ...outer, depth: outer.depth + 1 };
  if (unit.depth > maximumNesting) throw new FeelError('FEEL_BUDGET', `Expected expressions nested at most ${maximumNesting} deep, but they are deeper`);
  const child = (index: number): Evaluate => compileNode(childAt(node, index), unit);
  switch (node.name) {
    case 'Expression':
    case 'PositiveUnaryTest':
    case 'FunctionBody':
      return child(0);
    case 'DateTimeLiteral':
      return childrenOf(node).length === 1 ? child(0) : compileInvocation(node, unit);
    case 'ParenthesizedExpression':
      return child(1);
    case 'NumericLiteral': {
      const value = toFeelNumber(textOf(node, unit).replace(/\s/g, ''));
      return () => value;
    }
    case 'StringLiteral': {
      const value = readString(textOf(node, unit));
      return () => value;
    }
    case 'BooleanLiteral': {
      const value = textOf(node, unit) === 'true';
      return () => value;
    }
    case 'null':
      return () => null;
    case '?':
      return (scope) => scope.get('?') ?? null;
    case 'VariableName':
    case 'SpecialFunctionName':
      return compileName(node, unit);
    case 'AtLiteral': {
      const value = temporalLiteral(readString(textOf(childAt(node, 0), unit)));
      return warnIfNull(() => value, 'INVALID_ARGUMENTS', 'Expected a date, time or duration in the literal, but it is none', node);
    }
    case 'List': {
      const items = childrenOf(node).slice(1, -1).map((item) => compileNode(item, unit));
      return (scope) => items.map((item) => item(scope));
    }
    case 'Context':
      return compileContext(node, unit);
    case 'Interval':
      return compileInterval(node, unit);
    case 'SimplePositiveUnaryTest':
      return compileSimpleTest(node, unit);
    case 'ArithmeticExpression':
      return compileArithmetic(node, unit);
    case 'Conjunction':
    case 'Disjunction': {
      const [left, right] = [child(0), child(2)];
      const combine = node.name === 'Conjunction' ? allOf : anyOf;
      const settled = node.name !== 'Conjunction';
      return (scope) => {
        const first = left(scope);
        return first === settled ? first : combine([first, right(scope)]);
      };
    }
    case 'Comparison':
      return compileComparison(node, unit);
    case 'IfExpression': {
      const [condition, then, otherwise] = [child(1), child(3), child(5)];
      return (scope) => (condition(scope) === true ? then(scope) : otherwise(scope));
    }
    case 'InstanceOfExpression': {
      const value = child(0);
      const type = compileType(childAt(node, -1), unit);
      return (scope) => isInstance(value(scope), type);
    }
    case 'PathExpression':
      return compilePath(node, unit);
    case 'FilterExpression':
      return compileFilter(node, unit);
    case 'ForExpression':
      return compileFor(node, unit);
    case 'QuantifiedExpression':
      return compileQuantified(node, unit);
    case 'FunctionDefinition':
      return compileFunctionDefinition(node, unit);
    case 'FunctionInvocation':
      return compileInvocation(node, unit);
    default:
      throw new FeelError('FEEL_SYNTAX', `Expected a part of a FEEL expression, but found ${node.name}`);
  }
}

function warnIfNull(evaluate: Evaluate, type: string, message: string, { from, to }: FeelNode): Evaluate {
  return (scope) => {
    const value = evaluate(scope);
    if (value === null) scope.run.warn(type, message, { from, to });
    return value;
  };
}

function compileName(node: FeelNode, unit: Unit): Evaluate {
  const text = textOf(node, unit);
  const name = normalName(text);
  const builtin = builtinOf(name);
  const position = { from: node.from, to: node.to };
  return (scope) => {
    const value = scope.get(name);
    if (value !== undefined) return value;
    if (builtin) return builtin;
    if (name === 'now' || name === 'today') return scope.run.clock[name];
    scope.run.warn('NO_VARIABLE_FOUND', `Expected a variable named ${text}, but there is none`, position);
    return null;
  };
}

function compileContext(node: FeelNode, unit: Unit): Evaluate {
  const entries = childrenOf(node).filter(({ name }) => name === 'ContextEntry').map((entry) => ({ key: nameOf(childAt(entry, 0), unit), value: compileNode(childAt(entry, 1), unit) }));
  if (new Set(entries.map(({ key }) => key)).size < entries.length) return (scope) => (scope.run.warn('INVALID_CONTEXT', 'Expected each key once in a context, but one stands twice', { from: node.from, to: node.to }), null);
  return (scope) => {
    const names = new Map<string, unknown>();
    const inside = scope.inner(names);
    const context: Record<string, unknown> = {};
    for (const { key, value } of entries) {
      const result = value(inside);
      names.set(normalName(key), result);
      setEntry(context, key, result);
    }
    return context;
  };
}

function compileInterval(node: FeelNode, unit: Unit): Evaluate {
  const children = childrenOf(node);
  const [start, end] = [compileNode(childAt(node, 1), unit), compileNode(childAt(node, 3), unit)];
  const startIncluded = children[0]?.name === '[';
  const endIncluded = children[4]?.name === ']';
  return (scope) => {
    const ends = [start(scope), end(scope)] as const;
    if (ends[0] === null && ends[1] === null) return null;
    if (ends[0] !== null && ends[1] !== null && compare(ends[0], ends[1]) === null) {
      scope.run.warn('INVALID_TYPE', 'Expected two ends of one ordered type, but they are not', { from: node.from, to: node.to });
      return null;
    }
    return makeRange({ start: ends[0], end: ends[1], startIncluded: startIncluded && ends[0] !== null, endIncluded: endIncluded && ends[1] !== null });
  };
}

/** `> 5` as a range. `!= 5` has none: only a test can ask it. */
function compileSimpleTest(node: FeelNode, unit: Unit): Evaluate {
  const children = childrenOf(node);
  if (children.length === 1) return compileNode(childAt(node, 0), unit);
  const operator = textOf(childAt(node, 0), unit);
  const end = compileNode(childAt(node, 1), unit);
  return (scope) => {
    const value = end(scope);
    if (operator === '!=') return null;
    if (operator === '=') return value === null ? null : makeRange({ start: value, end: value, startIncluded: true, endIncluded: true });
    if (value === null || compare(value, value) === null) return null;
    return operator.startsWith('<')
      ? makeRange({ start: null, end: value, startIncluded: false, endIncluded: operator === '<=' })
      : makeRange({ start: value, end: null, startIncluded: operator === '>=', endIncluded: false });
  };
}

function compileArithmetic(node: FeelNode, unit: Unit): Evaluate {
  const children = childrenOf(node);
  const position = { from: node.from, to: node.to };
  const refuse = (scope: Scope, operands: readonly unknown[]): null => {
    scope.run.warn('INVALID_TYPE', `Expected operands that fit the operator, but found ${operands.map(kindOf).join(' and ')}`, position);
    return null;
  };
  if (children.length === 2) {
    const operand = compileNode(childAt(node, 1), unit);
    return (scope) => {
      const value = operand(scope);
      return negate(value) ?? refuse(scope, [value]);
    };
  }
  const operator = textOf(childAt(node, 1), unit).replace('^', '**') as ArithmeticOperator;
  const [left, right] = [compileNode(childAt(node, 0), unit), compileNode(childAt(node, 2), unit)];
  return (scope) => {
    const [a, b] = [left(scope), right(scope)];
    return calculate(operator, a, b) ?? refuse(scope, [a, b]);
  };
}

function compileComparison(node: FeelNode, unit: Unit): Evaluate {
  const children = childrenOf(node);
  const operator = childAt(node, 1);
  const left = compileNode(childAt(node, 0), unit);
  if (operator.name === 'between') {
    const [low, high] = [compileNode(childAt(node, 2), unit), compileNode(childAt(node, 4), unit)];
    return (scope) => {
      const value = left(scope);
      return allOf([ordering('>=', value, low(scope)), ordering('<=', value, high(scope))]);
    };
  }
  if (operator.name === 'in') return compileIn(left, children.slice(2), unit);
  const right = compileNode(childAt(node, 2), unit);
  const sign = textOf(operator, unit);
  return (scope) => ordering(sign, left(scope), right(scope));
}

function compileIn(left: Evaluate, children: readonly FeelNode[], unit: Unit): Evaluate {
  const tests = children.flatMap((child) => (child.name === 'PositiveUnaryTests' ? childrenOf(child) : child.name === 'PositiveUnaryTest' ? [child] : []));
  const [only] = tests;
  // The grammar takes `x in a or b` as `x in (a or b)`; `in` binds more tightly. DMN 1.5 §10.3.1.2, rule 2.
  if (only && tests.length === 1 && children.length === 1) return compileLeftmost(childAt(only, 0), unit, (leaf) => compileInOne(left, leaf, unit), left);
  const compiled = tests.map((test) => compileInOne(left, childAt(test, 0), unit));
  return (scope) => anyOf(compiled.map((test) => test(scope)));
}

/** Compiles a logical expression whose first operand is a test of `left`. */
function compileLeftmost(node: FeelNode, unit: Unit, first: (leaf: FeelNode) => Evaluate, left: Evaluate): Evaluate {
  if (node.name === 'Conjunction' || node.name === 'Disjunction') {
    const combine = node.name === 'Conjunction' ? allOf : anyOf;
    const [test, right] = [compileLeftmost(childAt(node, 0), unit, first, left), compileNode(childAt(node, 2), unit)];
    return (scope) => combine([test(scope), right(scope)]);
  }
  const operand = node.name === 'SimplePositiveUnaryTest' ? childAt(node, -1) : undefined;
  if (operand?.name !== 'Conjunction' && operand?.name !== 'Disjunction') return first(node);
  const sign = textOf(childAt(node, 0), unit);
  return compileLeftmost(operand, unit, (leaf) => {
    const end = compileNode(leaf, unit);
    return (scope) => ordering(sign, left(scope), end(scope));
  }, left);
}

function compileInOne(left: Evaluate, node: FeelNode, unit: Unit): Evaluate {
  const test = compileTest(node, unit);
  return (scope) => {
    const value = left(scope);
    return test(scope.inner(new Map([['?', value]])), value);
  };
}

function compilePath(node: FeelNode, unit: Unit): Evaluate {
  const target = compileNode(childAt(node, 0), unit);
  const name = nameOf(childAt(node, 2), unit);
  const position = { from: node.from, to: node.to };
  const step = (value: unknown, scope: Scope): unknown => {
    if (Array.isArray(value)) return value.map((item) => step(item, scope));
    const found = isContext(value) ? entryOf(value, name) : propertyOf(value, name);
    if (found !== undefined) return found;
    if (value !== null) scope.run.warn('NO_PROPERTY_FOUND', `Expected an entry named ${name}, but there is none`, position);
    return null;
  };
  return (scope) => step(target(scope), scope);
}
