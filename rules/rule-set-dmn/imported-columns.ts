import type { DmnFinding } from '../dmn/decision-model.ts';
import { FeelError } from '../feel/feel-error.ts';
import { parseFeel } from '../feel/parse-tree.ts';
import { childrenOf } from '../feel/standard/syntax.ts';
import { same } from '../hit-policy.ts';
import type { RuleOutput, RuleSetDocument } from '../index.ts';
import { readOutput } from '../table/output-cell.ts';
import { readReference } from '../table/read-tests.ts';
import { columnName, type InputColumn, type RuleTable, type TableColumn } from '../table/table.ts';
import { inputColumn } from '../table/to-decision-table.ts';
import { literalsOf, plainName, resolveType, valuesNotRefused } from './foreign-head.ts';
import type { HeadContext, PlacedColumn } from './imported-parts.ts';
import { renamed } from './renamed.ts';
import { annotationColumn, levelIn, ownAnnotations } from './table-head.ts';
import { attributeText } from './visible-text.ts';
import { namesIn } from './extension.ts';
import { columnExpression, conditionExpression } from './file-names.ts';

/** The columns of a table in the order of the table view. */
export interface ImportedColumns {
  readonly columns: readonly PlacedColumn[];
  readonly outputs: RuleSetDocument['outputs'];
  readonly listed: RuleTable['listed'];
  /** Values that input columns declare, by fact. */
  readonly allowed: ReadonlyMap<string, readonly (string | number | boolean)[]>;
}

/** Reads the columns of a table; what a rule set has no column for is an error among the findings. */
export function importedColumns(context: HeadContext, inputs: RuleSetDocument['inputs'], names: ReadonlyMap<string, string>): ImportedColumns {
  const { table, own } = context;
  const reader = new ColumnReader(context, inputs, names);
  const before = table.inputs.map((_input, place) => reader.input(place));
  const shown = before.flatMap(({ column }) => (column.kind === 'input' ? [column] : []));
  const { outputs, level } = reader.outputs();
  const annotations = reader.annotations();
  const has = (column: TableColumn): boolean => annotations.some((each) => columnName(each.column) === columnName(column));
  const fixed: TableColumn[] = [...(level || has({ kind: 'level' }) ? [] : [{ kind: 'level' } as const]), ...(['zh-CN', 'en'] as const).map((language) => ({ kind: 'message', language }) as const), ...(['grade', 'reference', 'mark'] as const).map((part) => ({ kind: 'source', part }) as const)];
  const condition = before.find(({ column }) => column.kind === 'condition') ?? { column: { kind: 'condition' } as const };
  const isUnchanged = own !== undefined && same(shown.map(columnName), own.extension.columns.map((column) => columnName({ kind: 'input', type: 'any', ...placeOf(column) })));
  const isOnce = new Set(shown.map(columnName)).size === shown.length;
  const count = isUnchanged ? own.extension.listed.columns : isOnce && (!own || own.extension.listed.columns !== undefined) ? shown.length : undefined;
  return {
    columns: [...before.filter(({ column }) => column.kind === 'input'), condition, ...outputs, ...(level ? [level] : []), ...fixed.filter((column) => !has(column)).map((column) => ({ column })), ...annotations],
    outputs: outputs.flatMap(({ column }) => (column.kind === 'output' ? [column.output] : [])),
    listed: { ...(count === undefined ? {} : { columns: count }), ...(own?.extension.listed.annotations ? { annotations: true } : {}) },
    allowed: reader.allowed,
  };
}

function placeOf({ fact, path }: { readonly fact: string; readonly path?: string | undefined }): Pick<InputColumn, 'fact' | 'path'> {
  return { fact, ...(path === undefined ? {} : { path }) };
}

class ColumnReader {
  readonly allowed = new Map<string, readonly (string | number | boolean)[]>();
  readonly #context: HeadContext;
  readonly #inputs: RuleSetDocument['inputs'];
  readonly #names: ReadonlyMap<string, string>;

  constructor(context: HeadContext, inputs: RuleSetDocument['inputs'], names: ReadonlyMap<string, string>) {
    this.#context = context;
    this.#inputs = inputs;
    this.#names = names;
  }

  #report(code: string, severity: DmnFinding['severity'], message: string, subject: string): void {
    this.#context.findings.push({ code, severity, elementId: this.#context.decision.id, subject, message });
  }

  input(place: number): PlacedColumn {
    const { own, table } = this.#context;
    const { expression = '', values } = table.inputs[place] ?? {};
    const from = { part: 'inputs', place } as const;
    const text = expression.trim();
    if (text === conditionExpression) return { column: { kind: 'condition' }, from };
    const facts = own ? namesIn(own.extension).facts : undefined;
    const known = facts && own?.extension.columns.find((column) => columnExpression(placeOf(column), facts).text === expression);
    const reference = known ? placeOf(known) : this.#reference(text);
    if (!reference || !this.#inputs.some(({ name }) => name === reference.fact)) {
      this.#report('INPUT_NOT_A_FACT', 'error', `Expected input data, or a place in it, as the expression of input ${place + 1}, but it is ${text === '' ? 'empty' : text.slice(0, 100)}`, text.slice(0, 100));
      return { column: { kind: 'condition' }, from };
    }
    const column = inputColumn(this.#inputs, reference.fact, reference.path);
    if (values !== undefined && !/^\s*-?\s*$/.test(values)) this.#values(column, values);
    return { column, from };
  }

  #reference(text: string): Pick<InputColumn, 'fact' | 'path'> | undefined {
    const ours = renamed(text, 'expression', this.#names);
    try {
      const [node] = childrenOf(parseFeel(ours, 'expression'));
      const reference = node && readReference(node, ours);
      return reference && placeOf(reference);
    } catch (error) {
      if (error instanceof FeelError) return undefined;
      throw error;
    }
  }

  #values(column: InputColumn, values: string): void {
    const literals = column.path === undefined ? literalsOf(values, column.type) : undefined;
    if (literals) this.allowed.set(column.fact, literals);
    this.#context.findings.push(valuesNotRefused(this.#context.decision.id, columnName(column), values));
  }

  /** The outputs, and the level where the table gives it as one. */
  outputs(): { readonly outputs: readonly PlacedColumn[]; readonly level?: PlacedColumn } {
    const { table, own } = this.#context;
    const outputs: PlacedColumn[] = [];
    let level: PlacedColumn | undefined;
    for (const [place, output] of table.outputs.entries()) {
      const from = { part: 'outputs', place } as const;
      const isLevel = output.name?.toLowerCase() === 'level' && (!own || own.extension.outputs.length === 0) && table.rules.every((rule) => levelIn(rule.outputs[place] ?? '') !== undefined);
      if (isLevel) level = { column: { kind: 'level' }, from };
      else outputs.push({ column: { kind: 'output', output: this.#output(place, new Set(outputs.map(({ column }) => (column.kind === 'output' ? column.output.name : '')))) }, from });
    }
    return { outputs, ...(level ? { level } : {}) };
  }

  #output(place: number, taken: ReadonlySet<string>): RuleOutput {
    const { decision, table, model, own } = this.#context;
    const { id: _id, label, ...output } = table.outputs[place] ?? {};
    const before = own?.extension.outputs.find(({ name }) => name === output.name);
    const written = own?.written.decisions.flatMap(({ expression }) => (expression?.kind === 'decisionTable' ? expression.outputs : [])).find(({ name }) => name === output.name);
    const writtenType = own && resolveType(own.written, written?.typeRef);
    const isSingle = table.outputs.length === 1;
    // The type of a decision whose policy gives a list is that of the list.
    const isList = table.aggregation === undefined && ['RULE ORDER', 'OUTPUT ORDER', 'COLLECT'].includes(table.hitPolicy);
    const resolved = output.typeRef === undefined && isSingle ? resolveType(model, table.typeRef ?? decision.variable.typeRef, isList) : resolveType(model, output.typeRef);
    const isSame = same({ ...written, typeRef: undefined }, { ...output, typeRef: undefined }) && same(writtenType, resolved);
    if (before && isSame) return before;
    const { type, unit, problem } = resolved;
    if (problem !== undefined) this.#report('TYPE_UNSUPPORTED', 'error', `Expected a type that outputs can have, but output ${place + 1} has ${problem}`, output.name ?? label ?? String(place + 1));
    const wanted = plainName(output.name ?? label ?? (isSingle ? decision.name : '')) ?? `output_${place + 1}`;
    const tests = output.values ?? resolved.allowed;
    const allowedValues = literalsOf(tests, type);
    if (tests !== undefined && !allowedValues) this.#report('OUTPUT_UNSUPPORTED', 'error', `Expected a list of values for output ${place + 1}, but it is ${tests.slice(0, 100)}`, output.name ?? label ?? String(place + 1));
    const given = this.#default(output.defaultValue, type, place);
    return {
      name: taken.has(wanted) ? `${wanted}_${place + 1}` : wanted,
      type,
      ...(unit === undefined ? {} : { unit }),
      ...(before?.description ? { description: before.description } : {}),
      ...(allowedValues ? { allowedValues } : {}),
      ...(given === undefined ? {} : { default: given }),
    };
  }

  #default(text: string | undefined, type: RuleOutput['type'], place: number): RuleOutput['default'] {
    if (text === undefined || text.trim() === '') return undefined;
    const read = readOutput(text, { type }, new Set());
    const isLiteral = 'value' in read && !(typeof read.value === 'object' && read.value !== null && 'feel' in read.value);
    if (!isLiteral) this.#report('OUTPUT_UNSUPPORTED', 'error', `Expected a value as the default of output ${place + 1}, but it is ${text.slice(0, 100)}`, String(place + 1));
    // JSON as the schema's own type of it, but readonly.
    return isLiteral ? (read.value as RuleOutput['default']) : undefined;
  }

  /** Columns that say where a rule comes from, and annotations of the rule set's own. */
  annotations(): readonly PlacedColumn[] {
    const { table, own } = this.#context;
    const fixed = ownAnnotations(own?.extension.outputs ?? []);
    const isOwn = own !== undefined || fixed.every((name) => table.annotations.includes(name));
    const first = same(table.annotations.slice(0, fixed.length), fixed) ? fixed.length : undefined;
    const left = new Map((own?.extension.annotations ?? []).map((name) => [attributeText(name), name]));
    const used = new Set<string>();
    return table.annotations.flatMap((name, place): PlacedColumn[] => {
      const from = { part: 'annotations', place } as const;
      const said = isOwn && (first === undefined || place < first) ? annotationColumn(name) : undefined;
      if (said?.kind === 'name') return [];
      if (said) return [{ column: said, from }];
      const wanted = left.get(name) ?? (name.trim() === '' ? `annotation ${place + 1}` : name.slice(0, 180));
      const free = used.has(wanted) ? `${wanted} (${place + 1})` : wanted;
      used.add(free);
      return [{ column: { kind: 'annotation', name: free }, from }];
    });
  }
}
