import { FeelError } from '../feel/feel-error.ts';
import { parseFeel, type FeelNode } from '../feel/parse-tree.ts';
import { setEntry } from '../feel/standard/index.ts';
import { readString } from '../feel/standard/string-literal.ts';
import { childrenOf } from '../feel/standard/syntax.ts';
import type { JsonValue } from '../feel/to-json.ts';
import { compileFeelOutput, unknownNames } from '../feel-in-rules.ts';
import { same } from '../hit-policy.ts';
import { normalValue } from '../input-value.ts';
import { computedText, type RuleOutput } from '../index.ts';
import { expectedType, problem, undeclaredFact } from './cell-problem.ts';
import type { CellProblem, TableCell } from './table.ts';
import { readOperand } from './read-tests.ts';
import { unfinishedText } from './unfinished-cell.ts';
import { writeOperand } from './write-feel.ts';

type ReadOutput = { readonly value?: JsonValue } | { readonly problem: CellProblem };
const none: ReadonlySet<string> = new Set();

/** A FEEL expression as the value of an output: a literal, `{ feel }` for one that has to be worked out, nothing for an empty text. */
export function readOutput(text: string, output: Pick<RuleOutput, 'type' | 'allowedValues'>, inputs: ReadonlySet<string>): ReadOutput {
  const source = text.trim();
  if (source === '') return {};
  let root: FeelNode;
  try {
    root = parseFeel(source, 'expression');
    compileFeelOutput(source, new Map());
  } catch (error) {
    if (!(error instanceof FeelError)) throw error;
    return { problem: problem('FEEL_INVALID', 'FEEL 表达式，例如 5、"a" 或 weight * 2', 'an expression of FEEL such as 5, "a" or weight * 2') };
  }
  const [node] = childrenOf(root);
  const constant = node && constantOf(node, source);
  if (!constant) {
    const [unknown] = unknownNames(source, 'expression', inputs);
    return unknown === undefined ? { value: { feel: source } } : { problem: undeclaredFact(unknown) };
  }
  const { value, type } = constant;
  if (value === null) return { value };
  const isOfType = normalValue(output.type, value) !== undefined && (type === undefined || type === output.type || output.type === 'any');
  // A text in quotes is no date: it would come back as one, but say something else to its reader.
  if (!isOfType || (type === undefined && (output.type === 'date' || output.type === 'dateTime'))) return { problem: expectedType(output.type) };
  const { allowedValues } = output;
  if (allowedValues && !allowedValues.some((allowed) => same(normalValue(output.type, allowed), normalValue(output.type, value)))) {
    const list = allowedValues.map((allowed) => writeOperand(allowed, output.type, false) ?? String(allowed)).join(', ');
    return { problem: problem('VALUE_NOT_ALLOWED', `以下之一：${list}`, `one of ${list}`) };
  }
  return { value };
}

/** The cell of an output's value; it keeps the value where its text would read as another. */
export function outputCell(value: JsonValue | undefined, output: RuleOutput, inputs: ReadonlySet<string>): TableCell {
  if (value === undefined) return { text: '' };
  const text = computedText(value) ?? writeValue(value, output.type);
  const unfinished = unfinishedText(computedText(value));
  if (unfinished !== undefined) return { text: unfinished };
  const read = readOutput(text, output, inputs);
  // Parameters of events are JSON.
  return 'value' in read && same(read.value, value) ? { text } : { text, keeps: { value: value as never } };
}

function writeValue(value: JsonValue, type: RuleOutput['type']): string {
  const isScalar = value === null || typeof value !== 'object';
  return (isScalar ? writeOperand(value, type, false) : undefined) ?? JSON.stringify(value);
}

/** The value of a literal, list or context; `type` says that it is a date or an instant. */
function constantOf(node: FeelNode, source: string): { readonly value: JsonValue; readonly type?: 'date' | 'dateTime' } | undefined {
  if (node.name === 'List') {
    const items = childrenOf(node).filter(({ name }) => name !== '[' && name !== ']').map((item) => constantOf(item, source));
    return items.every((item) => item !== undefined) ? { value: items.map((item) => item.value) } : undefined;
  }
  if (node.name === 'Context') return contextOf(node, source);
  const operand = readOperand(node, source, none);
  if (!operand || !('literal' in operand)) return undefined;
  return operand.type === 'date' || operand.type === 'dateTime' ? { value: operand.literal, type: operand.type } : { value: operand.literal };
}

function contextOf(node: FeelNode, source: string): { readonly value: JsonValue } | undefined {
  const value: Record<string, JsonValue> = {};
  for (const entry of childrenOf(node).filter(({ name }) => name === 'ContextEntry')) {
    const [key, , ...rest] = [childrenOf(entry)[0], undefined, ...childrenOf(entry).slice(1)];
    const inner = rest.at(-1);
    const found = inner && constantOf(inner, source);
    if (!key || !found) return undefined;
    const literal = key.getChild('StringLiteral');
    setEntry(value, literal ? readString(source.slice(literal.from, literal.to)) : source.slice(key.from, key.to), found.value);
  }
  return { value };
}
