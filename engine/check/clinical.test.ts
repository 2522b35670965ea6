import { describe, expect, it } from '@jest/globals';
import type { FlowElement } from '../definition/index.ts';
import { end, flowOf, processOf, service, start, userTask } from '../testing/process-builder.ts';
import { check } from './check.ts';

const effects = { 'payment.refund': 'idempotent', 'cabinet.dispense': 'probe', 'clinical.gather': 'none', 'clinical.writeRecord': 'idempotent' } as const;
const warned = (element: FlowElement, ...more: FlowElement[]): string[] =>
  check(processOf({ elements: [start, element, ...more, end], flows: ['start > act', 'act > end', ...more.filter(({ type }) => type === 'boundaryEvent').flatMap((event) => ('event' in event && event.event && event.event.kind === 'compensation' ? [] : [`${event.id} > end`]))] }), { clinical: { effects } }).map(({ code, severity }) => `${severity} ${code}`);
const owned = { candidateUnit: '"w1"', dueDate: 'now()' };

describe('clinical rules', () => {
  it.each<[string, FlowElement, FlowElement[], string[]]>([
    ['ask for a way back from a payment', service('act', { activity: 'payment.refund' }), [], ['warning EFFECT_NOT_UNDOABLE']],
    ['are content with a compensation handler', service('act', { activity: 'payment.refund' }), [{ id: 'back', type: 'boundaryEvent', attachedToRef: 'act', cancelActivity: false, event: { kind: 'compensation', handler: 'undo' } }, service('undo', { activity: 'clinical.writeRecord', isForCompensation: true })], []],
    ['are content with hardware that can be asked', service('act', { activity: 'cabinet.dispense' }), [], []],
    ['let pass what moves nothing', service('act', { activity: 'clinical.writeRecord' }), [], []],
    ['trust no robot that nobody registered', service('act', { activity: 'robot.pick' }), [], ['warning EFFECT_NOT_UNDOABLE']],
    ['ask whose a task is and until when', userTask('act', { outputs: [] }), [], ['warning TASK_FOR_ANYBODY', 'warning TASK_WITHOUT_DEADLINE']],
    ['are content with a person and a timer', userTask('act', { assignee: '"n1"', outputs: [] }), [{ id: 'late', type: 'boundaryEvent', attachedToRef: 'act', cancelActivity: false, event: { kind: 'timer', timeDuration: '"PT1H"' } }], []],
    ['ask for a second person at the bedside', userTask('act', { ...owned, presentation: 'bedsideScan', outputs: [] }), [], ['warning HIGH_RISK_UNVERIFIED']],
    ['ask for a second person where the ledger counts', userTask('act', { ...owned, ledger: { loop: 'dose', step: 'given', item: '"d1"' }, outputs: [] }), [], ['warning HIGH_RISK_UNVERIFIED']],
    ['are content with a verification', userTask('act', { ...owned, presentation: 'bedsideScan', verification: {}, outputs: [] }), [], []],
  ])('%s', (_what, element, more, expected) => {
    expect(warned(element, ...more)).toEqual(expected);
  });

  const each = { multiInstance: { kind: 'multiInstance', sequential: false, collection: '[1, 2]' } } as const;
  const pay = service('pay', { activity: 'payment.refund' });
  const undo = service('undo', { activity: 'clinical.writeRecord', isForCompensation: true });
  const task = userTask('task', { assignee: '"n1"', outputs: [] });
  const part = (elements: readonly FlowElement[], flows: readonly string[], more: object = {}): FlowElement => ({ id: 'act', type: 'subProcess', flowElements: [{ id: 's', type: 'startEvent' }, ...elements], sequenceFlows: flows.map(flowOf), ...more });
  const eventPart = (event: object, ...elements: readonly FlowElement[]): FlowElement => ({ id: 'onEvent', type: 'subProcess', triggeredByEvent: true, flowElements: [{ id: 'es', type: 'startEvent', isInterrupting: event === compensation, event }, ...elements], sequenceFlows: elements.map(({ id }) => flowOf(`es > ${id}`)) }) as FlowElement;
  const boundary = (event: object, more: object = {}): FlowElement => ({ id: 'event', type: 'boundaryEvent', attachedToRef: 'act', cancelActivity: false, event, ...more }) as FlowElement;
  const hour = { kind: 'timer', timeDuration: '"PT1H"' };
  const compensation = { kind: 'compensation' };

  it.each<[string, FlowElement, FlowElement[], string[]]>([
    ['look into a sub-process that is repeated', part([pay, task], ['s > pay', 'pay > task'], each), [], ['warning EFFECT_NOT_UNDOABLE', 'warning TASK_WITHOUT_DEADLINE']],
    ['ask of each item of an activity', service('act', { activity: 'payment.refund', ...each }), [], ['warning EFFECT_NOT_UNDOABLE']],
    ['are content when each item of an activity can be undone', service('act', { activity: 'payment.refund', ...each }), [boundary({ kind: 'compensation', handler: 'undo' }), undo], []],
    ['ask of each item of a task', userTask('act', { candidateUnit: '"w1"', outputs: [], presentation: 'bedsideScan', ...each }), [], ['warning TASK_WITHOUT_DEADLINE', 'warning HIGH_RISK_UNVERIFIED']],
    ['are content with a second person and a due date for each item', userTask('act', { ...owned, outputs: [], presentation: 'bedsideScan', verification: {}, ...each }), [], []],
    ['are content with a handler of the sub-process around', part([pay], ['s > pay']), [boundary({ kind: 'compensation', handler: 'undo' }), undo], []],
    ['are content with a compensation event sub-process beside', part([pay, eventPart(compensation, service('takeBack', { activity: 'clinical.writeRecord' }))], ['s > pay']), [], []],
    ['are content with a timer of the sub-process around', part([task], ['s > task']), [boundary(hour)], []],
    ['are content with a timer event sub-process beside', part([task, eventPart(hour, service('remind', { activity: 'clinical.writeRecord' }))], ['s > task']), [], []],
    ['ask for the deadline of a task that a timer begins', part([service('wait', { activity: 'clinical.writeRecord' }), eventPart(hour, task)], ['s > wait']), [], ['warning TASK_WITHOUT_DEADLINE']],
    ['are content with one of several events that is a timer', userTask('act', { assignee: '"n1"', outputs: [] }), [boundary({ kind: 'multiple', events: [hour, { kind: 'signal', signal: 'x', mappings: [] }] })], []],
    ['are not content with a timer that needs a signal beside it', userTask('act', { assignee: '"n1"', outputs: [] }), [boundary({ kind: 'multiple', parallel: true, events: [hour, { kind: 'signal', signal: 'x', mappings: [] }] })], ['warning TASK_WITHOUT_DEADLINE']],
    ['ask of what undoes only that it may be repeated', service('act', { activity: 'cabinet.dispense' }), [boundary({ kind: 'compensation', handler: 'undo' }), service('undo', { activity: 'payment.refund', isForCompensation: true })], []],
    ['trust no handler that nobody registered', service('act', { activity: 'cabinet.dispense' }), [boundary({ kind: 'compensation', handler: 'undo' }), service('undo', { activity: 'robot.putBack', isForCompensation: true })], ['warning EFFECT_NOT_UNDOABLE']],
    ['leave a called process to its own check', { id: 'act', type: 'callActivity', calledElement: 'payment', ...each }, [], []],
  ])('%s', (_what, element, more, expected) => {
    expect(warned(element, ...more)).toEqual(expected);
  });

  it('ask of the called process what they ask of every process', () => {
    expect(check({ ...processOf({ elements: [start, pay, end], flows: ['start > pay', 'pay > end'] }), key: 'payment' }, { clinical: { effects } }).map(({ code }) => code)).toEqual(['EFFECT_NOT_UNDOABLE']);
  });

  const call: FlowElement = { id: 'call', type: 'callActivity', calledElement: 'payment', inputs: [], outputs: [] };
  const back: FlowElement = { id: 'back', type: 'intermediateThrowEvent', event: { kind: 'compensation' } };
  const handler = (host: string): FlowElement[] => [{ id: 'event', type: 'boundaryEvent', attachedToRef: host, cancelActivity: true, event: { kind: 'compensation', handler: 'undo' } }, undo];
  const dispense = service('dispense', { activity: 'cabinet.dispense' });
  const payment = (...elements: readonly FlowElement[]) => ({ ...processOf({ elements: [start, dispense, ...elements, end], flows: ['start > dispense', 'dispense > end'] }), key: 'payment' });
  const calls = (key: string) => ({ ...processOf({ elements: [start, { ...call, calledElement: 'payment' }, end], flows: ['start > call', 'call > end'] }), key });

  it.each([
    ['ask for the undoing of what a called process moves, also where it can be asked', [], [payment()], ['warning CALL_NOT_UNDOABLE']],
    ['are content when the called process undoes it', [], [payment(...handler('dispense'))], []],
    ['are content with a compensation event sub-process of the called process', [], [payment(eventPart(compensation, service('takeBack', { activity: 'clinical.writeRecord' })))], []],
    ['are content with a handler of the call', handler('call'), [payment()], []],
    ['know nothing of a process that is not there', [], [], []],
    ['ask of a process that a called one calls', [], [calls('other'), payment()], ['warning CALL_NOT_UNDOABLE']],
    ['end with processes that call each other', [], [{ ...calls('other'), key: 'payment' }], []],
  ])('%s', (title, more, called, expected) => {
    const calledElement = title.includes('a called one calls') ? 'other' : 'payment';
    const definition = processOf({ elements: [start, { ...call, calledElement }, back, ...more, end], flows: ['start > call', 'call > back', 'back > end'] });

    expect(check(definition, { clinical: { effects }, called }).map(({ code, severity }) => `${severity} ${code}`)).toEqual(expected);
  });

  it('leave calls alone in a process that undoes nothing', () => {
    expect(check(calls('test'), { clinical: { effects }, called: [payment()] })).toEqual([]);
  });

  it('are asked only where the activities are known', () => {
    expect(check(processOf({ elements: [start, userTask('act', { outputs: [] }), end], flows: ['start > act', 'act > end'] }))).toEqual([]);
  });
});
