import type { Condition, Facts, RuleSetDocument } from '#rules';

type Input = RuleSetDocument['inputs'][number];

/** A class of facts or documents outside the claim of agreement with json-rules-engine, with both answers. */
export interface DifferingAnswer {
  readonly title: string;
  readonly input: Input;
  readonly condition: Condition;
  readonly facts: Facts;
  /** `true`, `false`, or what is thrown. */
  readonly jsonRulesEngine: string;
  /** `true`, `false`, a level with the reason, a failure, or a refusal. */
  readonly careloop: string;
}

const number = (more: Partial<Input> = {}): Input => ({ name: 'potassium', type: 'number', required: true, whenMissing: { policy: 'stop' }, ...more });
const object = (more: Partial<Input> = {}): Input => ({ name: 'order', type: 'object', required: true, whenMissing: { policy: 'person' }, ...more });
const over3: Condition = { fact: 'potassium', operator: 'greaterThan', value: 3 };
const dose: Condition = { fact: 'order', path: '$.dose', operator: 'greaterThan', value: 3 };

/** Every class that docs/rules.md lists, in its order. */
export const differingAnswers: readonly DifferingAnswer[] = [
  { title: 'Required fact absent', input: number(), condition: over3, facts: {}, jsonRulesEngine: 'Undefined fact: potassium', careloop: 'UNKNOWN (absent → stop)' },
  { title: 'Required fact absent, nothing declared', input: { name: 'potassium', type: 'number', required: true }, condition: over3, facts: {}, jsonRulesEngine: 'Undefined fact: potassium', careloop: 'failure MISSING_POLICY_UNDECLARED' },
  { title: 'Optional fact absent, nothing declared', input: { name: 'potassium', type: 'number' }, condition: { not: over3 }, facts: {}, jsonRulesEngine: 'Undefined fact: potassium', careloop: 'true' },
  { title: 'Optional fact absent, policy declared', input: number({ required: false }), condition: { not: over3 }, facts: {}, jsonRulesEngine: 'Undefined fact: potassium', careloop: 'UNKNOWN (absent → stop)' },
  { title: '`null > 3`', input: number(), condition: over3, facts: { potassium: null }, jsonRulesEngine: 'false', careloop: 'UNKNOWN (null → stop)' },
  { title: '`not (null > 3)`', input: number(), condition: { not: over3 }, facts: { potassium: null }, jsonRulesEngine: 'true', careloop: 'UNKNOWN (null → stop)' },
  { title: '`"9" > 3`', input: number(), condition: over3, facts: { potassium: '9' }, jsonRulesEngine: 'true', careloop: 'UNKNOWN (wrongType → stop)' },
  { title: '`"9" > "10"` at a path', input: object(), condition: { fact: 'order', path: '$.dose', operator: 'greaterThan', value: { fact: 'order', path: '$.limit' } }, facts: { order: { dose: '9', limit: '10' } }, jsonRulesEngine: 'true', careloop: 'PHARMACIST (wrongType → person)' },
  { title: '`[9] > 3` at a path', input: object(), condition: dose, facts: { order: { dose: [9] } }, jsonRulesEngine: 'true', careloop: 'PHARMACIST (wrongType → person)' },
  { title: 'Missing path, ordering', input: object(), condition: dose, facts: { order: {} }, jsonRulesEngine: 'false', careloop: 'PHARMACIST (absent → person)' },
  { title: 'Missing path, `notEqual`', input: object(), condition: { fact: 'order', path: '$.route', operator: 'notEqual', value: 'po' }, facts: { order: {} }, jsonRulesEngine: 'true', careloop: 'PHARMACIST (absent → person)' },
  { title: 'Missing path, `equal null`', input: object(), condition: { fact: 'order', path: '$.stopAt', operator: 'equal', value: null }, facts: { order: {} }, jsonRulesEngine: 'false', careloop: 'true' },
  { title: 'Path through a string', input: object(), condition: { fact: 'order', path: '$.drug.length', operator: 'equal', value: 3 }, facts: { order: { drug: 'KCl' } }, jsonRulesEngine: 'true', careloop: 'PHARMACIST (absent → person)' },
  { title: '`contains` on a string', input: object(), condition: { fact: 'order', path: '$.drug', operator: 'contains', value: 'K' }, facts: { order: { drug: 'KCl' } }, jsonRulesEngine: 'false', careloop: 'PHARMACIST (wrongType → person)' },
  { title: '`in` a string', input: object(), condition: { fact: 'order', path: '$.drug', operator: 'in', value: { fact: 'order', path: '$.drugs' } }, facts: { order: { drug: 'K', drugs: 'KCl' } }, jsonRulesEngine: 'true', careloop: 'PHARMACIST (wrongType → person)' },
  { title: '`in` a missing list', input: object(), condition: { fact: 'order', path: '$.drug', operator: 'in', value: { fact: 'order', path: '$.drugs' } }, facts: { order: { drug: 'K' } }, jsonRulesEngine: "Cannot read properties of undefined (reading 'indexOf')", careloop: 'PHARMACIST (absent → person)' },
  { title: 'Instants written differently', input: { name: 'due', type: 'dateTime', required: true }, condition: { fact: 'due', operator: 'equal', value: '2026-11-23T00:00:00Z' }, facts: { due: '2026-11-23T08:00:00+08:00' }, jsonRulesEngine: 'false', careloop: 'true' },
  { title: 'Fact that no input declares', input: number(), condition: over3, facts: { potassium: 4, wieght: 60 }, jsonRulesEngine: 'true', careloop: 'failure FACT_UNDECLARED' },
  { title: 'Empty `any`', input: number(), condition: { any: [] }, facts: { potassium: 4 }, jsonRulesEngine: 'true', careloop: 'refused: DOCUMENT_INVALID' },
  { title: 'Literal of another type', input: number(), condition: { fact: 'potassium', operator: 'greaterThan', value: '3' }, facts: { potassium: 4 }, jsonRulesEngine: 'true', careloop: 'refused: TYPE_MISMATCH' },
  { title: 'Path with a filter', input: object(), condition: { fact: 'order', path: '$.items[?(@.dose > 3)].dose', operator: 'contains', value: 4 }, facts: { order: { items: [{ dose: 4 }] } }, jsonRulesEngine: 'true', careloop: 'refused: DOCUMENT_INVALID' },
  { title: 'Path with more than three `..`', input: object(), condition: { fact: 'order', path: '$..a..b..c..d', operator: 'equal', value: 4 }, facts: { order: { a: { b: { c: { d: 4 } } } } }, jsonRulesEngine: 'true', careloop: 'refused: DOCUMENT_INVALID' },
  { title: 'Path of many places that finds none', input: object(), condition: { not: { fact: 'order', path: '$.items[*].dose', operator: 'contains', value: 3 } }, facts: { order: { items: [] } }, jsonRulesEngine: 'true', careloop: 'PHARMACIST (absent → person)' },
  { title: '`everyFact:` over no list', input: object(), condition: { fact: 'order', path: '$.drug', operator: 'everyFact:equal', value: 'KCl' }, facts: { order: { drug: 'KCl' } }, jsonRulesEngine: 'false', careloop: 'PHARMACIST (wrongType → person)' },
  { title: '`not:someFact:` over a list with null', input: object(), condition: { fact: 'order', path: '$.doses', operator: 'not:someFact:greaterThan', value: 3 }, facts: { order: { doses: [1, null] } }, jsonRulesEngine: 'true', careloop: 'PHARMACIST (wrongType → person)' },
  { title: '`everyValue:` with no list', input: object(), condition: { fact: 'order', path: '$.dose', operator: 'everyValue:greaterThan', value: { fact: 'order', path: '$.limits' } }, facts: { order: { dose: 4 } }, jsonRulesEngine: "Cannot read properties of undefined (reading 'every')", careloop: 'PHARMACIST (absent → person)' },
  { title: '`not:` over a missing path', input: object(), condition: { fact: 'order', path: '$.dose', operator: 'not:greaterThan', value: 3 }, facts: { order: {} }, jsonRulesEngine: 'true', careloop: 'PHARMACIST (absent → person)' },
  { title: 'Named condition that is not declared', input: number(), condition: { condition: 'risk' }, facts: { potassium: 4 }, jsonRulesEngine: 'No condition risk exists', careloop: 'refused: CONDITION_UNDECLARED' },
  { title: 'Condition on an undeclared fact', input: number(), condition: { fact: 'weight', operator: 'greaterThan', value: 3 }, facts: { potassium: 4 }, jsonRulesEngine: 'Undefined fact: weight', careloop: 'refused: FACT_UNDECLARED' },
];

/** One row of the table in docs/rules.md. */
export function documentRow({ title, jsonRulesEngine, careloop }: DifferingAnswer): string {
  return `| ${title} | ${jsonRulesEngine} | ${careloop} |`;
}
