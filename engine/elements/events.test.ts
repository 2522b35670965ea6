import { describe, expect, it } from '@jest/globals';
import type { FlowElement } from '../definition/index.ts';
import { openTimers } from '../open-waits.ts';
import { TestInstance, end, operator, service, start, system } from '../testing/process-builder.ts';

const catching = (event: Extract<FlowElement, { type: 'intermediateCatchEvent' }>['event']) =>
  new TestInstance({ variables: { key: 'string', level: 'number', dueOn: 'dateTime' }, elements: [start, { id: 'wait', type: 'intermediateCatchEvent', event }, end], flows: ['start > wait', 'wait > end'] });

describe('timer catch event', () => {
  it.each([
    ['a duration', { timeDuration: 'duration("P1DT2H")' }, '2026-03-02T10:00:00.000Z'],
    ['a duration as text', { timeDuration: '"P1M"' }, '2026-04-01T08:00:00.000Z'],
    ['a date-time with an offset', { timeDate: 'date and time("2026-03-05T08:00:00+08:00")' }, '2026-03-05T00:00:00.000Z'],
    ['a date-time from a variable', { timeDate: 'dueOn' }, '2026-03-01T09:30:00.000Z'],
    ['an expression over now()', { timeDate: 'now() + duration("PT5M")' }, '2026-03-01T08:05:00.000Z'],
    ['the first firing of a cycle', { timeCycle: '"R3/PT15M"' }, '2026-03-01T08:15:00.000Z'],
  ])('is due at %s', (_what, timer, dueAt) => {
    const instance = catching({ kind: 'timer', ...timer }).start({ dueOn: '2026-03-01T17:30:00+08:00' });

    expect(openTimers(instance.state)).toMatchObject([{ elementId: 'wait', dueAt }]);

    instance.send({ type: 'timerFired', timerId: 'd3', at: dueAt });

    expect(instance.state).toMatchObject({ status: 'completed', endedAt: dueAt });
    expect(instance.isEmpty).toBe(true);
  });

  it.each([
    ['a missing date', { timeDate: 'dueOn' }],
    ['text that is no duration', { timeDuration: '"soon"' }],
    ['a cycle without a period', { timeCycle: '"R3/PT0S"' }],
    ['a cycle of no times', { timeCycle: '"R0/PT1H"' }],
    ['a date beyond the calendar', { timeDuration: '"P9000Y"' }],
  ])('raises an incident for %s', (_what, timer) => {
    const instance = catching({ kind: 'timer', ...timer }).start();

    expect(instance.openIncidents).toEqual([{ element: 'wait', code: 'TIMER_INVALID', allowed: ['retry', 'skip'] }]);
  });
});

describe('message catch event', () => {
  it('sets declared variables of the same name when it has no mappings', () => {
    const instance = catching({ kind: 'message', message: 'result', correlationKey: 'key' }).start({ key: 'k1' });

    instance.send({ type: 'messageReceived', subscriptionId: 'm3', payload: { level: 4, unknown: 1 }, actor: system });

    expect(instance.variables).toEqual({ key: 'k1', level: 4 });
    expect(instance.state.status).toBe('completed');
    expect(instance.log.find(({ action }) => action === 'message.received')).toMatchObject({ actor: system, detail: { message: 'result', correlationKey: 'k1', payload: { level: 4, unknown: 1 } } });
  });

  it('keeps a message whose payload does not fit, and goes on without it when an operator says so', () => {
    const instance = catching({ kind: 'message', message: 'result', correlationKey: 'key' }).start({ key: 'k1' });

    instance.send({ type: 'messageReceived', subscriptionId: 'm3', payload: { level: 'high' } });

    expect(instance.openIncidents).toEqual([{ element: 'wait', code: 'VARIABLE_WRONG_TYPE', allowed: ['retry', 'skip'] }]);
    expect(instance.instance('wait').completion).toEqual({ message: { level: 'high' } });

    instance.send({ type: 'incidentResolved', incidentId: Object.keys(instance.state.incidents)[0] ?? '', resolution: { kind: 'skip' }, reason: 'entered by hand', variables: { level: 5 }, actor: operator });

    expect(instance.variables).toEqual({ key: 'k1', level: 5 });
    expect(instance.state.status).toBe('completed');
  });

  it('refuses a message for a subscription that is closed', () => {
    const instance = catching({ kind: 'message', message: 'result', correlationKey: 'key' }).start({ key: 'k1' });

    instance.send({ type: 'messageReceived', subscriptionId: 'm9', payload: {} });

    expect(instance.refusal).toBe('SUBSCRIPTION_NOT_FOUND');
  });
});

describe('message throw event', () => {
  it('sends its mappings and goes on', () => {
    const instance = new TestInstance({
      variables: { key: 'string', level: 'number' },
      elements: [start, { id: 'tell', type: 'intermediateThrowEvent', event: { kind: 'message', message: 'high', correlationKey: 'key', mappings: [{ target: 'value', source: 'level + 1' }] }, ledger: { loop: 'lab', step: 'told', item: 'key' } }, end],
      flows: ['start > tell', 'tell > end'],
    }).start({ key: 'k1', level: 6 });

    expect(instance.commands).toContainEqual({ type: 'sendMessage', elementInstanceId: 'e2', message: 'high', correlationKey: 'k1', payload: { value: 7 } });
    expect(instance.commands).toContainEqual(expect.objectContaining({ type: 'recordLedger', loop: 'lab', step: 'told', item: 'k1', elementId: 'tell' }));
    expect(instance.state.status).toBe('completed');
  });
});

describe('start event', () => {
  const twoStarts = () =>
    new TestInstance({
      variables: { orderId: 'string' }, required: ['orderId'],
      elements: [start, { id: 'byMessage', type: 'startEvent', event: { kind: 'message', message: 'order', mappings: [{ target: 'orderId', source: 'message.id' }] } }, service('work'), end],
      flows: ['start > work', 'byMessage > work', 'work > end'],
    });

  it('begins at the start event of the message, with its mappings', () => {
    const instance = twoStarts();
    instance.send({ type: 'instanceStarted', variables: { id: 'O1' }, messageName: 'order' });

    expect(instance.path).toEqual(['byMessage']);
    expect(instance.variables).toEqual({ orderId: 'O1' });
  });

  it.each([
    ['a missing required variable', { variables: {} }, 'VARIABLE_MISSING'],
    ['a required variable that is null', { variables: { orderId: null } }, 'VARIABLE_MISSING'],
    ['an undeclared variable', { variables: { orderId: 'O1', colour: 1 } }, 'VARIABLE_UNDECLARED'],
    ['a variable of the wrong type', { variables: { orderId: 1 } }, 'VARIABLE_WRONG_TYPE'],
    ['a variable of 3 MB', { variables: { orderId: 'x'.repeat(3_000_000) } }, 'VARIABLE_TOO_LARGE'],
    ['an unknown message', { variables: {}, messageName: 'other' }, 'SUBSCRIPTION_NOT_FOUND'],
  ])('refuses %s and stays as it was', (_what, event, code) => {
    const instance = twoStarts();
    const before = instance.state;

    instance.send({ type: 'instanceStarted', ...event });

    expect(instance.refusal).toBe(code);
    expect(instance.state).toBe(before);
  });

  it('refuses to begin twice', () => {
    const instance = twoStarts().start({ orderId: 'O1' });

    instance.start({ orderId: 'O1' });

    expect(instance.refusal).toBe('INSTANCE_NOT_RUNNING');
  });
});

describe('end event', () => {
  it('ends the instance when the last token is consumed', () => {
    const instance = new TestInstance({ elements: [start, service('a'), service('b'), end], flows: ['start > a', 'start > b', 'a > end', 'b > end'] }).start().answer('a');

    expect(instance.state.status).toBe('running');
    expect(instance.answer('b').state.status).toBe('completed');
    expect(instance.commands.at(-1)).toEqual({ type: 'endInstance', status: 'completed', variables: {} });
  });

  it('terminates everything else in its scope', () => {
    const instance = new TestInstance({
      elements: [start, service('a'), service('b'), { id: 'stop', type: 'endEvent', event: { kind: 'terminate' } }, end],
      flows: ['start > a', 'start > b', 'a > stop', 'b > end'],
    }).start().answer('a');

    expect(instance.effects).toEqual(['cancelService', 'endInstance']);
    expect(instance.state.status).toBe('completed');
    expect(instance.isEmpty).toBe(true);
  });
});

describe('a terminate end event', () => {
  it('takes tokens with it that are still on their way in the same step', () => {
    const instance = new TestInstance({
      elements: [start, { id: 'stop', type: 'endEvent', event: { kind: 'terminate' } }, service('a'), end],
      flows: ['start > stop', 'start > a', 'a > end'],
    }).start();

    expect(instance.path).toEqual(['start', 'stop']);
    expect(instance.state.status).toBe('completed');
    expect(instance.isEmpty).toBe(true);
  });
});

describe('cancelling an instance', () => {
  it('ends all that runs and is refused a second time', () => {
    const instance = new TestInstance({ elements: [start, service('a'), service('b'), end], flows: ['start > a', 'start > b', 'a > end', 'b > end'] }).start();

    instance.send({ type: 'instanceCancelled', reason: 'discharged', actor: operator });

    expect(instance.state.status).toBe('cancelled');
    expect(instance.isEmpty).toBe(true);
    expect(instance.effects).toEqual(['cancelService', 'cancelService', 'endInstance']);
    expect(instance.log.at(-1)).toMatchObject({ action: 'instance.cancelled', actor: operator, reason: 'discharged' });

    instance.send({ type: 'instanceCancelled', reason: 'again', actor: operator });

    expect(instance.refusal).toBe('INSTANCE_NOT_RUNNING');
  });
});
