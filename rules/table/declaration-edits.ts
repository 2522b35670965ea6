import type { LocalizedText, RuleInput } from '../index.ts';
import { inputProblems } from './declaration-problems.ts';
import { inputReaders } from './input-readers.ts';
import { outputsOf, policyRefusal } from './output-edits.ts';
import { outside, refused, rowsInWords, type Refused } from './refusal.ts';
import type { DeclarationEdit, TableEdit } from './table-edit.ts';
import type { RuleTable, TableColumn } from './table.ts';
import { inputColumn } from './to-decision-table.ts';

const maximumInputs = 500;

/** The edits that a change of declarations is made of, or why it cannot be done. */
export function declarationSteps(table: RuleTable, edit: DeclarationEdit): readonly TableEdit[] | Refused {
  const { head, columns } = table;
  const { inputs } = head;
  if (edit.type === 'setHitPolicy') return hitPolicySteps(table, edit);
  if (edit.type === 'addInput') {
    if (inputs.length >= maximumInputs) return refused(`规则集最多 ${maximumInputs} 个数据项`, `A rule set has at most ${maximumInputs} inputs`);
    return invalidInput(edit.input, inputs) ?? [declare(table, { inputs: [...inputs, edit.input] })];
  }
  const place = inputs.findIndex(({ name }) => name === edit.name);
  const before = inputs[place];
  if (!before) return outside;
  if (edit.type === 'removeInput') {
    const places = [...columns.keys()].filter((at) => isOf(columns[at], edit.name)).reverse();
    const kept = columns.filter((column) => !isOf(column, edit.name));
    return stillRead(table, edit.name, ['删除', 'removed']) ?? [...places.map((column) => ({ type: 'removeColumn' as const, column })), { type: 'restoreDeclared', head: { ...head, inputs: inputs.filter(({ name }) => name !== edit.name) }, columns: kept }];
  }
  const { input } = edit;
  const problem = invalidInput(input, inputs.filter((other) => other !== before)) ?? (input.name === before.name ? undefined : stillRead(table, edit.name, ['改名', 'renamed'])) ?? (input.type === before.type ? undefined : stillRead(table, edit.name, ['改类型', 'given another type']));
  const changed = inputs.with(place, input);
  return problem ?? [declare(table, { inputs: changed }, columns.map((column) => (column.kind === 'input' && isOf(column, edit.name) ? inputColumn(changed, input.name, column.path) : column)))];
}

function hitPolicySteps(table: RuleTable, { hitPolicy, aggregation }: Extract<DeclarationEdit, { readonly type: 'setHitPolicy' }>): readonly TableEdit[] | Refused {
  const policy = { hitPolicy, ...(aggregation === undefined ? {} : { aggregation }) };
  const { aggregation: _aggregation, ...head } = table.head;
  return policyRefusal(policy, outputsOf(table.columns)) ?? [{ type: 'restoreDeclared', head: { ...head, ...policy }, columns: table.columns }];
}

function declare({ head, columns }: RuleTable, changed: Partial<RuleTable['head']>, changedColumns = columns): TableEdit {
  return { type: 'restoreDeclared', head: { ...head, ...changed }, columns: changedColumns };
}

function isOf(column: TableColumn | undefined, fact: string): boolean {
  return column?.kind === 'input' && column.fact === fact;
}

function invalidInput(input: RuleInput, others: readonly RuleInput[]): Refused | undefined {
  const [first] = inputProblems(input, others);
  return first && refused(`应为：${first.expected['zh-CN']}`, `Expected ${first.expected.en}`);
}

/** Names what reads an input that is to go or to become another. */
function stillRead(table: RuleTable, name: string, [zh, en]: readonly [string, string]): Refused | undefined {
  const { rows, conditions, inputs } = inputReaders(table, name);
  const places: readonly LocalizedText[] = [
    ...(rows.length > 0 ? [rowsInWords(rows)] : []),
    ...conditions.map((key) => ({ 'zh-CN': `条件“${key}”`, en: `the condition “${key}”` })),
    ...inputs.map((other) => ({ 'zh-CN': `数据项 ${other}（观测时间）`, en: `the input ${other} (time of observation)` })),
  ];
  return places.length === 0 ? undefined : refused(`${name} 不能${zh}，仍被使用：${places.map((place) => place['zh-CN']).join('、')}`, `${name} cannot be ${en}, it is read by ${places.map((place) => place.en).join(', ')}`);
}
