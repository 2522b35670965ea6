import { describe, expect, it } from '@jest/globals';
import type { FlowElement } from '../definition/index.ts';
import { TestInstance, end, flowOf, script, service, start } from '../testing/process-builder.ts';

const counting = (standardLoop: NonNullable<Extract<FlowElement, { type: 'scriptTask' }>['standardLoop']>) =>
  new TestInstance({ variables: { n: 'number' }, elements: [start, { ...(script('count', 'n + 1', 'n') as Extract<FlowElement, { type: 'scriptTask' }>), standardLoop }, end], flows: ['start > count', 'count > end'] });

describe('a standard loop', () => {
  it.each([
    ['tests before the first time', { testBefore: true, condition: 'n < 0' }, 0],
    ['runs once before it tests', { testBefore: false, condition: 'n < 0' }, 1],
    ['repeats while its condition holds', { testBefore: false, condition: 'n < 3' }, 3],
    ['repeats while its condition holds, tested before', { testBefore: true, condition: 'n < 3' }, 3],
    ['stops at its maximum', { testBefore: false, condition: 'true', maximum: 4 }, 4],
    ['needs no condition besides a maximum', { testBefore: true, maximum: 2 }, 2],
    ['sees the loop counter', { testBefore: true, condition: 'loopCounter <= 5' }, 5],
  ])('%s', (_what, loop, n) => {
    const instance = counting({ kind: 'standardLoop', ...loop }).start({ n: 0 });

    expect(instance.variables).toEqual({ n });
    expect(instance.isEmpty).toBe(true);
  });

  it('that never ends is cut by the budget, and the incident names it', () => {
    const instance = counting({ kind: 'standardLoop', testBefore: false, condition: 'true' }).start({ n: 0 });

    expect(instance.openIncidents).toEqual([{ element: 'count', code: 'STEP_BUDGET_EXCEEDED', allowed: ['retry'] }]);
  });

  it('ends with what interrupts it, between two rounds', () => {
    const instance = new TestInstance({
      elements: [start, service('ask', { standardLoop: { kind: 'standardLoop', testBefore: false, condition: 'true' } }), { id: 'stop', type: 'boundaryEvent', attachedToRef: 'ask', cancelActivity: true, event: { kind: 'signal', signal: 'stop' } }, end],
      flows: ['start > ask', 'ask > end', 'stop > end'],
    }).start().answer('ask').answer('ask');
    instance.send({ type: 'signalReceived', signal: 'stop', payload: {} });

    expect(instance.isEmpty).toBe(true);
    expect(instance.path).toEqual(['start', 'ask', 'ask', 'stop', 'end']);
  });
});

describe('a multi-instance activity', () => {
  const marker = { kind: 'multiInstance' as const, sequential: false };

  it('runs as often as its cardinality says', () => {
    const instance = new TestInstance({ variables: { n: 'number' }, elements: [start, { ...(script('count', 'n + loopCounter', 'n') as Extract<FlowElement, { type: 'scriptTask' }>), multiInstance: { ...marker, cardinality: '3' } }, end], flows: ['start > count', 'count > end'] }).start({ n: 0 });

    expect(instance.variables).toEqual({ n: 6 });
  });

  it.each(['-1', '1.5', '"x"', 'null', '1001'])('is an incident for cardinality %s', (cardinality) => {
    const instance = new TestInstance({ elements: [start, service('a', { multiInstance: { ...marker, cardinality } }), end], flows: ['start > a', 'a > end'] }).start();

    expect(instance.openIncidents).toMatchObject([{ element: 'a', code: cardinality === '1001' ? 'COLLECTION_TOO_LARGE' : 'COLLECTION_INVALID' }]);
  });

  it.each([
    ['each instance', { kind: 'none' as const, event: { kind: 'signal' as const, signal: 'done' } }, 3],
    ['the first instance', { kind: 'one' as const, event: { kind: 'signal' as const, signal: 'done' } }, 1],
    ['the instances whose condition holds', { kind: 'complex' as const, definitions: [{ condition: 'numberOfCompletedInstances >= 2', event: { kind: 'signal' as const, signal: 'done' } }] }, 2],
  ])('throws its event for %s', (_what, behavior, times) => {
    const instance = new TestInstance({
      elements: [start, service('a', { multiInstance: { ...marker, cardinality: '3', behavior } }), { id: 'seen', type: 'boundaryEvent', attachedToRef: 'a', cancelActivity: false, event: { kind: 'signal', signal: 'done' } }, end],
      flows: ['start > a', 'a > end', 'seen > end'],
    }).start().answer('a').answer('a').answer('a');

    expect(instance.path.filter((id) => id === 'seen')).toHaveLength(times);
    expect(instance.isEmpty).toBe(true);
  });

  it('runs a sub-process for each item, with what starts in its own scope', () => {
    const note: FlowElement = { id: 'note', type: 'subProcess', triggeredByEvent: true, flowElements: [{ id: 'rang', type: 'startEvent', event: { kind: 'signal', signal: 'ring' }, isInterrupting: true }], sequenceFlows: [] };
    const sub: FlowElement = { id: 'sub', type: 'subProcess', multiInstance: { ...marker, cardinality: '2' }, flowElements: [{ id: 'in', type: 'startEvent' }, service('act'), note], sequenceFlows: [flowOf('in > act')] };
    const instance = new TestInstance({ elements: [start, sub, end], flows: ['start > sub', 'sub > end'] }).start();
    instance.send({ type: 'signalReceived', signal: 'ring', payload: {} });

    expect(instance.path.filter((id) => id === 'rang')).toHaveLength(2);
    expect(instance.isEmpty).toBe(true);
  });
});
