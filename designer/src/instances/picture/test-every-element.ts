import type { FlowElement } from '#engine';

type Event = Extract<FlowElement, { readonly type: 'intermediateCatchEvent' }>['event'];

const timer = { kind: 'timer', timeDuration: 'duration("PT1H")' } as const;
const message = { kind: 'message', message: 'm', correlationKey: 'k' } as const;
const signal = { kind: 'signal', signal: 's' } as const;
const conditional = { kind: 'conditional', condition: 'x > 1' } as const;
const error = { kind: 'error', errorCode: 'E' } as const;
const escalation = { kind: 'escalation', escalationCode: 'S' } as const;
const compensation = { kind: 'compensation' } as const;
const link = { kind: 'link', link: 'there' } as const;
const cancel = { kind: 'cancel' } as const;
const terminate = { kind: 'terminate' } as const;
const any = { kind: 'multiple', events: [timer, signal] } satisfies Event;
const all = { kind: 'multiple', parallel: true, events: [timer, signal] } satisfies Event;
const several = { kind: 'multiple' as const, events: [signal, escalation] };

const scope = (id: string, first: FlowElement = { id: `${id}In`, type: 'startEvent' }) => ({ flowElements: [first, { id: `${id}Do`, type: 'task' as const }], sequenceFlows: [{ id: 'f', sourceRef: first.id, targetRef: `${id}Do` }] });
const multiInstance = (sequential: boolean) => ({ kind: 'multiInstance' as const, sequential, cardinality: '3' });
const user = { candidateRoles: ['nurse'], form: 'f' };

/** Every kind of element, every event in every position and every marker: made to be drawn, not to be run. */
export const everyElement: { readonly flowElements: FlowElement[]; readonly sequenceFlows: [] } = {
  flowElements: [
    ...[timer, message, signal, conditional, error, escalation, compensation, any, all].map((event, index): FlowElement => {
      const id = `on${index}`;
      return { id, type: 'subProcess', triggeredByEvent: true, ...scope(id, { id: `${id}In`, type: 'startEvent', event, isInterrupting: index % 2 === 0 }) };
    }),
    { id: 'start', type: 'startEvent' },
    ...[timer, message, signal, conditional, link, any, all].map((event, index): FlowElement => ({ id: `catch${index}`, type: 'intermediateCatchEvent', event })),
    { id: 'passed', type: 'intermediateThrowEvent' },
    ...[message, signal, escalation, compensation, link, several].map((event, index): FlowElement => ({ id: `throw${index}`, type: 'intermediateThrowEvent', event })),
    ...[timer, message, signal, conditional, error, escalation, cancel, any, all].map((event, index): FlowElement => ({ id: `boundary${index}`, type: 'boundaryEvent', attachedToRef: 'transaction', cancelActivity: index > 3, event })),
    { id: 'undoing', type: 'boundaryEvent', attachedToRef: 'user', cancelActivity: false, event: { kind: 'compensation', handler: 'undo' } },
    { id: 'end', type: 'endEvent' },
    ...[message, signal, escalation, compensation, error, cancel, terminate, several].map((event, index): FlowElement => ({ id: `end${index}`, type: 'endEvent', event })),
    { id: 'task', type: 'task' },
    { id: 'manual', type: 'manualTask', standardLoop: { kind: 'standardLoop', testBefore: true, condition: 'false' } },
    { id: 'user', type: 'userTask', ...user, verification: {}, multiInstance: multiInstance(true) },
    { id: 'service', type: 'serviceTask', activity: 'a.b', multiInstance: multiInstance(false) },
    { id: 'rules', type: 'businessRuleTask', ruleSet: 's', binding: { kind: 'inEffect' }, resultVariable: 'r' },
    { id: 'script', type: 'scriptTask', script: '1' },
    { id: 'send', type: 'sendTask', event: message },
    { id: 'receive', type: 'receiveTask', event: message, instantiate: true },
    { id: 'call', type: 'callActivity', calledElement: 'other' },
    { id: 'undo', type: 'serviceTask', activity: 'a.undo', isForCompensation: true },
    { id: 'exclusive', type: 'exclusiveGateway' },
    { id: 'inclusive', type: 'inclusiveGateway' },
    { id: 'parallel', type: 'parallelGateway' },
    { id: 'complex', type: 'complexGateway' },
    { id: 'eventBased', type: 'eventBasedGateway', instantiate: true, eventGatewayType: 'parallel' },
    { id: 'sub', type: 'subProcess', ...scope('sub') },
    { id: 'transaction', type: 'transaction', ...scope('transaction') },
    { id: 'adHoc', type: 'adHocSubProcess', flowElements: [{ id: 'one', type: 'task' }, { id: 'nested', type: 'subProcess', ...scope('nested') }], sequenceFlows: [] },
  ],
  sequenceFlows: [],
};
