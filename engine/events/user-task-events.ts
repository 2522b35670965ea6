import { engineActor, type Actor } from '../actor.ts';
import { checkCompletion } from '../completion-checks.ts';
import type { Verification } from '../definition/index.ts';
import { peopleOf, performersOf, rememberPerformers } from '../elements/user-task.ts';
import type { EngineEvent } from '../event.ts';
import type { Execution } from '../execution.ts';
import { raise } from '../failure-raised.ts';
import type { Json, Variables } from '../json.ts';
import type { ElementPlan } from '../plan.ts';
import { resolveAssignments } from '../scopes.ts';
import type { ElementInstance } from '../state.ts';
import { evaluateTimer } from '../timers.ts';
import { storedUserTask, userTaskOf, type OpenUserTask } from '../user-tasks.ts';
import { closeEventWaits, openWait } from '../waits.ts';
import { requireRunning } from './require-running.ts';

type Event<Type extends EngineEvent['type']> = Extract<EngineEvent, { type: Type }>;

/** Assigns an open task. Fails: TASK_NOT_FOUND, TASK_NOT_OPEN, TASK_CLAIMED_BY_OTHER, TASK_NOT_YOURS, TASK_SAME_PERSON. */
export function claimUserTask(execution: Execution, event: Event<'userTaskClaimed'>): void {
  const { task, instance, element } = openTask(execution, event.taskId);
  if (task.assignee === event.actor.id) return;
  requireMayWorkOn(execution, task, instance, element, event.actor);
  assign(execution, task, event.actor);
}

/** Gives a claimed task back. Fails: TASK_NOT_FOUND, TASK_NOT_OPEN, TASK_NOT_YOURS. */
export function releaseUserTask(execution: Execution, event: Event<'userTaskReleased'>): void {
  const { task } = openTask(execution, event.taskId);
  if (task.assignee !== event.actor.id) raise({ code: 'TASK_NOT_YOURS', elementId: task.elementId, message: 'Expected the person who claimed the task, but it is someone else' });
  const { assignee: _assignee, owner, ...released } = task;
  putTask(execution, owner === undefined ? released : { ...released, assignee: owner });
  execution.draft.record('task.released', { ...placeOf(task), actor: event.actor, ...(event.reason === undefined ? {} : { reason: event.reason }) });
}

/** Hands a task to another person for a while; the owner gets it back by completing or releasing it. Fails: as releasing. */
export function delegateUserTask(execution: Execution, event: Event<'userTaskDelegated'>): void {
  const { task } = openTask(execution, event.taskId);
  if (task.assignee !== event.actor.id) raise({ code: 'TASK_NOT_YOURS', elementId: task.elementId, message: 'Expected the person who claimed the task, but it is someone else' });
  putTask(execution, { ...task, assignee: event.delegateId, owner: task.owner ?? event.actor.id });
  execution.draft.record('task.delegated', { ...placeOf(task), actor: event.actor, ...(event.reason === undefined ? {} : { reason: event.reason }), detail: { delegate: event.delegateId } });
}

/**
 * Completes an open task with the form's data; a person with a candidate role claims an unassigned task by
 * that. A task with verification then waits for a second person. Fails: as claiming, COMPLETION_CHECK_FAILED, and for a
 * task without outputs VARIABLE_UNDECLARED, VARIABLE_WRONG_TYPE, VARIABLE_TOO_LARGE.
 */
export function completeUserTask(execution: Execution, event: Event<'userTaskCompleted'>): void {
  const open = openTask(execution, event.taskId);
  const { task, instance, element } = open;
  const { actor, data } = event;
  const { verification } = element.definition;
  requireMayWorkOn(execution, task, instance, element, actor);
  const first = task.verifying;
  if (first) requireOtherPerson(task, first.performers, actor, element.id);
  const facts = { input: task.input, data, actor, ...(first ? { first: first.data } : {}) };
  const refusal = checkCompletion((first ? verification?.checks : element.definition.checks) ?? [], facts, event.at);
  if (refusal) raise({ ...refusal.failure, elementId: element.id });
  const result = first?.data ?? data;
  if (!element.definition.outputs) resolveAssignments(execution.plan, execution.draft, instance.scopeId, result, element.id);

  const { draft } = execution;
  if (task.assignee === undefined) draft.record('task.claimed', { ...placeOf(task), actor });
  const details = { ...placeOf(task), actor, ...(event.reason === undefined ? {} : { reason: event.reason }), ...(event.times ? { times: event.times } : {}), detail: { data } };
  if (verification && !first) {
    draft.record('task.performed', details);
    awaitVerification(execution, { ...open, verification }, data, actor);
    return;
  }
  draft.remove('userTasks', task.id);
  draft.commands.push({ type: 'closeUserTask', taskId: task.id, outcome: 'completed' });
  draft.record('task.completed', details);
  rememberPerformers(execution, instance, [...new Set([...(first?.performers ?? []), ...peopleOf(actor)])]);
  const completion = { data: result, input: task.input, actor: actorContext(actor), ...(first ? { verification: data } : {}) };
  execution.complete(instance, completion, { actor });
}

/** The second person does not confirm: the task goes back to the first. Fails: as claiming, VERIFICATION_NOT_PENDING. */
export function rejectVerification(execution: Execution, event: Event<'userTaskVerificationRejected'>): void {
  const { task, instance, element } = openTask(execution, event.taskId);
  if (!task.verifying) return raise({ code: 'VERIFICATION_NOT_PENDING', elementId: element.id, message: 'Expected a task that awaits its second person, but it does not' });
  requireMayWorkOn(execution, task, instance, element, event.actor);
  requireOtherPerson(task, task.verifying.performers, event.actor, element.id);
  returnToFirst(execution, task, event.reason, event.actor);
}

/** The second person did not come in time. */
export function expireVerification(execution: Execution, elementInstanceId: string): void {
  const { state } = execution.draft;
  const task = Object.values(state.userTasks).find((open) => open.elementInstanceId === elementInstanceId);
  if (task?.verifying) returnToFirst(execution, userTaskOf(execution.plan, state, task), 'VERIFICATION_EXPIRED', engineActor);
}

function awaitVerification(execution: Execution, open: OpenTask & { readonly verification: Verification }, data: Variables, actor: Actor): void {
  const { task, instance, element, verification } = open;
  const { timeLimit } = verification;
  const wait = timeLimit === undefined ? undefined : evaluateTimer(execution, element.id, { kind: 'timer', timeDuration: timeLimit }, execution.variables(instance.scopeId));
  const { assignee: _first, ...rest } = task;
  putTask(execution, { ...rest, verifying: { data, performers: peopleOf(actor), performedAt: execution.at, ...(wait ? { until: wait.dueAt } : {}) } });
  if (wait) openWait(execution, instance.id, { kind: 'timer', elementId: element.id, dueAt: wait.dueAt });
}

function returnToFirst(execution: Execution, task: OpenUserTask, reason: string, actor: Actor): void {
  const { verifying: _rejected, assignee: _second, ...rest } = task;
  closeEventWaits(execution, task.elementInstanceId, (elementId) => elementId === task.elementId);
  putTask(execution, rest);
  execution.draft.record('task.verificationRejected', { ...placeOf(task), actor, reason });
}

/** To whom it is offered follows from what is put: the first person, or the second one. */
function putTask(execution: Execution, task: OpenUserTask): void {
  const { draft, plan } = execution;
  const stored = storedUserTask(draft.state, task);
  draft.put('userTasks', stored);
  draft.commands.push({ type: 'updateUserTask', task: userTaskOf(plan, draft.state, stored) });
}

interface OpenTask {
  readonly task: OpenUserTask;
  readonly instance: ElementInstance;
  readonly element: ElementPlan<'userTask'>;
}

function openTask(execution: Execution, taskId: string): OpenTask {
  requireRunning(execution);
  const { state } = execution.draft;
  const stored = state.userTasks[taskId];
  const instance = stored ? state.elementInstances[stored.elementInstanceId] : undefined;
  if (!stored || !instance) {
    const number = Number(/^t(\d+)$/.exec(taskId)?.[1] ?? Number.NaN);
    if (number <= state.lastId) return raise({ code: 'TASK_NOT_OPEN', message: `Expected an open task, but ${taskId} is closed` });
    return raise({ code: 'TASK_NOT_FOUND', message: 'Expected a task of this instance, but there is none with this id' });
  }
  // A task's element is a userTask: only its behavior creates tasks.
  return { task: userTaskOf(execution.plan, state, stored), instance, element: execution.elementOf(instance) as ElementPlan<'userTask'> };
}

function requireMayWorkOn(execution: Execution, task: OpenUserTask, instance: ElementInstance, element: ElementPlan<'userTask'>, actor: Actor): void {
  const elementId = task.elementId;
  if (task.assignee !== undefined && task.assignee !== actor.id) raise({ code: 'TASK_CLAIMED_BY_OTHER', elementId, message: 'Expected the person to whom the task is assigned, but it is someone else' });
  if (task.assignee === undefined && !isCandidate(task, actor)) raise({ code: 'TASK_NOT_YOURS', elementId, message: `Expected a person with one of the roles ${task.candidateRoles.join(', ')} in the task's unit, but it is someone else` });
  for (const other of element.definition.separation ?? []) {
    const performers = performersOf(execution, instance.scopeId, other);
    requireOtherPerson(task, performers, actor, other);
  }
}

function requireOtherPerson(task: OpenUserTask, performers: readonly string[], actor: Actor, performed: string): void {
  if (!peopleOf(actor).some((person) => performers.includes(person))) return;
  raise({ code: 'TASK_SAME_PERSON', elementId: task.elementId, message: `Expected another person than the one who performed ${performed}, but it is the same`, place: performed });
}

function isCandidate(task: OpenUserTask, actor: Actor): boolean {
  const isInUnit = task.candidateUnit === undefined || actor.unit === undefined || task.candidateUnit === actor.unit;
  return isInUnit && task.candidateRoles.some((role) => actor.roles.includes(role));
}

function assign(execution: Execution, task: OpenUserTask, actor: Actor): void {
  putTask(execution, { ...task, assignee: actor.id });
  execution.draft.record('task.claimed', { ...placeOf(task), actor });
}

function placeOf(task: OpenUserTask): { elementId: string; elementInstanceId: string; taskId: string } {
  return { elementId: task.elementId, elementInstanceId: task.elementInstanceId, taskId: task.id };
}

function actorContext({ id, kind, roles, unit, onBehalfOf }: Actor): { [key: string]: Json } {
  return { id, kind, roles, ...(unit === undefined ? {} : { unit }), ...(onBehalfOf === undefined ? {} : { onBehalfOf }) };
}
