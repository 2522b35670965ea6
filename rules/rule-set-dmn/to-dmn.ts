import type { DecisionTable } from '../dmn/boxed-expression.ts';
import type { Decision, DecisionModel, DmnFinding, ItemDefinition } from '../dmn/decision-model.ts';
import { fromDecisionModel } from '../dmn/from-decision-model.ts';
import { isElement, localName, type DmnDocument, type XmlElement } from '../dmn/xml/xml-element.ts';
import { same } from '../hit-policy.ts';
import type { RuleSetDocument } from '../index.ts';
import { CellReader } from '../table/table-cells.ts';
import { columnName, emptyCell, type InputColumn, type RuleTable, type TableCell, type TableColumn, type TableRow } from '../table/table.ts';
import { toDecisionTable } from '../table/to-decision-table.ts';
import { outputText, testsText } from './cell-text.ts';
import { withExtension, type RuleExtension, type RuleSetExtension } from './extension.ts';
import { ConditionWriter } from './feel-condition.ts';
import { keepForeign, noNames, sourceNames, variablesIn } from './keep-foreign.ts';
import { columnExpression, conditionExpression, variableNames } from './file-names.ts';
import { literalText } from './feel-text.ts';
import { visibleText } from './visible-text.ts';
import { annotationColumn, levelOutput, outputColumn, ownAnnotations, policyOf, typeOf } from './table-head.ts';

/** A rule set as DMN, and what of it other tools cannot execute alike, by rule. */
export interface DmnOfRuleSet {
  readonly document: DmnDocument;
  readonly findings: readonly DmnFinding[];
}

/**
 * A checked rule set as one decision with a decision table, its input data and its diagram. Named conditions are decisions that it
 * requires. What a table has no place for is in extension elements of `urn:careloop:dmn:1`, so that `fromDmn` gives back the same
 * document. With the file that it was read from, foreign elements and extensions stay; `decisionId` is that of the decision there, where the
 * rule set has been given another key since. For facts that are there and of their types the
 * rows that match are the rules that fire; what missing data means stays with the rule set. Findings: CONDITION_NOT_EXECUTABLE for a
 * condition that FEEL has no words for, INPUT_DIFFERS for an input that other decisions of the file take as another type or unit. DMN 1.5
 * §6.3 and §8.
 */
export function toDmn(ruleSet: RuleSetDocument, source?: DmnDocument, decisionId?: string): DmnOfRuleSet {
  const names = source ? sourceNames(source, ruleSet.key, decisionId) : noNames;
  const exported = new RuleSetExport(ruleSet, source ? variablesIn(source, ruleSet, names) : {});
  const document = exported.document();
  if (!source) return { document, findings: exported.findings };
  const kept = keepForeign(document, source, names);
  return { document: kept.document, findings: [...exported.findings, ...kept.findings] };
}

/** The document of a rule set alone, with names that a file has had for its facts. */
export function exportedDocument(ruleSet: RuleSetDocument, variables: Readonly<Record<string, string>> = {}): DmnDocument {
  return new RuleSetExport(ruleSet, variables).document();
}

class RuleSetExport {
  readonly findings: DmnFinding[] = [];
  readonly #ruleSet: RuleSetDocument;
  readonly #variables: Readonly<Record<string, string>>;
  readonly #table: RuleTable;
  readonly #names: ReturnType<typeof variableNames>;
  readonly #reader: CellReader;
  readonly #writer: ConditionWriter;
  readonly #inputs: readonly { readonly column: InputColumn; readonly place: number; readonly text: string; readonly isReadable: boolean }[];
  readonly #hasConditions: boolean;
  /** The rule or named condition that is being written. */
  #place = '';

  constructor(ruleSet: RuleSetDocument, variables: Readonly<Record<string, string>>) {
    this.#ruleSet = ruleSet;
    this.#variables = variables;
    this.#table = toDecisionTable(ruleSet);
    this.#names = variableNames({ ...ruleSet, variables });
    this.#reader = new CellReader(this.#table.head);
    this.#writer = new ConditionWriter({
      facts: new Map(ruleSet.inputs.map(({ name, type }) => [name, { name: this.#names.facts.get(name) ?? name, type }])),
      conditions: this.#names.conditions,
      refuse: (what) => this.#refuse(what),
    });
    this.#inputs = this.#table.columns.flatMap((column, place) => (column.kind === 'input' ? [{ column, place, ...columnExpression(column, this.#names.facts) }] : []));
    const place = this.#table.columns.findIndex(({ kind }) => kind === 'condition');
    this.#hasConditions = this.#table.rows.some(({ cells }) => (cells[place]?.text ?? '') !== '' || cells[place]?.keeps !== undefined);
  }

  document(): DmnDocument {
    const { key, name, inputs, conditions = {} } = this.#ruleSet;
    const information = inputs.map((input) => ({ id: `input_${input.name}`, name: this.#names.facts.get(input.name) ?? input.name }));
    const types = inputs.map((input) => typeOf(`input_${this.#ruleSet.key}`, input));
    const definitions = [...types, ...this.#ruleSet.outputs.map((output) => typeOf(`output_${this.#ruleSet.key}`, output))].flatMap(({ definition }) => definition ?? []);
    const helpers = Object.entries(conditions).map(([condition, tree], index): Decision => {
      this.#place = this.#helperIds[index] ?? '';
      const variable = this.#names.conditions.get(condition) ?? condition;
      const requirements = { information: [...information.map(({ id }) => id), ...referencesIn(tree).flatMap((other) => this.#helperId(other))], knowledge: [], authority: [] };
      return { id: this.#place, name: variable, variable: { name: variable, typeRef: 'boolean' }, question: visibleText(condition), requirements, expression: { kind: 'literal', text: visibleText(this.#writer.condition(tree)) } };
    });
    const rows = this.#rows();
    const decision: Decision = {
      id: `decision_${key}`,
      name: visibleText(name.en),
      variable: { name: visibleText(name.en) },
      requirements: { information: [...information, ...helpers].map(({ id }) => id), knowledge: [], authority: [] },
      expression: { kind: 'decisionTable', ...this.#head(), rules: rows.map(({ rule }) => rule) },
    };
    const model: DecisionModel = {
      format: 'careloop-decisions/1',
      id: `ruleSet_${key}`,
      name: visibleText(name.en),
      namespace: `urn:careloop:rule-set:${key}`,
      itemDefinitions: unique(definitions),
      inputData: information.map((item, index) => ({ ...item, variable: { name: item.name, typeRef: types[index]?.typeRef ?? 'Any' } })),
      decisions: [...helpers, decision],
      businessKnowledgeModels: [],
      decisionServices: [],
      knowledgeSources: [],
    };
    return withExtensions(fromDecisionModel(model), decision.id, this.#extension(), rows.map(({ extension }) => extension));
  }

  #refuse(what: string): void {
    this.findings.push({ code: 'CONDITION_NOT_EXECUTABLE', severity: 'error', elementId: this.#place, message: `Expected a condition that FEEL has words for, but it has none for ${what}; outside of Careloop the condition does not hold` });
  }

  /** Ids of the decisions that stand for named conditions, in their order; several rule sets may be in one file. */
  get #helperIds(): readonly string[] {
    return Object.keys(this.#ruleSet.conditions ?? {}).map((_name, index) => `condition_${index + 1}_${this.#ruleSet.key}`);
  }

  #helperId(condition: string): string[] {
    const id = this.#helperIds[Object.keys(this.#ruleSet.conditions ?? {}).indexOf(condition)];
    return id === undefined ? [] : [id];
  }

  #head(): Omit<DecisionTable, 'rules'> {
    const { inputs, outputs, annotations = [] } = this.#ruleSet;
    const typeRefOf = ({ fact, path }: InputColumn): string => {
      const input = inputs.find(({ name }) => name === fact);
      return input && path === undefined ? typeOf(`input_${this.#ruleSet.key}`, input).typeRef : 'Any';
    };
    return {
      ...policyOf(this.#ruleSet),
      inputs: [
        ...this.#inputs.map(({ column, text }) => ({ label: visibleText(columnName(column)), expression: text, typeRef: typeRefOf(column) })),
        ...(this.#hasConditions ? [{ label: 'condition', expression: conditionExpression, typeRef: 'boolean' }] : []),
      ],
      outputs: outputs.length === 0 ? [levelOutput] : outputs.map((output) => outputColumn(this.#ruleSet.key, output)),
      annotations: [...ownAnnotations(outputs), ...annotations.map(visibleText)],
    };
  }

  /** Rows in the order in which rules are judged. */
  #rows(): readonly { readonly rule: DecisionTable['rules'][number]; readonly extension: RuleExtension }[] {
    return this.#table.rows.map((row, index) => ({ row, priority: this.#ruleSet.rules[index]?.priority ?? 1 })).toSorted((left, right) => right.priority - left.priority).map(({ row }) => this.#row(row));
  }

  #extension(): RuleSetExtension {
    const { rules, outputs, annotations = [] } = this.#ruleSet;
    const priorities = rules.map(({ priority = 1 }) => priority);
    const isOrdered = priorities.every((priority, index) => index === 0 || priority <= (priorities[index - 1] ?? priority));
    return {
      head: this.#table.head,
      outputs,
      listed: this.#table.listed,
      columns: this.#inputs.map(({ column: { fact, path } }) => ({ fact, ...(path === undefined ? {} : { path }) })),
      annotations: [...annotations],
      ...(Object.keys(this.#variables).length > 0 ? { variables: { ...this.#variables } } : {}),
      ...(isOrdered ? {} : { order: rules.map(({ id }) => id) }),
    };
  }

  #row(row: TableRow): { readonly rule: DecisionTable['rules'][number]; readonly extension: RuleExtension } {
    this.#place = row.id;
    const kept: NonNullable<RuleExtension['kept']> = [];
    const write = (column: TableColumn, place: number, written: string): string => {
      const text = visibleText(written);
      const cell = row.cells[place] ?? emptyCell(column);
      if (cell.at !== undefined || !this.#readsAs(text, column, cell)) kept.push({ column: columnName(column), text, cell: cell as NonNullable<RuleExtension['kept']>[number]['cell'] });
      return text;
    };
    const { columns } = this.#table;
    const each = (wanted: (column: TableColumn) => boolean, textOf: (column: TableColumn, cell: TableCell) => string): string[] =>
      columns.flatMap((column, place) => (wanted(column) ? [write(column, place, textOf(column, row.cells[place] ?? emptyCell(column)))] : []));
    const inputs = this.#inputs.map(({ column, place, isReadable }) => {
      const cell = row.cells[place] ?? emptyCell(column);
      const meaning = this.#reader.read(cell, column);
      const text = 'parts' in meaning ? testsText(meaning.parts, column, this.#writer, isReadable) : '-';
      if (!isReadable && text !== '-') this.#refuse(`the path ${column.path ?? '$'} of ${column.fact}`);
      return write(column, place, text);
    });
    const conditions = this.#hasConditions ? each(({ kind }) => kind === 'condition', (column, cell) => this.#conditionText(column, cell)) : [];
    const outputs = each(({ kind }) => kind === 'output', (column, cell) => {
      const meaning = this.#reader.read(cell, column);
      return column.kind === 'output' ? outputText('value' in meaning ? meaning.value : undefined, column.output.type, this.#writer) : '';
    });
    const level = each(({ kind }) => kind === 'level', (_column, { text }) => (text === '' || outputs.length > 0 ? text : literalText(text)));
    const own = ownAnnotations(this.#ruleSet.outputs).map((name): string => {
      const annotation = annotationColumn(name);
      if (annotation?.kind === 'name') return visibleText(row.rest.name[annotation.language]);
      if (annotation?.kind === 'level') return level[0] ?? '';
      return each((column) => same(column, annotation), (_column, { text }) => visibleText(text))[0] ?? '';
    });
    const annotations = [...own, ...each(({ kind }) => kind === 'annotation', (_column, { text }) => visibleText(text))];
    return {
      rule: { id: `rule_${row.id}`, inputs: [...inputs, ...conditions], outputs: outputs.length > 0 ? outputs : level, annotations },
      extension: { id: row.id, rest: row.rest as RuleExtension['rest'], ...(kept.length > 0 ? { kept } : {}) },
    };
  }

  #conditionText(column: TableColumn, cell: TableCell): string {
    const meaning = this.#reader.read(cell, column);
    const condition = 'root' in meaning ? meaning.root : 'parts' in meaning && meaning.parts.length > 0 ? { all: meaning.parts } : undefined;
    if (!condition) return '-';
    const text = this.#writer.condition(condition);
    // A cell that begins with `not(` negates its tests.
    return text.startsWith('not') ? `(${text})` : text;
  }

  /** Whether the text alone, in the file's column, gives back what the cell says. */
  #readsAs(text: string, column: TableColumn, cell: TableCell): boolean {
    if (column.kind === 'level') return true;
    if (column.kind === 'condition' && text === '-') return cell.text === '' && cell.keeps === undefined;
    const [read, meaning] = [this.#reader.read({ text }, column), this.#reader.read(cell, column)];
    if (column.kind === 'input' || column.kind === 'condition' || column.kind === 'output') return same(read, meaning);
    return text === cell.text && cell.keeps === undefined;
  }
}

function unique(definitions: readonly ItemDefinition[]): ItemDefinition[] {
  return [...new Map(definitions.map((definition) => [definition.name, definition])).values()];
}

function referencesIn(condition: NonNullable<RuleSetDocument['conditions']>[string]): readonly string[] {
  const found = new Set<string>();
  JSON.stringify(condition, (key, value: unknown) => {
    if (key === 'condition' && typeof value === 'string') found.add(value);
    return value;
  });
  return [...found];
}

/** The document with what a table has no place for, at the decision and at each row. */
function withExtensions(document: DmnDocument, decisionId: string, ruleSet: RuleSetExtension, rules: readonly RuleExtension[]): DmnDocument {
  const children = document.definitions.children.map((child) => {
    if (!isElement(child) || child.attributes.id !== decisionId) return child;
    let row = 0;
    const table = (element: XmlElement): XmlElement => ({ ...element, children: element.children.map((each) => (isElement(each) && localName(each) === 'rule' ? withExtension(each, 'rule', rules[row++]) : each)) });
    return withExtension({ ...child, children: child.children.map((each) => (isElement(each) && localName(each) === 'decisionTable' ? table(each) : each)) }, 'ruleSet', ruleSet);
  });
  return { ...document, definitions: { ...document.definitions, children } };
}
