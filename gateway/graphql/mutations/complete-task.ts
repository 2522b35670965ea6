import { checkCompletion, type ClinicalTimes, type CompletionCheck, type Variables } from '#engine';
import { actorAt } from '../../identity/acting.ts';
import type { CommandFailure } from '../../commands/index.ts';
import { builder } from '../builder.ts';
import { comparedValues } from '../compared-values.ts';
import type { RequestContext } from '../context.ts';
import { expectedErrorOf, ExpectedError, RefusedError } from '../expected-errors.ts';
import { validateForm } from '../form-validation.ts';
import { refused } from '../refuse.ts';
import { mutationErrors } from '../types/errors.ts';
import { ProcessInstanceType } from '../types/process-instance.ts';
import { TaskType } from '../types/task.ts';
import { variablesOf } from '../variable-size.ts';
import { idempotencyKeyOptions, inputSchemas } from './inputs.ts';
import { aboutTask, requireCandidate, requireTask, takenAtTask, userTaskOf, type TaskRow } from './outcome.ts';
import { taskAfter, type TaskPayload } from './task-commands.ts';

const CompleteTaskInput = builder.inputType('CompleteTaskInput', {
  fields: (t) => ({
    taskId: t.id({ required: true, validate: inputSchemas.id }),
    data: t.field({ type: 'JSON', required: true, description: "The form's data." }),
    reason: t.string({ validate: inputSchemas.reason }),
    occurredAt: t.field({ type: 'DateTime', description: 'When it was done, where that was not now.' }),
    deviceAt: t.field({ type: 'DateTime', description: "The device's clock." }),
    lateEntry: t.boolean({ description: '补录' }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

const VerifyTaskInput = builder.inputType('VerifyTaskInput', {
  fields: (t) => ({
    taskId: t.id({ required: true, validate: inputSchemas.id }),
    data: t.field({ type: 'JSON', required: true, description: 'What was scanned so far.' }),
  }),
});

const CompleteTaskPayload = builder.objectRef<TaskPayload & { readonly instanceId: string }>('CompleteTaskPayload').implement({
  fields: (t) => ({
    task: t.field({ type: TaskType, resolve: (payload, _args, context) => taskAfter(payload, context) }),
    // The instance of the task that the viewer has just done.
    processInstance: t.field({ type: ProcessInstanceType, resolve: ({ instanceId }, _args, { database }) => database.prisma.processInstance.findUniqueOrThrow({ where: { id: instanceId } }) }),
    pending: t.exposeBoolean('pending', { description: 'It is safe in the inbox and will be done.' }),
  }),
});

const VerifyTaskPayload = builder.objectRef<TaskPayload>('VerifyTaskPayload').implement({
  fields: (t) => ({
    accepted: t.boolean({ resolve: () => true }),
    task: t.field({ type: TaskType, resolve: (payload, _args, context) => taskAfter(payload, context) }),
  }),
});

builder.mutationField('completeTask', (t) =>
  t.field({
    type: CompleteTaskPayload,
    errors: { types: mutationErrors, directResult: true, union: { name: 'CompleteTaskResult' } },
    args: { input: t.arg({ type: CompleteTaskInput, required: true }) },
    resolve: async (_root, { input }, context) => {
      const task = await requireTask(input.taskId, context);
      await requireCandidate(task, context);
      const data = await formData(task, variablesOrRefusal(input.data), context);
      const outcome = await context.commands.completeTask({
        actor: actorAt(context.viewer, task),
        instanceId: task.instanceId,
        taskId: task.taskId,
        data,
        idempotencyKey: input.idempotencyKey,
        ...(input.reason ? { reason: input.reason } : {}),
        ...timesOf(input),
      });
      const checks = await checksOf(task, context);
      const { status } = takenAtTask(outcome, (failure) => completionError(failure, checks, task.input as Variables, data));
      return { id: task.id, instanceId: task.instanceId, pending: status === 'pending' };
    },
  }),
);

builder.mutationField('verifyTask', (t) =>
  t.field({
    type: VerifyTaskPayload,
    description: "Asks the task's checks without completing it, for example after each scan. A refusal is on record.",
    errors: { types: mutationErrors, directResult: true, union: { name: 'VerifyTaskResult' } },
    args: { input: t.arg({ type: VerifyTaskInput, required: true }) },
    resolve: async (_root, { input }, context) => {
      const task = await requireTask(input.taskId, context);
      await requireCandidate(task, context);
      const data = variablesOrRefusal(input.data);
      if (data instanceof ExpectedError) throw await refused(data, aboutTask(task), context);
      if (task.status !== 'open') throw await refused(expectedErrorOf({ code: 'TASK_NOT_OPEN', message: 'Expected an open task, but it has ended' }), aboutTask(task), context);
      const checks = await checksOf(task, context);
      const input_ = task.input as Variables;
      const facts = { input: input_, data, actor: actorAt(context.viewer, task), ...(task.performedAt === null ? {} : { first: task.performedData as Variables }) };
      const refusal = checkCompletion(checks, facts, new Date().toISOString());
      if (refusal) throw await refused(completionError({ ...refusal.failure, checkCode: refusal.checkCode }, checks, input_, data), aboutTask(task), context);
      // Completing it would say so as well, but then the drug is given.
      const separation = (await userTaskOf(task, context))?.separation ?? [];
      const performed = await context.commands.readSeparation({ instanceId: task.instanceId, taskId: task.taskId, separation, actor: facts.actor });
      if (performed !== undefined) throw await refused(expectedErrorOf({ code: 'TASK_SAME_PERSON', message: `Expected another person than the one who performed ${performed}, but it is the same` }), aboutTask(task), context);
      return { id: task.id, pending: false };
    },
  }),
);

/** The checks of the completion that comes next: the first person's, or the one's who verifies. */
async function checksOf(task: TaskRow, context: RequestContext): Promise<readonly CompletionCheck[]> {
  const element = await userTaskOf(task, context);
  return (task.performedAt === null ? element?.checks : element?.verification?.checks) ?? [];
}

function variablesOrRefusal(value: Parameters<typeof variablesOf>[0]): Variables | ExpectedError {
  try {
    return variablesOf(value, 'data');
  } catch (error) {
    if (error instanceof ExpectedError) return error;
    throw error;
  }
}

/** The data, when they are small enough and fit the task's form. Throws VARIABLE_TOO_LARGE, FORM_INVALID, on record. */
async function formData(task: TaskRow, data: Variables | ExpectedError, context: RequestContext): Promise<Variables> {
  if (data instanceof ExpectedError) throw await refused(data, aboutTask(task), context);
  const form = (await context.bundles.get(task.instance.bundleHash)).forms.get(task.form);
  const invalid = form ? validateForm(form, data) : undefined;
  if (invalid) throw await refused(invalid, aboutTask(task), context);
  return data;
}

function timesOf({ occurredAt, deviceAt, lateEntry }: { occurredAt?: Date | null | undefined; deviceAt?: Date | null | undefined; lateEntry?: boolean | null | undefined }): { readonly times?: ClinicalTimes } {
  if (!occurredAt && !deviceAt && !lateEntry) return {};
  return {
    times: {
      ...(occurredAt ? { occurredAt: occurredAt.toISOString(), timeSource: deviceAt ? 'device' : 'person' } : {}),
      ...(deviceAt ? { deviceAt: deviceAt.toISOString() } : {}),
      ...(lateEntry ? { lateEntry } : {}),
    },
  };
}

/** The typed error of a refused completion; for a failed check with the check's own words and what it compared. */
function completionError(failure: CommandFailure, checks: readonly { readonly code: string; readonly condition: string; readonly message: { readonly 'zh-CN': string; readonly en: string } }[], input: Variables, data: Variables): ExpectedError {
  if (failure.code !== 'COMPLETION_CHECK_FAILED') return expectedErrorOf(failure);
  const checkCode = failure.checkCode ?? failure.place;
  const check = checks.find(({ code }) => code === checkCode);
  return new RefusedError({ code: failure.code, checkCode, detail: failure.message, checkMessage: check?.message, ...(check ? comparedValues(check.condition, input, data) : {}) });
}
