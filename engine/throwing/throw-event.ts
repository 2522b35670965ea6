import type { EventDefinition } from '../definition/index.ts';
import type { Execution, ExpressionContext } from '../execution.ts';
import type { Variables } from '../json.ts';
import { evaluateMappings } from '../mappings.ts';
import type { ElementPlan } from '../plan.ts';
import type { ElementInstance } from '../state.ts';
import { correlationKeyOf } from '../waits.ts';
import { throwEscalation } from './escalation.ts';
import { throwSignal } from './signal.ts';

/** A message, signal or escalation with its payload. */
export type PreparedThrow =
  | { readonly kind: 'message'; readonly message: string; readonly correlationKey: string; readonly payload: Variables }
  | { readonly kind: 'signal'; readonly signal: string; readonly payload: Variables }
  | { readonly kind: 'escalation'; readonly escalationCode: string; readonly payload: Variables };

/** Evaluates what the event says; none for the kinds that say nothing. Raises EXPRESSION_FAILED, CORRELATION_KEY_INVALID. */
export function prepareThrow(execution: Execution, element: ElementPlan, event: EventDefinition, context: ExpressionContext): PreparedThrow[] {
  if (event.kind !== 'message' && event.kind !== 'signal' && event.kind !== 'escalation') return [];
  const payload = evaluateMappings(execution, event.mappings ?? [], context, element.id, `${event.kind} field`);
  if (event.kind === 'signal') return [{ kind: 'signal', signal: event.signal, payload }];
  if (event.kind === 'escalation') return [{ kind: 'escalation', escalationCode: event.escalationCode ?? '', payload }];
  const correlationKey = correlationKeyOf(execution.evaluate(event.correlationKey ?? 'null', context, element.id, 'correlation key'), element.id, event.message);
  return [{ kind: 'message', message: event.message, correlationKey, payload }];
}

/** Lets the event out, `ordinal` being its place among those of its element. Afterwards the instance may be gone: what it threw may have interrupted it. */
export function performThrow(execution: Execution, instance: ElementInstance, prepared: PreparedThrow, ordinal = 0): void {
  const place = { elementId: instance.elementId, elementInstanceId: instance.id };
  switch (prepared.kind) {
    case 'message': {
      const { message, correlationKey, payload } = prepared;
      execution.draft.commands.push({ type: 'sendMessage', elementInstanceId: instance.id, ...(ordinal > 0 ? { ordinal } : {}), message, correlationKey, payload });
      execution.draft.record('message.sent', { ...place, detail: { message, correlationKey, payload } });
      break;
    }
    case 'signal':
      throwSignal(execution, instance, prepared.signal, prepared.payload);
      break;
    case 'escalation':
      throwEscalation(execution, instance, prepared);
      break;
  }
}
