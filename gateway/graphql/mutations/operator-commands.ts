import type { IncidentResolution, ModifyInstruction, Variables } from '#engine';
import { operationPolicy } from '../../identity/policy.ts';
import { subjectOf } from '../../identity/subjects.ts';
import { actorOf } from '../../identity/viewer.ts';
import { builder } from '../builder.ts';
import { ExpectedError, ForbiddenError, NotFoundError, ValidationError } from '../expected-errors.ts';
import { plainIdOf } from '../global-ids.ts';
import { refused } from '../refuse.ts';
import { mutationErrors } from '../types/errors.ts';
import { IncidentType } from '../types/incident.ts';
import { ProcessInstanceType } from '../types/process-instance.ts';
import { variablesOf } from '../variable-size.ts';
import { visibleIncident, visibleInstance } from '../visible-rows.ts';
import { idempotencyKeyOptions, inputSchemas } from './inputs.ts';
import { instancePayload } from './instance-payload.ts';
import { taken } from './outcome.ts';

const ResolutionType = builder.enumType('IncidentResolution', {
  values: {
    RETRY: { value: 'retry', description: 'Try again.' },
    SKIP: { value: 'skip', description: 'Go on without it.' },
    CONFIRM_DONE: { value: 'confirmDone', description: 'It was done, as a person found out; go on with `result`.' },
    CONFIRM_NOT_DONE: { value: 'confirmNotDone', description: 'It was not done, as a person found out; do it again.' },
  } as const,
});

const ResolveIncidentInput = builder.inputType('ResolveIncidentInput', {
  fields: (t) => ({
    incidentId: t.id({ required: true, validate: inputSchemas.id }),
    resolution: t.field({ type: ResolutionType, required: true }),
    reason: t.string({ required: true, validate: inputSchemas.reason }),
    variables: t.field({ type: 'JSON', description: 'Values to set before going on.' }),
    result: t.field({ type: 'JSON', description: 'For CONFIRM_DONE: what the effect gave.' }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

const CancelProcessInstanceInput = builder.inputType('CancelProcessInstanceInput', {
  fields: (t) => ({
    instanceId: t.id({ required: true, validate: inputSchemas.id }),
    compensate: t.boolean({ description: 'Undo what completed, before the instance ends.' }),
    reason: t.string({ required: true, validate: inputSchemas.reason }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

const InstanceCommandInput = builder.inputType('InstanceCommandInput', {
  fields: (t) => ({
    instanceId: t.id({ required: true, validate: inputSchemas.id }),
    reason: t.string({ required: true, validate: inputSchemas.reason }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

const ModifyInstructionInput = builder.inputType('ModifyInstructionInput', {
  description: 'With `elementInstanceId` alone, that element ends; with `elementId` alone, this one begins; with both, the token moves.',
  fields: (t) => ({
    elementInstanceId: t.string({ description: 'Of a running element.', validate: inputSchemas.elementId }),
    elementId: t.string({ description: 'Of the process.', validate: inputSchemas.elementId }),
    ancestorId: t.string({ description: 'The running sub-process in which the element begins, where there are several.', validate: inputSchemas.elementId }),
  }),
});

const ModifyProcessInstanceInput = builder.inputType('ModifyProcessInstanceInput', {
  fields: (t) => ({
    instanceId: t.id({ required: true, validate: inputSchemas.id }),
    instructions: t.field({ type: [ModifyInstructionInput], required: true }),
    variables: t.field({ type: 'JSON', description: 'Values to set before anything moves.' }),
    reason: t.string({ required: true, validate: inputSchemas.reason }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

const ResolveIncidentPayload = builder.objectRef<{ readonly incidentId: string; readonly instanceId: string; readonly pending: boolean }>('ResolveIncidentPayload').implement({
  fields: (t) => ({
    incident: t.field({ type: IncidentType, resolve: ({ incidentId }, _args, { database }) => database.prisma.incident.findUniqueOrThrow({ where: { id: incidentId } }) }),
    processInstance: t.field({ type: ProcessInstanceType, resolve: ({ instanceId }, _args, { database }) => database.prisma.processInstance.findUniqueOrThrow({ where: { id: instanceId } }) }),
    pending: t.exposeBoolean('pending'),
  }),
});

const CancelProcessInstancePayload = instancePayload('CancelProcessInstancePayload');

builder.mutationField('resolveIncident', (t) =>
  t.field({
    type: ResolveIncidentPayload,
    errors: { types: mutationErrors, directResult: true, union: { name: 'ResolveIncidentResult' } },
    args: { input: t.arg({ type: ResolveIncidentInput, required: true }) },
    resolve: async (_root, { input }, context) => {
      const incident = await visibleIncident(plainIdOf('Incident', input.incidentId), context);
      if (!incident) throw await refused(new NotFoundError({ code: 'INCIDENT_NOT_FOUND', place: 'incidentId' }), {}, context);
      const about = { instanceId: incident.instanceId, elementId: incident.elementId };
      let variables: Variables | undefined;
      try {
        variables = input.variables === null || input.variables === undefined ? undefined : variablesOf(input.variables, 'variables');
        if (input.result !== null && input.result !== undefined) variablesOf({ result: input.result }, 'result');
      } catch (error) {
        throw error instanceof ExpectedError ? await refused(error, about, context) : error;
      }
      const hasResult = input.resolution === 'confirmDone' && input.result !== null && input.result !== undefined;
      const resolution: IncidentResolution = hasResult ? { kind: 'confirmDone', result: input.result ?? null } : { kind: input.resolution };
      const outcome = taken(
        await context.commands.resolveIncident({ actor: actorOf(context.viewer), instanceId: incident.instanceId, incidentId: incident.incidentId, resolution, reason: input.reason, idempotencyKey: input.idempotencyKey, ...(variables ? { variables } : {}) }),
      );
      return { incidentId: incident.id, instanceId: incident.instanceId, pending: outcome.status === 'pending' };
    },
  }),
);

builder.mutationField('cancelProcessInstance', (t) =>
  t.field({
    type: CancelProcessInstancePayload,
    errors: { types: mutationErrors, directResult: true, union: { name: 'CancelProcessInstanceResult' } },
    args: { input: t.arg({ type: CancelProcessInstanceInput, required: true }) },
    resolve: async (_root, { input }, context) => {
      const instance = await visibleInstance(input.instanceId, context);
      if (!instance) throw await refused(new NotFoundError({ code: 'INSTANCE_NOT_FOUND', place: 'instanceId' }), {}, context);
      // Seen by one role, it may not be cancelled by another one that is held in another ward.
      if (!context.access.reaches('ProcessInstance', subjectOf('ProcessInstance', instance), operationPolicy['Mutation.cancelProcessInstance'])) throw await refused(new ForbiddenError({ code: 'FORBIDDEN', place: 'instanceId' }), { instanceId: instance.id }, context);
      const outcome = taken(await context.commands.cancelInstance({ actor: actorOf(context.viewer), instanceId: instance.id, reason: input.reason, ...(input.compensate ? { compensate: true } : {}), idempotencyKey: input.idempotencyKey }));
      return { instanceId: instance.id, pending: outcome.status === 'pending' };
    },
  }),
);

const holdingCommands = { pauseProcessInstance: 'pauseInstance', resumeProcessInstance: 'resumeInstance' } as const;
for (const [field, command] of Object.entries(holdingCommands) as [keyof typeof holdingCommands, (typeof holdingCommands)[keyof typeof holdingCommands]][]) {
  const name = `${field.charAt(0).toUpperCase()}${field.slice(1)}`;
  const payload = instancePayload(`${name}Payload`);
  builder.mutationField(field, (t) =>
    t.field({
      type: payload,
      errors: { types: mutationErrors, directResult: true, union: { name: `${name}Result` } },
      args: { input: t.arg({ type: InstanceCommandInput, required: true }) },
      resolve: async (_root, { input }, context) => {
        const instance = await visibleInstance(input.instanceId, context);
        if (!instance) throw await refused(new NotFoundError({ code: 'INSTANCE_NOT_FOUND', place: 'instanceId' }), {}, context);
        const outcome = taken(await context.commands[command]({ actor: actorOf(context.viewer), instanceId: instance.id, reason: input.reason, idempotencyKey: input.idempotencyKey }));
        return { instanceId: instance.id, pending: outcome.status === 'pending' };
      },
    }),
  );
}

const ModifyProcessInstancePayload = instancePayload('ModifyProcessInstancePayload');
builder.mutationField('modifyProcessInstance', (t) =>
  t.field({
    type: ModifyProcessInstancePayload,
    description: 'Moves tokens: what BPMN has no word for, on record with who and why.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'ModifyProcessInstanceResult' } },
    args: { input: t.arg({ type: ModifyProcessInstanceInput, required: true }) },
    resolve: async (_root, { input }, context) => {
      const instance = await visibleInstance(input.instanceId, context);
      if (!instance) throw await refused(new NotFoundError({ code: 'INSTANCE_NOT_FOUND', place: 'instanceId' }), {}, context);
      const about = { instanceId: instance.id };
      let variables: Variables | undefined;
      let instructions: readonly ModifyInstruction[];
      try {
        variables = input.variables === null || input.variables === undefined ? undefined : variablesOf(input.variables, 'variables');
        instructions = input.instructions.map(instructionOf);
      } catch (error) {
        throw error instanceof ExpectedError ? await refused(error, about, context) : error;
      }
      const outcome = taken(await context.commands.modifyInstance({ actor: actorOf(context.viewer), ...about, instructions, reason: input.reason, idempotencyKey: input.idempotencyKey, ...(variables ? { variables } : {}) }));
      return { instanceId: instance.id, pending: outcome.status === 'pending' };
    },
  }),
);

function instructionOf({ elementInstanceId, elementId, ancestorId }: typeof ModifyInstructionInput.$inferInput): ModifyInstruction {
  if (elementInstanceId && elementId) return { kind: 'move', elementInstanceId, elementId };
  if (elementInstanceId) return { kind: 'terminate', elementInstanceId };
  if (elementId) return { kind: 'activate', elementId, ...(ancestorId ? { ancestorId } : {}) };
  throw new ValidationError({ code: 'INPUT_INVALID', place: 'instructions' });
}
