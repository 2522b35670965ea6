import { completedCallOf, startCallCompensation } from './call-compensation.ts';
import { rootScopeId } from './draft.ts';
import type { Execution } from './execution.ts';
import type { ElementPlan, ScopePlan } from './plan.ts';
import { requireScope, visibleVariables } from './scopes.ts';
import type { CompensationEntry, ElementInstance, Scope } from './state.ts';

/**
 * Remembers that the activity completed and how it can be undone, with the data of this moment. `scopeId` is the scope
 * in which it flows (around the body, for one instance of a repeated activity). BPMN 2.0.2 §13.5.5.
 */
export function rememberForCompensation(execution: Execution, element: ElementPlan, instance: ElementInstance, scopeId: string): void {
  const entry = entryOf(execution, element, instance);
  if (!entry) return;
  const scope = requireScope(execution.draft, scopeId);
  execution.draft.put('scopes', { ...scope, compensations: [...(scope.compensations ?? []), entry] });
}

function entryOf(execution: Execution, element: ElementPlan, instance: ElementInstance): CompensationEntry | undefined {
  const { draft } = execution;
  const completed = { elementId: element.id, completedAt: execution.at };
  if (element.compensationHandler) return { ...completed, handlerId: element.compensationHandler.id, variables: visibleVariables(draft, instance.scopeId) };
  const call = completedCallOf(instance);
  if (call) return { ...completed, call };
  const own = element.inner ? draft.scopesOwnedBy(instance.id)[0] : undefined;
  if (!own || isEventSubProcess(element)) return undefined;
  const inner = own.compensations ?? [];
  const handler = handlerOf(element.inner);
  if (handler) return { ...completed, handlerId: handler.element.id, variables: visibleVariables(draft, own.id), inner };
  return inner.length > 0 ? { ...completed, inner } : undefined;
}

/** Whether something can be undone of a process that ends now: by its compensation event sub-process, or from the inside. */
export function isProcessUndoable({ draft, plan }: Execution): boolean {
  const { compensations = [], isUndone } = requireScope(draft, rootScopeId);
  return compensations.length > 0 || (handlerOf(plan.root) !== undefined && !isUndone);
}

/** The compensation event sub-process among those of a process or sub-process. */
function handlerOf(plan: ScopePlan | undefined): ScopePlan['eventSubProcesses'][number] | undefined {
  return plan?.eventSubProcesses.find(({ start }) => start.definition.event?.kind === 'compensation');
}

/**
 * What undoes the process as a whole: its compensation event sub-process, once, with what completed so far. A throw event
 * for the entire process instance asks for it, and who has called the process, after its end. BPMN 2.0.2 §10.5.1, §10.7.
 */
export function takeProcessHandler(execution: Execution): CompensationEntry | undefined {
  const { draft, plan } = execution;
  const { compensations: inner = [], ...root } = requireScope(draft, rootScopeId);
  const handler = root.isUndone ? undefined : handlerOf(plan.root);
  if (!handler) return undefined;
  draft.put('scopes', { ...root, isUndone: true });
  return { elementId: handler.element.id, completedAt: execution.at, handlerId: handler.element.id, variables: root.variables, inner };
}

/** Takes out of the scope what a throw event undoes: everything, or one activity, also of the scopes around. Latest first. */
export function takeEntries(execution: Execution, scopeId: string, activityRef: string | undefined): CompensationEntry[] {
  const { draft } = execution;
  const target = targetScope(execution, requireScope(draft, scopeId));
  const whole = target.id === rootScopeId && activityRef === undefined ? takeProcessHandler(execution) : undefined;
  if (whole) return [whole];
  for (let scope: Scope | undefined = target; scope; scope = activityRef === undefined || scope.parentId === undefined ? undefined : draft.state.scopes[scope.parentId]) {
    const { compensations = [], ...rest } = scope;
    const meant = compensations.filter(({ elementId }) => activityRef === undefined || elementId === activityRef);
    if (meant.length === 0) continue;
    const left = compensations.filter((entry) => !meant.includes(entry));
    draft.put('scopes', left.length > 0 ? { ...rest, compensations: left } : rest);
    return latestFirst(meant);
  }
  return [];
}

/** From an event sub-process, what its scope has completed is undone. */
function targetScope(execution: Execution, scope: Scope): Scope {
  const owner = scope.elementInstanceId === undefined ? undefined : execution.draft.state.elementInstances[scope.elementInstanceId];
  return owner && isEventSubProcess(execution.elementOf(owner)) ? targetScope(execution, requireScope(execution.draft, owner.scopeId)) : scope;
}

/** In reverse order of completion; a sub-process without a handler is undone from the inside, a call by the process that it called. */
export function latestFirst(entries: readonly CompensationEntry[]): CompensationEntry[] {
  return [...entries].reverse().flatMap((entry) => (entry.handlerId === undefined && !entry.call ? latestFirst(entry.inner ?? []) : [entry]));
}

/** Undoes the entries one after the other; the instance is active until all are done. */
export function startCompensation(execution: Execution, instance: ElementInstance, entries: readonly CompensationEntry[]): void {
  const compensating = { ...instance, compensating: entries };
  if (instance.status === 'activating') execution.draft.transition(compensating, 'active');
  else execution.draft.put('elementInstances', compensating);
  execution.draft.record('compensation.started', { elementId: instance.elementId, elementInstanceId: instance.id, detail: { activities: entries.map(({ elementId }) => elementId) } });
  continueCompensation(execution, instance.id);
}

/**
 * Undoes the entries while the flow goes on: an element instance without a token keeps the scope open until all is done.
 * BPMN 2.0.2 §10.5.5, `waitForCompletion`.
 */
export function startCompensationBesideFlow(execution: Execution, thrower: ElementInstance, entries: readonly CompensationEntry[]): void {
  const { elementId, scopeId } = thrower;
  const instance: ElementInstance = { id: execution.draft.nextId('e'), elementId, scopeId, status: 'active', activatedAt: execution.at, isBesideFlow: true };
  execution.draft.put('elementInstances', instance);
  startCompensation(execution, instance, entries);
}

/** Starts the next handler, in a scope with the data of its time, or ends the compensation. */
export function continueCompensation(execution: Execution, instanceId: string): void {
  const { draft } = execution;
  const instance = draft.state.elementInstances[instanceId];
  if (!instance?.compensating) return;
  for (const { id, isSnapshot } of draft.scopesOwnedBy(instanceId)) if (isSnapshot) draft.remove('scopes', id);
  const [entry, ...rest] = instance.compensating;
  if (!entry) {
    concludeCompensation(execution, instance);
    return;
  }
  draft.put('elementInstances', { ...instance, compensating: rest });
  startHandler(execution, instance, entry);
}

function startHandler(execution: Execution, instance: ElementInstance, entry: CompensationEntry): void {
  const own = execution.draft.scopesOwnedBy(instance.id)[0];
  startHandlerIn(execution, { parentId: own?.id ?? instance.scopeId, elementInstanceId: instance.id }, entry);
}

/** Starts the handler of an entry in a scope with the data of its time. */
export function startHandlerIn(execution: Execution, place: { readonly parentId: string; readonly elementInstanceId?: string }, entry: CompensationEntry): void {
  const { draft } = execution;
  const { variables = {}, inner = [], ...undoes } = entry;
  const scope: Scope = { id: draft.nextId('s'), ...place, variables, isSnapshot: true, undoes, ...(inner.length > 0 ? { compensations: inner } : {}) };
  draft.put('scopes', scope);
  if (entry.call) return startCallCompensation(execution, scope.id, entry, entry.call);
  const handler = execution.element(entry.handlerId ?? entry.elementId);
  const start = isEventSubProcess(handler) ? handler.inner?.startEvents[0] : undefined;
  if (!start) return execution.activate(handler, scope.id);
  execution.enter(execution.begin(handler, scope.id, { trigger: { startElementId: start.id, completion: {} } }));
}

function concludeCompensation(execution: Execution, instance: ElementInstance): void {
  const { compensating: _done, ...rest } = instance;
  const { draft } = execution;
  if (rest.isBesideFlow) draft.remove('elementInstances', rest.id);
  else draft.put('elementInstances', rest);
  draft.record('compensation.completed', { elementId: instance.elementId, elementInstanceId: instance.id });
  if (rest.isBesideFlow) execution.completeScopeIfDone(rest.scopeId);
  else execution.compensated(rest);
}

function isEventSubProcess({ definition }: ElementPlan): boolean {
  return definition.type === 'subProcess' && definition.triggeredByEvent === true;
}
