import { eventFields, noFields } from '../careloop-fields.ts';
import type { BpmnElement } from '../document.ts';
import { attributeOf, booleanOf, childOf, childrenOf, textOf } from '../element-access.ts';
import { feelOfIsoLiteral } from '../expression-language.ts';
import { eventMappings } from './read-data.ts';
import type { ImportContext } from './import-context.ts';
import { readFields, type Candidate } from './read-fields.ts';

type Position = 'startEvent' | 'intermediateCatchEvent' | 'boundaryEvent' | 'intermediateThrowEvent' | 'endEvent';

/** Which kinds of event definition are executed where. BPMN 2.0.2 table 10.93. */
const executableKinds: Readonly<Record<Position, readonly string[]>> = {
  startEvent: ['timer', 'message', 'signal', 'conditional', 'error', 'escalation', 'compensation'],
  intermediateCatchEvent: ['timer', 'message', 'signal', 'conditional', 'link'],
  boundaryEvent: ['timer', 'message', 'signal', 'conditional', 'error', 'escalation', 'compensation', 'cancel'],
  intermediateThrowEvent: ['message', 'signal', 'escalation', 'compensation', 'link'],
  endEvent: ['message', 'signal', 'escalation', 'compensation', 'error', 'cancel', 'terminate'],
};
const kindOfName: Readonly<Record<string, string>> = {
  'bpmn:timerEventDefinition': 'timer', 'bpmn:messageEventDefinition': 'message', 'bpmn:signalEventDefinition': 'signal', 'bpmn:conditionalEventDefinition': 'conditional',
  'bpmn:linkEventDefinition': 'link', 'bpmn:errorEventDefinition': 'error', 'bpmn:escalationEventDefinition': 'escalation', 'bpmn:compensateEventDefinition': 'compensation',
  'bpmn:cancelEventDefinition': 'cancel', 'bpmn:terminateEventDefinition': 'terminate',
};

/** The `event` of an event element: none, one definition, or several. */
export function readEvent(element: BpmnElement, position: Position, id: string, context: ImportContext): Candidate {
  const events = definitionsOf(element, context).map((definition) => readEventDefinition(definition, id, context));
  const throws = position === 'intermediateThrowEvent' || position === 'endEvent';
  for (const event of events) {
    const kind = String(event['kind']);
    if (!executableKinds[position].includes(kind)) context.report('EVENT_NOT_EXECUTABLE', id, `Expected one of ${executableKinds[position].join(', ')} in ${position} ${id}, but it has ${kind}`);
    if ((kind === 'message' || kind === 'signal') && event['mappings'] === undefined) Object.assign(event, eventMappings(element, kind, throws, id, context));
  }
  if (events.length > 1) return { event: { kind: 'multiple', ...(throws ? {} : optional('parallel', booleanOf(element, 'parallelMultiple'))), events } };
  const [event] = events;
  if (event) return { event };
  if (position === 'intermediateCatchEvent' || position === 'boundaryEvent') context.report('EVENT_MISSING', id, `Expected ${position} ${id} to have an event definition, but it has none`);
  return {};
}

/** Those inside the event, and the shared ones that it names. */
function definitionsOf(element: BpmnElement, context: ImportContext): BpmnElement[] {
  return childrenOf(element).flatMap((child) => {
    if (child.name in kindOfName) return [child];
    const shared = child.name === 'bpmn:eventDefinitionRef' ? context.resolve(textOf(child)) : undefined;
    return shared && shared.name in kindOfName ? [shared] : [];
  });
}

/** One event definition, with the code or name that its reference leads to. */
export function readEventDefinition(definition: BpmnElement, ownerId: string, context: ImportContext): Candidate {
  const kind = kindOfName[definition.name] ?? definition.name;
  const fields = readFields(definition, eventFields[kind] ?? noFields, ownerId, context);
  switch (kind) {
    case 'timer':
      return { kind, ...fields, ...readTimer(definition, ownerId, context) };
    case 'message':
      return { kind, ...readMessage(definition, ownerId, context), ...fields };
    case 'signal':
      return { kind, ...readReference(definition, 'signalRef', 'signal', ownerId, context), ...fields };
    case 'conditional': {
      const condition = context.expression(definition, 'bpmn:condition', ownerId);
      if (condition === undefined) context.report('CONDITION_MISSING', ownerId, `Expected ${ownerId} to have a condition, but it has none that can be used`);
      return { kind, condition };
    }
    case 'link':
      return { kind, link: attributeOf(definition, 'name') ?? attributeOf(definition, 'id') };
    case 'error':
      return { kind, ...readCode(definition, 'errorRef', 'errorCode', context), ...fields };
    case 'escalation':
      return { kind, ...readCode(definition, 'escalationRef', 'escalationCode', context), ...fields };
    case 'compensation':
      return { kind, ...optional('activityRef', context.idOf(attributeOf(definition, 'activityRef'))), ...optional('waitForCompletion', booleanOf(definition, 'waitForCompletion')) };
    default:
      return { kind };
  }
}

function readTimer(definition: BpmnElement, ownerId: string, context: ImportContext): Candidate {
  const timer: Candidate = {};
  for (const field of ['timeDate', 'timeDuration', 'timeCycle'] as const) {
    const child = childOf(definition, `bpmn:${field}`);
    if (!child) continue;
    const language = attributeOf(child, 'language');
    const literal = language === undefined && !context.translates ? feelOfIsoLiteral(field, textOf(child).trim()) : undefined;
    const value = literal ?? context.expression(definition, `bpmn:${field}`, ownerId);
    if (value !== undefined) timer[field] = value;
  }
  if (Object.keys(timer).length !== 1) context.report('TIMER_INCOMPLETE', ownerId, `Expected exactly one of timeDate, timeDuration and timeCycle at ${ownerId}, but ${Object.keys(timer).length} can be used`);
  return timer;
}

/** The message of an event definition, of a send task or of a receive task. */
export function readMessage(element: BpmnElement, ownerId: string, context: ImportContext): Candidate {
  if (attributeOf(element, 'messageRef') !== undefined) return readReference(element, 'messageRef', 'message', ownerId, context);
  const operation = context.resolve(attributeOf(element, 'operationRef') ?? textOf(childOf(element, 'bpmn:operationRef') ?? { name: '' }));
  const message = operation && context.resolve(textOf(childOf(operation, 'bpmn:inMessageRef') ?? { name: '' }));
  if (message) return { message: attributeOf(message, 'name') || attributeOf(message, 'id') };
  context.report('MESSAGE_MISSING', ownerId, `Expected ${ownerId} to name a message, but it names none`);
  return {};
}

function readReference(element: BpmnElement, attribute: string, field: string, ownerId: string, context: ImportContext): Candidate {
  const id = context.idOf(attributeOf(element, attribute));
  const target = id === undefined ? undefined : context.byId(id);
  const name = (target && attributeOf(target, 'name')) || id;
  if (name === undefined) context.report(`${field.toUpperCase()}_MISSING`, ownerId, `Expected ${ownerId} to name a ${field}, but it names none`);
  return optional(field, name);
}

/** The code that is thrown or caught; the id of the error where it has no code. Nothing named catches all. */
function readCode(definition: BpmnElement, attribute: string, field: string, context: ImportContext): Candidate {
  const id = context.idOf(attributeOf(definition, attribute));
  const target = id === undefined ? undefined : context.byId(id);
  return optional(field, (target && attributeOf(target, field)) ?? id);
}

/** The key with its value, or nothing. */
export function optional(key: string, value: unknown): Candidate {
  return value === undefined ? {} : { [key]: value };
}
