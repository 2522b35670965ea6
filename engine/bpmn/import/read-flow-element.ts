import type { ElementType } from '../../definition/flow-elements.ts';
import { elementFields } from '../careloop-fields.ts';
import type { BpmnElement } from '../document.ts';
import { attributeOf, booleanOf, childOf, childrenOf, idOf, textOf } from '../element-access.ts';
import type { ImportContext } from './import-context.ts';
import { readMappings, readVariables } from './read-data.ts';
import { optional, readEvent, readMessage } from './read-event.ts';
import { readFields, type Candidate } from './read-fields.ts';
import { readMarkers } from './read-markers.ts';
import { readDocumentation, readName } from './read-text.ts';

/** What surrounds an element. */
export interface Surroundings {
  /** Name of the lane, its own or that of the sub-process around it. */
  readonly lane?: string | undefined;
  readonly readScope: (container: BpmnElement, lane: string | undefined) => Candidate;
}

/** Element types by the name of their BPMN element; the two are the same word. */
const typeOfElement: ReadonlyMap<string, ElementType> = new Map(
  // The keys of the table are the element types.
  (Object.keys(elementFields) as ElementType[]).map((type) => [`bpmn:${type}`, type]),
);

/** The executable type of a BPMN element, if there is one. */
export function executableType(element: BpmnElement): ElementType | undefined {
  return typeOfElement.get(element.name);
}

/** A flow element in the executable form, as far as it can be said; what is missing is reported. */
export function readFlowElement(element: BpmnElement, type: ElementType, surroundings: Surroundings, context: ImportContext): Candidate {
  const id = idOf(element) ?? '';
  const { name: _name, ...fields } = readFields(element, elementFields[type], id, context);
  const common = { id, type, ...readName(element, { name: _name }), ...readDocumentation(element) };
  switch (type) {
    case 'startEvent':
      return { ...common, ...readEvent(element, type, id, context), ...optional('isInterrupting', booleanOf(element, 'isInterrupting')), ...fields };
    case 'endEvent':
    case 'intermediateCatchEvent':
    case 'intermediateThrowEvent':
      return { ...common, ...readEvent(element, type, id, context), ...fields };
    case 'boundaryEvent':
      return { ...common, attachedToRef: context.idOf(attributeOf(element, 'attachedToRef')), cancelActivity: booleanOf(element, 'cancelActivity') ?? true, ...withHandler(readEvent(element, type, id, context), id, context), ...fields };
    case 'exclusiveGateway':
    case 'inclusiveGateway':
      return { ...common, ...readDefault(element, context), ...fields };
    case 'parallelGateway':
      return { ...common, ...fields };
    case 'complexGateway':
      return { ...common, ...readDefault(element, context), ...optional('activationCondition', context.expression(element, 'bpmn:activationCondition', id)), ...fields };
    case 'eventBasedGateway':
      return { ...common, ...optional('instantiate', booleanOf(element, 'instantiate')), ...optional('eventGatewayType', attributeOf(element, 'eventGatewayType')?.toLowerCase()), ...fields };
    default:
      return { ...common, ...readActivity(element, type, id, fields, surroundings, context) };
  }
}

function readDefault(element: BpmnElement, context: ImportContext): Candidate {
  return optional('default', context.idOf(attributeOf(element, 'default')));
}

function readActivity(element: BpmnElement, type: ElementType, id: string, fields: Candidate, surroundings: Surroundings, context: ImportContext): Candidate {
  const own = readOwn(element, type, id, fields, surroundings, context);
  const activity: Candidate = { ...readMappings(element, id, context), ...readMarkers(element, id, context), ...readDefault(element, context), ...optional('isForCompensation', booleanOf(element, 'isForCompensation')), ...readQuantities(element), ...own };
  return resultOfOutput(element, type, activity, fields);
}

function readQuantities(element: BpmnElement): Candidate {
  const quantity = (name: string): Candidate => {
    const text = attributeOf(element, name);
    return text === undefined ? {} : { [name]: Number(text) };
  };
  return { ...quantity('startQuantity'), ...quantity('completionQuantity') };
}

/** What a script, service or decision gives is its data output: where only one thing is put somewhere, that is it. */
function resultOfOutput(element: BpmnElement, type: ElementType, activity: Candidate, fields: Candidate): Candidate {
  const associations = childrenOf(element, 'bpmn:dataOutputAssociation');
  const outputs = activity['outputs'];
  const isPlain = associations.length === 1 && associations.every((each) => !childOf(each, 'bpmn:assignment') && !childOf(each, 'bpmn:transformation'));
  if (!['scriptTask', 'serviceTask', 'businessRuleTask'].includes(type) || !isPlain || !Array.isArray(outputs) || fields['outputs'] !== undefined || fields['resultVariable'] !== undefined) return activity;
  const { outputs: _outputs, ...rest } = activity;
  const [output] = outputs as readonly Candidate[];
  return { ...rest, resultVariable: output?.['target'] };
}

function readOwn(element: BpmnElement, type: ElementType, id: string, fields: Candidate, surroundings: Surroundings, context: ImportContext): Candidate {
  switch (type) {
    case 'userTask':
      return readUserTask(element, id, fields, surroundings, context);
    case 'serviceTask':
      return required(fields, 'activity', 'ACTIVITY_MISSING', `Expected service task ${id} to name a registered activity in careloop:fields, but it names none`, id, context);
    case 'businessRuleTask': {
      required(fields, 'ruleSet', 'RULE_SET_MISSING', `Expected business rule task ${id} to name a rule set in careloop:fields, but it names none`, id, context);
      return { binding: { kind: 'inEffect' }, ...fields };
    }
    case 'scriptTask':
      return { script: readScript(element, id, context), ...fields };
    case 'sendTask':
    case 'receiveTask': {
      const { correlationKey, mappings, ...rest } = fields;
      const event = { kind: 'message', ...readMessage(element, id, context), ...optional('correlationKey', correlationKey), ...optional('mappings', mappings) };
      return { event, ...(type === 'receiveTask' ? optional('instantiate', booleanOf(element, 'instantiate')) : {}), ...rest };
    }
    case 'callActivity':
      return { ...optional('calledElement', readCalledElement(element, id, context)), ...fields };
    case 'subProcess':
      return { ...optional('triggeredByEvent', booleanOf(element, 'triggeredByEvent')), ...surroundings.readScope(element, surroundings.lane), ...fields };
    case 'transaction':
      return { ...surroundings.readScope(element, surroundings.lane), ...fields };
    case 'adHocSubProcess':
      return {
        ...optional('ordering', attributeOf(element, 'ordering')?.toLowerCase()),
        ...optional('completionCondition', context.expression(element, 'bpmn:completionCondition', id)),
        ...optional('cancelRemainingInstances', booleanOf(element, 'cancelRemainingInstances')),
        ...surroundings.readScope(element, surroundings.lane),
        ...fields,
      };
    default:
      return fields;
  }
}

/** Variables of a scope, where it has any; the fields' own come later and win. */
export function readScopeVariables(container: BpmnElement, context: ImportContext): Candidate {
  const variables = readVariables(container, context);
  return variables.length > 0 ? { variables } : {};
}

function required(fields: Candidate, field: string, code: string, message: string, id: string, context: ImportContext): Candidate {
  if (fields[field] === undefined) context.report(code, id, message);
  return fields;
}

function readUserTask(element: BpmnElement, id: string, fields: Candidate, { lane }: Surroundings, context: ImportContext): Candidate {
  required(fields, 'form', 'FORM_MISSING', `Expected user task ${id} to name a form in careloop:fields, but it names none`, id, context);
  if (fields['candidateRoles'] !== undefined) return fields;
  const owners = [...childrenOf(element, 'bpmn:potentialOwner'), ...childrenOf(element, 'bpmn:humanPerformer'), ...childrenOf(element, 'bpmn:performer')].flatMap((owner) => {
    const resource = context.resolve(textOf(childOf(owner, 'bpmn:resourceRef') ?? { name: '' }));
    const name = resource && (attributeOf(resource, 'name') || idOf(resource));
    return name === undefined ? [] : [name];
  });
  if (owners.length > 0) return { ...fields, candidateRoles: owners };
  if (lane !== undefined) {
    context.report('LANE_AS_ROLE', id, `Expected candidate roles at user task ${id}, but it has none; its lane ${lane} is taken as the role`, 'warning');
    return { ...fields, candidateRoles: [lane] };
  }
  context.report('ROLES_MISSING', id, `Expected user task ${id} to have candidate roles, a potential owner or a lane, but it has none`);
  return fields;
}

/** The script; `scriptFormat` is the name of its language. */
export function readScript(element: BpmnElement, id: string, context: ImportContext): string | undefined {
  const child = childOf(element, 'bpmn:script');
  const format = attributeOf(element, 'scriptFormat') || undefined;
  const text = child ? textOf(child) : '';
  // A text whose language is known is taken to the letter.
  const script = context.expressionText(format === undefined ? text.trim() : text, format, id, 'script');
  if (text.trim() === '') context.report('SCRIPT_MISSING', id, `Expected script task ${id} to have a script, but it has none`);
  return script;
}

/** The key of the called process: of one in the same file, or what is written. */
function readCalledElement(element: BpmnElement, id: string, context: ImportContext): string | undefined {
  const text = attributeOf(element, 'calledElement')?.trim();
  if (text === undefined || text === '') {
    context.report('CALLED_ELEMENT_MISSING', id, `Expected call activity ${id} to name what it calls, but it names nothing`);
    return undefined;
  }
  return context.idOf(text) ?? text.slice(text.indexOf(':') + 1);
}

/** The activity that a compensation boundary event is associated with. BPMN 2.0.2 §10.7.1. */
function withHandler({ event }: Candidate, id: string, context: ImportContext): Candidate {
  if (typeof event !== 'object' || event === null || !('kind' in event) || event.kind !== 'compensation') return optional('event', event);
  return { event: { ...event, ...optional('handler', context.handlerOf(id)) } };
}
