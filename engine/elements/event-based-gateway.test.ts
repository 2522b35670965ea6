import { describe, expect, it } from '@jest/globals';
import type { FlowElement } from '../definition/index.ts';
import { TestInstance, end, start } from '../testing/process-builder.ts';

const timer: FlowElement = { id: 'late', type: 'intermediateCatchEvent', event: { kind: 'timer', timeDuration: '"PT1H"' } };
const signal: FlowElement = { id: 'alarm', type: 'intermediateCatchEvent', event: { kind: 'signal', signal: 'fire' } };
const message: FlowElement = { id: 'result', type: 'receiveTask', event: { kind: 'message', message: 'result', correlationKey: '"O1"', mappings: [{ target: 'value', source: 'message.value' }] } };
const process = (): TestInstance =>
  new TestInstance({ variables: { value: 'number' }, elements: [start, { id: 'wait', type: 'eventBasedGateway' }, timer, signal, message, end], flows: ['start > wait', 'wait > late', 'wait > alarm', 'wait > result', 'late > end', 'alarm > end', 'result > end'] });

describe('an event-based gateway', () => {
  it('waits for all its events and goes on with the first, closing the others', () => {
    const instance = process().start();

    expect(instance.effects).toEqual(['startTimer', 'openSignalSubscription', 'openSubscription']);

    instance.send({ type: 'messageReceived', subscriptionId: Object.keys(instance.state.subscriptions)[0] ?? '', payload: { value: 5 } });

    expect(instance.effects).toEqual(['cancelTimer', 'closeSubscription', 'closeSignalSubscription', 'endInstance']);
    expect(instance.path).toEqual(['start', 'wait', 'result', 'end']);
    expect(instance.variables).toEqual({ value: 5 });
    expect(instance.isEmpty).toBe(true);
  });

  it('records which way it went', () => {
    const instance = process().start();
    instance.send({ type: 'signalReceived', signal: 'fire', payload: {} });

    expect(instance.log.find(({ action, elementId }) => action === 'element.completed' && elementId === 'wait')?.detail).toEqual({ flows: ['wait_alarm'] });
  });

  it('starts the process with the event that is named', () => {
    const elements: FlowElement[] = [{ id: 'wait', type: 'eventBasedGateway', instantiate: true }, signal, message, end];
    const instance = new TestInstance({ variables: { value: 'number' }, elements, flows: ['wait > alarm', 'wait > result', 'alarm > end', 'result > end'] });

    instance.send({ type: 'instanceStarted', messageName: 'result', variables: { value: 7 } });

    expect(instance.path).toEqual(['wait', 'result', 'end']);
    expect(instance.variables).toEqual({ value: 7 });
  });

  it('awaits the other events too when it starts the process in parallel', () => {
    const elements: FlowElement[] = [{ id: 'wait', type: 'eventBasedGateway', instantiate: true, eventGatewayType: 'parallel' }, signal, message, end];
    const instance = new TestInstance({ variables: { value: 'number' }, elements, flows: ['wait > alarm', 'wait > result', 'alarm > end', 'result > end'] });
    instance.send({ type: 'instanceStarted', signalName: 'fire', variables: {} });

    expect(instance.state.status).toBe('running');

    instance.send({ type: 'messageReceived', subscriptionId: Object.keys(instance.state.subscriptions)[0] ?? '', payload: { value: 1 } });

    expect(instance.path).toEqual(['wait', 'alarm', 'end', 'result', 'end']);
    expect(instance.state.status).toBe('completed');
  });
});
