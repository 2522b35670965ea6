import { isBody } from '../activity-markers.ts';
import { rootScopeId } from '../draft.ts';
import { armEventSubProcesses, prepareEventSubProcesses } from '../event-sub-processes.ts';
import type { EngineEvent, ModifyInstruction } from '../event.ts';
import type { Execution } from '../execution.ts';
import { raise } from '../failure-raised.ts';
import type { Variables } from '../json.ts';
import { openOwnScope } from '../own-scope.ts';
import type { ElementPlan } from '../plan.ts';
import { applyAssignments, requireScope, resolveAssignments, scopePlanOf } from '../scopes.ts';
import type { ElementInstance, Scope } from '../state.ts';
import { requireReason } from './require-reason.ts';
import { requireRunning } from './require-running.ts';

type Event<Type extends EngineEvent['type']> = Extract<EngineEvent, { type: Type }>;

/**
 * Moves tokens as an operator decided: begins elements (with the sub-processes around them where they do not run), then
 * ends others. Fails: INSTANCE_NOT_RUNNING, REASON_MISSING, MODIFICATION_INVALID, and what the variables fail.
 */
export function modifyInstance(execution: Execution, event: Event<'instanceModified'>): void {
  requireRunning(execution);
  requireReason(event.reason);
  const { draft } = execution;
  setVariables(execution, event.variables ?? {}, event);
  // Recorded first: what follows is its consequence.
  draft.record('instance.modified', { actor: event.actor, reason: event.reason, detail: { instructions: event.instructions.map((instruction) => ({ ...instruction })) } });
  const ending = event.instructions.flatMap((instruction) => (instruction.kind === 'activate' ? [] : [runningInstance(execution, instruction.elementInstanceId)]));
  for (const instruction of event.instructions) if (instruction.kind !== 'terminate') begin(execution, instruction);
  for (const instance of ending) {
    const current = draft.state.elementInstances[instance.id];
    if (current) endInstance(execution, current);
  }
  if (execution.isAtRest(rootScopeId)) invalid('Expected something that runs to be left, but nothing is: cancel the instance instead');
}

/** Lets an ended instance run again at the given elements. Fails: INSTANCE_NOT_ENDED, REASON_MISSING, MODIFICATION_INVALID. */
export function reopenInstance(execution: Execution, event: Event<'instanceReopened'>): void {
  const { draft } = execution;
  requireReason(event.reason);
  const { status } = draft.state;
  if (status === 'created' || status === 'running') raise({ code: 'INSTANCE_NOT_ENDED', message: `Expected an instance that has ended, but it is ${status}` });
  if (event.elementIds.length === 0) invalid('Expected an element at which the instance goes on, but none is named');
  draft.set({ status: 'running' });
  draft.unset('endedAt');
  draft.record('instance.reopened', { actor: event.actor, reason: event.reason, detail: { elements: event.elementIds } });
  setVariables(execution, event.variables ?? {}, event);
  const { isInterrupted: _before, ...root } = requireScope(draft, rootScopeId);
  draft.put('scopes', root);
  armEventSubProcesses(execution, rootScopeId, prepareEventSubProcesses(execution, execution.plan.root, root.variables));
  for (const elementId of event.elementIds) begin(execution, { kind: 'activate', elementId });
}

function setVariables(execution: Execution, variables: Variables, event: EngineEvent): void {
  const [firstElement] = execution.plan.elements;
  applyAssignments(execution.draft, resolveAssignments(execution.plan, execution.draft, rootScopeId, variables, firstElement?.id ?? ''), { actor: event.actor });
}

function begin(execution: Execution, instruction: Exclude<ModifyInstruction, { kind: 'terminate' }>): void {
  const element = execution.plan.elementsById.get(instruction.elementId);
  if (!element) return invalid(`Expected element ${instruction.elementId} in the process, but there is none`, instruction.elementId);
  const { definition } = element;
  const isTriggered = definition.type === 'boundaryEvent' || (definition.type === 'subProcess' && definition.triggeredByEvent) || ('isForCompensation' in definition && definition.isForCompensation);
  if (isTriggered) return invalid(`Expected an element that a token can come to, but ${element.id} is begun by an event`, element.id);
  const ancestorId = instruction.kind === 'activate' ? instruction.ancestorId : undefined;
  execution.queueStart(element, scopeFor(execution, element, ancestorId).id);
}

/** The one scope in which the element can flow; the sub-processes around it are begun when they do not run. */
function scopeFor(execution: Execution, element: ElementPlan, ancestorId?: string): Scope {
  const { draft, plan } = execution;
  const open = Object.values(draft.state.scopes).filter((scope) => scopePlanOf(plan, draft, scope) === element.container);
  const meant = ancestorId === undefined ? open : open.filter((scope) => isInside(execution, scope, ancestorId));
  const [only] = meant;
  if (only && meant.length === 1) return only;
  if (meant.length > 1) return invalid(`Expected one running instance of the sub-process around ${element.id}, but there are ${meant.length}: name its ancestor`, element.id);
  const owner = element.container.owner;
  if (!owner || ancestorId !== undefined) return invalid(`Expected a running scope for ${element.id}, but there is none`, element.id);
  const instance = execution.begin(owner, scopeFor(execution, owner).id);
  return requireScope(draft, openOwnScope(execution, owner, instance));
}

function isInside(execution: Execution, scope: Scope, ancestorId: string): boolean {
  for (let current: Scope | undefined = scope; current; current = current.parentId === undefined ? undefined : execution.draft.state.scopes[current.parentId]) {
    if (current.elementInstanceId === ancestorId) return true;
  }
  return false;
}

function runningInstance(execution: Execution, elementInstanceId: string): ElementInstance {
  return execution.draft.state.elementInstances[elementInstanceId] ?? invalid('Expected a running element, but there is none with this id');
}

/** Ends the instance; an inner one of a repeated activity with its whole body. */
function endInstance(execution: Execution, instance: ElementInstance): void {
  const ownerId = execution.draft.state.scopes[instance.scopeId]?.elementInstanceId;
  const owner = ownerId === undefined ? undefined : execution.draft.state.elementInstances[ownerId];
  if (instance.loopCounter !== undefined && owner && isBody(owner)) return endInstance(execution, owner);
  execution.terminate(instance);
  execution.completeScopeIfDone(instance.scopeId);
}

function invalid(message: string, elementId?: string): never {
  return raise({ code: 'MODIFICATION_INVALID', message, ...(elementId === undefined ? {} : { elementId }) });
}
