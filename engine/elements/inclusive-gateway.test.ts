import { describe, expect, it } from '@jest/globals';
import type { FlowElement } from '../definition/index.ts';
import { TestInstance, end, service, start } from '../testing/process-builder.ts';

const gateway = (id: string, type: 'inclusiveGateway' | 'parallelGateway' | 'exclusiveGateway', more: object = {}): FlowElement => ({ id, type, ...more }) as FlowElement;

const fork = (): TestInstance =>
  new TestInstance({
    variables: { a: 'boolean', b: 'boolean' },
    elements: [start, gateway('split', 'inclusiveGateway', { default: 'split_other' }), service('first'), service('second'), service('other'), gateway('join', 'inclusiveGateway'), end],
    flows: ['start > split', 'split > first: a', 'split > second: b', 'split > other', 'first > join', 'second > join', 'other > join', 'join > end'],
  });

describe('an inclusive gateway', () => {
  it('takes every flow whose condition holds and waits for all that it took', () => {
    const instance = fork().start({ a: true, b: true }).answer('first');

    expect(instance.state.scopes['root']?.joins).toEqual({ join: { first_join: 1 } });

    instance.answer('second');

    expect(instance.path).toEqual(['start', 'split', 'first', 'second', 'join', 'end']);
    expect(instance.isEmpty).toBe(true);
  });

  it('waits for no branch that was not taken', () => {
    expect(fork().start({ a: true, b: false }).answer('first').state.status).toBe('completed');
  });

  it('takes the default flow when no condition holds', () => {
    expect(fork().start({ a: false, b: false }).answer('other').path).toEqual(['start', 'split', 'other', 'join', 'end']);
  });

  it('goes on when the branch that it waited for is interrupted', () => {
    const instance = new TestInstance({
      elements: [
        start, gateway('split', 'parallelGateway'), service('first'), service('second'), gateway('join', 'inclusiveGateway'), end,
        { id: 'late', type: 'boundaryEvent', attachedToRef: 'second', cancelActivity: true, event: { kind: 'timer', timeDuration: '"PT1H"' } }, { id: 'gone', type: 'endEvent' },
      ],
      flows: ['start > split', 'split > first', 'split > second', 'first > join', 'second > join', 'join > end', 'late > gone'],
    }).start().answer('first');

    expect(instance.state.status).toBe('running');

    instance.send({ type: 'timerFired', timerId: Object.keys(instance.state.timers)[0] ?? '' });

    expect(instance.path).toEqual(['start', 'split', 'first', 'late', 'gone', 'join', 'end']);
    expect(instance.state.status).toBe('completed');
  });

  it('joins in a loop: a token that can come only around through the gateway itself is not waited for', () => {
    const instance = new TestInstance({
      variables: { round: 'number' },
      elements: [start, gateway('join', 'inclusiveGateway'), { id: 'count', type: 'scriptTask', script: 'round + 1', resultVariable: 'round' }, gateway('again', 'exclusiveGateway', { default: 'again_end' }), end],
      flows: ['start > join', 'join > count', 'count > again', 'again > join: round < 3', 'again > end'],
    }).start({ round: 0 });

    expect(instance.state.status).toBe('completed');
    expect(instance.variables).toEqual({ round: 3 });
  });

  it('waits for a token that is still far away, beyond other gateways', () => {
    const instance = new TestInstance({
      elements: [start, gateway('split', 'parallelGateway'), service('near'), service('far'), gateway('choose', 'exclusiveGateway', { default: 'choose_out' }), gateway('join', 'inclusiveGateway'), end, { id: 'out', type: 'endEvent' }],
      flows: ['start > split', 'split > near', 'split > far', 'far > choose', 'choose > join: false', 'choose > out', 'near > join', 'join > end'],
    }).start().answer('near');

    expect(instance.path).not.toContain('join');
    expect(instance.answer('far').path).toEqual(['start', 'split', 'near', 'far', 'choose', 'out', 'join', 'end']);
  });

  it('does not wait for a token that can also come over a flow that has one already', () => {
    const instance = new TestInstance({
      elements: [start, gateway('split', 'parallelGateway'), service('near'), service('far'), gateway('choose', 'exclusiveGateway', { default: 'choose_left' }), { id: 'left', type: 'task' }, { id: 'right', type: 'task' }, gateway('join', 'inclusiveGateway'), end],
      flows: ['start > split', 'split > near', 'split > far', 'near > left', 'far > choose', 'choose > left', 'choose > right: false', 'left > join', 'right > join', 'join > end'],
    }).start().answer('near');

    expect(instance.path).toEqual(['start', 'split', 'near', 'left', 'join', 'end']);
    expect(instance.answer('far').path.slice(-4)).toEqual(['choose', 'left', 'join', 'end']);
  });
});
