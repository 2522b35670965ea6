import { actorOf } from '../../identity/viewer.ts';
import { builder } from '../builder.ts';
import { mutationErrors } from '../types/errors.ts';
import { ProcessInstanceType } from '../types/process-instance.ts';
import { idempotencyKeyOptions, inputSchemas } from './inputs.ts';
import { taken } from './outcome.ts';
import { variablesAbout } from './subject.ts';

const StartProcessInput = builder.inputType('StartProcessInput', {
  fields: (t) => ({
    processKey: t.string({ required: true, validate: inputSchemas.processKey }),
    businessKey: t.string({ required: true, validate: inputSchemas.businessKey, description: "The hospital's own number of the case; one instance has it, for ever." }),
    variables: t.field({ type: 'JSON', required: true }),
    startEventId: t.string({ validate: inputSchemas.elementId, description: 'The start event at which it begins: needed where the process has several that nothing triggers.' }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

const StartProcessPayload = builder.objectRef<{ readonly instanceId: string; readonly pending: boolean }>('StartProcessPayload').implement({
  fields: (t) => ({
    processInstance: t.field({
      type: ProcessInstanceType,
      // The caller started it: no other right is needed to see it now.
      resolve: ({ instanceId }, _args, { database }) => database.prisma.processInstance.findUniqueOrThrow({ where: { id: instanceId } }),
    }),
    pending: t.exposeBoolean('pending', { description: 'It is safe in the inbox and will be started.' }),
  }),
});

builder.mutationField('startProcess', (t) =>
  t.field({
    type: StartProcessPayload,
    errors: { types: mutationErrors, directResult: true, union: { name: 'StartProcessResult' } },
    args: { input: t.arg({ type: StartProcessInput, required: true }) },
    resolve: async (_root, { input }, context) => {
      const { processKey, businessKey, startEventId, idempotencyKey } = input;
      const { variables, subject } = await variablesAbout(input.variables, 'Mutation.startProcess', { processKey: processKey.slice(0, 64) }, context);
      const outcome = taken(await context.commands.startProcess({ actor: actorOf(context.viewer), processKey, businessKey, variables, idempotencyKey, ...(startEventId == null ? {} : { startEventId }), ...subject }));
      if (outcome.instanceId === undefined) throw new Error('Expected the instance of a start that was taken, but the outcome names none');
      return { instanceId: outcome.instanceId, pending: outcome.status === 'pending' };
    },
  }),
);
