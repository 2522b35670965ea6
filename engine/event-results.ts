import type { EventDefinition } from './definition/index.ts';
import type { Execution } from './execution.ts';
import type { Json, Variables } from './json.ts';
import { evaluateMappings } from './mappings.ts';
import type { ElementPlan } from './plan.ts';
import { isAssignable } from './scopes.ts';
import { definitionsOf } from './waits.ts';

/**
 * What a caught event sets: its mappings over the payload (`message`, `signal`, `error` or `escalation`), or for a
 * message or signal without any its fields that are variables here. Of a parallel multiple event, all that occurred.
 */
export function eventResults(execution: Execution, element: ElementPlan, scopeId: string, completion: Variables): Variables {
  const definitions = definitionsOf(element);
  const occurrences = completion['occurrences'];
  // Occurrences are completions by construction; Json cannot say so.
  const completions = Array.isArray(occurrences) ? (occurrences as readonly Variables[]) : [completion];
  const results: Record<string, Json> = {};
  for (const one of completions) {
    const definition = definitions[typeof one['eventIndex'] === 'number' ? one['eventIndex'] : 0];
    if (definition) Object.assign(results, resultsOf(execution, element.id, definition, scopeId, one));
  }
  return results;
}

function resultsOf(execution: Execution, elementId: string, event: EventDefinition, scopeId: string, completion: Variables): Variables {
  const payload = completion[event.kind];
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return {};
  if ('mappings' in event && event.mappings) return evaluateMappings(execution, event.mappings, { ...execution.variables(scopeId), [event.kind]: payload }, elementId, `${event.kind} field`);
  if (event.kind !== 'message' && event.kind !== 'signal') return {};
  const known: Record<string, Json> = {};
  // Array.isArray does not take readonly arrays out of the union.
  for (const [name, value] of Object.entries(payload as Variables)) if (isAssignable(execution.plan, execution.draft, scopeId, name)) known[name] = value;
  return known;
}
