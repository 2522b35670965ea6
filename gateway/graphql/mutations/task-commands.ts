import { actorOf } from '../../identity/viewer.ts';
import { builder } from '../builder.ts';
import type { RequestContext } from '../context.ts';
import { mutationErrors } from '../types/errors.ts';
import { TaskType } from '../types/task.ts';
import { inputSchemas } from './inputs.ts';
import { requireCandidate, requireTask, takenAtTask } from './outcome.ts';

const ClaimTaskInput = builder.inputType('ClaimTaskInput', {
  fields: (t) => ({
    taskId: t.id({ required: true, validate: inputSchemas.id }),
    idempotencyKey: t.string({ required: true, validate: inputSchemas.idempotencyKey }),
  }),
});

const ReleaseTaskInput = builder.inputType('ReleaseTaskInput', {
  fields: (t) => ({
    taskId: t.id({ required: true, validate: inputSchemas.id }),
    reason: t.string({ validate: inputSchemas.reason }),
    idempotencyKey: t.string({ required: true, validate: inputSchemas.idempotencyKey }),
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

builder.mutationField('claimTask', (t) =>
  t.field({
    type: ClaimTaskPayload,
    errors: { types: mutationErrors, directResult: true, union: { name: 'ClaimTaskResult' } },
    args: { input: t.arg({ type: ClaimTaskInput, required: true }) },
    resolve: async (_root, { input }, context) => {
      const task = await requireTask(input.taskId, context);
      await requireCandidate(task, context);
      const outcome = takenAtTask(await context.commands.claimTask({ actor: actorOf(context.viewer), instanceId: task.instanceId, taskId: task.taskId, idempotencyKey: input.idempotencyKey }));
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
      const outcome = takenAtTask(await context.commands.releaseTask({ actor: actorOf(context.viewer), instanceId: task.instanceId, taskId: task.taskId, idempotencyKey: input.idempotencyKey, ...(input.reason ? { reason: input.reason } : {}) }));
      return { id: task.id, pending: outcome.status === 'pending' };
    },
  }),
);
