import type { Actor } from './actor.ts';
import { rootScopeId } from './draft.ts';
import { latestFirst, startHandlerIn, takeProcessHandler } from './compensation.ts';
import type { Execution } from './execution.ts';
import { requireScope } from './scopes.ts';
import type { CompensationEntry, Scope } from './state.ts';
import { unfinishedEntries } from './unfinished-compensation.ts';
import { closeEventWaits } from './waits.ts';

/** How an instance ends before its time, or is undone after its end for the caller that waits for that. */
interface Cancellation {
  readonly reason: string;
  readonly actor: Actor;
  /** After undoing what completed. */
  readonly compensate: boolean;
  readonly isForCaller?: true;
}

/** Ends everything that runs, undoes what completed when that is asked for, and ends the instance as cancelled. */
export function cancel(execution: Execution, { compensate, ...cancellation }: Cancellation): void {
  const { draft } = execution;
  const { reason, actor } = cancellation;
  const entries = compensate ? allEntries(execution) : [];
  execution.terminateScope(rootScopeId);
  closeEventWaits(execution, rootScopeId);
  stopUndoing(execution);
  if (entries.length === 0) return end(execution, cancellation);
  draft.set({ cancelling: { ...cancellation, compensating: entries } });
  draft.record('compensation.started', { actor, reason, detail: { activities: entries.map(({ elementId }) => elementId) } });
  continueCancellation(execution);
}

/** Undoes the next activity, or ends the instance. */
export function continueCancellation(execution: Execution): void {
  const { draft } = execution;
  const { cancelling } = draft.state;
  if (!cancelling) return;
  for (const scope of undoingScopes(execution)) draft.remove('scopes', scope.id);
  const [entry, ...compensating] = cancelling.compensating;
  if (!entry) {
    draft.unset('cancelling');
    draft.record('compensation.completed', { reason: cancelling.reason });
    end(execution, cancelling);
    return;
  }
  draft.set({ cancelling: { ...cancelling, compensating } });
  startHandlerIn(execution, { parentId: rootScopeId }, entry);
}

/** What ends an instance that is being undone stops that as well. What is left, also what was being undone, can be undone later. */
export function stopUndoing(execution: Execution): void {
  const { draft } = execution;
  const { cancelling } = draft.state;
  if (!cancelling) return;
  const scopes = undoingScopes(execution);
  const left = [...scopes.flatMap((scope) => unfinishedEntries(execution, scope)), ...cancelling.compensating].reverse();
  draft.unset('cancelling');
  for (const { id } of scopes) {
    execution.terminateScope(id);
    draft.remove('scopes', id);
  }
  const root = requireScope(draft, rootScopeId);
  if (left.length > 0) draft.put('scopes', { ...root, compensations: [...(root.compensations ?? []), ...left] });
}

/** In which the instance is undone before it ends: nothing in it owns them. */
function undoingScopes({ draft }: Execution): Scope[] {
  return Object.values(draft.state.scopes).filter((scope) => scope.isSnapshot && scope.elementInstanceId === undefined);
}

/** What completed in every scope that is still open, latest first; what undoes the process as a whole comes last. */
function allEntries(execution: Execution): CompensationEntry[] {
  const { draft } = execution;
  const whole = takeProcessHandler(execution);
  const lists = Object.values(draft.state.scopes).flatMap(({ isSnapshot, compensations = [] }) => (isSnapshot || compensations.length === 0 ? [] : [compensations]));
  const root = requireScope(draft, rootScopeId);
  const { compensations: _taken, ...rest } = root;
  draft.put('scopes', rest);
  // What is left of an undoing that was broken off stands in its order, which the times do not tell.
  const entries = lists.length === 1 ? lists.flat() : lists.flat().sort((left, right) => (left.completedAt < right.completedAt ? -1 : left.completedAt > right.completedAt ? 1 : 0));
  const others = latestFirst(entries);
  return whole ? [...others, whole] : others;
}

function end(execution: Execution, { reason, actor, isForCaller }: Omit<Cancellation, 'compensate'>): void {
  const { draft } = execution;
  draft.set({ status: 'cancelled', endedAt: execution.at });
  draft.record('instance.cancelled', { actor, reason });
  draft.commands.push({ type: 'endInstance', status: 'cancelled', variables: requireScope(draft, rootScopeId).variables, ...(isForCaller ? { isUndone: true } : {}) });
}
