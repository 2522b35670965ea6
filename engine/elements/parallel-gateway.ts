import type { Draft } from '../draft.ts';
import type { ElementBehavior } from '../element-behavior.ts';
import { requireScope } from '../scopes.ts';
import type { Scope } from '../state.ts';

/** Waits for one token over each incoming flow, then takes every outgoing one. BPMN 2.0.2 §13.4.1. */
export const parallelGateway: ElementBehavior<'parallelGateway'> = {
  join(execution, element, scopeId, flow) {
    if (element.incoming.length < 2) return true;
    const scope = requireScope(execution.draft, scopeId);
    const waiting = { ...scope.joins?.[element.id] };
    waiting[flow.definition.id] = (waiting[flow.definition.id] ?? 0) + 1;
    const isComplete = element.incoming.every(({ definition }) => (waiting[definition.id] ?? 0) > 0);
    putJoin(execution.draft, scope, element.id, isComplete ? withoutOneEach(waiting) : waiting);
    return isComplete;
  },
  activate(execution, _element, instance) {
    execution.complete(instance);
  },
};

/** Drops the tokens that wait at a join, when an operator lets it go on without the missing ones. */
export function clearJoin(draft: Draft, scopeId: string, elementId: string): void {
  putJoin(draft, requireScope(draft, scopeId), elementId, {});
}

function withoutOneEach(waiting: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(waiting).map(([id, count]) => [id, count - 1]));
}

function putJoin(draft: Draft, scope: Scope, elementId: string, waiting: Readonly<Record<string, number>>): void {
  const { joins = {}, ...rest } = scope;
  const { [elementId]: _before, ...others } = joins;
  const left = Object.fromEntries(Object.entries(waiting).filter(([, count]) => count > 0));
  const next = Object.keys(left).length > 0 ? { ...others, [elementId]: left } : others;
  draft.put('scopes', Object.keys(next).length > 0 ? { ...rest, joins: next } : rest);
}
