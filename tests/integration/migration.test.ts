import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { ServiceFailedError, type ServiceActivity } from '#activities';
import { startTemporal } from '../../cli/servers/temporal.ts';
import { startGateway, type As, type RunningGateway } from '../support/running-gateway.ts';
import { operator, startShell, type RunningShell } from '../support/running-shell.ts';
import { startTestDatabase, testTemporal } from '../support/index.ts';
import { firstStay, secondStay, unfitStay } from '../support/versioned-stay.ts';
import { measuring, surgery } from '../support/versioned-surgery.ts';

let shell: RunningShell;
let gateway: RunningGateway;
let stopDatabase: () => Promise<void>;
let hashes: { readonly first: string; readonly second: string; readonly unfit: string };
let isPrepared = false;
const prepare: ServiceActivity = {
  type: 'test.prepare', effect: 'idempotent', input: z.record(z.string(), z.json()),
  run: async () => {
    if (!isPrepared) throw new ServiceFailedError('Expected the theatre to be ready, but it is not', false);
    return {};
  },
};
let lastKey = 0;
const idempotencyKey = () => `key-${(lastKey += 1)}`;
const by = () => ({ actor: operator, idempotencyKey: idempotencyKey() });

beforeAll(async () => {
  const database = await startTestDatabase();
  stopDatabase = database.stop;
  shell = await startShell({ databaseUrl: database.url, temporalAddress: (await testTemporal()).address, services: [prepare] });
  gateway = await startGateway({ databaseUrl: database.url, commands: shell.commands });
  // The first is published last: instances start in it.
  const [second, unfit, first] = [await shell.publish(secondStay), await shell.publish(unfitStay), await shell.publish(firstStay)];
  hashes = { first, second, unfit };
  for (const [place, hash] of [second, unfit, first].entries()) await shell.database.prisma.processBundle.update({ where: { hash }, data: { publishedAt: new Date(Date.UTC(2026, 0, 1 + place)) } });
}, 300_000);

afterAll(async () => {
  await gateway?.close();
  await shell?.close();
  await stopDatabase?.();
}, 60_000);

/** Starts an instance that stands at the admission. `patience`: how long its reminder waits. */
async function start(from = shell, patience = 'PT1H'): Promise<string> {
  const outcome = await from.commands.startProcess({ processKey: 'stay', businessKey: `stay-${(lastKey += 1)}`, variables: { patience, bed: '12' }, ...by() });
  if (outcome.status !== 'accepted' || !outcome.instanceId) throw new Error(`Expected a start, but got ${JSON.stringify(outcome)}`);
  await openTask(outcome.instanceId, 'admit', from);
  return outcome.instanceId;
}
const instanceOf = (id: string, from = shell) => from.database.prisma.processInstance.findUniqueOrThrow({ where: { id } });
const openTask = (instanceId: string, elementId: string, from = shell) => from.until(async () => (await from.database.prisma.userTask.findFirst({ where: { instanceId, elementId, status: 'open' } })) ?? undefined);
const withStatus = (id: string, status: string, from = shell) => from.until(async () => (await from.database.prisma.processInstance.findFirst({ where: { id, status } })) ?? undefined);
const entries = (instanceId: string, action: string) => shell.database.prisma.auditEntry.findMany({ where: { instanceId, action } });
async function complete(instanceId: string, elementId: string, from = shell): Promise<void> {
  const { taskId } = await openTask(instanceId, elementId, from);
  expect(await from.commands.completeTask({ instanceId, taskId, data: {}, ...by() })).toMatchObject({ status: 'accepted' });
}
/** What must not change when a migration is refused. */
const standing = async (id: string) => {
  const { bundleHash, sequence, activeElements } = await instanceOf(id);
  return { bundleHash, sequence, activeElements, tasks: await shell.database.prisma.userTask.findMany({ where: { instanceId: id } }) };
};

describe('a running instance that is migrated', () => {
  it('goes on in a new sub-process, its task and its timer with it, on record with who and why', async () => {
    const instanceId = await start(shell, 'PT4S');
    const before = await openTask(instanceId, 'admit');

    const outcome = await shell.commands.migrateInstance({ instanceId, targetHash: hashes.second, reason: 'new admission rules', ...by() });

    expect(outcome).toMatchObject({ status: 'accepted' });
    const { bundleHash, activeElements, path } = await instanceOf(instanceId);
    expect(bundleHash).toBe(hashes.second);
    expect(activeElements).toMatchObject([{ elementId: 'ward' }, { elementId: 'admit', elementInstanceId: before.elementInstanceId }]);
    expect(path).not.toContain('remind');
    expect(await openTask(instanceId, 'admit')).toMatchObject({ id: before.id, form: 'admit-2' });
    expect(await shell.database.prisma.signalSubscription.findMany({ where: { instanceId } })).toMatchObject([{ elementId: 'evacuate' }]);
    const [entry, ...others] = await entries(instanceId, 'instance.migrated');
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ actorId: operator.id, reason: 'new admission rules' });

    await shell.until(async () => (((await instanceOf(instanceId)).path as string[]).includes('reminded') ? true : undefined));
    await complete(instanceId, 'admit');
    await complete(instanceId, 'discharge');
    const ended = await withStatus(instanceId, 'completed');
    expect(ended.path).toEqual(['start', 'overdue', 'remind', 'reminded', 'admit', 'admitted', 'ward', 'discharge', 'end']);
    expect(ended.variables).toMatchObject({ bed: '12', late: true });
  }, 60_000);

  it('goes on with the new plan when its worker is replaced right after', async () => {
    const instanceId = await start();
    const migrating = shell.commands.migrateInstance({ instanceId, targetHash: hashes.second, reason: 'x', ...by() });
    expect(await migrating).toMatchObject({ status: 'accepted' });
    await shell.stopWorker();
    await shell.startWorker();

    await complete(instanceId, 'admit');
    await complete(instanceId, 'discharge');
    expect((await withStatus(instanceId, 'completed')).path).toEqual(['start', 'admit', 'admitted', 'ward', 'discharge', 'end']);
  }, 60_000);

  it('may be paused, and holds what came meanwhile until it goes on in the new version', async () => {
    const instanceId = await start(shell, 'PT2S');
    await shell.commands.pauseInstance({ instanceId, reason: 'ward is moving', ...by() });
    await shell.until(async () => ((await entries(instanceId, 'event.held')).length > 0 ? true : undefined));

    expect(await shell.commands.migrateInstance({ instanceId, targetHash: hashes.second, reason: 'x', ...by() })).toMatchObject({ status: 'accepted' });
    expect(await instanceOf(instanceId)).toMatchObject({ status: 'paused', bundleHash: hashes.second });

    await shell.commands.resumeInstance({ instanceId, reason: 'moved', ...by() });
    expect((await instanceOf(instanceId)).path).toEqual(['start', 'overdue', 'remind', 'reminded']);
    await complete(instanceId, 'admit');
    await openTask(instanceId, 'discharge');
  }, 60_000);

  it('is refused with every reason when the version does not fit, and nothing changes', async () => {
    const instanceId = await start();
    const before = await standing(instanceId);
    const migrate = (more: object) => shell.commands.migrateInstance({ instanceId, targetHash: hashes.second, reason: 'x', ...by(), ...more });

    expect(await migrate({ targetHash: hashes.unfit })).toMatchObject({
      status: 'refused',
      failure: { code: 'MIGRATION_INVALID', findings: [{ code: 'TYPE_DIFFERS', elementId: 'admit' }, { code: 'VARIABLE_TYPE_DIFFERS', place: 'bed' }] },
    });
    expect(await migrate({ mapping: { admit: 'nowhere' } })).toMatchObject({ failure: { code: 'MIGRATION_INVALID', findings: [{ code: 'TARGET_MISSING', targetElementId: 'nowhere' }, { code: 'GOES_NOWHERE', elementId: 'admit' }] } });
    expect(await migrate({ targetHash: hashes.first })).toMatchObject({ failure: { code: 'MIGRATION_INVALID', place: 'targetHash' } });
    expect(await migrate({ sourceHash: hashes.unfit })).toMatchObject({ failure: { code: 'MIGRATION_INVALID', place: 'sourceHash' } });
    expect(await migrate({ targetHash: 'no-such-version' })).toMatchObject({ failure: { code: 'PROCESS_NOT_FOUND', place: 'targetHash' } });
    expect(await migrate({ reason: ' ' })).toMatchObject({ failure: { code: 'REASON_MISSING' } });

    expect(await standing(instanceId)).toEqual(before);
    expect(await entries(instanceId, 'instance.migrated')).toEqual([]);
    expect(shell.refusals.filter((refusal) => refusal.instanceId === instanceId).map(({ failure }) => failure.code)).toEqual(['MIGRATION_INVALID', 'MIGRATION_INVALID', 'MIGRATION_INVALID', 'MIGRATION_INVALID', 'PROCESS_NOT_FOUND', 'REASON_MISSING']);
    await complete(instanceId, 'admit');
    await openTask(instanceId, 'leave');
  }, 60_000);

  it('is migrated once by ten identical commands, and not when it has ended', async () => {
    const instanceId = await start();
    const command = { instanceId, targetHash: hashes.second, reason: 'x', actor: operator, idempotencyKey: idempotencyKey() };

    const outcomes = await Promise.all(Array.from({ length: 10 }, () => shell.commands.migrateInstance(command)));
    const again = await shell.commands.migrateInstance(command);
    const other = await shell.commands.migrateInstance({ ...command, reason: 'another' });

    expect(new Set([...outcomes, again].map(({ status }) => status))).toEqual(new Set(['accepted']));
    expect(other).toMatchObject({ failure: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    expect(await entries(instanceId, 'instance.migrated')).toHaveLength(1);

    await shell.commands.cancelInstance({ instanceId, reason: 'x', ...by() });
    await withStatus(instanceId, 'cancelled');
    expect(await shell.commands.migrateInstance({ instanceId, targetHash: hashes.first, reason: 'x', ...by() })).toMatchObject({ failure: { code: 'INSTANCE_NOT_RUNNING' } });
  }, 60_000);

  it('keeps a called process, an awaited message and an incident, under the ids of the new version', async () => {
    await shell.publish(measuring);
    const [target] = [await shell.publish(surgery('2', 'Anew')), await shell.publish(surgery('1', ''))];
    const outcome = await shell.commands.startProcess({ processKey: 'surgery', businessKey: 'surgery-1', variables: {}, ...by() });
    const instanceId = (outcome as { instanceId: string }).instanceId;
    const { prisma } = shell.database;
    const { incidentId } = await shell.until(async () => (await prisma.incident.findFirst({ where: { instanceId, resolvedAt: null } })) ?? undefined);
    const child = await shell.until(async () => (await prisma.processInstance.findFirst({ where: { parentInstanceId: instanceId, status: 'running' } })) ?? undefined);

    expect(await shell.commands.migrateInstance({ instanceId, targetHash: target, reason: 'x', ...by() })).toMatchObject({ status: 'accepted' });

    expect(await prisma.messageSubscription.findMany({ where: { instanceId } })).toMatchObject([{ elementId: 'bloodAnew' }]);
    expect(await prisma.incident.findMany({ where: { instanceId } })).toMatchObject([{ elementId: 'prepareAnew', resolvedAt: null }]);
    await complete(child.id, 'measure');
    expect(await shell.commands.publishMessage({ message: 'bloodArrived', correlationKey: 'theatre', payload: {}, ...by() })).toMatchObject({ status: 'accepted', result: { delivered: 1 } });
    isPrepared = true;
    expect(await shell.commands.resolveIncident({ instanceId, incidentId, resolution: { kind: 'retry' }, reason: 'filled up', ...by() })).toMatchObject({ status: 'accepted' });
    const ended = await withStatus(instanceId, 'completed');
    const told = (await gateway.graphql(await gateway.signIn('operator'), `query { processInstance(id: "${instanceId}") { timeline(first: 100) { edges { node { elementId elementName { en } } } } } }`)).data.processInstance.timeline.edges.map(({ node }: { node: object }) => node);
    expect(told).toEqual(expect.arrayContaining([{ elementId: 'lab', elementName: { en: 'Lab' } }, { elementId: 'labAnew', elementName: { en: 'Lab' } }]));
    expect([...(ended.path as string[])].sort()).toEqual(['bloodAnew', 'end', 'fork', 'join', 'labAnew', 'prepareAnew', 'start']);
  }, 60_000);

  it('keeps its version over continue-as-new', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'careloop-continued-'));
    const temporal = await startTemporal({ dataFolder: folder, inMemory: true, dynamicConfig: ['limit.historyCount.suggestContinueAsNew=60'] });
    const database = await startTestDatabase();
    const other = await startShell({ databaseUrl: database.url, temporalAddress: temporal.address });
    try {
      for (const definition of [secondStay, firstStay]) await other.publish(definition);
      const instanceId = await start(other);
      expect(await other.commands.migrateInstance({ instanceId, targetHash: hashes.second, reason: 'x', ...by() })).toMatchObject({ status: 'accepted' });
      const { taskId } = await openTask(instanceId, 'admit', other);
      const handle = other.temporal.client.workflow.getHandle(`stay/${instanceId}`);
      const firstRun = (await handle.describe()).runId;
      for (let turn = 0; turn < 12; turn += 1) {
        await other.commands.claimTask({ instanceId, taskId, ...by() });
        await other.commands.releaseTask({ instanceId, taskId, ...by() });
      }
      await other.until(async () => ((await handle.describe()).runId === firstRun ? undefined : true));

      await complete(instanceId, 'admit', other);
      await complete(instanceId, 'discharge', other);
      expect((await withStatus(instanceId, 'completed', other)).path).toEqual(['start', 'admit', 'admitted', 'ward', 'discharge', 'end']);
    } finally {
      await other.close();
      await temporal.stop();
      await database.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  }, 120_000);
});

describe('migration over GraphQL', () => {
  let as: { readonly operator: As; readonly nurse: As };
  beforeAll(async () => {
    const [who, nurse] = await Promise.all([gateway.signIn('operator'), gateway.signIn('nurse')]);
    as = { operator: who, nurse };
  });

  const errors = '... on Error { code place message } ... on RefusedError { findings { code elementId message { zhCN en } } }';
  const planOf = async (who: As, variables: object) =>
    (await gateway.graphql(who, `query ($instanceId: ID!, $targetHash: String!, $mapping: [ElementMappingInput!]) { migrationPlan(instanceId: $instanceId, targetHash: $targetHash, mapping: $mapping) { __typename
      ... on MigrationPlan { canMigrate instance { processInstanceId definition { version } } target { version versions { version } } mapping { elementId targetElementId isActive isGenerated } findings { elementId message { zhCN en } } } ${errors} } }`, { ...variables })).data.migrationPlan;
  const migrate = async (who: As, input: object) =>
    (await gateway.graphql(who, `mutation ($input: MigrateProcessInstanceInput!) { migrateProcessInstance(input: $input) { __typename ... on MigrateProcessInstancePayload { pending processInstance { definition { version } tasks { name { en } } } } ${errors} } }`, { input: { reason: 'new rules', idempotencyKey: idempotencyKey(), ...input } })).data.migrateProcessInstance;

  it('shows in a dry run where each step goes and what stands in the way, and changes nothing', async () => {
    const instanceId = await start();
    const before = await standing(instanceId);

    const generated = await planOf(as.operator, { instanceId, targetHash: hashes.second });
    const given = await planOf(as.operator, { instanceId, targetHash: hashes.second, mapping: [{ elementId: 'leave', targetElementId: 'discharge' }, { elementId: 'admit', targetElementId: 'ward' }] });
    const unfit = await planOf(as.operator, { instanceId, targetHash: hashes.unfit });

    expect(generated).toMatchObject({ __typename: 'MigrationPlan', canMigrate: true, findings: [], instance: { processInstanceId: instanceId, definition: { version: '1' } }, target: { version: '2', versions: [{ version: '1' }, { version: '3' }, { version: '2' }] } });
    expect(generated.mapping).toHaveLength(firstStay.flowElements.length);
    expect(generated.mapping).toEqual(expect.arrayContaining([
      { elementId: 'admit', targetElementId: 'admit', isActive: true, isGenerated: true },
      { elementId: 'leave', targetElementId: 'discharge', isActive: false, isGenerated: true },
    ]));
    expect(given).toMatchObject({ canMigrate: false, findings: [{ elementId: 'admit', message: { zhCN: '“收治”与目标版本中的“病区”不是同一类步骤', en: '“Admit” and “Ward” of the target version are steps of different kinds' } }] });
    expect(given.mapping).toEqual(expect.arrayContaining([{ elementId: 'admit', targetElementId: 'ward', isActive: true, isGenerated: false }]));
    expect(unfit.findings).toHaveLength(2);
    expect(unfit.mapping).toEqual(expect.arrayContaining([{ elementId: 'leave', targetElementId: null, isActive: false, isGenerated: true }]));
    expect(await standing(instanceId)).toEqual(before);
  }, 60_000);

  it('migrates, shows the new version at once, and says in words why it cannot', async () => {
    const instanceId = await start();

    const refused = await migrate(as.operator, { instanceId, targetHash: hashes.unfit });
    const twice = await migrate(as.operator, { instanceId, targetHash: hashes.second, mapping: [{ elementId: 'admit', targetElementId: 'admit' }, { elementId: 'admit', targetElementId: 'ward' }] });
    const unknown = await migrate(as.operator, { instanceId: '00000000-0000-4000-8000-000000000000', targetHash: hashes.second });
    const forbidden = await migrate(as.nurse, { instanceId, targetHash: hashes.second });
    const migrated = await migrate(as.operator, { instanceId, targetHash: hashes.second });

    expect(refused).toMatchObject({ __typename: 'RefusedError', code: 'MIGRATION_INVALID', findings: [{ code: 'TYPE_DIFFERS', elementId: 'admit' }, { code: 'VARIABLE_TYPE_DIFFERS', message: { zhCN: '数据“bed”的类型与目标版本的不同' } }] });
    expect(twice).toMatchObject({ __typename: 'ValidationError', code: 'INPUT_INVALID', place: 'mapping' });
    expect(unknown).toMatchObject({ __typename: 'NotFoundError', code: 'INSTANCE_NOT_FOUND' });
    expect(forbidden).toMatchObject({ __typename: 'ForbiddenError' });
    expect(migrated).toMatchObject({ __typename: 'MigrateProcessInstancePayload', pending: false, processInstance: { definition: { version: '2' }, tasks: [{ name: { en: 'Admit' } }] } });
    const asked = await gateway.graphql(as.nurse, `query { migrationPlan(instanceId: "${instanceId}", targetHash: "${hashes.second}") { __typename } }`);
    expect(asked.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  }, 60_000);

  it('migrates several, each by itself, and a repeat answers the same', async () => {
    const [one, two, paperless] = [await start(), await start(), await start()];
    await shell.commands.cancelInstance({ instanceId: paperless, reason: 'x', ...by() });
    await withStatus(paperless, 'cancelled');
    const input = { instanceIds: [one, two, paperless], targetHash: hashes.second, reason: 'new rules', idempotencyKey: idempotencyKey() };
    const several = async (more: object = {}) =>
      (await gateway.graphql(as.operator, `mutation ($input: MigrateProcessInstancesInput!) { migrateProcessInstances(input: $input) { __typename ... on MigrateProcessInstancesPayload { results { instanceId pending processInstance { definition { version } } error { __typename code } } } ${errors} } }`, { input: { ...input, ...more } })).data.migrateProcessInstances;

    const migrated = await several();
    const repeated = await several();
    const other = await start();
    await shell.commands.migrateInstance({ instanceId: other, targetHash: hashes.second, reason: 'x', ...by() });
    const mixed = await several({ instanceIds: [other, await start()], targetHash: hashes.unfit, idempotencyKey: idempotencyKey() });

    expect(migrated.results).toEqual([
      { instanceId: one, pending: false, processInstance: { definition: { version: '2' } }, error: null },
      { instanceId: two, pending: false, processInstance: { definition: { version: '2' } }, error: null },
      { instanceId: paperless, pending: false, processInstance: { definition: { version: '1' } }, error: { __typename: 'ConflictError', code: 'INSTANCE_NOT_RUNNING' } },
    ]);
    expect(repeated).toEqual(migrated);
    expect(await entries(one, 'instance.migrated')).toHaveLength(1);
    expect(mixed).toMatchObject({ __typename: 'ValidationError', code: 'INPUT_INVALID', place: 'instanceIds' });
  }, 60_000);
});
