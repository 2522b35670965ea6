import type { Decision, DecisionModel, DmnFinding } from '../dmn/decision-model.ts';
import { toDecisionModel } from '../dmn/to-decision-model.ts';
import type { XmlElement } from '../dmn/xml/xml-element.ts';
import { checkRuleSet } from '../check-rule-set.ts';
import { same } from '../hit-policy.ts';
import type { LocalizedText, RuleSetDocument } from '../index.ts';
import { readCondition } from '../table/read-condition.ts';
import type { RuleTable } from '../table/table.ts';
import { writeString } from '../table/write-feel.ts';
import { namesIn, readExtension, ruleSetExtensionSchema } from './extension.ts';
import { factNames, foreignInput, plainName, resolveType, valuesNotRefused, type ResolvedType } from './foreign-head.ts';
import { importedColumns } from './imported-columns.ts';
import type { HeadContext, OwnHead, PlacedColumn, TableOfDmn } from './imported-parts.ts';
import { renamed } from './renamed.ts';
import { policyFrom, policyOf } from './table-head.ts';
import { exportedDocument } from './to-dmn.ts';
import { attributeText } from './visible-text.ts';

/** The document without its rules, and the columns; without columns the findings say why there are none. */
export interface ImportedHead {
  readonly document: RuleTable['head'];
  readonly listed: RuleTable['listed'];
  readonly order?: readonly string[] | undefined;
  readonly columns?: readonly PlacedColumn[];
  /** Names of the file, each with the fact that it stands for. */
  readonly names: ReadonlyMap<string, string>;
  /** Names of decisions that stand for named conditions, each with the words of the table view for it. */
  readonly conditionNames: ReadonlyMap<string, string>;
  /** Whether Careloop wrote the file. */
  readonly isOwn: boolean;
  readonly findings: readonly DmnFinding[];
}

/** Reads all of a table but its rows. */
export function importedHead(decision: Decision, table: TableOfDmn, element: XmlElement, model: DecisionModel): ImportedHead {
  const findings: DmnFinding[] = [];
  const context: HeadContext = { decision, table, model, own: ownHead(decision, element, findings), findings };
  const { inputs, names } = importedInputs(context);
  const conditionNames = new Map(context.own ? [...namesIn(context.own.extension).conditions].map(([name, variable]) => [variable, `condition(${writeString(name)})`]) : []);
  const conditions = importedConditions(context, inputs, new Map([...names, ...conditionNames]));
  const read = importedColumns(context, inputs, names);
  const { columns, outputs, listed, allowed } = read;
  const known = inputs.map((input) => ({ ...input, ...(input.allowedValues === undefined && allowed.has(input.name) ? { allowedValues: [...(allowed.get(input.name) ?? [])] } : {}) }));
  const document: RuleTable['head'] = { ...startOf(context), inputs: known, ...(conditions ? { conditions } : {}), ...importedPolicy(context, outputs) };
  const isRefused = findings.some(({ severity }) => severity === 'error');
  return { document, listed, order: context.own?.extension.order, ...(isRefused ? {} : { columns }), names, conditionNames, isOwn: context.own !== undefined, findings };
}

function ownHead(decision: Decision, element: XmlElement, findings: DmnFinding[]): OwnHead | undefined {
  const read = readExtension(element, 'ruleSet', ruleSetExtensionSchema);
  if (!read) return undefined;
  const refuse = (problem: string): undefined => {
    findings.push({ code: 'EXTENSION_INVALID', severity: 'warning', elementId: decision.id, message: `Expected what Careloop wrote beside the table, but ${problem}; the table is read without it` });
    return undefined;
  };
  if ('problem' in read) return refuse(read.problem);
  const { head, outputs, variables } = read.value;
  // The schema writes an absent key as one that may be undefined.
  const document = { ...head, outputs, rules: [] } as RuleSetDocument;
  const [wrong] = checkRuleSet(document);
  return wrong ? refuse(wrong.message) : { extension: read.value, written: toDecisionModel(exportedDocument(document, variables)).model };
}

function importedInputs({ decision, table, model, own, findings }: HeadContext): { readonly inputs: RuleSetDocument['inputs']; readonly names: ReadonlyMap<string, string> } {
  const required = new Set(decision.requirements.information);
  const data = model.inputData.filter(({ id }) => required.has(id));
  const inputs: RuleSetDocument['inputs'] = [];
  const known = new Map<string, string>();
  const facts = own ? namesIn(own.extension).facts : new Map<string, string>();
  const typed = (of: DecisionModel, name: string, typeRef: string | undefined): ResolvedType => {
    const type = resolveType(of, typeRef);
    if (type.problem !== undefined) findings.push({ code: 'TYPE_UNSUPPORTED', severity: 'error', elementId: decision.id, subject: name, message: `Expected a type that facts can have, but found ${type.problem}` });
    return type;
  };
  for (const input of own?.extension.head.inputs ?? []) {
    const variable = facts.get(input.name) ?? input.name;
    const now = data.find((each) => each.variable.name === variable);
    if (!now) continue;
    known.set(variable, input.name);
    const before = own?.written.inputData.find((each) => each.variable.name === variable);
    const [written, found] = [own && resolveType(own.written, before?.variable.typeRef), typed(model, now.name, now.variable.typeRef)];
    const { type: _type, unit: _unit, ...others } = input;
    inputs.push(same(written, found) ? input : { ...others, type: found.type, ...(found.unit === undefined ? {} : { unit: found.unit }) });
  }
  const others = data.filter(({ variable }) => !known.has(variable.name));
  const names = factNames(others);
  for (const each of others) {
    const columnType = table.inputs.find(({ expression }) => expression.trim() === each.variable.name)?.typeRef;
    const name = names.get(each.variable.name) ?? plainName(each.name) ?? each.id;
    const type = typed(model, each.name, each.variable.typeRef ?? columnType);
    if (type.allowed !== undefined) findings.push(valuesNotRefused(decision.id, name, type.allowed));
    inputs.push(foreignInput(name, each, type));
  }
  return { inputs, names: new Map([...known, ...names]) };
}

/** Named conditions: as they were, but for those whose decision says something else now. */
function importedConditions({ decision, model, own, findings }: HeadContext, inputs: RuleSetDocument['inputs'], names: ReadonlyMap<string, string>): RuleSetDocument['conditions'] {
  const conditions = own?.extension.head.conditions;
  if (!own || !conditions) return undefined;
  const variables = namesIn(own.extension).conditions;
  const required = new Set(decision.requirements.information);
  const textIn = (of: DecisionModel, name: string): string | undefined => {
    const expression = of.decisions.find((each) => each.variable.name === variables.get(name) && (of !== model || required.has(each.id)))?.expression;
    return expression?.kind === 'literal' ? expression.text : undefined;
  };
  return Object.fromEntries(Object.entries(conditions).map(([name, condition]) => {
    const text = textIn(model, name);
    if (text === undefined || text === textIn(own.written, name)) return [name, condition];
    const read = readCondition(renamed(text, 'expression', names), { inputs: new Map(inputs.map((input) => [input.name, input])), named: new Set(Object.keys(conditions)) });
    if ('parts' in read) return [name, { all: [...read.parts] }];
    findings.push({ code: read.problem.code, severity: 'error', elementId: variables.get(name) ?? name, message: `Expected ${read.problem.expected.en} in the decision ${variables.get(name) ?? name}, but found something else` });
    return [name, condition];
  }));
}

function startOf({ decision, own, findings }: HeadContext): Omit<RuleTable['head'], 'inputs'> {
  if (own) {
    const { inputs: _inputs, conditions: _conditions, hitPolicy: _hitPolicy, aggregation: _aggregation, ...head } = own.extension.head;
    const name: LocalizedText = attributeText(head.name.en) === attributeText(decision.name) || decision.name === '' ? head.name : { ...head.name, en: decision.name };
    return { ...(head as Omit<RuleTable['head'], 'inputs'>), name };
  }
  findings.push({ code: 'TABLE_OF_OTHERS', severity: 'warning', elementId: decision.id, message: 'Expected a domain, levels, sources, and what missing data means, but the file does not say: the domain is medical, rows only advise, and missing data is a failure until an owner decides' });
  const name = decision.name.trim() === '' ? decision.id : decision.name;
  const plain = decision.id.replace(/[^A-Za-z0-9._-]/g, '_').slice(0, 128);
  return { format: 'careloop-rules/1', key: /^[A-Za-z]/.test(plain) ? plain : `decision_${plain}`.slice(0, 128), version: '1', name: { 'zh-CN': name, en: name }, domain: 'medical' };
}

function importedPolicy({ table: { hitPolicy, aggregation }, own }: HeadContext, outputs: RuleSetDocument['outputs']): Pick<RuleSetDocument, 'hitPolicy' | 'aggregation'> {
  const found = { hitPolicy, ...(aggregation === undefined ? {} : { aggregation }) };
  if (own) {
    const { head, outputs: before } = own.extension;
    const policy = { ...(head.hitPolicy === undefined ? {} : { hitPolicy: head.hitPolicy }), ...(head.aggregation === undefined ? {} : { aggregation: head.aggregation }) };
    if (same(policyOf({ ...policy, outputs: before }), found)) return policy;
  }
  return outputs.length === 0 && hitPolicy === 'ANY' ? { hitPolicy: 'any' } : policyFrom(found);
}
