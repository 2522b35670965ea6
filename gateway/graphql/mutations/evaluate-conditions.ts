import type { EvaluatedConditions } from '../../commands/index.ts';
import { actorOf } from '../../identity/viewer.ts';
import { builder } from '../builder.ts';
import { errorMessage } from '../error-messages.ts';
import { mutationErrors } from '../types/errors.ts';
import { ProcessInstanceType } from '../types/process-instance.ts';
import { idempotencyKeyOptions, inputSchemas } from './inputs.ts';
import { taken } from './outcome.ts';
import { variablesAbout } from './subject.ts';

const EvaluateConditionsInput = builder.inputType('EvaluateConditionsInput', {
  fields: (t) => ({
    variables: t.field({ type: 'JSON', required: true, description: 'What the conditions see. Each process that is started is given those that it declares.' }),
    businessKey: t.string({ validate: inputSchemas.businessKey, description: 'Of the instances that it starts; made up when absent.' }),
    processKey: t.string({ validate: inputSchemas.processKey, description: 'Asks this process alone.' }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

const ConditionFailureType = builder.objectRef<EvaluatedConditions['failures'][number]>('ConditionFailure').implement({
  description: 'A conditional start event that could not be asked, or whose process could not begin.',
  fields: (t) => ({
    processKey: t.exposeString('processKey'),
    startEventId: t.exposeString('startEventId'),
    code: t.exposeString('code'),
    message: t.string({ resolve: (failure, _args, { language }) => errorMessage({ code: failure.code }, language) }),
    detail: t.exposeString('message', { description: 'What exactly was wrong, for developers.' }),
  }),
});

const EvaluateConditionsPayload = builder.objectRef<EvaluatedConditions & { readonly pending: boolean }>('EvaluateConditionsPayload').implement({
  fields: (t) => ({
    processInstances: t.field({
      type: [ProcessInstanceType],
      description: 'Those that it started, one of each process, by process key.',
      // The caller started them: no other right is needed to see them now.
      resolve: ({ started }, _args, { database }) => database.prisma.processInstance.findMany({ where: { id: { in: started.map(({ instanceId }) => instanceId) } }, orderBy: { processKey: 'asc' } }),
    }),
    failures: t.field({ type: [ConditionFailureType], resolve: ({ failures }) => [...failures] }),
    pending: t.exposeBoolean('pending', { description: 'It is safe in the inbox and will be done.' }),
  }),
});

builder.mutationField('evaluateConditions', (t) =>
  t.field({
    type: EvaluateConditionsPayload,
    description: 'Starts one instance of each published process that has a conditional start event whose condition holds for the values.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'EvaluateConditionsResult' } },
    args: { input: t.arg({ type: EvaluateConditionsInput, required: true }) },
    resolve: async (_root, { input }, context) => {
      const { variables, subject } = await variablesAbout(input.variables, 'Mutation.evaluateConditions', {}, context);
      const { businessKey, processKey, idempotencyKey } = input;
      const outcome = taken(await context.commands.evaluateConditions({ actor: actorOf(context.viewer), variables, idempotencyKey, ...(businessKey == null ? {} : { businessKey }), ...(processKey == null ? {} : { processKey }), ...subject }));
      // The command service lists both.
      const { started = [], failures = [] } = (outcome.status === 'pending' ? {} : (outcome.result ?? {})) as Partial<EvaluatedConditions>;
      return { started, failures, pending: outcome.status === 'pending' };
    },
  }),
);
