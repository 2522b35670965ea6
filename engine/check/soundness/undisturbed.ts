import { allElements, eventDefinitionsOf, isSubProcess, type FlowContainer, type FlowElement } from '../../definition/index.ts';

const quietEvents: ReadonlySet<string> = new Set(['timer', 'message', 'link']);
const caughtEvents: ReadonlySet<string> = new Set([...quietEvents, 'signal', 'error', 'escalation']);

/**
 * Whether what runs in the elements leaves everything around alone but for the variables that it sets: it throws no
 * signal, error or escalation past them, ends nothing, undoes nothing, and waits for no condition over data. Only such
 * a part of a process may be explored without what is around it.
 */
export function areUndisturbing(elements: readonly FlowElement[]): boolean {
  return elements.every((element) => element.type !== 'startEvent' && element.type !== 'endEvent' && isUndisturbing(element, codesCaughtAt(element, elements)));
}

function isUndisturbing(element: FlowElement, caught: ReadonlySet<string>): boolean {
  if ('isForCompensation' in element && element.isForCompensation) return false;
  if ('multiInstance' in element && element.multiInstance?.behavior) return false;
  switch (element.type) {
    case 'complexGateway':
    case 'adHocSubProcess':
    case 'transaction':
      return false;
    case 'eventBasedGateway':
    case 'receiveTask':
      return !element.instantiate;
    case 'startEvent':
    case 'intermediateThrowEvent':
      return eventDefinitionsOf(element.event).every(({ kind }) => quietEvents.has(kind) || (element.type === 'startEvent' && kind === 'signal'));
    case 'endEvent':
      return eventDefinitionsOf(element.event).every((event) => event.kind === 'message' || (event.kind === 'error' && (caught.has('') || caught.has(event.errorCode ?? 'no code'))));
    case 'intermediateCatchEvent':
    case 'boundaryEvent':
      return eventDefinitionsOf(element.event).every(({ kind }) => caughtEvents.has(kind));
    case 'subProcess':
      return isQuietInside(element, caught);
    default:
      return true;
  }
}

function isQuietInside(container: FlowContainer, caught: ReadonlySet<string>): boolean {
  return container.flowElements.every((element) => isUndisturbing(element, isSubProcess(element) ? new Set([...caught, ...codesCaughtAt(element, container.flowElements)]) : caught));
}

/** The codes of the errors that its boundary events catch; `''` stands for every error. */
function codesCaughtAt({ id }: FlowElement, beside: readonly FlowElement[]): ReadonlySet<string> {
  return new Set(beside.flatMap((element) => (element.type === 'boundaryEvent' && element.attachedToRef === id ? eventDefinitionsOf(element.event).flatMap((event) => (event.kind === 'error' ? [event.errorCode ?? ''] : [])) : [])));
}

/** Whether an element somewhere in the container waits until something holds. */
export function conditionsIn(container: FlowContainer): string[] {
  return allElements(container).flatMap((element) => ('event' in element ? eventDefinitionsOf(element.event).flatMap((event) => (event.kind === 'conditional' ? [event.condition] : [])) : []));
}
