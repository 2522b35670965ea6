import { parseFeelOnce, type FeelNode } from '#rules';
import { allElements, allFlows, type ProcessDefinition, type VariableType } from '../../definition/index.ts';
import { expressionSources, flowExpressionSources } from '../../expression-sources.ts';
import type { Json } from '../../json.ts';
import { literalOf, operands, referenceOf } from './formula.ts';

/** What a part of a variable has to be, as far as its uses tell. */
type Need = 'string' | 'number' | 'boolean' | 'list' | 'dateTime' | 'duration' | 'date' | 'object';

/** By dotted name, for example `order.startAt`. */
export type TypeHints = ReadonlyMap<string, Need>;

const needOfField: readonly (readonly [RegExp, Need])[] = [
  [/timeDuration$|timeLimit$/, 'duration'], [/timeDate$|dueDate$|followUpDate$/, 'dateTime'], [/priority$|cardinality$/, 'number'], [/collection$|activeElements$/, 'list'],
  [/correlationKey$|candidateUnit$|assignee$|subject$|idempotencyKey$|businessKey$|item$/, 'string'], [/[cC]ondition$|when$/, 'boolean'],
];
const listFunctions: ReadonlySet<string> = new Set(['count', 'list contains', 'append', 'concatenate', 'sum', 'min', 'max', 'mean', 'string join', 'distinct values', 'flatten', 'index of', 'sort', 'all', 'any']);
const stringFunctions: ReadonlySet<string> = new Set(['string length', 'substring', 'upper case', 'lower case', 'contains', 'starts with', 'ends with', 'matches', 'split', 'replace']);
const numberFunctions: ReadonlySet<string> = new Set(['modulo', 'abs', 'floor', 'ceiling', 'round up', 'round down', 'sqrt', 'decimal', 'odd', 'even']);

/** Reads every expression of the process for what it needs of the variables that it names. */
export function typeHints(definition: ProcessDefinition): TypeHints {
  const hints = new Map<string, Need>();
  const sources = [...allElements(definition).flatMap(expressionSources), ...allFlows(definition).flatMap(flowExpressionSources)];
  for (const { source, field } of sources) {
    const content = parseFeelOnce(source, 'expression').firstChild;
    if (content) need(source, content, needOfField.find(([pattern]) => pattern.test(field))?.[1], hints);
  }
  return hints;
}

function need(source: string, node: FeelNode, expected: Need | undefined, hints: Map<string, Need>): void {
  const reference = referenceOf(source, node);
  if (reference) {
    const name = [reference.root, ...reference.path].join('.');
    if (expected !== undefined && !hints.has(name)) hints.set(name, expected);
    return;
  }
  const parts = operands(node);
  const each = (wanted: Need | undefined): void => parts.forEach((part) => need(source, part, wanted, hints));
  switch (node.name) {
    case 'ParenthesizedExpression':
      return each(expected);
    case 'Conjunction':
    case 'Disjunction':
      return each('boolean');
    case 'Comparison':
      return each(needOfLiterals(source, parts));
    case 'ArithmeticExpression':
      return each(needOfLiterals(source, parts) ?? (expected === 'string' ? 'string' : parts.some(({ name }) => name === 'DateTimeLiteral') ? undefined : 'number'));
    case 'DateTimeLiteral': {
      const text = source.slice(node.from, node.to);
      return operands(node.getChild('PositionalParameters')).forEach((part) => need(source, part, text.startsWith('duration') ? 'duration' : text.startsWith('date and time') ? 'dateTime' : 'date', hints));
    }
    case 'FunctionInvocation':
      return needArguments(source, node, hints);
    case 'IfExpression':
      return parts.forEach((part, index) => need(source, part, index === 0 ? 'boolean' : expected, hints));
    case 'FilterExpression':
      return parts.forEach((part, index) => need(source, part, index === 0 ? 'list' : undefined, hints));
    case 'IterationContext':
      return each(parts.length === 1 ? 'list' : 'number');
    default:
      return each(undefined);
  }
}

function needArguments(source: string, node: FeelNode, hints: Map<string, Need>): void {
  const [called] = operands(node);
  const name = called ? source.slice(called.from, called.to) : '';
  const first: Need | undefined = listFunctions.has(name) ? 'list' : stringFunctions.has(name) ? 'string' : numberFunctions.has(name) ? 'number' : undefined;
  operands(node.getChild('PositionalParameters')).forEach((part, index) => need(source, part, index === 0 || first !== 'list' ? first : undefined, hints));
}

function needOfLiterals(source: string, parts: readonly FeelNode[]): Need | undefined {
  for (const part of parts) {
    const value = literalOf(source, part);
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return typeof value as Need;
  }
  return undefined;
}

/** Some value of the type. */
export function sampleOf(type: Need | VariableType): Json {
  switch (type) {
    case 'string':
      return 'x';
    case 'number':
      return 1;
    case 'boolean':
      return true;
    case 'list':
      return [];
    case 'dateTime':
      return '2026-01-01T01:00:00Z';
    case 'date':
      return '2026-01-01';
    case 'duration':
      return 'PT1H';
    case 'object':
      return {};
  }
}
