import type { Json, Variables } from '#engine';
import { actorOf } from '../../identity/viewer.ts';
import { builder } from '../builder.ts';
import type { RequestContext } from '../context.ts';
import { ExpectedError, NotFoundError } from '../expected-errors.ts';
import { refused } from '../refuse.ts';
import { mutationErrors } from '../types/errors.ts';
import { ProcessInstanceType } from '../types/process-instance.ts';
import { variablesOf } from '../variable-size.ts';
import { inputSchemas } from './inputs.ts';
import { taken } from './outcome.ts';

const StartProcessInput = builder.inputType('StartProcessInput', {
  fields: (t) => ({
    processKey: t.string({ required: true, validate: inputSchemas.processKey }),
    businessKey: t.string({ required: true, validate: inputSchemas.businessKey, description: "The hospital's own number of the case; one instance has it, for ever." }),
    variables: t.field({ type: 'JSON', required: true }),
    idempotencyKey: t.string({ required: true, validate: inputSchemas.idempotencyKey }),
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
      const { processKey, businessKey, idempotencyKey } = input;
      const about = { processKey: processKey.slice(0, 64) };
      let variables: Variables;
      let subject: Awaited<ReturnType<typeof subjectOf>>;
      try {
        variables = variablesOf(input.variables, 'variables');
        subject = await subjectOf(variables, context);
      } catch (error) {
        throw error instanceof ExpectedError ? await refused(error, about, context) : error;
      }
      const outcome = taken(await context.commands.startProcess({ actor: actorOf(context.viewer), processKey, businessKey, variables, idempotencyKey, ...subject }));
      if (outcome.instanceId === undefined) throw new Error('Expected the instance of a start that was taken, but the outcome names none');
      return { instanceId: outcome.instanceId, pending: outcome.status === 'pending' };
    },
  }),
);

/**
 * The patient whom the variables name, as `patientId` or within one object (`order.patientId`), and the ward
 * where they lie now. Throws PATIENT_NOT_FOUND with the variable as `place`.
 */
async function subjectOf(variables: Variables, { database }: RequestContext): Promise<{ readonly patientId?: string; readonly unit?: string }> {
  const named = Object.entries(variables).flatMap(([name, value]): [string, string][] => {
    if (name === 'patientId' && typeof value === 'string') return [[name, value]];
    const inner = isObject(value) ? value['patientId'] : undefined;
    return typeof inner === 'string' ? [[`${name}.patientId`, inner]] : [];
  });
  const [place, patientId] = named[0] ?? [];
  if (place === undefined || patientId === undefined) return {};
  const patient = await database.prisma.patient.findUnique({ where: { id: patientId }, select: { id: true, encounters: { where: { endedAt: null }, orderBy: { admittedAt: 'desc' }, take: 1, select: { wardId: true } } } });
  if (!patient) throw new NotFoundError({ code: 'PATIENT_NOT_FOUND', place });
  const unit = patient.encounters[0]?.wardId;
  return { patientId, ...(unit === undefined ? {} : { unit }) };
}

function isObject(value: Json): value is Variables {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
