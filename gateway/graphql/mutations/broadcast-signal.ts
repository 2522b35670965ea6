import { actorOf } from '../../identity/viewer.ts';
import { builder } from '../builder.ts';
import { mutationErrors } from '../types/errors.ts';
import { idempotencyKeyOptions, inputSchemas } from './inputs.ts';
import { taken } from './outcome.ts';
import { variablesAbout } from './subject.ts';

const BroadcastSignalInput = builder.inputType('BroadcastSignalInput', {
  fields: (t) => ({
    signal: t.string({ required: true, validate: inputSchemas.signal }),
    variables: t.field({ type: 'JSON', required: true }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

interface Broadcast {
  readonly receivers: number;
  readonly started: number;
  readonly pending: boolean;
}

const BroadcastSignalPayload = builder.objectRef<Broadcast>('BroadcastSignalPayload').implement({
  fields: (t) => ({
    receivers: t.exposeInt('receivers', { description: 'How many instances waited for it.' }),
    started: t.exposeInt('started', { description: 'How many instances it starts.' }),
    pending: t.exposeBoolean('pending', { description: 'It is safe in the inbox and will be done.' }),
  }),
});

builder.mutationField('broadcastSignal', (t) =>
  t.field({
    type: BroadcastSignalPayload,
    description: 'To every instance that waits for it now, and every process that it starts. It is not kept for later ones.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'BroadcastSignalResult' } },
    args: { input: t.arg({ type: BroadcastSignalInput, required: true }) },
    resolve: async (_root, { input }, context) => {
      const { variables: payload } = await variablesAbout(input.variables, 'Mutation.broadcastSignal', {}, context);
      const outcome = taken(await context.commands.broadcastSignal({ actor: actorOf(context.viewer), signal: input.signal, payload, idempotencyKey: input.idempotencyKey }));
      if (outcome.status === 'pending') return { receivers: 0, started: 0, pending: true };
      // The command service counts both.
      const { receivers = 0, started = 0 } = (outcome.result ?? {}) as Partial<Broadcast>;
      return { receivers, started, pending: false };
    },
  }),
);
