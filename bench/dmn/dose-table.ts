import type { DecisionModel } from '#dmn';
import type { Condition, RuleSetDocument } from '#rules';

/** One row: what each input has to be, and what comes out. Cells are the same text in FEEL and in ZEN. */
interface Row {
  readonly cells: readonly string[];
  readonly outputs: readonly string[];
}

/** Facts of one question to the table. */
export interface DoseFacts {
  readonly drug: string;
  readonly route: string;
  readonly age: number;
  readonly clearance: number;
}

export type TablePolicy = 'FIRST' | 'COLLECT';

const inputs = ['drug', 'route', 'age', 'clearance'] as const;
const outputs = ['maximum', 'level'] as const;
const routes = ['po', 'iv'];
const ages = ['[0..18)', '[18..65)', '>= 65'];
const clearances = ['< 30', '>= 30'];
const levels = ['HARD', 'PHARMACIST', 'WARN'];

/** Greatest daily doses by drug, route, age and creatinine clearance: for each question one row, where the drug has all of its rows. */
function rowsOf(count: number): readonly Row[] {
  return Array.from({ length: count }, (_, index) => {
    const [route, age, clearance] = [Math.floor(index / 6) % 2, Math.floor(index / 2) % 3, index % 2];
    return { cells: [`"drug-${Math.floor(index / 12)}"`, `"${routes[route]}"`, ages[age] ?? '', clearances[clearance] ?? ''], outputs: [String(10 + ((index * 7) % 90)), `"${levels[index % 3]}"`] };
  });
}

/** The table as a decision model with the decision `Dose`. */
export function doseModel(count: number, hitPolicy: TablePolicy): DecisionModel {
  return {
    format: 'careloop-decisions/1', id: 'doses', name: 'Doses', namespace: 'urn:careloop:bench',
    itemDefinitions: [], businessKnowledgeModels: [], decisionServices: [], knowledgeSources: [],
    inputData: inputs.map((name) => ({ id: name, name, variable: { name, typeRef: typeOf(name) } })),
    decisions: [{
      id: 'dose', name: 'Dose', variable: { name: 'Dose' }, requirements: { information: [...inputs], knowledge: [], authority: [] },
      expression: {
        kind: 'decisionTable', hitPolicy, annotations: [],
        inputs: inputs.map((expression) => ({ expression, typeRef: typeOf(expression) })),
        outputs: outputs.map((name) => ({ name, typeRef: name === 'maximum' ? 'number' : 'string' })),
        rules: rowsOf(count).map(({ cells, outputs: values }) => ({ inputs: cells, outputs: values, annotations: [] })),
      },
    }],
  };
}

function typeOf(input: (typeof inputs)[number]): 'string' | 'number' {
  return input === 'drug' || input === 'route' ? 'string' : 'number';
}

/** The same table as a graph for ZEN: input, table, output. */
export function doseGraph(count: number, hitPolicy: TablePolicy): object {
  const keyed = (names: readonly string[]): object[] => names.map((name) => ({ id: name, name, field: name }));
  return {
    nodes: [
      { id: 'in', type: 'inputNode', name: 'in', position: { x: 0, y: 0 } },
      {
        id: 'dose', type: 'decisionTableNode', name: 'dose', position: { x: 100, y: 0 },
        content: {
          hitPolicy: hitPolicy.toLowerCase(), inputs: keyed(inputs), outputs: keyed(outputs),
          rules: rowsOf(count).map((row, index) => ({ _id: `row-${index}`, ...Object.fromEntries(inputs.map((name, column) => [name, row.cells[column]])), ...Object.fromEntries(outputs.map((name, column) => [name, row.outputs[column]])) })),
        },
      },
      { id: 'out', type: 'outputNode', name: 'out', position: { x: 200, y: 0 } },
    ],
    edges: [{ id: 'a', type: 'edge', sourceId: 'in', targetId: 'dose' }, { id: 'b', type: 'edge', sourceId: 'dose', targetId: 'out' }],
  };
}

/** The same table as a rule set of the hit policy `first`. */
export function doseRuleSet(count: number): RuleSetDocument {
  const text = { 'zh-CN': '剂量', en: 'Dose' };
  return {
    format: 'careloop-rules/1', key: `doses-${count}`, version: '1', name: text, domain: 'pharmacy', hitPolicy: 'first',
    inputs: inputs.map((name) => ({ name, type: typeOf(name), required: true })),
    outputs: outputs.map((name) => ({ name, type: name === 'maximum' ? 'number' : 'string' })),
    rules: rowsOf(count).map(({ cells, outputs: [maximum = '', level = ''] }, index) => ({
      id: `row-${index}`, name: text, message: text, source: { grade: 'A', reference: 'benchmark', mark: 'G' },
      conditions: { all: cells.flatMap((cell, column) => comparisonsOf(inputs[column] ?? 'drug', cell)) },
      event: { type: 'dose', params: { maximum: Number(maximum), level: JSON.parse(level) as string } },
    })),
  };
}

/** A cell as comparisons: a text, an ordering, or a range from its first number to below its second. */
function comparisonsOf(fact: string, cell: string): readonly Condition[] {
  if (cell.startsWith('"')) return [{ fact, operator: 'equal', value: JSON.parse(cell) as string }];
  const [from = 0, to] = (cell.match(/\d+/g) ?? []).map(Number);
  if (cell.startsWith('<')) return [{ fact, operator: 'lessThan', value: from }];
  return [{ fact, operator: 'greaterThanInclusive', value: from }, ...(to === undefined ? [] : [{ fact, operator: 'lessThan' as const, value: to }])];
}

/** Questions over the whole table, and every tenth to which no row answers. */
export function doseQuestions(count: number): readonly DoseFacts[] {
  return Array.from({ length: 200 }, (_, index) => ({
    drug: index % 10 === 9 ? 'unknown' : `drug-${(index * 37) % Math.max(1, Math.ceil(count / 12))}`,
    route: routes[index % 2] ?? '',
    age: [0, 17, 18, 64, 65, 90][index % 6] ?? 0,
    clearance: [10, 29.5, 30, 90][index % 4] ?? 0,
  }));
}
