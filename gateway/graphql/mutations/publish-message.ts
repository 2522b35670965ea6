import { actorOf } from '../../identity/viewer.ts';
import { builder } from '../builder.ts';
import { mutationErrors } from '../types/errors.ts';
import { idempotencyKeyOptions, inputSchemas } from './inputs.ts';
import { taken } from './outcome.ts';
import { variablesAbout } from './subject.ts';

const PublishMessageInput = builder.inputType('PublishMessageInput', {
  fields: (t) => ({
    message: t.string({ required: true, validate: inputSchemas.message }),
    correlationKey: t.string({ required: true, validate: inputSchemas.correlationKey }),
    variables: t.field({ type: 'JSON', required: true }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

const PublishMessagePayload = builder.objectRef<{ readonly delivered: number; readonly pending: boolean }>('PublishMessagePayload').implement({
  fields: (t) => ({
    delivered: t.exposeInt('delivered', { description: 'How many instances took it.' }),
    pending: t.exposeBoolean('pending', { description: 'It is kept until somebody waits for it.' }),
  }),
});

builder.mutationField('publishMessage', (t) =>
  t.field({
    type: PublishMessagePayload,
    errors: { types: mutationErrors, directResult: true, union: { name: 'PublishMessageResult' } },
    args: { input: t.arg({ type: PublishMessageInput, required: true }) },
    resolve: async (_root, { input }, context) => {
      const { message, correlationKey, idempotencyKey } = input;
      const { variables: payload } = await variablesAbout(input.variables, 'Mutation.publishMessage', {}, context);
      const outcome = taken(await context.commands.publishMessage({ actor: actorOf(context.viewer), message, correlationKey, payload, idempotencyKey }));
      if (outcome.status === 'pending') return { delivered: 0, pending: true };
      // The command service counts the instances that took the message.
      const { delivered = 1 } = (outcome.result ?? {}) as { readonly delivered?: number };
      return { delivered, pending: false };
    },
  }),
);
