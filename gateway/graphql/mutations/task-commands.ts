import { eligibleFor } from '../../identity/task-rights.ts';
import { actorAt } from '../../identity/acting.ts';
import { builder } from '../builder.ts';
import type { RequestContext } from '../context.ts';
import { RefusedError } from '../expected-errors.ts';
import { refused } from '../refuse.ts';
import { mutationErrors } from '../types/errors.ts';
import { TaskType } from '../types/task.ts';
import { idempotencyKeyOptions, inputSchemas } from './inputs.ts';
import { aboutTask, requireCandidate, requireTask, takenAtTask, type TaskRow } from './outcome.ts';

const ClaimTaskInput = builder.inputType('ClaimTaskInput', {
  fields: (t) => ({
    taskId: t.id({ required: true, validate: inputSchemas.id }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

const ReleaseTaskInput = builder.inputType('ReleaseTaskInput', {
  fields: (t) => ({
    taskId: t.id({ required: true, validate: inputSchemas.id }),
    reason: t.string({ validate: inputSchemas.reason }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

const DelegateTaskInput = builder.inputType('DelegateTaskInput', {
  fields: (t) => ({
    taskId: t.id({ required: true, validate: inputSchemas.id }),
    delegateId: t.string({ required: true, description: 'Id of the person who gets it for a while.', validate: inputSchemas.id }),
    reason: t.string({ validate: inputSchemas.reason }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

const RejectTaskVerificationInput = builder.inputType('RejectTaskVerificationInput', {
  fields: (t) => ({
    taskId: t.id({ required: true, validate: inputSchemas.id }),
    reason: t.string({ required: true, validate: inputSchemas.reason }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

/** A task that a command of the viewer was about. */
export interface TaskPayload {
  readonly id: string;
  readonly pending: boolean;
}

/** The task as it is after the command; the viewer saw it before, so no further right is asked. */
export function taskAfter({ id }: TaskPayload, { database }: RequestContext) {
  return database.prisma.userTask.findUniqueOrThrow({ where: { id }, include: { instance: { select: { bundleHash: true } } } });
}

const payloadOf = (name: string) =>
  builder.objectRef<TaskPayload>(name).implement({
    fields: (t) => ({
      task: t.field({ type: TaskType, resolve: (payload, _args, context) => taskAfter(payload, context) }),
      pending: t.exposeBoolean('pending', { description: 'It is safe in the inbox and will be done.' }),
    }),
  });
const ClaimTaskPayload = payloadOf('ClaimTaskPayload');
const ReleaseTaskPayload = payloadOf('ReleaseTaskPayload');
const DelegateTaskPayload = payloadOf('DelegateTaskPayload');
const RejectTaskVerificationPayload = payloadOf('RejectTaskVerificationPayload');

builder.mutationField('claimTask', (t) =>
  t.field({
    type: ClaimTaskPayload,
    errors: { types: mutationErrors, directResult: true, union: { name: 'ClaimTaskResult' } },
    args: { input: t.arg({ type: ClaimTaskInput, required: true }) },
    resolve: async (_root, { input }, context) => {
      const task = await requireTask(input.taskId, context);
      await requireCandidate(task, context);
      const outcome = takenAtTask(await context.commands.claimTask({ actor: actorAt(context.viewer, task), instanceId: task.instanceId, taskId: task.taskId, idempotencyKey: input.idempotencyKey }));
      return { id: task.id, pending: outcome.status === 'pending' };
    },
  }),
);

builder.mutationField('releaseTask', (t) =>
  t.field({
    type: ReleaseTaskPayload,
    errors: { types: mutationErrors, directResult: true, union: { name: 'ReleaseTaskResult' } },
    args: { input: t.arg({ type: ReleaseTaskInput, required: true }) },
    resolve: async (_root, { input }, context) => {
      const task = await requireTask(input.taskId, context);
      const outcome = takenAtTask(await context.commands.releaseTask({ actor: actorAt(context.viewer, task), instanceId: task.instanceId, taskId: task.taskId, idempotencyKey: input.idempotencyKey, ...(input.reason ? { reason: input.reason } : {}) }));
      return { id: task.id, pending: outcome.status === 'pending' };
    },
  }),
);

builder.mutationField('delegateTask', (t) =>
  t.field({
    type: DelegateTaskPayload,
    description: 'Hands a task that the viewer has taken to another candidate for a while; completing or releasing it gives it back.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'DelegateTaskResult' } },
    args: { input: t.arg({ type: DelegateTaskInput, required: true }) },
    resolve: async (_root, { input }, context) => {
      const task = await requireTask(input.taskId, context);
      if (!(await isEligible(input.delegateId, task, context))) throw await refused(new RefusedError({ code: 'DELEGATE_NOT_ELIGIBLE', place: 'delegateId' }), aboutTask(task), context);
      const outcome = takenAtTask(await context.commands.delegateTask({ actor: actorAt(context.viewer, task), instanceId: task.instanceId, taskId: task.taskId, delegateId: input.delegateId, idempotencyKey: input.idempotencyKey, ...(input.reason ? { reason: input.reason } : {}) }));
      return { id: task.id, pending: outcome.status === 'pending' };
    },
  }),
);

builder.mutationField('rejectTaskVerification', (t) =>
  t.field({
    type: RejectTaskVerificationPayload,
    description: 'The second person does not confirm what the first has done: the task goes back.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'RejectTaskVerificationResult' } },
    args: { input: t.arg({ type: RejectTaskVerificationInput, required: true }) },
    resolve: async (_root, { input }, context) => {
      const task = await requireTask(input.taskId, context);
      await requireCandidate(task, context);
      const outcome = takenAtTask(await context.commands.rejectTaskVerification({ actor: actorAt(context.viewer, task), instanceId: task.instanceId, taskId: task.taskId, reason: input.reason, idempotencyKey: input.idempotencyKey }));
      return { id: task.id, pending: outcome.status === 'pending' };
    },
  }),
);

/** Whether the person is one of those whom the task is for. */
async function isEligible(personId: string, task: TaskRow, { database }: RequestContext): Promise<boolean> {
  return (await eligibleFor(database, task)).includes(personId);
}
