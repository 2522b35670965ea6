import { variableName } from '../../definition/basics.ts';
import type { BpmnElement } from '../document.ts';
import { attributeOf, booleanOf, childOf, childrenOf, descendantsOf, idOf, textOf } from '../element-access.ts';
import type { ImportContext } from './import-context.ts';
import type { Candidate } from './read-fields.ts';

/** XML schema types that a variable type stands for, without their prefix. */
const typeOfXsd: Readonly<Record<string, string>> = {
  string: 'string', boolean: 'boolean', date: 'date', datetime: 'dateTime', int: 'number', integer: 'number', long: 'number', short: 'number',
  decimal: 'number', double: 'number', float: 'number', number: 'number',
};

/** Variables out of properties, data objects and data inputs of a scope. Nothing says whose data it is, so it counts as the patient's. */
export function readVariables(container: BpmnElement, context: ImportContext): Candidate[] {
  const specification = childOf(container, 'bpmn:ioSpecification');
  const sources = [...childrenOf(container, 'bpmn:property'), ...childrenOf(container, 'bpmn:dataObject'), ...(specification ? childrenOf(specification, 'bpmn:dataInput') : [])];
  const variables = new Map<string, Candidate>();
  for (const source of sources) {
    const name = variableNameOf(source, context);
    if (name !== undefined && !variables.has(name)) variables.set(name, { name, type: typeOf(source, context), classification: 'patient' });
  }
  return [...variables.values()];
}

function typeOf(source: BpmnElement, context: ImportContext): string {
  if (booleanOf(source, 'isCollection')) return 'list';
  const reference = attributeOf(source, 'itemSubjectRef');
  const item = context.resolve(reference);
  if (item && booleanOf(item, 'isCollection')) return 'list';
  const structure = (item && attributeOf(item, 'structureRef')) ?? reference ?? '';
  return typeOfXsd[structure.slice(structure.indexOf(':') + 1).toLowerCase()] ?? 'object';
}

/** What expressions call a data object, property, input or output: its name where FEEL can say it, else its id. */
export function variableNameOf(item: BpmnElement, context: ImportContext): string | undefined {
  if (item.name === 'bpmn:dataStoreReference' || item.name === 'bpmn:dataStore') return undefined;
  const target = item.name === 'bpmn:dataObjectReference' ? (context.resolve(attributeOf(item, 'dataObjectRef')) ?? item) : item;
  const names = [attributeOf(target, 'name'), idOf(target)].filter((name) => name !== undefined && name !== '');
  return names.find((name) => variableName.safeParse(name).success) ?? names[0]?.replace(/[^\p{L}\p{N}_]/gu, '_').replace(/^(?=\p{N})/u, '_').slice(0, 64);
}

/** `inputs` and `outputs` out of the data associations of an activity. */
export function readMappings(activity: BpmnElement, id: string, context: ImportContext): Candidate {
  const inputs = childrenOf(activity, 'bpmn:dataInputAssociation').flatMap((association) => mappingsOf(association, id, context)).map(plainMapping);
  const outputs = childrenOf(activity, 'bpmn:dataOutputAssociation').flatMap((association) => mappingsOf(association, id, context)).map(plainMapping);
  return { ...(inputs.length > 0 ? { inputs } : {}), ...(outputs.length > 0 ? { outputs } : {}) };
}

/** A catch event puts its payload where its data association leads; a throw event takes it from there. */
export function eventMappings(event: BpmnElement, payload: 'message' | 'signal', throws: boolean, id: string, context: ImportContext): Candidate {
  const associations = childrenOf(event, throws ? 'bpmn:dataInputAssociation' : 'bpmn:dataOutputAssociation');
  const mappings = associations.flatMap((association) => mappingsOf(association, id, context)).map((mapping) => (throws ? mapping : { ...mapping, source: mapping['isDirect'] === true ? payload : mapping['source'] }));
  return mappings.length > 0 ? { mappings: mappings.map(plainMapping) } : {};
}

function plainMapping({ target, source }: Candidate): Candidate {
  return { target, source };
}

/** Assignments one by one; without any, the source or its transformation as a whole. BPMN 2.0.2 §10.4.2. */
function mappingsOf(association: BpmnElement, ownerId: string, context: ImportContext): Candidate[] {
  const assignments = childrenOf(association, 'bpmn:assignment');
  if (assignments.length > 0) {
    return assignments.flatMap((assignment) => {
      const source = context.expression(assignment, 'bpmn:from', ownerId);
      const to = textOf(childOf(assignment, 'bpmn:to') ?? { name: '' }).trim();
      const target = variableName.safeParse(to).success ? to : nameOfReference(association, 'bpmn:targetRef', context);
      return source === undefined || target === undefined ? [] : [{ target, source }];
    });
  }
  const target = nameOfReference(association, 'bpmn:targetRef', context);
  const transformation = context.expression(association, 'bpmn:transformation', ownerId);
  const source = transformation ?? nameOfReference(association, 'bpmn:sourceRef', context);
  if (target !== undefined && source !== undefined) return [{ target, source, isDirect: transformation === undefined }];
  context.report('DATA_NOT_EXECUTED', ownerId, `Expected data associations of ${ownerId} between variables, but one leads elsewhere; it is only drawn`, 'warning');
  return [];
}

function nameOfReference(association: BpmnElement, name: string, context: ImportContext): string | undefined {
  const reference = childOf(association, name);
  const target = reference && context.resolve(textOf(reference));
  return target && variableNameOf(target, context);
}

/** The lane of each node, the innermost one. */
export function lanesOf(process: BpmnElement, context: ImportContext): ReadonlyMap<string, BpmnElement> {
  const lanes = new Map<string, BpmnElement>();
  for (const laneSet of childrenOf(process, 'bpmn:laneSet')) {
    for (const element of descendantsOf(laneSet)) {
      if (element.name !== 'bpmn:lane') continue;
      for (const reference of childrenOf(element, 'bpmn:flowNodeRef')) {
        const id = context.idOf(textOf(reference));
        if (id !== undefined) lanes.set(id, element);
      }
    }
  }
  return lanes;
}
