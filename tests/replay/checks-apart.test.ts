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

/** A time limit of a second that is not needed, beside a timer of six. */
const limited = parseDefinition({
  format: 'careloop-process/1', key: 'limited', version: '1', name: { 'zh-CN': '限时', en: 'Limited' },
  variables: [{ name: 'order', type: 'string', required: true, classification: 'operational' }],
  flowElements: [
    { id: 'start', type: 'startEvent' },
    { id: 'fork', type: 'parallelGateway' },
    { id: 'note', type: 'serviceTask', activity: 'test.note', inputs: [] },
    { id: 'late', type: 'boundaryEvent', attachedToRef: 'note', cancelActivity: true, event: { kind: 'timer', timeDuration: '"PT1S"' } },
    { id: 'wait', type: 'intermediateCatchEvent', event: { kind: 'timer', timeDuration: '"PT6S"' } },
    ...['noted', 'tooLate', 'waited'].map((id) => ({ id, type: 'endEvent' })),
  ],
  sequenceFlows: [['start', 'fork'], ['fork', 'note'], ['fork', 'wait'], ['note', 'noted'], ['late', 'tooLate'], ['wait', 'waited']].map(([sourceRef = '', targetRef = '']) => ({ id: `${sourceRef}_${targetRef}`, sourceRef, targetRef })),
});

function bundleOf(result: ReturnType<typeof parseDefinition>): ProcessBundle {
  if (!result.ok) throw new Error(`Expected a definition, but ${JSON.stringify(result.findings)}`);
  return { format: 'careloop-bundle/1', definition: result.definition, ruleSets: {} };
}

/** How long each answer takes, in milliseconds; that of a record by its sequence. */
type Delays = Readonly<Partial<Record<(typeof checks)[number], number>>> & { readonly recording: number | ((sequence: number) => number) };

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
  async function run(bundle: ProcessBundle, { recording, ...delays }: Delays) {
    const activities: ProcessActivities = {
      executeService: async () => ({ kind: 'completed', result: {} }),
      evaluateRules: async ({ elementId, elementInstanceId }) => {
        // The checks are named as their elements.
        await sleep(delays[elementId as (typeof checks)[number]] ?? 0);
        return { kind: 'decided', version: '1', decisionId: elementInstanceId, result: {} };
      },
      recordInstance: ({ batch }) => sleep(typeof recording === 'number' ? recording : recording(batch.sequence)),
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
      // Short, so that a workflow task with a slow record is followed by another before it is done.
      const handle = await client.workflow.start(bundle.definition.key, { workflowId: `${bundle.definition.key}/${instanceId}`, taskQueue: instanceId, args: [bundleArgument(bundleHash), input], workflowTaskTimeout: '2 seconds', workflowExecutionTimeout: '30 seconds' });
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
    const handle = await run(bundleOf(parsed), delays);

    await expect(Worker.runReplayHistory({ workflowBundle, dataConverter }, await handle.fetchHistory(), handle.workflowId)).resolves.toBeUndefined();
  }, 60_000);

  it('fires a timer though the alarm of another, cancelled one rang while the record took long', async () => {
    const handle = await run(bundleOf(limited), { recording: (sequence) => (sequence === 2 ? 4_000 : 0) });

    const history = await handle.fetchHistory();
    expect(history.events?.filter(({ timerFiredEventAttributes }) => timerFiredEventAttributes)).toHaveLength(2);
    await expect(Worker.runReplayHistory({ workflowBundle, dataConverter }, history, handle.workflowId)).resolves.toBeUndefined();
  }, 60_000);
});
