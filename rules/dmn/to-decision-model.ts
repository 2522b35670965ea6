import type { BusinessKnowledgeModel, Decision, DecisionModel, DecisionService, DmnFinding, ItemDefinition, ModelImport, Requirements } from './decision-model.ts';
import { expressionIn, functionDefinition, given, informationItem, type ImportContext } from './import-expression.ts';
import { asCurrentNamespace, careloopNamespace, feelNamespace, modelNamespaces } from './namespaces.ts';
import { attribute, childText, dmnChild, dmnChildren, isElement, localName, type DmnDocument, type XmlElement } from './xml/xml-element.ts';

/** The executable part of a file, and what in it cannot be executed, element by element. */
export interface ImportedModel {
  readonly model: DecisionModel;
  readonly findings: readonly DmnFinding[];
}

const executable: ReadonlySet<string> = new Set(['import', 'itemDefinition', 'inputData', 'decision', 'businessKnowledgeModel', 'decisionService', 'knowledgeSource']);
/** Parts of a file that only say or draw something. */
const descriptive: ReadonlySet<string> = new Set(['description', 'extensionElements', 'elementCollection', 'textAnnotation', 'association', 'group', 'performanceIndicator', 'organizationUnit', 'businessContextElement']);

/** Reads the decisions out of a file. */
export function toDecisionModel({ definitions }: DmnDocument): ImportedModel {
  const findings: DmnFinding[] = [];
  const typeOf = typeReader(definitions);
  const language = attribute(definitions, 'expressionLanguage');
  const contextOf = (elementId: string): ImportContext => ({ findings, elementId, language, typeOf });
  const elements = (name: string): XmlElement[] => dmnChildren(definitions, name);
  const imports = elements('import').map(modelImport);
  const ids = new Set<string>();
  for (const element of dmnChildren(definitions)) {
    const id = attribute(element, 'id');
    if (id !== undefined && ids.has(id)) findings.push({ code: 'DUPLICATE_ID', severity: 'error', elementId: id, message: `Expected every id once in the file, but ${id} is used twice` });
    if (id !== undefined) ids.add(id);
    reportUnknown(element, findings);
  }
  const reference = (owner: string, element: XmlElement | undefined): string[] => {
    const href = (element && attribute(element, 'href')) ?? '';
    const hash = href.indexOf('#');
    const [file, id] = [href.slice(0, Math.max(hash, 0)), href.slice(hash + 1)];
    if (file !== '' && file !== attribute(definitions, 'namespace')) {
      const imported = imports.find(({ namespace, locationURI }) => namespace === file || locationURI === file);
      // What the imported models import can be meant as well; the link between them says whether it is there.
      if (imports.length > 0) return [`${imported?.namespace ?? file}#${id}`];
      findings.push({ code: 'IMPORT_NOT_FOUND', severity: 'error', elementId: owner, message: `Expected a reference inside of the file, which imports nothing, but ${href} leads out of it` });
      return [];
    }
    if (ids.has(id)) return [id];
    findings.push({ code: 'REFERENCE_NOT_FOUND', severity: 'error', elementId: owner, message: `Expected a reference to an element of the file, but there is no ${id}` });
    return [];
  };
  const requirementsOf = (owner: string, element: XmlElement): Requirements => ({
    information: dmnChildren(element, 'informationRequirement').flatMap((requirement) => reference(owner, dmnChild(requirement, 'requiredInput', 'requiredDecision'))),
    knowledge: dmnChildren(element, 'knowledgeRequirement').flatMap((requirement) => reference(owner, dmnChild(requirement, 'requiredKnowledge'))),
    authority: dmnChildren(element, 'authorityRequirement').flatMap((requirement) => reference(owner, dmnChild(requirement, 'requiredAuthority', 'requiredDecision', 'requiredInput'))),
  });
  const model: DecisionModel = {
    format: 'careloop-decisions/1',
    id: attribute(definitions, 'id') ?? '',
    name: attribute(definitions, 'name') ?? '',
    namespace: attribute(definitions, 'namespace') ?? '',
    ...(imports.length > 0 ? { imports } : {}),
    itemDefinitions: elements('itemDefinition').map((element) => itemDefinition(element, typeOf)),
    inputData: elements('inputData').map((element) => ({ ...identity(element), variable: informationItem(dmnChild(element, 'variable'), identity(element).name, { typeOf }) })),
    decisions: elements('decision').map((element): Decision => {
      const own = identity(element);
      const expression = expressionIn(element, contextOf(own.id));
      if (!expression) findings.push({ code: 'LOGIC_MISSING', severity: 'warning', elementId: own.id, message: `Expected logic in the decision ${own.name}, but there is none: it gives null` });
      return { ...own, variable: informationItem(dmnChild(element, 'variable'), own.name, { typeOf }), ...given('question', childText(element, 'question')), ...given('allowedAnswers', childText(element, 'allowedAnswers')), requirements: requirementsOf(own.id, element), ...given('expression', expression) };
    }),
    businessKnowledgeModels: elements('businessKnowledgeModel').map((element): BusinessKnowledgeModel => {
      const own = identity(element);
      const logic = dmnChild(element, 'encapsulatedLogic');
      return { ...own, variable: informationItem(dmnChild(element, 'variable'), own.name, { typeOf }), requirements: requirementsOf(own.id, element), ...(logic ? { logic: functionDefinition(logic, contextOf(own.id)) } : {}) };
    }),
    decisionServices: elements('decisionService').map((element): DecisionService => {
      const own = identity(element);
      const all = (name: string): string[] => dmnChildren(element, name).flatMap((child) => reference(own.id, child));
      return { ...own, variable: informationItem(dmnChild(element, 'variable'), own.name, { typeOf }), outputDecisions: all('outputDecision'), encapsulatedDecisions: all('encapsulatedDecision'), inputDecisions: all('inputDecision'), inputData: all('inputData') };
    }),
    knowledgeSources: elements('knowledgeSource').map(identity),
  };
  return { model, findings };
}

function identity(element: XmlElement): { readonly id: string; readonly name: string } {
  const name = attribute(element, 'name') ?? '';
  return { id: attribute(element, 'id') ?? name, name };
}

function modelImport(element: XmlElement): ModelImport {
  const importType = attribute(element, 'importType');
  return { name: attribute(element, 'name') ?? '', namespace: attribute(element, 'namespace') ?? '', ...given('importType', importType === undefined || modelNamespaces.has(importType) ? undefined : importType), ...given('locationURI', attribute(element, 'locationURI')) };
}

function reportUnknown(element: XmlElement, findings: DmnFinding[]): void {
  const name = localName(element);
  if (executable.has(name) || descriptive.has(name)) return;
  findings.push({ code: 'ELEMENT_UNKNOWN', severity: 'warning', elementId: attribute(element, 'id') ?? attribute(element, 'name') ?? name, message: `Expected an element of DMN, but ${element.name} is none; it is kept as it is` });
}

/** Types lose the prefix that DMN 1.1 gives those of FEEL. */
function typeReader(definitions: XmlElement): (typeRef: string | undefined) => string | undefined {
  const prefixes = Object.entries(definitions.attributes).filter(([name, uri]) => name.startsWith('xmlns:') && asCurrentNamespace(uri) === feelNamespace).map(([name]) => `${name.slice(6)}:`);
  return (typeRef) => {
    const prefix = prefixes.find((candidate) => typeRef?.startsWith(candidate));
    return prefix === undefined ? typeRef?.trim() || undefined : typeRef?.slice(prefix.length);
  };
}

function itemDefinition(element: XmlElement, typeOf: (typeRef: string | undefined) => string | undefined): ItemDefinition {
  const components = dmnChildren(element, 'itemComponent');
  const constraint = (name: string): string | undefined => {
    const child = dmnChild(element, name);
    return child && childText(child, 'text');
  };
  const item = dmnChild(element, 'functionItem');
  const outputTypeRef = typeOf(item && attribute(item, 'outputTypeRef'));
  return {
    name: attribute(element, 'name') ?? '',
    ...(attribute(element, 'isCollection') === 'true' ? { isCollection: true } : {}),
    ...given('typeRef', typeOf(childText(element, 'typeRef'))),
    ...(components.length > 0 ? { components: components.map((component) => itemDefinition(component, typeOf)) } : {}),
    ...given('allowedValues', constraint('allowedValues')),
    ...given('typeConstraint', constraint('typeConstraint')),
    ...(item ? { functionItem: { parameters: dmnChildren(item, 'parameters').map((parameter) => informationItem(parameter, '', { typeOf })), ...given('outputTypeRef', outputTypeRef) } } : {}),
    ...given('unit', unitOf(element)),
  };
}

/** The unit stands in the extensions, as an element `unit` with its code as text. */
function unitOf(element: XmlElement): string | undefined {
  const extensions = dmnChild(element, 'extensionElements');
  const unit = extensions?.children.filter(isElement).find((child) => child.namespace === careloopNamespace && localName(child) === 'unit');
  return unit?.children.map((node) => ('text' in node ? node.text : '')).join('').trim() || undefined;
}
