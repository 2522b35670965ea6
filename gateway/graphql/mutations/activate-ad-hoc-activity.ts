import { subjectOf } from '../../identity/subjects.ts';
import { actorAt } from '../../identity/acting.ts';
import { actorOf } from '../../identity/viewer.ts';
import { builder } from '../builder.ts';
import { ForbiddenError, NotFoundError } from '../expected-errors.ts';
import { refused } from '../refuse.ts';
import { mutationErrors } from '../types/errors.ts';
import { ProcessInstanceType } from '../types/process-instance.ts';
import { visibleInstance } from '../visible-rows.ts';
import { idempotencyKeyOptions, inputSchemas } from './inputs.ts';
import { taken } from './outcome.ts';

const ActivateAdHocActivityInput = builder.inputType('ActivateAdHocActivityInput', {
  fields: (t) => ({
    instanceId: t.id({ required: true, validate: inputSchemas.id }),
    elementInstanceId: t.string({ required: true, description: 'The ad-hoc sub-process that runs, from `activeElements`.', validate: inputSchemas.elementId }),
    elementId: t.string({ required: true, description: 'The activity in it.', validate: inputSchemas.elementId }),
    reason: t.string({ validate: inputSchemas.reason }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

const ActivateAdHocActivityPayload = builder.objectRef<{ readonly instanceId: string; readonly pending: boolean }>('ActivateAdHocActivityPayload').implement({
  fields: (t) => ({
    processInstance: t.field({ type: ProcessInstanceType, resolve: ({ instanceId }, _args, { database }) => database.prisma.processInstance.findUniqueOrThrow({ where: { id: instanceId } }) }),
    pending: t.exposeBoolean('pending', { description: 'It is safe in the inbox and will be done.' }),
  }),
});

builder.mutationField('activateAdHocActivity', (t) =>
  t.field({
    type: ActivateAdHocActivityPayload,
    description: 'Begins one more activity of an ad-hoc sub-process; a task only by one of those it is for.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'ActivateAdHocActivityResult' } },
    args: { input: t.arg({ type: ActivateAdHocActivityInput, required: true }) },
    resolve: async (_root, { input }, context) => {
      const instance = await visibleInstance(input.instanceId, context);
      if (!instance) throw await refused(new NotFoundError({ code: 'INSTANCE_NOT_FOUND', place: 'instanceId' }), {}, context);
      const activity = (await context.bundles.get(instance.bundleHash)).elements.get(input.elementId);
      if (activity?.type === 'userTask' && !context.access.reaches('ProcessInstance', subjectOf('ProcessInstance', instance), activity.candidateRoles)) {
        throw await refused(new ForbiddenError({ code: 'ACTIVITY_NOT_YOURS', place: 'elementId' }), { instanceId: instance.id, elementId: input.elementId }, context);
      }
      const { elementInstanceId, elementId, reason, idempotencyKey } = input;
      const outcome = taken(await context.commands.activateAdHocActivity({ actor: activity?.type === 'userTask' ? actorAt(context.viewer, { candidateRoles: activity.candidateRoles, unit: instance.unit }) : actorOf(context.viewer), instanceId: instance.id, elementInstanceId, elementId, idempotencyKey, ...(reason ? { reason } : {}) }));
      return { instanceId: instance.id, pending: outcome.status === 'pending' };
    },
  }),
);
