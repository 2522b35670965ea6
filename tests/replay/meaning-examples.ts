import type { FlowElement } from '#engine';
import { end, service, start, userTask } from '../../engine/testing/process-builder.ts';
import { bundleOf, complete, endOf, flowsOf, gateway, nurse, scriptOf, type ReplayExample } from './example-parts.ts';

const undone = (host: string, handler: FlowElement): FlowElement[] => [{ id: `${host}Undo`, type: 'boundaryEvent', attachedToRef: host, cancelActivity: true, event: { kind: 'compensation', handler: handler.id } }, handler];
const back: FlowElement = { id: 'back', type: 'intermediateThrowEvent', event: { kind: 'compensation' } };
/** A called process that a service undoes. */
const lab = bundleOf('lab', { elements: [start, service('measure'), ...undone('measure', service('discard', { isForCompensation: true })), end], flows: ['start > measure', 'measure > end'] });

const undoneCall: ReplayExample = {
  name: 'undone-call',
  bundle: bundleOf('undone-call', { elements: [start, { id: 'call', type: 'callActivity', calledElement: 'lab', inputs: [], outputs: [] }, userTask('decide'), back, end], flows: ['start > call', 'call > decide', 'decide > back', 'back > end'] }),
  options: { others: [lab] },
  script: scriptOf({}, complete('decide')),
  path: ['start', 'call', 'decide', 'back', 'end'],
  othersEnd: 'cancelled',
  variables: {},
  dependsOn: 'reportChild',
};

/** The examples of what the third meaning has changed or added, and of elements that no other one has. */
export const meaningExamples: readonly ReplayExample[] = [
  {
    name: 'several-starts',
    bundle: bundleOf('several-starts', { elements: [start, { id: 'second', type: 'startEvent' }, service('act'), service('other'), end], flows: ['start > act', 'act > end', 'second > other', 'other > end'] }),
    script: { format: 'careloop-script/1', services: { 'test.act': {} }, steps: [{ start: { variables: {}, element: 'second' } }] },
    path: ['second', 'other', 'end'],
    variables: {},
    dependsOn: 'startElementId',
  },
  {
    name: 'conditional-start',
    bundle: bundleOf('conditional-start', { variables: { value: 'number' }, elements: [{ id: 'high', type: 'startEvent', event: { kind: 'conditional', condition: 'value > 5' } }, { id: 'low', type: 'startEvent', event: { kind: 'conditional', condition: 'value < 2' } }, userTask('look'), service('note'), end], flows: ['high > look', 'look > end', 'low > note', 'note > end'] }),
    script: { format: 'careloop-script/1', services: { 'test.act': {} }, steps: [{ start: { variables: { value: 1 }, element: 'low' } }] },
    path: ['low', 'note', 'end'],
    variables: { value: 1 },
    dependsOn: 'startElementId',
  },
  {
    name: 'process-undone',
    bundle: bundleOf('process-undone', {
      elements: [start, userTask('give'), back, end, { id: 'whole', type: 'subProcess', triggeredByEvent: true, flowElements: [{ id: 'asked', type: 'startEvent', event: { kind: 'compensation' } }, service('takeBack')], sequenceFlows: flowsOf('asked > takeBack') }],
      flows: ['start > give', 'give > back', 'back > end'],
    }),
    script: scriptOf({}, complete('give')),
    path: ['start', 'give', 'asked', 'takeBack', 'whole', 'back', 'end'],
    variables: {},
    dependsOn: 'executeService',
  },
  {
    name: 'transactions',
    bundle: bundleOf('transactions', {
      elements: [
        start, end, endOf('cancelled'), { id: 'no', type: 'boundaryEvent', attachedToRef: 'buy', cancelActivity: true, event: { kind: 'cancel' } },
        {
          id: 'buy', type: 'transaction', multiInstance: { kind: 'multiInstance', sequential: false, cardinality: '2' },
          flowElements: [{ id: 'in', type: 'startEvent' }, service('pay'), ...undone('pay', service('refund', { isForCompensation: true })), userTask('doubt'), { id: 'stop', type: 'endEvent', event: { kind: 'cancel' } }],
          sequenceFlows: flowsOf('in > pay', 'pay > doubt', 'doubt > stop'),
        },
      ],
      flows: ['start > buy', 'buy > end', 'no > cancelled'],
    }),
    script: scriptOf({}, complete('doubt')),
    path: ['start', 'in', 'in', 'pay', 'pay', 'doubt', 'stop', 'refund', 'refund', 'no', 'cancelled'],
    variables: {},
    dependsOn: 'executeService',
  },
  undoneCall,
  { ...undoneCall, name: 'undone-call-of-lab', recorded: lab, dependsOn: 'compensate' },
  {
    name: 'loops',
    bundle: bundleOf('loops', { variables: { rounds: 'number' }, elements: [start, service('again', { standardLoop: { kind: 'standardLoop', testBefore: false, condition: 'loopCounter < 2', maximum: 3 } }), userTask('each', { multiInstance: { kind: 'multiInstance', sequential: true, collection: '[1, 2]', elementVariable: 'item' } }), end], flows: ['start > again', 'again > each', 'each > end'] }),
    script: scriptOf({}, complete('each'), complete('each')),
    path: ['start', 'again', 'again', 'each', 'each', 'end'],
    variables: {},
    dependsOn: 'executeService',
  },
  {
    name: 'condition-at-once',
    bundle: bundleOf('condition-at-once', {
      variables: { value: 'number' },
      elements: [start, gateway('fork', 'parallelGateway'), userTask('measure'), userTask('rest'), { id: 'high', type: 'boundaryEvent', attachedToRef: 'rest', cancelActivity: true, event: { kind: 'conditional', condition: 'value > 5' } }, service('page'), endOf('measured'), endOf('rested'), endOf('paged')],
      flows: ['start > fork', 'fork > measure', 'fork > rest', 'measure > measured', 'rest > rested', 'high > page', 'page > paged'],
    }),
    script: scriptOf({}, complete('measure', { value: 9 })),
    path: ['start', 'fork', 'measure', 'high', 'measured', 'page', 'paged'],
    variables: { value: 9 },
    dependsOn: 'executeService',
  },
  {
    name: 'throws',
    bundle: bundleOf('throws', {
      elements: [
        start, service('told'), endOf('knows'), { id: 'out', type: 'intermediateThrowEvent', event: { kind: 'link', link: 'on' } }, { id: 'on', type: 'intermediateCatchEvent', event: { kind: 'link', link: 'on' } }, { id: 'stop', type: 'endEvent', event: { kind: 'terminate' } },
        {
          id: 'care', type: 'subProcess', flowElements: [{ id: 'in', type: 'startEvent' }, userTask('give'), { id: 'up', type: 'intermediateThrowEvent', event: { kind: 'escalation', escalationCode: 'LATE' } }, { id: 'bad', type: 'endEvent', event: { kind: 'error', errorCode: 'REFUSED' } }],
          sequenceFlows: flowsOf('in > give', 'give > up', 'up > bad'),
        },
        { id: 'late', type: 'boundaryEvent', attachedToRef: 'care', cancelActivity: false, event: { kind: 'escalation', escalationCode: 'LATE' } },
        { id: 'refused', type: 'boundaryEvent', attachedToRef: 'care', cancelActivity: true, event: { kind: 'error', errorCode: 'REFUSED' } }, userTask('talk'),
      ],
      flows: ['start > care', 'late > told', 'told > knows', 'refused > talk', 'talk > out', 'on > stop'],
    }),
    script: scriptOf({}, complete('give'), complete('talk')),
    path: ['start', 'in', 'give', 'late', 'up', 'refused', 'told', 'knows', 'talk', 'out', 'on', 'stop'],
    variables: {},
    dependsOn: 'executeService',
  },
  {
    name: 'two-people',
    bundle: bundleOf('two-people', { elements: [start, userTask('prepare', { verification: { form: 'form' } }), end], flows: ['start > prepare', 'prepare > end'] }),
    script: scriptOf({}, { claim: { element: 'prepare', as: nurse } }, { delegate: { element: 'prepare', as: nurse, to: 'n2' } }, complete('prepare', {}, 'n2'), { rejectVerification: { element: 'prepare', as: { ...nurse, id: 'n3' }, reason: 'another batch' } }, complete('prepare', {}, 'n2'), complete('prepare', {}, 'n3')),
    path: ['start', 'prepare', 'end'],
    variables: {},
    dependsOn: 'rejectTaskVerification',
  },
  {
    name: 'messages',
    bundle: bundleOf('messages', {
      elements: [start, gateway('fork', 'parallelGateway'), { id: 'ask', type: 'sendTask', event: { kind: 'message', message: 'asked', correlationKey: '"k"' } }, { id: 'answer', type: 'receiveTask', event: { kind: 'message', message: 'asked', correlationKey: '"k"' } }, { id: 'more', type: 'intermediateCatchEvent', event: { kind: 'multiple', events: [{ kind: 'message', message: 'told', correlationKey: '"k"' }, { kind: 'timer', timeDuration: '"PT1H"' }] } }, endOf('asked'), end],
      flows: ['start > fork', 'fork > answer', 'fork > ask', 'ask > asked', 'answer > more', 'more > end'],
    }),
    script: scriptOf({}, { advance: 'PT1M' }, { message: { name: 'told', correlationKey: 'k' } }),
    path: ['start', 'fork', 'ask', 'asked', 'answer', 'more', 'end'],
    variables: {},
    dependsOn: 'deliverMessage',
  },
];
