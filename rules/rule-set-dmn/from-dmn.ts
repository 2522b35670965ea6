import type { BoxedExpression } from '../dmn/boxed-expression.ts';
import type { Decision, DecisionModel, DmnFinding } from '../dmn/decision-model.ts';
import { parseDmnXml } from '../dmn/parse-dmn-xml.ts';
import { toDecisionModel } from '../dmn/to-decision-model.ts';
import { attribute, dmnChildren, type DmnDocument, type XmlElement } from '../dmn/xml/xml-element.ts';
import type { DmnLimits } from '../dmn/xml/read-xml.ts';
import { checkRuleSet } from '../check-rule-set.ts';
import type { LocalizedText, RuleSetDocument } from '../index.ts';
import { fromDecisionTable } from '../table/from-decision-table.ts';
import { namesIn, readExtension, ruleSetExtensionSchema } from './extension.ts';
import { importedTable } from './imported-table.ts';

/** A cell of the file's table that cannot be read. */
export interface CellOfDmn {
  /** From 1. */
  readonly row: number;
  readonly column: string;
  /** As the file has it, with the names of facts. */
  readonly text: string;
  readonly expected: LocalizedText;
}

/** What is said of a table: with the cell, or with the rule and the path into the document that it would be. */
export interface RuleSetDmnFinding extends DmnFinding {
  readonly cell?: CellOfDmn;
  readonly ruleId?: string;
  readonly documentPath?: string;
}

/** A decision that is a rule set now. */
export interface ImportedRuleSet {
  readonly decisionId: string;
  readonly decision: string;
  readonly ruleSet: RuleSetDocument;
  /** Whether Careloop wrote the table: it says what the tables of others leave open, such as the domain. */
  readonly isOwn: boolean;
  /** What an owner should look at: warnings only. */
  readonly findings: readonly RuleSetDmnFinding[];
}

/** A decision that stays in the decision model, and why. */
export interface RemainingDecision {
  readonly decisionId: string;
  readonly decision: string;
  readonly reasons: readonly RuleSetDmnFinding[];
}

/** What rule sets a DMN file holds. Without a document it could not be read, and the findings say why. */
export interface RuleSetsOfDmn {
  readonly document?: DmnDocument;
  readonly findings: readonly DmnFinding[];
  readonly ruleSets: readonly ImportedRuleSet[];
  readonly remaining: readonly RemainingDecision[];
}

/** As the schema of rule sets has them; of the annotations, some say what every rule has. */
const limits = { rules: 10_000, inputs: 500, outputs: 100, annotations: 110 } as const;

/**
 * The decision tables of a DMN 1.1 to 1.5 file as rule sets. A table of Careloop's own export is the same document again, with what was
 * changed in its cells. In any other, inputs are required, and rows without a source are of grade D, so that they only advise until
 * someone signs. What a rule set cannot say stays a decision model: NO_DECISION_TABLE, REQUIRES_DECISION, REQUIRES_KNOWLEDGE,
 * INPUT_NOT_A_FACT, TYPE_UNSUPPORTED, OUTPUT_UNSUPPORTED, TABLE_TOO_LARGE, TABLE_SHAPE, DUPLICATE_ID, the codes of cells (`CellError`) and those of
 * `checkRuleSet`. Fails as `parseDmnXml`, without a document. DMN 1.5 §8.
 */
export function fromDmn(xml: string, fileLimits: Partial<DmnLimits> = {}): RuleSetsOfDmn {
  const { document, findings } = parseDmnXml(xml, fileLimits);
  return document ? ruleSetsOf(document) : { findings, ruleSets: [], remaining: [] };
}

/** As `fromDmn`, for a document that has been read. */
export function ruleSetsOf(document: DmnDocument): RuleSetsOfDmn {
  const { model, findings } = toDecisionModel(document);
  const elements = new Map(dmnChildren(document.definitions, 'decision').map((element) => [attribute(element, 'id') ?? attribute(element, 'name') ?? '', element]));
  const ruleSets: ImportedRuleSet[] = [];
  const remaining: RemainingDecision[] = [];
  const helpers = new Set(model.decisions.flatMap((decision) => helpersOf(decision, elements.get(decision.id), model)));
  for (const decision of model.decisions) {
    const element = elements.get(decision.id);
    if (!element || helpers.has(decision.id)) continue;
    const imported = importDecision(decision, element, model);
    const errors = [...findings.filter(({ severity, elementId }) => severity === 'error' && elementId === decision.id), ...imported.findings.filter(({ severity }) => severity === 'error')];
    const place = { decisionId: decision.id, decision: decision.name };
    const key = imported.ruleSet?.key;
    if (key !== undefined && ruleSets.some(({ ruleSet }) => ruleSet.key === key)) errors.push({ code: 'DUPLICATE_ID', severity: 'error', elementId: decision.id, message: `Expected every key once in the file, but ${key} is that of two rule sets` });
    if (imported.ruleSet && errors.length === 0) ruleSets.push({ ...place, ruleSet: imported.ruleSet, isOwn: imported.isOwn === true, findings: imported.findings });
    else remaining.push({ ...place, reasons: errors });
  }
  return { document, findings, ruleSets, remaining };
}

/** Ids of the decisions that stand for named conditions of a rule set. */
function helpersOf({ requirements }: Decision, element: XmlElement | undefined, model: DecisionModel): readonly string[] {
  const extension = element && readExtension(element, 'ruleSet', ruleSetExtensionSchema);
  if (!extension || !('value' in extension)) return [];
  const names = new Set(namesIn(extension.value).conditions.values());
  const required = new Set(requirements.information);
  return model.decisions.filter(({ id, name, expression }) => required.has(id) && names.has(name) && expression?.kind === 'literal').map(({ id }) => id);
}

interface Imported {
  readonly ruleSet?: RuleSetDocument;
  readonly isOwn?: boolean;
  readonly findings: readonly RuleSetDmnFinding[];
}

function importDecision(decision: Decision, element: XmlElement, model: DecisionModel): Imported {
  const reason = (code: string, message: string, subject?: string): Imported => ({ findings: [{ code, severity: 'error', elementId: decision.id, message, ...(subject === undefined ? {} : { subject }) }] });
  const { expression, requirements } = decision;
  if (expression?.kind !== 'decisionTable') return reason('NO_DECISION_TABLE', `Expected a decision table, but the logic is ${expression ? `a ${expression.kind}` : 'absent'}`);
  const helpers = new Set(helpersOf(decision, element, model));
  const data = new Set(model.inputData.map(({ id }) => id));
  const [required] = requirements.information.filter((id) => !data.has(id) && !helpers.has(id));
  if (required !== undefined) return reason('REQUIRES_DECISION', `Expected a decision that requires input data only, but it requires ${nameOf(required, model)}`, nameOf(required, model));
  const [knowledge] = requirements.knowledge;
  if (knowledge !== undefined) return reason('REQUIRES_KNOWLEDGE', `Expected a decision that calls no knowledge model, but it requires ${nameOf(knowledge, model)}`, nameOf(knowledge, model));
  const large = (['rules', 'inputs', 'outputs', 'annotations'] as const).find((part) => expression[part].length > limits[part]);
  if (large) return reason('TABLE_TOO_LARGE', `Expected at most ${limits[large]} ${large}, but there are ${expression[large].length}`);
  if (requirements.information.length > limits.inputs) return reason('TABLE_TOO_LARGE', `Expected at most ${limits.inputs} requirements, but there are ${requirements.information.length}`);
  const misshapen = misshapenRow(expression);
  if (misshapen !== undefined) return reason('TABLE_SHAPE', `Expected a cell for each column, but row ${misshapen} has more or fewer`, String(misshapen));
  const { table, order, isOwn, findings } = importedTable(decision, expression, element, model);
  if (!table) return { findings };
  const read = fromDecisionTable(table);
  if ('errors' in read) return { findings: [...findings, ...read.errors.map(({ code, row, column, columnName, expected }): RuleSetDmnFinding => ({ code, severity: 'error', elementId: expression.rules[row]?.id ?? decision.id, message: `Expected ${expected.en} in row ${row + 1}, column ${columnName}, but found something else`, cell: { row: row + 1, column: columnName, text: table.rows[row]?.cells[column]?.text ?? '', expected } }))] };
  const ruleSet = { ...read.document, rules: inOrder(read.document.rules, order) };
  const wrong = checkRuleSet(ruleSet).map(({ code, message, path, ruleId }): RuleSetDmnFinding => ({ code, severity: 'error', elementId: decision.id, message: `${message} (${[ruleId, path].filter((part) => part !== undefined && part !== '').join(', ')})`, documentPath: path, ...(ruleId === undefined ? {} : { ruleId }) }));
  return { ruleSet, isOwn, findings: [...findings, ...wrong] };
}

function nameOf(id: string, { decisions, businessKnowledgeModels }: DecisionModel): string {
  return [...decisions, ...businessKnowledgeModels].find((each) => each.id === id)?.name ?? id;
}

function misshapenRow({ rules, inputs, outputs }: BoxedExpression & { readonly kind: 'decisionTable' }): number | undefined {
  const row = rules.findIndex((rule) => rule.inputs.length !== inputs.length || rule.outputs.length !== outputs.length);
  return row < 0 ? undefined : row + 1;
}

/** Rules in the order that the document had; new ones stay after the row that they follow. */
function inOrder(rules: RuleSetDocument['rules'], order: readonly string[] | undefined): RuleSetDocument['rules'] {
  if (!order) return rules;
  const places = new Map(order.map((id, place) => [id, place]));
  let after = -1;
  return rules.map((rule, row) => ({ rule, row, place: (after = places.get(rule.id) ?? after) })).toSorted((left, right) => left.place - right.place || Number(!places.has(left.rule.id)) - Number(!places.has(right.rule.id)) || left.row - right.row).map(({ rule }) => rule);
}
