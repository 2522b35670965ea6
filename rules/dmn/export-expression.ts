import type { BoxedExpression, DecisionTable, InformationItem } from './boxed-expression.ts';
import { dmnElement, plainText, textElement } from './xml/build-xml.ts';
import type { XmlElement } from './xml/xml-element.ts';

/** A variable, parameter or column. */
export function itemElement(name: string, item: InformationItem): XmlElement {
  return dmnElement(name, { name: item.name, typeRef: item.typeRef });
}

/** A boxed expression as DMN 1.5 writes it. */
export function expressionElement(expression: BoxedExpression): XmlElement {
  const common = { id: expression.id, label: expression.label, typeRef: expression.typeRef };
  const one = (name: string, inner: BoxedExpression): XmlElement => dmnElement(name, {}, [expressionElement(inner)]);
  switch (expression.kind) {
    case 'literal':
      return textElement('literalExpression', expression.text, { ...common, expressionLanguage: expression.expressionLanguage });
    case 'decisionTable':
      return tableElement(expression, common);
    case 'context':
      return dmnElement('context', common, expression.entries.map(({ variable, value }) => dmnElement('contextEntry', {}, [variable && itemElement('variable', variable), expressionElement(value)])));
    case 'list':
      return dmnElement('list', common, expression.items.map(expressionElement));
    case 'relation':
      return dmnElement('relation', common, [...expression.columns.map((column) => itemElement('column', column)), ...expression.rows.map((row) => dmnElement('row', {}, row.map(expressionElement)))]);
    case 'invocation':
      return dmnElement('invocation', common, [expressionElement(expression.called), ...expression.bindings.map(({ parameter, value }) => dmnElement('binding', {}, [itemElement('parameter', parameter), value && expressionElement(value)]))]);
    case 'function':
      return functionElement('functionDefinition', expression);
    case 'conditional':
      return dmnElement('conditional', common, [one('if', expression.if), one('then', expression.then), one('else', expression.else)]);
    case 'filter':
      return dmnElement('filter', common, [one('in', expression.in), one('match', expression.match)]);
    default:
      return dmnElement(expression.kind, { ...common, iteratorVariable: expression.iteratorVariable }, [one('in', expression.in), one(expression.kind === 'for' ? 'return' : 'satisfies', expression.result)]);
  }
}

/** A function, or the logic of a knowledge model under its own name. */
export function functionElement(name: string, expression: BoxedExpression & { readonly kind: 'function' }): XmlElement {
  const { functionKind, parameters, body, typeRef } = expression;
  return dmnElement(name, { id: expression.id, label: expression.label, typeRef, kind: functionKind === 'FEEL' ? undefined : functionKind }, [...parameters.map((parameter) => itemElement('formalParameter', parameter)), body && expressionElement(body)]);
}

function tableElement(table: DecisionTable, common: Readonly<Record<string, string | undefined>>): XmlElement {
  return dmnElement('decisionTable', { ...common, hitPolicy: table.hitPolicy, aggregation: table.aggregation, outputLabel: table.outputLabel }, [
    ...table.inputs.map((input) => dmnElement('input', { id: input.id, label: input.label }, [textElement('inputExpression', input.expression, { typeRef: input.typeRef }), optional('inputValues', input.values)])),
    ...table.outputs.map((output) => dmnElement('output', { id: output.id, name: output.name, label: output.label, typeRef: output.typeRef }, [optional('outputValues', output.values), optional('defaultOutputEntry', output.defaultValue)])),
    ...table.annotations.map((name) => dmnElement('annotation', { name })),
    ...table.rules.map((rule) => dmnElement('rule', { id: rule.id }, [
      rule.description === undefined ? undefined : plainText('description', rule.description),
      ...rule.inputs.map((text) => textElement('inputEntry', text)),
      ...rule.outputs.map((text) => textElement('outputEntry', text)),
      ...rule.annotations.map((text) => textElement('annotationEntry', text)),
    ])),
  ]);
}

function optional(name: string, text: string | undefined): XmlElement | undefined {
  return text === undefined ? undefined : textElement(name, text);
}
