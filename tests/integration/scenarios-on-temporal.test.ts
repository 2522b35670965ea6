import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseScript, simulate, type FlowElement, type ProcessBundle, type ProcessDefinition, type Script, type ScriptStep } from '#engine';
import { end, processOf, service, start, userTask } from '../../engine/testing/process-builder.ts';
import { Runtime, DefaultLogger } from '@temporalio/worker';
import { loadProcess } from '../../gateway/processes/index.ts';
import { startScenarioServer, type PlayedOutcome, type ScenarioServer } from '../support/scenario-on-temporal.ts';

const nurse = { id: 'n1', roles: ['nurse'] };
const complete = (element: string, data = {}, occurrence = 1): ScriptStep => ({ complete: { element, as: nurse, data, occurrence } });
const begin = (variables: Extract<ScriptStep, { start: unknown }>['start']['variables'] = {}): ScriptStep => ({ start: { variables } });

function bundleOf(definition: ProcessDefinition, ruleSets: ProcessBundle['ruleSets'] = {}): ProcessBundle {
  return { format: 'careloop-bundle/1', definition, ruleSets };
}

function boundary(id: string, attachedToRef: string, cancelActivity: boolean, event: Extract<FlowElement, { type: 'boundaryEvent' }>['event']): FlowElement {
  return { id, type: 'boundaryEvent', attachedToRef, cancelActivity, event };
}

const endOf = (id: string): FlowElement => ({ id, type: 'endEvent' });
const each = { kind: 'multiInstance', collection: 'wards', elementVariable: 'ward', completionCondition: 'numberOfCompletedInstances = 2' } as const;
const simple = bundleOf(processOf({ variables: { answer: 'object' }, elements: [start, service('send', { resultVariable: 'answer', activity: 'test.send' }), userTask('check'), end], flows: ['start > send', 'send > check', 'check > end'] }));

interface Case {
  readonly title: string;
  readonly bundle: ProcessBundle;
  readonly steps: readonly ScriptStep[];
  readonly expected: Partial<PlayedOutcome> & Pick<PlayedOutcome, 'status' | 'path'>;
}

const timerProcess = (cancelActivity: boolean, timer: object = { timeDuration: 'duration("PT1H")' }) => bundleOf(processOf({
  elements: [start, userTask('give'), boundary('late', 'give', cancelActivity, { kind: 'timer', ...timer }), userTask('explain'), endOf('given'), endOf('explained')],
  flows: ['start > give', 'give > given', 'late > explain', 'explain > explained'],
}));

const cases: readonly Case[] = [
  {
    title: 'an interrupting timer takes the task away', bundle: timerProcess(true),
    steps: [begin(), { advance: 'PT59M' }, { claim: { element: 'give', as: nurse } }, { advance: 'PT2M' }, complete('give'), complete('explain')],
    expected: { status: 'completed', path: ['start', 'late', 'explain', 'explained'], refused: [{ step: 5, code: 'TASK_NOT_OPEN' }] },
  },
  {
    title: 'a timer of a year fires after a year', bundle: timerProcess(true, { timeDuration: '"P365D"' }),
    steps: [begin(), { advance: 'P364D' }, { claim: { element: 'give', as: nurse } }, { advance: 'P2D' }, complete('explain')],
    expected: { status: 'completed', path: ['start', 'late', 'explain', 'explained'], refused: [] },
  },
  {
    title: 'a timer at the end of time waits', bundle: timerProcess(true, { timeDate: '"9999-12-31T23:59:59Z"' }),
    steps: [begin(), { advance: 'P400D' }, complete('give')],
    expected: { status: 'completed', path: ['start', 'give', 'given'], refused: [] },
  },
  {
    title: 'a timer that does not interrupt adds a path', bundle: timerProcess(false),
    steps: [begin(), { advance: 'PT61M' }, complete('explain')],
    expected: { status: 'running', path: ['start', 'late', 'explain', 'explained'], tasks: ['give'] },
  },
  {
    title: 'a cycle fires as often as it says',
    bundle: bundleOf(processOf({
      variables: { reminders: 'number' }, required: ['reminders'],
      elements: [start, userTask('give'), boundary('again', 'give', false, { kind: 'timer', timeCycle: '"R3/PT10M"' }), { id: 'count', type: 'scriptTask', script: 'reminders + 1', resultVariable: 'reminders' }, endOf('reminded'), end],
      flows: ['start > give', 'give > end', 'again > count', 'count > reminded'],
    })),
    steps: [begin({ reminders: 0 }), { advance: 'PT25M' }, { advance: 'PT2H' }, complete('give')],
    expected: { status: 'completed', path: ['start', 'again', 'count', 'reminded', 'again', 'count', 'reminded', 'again', 'count', 'reminded', 'give', 'end'], variables: { reminders: 3 } },
  },
  {
    title: 'a message at the boundary, which came before its subscriber',
    bundle: bundleOf(processOf({
      variables: { orderId: 'string', why: 'string' }, required: ['orderId'],
      elements: [start, userTask('prepare'), userTask('give'), boundary('stopped', 'give', true, { kind: 'message', message: 'orderStopped', correlationKey: 'orderId', mappings: [{ target: 'why', source: 'message.reason' }] }), { id: 'tell', type: 'intermediateThrowEvent', event: { kind: 'message', message: 'doseStopped', correlationKey: 'orderId', mappings: [{ target: 'reason', source: 'why' }] } }, endOf('given'), endOf('told')],
      flows: ['start > prepare', 'prepare > give', 'give > given', 'stopped > tell', 'tell > told'],
    })),
    steps: [begin({ orderId: 'O1' }), { message: { name: 'orderStopped', correlationKey: 'O2' } }, { message: { name: 'orderStopped', correlationKey: 'O1', payload: { reason: 'discharged' } } }, complete('prepare')],
    expected: { status: 'completed', path: ['start', 'prepare', 'stopped', 'tell', 'told'], variables: { orderId: 'O1', why: 'discharged' }, messages: [{ name: 'doseStopped', correlationKey: 'O1', payload: { reason: 'discharged' } }] },
  },
  {
    title: 'a message starts the process where it is awaited',
    bundle: bundleOf(processOf({
      variables: { why: 'string' },
      elements: [start, { id: 'stopped', type: 'startEvent', event: { kind: 'message', message: 'orderStopped', mappings: [{ target: 'why', source: 'message.reason' }] } }, userTask('give'), userTask('explain'), end],
      flows: ['start > give', 'give > end', 'stopped > explain', 'explain > end'],
    })),
    steps: [{ start: { variables: { reason: 'discharged' }, message: 'orderStopped' } }, complete('explain')],
    expected: { status: 'completed', path: ['stopped', 'explain', 'end'], variables: { why: 'discharged' } },
  },
  {
    title: 'an error that ends a sub-process is caught at its boundary',
    bundle: bundleOf(processOf({
      elements: [
        start,
        { id: 'dose', type: 'subProcess', flowElements: [{ id: 'begin', type: 'startEvent' }, { id: 'split', type: 'parallelGateway' }, userTask('watch'), userTask('give'), endOf('watched'), { id: 'refused', type: 'endEvent', event: { kind: 'error', errorCode: 'REFUSED' } }], sequenceFlows: [['begin', 'split'], ['split', 'watch'], ['split', 'give'], ['watch', 'watched'], ['give', 'refused']].map(([sourceRef = '', targetRef = '']) => ({ id: `${sourceRef}_${targetRef}`, sourceRef, targetRef })) },
        boundary('caught', 'dose', true, { kind: 'error', errorCode: 'REFUSED' }), userTask('callDoctor'), endOf('given'), endOf('called'),
      ],
      flows: ['start > dose', 'dose > given', 'caught > callDoctor', 'callDoctor > called'],
    })),
    steps: [begin(), complete('give')],
    expected: { status: 'running', path: ['start', 'begin', 'split', 'give', 'caught'], tasks: ['callDoctor'] },
  },
  ...[false, true].map((sequential): Case => ({
    title: `a ${sequential ? 'sequential' : 'parallel'} multi-instance task ends early when its condition holds`,
    bundle: bundleOf(processOf({
      variables: { wards: 'list', searched: 'list' },
      elements: [start, userTask('search', { inputs: [{ target: 'ward', source: 'ward' }], multiInstance: { ...each, sequential, outputCollection: 'searched', outputElement: 'ward + "!"' } }), end],
      flows: ['start > search', 'search > end'],
    })),
    steps: [begin({ wards: ['a', 'b', 'c'] }), complete('search', {}, sequential ? 1 : 3), complete('search')],
    expected: { status: 'completed', path: ['start', 'search', 'search', 'end'], variables: { wards: ['a', 'b', 'c'], searched: sequential ? ['a!', 'b!', null] : ['a!', null, 'c!'] }, tasks: [] },
  })),
  {
    title: 'an incident stands until somebody has it tried again', bundle: simple,
    steps: [begin(), { fail: { element: 'send' } }, { operator: { element: 'send', resolution: 'confirmDone', reason: 'not allowed here' } }, { operator: { element: 'send', resolution: 'retry', reason: 'line repaired' } }, { answer: { element: 'send', result: { id: 7 } } }],
    expected: { status: 'running', path: ['start', 'send'], variables: { answer: { id: 7 } }, tasks: ['check'], incidents: [], refused: [{ step: 3, code: 'INCIDENT_RESOLUTION_INVALID' }] },
  },
  {
    title: 'an unknown outcome stands as an incident', bundle: simple,
    steps: [begin(), { unanswered: { element: 'send' } }],
    expected: { status: 'running', path: ['start'], incidents: [{ element: 'send', code: 'SERVICE_OUTCOME_UNKNOWN' }] },
  },
  {
    title: 'an unknown outcome that is confirmed goes on with what was seen', bundle: simple,
    steps: [begin(), { unanswered: { element: 'send' } }, { operator: { element: 'send', resolution: 'confirmDone', result: { seen: true }, reason: 'the drawer is empty' } }, complete('check')],
    expected: { status: 'completed', path: ['start', 'send', 'check', 'end'], variables: { answer: { seen: true } }, incidents: [] },
  },
  {
    title: 'an error of a service that nobody catches is an incident, and a cancelled instance does nothing more', bundle: simple,
    steps: [begin(), { error: { element: 'send', errorCode: 'FULL' } }, { cancel: { reason: 'entered by mistake' } }],
    expected: { status: 'cancelled', path: ['start'], tasks: [], incidents: [] },
  },
];

describe('a script on Temporal ends as in the simulator', () => {
  let server: ScenarioServer;

  beforeAll(async () => {
    Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter: 'ERROR' } } });
    server = await startScenarioServer();
  }, 300_000);

  afterAll(() => server?.stop());

  async function playBoth(bundle: ProcessBundle, script: Script) {
    const { status, path, variables, openTasks, incidents, messages, ledger, refused } = simulate(bundle, script);
    const simulated: Omit<PlayedOutcome, 'workflowId' | 'log' | 'others'> = {
      status, path, variables, messages,
      tasks: openTasks.map(({ element }) => element),
      incidents: incidents.map(({ element, code }) => ({ element, code })),
      ledger: ledger.map(({ loop, step, item }) => ({ loop, step, item })),
      refused: refused.map(({ step, code }) => ({ step, code })),
    };
    const { workflowId: _workflowId, log: _log, others: _others, ...played } = await server.play(bundle, script);
    return { simulated, played };
  }

  it.each(cases.map((entry) => [entry.title, entry] as const))('%s', async (_title, { bundle, steps, expected }) => {
    const { simulated, played } = await playBoth(bundle, { format: 'careloop-script/1', steps: [...steps] });

    expect(played).toMatchObject(expected);
    expect(played).toEqual(simulated);
  }, 60_000);

  const folder = join(import.meta.dirname, '../../processes/ten-node-example');
  const { definition, ruleSets } = loadProcess(folder);
  const tenNodes = bundleOf(definition, Object.fromEntries(ruleSets.map((document) => [`${document.key}@${document.version}`, document])));
  const paths: Record<string, readonly string[]> = {
    'approved.json': ['start', 'lookUp', 'gradeRisk', 'isRisky', 'both', 'approve', 'notify', 'join', 'summarise', 'end'],
    'refused.json': ['start', 'lookUp', 'gradeRisk', 'isRisky', 'both', 'notify', 'approve', 'join', 'summarise', 'end'],
    'not-risky.json': ['start', 'lookUp', 'gradeRisk', 'isRisky', 'rejected'],
  };

  it.each(readdirSync(join(folder, 'scenarios')))('the ten-node example: %s', async (file) => {
    const parsed = parseScript(JSON.parse(readFileSync(join(folder, 'scenarios', file), 'utf8')));
    if (!parsed.ok) throw new Error(`Expected a script, but ${JSON.stringify(parsed.findings)}`);

    const { simulated, played } = await playBoth(tenNodes, parsed.script);

    expect(played.path).toEqual(paths[file]);
    expect(played).toEqual(simulated);
  }, 60_000);
});
