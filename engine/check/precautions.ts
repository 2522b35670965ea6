import { eventDefinitionsOf, isSubProcess, type FlowContainer, type FlowElement, type ProcessDefinition } from '../definition/index.ts';
import { isEventSubProcess } from './surroundings.ts';

/** What stands around an element in case that nobody does it, or that it has to be taken back. */
export interface Precautions {
  /** A timer that fires while it waits. */
  readonly isTimed: boolean;
  /** A handler that undoes it: its own, or that of a sub-process around it. */
  readonly isUndone: boolean;
}

/** Looks at every element with what stands around it, sub-processes before what they hold. */
export function visitWithPrecautions(definition: ProcessDefinition, look: (element: FlowElement, precautions: Precautions) => void): void {
  const visit = ({ flowElements }: FlowContainer, outside: Precautions): void => {
    const around = precautionsBeside(flowElements, outside);
    for (const element of flowElements) {
      // What an event sub-process does for its scope it does not do for itself.
      const own = precautionsOn(element, flowElements, isEventSubProcess(element) ? outside : around);
      look(element, own);
      if (isSubProcess(element)) visit(element, own);
    }
  };
  visit(definition, { isTimed: false, isUndone: false });
}

function precautionsOn({ id }: FlowElement, siblings: readonly FlowElement[], around: Precautions): Precautions {
  const kinds = siblings.flatMap((other) => (other.type === 'boundaryEvent' && other.attachedToRef === id ? kindsOf(other) : []));
  return { isTimed: around.isTimed || kinds.includes('timer'), isUndone: around.isUndone || kinds.includes('compensation') };
}

function precautionsBeside(elements: readonly FlowElement[], outside: Precautions): Precautions {
  const kinds = elements.flatMap((element) => (isSubProcess(element) && isEventSubProcess(element) ? element.flowElements.flatMap((inner) => (inner.type === 'startEvent' ? kindsOf(inner) : [])) : []));
  return { isTimed: outside.isTimed || kinds.includes('timer'), isUndone: outside.isUndone || kinds.includes('compensation') };
}

/** What the event occurs for: of several that are all needed, none alone. */
function kindsOf(element: Extract<FlowElement, { type: 'boundaryEvent' | 'startEvent' }>): readonly string[] {
  const { event } = element;
  return event?.kind === 'multiple' && event.parallel ? [] : eventDefinitionsOf(event).map(({ kind }) => kind);
}
