import type { MessageEventDefinition, TimerEventDefinition } from './definition/process-definition.ts';
import type { Execution } from './execution.ts';
import type { Json, Variables } from './json.ts';
import { evaluateMappings } from './mappings.ts';
import { isAssignable } from './scopes.ts';

/** What a caught message sets: its mappings over `message`, or without any its fields that are variables here. */
export function messageResults(execution: Execution, elementId: string, event: MessageEventDefinition | TimerEventDefinition, scopeId: string, completion: Variables): Variables {
  const payload = completion['message'];
  if (event.kind !== 'message' || typeof payload !== 'object' || payload === null || Array.isArray(payload)) return {};
  if (event.mappings) return evaluateMappings(execution, event.mappings, { ...execution.variables(scopeId), message: payload }, elementId, 'message field');
  const known: Record<string, Json> = {};
  // Array.isArray does not take readonly arrays out of the union.
  for (const [name, value] of Object.entries(payload as Variables)) if (isAssignable(execution.plan, execution.draft, scopeId, name)) known[name] = value;
  return known;
}
