import { bodyOf } from '../body.ts';
import { fireBoundaryEvent } from './boundary-event.ts';
import type { ElementBehavior } from '../element-behavior.ts';
import { raise } from '../failure-raised.ts';
import { evaluateOutputs } from '../mappings.ts';
import { beginScope, openOwnScope } from '../own-scope.ts';
import { scopeOwnedBy } from '../scopes.ts';
import { isUndoneBeside } from '../throwing/cancel.ts';

/** From this semantics on, a repeated transaction that is cancelled leaves as a whole. */
const leavesAsAWhole = 3;

/** A sub-process that a cancel end event undoes as a whole (`throwing/cancel.ts`). BPMN 2.0.2 §10.3.5. */
export const transaction: ElementBehavior<'transaction'> = {
  activate(execution, element, instance) {
    beginScope(execution, element.inner, openOwnScope(execution, element, instance));
  },
  compensated(execution, element, instance) {
    // The last of those that are undone leaves for all.
    if (isUndoneBeside(execution, instance)) return execution.terminate(instance);
    const cancel = element.boundaryEvents.find(({ definition }) => definition.event.kind === 'cancel');
    // The event is attached to the body, and ends all its repetitions.
    const isInner = instance.loopCounter !== undefined && execution.draft.state.semantics >= leavesAsAWhole;
    if (cancel) return fireBoundaryEvent(execution, isInner ? bodyOf(execution, instance) : instance, cancel, {});
    raise({ code: 'NO_FLOW_TAKEN', elementId: element.id, message: `Expected a cancel boundary event on transaction ${element.id}, but there is none` });
  },
  results(execution, element, instance) {
    return evaluateOutputs(execution, element, scopeOwnedBy(execution.draft, instance.id).id, {});
  },
};
