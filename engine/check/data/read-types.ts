import { parseFeelOnce, type FeelNode } from '#rules';
import { parseDuration, parseInstant } from '../../instant.ts';
import { literalOf, operands, referenceOf } from '../soundness/formula.ts';
import { builtins, type FeelType } from './feel-types.ts';
import type { Names } from './places.ts';

/** Something in an expression that cannot be right, whatever the data. */
export interface TypeTrouble {
  readonly code: 'UNKNOWN_NAME' | 'UNKNOWN_FUNCTION' | 'TYPE_MISMATCH' | 'LITERAL_INVALID';
  readonly message: string;
}

/** The type of an expression and what is wrong inside it. Unknown data is `any` and fits everywhere. */
export function readTypes(source: string, names: Names): { readonly type: FeelType; readonly troubles: readonly TypeTrouble[] } {
  const reader = new TypeReader(source);
  const content = parseFeelOnce(source, 'expression').firstChild;
  return { type: content ? reader.typeOf(content, names) : 'any', troubles: reader.troubles };
}

const ordered: ReadonlySet<string> = new Set(['<', '<=', '>', '>=']);
const temporal: ReadonlySet<FeelType> = new Set(['date', 'time', 'dateTime', 'duration']);

class TypeReader {
  readonly troubles: TypeTrouble[] = [];
  readonly #source: string;

  constructor(source: string) {
    this.#source = source;
  }

  typeOf(node: FeelNode, names: Names): FeelType {
    const parts = operands(node);
    switch (node.name) {
      case 'NumericLiteral':
        return 'number';
      case 'StringLiteral':
        return 'string';
      case 'BooleanLiteral':
        return 'boolean';
      case 'null':
        return 'null';
      case 'VariableName':
        return this.#variable(node, names);
      case 'ParenthesizedExpression':
        return parts[0] ? this.typeOf(parts[0], names) : 'any';
      case 'PathExpression':
        return this.#path(parts, names);
      case 'Comparison':
        return this.#comparison(node, parts, names);
      case 'Conjunction':
      case 'Disjunction':
        for (const part of parts) this.#expect(part, this.typeOf(part, names), ['boolean'], 'an operand of "and" or "or"');
        return 'boolean';
      case 'ArithmeticExpression':
        return this.#arithmetic(node, parts, names);
      case 'IfExpression':
        return this.#choice(parts, names);
      case 'FunctionInvocation':
        return this.#call(node, parts, names);
      case 'DateTimeLiteral':
        return this.#moment(node, names);
      case 'QuantifiedExpression':
      case 'ForExpression':
        return this.#iteration(node, parts, names);
      case 'FilterExpression':
        // Inside a filter the fields of the items are names.
        if (parts[0]) this.typeOf(parts[0], names);
        return 'any';
      case 'Context':
        return this.#context(parts, names);
      case 'List':
        for (const part of parts) this.typeOf(part, names);
        return 'list';
      case 'InstanceOfExpression':
        if (parts[0]) this.typeOf(parts[0], names);
        return 'boolean';
      case 'FunctionDefinition':
        return 'function';
      default:
        for (const part of parts) this.typeOf(part, names);
        return 'any';
    }
  }

  #text(node: FeelNode): string {
    return this.#source.slice(node.from, node.to);
  }

  #report(code: TypeTrouble['code'], message: string): void {
    this.troubles.push({ code, message });
  }

  #expect(node: FeelNode, type: FeelType, wanted: readonly FeelType[], what: string): void {
    if (type === 'any' || type === 'null' || wanted.includes(type)) return;
    this.#report('TYPE_MISMATCH', `Expected ${what} to be a ${wanted.join(' or ')}, but ${this.#text(node)} is a ${type}`);
  }

  #variable(node: FeelNode, names: Names): FeelType {
    const name = this.#text(node).replace(/\s+/g, ' ');
    const type = names.get(name);
    if (type) return type;
    if (builtins.has(name)) return 'function';
    this.#report('UNKNOWN_NAME', `Expected a variable or a function, but ${name} is none here`);
    return 'any';
  }

  #path([base]: readonly FeelNode[], names: Names): FeelType {
    const type = base ? this.typeOf(base, names) : 'any';
    if (base && (type === 'string' || type === 'number' || type === 'boolean')) this.#report('TYPE_MISMATCH', `Expected something with fields, but ${this.#text(base)} is a ${type}`);
    return 'any';
  }

  #comparison(node: FeelNode, parts: readonly FeelNode[], names: Names): FeelType {
    const [left, right] = parts;
    if (!left) return 'boolean';
    const type = this.typeOf(left, names);
    const operator = node.getChild('CompareOp');
    if (operator && right) {
      const symbol = this.#text(operator);
      const other = this.typeOf(right, names);
      const isKnown = ![type, other].some((each) => each === 'any' || each === 'null');
      if (isKnown && type !== other) this.#report('TYPE_MISMATCH', `Expected two values of one type, but ${this.#text(node)} compares a ${type} with a ${other}`);
      else if (isKnown && ordered.has(symbol) && (type === 'boolean' || type === 'list' || type === 'context' || type === 'function')) this.#report('TYPE_MISMATCH', `Expected values that have an order, but ${this.#text(node)} compares a ${type}`);
      return 'boolean';
    }
    for (const other of parts.slice(1)) {
      const otherType = other.name.includes('UnaryTest') ? this.#testType(other, names) : this.typeOf(other, names);
      if (![type, otherType].some((each) => each === 'any' || each === 'null' || each === 'list' || each === 'range' || each === 'boolean') && type !== otherType) this.#report('TYPE_MISMATCH', `Expected two values of one type, but ${this.#text(node)} compares a ${type} with a ${otherType}`);
    }
    return 'boolean';
  }

  #testType(node: FeelNode, names: Names): FeelType {
    const parts = operands(node);
    const types = parts.map((part) => (part.name.includes('UnaryTest') || part.name === 'Interval' ? this.#testType(part, names) : this.typeOf(part, names)));
    return types[0] !== undefined && types.every((type) => type === types[0]) ? types[0] : 'any';
  }

  #arithmetic(node: FeelNode, parts: readonly FeelNode[], names: Names): FeelType {
    const types = parts.map((part) => this.typeOf(part, names));
    const operator = node.getChild('ArithOp');
    const symbol = operator ? this.#text(operator) : '';
    const [left = 'any', right] = types;
    if (right === undefined) return left;
    if (types.some((type) => type === 'any' || type === 'null')) return types.includes('string') && symbol === '+' ? 'string' : 'any';
    if (types.some((type) => temporal.has(type))) return this.#temporal(node, left, right, symbol);
    if (types.every((type) => type === 'number')) return 'number';
    if (symbol === '+' && types.every((type) => type === 'string')) return 'string';
    this.#report('TYPE_MISMATCH', `Expected values that can be calculated with, but ${this.#text(node)} takes a ${left} and a ${right}`);
    return 'any';
  }

  #temporal(node: FeelNode, left: FeelType, right: FeelType, symbol: string): FeelType {
    if (left === 'duration' && right === 'duration') return symbol === '/' ? 'number' : 'duration';
    if ((left === 'duration' && right === 'number') || (left === 'number' && right === 'duration')) return 'duration';
    if (temporal.has(left) && right === 'duration') return left;
    if (left === 'duration' && temporal.has(right)) return right;
    if (left === right && symbol === '-') return 'duration';
    this.#report('TYPE_MISMATCH', `Expected values that can be calculated with, but ${this.#text(node)} takes a ${left} and a ${right}`);
    return 'any';
  }

  #choice([condition, ...branches]: readonly FeelNode[], names: Names): FeelType {
    if (condition) this.#expect(condition, this.typeOf(condition, names), ['boolean'], 'the condition after "if"');
    const types = branches.map((branch) => this.typeOf(branch, names)).filter((type) => type !== 'null');
    return types[0] !== undefined && types.every((type) => type === types[0]) ? types[0] : 'any';
  }

  #call(node: FeelNode, [called]: readonly FeelNode[], names: Names): FeelType {
    const named = node.getChild('NamedParameters');
    const values = named ? operands(named).flatMap((parameter) => operands(parameter).slice(1)) : operands(node.getChild('PositionalParameters'));
    for (const value of values) this.typeOf(value, names);
    if (!called) return 'any';
    const name = this.#text(called).replace(/\s+/g, ' ');
    if (called.name !== 'VariableName') {
      this.typeOf(called, names);
      return 'any';
    }
    const isOwn = names.get(name);
    if (isOwn) {
      if (isOwn !== 'any' && isOwn !== 'function') this.#report('UNKNOWN_FUNCTION', `Expected a function, but ${name} is a ${isOwn}`);
      return 'any';
    }
    const result = builtins.get(name);
    if (result === undefined) this.#report('UNKNOWN_FUNCTION', `Expected a function of FEEL, but ${name} is none`);
    return result ?? 'any';
  }

  #moment(node: FeelNode, names: Names): FeelType {
    const text = this.#text(node);
    const [argument, ...more] = operands(node.getChild('PositionalParameters'));
    for (const value of [argument, ...more]) if (value) this.typeOf(value, names);
    const literal = argument && more.length === 0 ? literalOf(this.#source, argument) : undefined;
    const kind: FeelType = text.startsWith('duration') || text.startsWith('@"P') || text.startsWith('@"-P') ? 'duration' : text.startsWith('date and time') || /^@".*T/.test(text) ? 'dateTime' : text.startsWith('time') || text.startsWith('@"T') ? 'time' : 'date';
    const isInvalid = typeof literal === 'string' && ((kind === 'duration' && parseDuration(literal) === undefined) || (kind === 'dateTime' && !/^\d{4}-\d{2}-\d{2}T/.test(literal)) || (kind === 'date' && parseInstant(literal) === undefined));
    if (isInvalid) this.#report('LITERAL_INVALID', `Expected a ${kind} in ISO 8601, but ${text} is none`);
    return kind;
  }

  #iteration(node: FeelNode, parts: readonly FeelNode[], names: Names): FeelType {
    const inner = new Map(names);
    for (const expression of operands(node.getChild('InExpressions'))) {
      const [name, range] = operands(expression);
      if (range) for (const part of operands(range)) this.typeOf(part, inner);
      if (name) inner.set(this.#text(name), 'any');
    }
    const body = parts.at(-1);
    if (node.name === 'ForExpression') inner.set('partial', 'list');
    const type = body && body.name !== 'InExpressions' ? this.typeOf(body, inner) : 'any';
    if (node.name === 'ForExpression') return 'list';
    if (body) this.#expect(body, type, ['boolean'], 'what is asked of every item');
    return 'boolean';
  }

  #context(entries: readonly FeelNode[], names: Names): FeelType {
    const inner = new Map(names);
    for (const entry of entries) {
      const [key, value] = operands(entry);
      const type = value ? this.typeOf(value, inner) : 'any';
      if (key) inner.set(this.#text(key).replace(/^"|"$/g, ''), type);
    }
    return 'context';
  }
}

/**
 * The variables that an expression reads; `risky` are those for which a missing value spoils the result: not those that
 * it compares with null, that it only hands on, or that it reads in one branch of an `if`, which another condition guards.
 */
export function variablesRead(source: string, names: Names): { readonly read: ReadonlySet<string>; readonly risky: ReadonlySet<string> } {
  const read = new Set<string>();
  const tested = new Set<string>();
  const unguarded = new Set<string>();
  const content = parseFeelOnce(source, 'expression');
  const isHandedOn = content.firstChild?.name === 'VariableName';
  const visit = (node: FeelNode, hidden: ReadonlySet<string>, isGuarded: boolean): void => {
    if (node.name === 'VariableName') {
      const name = source.slice(node.from, node.to);
      if (names.has(name) && !hidden.has(name)) {
        read.add(name);
        if (!isGuarded && !isHandedOn) unguarded.add(name);
      }
    }
    const parts = operands(node);
    if (node.name === 'Comparison' && parts.some(({ name }) => name === 'null')) for (const part of parts) {
      const reference = referenceOf(source, part);
      if (reference) tested.add(reference.root);
    }
    const isBinding = node.name === 'QuantifiedExpression' || node.name === 'ForExpression';
    const bound = isBinding ? operands(node.getChild('InExpressions')).flatMap((expression) => operands(expression).slice(0, 1).map((name) => source.slice(name.from, name.to))) : [];
    const inner = bound.length > 0 ? new Set([...hidden, ...bound]) : hidden;
    const condition = node.name === 'IfExpression' ? parts[0] : undefined;
    for (let child = node.firstChild; child; child = child.nextSibling) visit(child, inner, isGuarded || (condition !== undefined && child.from !== condition.from));
  };
  visit(content, new Set(), false);
  return { read, risky: new Set([...unguarded].filter((name) => !tested.has(name))) };
}
