import { allElements, isSubProcess, type FlowElement, type ProcessDefinition, type Transaction } from '../../definition/index.ts';
import { variablesSetBy } from './variables-set.ts';

/** A part of a process that is explored on its own. */
export interface Region {
  /** The sub-process; absent for the process itself. */
  readonly ownerId?: string;
  readonly definition: ProcessDefinition;
  /** Variables whose value is not followed here, since something that was cut out sets them. */
  readonly unfollowed: ReadonlySet<string>;
}

/** The id of the step that stands for what is in an event sub-process or a transaction. */
export function insideOf(ownerId: string): string {
  return `${ownerId}.inside`;
}

/** The id of the event that is reached when a transaction is cancelled that is explored alone or is one step. */
function cancelledIn(ownerId: string): string {
  return `${ownerId}.cancelled`;
}

/** Stands for the cancelling of a transaction, where it is one step. */
export const cancelledCode = 'CANCELLED';

/**
 * Cuts a process into its sub-processes: each is explored alone, and stands in the container around it as one step that
 * ends, throws what is caught around it, or is interrupted. What two containers do to each other is not seen then.
 */
export function regionsOf(definition: ProcessDefinition): Region[] {
  const setAnywhereIn = (elements: readonly FlowElement[]): ReadonlySet<string> => variablesSetBy(elements, definition);
  const everywhere = setAnywhereIn(definition.flowElements.filter(isSubProcess));
  const regions: Region[] = [{ definition: { ...definition, flowElements: definition.flowElements.map(collapsed) }, unfollowed: everywhere }];
  for (const owner of allElements(definition).filter(isSubProcess)) {
    // From inside, the variables of the containers around may be set by what runs beside.
    const unfollowed = new Set([...everywhere, ...setAnywhereIn(owner.flowElements.filter(isSubProcess))]);
    for (const { name } of owner.variables ?? []) if (!setAnywhereIn(owner.flowElements.filter(isSubProcess)).has(name)) unfollowed.delete(name);
    regions.push({ ownerId: owner.id, definition: around(definition, owner), unfollowed });
  }
  return regions;
}

/** A process that does nothing but run the sub-process once. */
function around(definition: ProcessDefinition, owner: Extract<FlowElement, { flowElements: FlowElement[] }>): ProcessDefinition {
  const { multiInstance: _items, standardLoop: _loop, default: _default, isForCompensation: _undoes, startQuantity: _needed, completionQuantity: _sent, ...once } = owner;
  const [begin, done, cancelled, gone] = [`${owner.id}.begin`, `${owner.id}.done`, cancelledIn(owner.id), `${owner.id}.gone`];
  const isTransaction = owner.type === 'transaction';
  const inner = { ...once, ...('triggeredByEvent' in once ? { triggeredByEvent: false } : {}), flowElements: owner.flowElements.map(withoutTrigger(owner)).map(collapsed) } as FlowElement;
  return {
    ...definition,
    flowElements: [
      { id: begin, type: 'startEvent' }, inner, { id: done, type: 'endEvent' },
      ...(isTransaction ? [{ id: cancelled, type: 'boundaryEvent', attachedToRef: owner.id, cancelActivity: true, event: { kind: 'cancel' } } as const, { id: gone, type: 'endEvent', event: { kind: 'error', errorCode: cancelledCode } } as const] : []),
    ],
    sequenceFlows: [
      { id: `${begin}.flow`, sourceRef: begin, targetRef: owner.id }, { id: `${done}.flow`, sourceRef: owner.id, targetRef: done },
      ...(isTransaction ? [{ id: `${cancelled}.flow`, sourceRef: cancelled, targetRef: gone }] : []),
    ],
  };
}

/** An event sub-process explored alone begins as if its event had occurred. */
function withoutTrigger(owner: FlowElement): (element: FlowElement) => FlowElement {
  const isTriggered = owner.type === 'subProcess' && owner.triggeredByEvent === true;
  return (element) => {
    if (!isTriggered || element.type !== 'startEvent') return element;
    const { event: _event, isInterrupting: _interrupts, ...plain } = element;
    return plain;
  };
}

/** The sub-process as one step; an event sub-process keeps its trigger and nothing else. */
function collapsed(element: FlowElement): FlowElement {
  if (!isSubProcess(element)) return element;
  if (element.type === 'subProcess' && element.triggeredByEvent) {
    const start = element.flowElements.find(({ type }) => type === 'startEvent');
    const inside = insideOf(element.id);
    return { ...element, variables: [], flowElements: [...(start ? [start] : []), { id: inside, type: 'callActivity', calledElement: element.id }], sequenceFlows: start ? [{ id: `${inside}.flow`, sourceRef: start.id, targetRef: inside }] : [] };
  }
  if (element.type === 'transaction') return collapsedTransaction(element);
  const { id, multiInstance, standardLoop, isForCompensation, startQuantity, completionQuantity } = element;
  return {
    id,
    type: 'callActivity',
    calledElement: id,
    ...(element.default === undefined ? {} : { default: element.default }),
    ...(multiInstance ? { multiInstance } : {}),
    ...(standardLoop ? { standardLoop } : {}),
    ...(isForCompensation === undefined ? {} : { isForCompensation }),
    ...(startQuantity === undefined ? {} : { startQuantity }),
    ...(completionQuantity === undefined ? {} : { completionQuantity }),
  };
}

/** A transaction stays one, since only that has a cancel event: inside, one step ends it well or cancels it. */
function collapsedTransaction(element: Transaction): Transaction {
  const [begin, inside, undone, done, cancelled] = [`${element.id}.begin`, insideOf(element.id), `${element.id}.undone`, `${element.id}.done`, cancelledIn(element.id)];
  const isCancelled = allElements(element).some(({ type, ...rest }) => type === 'endEvent' && 'event' in rest && rest.event?.kind === 'cancel');
  return {
    ...element,
    variables: [],
    flowElements: [
      { id: begin, type: 'startEvent' }, { id: inside, type: 'callActivity', calledElement: element.id }, { id: done, type: 'endEvent' },
      ...(isCancelled ? [{ id: undone, type: 'boundaryEvent' as const, attachedToRef: inside, cancelActivity: true, event: { kind: 'error' as const, errorCode: cancelledCode } }, { id: cancelled, type: 'endEvent' as const, event: { kind: 'cancel' as const } }] : []),
    ],
    sequenceFlows: [
      { id: `${begin}.flow`, sourceRef: begin, targetRef: inside }, { id: `${inside}.flow`, sourceRef: inside, targetRef: done },
      ...(isCancelled ? [{ id: `${undone}.flow`, sourceRef: undone, targetRef: cancelled }] : []),
    ],
  };
}
