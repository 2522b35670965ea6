import { describe, expect, it } from '@jest/globals';
import type { BoundaryEvent, FlowElement } from '../definition/index.ts';
import { TestInstance, at, end, operator, script, service, start, userTask } from '../testing/process-builder.ts';

const attached = (event: BoundaryEvent['event'], cancelActivity: boolean, host: FlowElement = userTask('work')) =>
  new TestInstance({
    variables: { note: 'string', orderId: 'string' },
    elements: [start, host, { id: 'boundary', type: 'boundaryEvent', attachedToRef: 'work', cancelActivity, event }, script('handled', '1'), end],
    flows: ['start > work', 'work > end', 'boundary > handled'],
  });
const after10Minutes = { kind: 'timer', timeDuration: 'duration("PT10M")' } as const;

describe('interrupting timer boundary event', () => {
  it('starts with the activity and ends with it', () => {
    const instance = attached(after10Minutes, true).start();

    expect(instance.commands).toContainEqual({ type: 'startTimer', timer: { id: 'd4', elementInstanceId: 'e2', elementId: 'boundary', dueAt: '2026-03-01T08:10:00.000Z' } });

    instance.completeTask('work');

    expect(instance.commands).toContainEqual({ type: 'cancelTimer', timerId: 'd4' });
    expect(instance.state.status).toBe('completed');
  });

  it('terminates the activity, closes its task and takes its own flow', () => {
    const instance = attached(after10Minutes, true).start();

    instance.send({ type: 'timerFired', timerId: 'd4' });

    expect(instance.path).toEqual(['start', 'boundary', 'handled']);
    expect(instance.commands).toContainEqual({ type: 'closeUserTask', taskId: 't3', outcome: 'cancelled' });
    expect(instance.log.map(({ action }) => action)).toEqual(expect.arrayContaining(['timer.fired', 'task.cancelled', 'element.terminated']));
    expect(instance.state.status).toBe('completed');
    expect(instance.isEmpty).toBe(true);
  });

  it('cancels the service that is under way, and ignores its late answer', () => {
    const instance = new TestInstance({
      elements: [start, service('work'), { id: 'boundary', type: 'boundaryEvent', attachedToRef: 'work', cancelActivity: true, event: after10Minutes }, userTask('handled'), end],
      flows: ['start > work', 'work > end', 'boundary > handled'],
    }).start();
    instance.send({ type: 'timerFired', timerId: 'd3' });

    expect(instance.effects).toContain('cancelService');
    const before = instance.state;

    instance.send({ type: 'serviceCompleted', elementInstanceId: 'e2', result: {} });
    instance.send({ type: 'timerFired', timerId: 'd3' });

    expect(instance.state).toBe(before);
    expect(instance.commands).toEqual([]);
  });

  it('takes an open incident of its activity with it', () => {
    const instance = attached(after10Minutes, true, service('work')).start();
    instance.send({ type: 'serviceFailed', elementInstanceId: 'e2', failure: { code: 'SERVICE_FAILED', message: 'no' } });

    instance.send({ type: 'timerFired', timerId: 'd3' });

    expect(instance.effects).toEqual(['closeIncident', 'endInstance']);
    expect(instance.state.status).toBe('completed');
  });
});

describe('non-interrupting timer boundary event', () => {
  it('runs beside the activity', () => {
    const instance = attached(after10Minutes, false).start();
    instance.send({ type: 'timerFired', timerId: 'd4' });

    expect(instance.path).toEqual(['start', 'boundary', 'handled']);
    expect(instance.state.status).toBe('running');

    instance.completeTask('work');

    expect(instance.state.status).toBe('completed');
  });

  it('fires as often as its cycle says', () => {
    const instance = attached({ kind: 'timer', timeCycle: '"R2/PT10M"' }, false).start();
    const [first] = Object.values(instance.state.timers);
    expect(first).toMatchObject({ dueAt: '2026-03-01T08:10:00.000Z', repeat: { remaining: 1, duration: 'PT10M' } });

    instance.send({ type: 'timerFired', timerId: first?.id ?? '', at: '2026-03-01T08:10:00.400Z' });

    const [second] = Object.values(instance.state.timers);
    expect(second).toMatchObject({ dueAt: '2026-03-01T08:20:00.000Z', repeat: { remaining: 0, duration: 'PT10M' } });

    instance.send({ type: 'timerFired', timerId: second?.id ?? '', at: '2026-03-01T08:20:00.000Z' });

    expect(instance.state.timers).toEqual({});
    expect(instance.path.filter((id) => id === 'handled')).toHaveLength(2);
  });

  it('does not fire in a burst after hours of downtime', () => {
    const instance = attached({ kind: 'timer', timeCycle: '"R/PT10M"' }, false).start();

    instance.send({ type: 'timerFired', timerId: 'd4', at: '2026-03-01T13:05:00.000Z' });

    expect(Object.values(instance.state.timers)).toMatchObject([{ dueAt: '2026-03-01T13:10:00.000Z', repeat: { remaining: -1 } }]);
  });
});

describe('message boundary event', () => {
  const stopped = { kind: 'message', message: 'orderStopped', correlationKey: 'orderId', mappings: [{ target: 'note', source: 'message.reason' }] } as const;

  it('interrupts with the payload and closes its subscription', () => {
    const instance = attached({ ...stopped, mappings: [...stopped.mappings] }, true).start({ orderId: 'O1' });
    expect(Object.values(instance.state.subscriptions)).toEqual([{ id: 'm4', elementInstanceId: 'e2', elementId: 'boundary', message: 'orderStopped', correlationKey: 'O1' }]);

    instance.send({ type: 'messageReceived', subscriptionId: 'm4', payload: { reason: 'allergy' } });

    expect(instance.effects).toContain('closeSubscription');
    expect(instance.variables).toEqual({ orderId: 'O1', note: 'allergy' });
    expect(instance.path).toEqual(['start', 'boundary', 'handled']);
  });

  it('stays open while the activity runs when it does not interrupt', () => {
    const instance = attached({ ...stopped, mappings: [...stopped.mappings] }, false).start({ orderId: 'O1' });
    instance.send({ type: 'messageReceived', subscriptionId: 'm4', payload: { reason: 'a' } });
    instance.send({ type: 'messageReceived', subscriptionId: 'm4', payload: { reason: 'b' } });

    expect(instance.path.filter((id) => id === 'handled')).toHaveLength(2);

    instance.completeTask('work');
    instance.send({ type: 'messageReceived', subscriptionId: 'm4', payload: {} });

    expect(instance.refusal).toBe('INSTANCE_NOT_RUNNING');
  });

  it('does not begin the activity when the correlation key is missing', () => {
    const instance = attached({ ...stopped, mappings: [...stopped.mappings] }, true).start({});

    expect(instance.openIncidents).toEqual([{ element: 'boundary', code: 'CORRELATION_KEY_INVALID', allowed: ['retry', 'skip'] }].map((incident) => ({ ...incident, element: 'work' })));
    expect(instance.state.userTasks).toEqual({});

    instance.send({ type: 'incidentResolved', incidentId: Object.keys(instance.state.incidents)[0] ?? '', resolution: { kind: 'retry' }, reason: 'order number added', variables: { orderId: 'O1' }, actor: operator });

    expect(Object.values(instance.state.subscriptions)).toHaveLength(1);
    expect(Object.values(instance.state.userTasks)).toHaveLength(1);
  });
});

describe('error boundary event', () => {
  it('catches the error of its code, before one that catches any', () => {
    const instance = new TestInstance({
      elements: [
        start, service('work'),
        { id: 'any', type: 'boundaryEvent', attachedToRef: 'work', cancelActivity: true, event: { kind: 'error' } },
        { id: 'empty', type: 'boundaryEvent', attachedToRef: 'work', cancelActivity: true, event: { kind: 'error', errorCode: 'EMPTY' } },
        script('refill', '1'), script('other', '1'), end,
      ],
      flows: ['start > work', 'work > end', 'empty > refill', 'any > other'],
    }).start();

    instance.send({ type: 'serviceThrewError', elementInstanceId: 'e2', error: { errorCode: 'EMPTY' } });

    expect(instance.path).toEqual(['start', 'empty', 'refill']);
    expect(instance.state.status).toBe('completed');
    expect(instance.log.map(({ action }) => action)).toEqual(expect.arrayContaining(['error.thrown', 'error.caught']));
  });

  it('raises an incident when nobody catches it', () => {
    const instance = attached({ kind: 'error', errorCode: 'EMPTY' }, true, service('work')).start();

    instance.send({ type: 'serviceThrewError', elementInstanceId: 'e2', error: { errorCode: 'JAMMED' } });

    expect(instance.openIncidents).toEqual([{ element: 'work', code: 'UNCAUGHT_BPMN_ERROR', allowed: ['retry', 'skip'] }]);
  });

  it('uses the time of the event, not of a clock', () => {
    expect(attached(after10Minutes, true).start().state.startedAt).toBe(at);
  });
});
