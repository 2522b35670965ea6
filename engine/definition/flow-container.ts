import type { VariableDeclaration } from './basics.ts';
import type { AdHocSubProcess, FlowElement, SequenceFlow, SubProcess, Transaction } from './flow-elements.ts';

/** What holds flow elements: a process or one of the three kinds of sub-process. */
export interface FlowContainer {
  readonly flowElements: readonly FlowElement[];
  readonly sequenceFlows: readonly SequenceFlow[];
  readonly variables?: readonly VariableDeclaration[] | undefined;
}

/** Whether the element has flow elements of its own. */
export function isSubProcess(element: FlowElement): element is SubProcess | Transaction | AdHocSubProcess {
  return element.type === 'subProcess' || element.type === 'transaction' || element.type === 'adHocSubProcess';
}

/** Every flow element, sub-processes and what they hold included. */
export function allElements(container: Pick<FlowContainer, 'flowElements'>): FlowElement[] {
  return container.flowElements.flatMap((element) => (isSubProcess(element) ? [element, ...allElements(element)] : [element]));
}

/** Every sequence flow, those inside sub-processes included. */
export function allFlows(container: FlowContainer): SequenceFlow[] {
  return [...container.sequenceFlows, ...container.flowElements.filter(isSubProcess).flatMap(allFlows)];
}

const activityTypes: ReadonlySet<FlowElement['type']> = new Set([
  'task', 'manualTask', 'userTask', 'serviceTask', 'businessRuleTask', 'scriptTask', 'sendTask', 'receiveTask', 'callActivity', 'subProcess', 'transaction', 'adHocSubProcess',
]);

/** Whether the element is an activity: a task, a call activity or a sub-process. BPMN 2.0.2 §10.3. */
export function isActivity(element: FlowElement): boolean {
  return activityTypes.has(element.type);
}
