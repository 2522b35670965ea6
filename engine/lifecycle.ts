import { IllegalTransitionError } from './failure.ts';
import type { ElementStatus } from './state.ts';

/**
 * The life cycle of a flow element as data. BPMN 2.0.2 §13.3.2, without its compensation states.
 * An element with an incident stays in the status in which the trouble was found:
 * `activating` its inputs, `active` its work, `completing` its outputs, `completed` the flows that leave it.
 */
export const transitions: { readonly [from in ElementStatus]: readonly ElementStatus[] } = {
  activating: ['active', 'completing', 'terminated'],
  active: ['completing', 'terminated'],
  completing: ['completed', 'terminated'],
  completed: ['terminated'],
  terminated: [],
};

/** Throws IllegalTransitionError when the table does not have the transition. */
export function assertTransition(from: ElementStatus, to: ElementStatus, elementId: string): void {
  if (!transitions[from].includes(to)) throw new IllegalTransitionError(from, to, elementId);
}
