import { conditionNamed, isFactReference, type Comparison, type Condition, type NamedConditions, type Operator } from './condition.ts';
import { compileFeelTests, feelValue } from './feel-in-rules.ts';
import { Run } from './feel/standard/index.ts';
import { compileFactPath } from './fact-path.ts';
import { canonicalInstant } from './instant.ts';
import { absent, unusable, type CompiledInput } from './input-value.ts';
import { applierOf, applyToUndefined, compare, isOrdering, negate, type Apply, type Truth } from './operator.ts';

/** The inputs' values by their index, `absent` or `unusable` where there is none. */
export type Slots = readonly unknown[];

/** One comparison as judged. `holds` is what it was; `expected` and `actual` are the values compared. */
export interface JudgedComparison {
  readonly fact: string;
  readonly path?: string;
  readonly operator: Operator;
  readonly expected: unknown;
  readonly actual: unknown;
  readonly holds: boolean | 'unknown';
}

/** A missing value that a comparison met. */
export interface MetMissing {
  readonly input: CompiledInput;
  readonly path?: string;
  readonly reason: 'absent' | 'null' | 'wrongType';
}

/** A condition as closures over slots. */
export interface CompiledCondition {
  test(slots: Slots): Truth;
  /** The first comparison, in priority order, that made the condition what it is. Undefined for an empty `all`. */
  blame(slots: Slots): JudgedComparison | undefined;
  /** The missing values that make it unknown. */
  unknowns(slots: Slots): readonly MetMissing[];
}

type InputsByName = ReadonlyMap<string, CompiledInput>;

/** Compiles a checked condition; every fact must be among the inputs, every named condition among `named`. */
export function compileCondition(condition: Condition, inputs: InputsByName, named: NamedConditions = {}): CompiledCondition {
  if ('all' in condition) return compileGroup(byPriority(condition.all).map((part) => compileCondition(part, inputs, named)), 0);
  if ('any' in condition) return compileGroup(byPriority(condition.any).map((part) => compileCondition(part, inputs, named)), 1);
  if ('not' in condition) return compileNot(compileCondition(condition.not, inputs, named));
  if (!('condition' in condition)) return compileComparison(condition, inputs);
  const target = conditionNamed(condition.condition, named);
  if (!target) throw new Error(`Expected the condition ${condition.condition} to be declared`);
  return compileCondition(target, inputs, named);
}

/** json-rules-engine judges parts of a higher priority first; the default is 1. */
function byPriority(parts: readonly Condition[]): readonly Condition[] {
  return parts.toSorted((left, right) => (right.priority ?? 1) - (left.priority ?? 1));
}

/** `decisive` is the truth of one part that settles the group: 0 for all, 1 for any. */
function compileGroup(parts: readonly CompiledCondition[], decisive: 0 | 1): CompiledCondition {
  const otherwise: Truth = decisive === 0 ? 1 : 0;
  const tests = parts.map((part) => part.test);
  const count = tests.length;
  const test = (slots: Slots): Truth => {
    let truth: Truth = otherwise;
    for (let index = 0; index < count; index += 1) {
      const part = (tests[index] as CompiledCondition['test'])(slots);
      if (part === decisive) return decisive;
      if (part === 2) truth = 2;
    }
    return truth;
  };
  return {
    test,
    blame(slots) {
      const truth = test(slots);
      return (parts.find((part) => part.test(slots) === truth) ?? parts[0])?.blame(slots);
    },
    unknowns: (slots) => parts.filter((part) => part.test(slots) === 2).flatMap((part) => part.unknowns(slots)),
  };
}

function compileNot(part: CompiledCondition): CompiledCondition {
  const { test } = part;
  return {
    test: (slots) => negate(test(slots)),
    blame: part.blame,
    unknowns: part.unknowns,
  };
}

interface Operand {
  /** undefined, null, `absent` and `unusable` are missing. */
  read(slots: Slots): unknown;
  readonly input: CompiledInput;
  readonly path: string | undefined;
}

function compileComparison(comparison: Comparison, inputs: InputsByName): CompiledCondition {
  const { operator, value } = comparison;
  const left = compileOperand(comparison.fact, comparison.path, inputs);
  if (value === null && (operator === 'equal' || operator === 'notEqual')) return judged(comparison, left, null, compileNullTest(left, operator));
  if (operator === 'satisfies') return compileSatisfies(comparison, left, String(value), inputs);
  if (isFactReference(value)) {
    const right = compileOperand(value.fact, value.path, inputs);
    const apply = applierOf(operator);
    return judged(comparison, left, right, (slots) => compareOperands(operator, apply, left, right, slots));
  }
  const literal = normalLiteral(value, left);
  const isTyped = left.path === undefined && left.input.declaration.type !== 'any';
  const test = isTyped ? compileFlat(operator, left.input, literal) : compileAtPath(operator, left, literal);
  return judged(comparison, left, literal, test);
}

/** A comparison of an input itself, whose type is certain, with a literal of that type: the fast and common case. */
function compileFlat(operator: Operator, { index, missingMeans }: CompiledInput, literal: unknown): CompiledCondition['test'] {
  const whenMissing = missingTruth(operator, missingMeans);
  const isMissing = (value: unknown): boolean => typeof value === 'symbol';
  if (typeof literal === 'number' && isOrdering(operator)) return compileNumberOrder(operator, index, literal, whenMissing);
  if (typeof literal === 'string' && isOrdering(operator)) {
    return (slots) => {
      const value = slots[index];
      return typeof value === 'string' ? compare(operator, value, literal) : whenMissing;
    };
  }
  if (operator === 'equal') return (slots) => (slots[index] === literal ? 1 : isMissing(slots[index]) ? whenMissing : 0);
  if (operator === 'notEqual') return (slots) => (slots[index] === literal ? 0 : isMissing(slots[index]) ? whenMissing : 1);
  if ((operator === 'in' || operator === 'notIn') && Array.isArray(literal)) {
    const members = new Set<unknown>(literal);
    const found: Truth = operator === 'in' ? 1 : 0;
    const notFound: Truth = operator === 'in' ? 0 : 1;
    return (slots) => (isMissing(slots[index]) ? whenMissing : members.has(slots[index]) ? found : notFound);
  }
  const apply = applierOf(operator);
  return (slots) => (isMissing(slots[index]) ? whenMissing : apply(slots[index], literal));
}

/** One closure an operator: what a rule set of many rules spends its time in. */
function compileNumberOrder(operator: Operator, index: number, literal: number, whenMissing: Truth): CompiledCondition['test'] {
  switch (operator) {
    case 'lessThan':
      return (slots) => {
        const value = slots[index];
        return typeof value === 'number' ? (value < literal ? 1 : 0) : whenMissing;
      };
    case 'lessThanInclusive':
      return (slots) => {
        const value = slots[index];
        return typeof value === 'number' ? (value <= literal ? 1 : 0) : whenMissing;
      };
    case 'greaterThan':
      return (slots) => {
        const value = slots[index];
        return typeof value === 'number' ? (value > literal ? 1 : 0) : whenMissing;
      };
    default:
      return (slots) => {
        const value = slots[index];
        return typeof value === 'number' ? (value >= literal ? 1 : 0) : whenMissing;
      };
  }
}

function compileAtPath(operator: Operator, left: Operand, literal: unknown): CompiledCondition['test'] {
  const whenMissing = missingTruth(operator, left.input.missingMeans);
  const apply = applierOf(operator);
  return (slots) => {
    const value = left.read(slots);
    return isMissingValue(value) ? whenMissing : apply(value, literal);
  };
}

/**
 * FEEL unary tests. A missing value, of the fact or of another one that the tests read, is answered as in every comparison; a null
 * answer of FEEL over values that are there says that they cannot be compared. DMN 1.5 §7.3.3.
 */
function compileSatisfies(comparison: Comparison, left: Operand, text: string, inputs: InputsByName): CompiledCondition {
  const tests = compileFeelTests(text, inputs);
  const { type } = left.input.declaration;
  const others = tests.reads.map((input): Operand => ({ input, path: undefined, read: (slots) => slots[input.index] }));
  const truthOf = ({ missingMeans }: CompiledInput): Truth => (missingMeans === 'unknown' ? 2 : 0);
  const test = (slots: Slots): Truth => {
    const value = left.read(slots);
    if (isMissingValue(value)) return truthOf(left.input);
    for (const other of others) if (isMissingValue(other.read(slots))) return truthOf(other.input);
    const run = slots[inputs.size];
    if (!(run instanceof Run)) throw new Error('Expected a clock for FEEL in the slot after the inputs');
    const holds = tests.evaluate(run, slots, left.path === undefined ? feelValue(type, value) : value);
    return holds === null ? truthOf(left.input) : holds ? 1 : 0;
  };
  return judged(comparison, left, text, test, others);
}

function compileNullTest(left: Operand, operator: 'equal' | 'notEqual'): CompiledCondition['test'] {
  return (slots) => {
    const value = left.read(slots);
    if (value === unusable) return missingTruth(operator, left.input.missingMeans);
    const isNull = value === null || value === undefined || value === absent;
    return isNull === (operator === 'equal') ? 1 : 0;
  };
}

function compareOperands(operator: Operator, apply: Apply, left: Operand, right: Operand, slots: Slots): Truth {
  const leftValue = left.read(slots);
  const rightValue = right.read(slots);
  if (isMissingValue(leftValue)) return missingTruth(operator, left.input.missingMeans);
  if (!isMissingValue(rightValue)) return apply(leftValue, rightValue);
  if (right.input.missingMeans !== 'undefinedFact') return right.input.missingMeans === 'false' ? 0 : 2;
  return operator === 'in' || operator === 'notIn' ? 2 : operator === 'notEqual' || operator === 'doesNotContain' ? 1 : 0;
}

function missingTruth(operator: Operator, means: CompiledInput['missingMeans']): Truth {
  return means === 'unknown' ? 2 : means === 'false' ? 0 : applyToUndefined(operator);
}

function isMissingValue(value: unknown): boolean {
  return value === undefined || value === null || value === absent || value === unusable;
}

function compileOperand(fact: string, path: string | undefined, inputs: InputsByName): Operand {
  const input = inputs.get(fact);
  if (!input) throw new Error(`Expected the fact ${fact} to be an input`);
  const { index, branchValue } = input;
  if (path === undefined || path === '$') return { input, path: undefined, read: (slots) => slots[index] };
  const follow = compileFactPath(path);
  const fromBranch = branchValue === undefined ? undefined : follow(branchValue);
  const read = (slots: Slots): unknown => {
    const whole = slots[index];
    if (typeof whole === 'symbol') return whole;
    const value = follow(whole);
    return value === undefined || value === null ? (fromBranch ?? value) : value;
  };
  return { input, path, read };
}

/** An instant written into a rule is compared in the same form as the fact. */
function normalLiteral(literal: unknown, left: Operand): unknown {
  if (left.path !== undefined || left.input.declaration.type !== 'dateTime') return literal;
  return Array.isArray(literal) ? literal.map((element) => normalInstant(element)) : normalInstant(literal);
}

function normalInstant(value: unknown): unknown {
  return typeof value === 'string' ? (canonicalInstant(value) ?? value) : value;
}

function judged(comparison: Comparison, left: Operand, right: unknown, test: CompiledCondition['test'], others: readonly Operand[] = []): CompiledCondition {
  const { fact, path, operator } = comparison;
  const rightOperand = isOperand(right) ? right : undefined;
  const visible = (value: unknown): unknown => (isMissingValue(value) ? null : value);
  return {
    test,
    blame(slots) {
      const truth = test(slots);
      const expected = rightOperand ? visible(rightOperand.read(slots)) : right;
      const actual = visible(left.read(slots));
      const holds = truth === 2 ? 'unknown' : truth === 1;
      return path === undefined ? { fact, operator, expected, actual, holds } : { fact, path, operator, expected, actual, holds };
    },
    unknowns(slots) {
      if (test(slots) !== 2) return [];
      const missing = [left, ...(rightOperand ? [rightOperand] : others)].filter((operand) => isMissingValue(operand.read(slots)));
      const met = missing.length > 0 ? missing : [left];
      return met.map((operand) => metMissing(operand, operand.read(slots)));
    },
  };
}

function metMissing({ input, path }: Operand, value: unknown): MetMissing {
  const reason = value === undefined || value === absent ? 'absent' : value === null ? 'null' : 'wrongType';
  return path === undefined ? { input, reason } : { input, path, reason };
}

function isOperand(value: unknown): value is Operand {
  return typeof value === 'object' && value !== null && 'read' in value && 'input' in value;
}
