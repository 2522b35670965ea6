import type { ElementPlan } from '../plan.ts';
import type { Execution } from '../execution.ts';
import type { Variables } from '../json.ts';
import { propagate } from '../propagation.ts';
import type { ElementInstance } from '../state.ts';
import { definitionsOf } from '../waits.ts';

/**
 * Throws an escalation outwards to the nearest event that catches it; a call activity's process hands it on. What
 * nobody catches is only recorded. BPMN 2.0.2 §10.5.7.
 */
export function throwEscalation(execution: Execution, instance: ElementInstance, escalation: { readonly escalationCode: string; readonly payload: Variables }): void {
  const { escalationCode, payload } = escalation;
  const detail = { escalationCode, payload };
  execution.draft.record('escalation.thrown', { elementId: instance.elementId, elementInstanceId: instance.id, detail });
  // Nothing is attached any more to a call that has completed and is being undone.
  const isCaught = instance.undoes === undefined && propagate(execution, instance, (element) => catches(element, escalationCode), { escalation: { ...payload, escalationCode } }, 'escalation.caught', detail);
  if (!isCaught && execution.draft.state.parent) execution.draft.commands.push({ type: 'escalateToParent', escalationCode, payload });
}

/** How well the event fits: by its code, by having none, or not at all. */
function catches(element: ElementPlan, escalationCode: string): 'code' | 'any' | undefined {
  const codes = definitionsOf(element).flatMap((event) => (event.kind === 'escalation' ? [event.escalationCode] : []));
  return codes.includes(escalationCode) ? 'code' : codes.includes(undefined) ? 'any' : undefined;
}
