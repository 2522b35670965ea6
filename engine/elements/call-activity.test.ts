import { describe, expect, it } from '@jest/globals';
import type { FlowElement } from '../definition/index.ts';
import { TestInstance, end, start } from '../testing/process-builder.ts';

type CallActivity = Extract<FlowElement, { type: 'callActivity' }>;
const calling = (more: Partial<CallActivity> = {}, ...others: FlowElement[]): TestInstance =>
  new TestInstance({
    variables: { order: 'string', done: 'boolean' },
    elements: [start, { id: 'call', type: 'callActivity', calledElement: 'dispensing', ...more }, end, ...others],
    flows: ['start > call', 'call > end', ...others.map(({ id }) => `${id} > end`)],
  }).start({ order: 'O1' });
const caught = (event: Extract<FlowElement, { type: 'boundaryEvent' }>['event'], cancelActivity = true): FlowElement => ({ id: 'caught', type: 'boundaryEvent', attachedToRef: 'call', cancelActivity, event });

describe('a call activity', () => {
  it('starts the process with its inputs and waits for its end', () => {
    const instance = calling({ inputs: [{ target: 'id', source: 'order' }], outputs: [{ target: 'done', source: 'child.ok' }] });

    expect(instance.commands).toContainEqual({ type: 'startChildProcess', elementInstanceId: 'e2', elementId: 'call', processKey: 'dispensing', businessKey: 'i1:e2', variables: { id: 'O1' }, declaredOnly: false });

    instance.send({ type: 'childCompleted', elementInstanceId: 'e2', variables: { ok: true } });

    expect(instance.variables).toEqual({ order: 'O1', done: true });
    expect(instance.isEmpty).toBe(true);
  });

  it('without inputs offers what it sees, for what the child declares', () => {
    expect(calling().commands).toContainEqual(expect.objectContaining({ variables: { order: 'O1' }, declaredOnly: true }));
  });

  it('hands on the error and the escalation of the child', () => {
    const failed = calling({}, caught({ kind: 'error', errorCode: 'OUT' }));
    failed.send({ type: 'childThrewError', elementInstanceId: 'e2', error: { errorCode: 'OUT' } });

    expect(failed.path).toEqual(['start', 'caught', 'end']);

    const escalated = calling({}, caught({ kind: 'escalation' }, false));
    escalated.send({ type: 'childEscalated', elementInstanceId: 'e2', escalationCode: 'LATE', payload: {} });

    expect(escalated.path).toEqual(['start', 'caught', 'end']);
    expect(escalated.state.status).toBe('running');
  });

  it('cancels the child when it is ended', () => {
    const instance = calling({}, caught({ kind: 'signal', signal: 'stop' }));
    instance.send({ type: 'signalReceived', signal: 'stop', payload: {} });

    expect(instance.effects).toContain('cancelChildProcess');
    expect(instance.send({ type: 'childCompleted', elementInstanceId: 'e2', variables: {} }).commands).toEqual([]);
  });

  it('is an incident when the child could not run; a retry calls another one', () => {
    const instance = calling();
    instance.send({ type: 'childFailed', elementInstanceId: 'e2', failure: { code: 'CHILD_FAILED', message: 'Expected process dispensing, but there is none' } });

    expect(instance.openIncidents).toEqual([{ element: 'call', code: 'CHILD_FAILED', allowed: ['retry', 'skip'] }]);

    instance.send({ type: 'incidentResolved', incidentId: Object.keys(instance.state.incidents)[0] ?? '', resolution: { kind: 'retry' }, reason: 'published now' });

    expect(instance.commands).toContainEqual(expect.objectContaining({ type: 'startChildProcess', businessKey: 'i1:e2:2' }));
  });
});
