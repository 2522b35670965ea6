import { describe, expect, it } from '@jest/globals';
import type { FlowElement } from './definition/index.ts';
import { TestInstance, end, flowOf, service, start } from './testing/process-builder.ts';

type StartEvent = Extract<FlowElement, { type: 'startEvent' }>;

const eventSubProcess = (id: string, event: NonNullable<StartEvent['event']>, isInterrupting = true): FlowElement => ({
  id, type: 'subProcess', triggeredByEvent: true,
  flowElements: [{ id: `${id}Start`, type: 'startEvent', event, isInterrupting }, service(`${id}Act`)],
  sequenceFlows: [flowOf(`${id}Start > ${id}Act`)],
});
const around = (...handlers: FlowElement[]): TestInstance =>
  new TestInstance({ variables: { key: 'string', level: 'number', seen: 'number' }, elements: [start, service('work'), service('more'), end, ...handlers], flows: ['start > work', 'work > more', 'more > end'] }).start({ key: 'O1', level: 1 });

describe('an event sub-process', () => {
  it('that interrupts ends what its scope does, and takes its place', () => {
    const instance = around(eventSubProcess('stop', { kind: 'message', message: 'stop', correlationKey: 'key', mappings: [{ target: 'seen', source: 'message.n' }] }));
    instance.send({ type: 'messageReceived', subscriptionId: Object.keys(instance.state.subscriptions)[0] ?? '', payload: { n: 3 } });

    expect(instance.effects).toEqual(['cancelService', 'closeSubscription', 'executeService']);
    expect(instance.variables['seen']).toBe(3);
    expect(instance.answer('stopAct').path).toEqual(['start', 'stopStart', 'stopAct', 'stop']);
    expect(instance.isEmpty).toBe(true);
  });

  it('that does not interrupt runs beside, as often as its event occurs, and the process waits for it', () => {
    const instance = around(eventSubProcess('note', { kind: 'signal', signal: 'ring' }, false));
    instance.send({ type: 'signalReceived', signal: 'ring', payload: {} });
    instance.send({ type: 'signalReceived', signal: 'ring', payload: {} });
    instance.answer('work').answer('more').answer('noteAct');

    expect(instance.state.status).toBe('running');
    expect(instance.answer('noteAct').isEmpty).toBe(true);
  });

  it('keeps the rhythm of a cycle', () => {
    const instance = around(eventSubProcess('tick', { kind: 'timer', timeCycle: '"R2/PT1H"' }, false));
    instance.send({ type: 'timerFired', timerId: Object.keys(instance.state.timers)[0] ?? '', at: '2026-03-01T09:00:00.000Z' });

    expect(Object.values(instance.state.timers)).toMatchObject([{ elementInstanceId: 'root', elementId: 'tickStart', dueAt: '2026-03-01T10:00:00.000Z' }]);
  });

  it('catches the error of its scope before the boundary events outside, but not its own', () => {
    const failing: FlowElement = { id: 'fail', type: 'endEvent', event: { kind: 'error', errorCode: 'LOST' } };
    const handler: FlowElement = { id: 'handle', type: 'subProcess', triggeredByEvent: true, flowElements: [{ id: 'caught', type: 'startEvent', event: { kind: 'error', errorCode: 'LOST', mappings: [{ target: 'key', source: 'error.errorCode' }] } }, { id: 'again', type: 'endEvent', event: { kind: 'error', errorCode: 'LOST' } }], sequenceFlows: [flowOf('caught > again')] };
    const sub: FlowElement = { id: 'sub', type: 'subProcess', flowElements: [{ id: 'in', type: 'startEvent' }, failing, handler], sequenceFlows: [flowOf('in > fail')] };
    const instance = new TestInstance({ variables: { key: 'string' }, elements: [start, sub, { id: 'outside', type: 'boundaryEvent', attachedToRef: 'sub', cancelActivity: true, event: { kind: 'error', errorCode: 'LOST' } }, end], flows: ['start > sub', 'sub > end', 'outside > end'] }).start();

    expect(instance.path).toEqual(['start', 'in', 'caught', 'outside', 'end']);
    expect(instance.variables).toEqual({ key: 'LOST' });
  });

  it('starts no second one once the scope is interrupted', () => {
    const instance = around(eventSubProcess('first', { kind: 'signal', signal: 'a' }), eventSubProcess('second', { kind: 'signal', signal: 'a' }));
    instance.send({ type: 'signalReceived', signal: 'a', payload: {} });

    expect(instance.answer('firstAct').path).toEqual(['start', 'firstStart', 'firstAct', 'first']);
    expect(instance.state.status).toBe('completed');
  });

  it('starts when its condition becomes true, once each time', () => {
    const instance = new TestInstance({
      variables: { level: 'number' },
      elements: [start, { id: 'one', type: 'userTask', candidateRoles: ['nurse'], form: 'f' }, { id: 'two', type: 'userTask', candidateRoles: ['nurse'], form: 'f' }, { id: 'three', type: 'userTask', candidateRoles: ['nurse'], form: 'f' }, end, eventSubProcess('high', { kind: 'conditional', condition: 'level > 5' }, false)],
      flows: ['start > one', 'one > two', 'two > three', 'three > end'],
    }).start();

    expect(instance.effects).not.toContain('executeService');
    expect(instance.completeTask('one', { level: 6 }).effects).toContain('executeService');
    expect(instance.completeTask('two', { level: 7 }).effects).not.toContain('executeService');
    expect(instance.answer('highAct').completeTask('three', { level: 1 }).isEmpty).toBe(true);
  });
});
