import type { ProcessBundle } from '#engine';
import { end, service, start, userTask } from '../../engine/testing/process-builder.ts';
import { bundleOf, complete, endOf, gateway, scriptOf, type ReplayExample } from './example-parts.ts';
import { meaningExamples } from './meaning-examples.ts';

const inTenMinutes = { kind: 'timer', timeDuration: '"PT10M"' } as const;

/** The process of the example `migration` in another version: a sub-process is around the task, with a timer that is shorter. */
const migrated: ProcessBundle = (() => {
  const bundle = bundleOf('migration', {
    elements: [
      start,
      { id: 'ward', type: 'subProcess', flowElements: [{ id: 'in', type: 'startEvent' }, userTask('care'), endOf('out')], sequenceFlows: [{ id: 'a', sourceRef: 'in', targetRef: 'care' }, { id: 'b', sourceRef: 'care', targetRef: 'out' }] },
      { id: 'late', type: 'boundaryEvent', attachedToRef: 'ward', cancelActivity: false, event: inTenMinutes }, service('page'), endOf('paged'), end,
    ],
    flows: ['start > ward', 'ward > end', 'late > page', 'page > paged'],
  });
  return { ...bundle, definition: { ...bundle.definition, version: '2' } };
})();

/** The examples of what operators do with an instance. */
const operationExamples: readonly ReplayExample[] = [
  {
    name: 'migration',
    bundle: bundleOf('migration', { elements: [start, userTask('nurse'), { id: 'slow', type: 'boundaryEvent', attachedToRef: 'nurse', cancelActivity: true, event: { kind: 'timer', timeDuration: '"PT1H"' } }, endOf('tooLate'), end], flows: ['start > nurse', 'nurse > end', 'slow > tooLate'] }),
    options: { operations: { 1: { migrateTo: migrated, mapping: { nurse: 'care' } } } },
    script: scriptOf({}, { advance: 'PT15M' }, complete('care')),
    path: ['start', 'late', 'page', 'paged', 'care', 'out', 'ward', 'end'],
    variables: {},
    dependsOn: 'migrateInstance',
  },
  {
    name: 'reopening',
    bundle: bundleOf('reopening', { elements: [start, userTask('give'), service('note'), end], flows: ['start > give', 'give > note', 'note > end'] }),
    options: { operations: { 2: { reopenAt: ['give'] } } },
    script: scriptOf({}, complete('give'), complete('give')),
    path: ['start', 'give', 'note', 'end', 'give', 'note', 'end'],
    variables: {},
    dependsOn: 'reopen',
  },
];

/** The examples of the elements beyond tasks, exclusive and parallel gateways and timers. */
const examples: readonly ReplayExample[] = [
  {
    name: 'alarms',
    bundle: bundleOf('alarms', {
      elements: [
        start, gateway('split', 'parallelGateway'), userTask('care'), userTask('wash'), userTask('dress'), endOf('short'), endOf('told'), endOf('dressed'), endOf('tooLate'), endOf('washed'), end,
        { id: 'slow', type: 'boundaryEvent', attachedToRef: 'care', cancelActivity: false, event: { kind: 'timer', timeDuration: '"PT1H"' } },
        { id: 'soon', type: 'boundaryEvent', attachedToRef: 'wash', cancelActivity: true, event: inTenMinutes },
        { id: 'later', type: 'boundaryEvent', attachedToRef: 'dress', cancelActivity: true, event: { kind: 'timer', timeDuration: '"PT20M"' } },
      ],
      flows: ['start > split', 'split > care', 'split > wash', 'split > dress', 'care > end', 'wash > washed', 'dress > dressed', 'slow > told', 'soon > short', 'later > tooLate'],
    }),
    script: scriptOf({}, { advance: 'PT15M' }, complete('dress'), { advance: 'PT50M' }, complete('care')),
    path: ['start', 'split', 'soon', 'short', 'dress', 'dressed', 'slow', 'told', 'care', 'end'],
    variables: {},
    dependsOn: 'one-alarm',
  },
  {
    name: 'signal',
    bundle: bundleOf('listener', { variables: { floor: 'number' }, elements: [start, { id: 'hear', type: 'intermediateCatchEvent', event: { kind: 'signal', signal: 'fireAlarm', mappings: [{ target: 'floor', source: 'signal.floor' }] } }, { id: 'pass', type: 'intermediateThrowEvent', event: { kind: 'signal', signal: 'heard' } }, end], flows: ['start > hear', 'hear > pass', 'pass > end'] }),
    options: { others: [bundleOf('siren', { elements: [start, { id: 'wait', type: 'intermediateCatchEvent', event: inTenMinutes }, { id: 'howl', type: 'endEvent', event: { kind: 'signal', signal: 'fireAlarm', mappings: [{ target: 'floor', source: '3' }] } }], flows: ['start > wait', 'wait > howl'] })], startFirst: ['siren'] },
    script: scriptOf({}, { advance: 'PT15M' }),
    path: ['start', 'hear', 'pass', 'end'],
    variables: { floor: 3 },
    dependsOn: 'receiveSignal',
  },
  {
    name: 'called-process',
    bundle: bundleOf('caller', {
      variables: { value: 'number', alarm: 'boolean' },
      elements: [start, { id: 'call', type: 'callActivity', calledElement: 'lab', inputs: [], outputs: [{ target: 'value', source: 'child.value' }] }, { id: 'critical', type: 'boundaryEvent', attachedToRef: 'call', cancelActivity: false, event: { kind: 'escalation', escalationCode: 'CRITICAL', mappings: [{ target: 'alarm', source: 'true' }] } }, endOf('alarmed'), end],
      flows: ['start > call', 'call > end', 'critical > alarmed'],
    }),
    options: {
      others: [bundleOf('lab', { variables: { value: 'number' }, elements: [start, { id: 'tell', type: 'intermediateThrowEvent', event: { kind: 'escalation', escalationCode: 'CRITICAL' } }, { id: 'spin', type: 'intermediateCatchEvent', event: inTenMinutes }, { id: 'measure', type: 'scriptTask', script: '7', resultVariable: 'value' }, end], flows: ['start > tell', 'tell > spin', 'spin > measure', 'measure > end'] })],
    },
    script: scriptOf({}, { advance: 'PT15M' }),
    path: ['start', 'critical', 'alarmed', 'call', 'end'],
    variables: { alarm: true, value: 7 },
    dependsOn: 'allotChild',
  },
  {
    name: 'compensation',
    bundle: bundleOf('compensation', {
      elements: [start, service('book'), { id: 'undo', type: 'boundaryEvent', attachedToRef: 'book', cancelActivity: true, event: { kind: 'compensation', handler: 'release' } }, service('release', { isForCompensation: true }), userTask('decide'), { id: 'back', type: 'intermediateThrowEvent', event: { kind: 'compensation' } }, end],
      flows: ['start > book', 'book > decide', 'decide > back', 'back > end'],
    }),
    script: scriptOf({}, complete('decide')),
    path: ['start', 'book', 'decide', 'release', 'back', 'end'],
    variables: {},
    dependsOn: 'executeService',
  },
  {
    name: 'compensation-beside-flow',
    bundle: bundleOf('compensation-beside-flow', {
      elements: [start, service('book'), { id: 'undo', type: 'boundaryEvent', attachedToRef: 'book', cancelActivity: true, event: { kind: 'compensation', handler: 'release' } }, userTask('release', { isForCompensation: true }), { id: 'back', type: 'intermediateThrowEvent', event: { kind: 'compensation', waitForCompletion: false } }, userTask('decide'), end],
      flows: ['start > book', 'book > back', 'back > decide', 'decide > end'],
    }),
    script: scriptOf({}, complete('decide'), complete('release')),
    path: ['start', 'book', 'back', 'decide', 'end', 'release'],
    variables: {},
    dependsOn: 'executeService',
  },
  {
    name: 'event-sub-process',
    bundle: bundleOf('event-sub-process', {
      variables: { orderId: 'string' }, required: ['orderId'],
      elements: [
        start, userTask('give'), end,
        { id: 'remind', type: 'subProcess', triggeredByEvent: true, flowElements: [{ id: 'late', type: 'startEvent', isInterrupting: false, event: inTenMinutes }, service('page'), endOf('paged')], sequenceFlows: [{ id: 'a', sourceRef: 'late', targetRef: 'page' }, { id: 'b', sourceRef: 'page', targetRef: 'paged' }] },
        { id: 'stop', type: 'subProcess', triggeredByEvent: true, flowElements: [{ id: 'stopped', type: 'startEvent', event: { kind: 'message', message: 'orderStopped', correlationKey: 'orderId' } }, endOf('over')], sequenceFlows: [{ id: 'c', sourceRef: 'stopped', targetRef: 'over' }] },
      ],
      flows: ['start > give', 'give > end'],
    }),
    script: scriptOf({ orderId: 'O1' }, { advance: 'PT15M' }, { message: { name: 'orderStopped', correlationKey: 'O1' } }),
    path: ['start', 'late', 'page', 'paged', 'remind', 'stopped', 'over', 'stop'],
    variables: { orderId: 'O1' },
    dependsOn: 'executeService',
  },
  {
    name: 'ad-hoc-sub-process',
    bundle: bundleOf('ad-hoc-sub-process', {
      elements: [start, { id: 'care', type: 'adHocSubProcess', sequenceFlows: [], flowElements: [userTask('wash'), userTask('turn')] }, end],
      flows: ['start > care', 'care > end'],
    }),
    script: scriptOf({}, complete('turn'), complete('wash')),
    path: ['start', 'turn', 'wash', 'care', 'end'],
    variables: {},
    dependsOn: 'completeTask',
  },
  {
    name: 'gateways',
    bundle: bundleOf('gateways', {
      variables: { weight: 'number' }, required: ['weight'],
      elements: [start, gateway('split', 'inclusiveGateway'), userTask('a'), userTask('b'), userTask('c'), gateway('join', 'inclusiveGateway'), gateway('fork', 'parallelGateway'), userTask('d'), userTask('e'), gateway('first', 'complexGateway', { activationCondition: 'activationCount >= 1' }), gateway('which', 'eventBasedGateway'), { id: 'call', type: 'intermediateCatchEvent', event: { kind: 'message', message: 'called', correlationKey: '"bell"' } }, { id: 'late', type: 'intermediateCatchEvent', event: inTenMinutes }, endOf('called'), endOf('tooLate')],
      flows: ['start > split', 'split > a: weight > 1', 'split > b: weight > 2', 'split > c: weight > 9', 'a > join', 'b > join', 'c > join', 'join > fork', 'fork > d', 'fork > e', 'd > first', 'e > first', 'first > which', 'which > call', 'which > late', 'call > called', 'late > tooLate'],
    }),
    script: scriptOf({ weight: 5 }, complete('b'), complete('a'), complete('e'), { message: { name: 'called', correlationKey: 'bell' } }, complete('d')),
    path: ['start', 'split', 'b', 'a', 'join', 'fork', 'e', 'first', 'which', 'call', 'called', 'd'],
    variables: { weight: 5 },
    dependsOn: 'deliverMessage',
  },
];

/** All of which a history is kept. */
export const allExamples: readonly ReplayExample[] = [...examples, ...operationExamples, ...meaningExamples];
