import type { Execution } from './execution.ts';
import type { ElementPlan } from './plan.ts';
import type { CompensationEntry, Scope } from './state.ts';

/**
 * What is being undone in the scope, as an entry that can be undone later; none when the scope does not say. Of what a
 * compensation event sub-process undoes from the inside, what is done already is left out.
 */
export function unfinishedEntries(execution: Execution, scope: Scope): CompensationEntry[] {
  const { undoes, variables } = scope;
  if (!undoes) return [];
  const inner = [...(scope.compensations ?? []), ...takenFrom(execution, scope, undoes)];
  return [{ ...undoes, ...(undoes.handlerId === undefined ? {} : { variables }), ...(inner.length > 0 ? { inner } : {}) }];
}

/** What throw events in the handler have taken out of the scope and not undone yet, in the order of completion. */
function takenFrom(execution: Execution, scope: Scope, { handlerId }: Pick<CompensationEntry, 'handlerId'>): CompensationEntry[] {
  const { draft } = execution;
  const handler = handlerId === undefined ? undefined : execution.element(handlerId);
  const throwers = Object.values(draft.state.elementInstances).filter(({ compensating, scopeId }) => compensating && isInside(execution, scopeId, scope.id));
  return throwers.flatMap(({ id, compensating = [] }) => {
    const present = draft.scopesOwnedBy(id).flatMap((own) => unfinishedEntries(execution, own));
    // What the handler itself has done and takes back is no part of what it undoes.
    return [...present, ...compensating].filter(({ elementId }) => !handler || !isPartOf(execution.element(elementId), handler)).reverse();
  });
}

function isInside({ draft }: Execution, scopeId: string, outerId: string): boolean {
  for (let current = draft.state.scopes[scopeId]; current; current = current.parentId === undefined ? undefined : draft.state.scopes[current.parentId]) {
    // Another undoing in between tells of its own.
    if (current.id === outerId) return true;
    if (current.undoes) return false;
  }
  return false;
}

function isPartOf(element: ElementPlan, outer: ElementPlan): boolean {
  for (let { owner } = element.container; owner; { owner } = owner.container) if (owner === outer) return true;
  return false;
}
