import { describe, expect, it } from '@jest/globals';
import type { FlowElement } from '../definition/index.ts';
import { end, flowOf, processOf, service, start, userTask, type ProcessParts } from '../testing/process-builder.ts';
import { check } from './check.ts';

const sub = (id: string, elements: readonly FlowElement[], flows: readonly string[], more: object = {}): FlowElement => ({ id, type: 'subProcess', flowElements: [...elements], sequenceFlows: flows.map(flowOf), ...more }) as FlowElement;
const boundary = (id: string, attachedToRef: string, event: object, cancelActivity = true): FlowElement => ({ id, type: 'boundaryEvent', attachedToRef, cancelActivity, event }) as FlowElement;
const inner: FlowElement = { id: 's', type: 'startEvent' };
const around = (element: FlowElement, ...more: FlowElement[]): ProcessParts => ({ elements: [start, element, ...more, end], flows: [`start > ${element.id}`, `${element.id} > end`] });

describe('rules of connection', () => {
  const broken: readonly [string, ProcessParts, string][] = [
    ['a start event without a flow', { elements: [start, service('act')], flows: [] }, 'START_EVENT_LEADS_NOWHERE start'],
    ['a gateway without a flow out', { elements: [start, { id: 'g', type: 'exclusiveGateway' }], flows: ['start > g'] }, 'GATEWAY_LEADS_NOWHERE g'],
    ['a gateway that neither parts nor joins', around({ id: 'g', type: 'parallelGateway' }), 'GATEWAY_POINTLESS g'],
    ['a condition on the only flow', { variables: { x: 'number' }, required: ['x'], elements: [start, service('act'), end], flows: ['start > act', 'act > end: x > 1'] }, 'CONDITION_ALONE act_end'],
    ['a receive task in a sub-process that starts the process', around(sub('part', [inner, { id: 'get', type: 'receiveTask', instantiate: true, event: { kind: 'message', message: 'm' } }], [])), 'INSTANTIATE_IN_SUB_PROCESS get'],
    ['a process that calls itself', around({ id: 'call', type: 'callActivity', calledElement: 'test', inputs: [] }), 'CALLS_ITSELF call'],
    ['an error that is caught twice', { elements: [start, service('act'), boundary('one', 'act', { kind: 'error', errorCode: 'E' }), boundary('two', 'act', { kind: 'error', errorCode: 'E' }), end], flows: ['start > act', 'act > end', 'one > end', 'two > end'] }, 'CAUGHT_TWICE two'],
    ['a boundary event at an event sub-process', { elements: [start, service('act'), end, sub('on', [{ id: 's', type: 'startEvent', event: { kind: 'signal', signal: 'x' } }, service('do')], ['s > do'], { triggeredByEvent: true }), boundary('late', 'on', { kind: 'timer', timeDuration: '"PT1H"' })], flows: ['start > act', 'act > end', 'late > end'] }, 'BOUNDARY_AT_EVENT_SUB_PROCESS late'],
    ['a transaction whose cancelling nobody catches', around({ id: 'tx', type: 'transaction', flowElements: [inner, { id: 'no', type: 'endEvent', event: { kind: 'cancel' } }], sequenceFlows: [flowOf('s > no')] }), 'CANCEL_UNCAUGHT tx'],
    ['a variable declared twice in a sub-process', around(sub('part', [inner, service('do')], ['s > do'], { variables: [{ name: 'x', type: 'number', classification: 'operational' }, { name: 'x', type: 'number', classification: 'operational' }] })), 'DUPLICATE_VARIABLE part'],
    ['an event sub-process that is repeated', { elements: [start, service('act'), end, sub('on', [{ id: 's', type: 'startEvent', event: { kind: 'signal', signal: 'x' } }, service('do')], ['s > do'], { triggeredByEvent: true, standardLoop: { kind: 'standardLoop', testBefore: true, maximum: 2 } })], flows: ['start > act', 'act > end'] }, 'EVENT_SUB_PROCESS_MARKER on'],
    ['a task separated from itself', around(userTask('ask', { separation: ['ask'] })), 'SEPARATION_FROM_ITSELF ask'],
    ['a separation from a service', { elements: [start, service('act'), userTask('ask', { separation: ['act'] }), end], flows: ['start > act', 'act > ask', 'ask > end'] }, 'SEPARATION_NOT_A_TASK ask'],
    ['two mappings of one name', { variables: { x: 'number' }, required: ['x'], ...around(service('act', { inputs: [{ target: 'y', source: 'x' }, { target: 'y', source: 'x' }] })) }, 'MAPPING_DOUBLED act'],
    ['a compensation without a handler', { elements: [start, service('act'), { id: 'undo', type: 'intermediateThrowEvent', event: { kind: 'compensation', activityRef: 'act' } }, end], flows: ['start > act', 'act > undo', 'undo > end'] }, 'NOTHING_TO_COMPENSATE undo'],
    ['a compensation that would go on in a scope that ends', { elements: [start, service('act'), { id: 'no', type: 'endEvent', event: { kind: 'multiple', events: [{ kind: 'compensation', waitForCompletion: false }, { kind: 'terminate' }] } }], flows: ['start > act', 'act > no'] }, 'COMPENSATION_WAITED_FOR no'],
  ];
  it.each(broken)('find %s', (_what, parts, expected) => {
    expect(check(processOf(parts)).map(({ code, elementId }) => `${code} ${elementId ?? ''}`)).toContain(expected);
  });

  it('find two flows between the same elements', () => {
    const definition = processOf(around(service('act')));
    const doubled = { ...definition, sequenceFlows: [...definition.sequenceFlows, { id: 'again', sourceRef: 'act', targetRef: 'end' }] };

    expect(check(doubled)).toMatchObject([{ code: 'FLOW_DOUBLED', elementId: 'again', severity: 'warning' }]);
  });

  it('have nothing to say about a plain process', () => {
    expect(check(processOf(around(service('act'))))).toEqual([]);
  });
});
