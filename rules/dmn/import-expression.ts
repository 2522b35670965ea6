import type { BoxedExpression, ContextEntry, HitPolicy, InformationItem } from './boxed-expression.ts';
import type { DmnFinding } from './decision-model.ts';
import { isFeel } from './namespaces.ts';
import { attribute, childText, dmnChild, dmnChildren, localName, type XmlElement } from './xml/xml-element.ts';

/** What an import gathers while it goes through a file. */
export interface ImportContext {
  readonly findings: DmnFinding[];
  /** The id of the decision or knowledge model that is being read. */
  readonly elementId: string;
  /** The expression language that stands for those without one. */
  readonly language: string | undefined;
  readonly typeOf: (typeRef: string | undefined) => string | undefined;
}

const hitPolicies: ReadonlySet<string> = new Set<HitPolicy>(['UNIQUE', 'ANY', 'PRIORITY', 'FIRST', 'RULE ORDER', 'OUTPUT ORDER', 'COLLECT']);
const aggregations: ReadonlySet<string> = new Set(['SUM', 'MIN', 'MAX', 'COUNT']);
const expressionNames = ['literalExpression', 'decisionTable', 'context', 'list', 'relation', 'invocation', 'functionDefinition', 'conditional', 'for', 'some', 'every', 'filter'];

/** Leaves a key out where there is no value. */
export function given<Key extends string, Value>(key: Key, value: Value | undefined): { readonly [Name in Key]?: Value } {
  // An object with a computed key has a wider type.
  return (value === undefined ? {} : { [key]: value }) as { readonly [Name in Key]?: Value };
}

export function informationItem(element: XmlElement | undefined, fallbackName: string, context: Pick<ImportContext, 'typeOf'>): InformationItem {
  return { name: (element && attribute(element, 'name')) ?? fallbackName, ...given('typeRef', context.typeOf(element && attribute(element, 'typeRef'))) };
}

/** The expression among the children of an element; undefined when there is none. */
export function expressionIn(element: XmlElement | undefined, context: ImportContext): BoxedExpression | undefined {
  const child = element && dmnChild(element, ...expressionNames);
  return child && toExpression(child, context);
}

function required(element: XmlElement | undefined, context: ImportContext, what: string): BoxedExpression {
  const expression = expressionIn(element, context);
  if (expression) return expression;
  context.findings.push({ code: 'EXPRESSION_MISSING', severity: 'error', elementId: context.elementId, message: `Expected an expression in ${what}, but there is none` });
  return { kind: 'literal', text: 'null' };
}

function toExpression(element: XmlElement, context: ImportContext): BoxedExpression {
  const common = { ...given('id', attribute(element, 'id')), ...given('label', attribute(element, 'label')), ...given('typeRef', context.typeOf(attribute(element, 'typeRef'))) };
  switch (localName(element)) {
    case 'literalExpression':
      return { ...common, ...literal(element, context) };
    case 'decisionTable':
      return { ...common, ...decisionTable(element, context) };
    case 'context':
      return { ...common, kind: 'context', entries: dmnChildren(element, 'contextEntry').map((entry): ContextEntry => {
        const variable = dmnChild(entry, 'variable');
        return { ...(variable ? { variable: informationItem(variable, '', context) } : {}), value: required(entry, context, 'a context entry') };
      }) };
    case 'list':
      return { ...common, kind: 'list', items: dmnChildren(element, ...expressionNames).map((item) => toExpression(item, context)) };
    case 'relation':
      return { ...common, kind: 'relation', columns: dmnChildren(element, 'column').map((column) => informationItem(column, '', context)), rows: dmnChildren(element, 'row').map((row) => dmnChildren(row, ...expressionNames).map((cell) => toExpression(cell, context))) };
    case 'invocation':
      return { ...common, kind: 'invocation', called: required(element, context, 'an invocation'), bindings: dmnChildren(element, 'binding').map((binding) => ({ parameter: informationItem(dmnChild(binding, 'parameter'), '', context), ...given('value', expressionIn(binding, context)) })) };
    case 'functionDefinition':
      return { ...common, ...functionDefinition(element, context) };
    case 'conditional':
      return { ...common, kind: 'conditional', if: required(dmnChild(element, 'if'), context, 'if'), then: required(dmnChild(element, 'then'), context, 'then'), else: required(dmnChild(element, 'else'), context, 'else') };
    case 'filter':
      return { ...common, kind: 'filter', in: required(dmnChild(element, 'in'), context, 'in'), match: required(dmnChild(element, 'match'), context, 'match') };
    default: {
      const kind = localName(element) as 'for' | 'some' | 'every';
      return { ...common, kind, iteratorVariable: attribute(element, 'iteratorVariable') ?? '', in: required(dmnChild(element, 'in'), context, 'in'), result: required(dmnChild(element, 'return', 'satisfies'), context, kind === 'for' ? 'return' : 'satisfies') };
    }
  }
}

function literal(element: XmlElement, context: ImportContext): BoxedExpression & { readonly kind: 'literal' } {
  const language = attribute(element, 'expressionLanguage') ?? context.language;
  if (dmnChild(element, 'importedValues')) context.findings.push({ code: 'NOT_EXECUTABLE', severity: 'error', elementId: context.elementId, message: 'Expected a literal expression with its text, but its values are imported' });
  return { kind: 'literal', text: childText(element, 'text') ?? '', ...given('expressionLanguage', language === undefined || isFeel(language) ? undefined : language) };
}

/** A function of its own, or the logic of a business knowledge model. */
export function functionDefinition(element: XmlElement, context: ImportContext): BoxedExpression & { readonly kind: 'function' } {
  const kind = attribute(element, 'kind') ?? 'FEEL';
  return {
    kind: 'function',
    functionKind: kind === 'Java' || kind === 'PMML' ? kind : 'FEEL',
    parameters: dmnChildren(element, 'formalParameter').map((parameter) => informationItem(parameter, '', context)),
    ...given('typeRef', context.typeOf(attribute(element, 'typeRef'))),
    ...given('body', expressionIn(element, context)),
  };
}

function decisionTable(element: XmlElement, context: ImportContext): BoxedExpression & { readonly kind: 'decisionTable' } {
  const policy = (attribute(element, 'hitPolicy') ?? 'UNIQUE').replace('_', ' ');
  if (!hitPolicies.has(policy)) context.findings.push({ code: 'HIT_POLICY_UNKNOWN', severity: 'error', elementId: context.elementId, message: `Expected a hit policy of DMN, but found ${policy}; the table is taken as UNIQUE` });
  const aggregation = attribute(element, 'aggregation');
  return {
    kind: 'decisionTable',
    // Both sets hold the names of their types.
    hitPolicy: hitPolicies.has(policy) ? (policy as HitPolicy) : 'UNIQUE',
    ...(aggregation !== undefined && aggregations.has(aggregation) ? { aggregation: aggregation as 'SUM' | 'MIN' | 'MAX' | 'COUNT' } : {}),
    ...given('outputLabel', attribute(element, 'outputLabel')),
    inputs: dmnChildren(element, 'input').map((input) => {
      const expression = dmnChild(input, 'inputExpression');
      return {
        ...given('id', attribute(input, 'id')), ...given('label', attribute(input, 'label')), expression: (expression && childText(expression, 'text')) ?? '',
        ...given('typeRef', context.typeOf(expression && attribute(expression, 'typeRef'))), ...given('values', textIn(input, 'inputValues')),
      };
    }),
    outputs: dmnChildren(element, 'output').map((output) => ({
      ...given('id', attribute(output, 'id')), ...given('name', attribute(output, 'name')), ...given('label', attribute(output, 'label')), ...given('typeRef', context.typeOf(attribute(output, 'typeRef'))),
      ...given('values', textIn(output, 'outputValues')), ...given('defaultValue', textIn(output, 'defaultOutputEntry')),
    })),
    annotations: dmnChildren(element, 'annotation').map((annotation) => attribute(annotation, 'name') ?? ''),
    rules: dmnChildren(element, 'rule').map((rule) => ({
      ...given('id', attribute(rule, 'id')), ...given('description', childText(rule, 'description')),
      inputs: dmnChildren(rule, 'inputEntry').map((entry) => childText(entry, 'text') ?? ''),
      outputs: dmnChildren(rule, 'outputEntry').map((entry) => childText(entry, 'text') ?? ''),
      annotations: dmnChildren(rule, 'annotationEntry').map((entry) => childText(entry, 'text') ?? ''),
    })),
  };
}

function textIn(element: XmlElement, name: string): string | undefined {
  const child = dmnChild(element, name);
  return child && childText(child, 'text');
}
