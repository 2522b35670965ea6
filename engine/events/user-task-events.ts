import type { Actor } from '../actor.ts';
import { checkCompletion } from '../completion-checks.ts';
import { performersOf, rememberPerformer } from '../elements/user-task.ts';
import type { EngineEvent } from '../event.ts';
import type { Execution } from '../execution.ts';
import { raise } from '../failure-raised.ts';
import type { Json } from '../json.ts';
import type { ElementPlan } from '../plan.ts';
import { resolveAssignments } from '../scopes.ts';
import type { ElementInstance, UserTaskState } from '../state.ts';
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
  const { assignee: _assignee, ...released } = task;
  execution.draft.put('userTasks', released);
  execution.draft.commands.push({ type: 'updateUserTask', task: released });
  execution.draft.record('task.released', { ...placeOf(task), actor: event.actor, ...(event.reason === undefined ? {} : { reason: event.reason }) });
}

/**
 * Completes an open task with the form's data; a person with a candidate role claims an unassigned task by
 * that. Fails: as claiming, COMPLETION_CHECK_FAILED, and for a task without outputs VARIABLE_UNDECLARED,
 * VARIABLE_WRONG_TYPE, VARIABLE_TOO_LARGE.
 */
export function completeUserTask(execution: Execution, event: Event<'userTaskCompleted'>): void {
  const { task, instance, element } = openTask(execution, event.taskId);
  const { actor, data } = event;
  requireMayWorkOn(execution, task, instance, element, actor);
  const refusal = checkCompletion(element.definition.checks ?? [], { input: task.input, data, actor }, event.at);
  if (refusal) raise({ ...refusal.failure, elementId: element.id });
  if (!element.definition.outputs) resolveAssignments(execution.plan, execution.draft, instance.scopeId, data, element.id);

  const { draft } = execution;
  if (task.assignee === undefined) draft.record('task.claimed', { ...placeOf(task), actor });
  draft.remove('userTasks', task.id);
  draft.commands.push({ type: 'closeUserTask', taskId: task.id, outcome: 'completed' });
  draft.record('task.completed', {
    ...placeOf(task),
    actor,
    ...(event.reason === undefined ? {} : { reason: event.reason }),
    ...(event.times ? { times: event.times } : {}),
    detail: { data },
  });
  rememberPerformer(execution, instance, actor);
  execution.complete(instance, { data, input: task.input, actor: actorContext(actor) }, { actor });
}

function openTask(execution: Execution, taskId: string): { task: UserTaskState; instance: ElementInstance; element: ElementPlan<'userTask'> } {
  requireRunning(execution);
  const { state } = execution.draft;
  const task = state.userTasks[taskId];
  const instance = task ? state.elementInstances[task.elementInstanceId] : undefined;
  if (!task || !instance) {
    const number = Number(/^t(\d+)$/.exec(taskId)?.[1] ?? Number.NaN);
    if (number <= state.lastId) return raise({ code: 'TASK_NOT_OPEN', message: `Expected an open task, but ${taskId} is closed` });
    return raise({ code: 'TASK_NOT_FOUND', message: 'Expected a task of this instance, but there is none with this id' });
  }
  // A task's element is a userTask: only its behavior creates tasks.
  return { task, instance, element: execution.elementOf(instance) as ElementPlan<'userTask'> };
}

function requireMayWorkOn(execution: Execution, task: UserTaskState, instance: ElementInstance, element: ElementPlan<'userTask'>, actor: Actor): void {
  const elementId = task.elementId;
  if (task.assignee !== undefined && task.assignee !== actor.id) raise({ code: 'TASK_CLAIMED_BY_OTHER', elementId, message: 'Expected the person to whom the task is assigned, but it is someone else' });
  if (task.assignee === undefined && !isCandidate(task, actor)) raise({ code: 'TASK_NOT_YOURS', elementId, message: `Expected a person with one of the roles ${task.candidateRoles.join(', ')} in the task's unit, but it is someone else` });
  const people = actor.onBehalfOf === undefined ? [actor.id] : [actor.id, actor.onBehalfOf];
  for (const other of element.definition.separation ?? []) {
    const performers = performersOf(execution, instance.scopeId, other);
    if (people.some((person) => performers.includes(person))) raise({ code: 'TASK_SAME_PERSON', elementId, message: `Expected another person than the one who performed ${other}, but it is the same`, place: other });
  }
}

function isCandidate(task: UserTaskState, actor: Actor): boolean {
  const isInUnit = task.candidateUnit === undefined || actor.unit === undefined || task.candidateUnit === actor.unit;
  return isInUnit && task.candidateRoles.some((role) => actor.roles.includes(role));
}

function assign(execution: Execution, task: UserTaskState, actor: Actor): void {
  const assigned = { ...task, assignee: actor.id };
  execution.draft.put('userTasks', assigned);
  execution.draft.commands.push({ type: 'updateUserTask', task: assigned });
  execution.draft.record('task.claimed', { ...placeOf(task), actor });
}

function placeOf(task: UserTaskState): { elementId: string; elementInstanceId: string; taskId: string } {
  return { elementId: task.elementId, elementInstanceId: task.elementInstanceId, taskId: task.id };
}

function actorContext({ id, kind, roles, unit, onBehalfOf }: Actor): { [key: string]: Json } {
  return { id, kind, roles, ...(unit === undefined ? {} : { unit }), ...(onBehalfOf === undefined ? {} : { onBehalfOf }) };
}
