import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker, type WorkflowBundle } from '@temporalio/worker';
import { signClaims, type ProcessActivities } from '#activities';
import { parseDefinition, type ProcessBundle } from '#engine';
import { bundleArgument, bundleProcessWorkflow, type ProcessWorkflowInput } from '#workflows';
import { testTemporal } from '../support/index.ts';
import { publish } from '../support/scenario-on-temporal.ts';
import { testDataConverter, type PayloadsByHash } from '../support/test-data-converter.ts';

const checks = ['allergy', 'dose', 'interaction', 'duplicate'] as const;

/** Four checks at once, a service after each, as in the order loop. */
const parsed = parseDefinition({
  format: 'careloop-process/1', key: 'checks-apart', version: '1', name: { 'zh-CN': '分开回答', en: 'Answers apart' },
  variables: [{ name: 'order', type: 'string', required: true, classification: 'operational' }, ...checks.map((name) => ({ name, type: 'object', classification: 'operational' }))],
  flowElements: [
    { id: 'start', type: 'startEvent' },
    { id: 'fork', type: 'parallelGateway' },
    ...checks.flatMap((id) => [
      { id, type: 'businessRuleTask', ruleSet: id, binding: { kind: 'inEffect' }, inputs: [{ target: 'order', source: 'order' }], resultVariable: id },
      { id: `${id}Noted`, type: 'serviceTask', activity: 'test.note', inputs: [{ target: 'order', source: 'order' }] },
    ]),
    { id: 'join', type: 'parallelGateway' },
    { id: 'end', type: 'endEvent' },
  ],
  sequenceFlows: [
    { id: 'in', sourceRef: 'start', targetRef: 'fork' },
    ...checks.flatMap((id) => [
      { id: `to-${id}`, sourceRef: 'fork', targetRef: id },
      { id: `note-${id}`, sourceRef: id, targetRef: `${id}Noted` },
      { id: `from-${id}`, sourceRef: `${id}Noted`, targetRef: 'join' },
    ]),
    { id: 'out', sourceRef: 'join', targetRef: 'end' },
  ],
});
if (!parsed.ok) throw new Error(`Expected a definition, but ${JSON.stringify(parsed.findings)}`);
const bundle: ProcessBundle = { format: 'careloop-bundle/1', definition: parsed.definition, ruleSets: {} };

/** How long each answer takes, in milliseconds. */
type Delays = Readonly<Record<(typeof checks)[number] | 'recording', number>>;

describe('an instance whose checks answer one after the other', () => {
  const payloads: PayloadsByHash = new Map();
  const dataConverter = testDataConverter(payloads);
  let server: Awaited<ReturnType<typeof testTemporal>>;
  let connection: Connection;
  let nativeConnection: NativeConnection;
  let workflowBundle: WorkflowBundle;

  beforeAll(async () => {
    Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter: 'ERROR' } } });
    server = await testTemporal();
    [connection, nativeConnection, workflowBundle] = await Promise.all([Connection.connect({ address: server.address }), NativeConnection.connect({ address: server.address }), bundleProcessWorkflow()]);
  }, 120_000);

  afterAll(async () => {
    await nativeConnection?.close();
    await connection?.close();
  });

  const unused = async () => {
    throw new Error('Expected a process that calls no other, but it does');
  };

  /** Runs one instance to its end and gives its handle. */
  async function run(delays: Delays) {
    const activities: ProcessActivities = {
      executeService: async () => ({ kind: 'completed', result: {} }),
      evaluateRules: async ({ elementId, elementInstanceId }) => {
        // The checks are named as their elements.
        await sleep(delays[elementId as (typeof checks)[number]]);
        return { kind: 'decided', version: '1', decisionId: elementInstanceId, result: {} };
      },
      recordInstance: () => sleep(delays.recording),
      sendMessage: async () => undefined,
      allotChild: unused,
      endChild: unused,
      nextTask: unused,
    };
    const instanceId = randomUUID();
    const bundleHash = publish(bundle, payloads);
    const claims = signClaims(Buffer.alloc(32, 3), instanceId, 'start', { id: 'starter', kind: 'system', roles: [] });
    const input: ProcessWorkflowInput = { bundleHash, instanceId, businessKey: instanceId, start: { claims, variables: { order: 'O-1' } } };
    const worker = await Worker.create({ connection: nativeConnection, taskQueue: instanceId, dataConverter, workflowBundle, activities: { ...activities }, shutdownGraceTime: 0 });
    const client = new Client({ connection, dataConverter });
    return worker.runUntil(async () => {
      const handle = await client.workflow.start('checks-apart', { workflowId: `checks-apart/${instanceId}`, taskQueue: instanceId, args: [bundleArgument(bundleHash), input] });
      expect(await handle.result()).toEqual({ status: 'completed' });
      return handle;
    });
  }

  it.each<[string, Delays]>([
    ['in the order of asking', { allergy: 10, dose: 40, interaction: 70, duplicate: 100, recording: 25 }],
    ['in the opposite order', { allergy: 100, dose: 70, interaction: 40, duplicate: 10, recording: 25 }],
    ['while the record takes long', { allergy: 10, dose: 40, interaction: 20, duplicate: 30, recording: 120 }],
    ['all at once', { allergy: 0, dose: 0, interaction: 0, duplicate: 0, recording: 0 }],
  ])('can be gone through again: %s', async (_title, delays) => {
    const handle = await run(delays);

    await expect(Worker.runReplayHistory({ workflowBundle, dataConverter }, await handle.fetchHistory(), handle.workflowId)).resolves.toBeUndefined();
  }, 60_000);
});
