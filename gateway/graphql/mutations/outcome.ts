import type { UserTask } from '#engine';
import { isCandidate } from '../../identity/task-rights.ts';
import type { CommandFailure, CommandOutcome } from '../../commands/index.ts';
import type { RequestContext } from '../context.ts';
import { expectedErrorOf, ForbiddenError, NotFoundError, type ExpectedError } from '../expected-errors.ts';
import { plainIdOf } from '../global-ids.ts';
import { refused } from '../refuse.ts';
import { visibleTask } from '../visible-rows.ts';

/** A command that was taken: for sure, or `pending` in the inbox. */
export type Taken = Exclude<CommandOutcome, { readonly status: 'refused' }>;

/** The outcome unless it was refused; a refusal, which the command service has on record, is thrown as its typed error. */
export function taken(outcome: CommandOutcome, toError: (failure: CommandFailure) => ExpectedError = expectedErrorOf): Taken {
  if (outcome.status === 'refused') throw toError(outcome.failure);
  return outcome;
}

/**
 * The outcome of a command at a task. A task of an instance that has ended is told as what it is, a task that
 * is not open.
 */
export function takenAtTask(outcome: CommandOutcome, toError: (failure: CommandFailure) => ExpectedError = expectedErrorOf): Taken {
  return taken(outcome, (failure) => toError(failure.code === 'INSTANCE_NOT_RUNNING' ? { ...failure, code: 'TASK_NOT_OPEN' } : failure));
}

export type TaskRow = NonNullable<Awaited<ReturnType<typeof visibleTask>>>;

/** The task that an input names, when the viewer may see it. Throws TASK_NOT_FOUND, on record. */
export async function requireTask(taskId: string, context: RequestContext): Promise<TaskRow> {
  const task = await visibleTask(plainIdOf('Task', taskId), context);
  if (!task) throw await refused(new NotFoundError({ code: 'TASK_NOT_FOUND', place: 'taskId' }), {}, context);
  return task;
}

/** Refuses who is no candidate for an open task. Whether it is open and whose it is, the engine decides. Throws TASK_NOT_YOURS, on record. */
export async function requireCandidate(task: TaskRow, context: RequestContext): Promise<void> {
  if (task.status !== 'open' || task.assignee === context.viewer.id || isCandidate(task, context.viewer)) return;
  throw await refused(new ForbiddenError({ code: 'TASK_NOT_YOURS', place: 'taskId' }), aboutTask(task), context);
}

/** What a refusal at a task is about, for the record. */
export function aboutTask({ instanceId, taskId, elementId, patientId }: TaskRow) {
  return { instanceId, taskId, elementId, ...(patientId === null ? {} : { patientId }) };
}

/** The task's element in the instance's own version of the process. */
export async function userTaskOf({ elementId, instance }: TaskRow, { bundles }: RequestContext): Promise<UserTask | undefined> {
  const element = (await bundles.get(instance.bundleHash)).elements.get(elementId);
  return element?.type === 'userTask' ? element : undefined;
}
