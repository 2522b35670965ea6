import { brandWithType } from '@pothos/core';
import type { ElementMapping, Variables } from '#engine';
import { actorOf } from '../../identity/viewer.ts';
import { builder, maximumPageSize } from '../builder.ts';
import type { CommandFailure } from '../../commands/index.ts';
import type { RequestContext } from '../context.ts';
import { ExpectedError, expectedErrorOf, NotFoundError, RefusedError, ValidationError } from '../expected-errors.ts';
import { plainIdOf } from '../global-ids.ts';
import { wordedFinding } from '../migration-words.ts';
import { refused } from '../refuse.ts';
import { ErrorInterface, mutationErrors } from '../types/errors.ts';
import { ElementMappingInput, mappingOf } from '../types/migration-plan.ts';
import { ProcessInstanceType } from '../types/process-instance.ts';
import { variablesOf } from '../variable-size.ts';
import { visibleInstance } from '../visible-rows.ts';
import { idempotencyKeyOptions, inputSchemas } from './inputs.ts';
import { instancePayload } from './instance-payload.ts';
import { taken } from './outcome.ts';

const sourceHashWords = 'Version that the mapping is made for: refused when the instance is in another by now. The present one when absent.';

const MigrateProcessInstanceInput = builder.inputType('MigrateProcessInstanceInput', {
  fields: (t) => ({
    instanceId: t.id({ required: true, validate: inputSchemas.id }),
    targetHash: t.string({ required: true, validate: inputSchemas.id, description: '`ProcessDefinition.hash`' }),
    sourceHash: t.string({ validate: inputSchemas.id, description: sourceHashWords }),
    mapping: t.field({ type: [ElementMappingInput], description: 'Generated when absent.' }),
    reason: t.string({ required: true, validate: inputSchemas.reason }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

const MigrateProcessInstancesInput = builder.inputType('MigrateProcessInstancesInput', {
  fields: (t) => ({
    instanceIds: t.idList({ required: true, description: `Of one version; at most ${maximumPageSize}.` }),
    targetHash: t.string({ required: true, validate: inputSchemas.id, description: '`ProcessDefinition.hash`' }),
    sourceHash: t.string({ validate: inputSchemas.id, description: sourceHashWords }),
    mapping: t.field({ type: [ElementMappingInput], description: 'Generated when absent.' }),
    reason: t.string({ required: true, validate: inputSchemas.reason }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

const ReopenProcessInstanceInput = builder.inputType('ReopenProcessInstanceInput', {
  fields: (t) => ({
    instanceId: t.id({ required: true, validate: inputSchemas.id }),
    elementIds: t.stringList({ required: true, description: 'At which it goes on; at least one.' }),
    variables: t.field({ type: 'JSON', description: 'Values to set before anything begins.' }),
    reason: t.string({ required: true, validate: inputSchemas.reason }),
    idempotencyKey: t.string(idempotencyKeyOptions),
  }),
});

/** How many instances of one call are migrated at the same time. */
const atOnce = 8;
const maximumMappings = 1_000;

interface Order {
  readonly targetHash: string;
  readonly sourceHash: string | undefined;
  readonly mapping: ElementMapping | undefined;
  readonly reason: string;
}

function orderOf({ targetHash, sourceHash, mapping, reason }: typeof MigrateProcessInstanceInput.$inferInput | typeof MigrateProcessInstancesInput.$inferInput): Order {
  if ((mapping?.length ?? 0) > maximumMappings) throw new ValidationError({ code: 'INPUT_INVALID', place: 'mapping', detail: `Expected at most ${maximumMappings} elements, but got more` });
  return { targetHash: plainIdOf('ProcessDefinition', targetHash), sourceHash: sourceHash ? plainIdOf('ProcessDefinition', sourceHash) : undefined, mapping: mappingOf(mapping), reason };
}

/** Migrates one instance. Throws the typed error of a refusal, which is on record. */
async function migrate(id: string, { targetHash, sourceHash, mapping, reason }: Order, idempotencyKey: string, context: RequestContext) {
  const instance = await visibleInstance(id, context);
  if (!instance) throw await refused(new NotFoundError({ code: 'INSTANCE_NOT_FOUND', place: 'instanceId' }), {}, context);
  const outcome = await context.commands.migrateInstance({ actor: actorOf(context.viewer), instanceId: instance.id, targetHash, reason, idempotencyKey, ...(mapping ? { mapping } : {}), ...(sourceHash === undefined ? {} : { sourceHash }) });
  if (outcome.status === 'refused') throw await refusalOf(outcome.failure, instance.bundleHash, targetHash, context);
  return { instanceId: instance.id, pending: outcome.status === 'pending' };
}

/** The refusal, with everything that stands in the way in words. */
async function refusalOf(failure: CommandFailure, sourceHash: string, targetHash: string, { bundles }: RequestContext): Promise<ExpectedError> {
  const error = expectedErrorOf(failure);
  if (!failure.findings) return error;
  const [source, target] = await Promise.all([bundles.get(sourceHash), bundles.get(targetHash)]);
  return new RefusedError({ ...error.content, findings: failure.findings.map((finding) => wordedFinding(finding, source, target)) });
}

builder.mutationField('migrateProcessInstance', (t) =>
  t.field({
    type: instancePayload('MigrateProcessInstancePayload'),
    description: 'Lets the instance go on in another version of its process, on record with who and why.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'MigrateProcessInstanceResult' } },
    args: { input: t.arg({ type: MigrateProcessInstanceInput, required: true }) },
    resolve: async (_root, { input }, context) => migrate(input.instanceId, await checked(() => orderOf(input), context), input.idempotencyKey, context),
  }),
);

/** What became of one of several instances. */
interface InstanceMigration {
  readonly instanceId: string;
  readonly migrated?: { readonly instanceId: string; readonly pending: boolean };
  readonly error?: ExpectedError;
}

const InstanceMigrationType = builder.objectRef<InstanceMigration>('InstanceMigration').implement({
  description: 'What became of one of several instances.',
  fields: (t) => ({
    instanceId: t.exposeID('instanceId', { description: 'As it was given.' }),
    processInstance: t.field({ type: ProcessInstanceType, nullable: true, resolve: ({ instanceId }, _args, context) => visibleInstance(instanceId, context) }),
    pending: t.boolean({ resolve: ({ migrated }) => migrated?.pending ?? false }),
    error: t.field({ type: ErrorInterface, nullable: true, description: 'Present when it was refused; then nothing has changed.', resolve: ({ error }) => (error ? asValue(error) : null) }),
  }),
});

/** GraphQL takes an Error that a resolver gives for one that was thrown: its content under the name of its type is a value. */
function asValue(error: ExpectedError): ExpectedError {
  const value = { content: error.content };
  // Classes of expected errors are named as their GraphQL types, of which every field reads `content` only.
  brandWithType(value, error.name as never);
  return value as ExpectedError;
}

const MigrateProcessInstancesPayload = builder.objectRef<{ readonly results: readonly InstanceMigration[] }>('MigrateProcessInstancesPayload').implement({
  fields: (t) => ({ results: t.field({ type: [InstanceMigrationType], description: 'One for each instance, in the order of the input.', resolve: ({ results }) => [...results] }) }),
});

builder.mutationField('migrateProcessInstances', (t) =>
  t.field({
    type: MigrateProcessInstancesPayload,
    description: 'Migrates several instances of one version, each by itself: what is refused for one does not hold up the others.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'MigrateProcessInstancesResult' } },
    args: { input: t.arg({ type: MigrateProcessInstancesInput, required: true }) },
    resolve: async (_root, { input }, context) => {
      const { instanceIds, order } = await checked(() => ({ instanceIds: severalOf(input.instanceIds), order: orderOf(input) }), context);
      const present = await Promise.all(instanceIds.map(async (id) => (await visibleInstance(id, context))?.bundleHash));
      // Those that a repeat finds migrated are in the target version.
      const versions = new Set(present.filter((hash) => hash !== undefined && hash !== order.targetHash));
      if (versions.size > 1) throw await refused(new ValidationError({ code: 'INPUT_INVALID', place: 'instanceIds', detail: `Expected instances of one version, but they are in ${versions.size}` }), {}, context);
      const results: InstanceMigration[] = [];
      for (let from = 0; from < instanceIds.length; from += atOnce) {
        results.push(...(await Promise.all(instanceIds.slice(from, from + atOnce).map((instanceId) => tryOne(instanceId, order, input.idempotencyKey, context)))));
      }
      return { results };
    },
  }),
);

async function tryOne(instanceId: string, order: Order, idempotencyKey: string, context: RequestContext): Promise<InstanceMigration> {
  try {
    return { instanceId, migrated: await migrate(instanceId, order, `${idempotencyKey}/${plainIdOf('ProcessInstance', instanceId)}`, context) };
  } catch (error) {
    if (error instanceof ExpectedError) return { instanceId, error };
    throw error;
  }
}

function severalOf(ids: readonly string[]): readonly string[] {
  if (ids.length === 0 || ids.length > maximumPageSize) throw new ValidationError({ code: 'INPUT_INVALID', place: 'instanceIds', detail: `Expected 1 to ${maximumPageSize} instances, but got ${ids.length}` });
  if (new Set(ids).size < ids.length) throw new ValidationError({ code: 'INPUT_INVALID', place: 'instanceIds', detail: 'Expected each instance once, but one is there twice' });
  return ids;
}

/** Reads an input; what is wrong with it goes on record. */
async function checked<Value>(read: () => Value, context: RequestContext): Promise<Value> {
  try {
    return read();
  } catch (error) {
    throw error instanceof ExpectedError ? await refused(error, {}, context) : error;
  }
}

builder.mutationField('reopenProcessInstance', (t) =>
  t.field({
    type: instancePayload('ReopenProcessInstancePayload'),
    description: 'Lets an instance that has ended go on at the given elements, on record with who and why.',
    errors: { types: mutationErrors, directResult: true, union: { name: 'ReopenProcessInstanceResult' } },
    args: { input: t.arg({ type: ReopenProcessInstanceInput, required: true }) },
    resolve: async (_root, { input }, context) => {
      const instance = await visibleInstance(input.instanceId, context);
      if (!instance) throw await refused(new NotFoundError({ code: 'INSTANCE_NOT_FOUND', place: 'instanceId' }), {}, context);
      const { elementIds, variables } = await checked(() => ({ elementIds: elementIdsOf(input.elementIds), variables: readVariables(input.variables) }), context);
      const outcome = taken(await context.commands.reopenInstance({ actor: actorOf(context.viewer), instanceId: instance.id, elementIds, reason: input.reason, idempotencyKey: input.idempotencyKey, ...(variables ? { variables } : {}) }));
      return { instanceId: instance.id, pending: outcome.status === 'pending' };
    },
  }),
);

function readVariables(variables: typeof ReopenProcessInstanceInput.$inferInput['variables']): Variables | undefined {
  return variables === null || variables === undefined ? undefined : variablesOf(variables, 'variables');
}

function elementIdsOf(ids: readonly string[]): readonly string[] {
  if (ids.length === 0 || ids.length > maximumPageSize || ids.some((id) => !inputSchemas.elementId.safeParse(id).success)) throw new ValidationError({ code: 'INPUT_INVALID', place: 'elementIds', detail: `Expected 1 to ${maximumPageSize} element ids, but got something else` });
  return ids;
}
