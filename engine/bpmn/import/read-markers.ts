import { multiInstanceFields } from '../careloop-fields.ts';
import type { BpmnElement } from '../document.ts';
import { attributeOf, booleanOf, childOf, childrenOf, textOf } from '../element-access.ts';
import type { ImportContext } from './import-context.ts';
import { variableNameOf } from './read-data.ts';
import { optional, readEventDefinition } from './read-event.ts';
import { readFields, type Candidate } from './read-fields.ts';

/** The loop or multi-instance marker of an activity. BPMN 2.0.2 §10.3.8. */
export function readMarkers(activity: BpmnElement, id: string, context: ImportContext): Candidate {
  const loop = childOf(activity, 'bpmn:standardLoopCharacteristics');
  const multiple = childOf(activity, 'bpmn:multiInstanceLoopCharacteristics');
  return { ...(loop ? { standardLoop: readLoop(loop, id, context) } : {}), ...(multiple ? { multiInstance: readMultiInstance(multiple, activity, id, context) } : {}) };
}

function readLoop(loop: BpmnElement, id: string, context: ImportContext): Candidate {
  const maximum = attributeOf(loop, 'loopMaximum') ?? (childOf(loop, 'bpmn:loopMaximum') && textOf(childOf(loop, 'bpmn:loopMaximum') ?? loop));
  return {
    kind: 'standardLoop',
    testBefore: booleanOf(loop, 'testBefore') ?? false,
    ...optional('condition', context.expression(loop, 'bpmn:loopCondition', id)),
    ...optional('maximum', maximum === undefined ? undefined : Number(maximum)),
  };
}

function readMultiInstance(loop: BpmnElement, activity: BpmnElement, id: string, context: ImportContext): Candidate {
  const marker: Candidate = {
    kind: 'multiInstance',
    sequential: booleanOf(loop, 'isSequential') ?? false,
    ...optional('cardinality', context.expression(loop, 'bpmn:loopCardinality', id)),
    ...optional('completionCondition', context.expression(loop, 'bpmn:completionCondition', id)),
    ...readItems(loop, activity, context),
    ...readFields(loop, multiInstanceFields, id, context),
    ...readBehavior(loop, id, context),
  };
  if (marker['cardinality'] === undefined && marker['collection'] === undefined) {
    context.report('COLLECTION_MISSING', id, `Expected the multi-instance marker of ${id} to have a cardinality or a collection, but it has neither that can be used`);
  }
  return marker;
}

/** The collections that the standard's data inputs and outputs lead to. BPMN 2.0.2 table 10.29. */
function readItems(loop: BpmnElement, activity: BpmnElement, context: ImportContext): Candidate {
  const collection = behindData(childOf(loop, 'bpmn:loopDataInputRef'), activity, 'bpmn:dataInputAssociation', context);
  const outputCollection = behindData(childOf(loop, 'bpmn:loopDataOutputRef'), activity, 'bpmn:dataOutputAssociation', context);
  const inputItem = childOf(loop, 'bpmn:inputDataItem');
  const outputItem = childOf(loop, 'bpmn:outputDataItem');
  const outputElement = outputItem && variableNameOf(outputItem, context);
  return {
    ...optional('collection', collection),
    ...(collection !== undefined && inputItem ? optional('elementVariable', variableNameOf(inputItem, context)) : {}),
    ...(outputCollection !== undefined && outputElement !== undefined ? { outputCollection, outputElement } : {}),
  };
}

/** The variable that is associated with a data input or output of the activity; its own name where none is. */
function behindData(reference: BpmnElement | undefined, activity: BpmnElement, associationName: string, context: ImportContext): string | undefined {
  const id = reference && context.idOf(textOf(reference));
  const item = id === undefined ? undefined : context.byId(id);
  if (!item) return undefined;
  const [inner, outer] = associationName === 'bpmn:dataInputAssociation' ? ['bpmn:targetRef', 'bpmn:sourceRef'] : ['bpmn:sourceRef', 'bpmn:targetRef'];
  const refersTo = (association: BpmnElement, name: string): string | undefined => context.idOf(textOf(childOf(association, name) ?? { name }));
  const association = childrenOf(activity, associationName).find((each) => refersTo(each, inner ?? '') === id);
  const other = association && context.resolve(refersTo(association, outer ?? ''));
  return variableNameOf(other ?? item, context);
}

/** Events that the instances throw. `All`, the default, throws none of its own; BPMN lets the reference of the others be absent, too. Table 10.30. */
function readBehavior(loop: BpmnElement, id: string, context: ImportContext): Candidate {
  const behavior = attributeOf(loop, 'behavior');
  if (behavior === 'None' || behavior === 'One') {
    const kind = behavior === 'None' ? 'none' : 'one';
    const definition = context.resolve(attributeOf(loop, `${kind}BehaviorEventRef`));
    if (!definition) context.report('BEHAVIOR_EVENT_MISSING', id, `Expected ${kind}BehaviorEventRef at ${id}, whose instances throw it by behavior ${behavior}, but there is none; they throw nothing`, 'warning');
    return definition ? { behavior: { kind, event: readBehaviorEvent(definition, id, context) } } : {};
  }
  if (behavior !== 'Complex') return {};
  const definitions = childrenOf(loop, 'bpmn:complexBehaviorDefinition').map((complex) => {
    const event = childOf(complex, 'bpmn:event');
    const definition = event && (childrenOf(event).find(({ name }) => name.endsWith('EventDefinition')) ?? context.resolve(textOf(childOf(event, 'bpmn:eventDefinitionRef') ?? { name: '' })));
    if (!definition) context.report('EVENT_MISSING', id, `Expected each complex behavior of ${id} to have an event, but one has none`);
    return { ...optional('condition', context.expression(complex, 'bpmn:condition', id)), ...(definition ? { event: readBehaviorEvent(definition, id, context) } : {}) };
  });
  return { behavior: { kind: 'complex', definitions } };
}

const thrownByInstances = ['signal', 'escalation', 'message'];

function readBehaviorEvent(definition: BpmnElement, id: string, context: ImportContext): Candidate {
  const event = readEventDefinition(definition, id, context);
  const kind = String(event['kind']);
  if (!thrownByInstances.includes(kind)) context.report('EVENT_NOT_EXECUTABLE', id, `Expected one of ${thrownByInstances.join(', ')} that the instances of ${id} throw, but it is ${kind}`);
  return event;
}
