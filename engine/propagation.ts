import type { RecordAction } from './command.ts';
import { fireBoundaryEvent } from './elements/boundary-event.ts';
import { triggerEventSubProcess } from './event-sub-processes.ts';
import type { Execution } from './execution.ts';
import type { Json, Variables } from './json.ts';
import type { ElementPlan } from './plan.ts';
import { requireScope, scopePlanOf } from './scopes.ts';
import type { ElementInstance } from './state.ts';

/** From this semantics on, what an event sub-process throws goes outwards: it does not start the same one again. */
const throwsOutwards = 3;

/** Says whether an event catches what is thrown: by its code, as one without a code, or not. */
type Catches = (event: ElementPlan) => 'code' | 'any' | undefined;

/**
 * Carries an error or escalation outwards, to the boundary events of each activity and the event sub-processes of each
 * scope; the one with the code goes before the one without. Gives whether it was caught. BPMN 2.0.2 §10.5.7.
 */
export function propagate(execution: Execution, instance: ElementInstance, catches: Catches, completion: Variables, action: RecordAction, detail: Json): boolean {
  for (let thrower: ElementInstance | undefined = instance; thrower; thrower = ownerOf(execution, thrower)) {
    const boundary = thrower.loopCounter === undefined ? bestOf(execution.elementOf(thrower).boundaryEvents, catches) : undefined;
    if (boundary) {
      execution.draft.record(action, { elementId: boundary.id, elementInstanceId: thrower.id, detail });
      fireBoundaryEvent(execution, thrower, boundary, completion);
      return true;
    }
    const scope = requireScope(execution.draft, thrower.scopeId);
    const handlers = scope.isInterrupted ? [] : (scopePlanOf(execution.plan, execution.draft, scope)?.eventSubProcesses ?? []);
    const throwerId = thrower.elementId;
    const others = execution.draft.state.semantics >= throwsOutwards ? handlers.filter(({ element }) => element.id !== throwerId) : handlers;
    const start = bestOf(others.map((handler) => handler.start), catches);
    if (start) {
      execution.draft.record(action, { elementId: start.id, ...(scope.elementInstanceId === undefined ? {} : { elementInstanceId: scope.elementInstanceId }), detail });
      triggerEventSubProcess(execution, scope.id, start.id, completion);
      return true;
    }
  }
  return false;
}

function bestOf<Element extends ElementPlan>(events: readonly Element[], catches: Catches): Element | undefined {
  return events.find((event) => catches(event) === 'code') ?? events.find((event) => catches(event) === 'any');
}

function ownerOf(execution: Execution, instance: ElementInstance): ElementInstance | undefined {
  const owner = execution.draft.state.scopes[instance.scopeId]?.elementInstanceId;
  return owner === undefined ? undefined : execution.draft.state.elementInstances[owner];
}
