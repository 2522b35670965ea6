import type { EventDefinition, FlowElement, ProcessDefinition } from '../../definition/index.ts';

const name = { 'zh-CN': '名', en: 'Name' };
const mappings = [{ target: 'x', source: 'y + 1' }];
const message = { kind: 'message', message: 'order', correlationKey: 'x', mappings } as const;
const signal = { kind: 'signal', signal: 'stop', mappings } as const;
const error = { kind: 'error', errorCode: 'E1', mappings } as const;
const escalation = { kind: 'escalation', escalationCode: 'S1', mappings } as const;
const timer = { kind: 'timer', timeDuration: 'duration("PT1H")', calendar: 'day' } as const;
const conditional = { kind: 'conditional', condition: 'x > 1 and y < "2" & z' } as const;
const compensation = { kind: 'compensation', activityRef: 'user' } as const;
const link = { kind: 'link', link: 'there' } as const;
const cancel = { kind: 'cancel' } as const;
const terminate = { kind: 'terminate' } as const;

const catches = [timer, message, signal, conditional, error, escalation] as const;
const starts = [...catches, compensation] as const;

function eventsOf<Event extends EventDefinition>(prefix: string, events: readonly Event[]): { id: string; event: Event }[] {
  return events.map((event, index) => ({ id: `${prefix}_${event.kind}_${index}`, event }));
}

const events: FlowElement[] = [
  { id: 'start', type: 'startEvent', name },
  ...eventsOf('catch', [timer, message, signal, conditional, link]).map((each): FlowElement => ({ ...each, type: 'intermediateCatchEvent' })),
  { id: 'catch_date', type: 'intermediateCatchEvent', event: { kind: 'timer', timeDate: 'date and time("2026-01-01T00:00:00Z")' } },
  { id: 'catch_cycle', type: 'intermediateCatchEvent', event: { kind: 'timer', timeCycle: '"R3/PT1H"' } },
  { id: 'catch_all', type: 'intermediateCatchEvent', event: { kind: 'multiple', parallel: true, events: [timer, message, signal] } },
  { id: 'throw', type: 'intermediateThrowEvent', ledger: { loop: 'l', step: 's', item: 'x' } },
  ...eventsOf('throw', [message, signal, escalation, compensation, link]).map((each): FlowElement => ({ ...each, type: 'intermediateThrowEvent' })),
  { id: 'throw_undo_beside', type: 'intermediateThrowEvent', event: { ...compensation, waitForCompletion: false } },
  { id: 'throw_all', type: 'intermediateThrowEvent', event: { kind: 'multiple', events: [signal, message, escalation] } },
  ...eventsOf('boundary', [...catches, cancel]).map((each): FlowElement => ({ ...each, type: 'boundaryEvent', attachedToRef: 'transaction', cancelActivity: each.event.kind === 'error' || each.event.kind === 'cancel' })),
  { id: 'boundary_any', type: 'boundaryEvent', attachedToRef: 'user', cancelActivity: true, event: { kind: 'multiple', parallel: false, events: [error, { kind: 'error' }] } },
  { id: 'boundary_undo', type: 'boundaryEvent', attachedToRef: 'user', cancelActivity: false, event: { kind: 'compensation', handler: 'undo' } },
  { id: 'end', type: 'endEvent', ledger: { loop: 'l', step: 's', item: 'x' } },
  ...eventsOf('end', [message, signal, escalation, compensation, error, cancel, terminate]).map((each): FlowElement => ({ ...each, type: 'endEvent' })),
  { id: 'end_code', type: 'endEvent', event: { kind: 'error', errorCode: '' } },
  { id: 'end_all', type: 'endEvent', event: { kind: 'multiple', events: [terminate, message] } },
];

const tasks: FlowElement[] = [
  { id: 'plain', type: 'task', documentation: 'two\n\nparagraphs', inputs: mappings, outputs: mappings, default: 'f2' },
  { id: 'manual', type: 'manualTask', standardLoop: { kind: 'standardLoop', testBefore: true, condition: 'loopCounter < 3', maximum: 4 } },
  {
    id: 'user', type: 'userTask', name: { 'zh-CN': '同', en: '同' }, candidateRoles: ['nurse'], form: 'f', candidateUnit: 'x', assignee: 'y', dueDate: 'now()', followUpDate: 'now()', priority: '1', subject: 's', separation: ['plain'],
    checks: [{ code: 'A', condition: 'data.x = 1', message: name, when: 'true' }], verification: { candidateRoles: ['doctor'], form: 'g', checks: [], timeLimit: 'duration("PT1H")' }, presentation: 'bedsideScan',
    multiInstance: { kind: 'multiInstance', sequential: true, collection: 'list', elementVariable: 'item', outputCollection: 'results', outputElement: 'data', completionCondition: 'count > 2' },
  },
  { id: 'service', type: 'serviceTask', activity: 'a.b', idempotencyKey: 'k', retry: { maximumAttempts: 3, initialIntervalMs: 10 }, timeoutMs: 5, resultVariable: 'r', multiInstance: { kind: 'multiInstance', sequential: false, cardinality: '3', behavior: { kind: 'one', event: signal } } },
  { id: 'rules', type: 'businessRuleTask', ruleSet: 's', binding: { kind: 'pinned', version: '1' }, resultVariable: 'r', multiInstance: { kind: 'multiInstance', sequential: false, cardinality: '3', behavior: { kind: 'none', event: message } } },
  { id: 'script', type: 'scriptTask', script: ' 1 + 1 ', resultVariable: 'r', multiInstance: { kind: 'multiInstance', sequential: false, cardinality: '3', behavior: { kind: 'complex', definitions: [{ condition: 'true', event: escalation }] } } },
  { id: 'send', type: 'sendTask', event: message, isForCompensation: false, startQuantity: 2, completionQuantity: 3 },
  { id: 'receive', type: 'receiveTask', event: { kind: 'message', message: '  spaced ' }, instantiate: true },
  { id: 'call', type: 'callActivity', calledElement: 'other', calledVersion: '2', businessKey: 'k' },
  { id: 'undo', type: 'serviceTask', activity: 'a.undo', isForCompensation: true },
];

const gateways: FlowElement[] = [
  { id: 'exclusive', type: 'exclusiveGateway', default: 'f3' },
  { id: 'inclusive', type: 'inclusiveGateway', default: 'f5' },
  { id: 'parallel', type: 'parallelGateway' },
  { id: 'complex', type: 'complexGateway', activationCondition: 'activationCount >= 2', default: 'f6' },
  { id: 'eventBased', type: 'eventBasedGateway', instantiate: true, eventGatewayType: 'parallel' },
];

function scope(id: string): { flowElements: FlowElement[]; sequenceFlows: { id: string; sourceRef: string; targetRef: string }[] } {
  return { flowElements: [{ id: `${id}_in`, type: 'startEvent' }, { id: `${id}_do`, type: 'task' }, { id: `${id}_out`, type: 'endEvent' }], sequenceFlows: [{ id: `${id}_1`, sourceRef: `${id}_in`, targetRef: `${id}_do` }, { id: `${id}_2`, sourceRef: `${id}_do`, targetRef: `${id}_out` }] };
}

const scopes: FlowElement[] = [
  { id: 'sub', type: 'subProcess', ...scope('sub'), variables: [{ name: 'v', type: 'number', classification: 'staff', required: false, description: name }], inputs: mappings },
  ...starts.map((event, index): FlowElement => ({
    id: `on_${event.kind}`, type: 'subProcess', triggeredByEvent: true, ...scope(`on_${event.kind}`),
    flowElements: [{ id: `on_${event.kind}_in`, type: 'startEvent', event: event.kind === 'compensation' ? { kind: 'compensation' } : event, isInterrupting: index % 2 === 0 }, { id: `on_${event.kind}_do`, type: 'task' }, { id: `on_${event.kind}_out`, type: 'endEvent' }],
  })),
  { id: 'transaction', type: 'transaction', ...scope('transaction') },
  { id: 'adHoc', type: 'adHocSubProcess', ordering: 'sequential', activeElements: '["one"]', completionCondition: 'true', cancelRemainingInstances: false, flowElements: [{ id: 'one', type: 'task' }, { id: 'nested', type: 'subProcess', ...scope('nested') }], sequenceFlows: [] },
];

/** Every element type with every field and every event definition in every position. Made to be written, not to be run. */
export const everyElement: ProcessDefinition = {
  format: 'careloop-process/1',
  key: 'everything',
  version: '7',
  name,
  documentation: 'All of it',
  variables: [{ name: 'x', type: 'number', classification: 'patient', required: true, description: name }],
  subject: '"s"',
  calendars: { day: { offsets: [{ from: '2026-01-01T00:00:00Z', offsetMinutes: 480 }], week: { monday: [{ from: '08:00', to: '17:00' }] } } },
  flowElements: [...events, ...tasks, ...gateways, ...scopes],
  sequenceFlows: [
    { id: 'f1', sourceRef: 'start', targetRef: 'plain', name },
    { id: 'f2', sourceRef: 'plain', targetRef: 'exclusive' },
    { id: 'f4', sourceRef: 'exclusive', targetRef: 'inclusive', condition: 'x > 1', name: { 'zh-CN': '', en: 'only English' } },
    { id: 'f3', sourceRef: 'exclusive', targetRef: 'plain' },
    { id: 'f5', sourceRef: 'inclusive', targetRef: 'complex' },
    { id: 'f6', sourceRef: 'complex', targetRef: 'end' },
    { id: 'f7', sourceRef: 'boundary_any', targetRef: 'end_all' },
  ],
};
