import type { BusinessKnowledgeModel, Decision, DecisionModel, DecisionService, InputData, ItemDefinition, Requirements } from './decision-model.ts';
import { expressionElement, functionElement, itemElement } from './export-expression.ts';
import { careloopNamespace, modelNamespace } from './namespaces.ts';
import { diagramAttributes, requirementId, requirementsDiagram } from './requirements-diagram.ts';
import { toDecisionModel } from './to-decision-model.ts';
import { dmnElement, element, plainText, textElement } from './xml/build-xml.ts';
import { attribute, isElement, localName, type DmnDocument, type XmlElement, type XmlNode } from './xml/xml-element.ts';

/**
 * A model as a DMN 1.5 file. With the document that it was read from, only elements that have changed are written anew: the diagram,
 * annotations, comments and foreign extensions of everything else stay. Without one, a simple diagram is drawn. The models that it
 * imports say whether an element of theirs is input data or a decision.
 */
export function fromDecisionModel(model: DecisionModel, document?: DmnDocument, imported: readonly DecisionModel[] = []): DmnDocument {
  const kinds = kindsOf(model, imported);
  const elements = elementsOf(model, kinds);
  if (document) return { format: 'careloop-dmn/1', definitions: merged(model, elements, document, kinds) };
  const attributes = { xmlns: modelNamespace, ...diagramAttributes, 'xmlns:careloop': careloopNamespace, id: model.id, name: model.name, namespace: model.namespace };
  return { format: 'careloop-dmn/1', definitions: dmnElement('definitions', attributes, [...elements.values(), requirementsDiagram(model)]) };
}

/** Ids of decisions and of input data, those of imported models with their namespace. */
interface Kinds {
  readonly decisions: ReadonlySet<string>;
  readonly inputData: ReadonlySet<string>;
}

function kindsOf(model: DecisionModel, imported: readonly DecisionModel[]): Kinds {
  const ids = (kind: 'decisions' | 'inputData'): Set<string> => new Set([...model[kind].map(({ id }) => id), ...imported.flatMap((other) => other[kind].map(({ id }) => `${other.namespace}#${id}`))]);
  return { decisions: ids('decisions'), inputData: ids('inputData') };
}

/** Elements by kind and id; types have their name, imports their namespace. */
function elementsOf(model: DecisionModel, kinds: Kinds): Map<string, XmlElement> {
  const elements = [
    ...(model.imports ?? []).map(({ name, namespace, importType = modelNamespace, locationURI }) => dmnElement('import', { name, namespace, importType, locationURI })),
    ...model.itemDefinitions.map((definition) => itemDefinitionElement('itemDefinition', definition)),
    ...model.inputData.map(inputDataElement),
    ...model.decisions.map((decision) => decisionElement(decision, kinds)),
    ...model.businessKnowledgeModels.map((knowledge) => knowledgeElement(knowledge, kinds)),
    ...model.decisionServices.map(serviceElement),
    ...model.knowledgeSources.map(({ id, name }) => dmnElement('knowledgeSource', { id, name })),
  ];
  return new Map(elements.map((each) => [keyOf(each), each]));
}

function keyOf(each: XmlElement): string {
  if (localName(each) === 'import') return `import ${attribute(each, 'namespace') ?? ''}`;
  return `${localName(each)} ${(localName(each) === 'itemDefinition' ? undefined : attribute(each, 'id')) ?? attribute(each, 'name') ?? ''}`;
}

/** The document with the elements that differ from what it says, those that are new, and without those that are gone. */
function merged(model: DecisionModel, elements: ReadonlyMap<string, XmlElement>, { definitions }: DmnDocument, kinds: Kinds): XmlElement {
  const before = elementsOf(toDecisionModel({ format: 'careloop-dmn/1', definitions }).model, kinds);
  const left = new Map(elements);
  const isModelled = (node: XmlNode): node is XmlElement => isElement(node) && node.namespace === definitions.namespace && before.has(keyOf(node));
  const children: XmlNode[] = definitions.children.flatMap((node): XmlNode[] => {
    if (!isModelled(node)) return [node];
    const key = keyOf(node);
    const now = left.get(key);
    left.delete(key);
    if (!now) return [];
    return [JSON.stringify(now) === JSON.stringify(before.get(key)) ? node : adopted(now, definitions)];
  });
  const added = [...left.values()].map((each) => adopted(each, definitions));
  const drawing = children.findIndex((node) => isElement(node) && localName(node) === 'DMNDI');
  children.splice(drawing < 0 ? children.length : drawing, 0, ...added);
  return { ...definitions, attributes: { ...definitions.attributes, name: model.name, namespace: model.namespace }, children };
}

/** A new element with the prefix and the version that the document has. */
function adopted(each: XmlElement, definitions: XmlElement): XmlElement {
  if (each.namespace !== modelNamespace) return { ...each, attributes: { ...each.attributes, ...(each.name.startsWith('careloop:') ? { 'xmlns:careloop': careloopNamespace } : {}) } };
  const prefix = definitions.name.slice(0, definitions.name.length - localName(definitions).length);
  return { ...each, name: `${prefix}${each.name}`, namespace: definitions.namespace, children: each.children.map((child) => (isElement(child) ? adopted(child, definitions) : child)) };
}

function itemDefinitionElement(name: string, definition: ItemDefinition): XmlElement {
  const { functionItem, unit } = definition;
  return dmnElement(name, { name: definition.name, isCollection: definition.isCollection ? 'true' : undefined }, [
    unit === undefined ? undefined : dmnElement('extensionElements', {}, [element('careloop:unit', careloopNamespace, {}, [{ text: unit }])]),
    definition.typeRef === undefined ? undefined : plainText('typeRef', definition.typeRef),
    definition.allowedValues === undefined ? undefined : textElement('allowedValues', definition.allowedValues),
    definition.typeConstraint === undefined ? undefined : textElement('typeConstraint', definition.typeConstraint),
    ...(definition.components ?? []).map((component) => itemDefinitionElement('itemComponent', component)),
    functionItem && dmnElement('functionItem', { outputTypeRef: functionItem.outputTypeRef }, functionItem.parameters.map((parameter) => itemElement('parameters', parameter))),
  ]);
}

function inputDataElement({ id, name, variable }: InputData): XmlElement {
  return dmnElement('inputData', { id, name }, [itemElement('variable', variable)]);
}

function requirementElements(owner: string, { information, knowledge, authority }: Requirements, { decisions: isDecision, inputData: isInput }: Kinds): XmlElement[] {
  const requirement = (kind: string, name: string, id: string): XmlElement => dmnElement(kind, { id: requirementId(owner, id) }, [dmnElement(name, { href: hrefOf(id) })]);
  return [
    ...information.map((id) => requirement('informationRequirement', isDecision.has(id) ? 'requiredDecision' : 'requiredInput', id)),
    ...knowledge.map((id) => requirement('knowledgeRequirement', 'requiredKnowledge', id)),
    ...authority.map((id) => requirement('authorityRequirement', isDecision.has(id) ? 'requiredDecision' : isInput.has(id) ? 'requiredInput' : 'requiredAuthority', id)),
  ];
}

/** An element of another model is written with its namespace. */
function hrefOf(id: string): string {
  return id.includes('#') ? id : `#${id}`;
}

function decisionElement({ id, name, question, allowedAnswers, variable, requirements, expression }: Decision, kinds: Kinds): XmlElement {
  return dmnElement('decision', { id, name }, [
    question === undefined ? undefined : plainText('question', question),
    allowedAnswers === undefined ? undefined : plainText('allowedAnswers', allowedAnswers),
    itemElement('variable', variable),
    ...requirementElements(id, requirements, kinds),
    expression && expressionElement(expression),
  ]);
}

function knowledgeElement({ id, name, variable, requirements, logic }: BusinessKnowledgeModel, kinds: Kinds): XmlElement {
  return dmnElement('businessKnowledgeModel', { id, name }, [itemElement('variable', variable), logic && functionElement('encapsulatedLogic', logic), ...requirementElements(id, requirements, kinds)]);
}

function serviceElement({ id, name, variable, outputDecisions, encapsulatedDecisions, inputDecisions, inputData }: DecisionService): XmlElement {
  const all = (child: string, ids: readonly string[]): XmlElement[] => ids.map((each) => dmnElement(child, { href: hrefOf(each) }));
  return dmnElement('decisionService', { id, name }, [itemElement('variable', variable), ...all('outputDecision', outputDecisions), ...all('encapsulatedDecision', encapsulatedDecisions), ...all('inputDecision', inputDecisions), ...all('inputData', inputData)]);
}
