import { describe, expect, it } from '@jest/globals';
import { TestInstance, end, operator, script, service, start } from '../testing/process-builder.ts';

const fork = { id: 'fork', type: 'parallelGateway' } as const;
const join = { id: 'join', type: 'parallelGateway' } as const;
const twoBranches = () => new TestInstance({ elements: [start, fork, service('a'), service('b'), join, end], flows: ['start > fork', 'fork > a', 'fork > b', 'a > join', 'b > join', 'join > end'] });

describe('parallel gateway', () => {
  it('takes every outgoing flow', () => {
    const instance = twoBranches().start();

    expect(Object.values(instance.state.elementInstances).map(({ elementId }) => elementId)).toEqual(['a', 'b']);
  });

  it('waits for a token over each incoming flow', () => {
    const instance = twoBranches().start().answer('b');

    expect(instance.state.scopes['root']?.joins).toEqual({ join: { b_join: 1 } });
    expect(instance.path).toEqual(['start', 'fork', 'b']);

    instance.answer('a');

    expect(instance.path).toEqual(['start', 'fork', 'b', 'a', 'join', 'end']);
    expect(instance.state.status).toBe('completed');
    expect(instance.isEmpty).toBe(true);
  });

  it('does not take two tokens over one flow for tokens over two', () => {
    const instance = new TestInstance({
      elements: [start, fork, service('a'), service('b'), service('c'), { id: 'merge', type: 'exclusiveGateway' }, join, end],
      flows: ['start > fork', 'fork > a', 'fork > b', 'fork > c', 'a > merge', 'b > merge', 'merge > join', 'c > join', 'join > end'],
    });
    instance.start().answer('a').answer('b');

    expect(instance.state.scopes['root']?.joins).toEqual({ join: { merge_join: 2 } });

    instance.answer('c');

    expect(instance.path.filter((id) => id === 'join')).toEqual(['join']);
    expect(instance.openIncidents).toEqual([{ element: 'join', code: 'DEADLOCK', allowed: ['skip'] }]);
  });

  it('raises an incident when nothing is left that could bring the missing token, and goes on when it is skipped', () => {
    const instance = new TestInstance({
      variables: { x: 'number' },
      elements: [start, { id: 'choice', type: 'exclusiveGateway', default: 'choice_b' }, script('a', '1'), script('b', '2'), join, end],
      flows: ['start > choice', 'choice > a: x > 1', 'choice > b', 'a > join', 'b > join', 'join > end'],
    }).start({ x: 5 });

    expect(Object.values(instance.state.incidents)[0]?.failure).toEqual({ code: 'DEADLOCK', elementId: 'join', message: 'Expected a token over b_join at join, but nothing is left that could bring one' });
    expect(instance.state.status).toBe('running');

    instance.send({ type: 'incidentResolved', incidentId: Object.keys(instance.state.incidents)[0] ?? '', resolution: { kind: 'skip' }, reason: 'one branch is enough', actor: operator });

    expect(instance.state.status).toBe('completed');
    expect(instance.isEmpty).toBe(true);
  });

  it('counts tokens in each scope on its own', () => {
    const instance = new TestInstance({
      variables: { wards: 'list' },
      elements: [
        start,
        {
          id: 'each', type: 'subProcess', multiInstance: { kind: 'multiInstance', sequential: false, collection: 'wards', elementVariable: 'ward' },
          flowElements: [{ id: 'innerStart', type: 'startEvent' }, fork, service('a'), service('b'), join, { id: 'innerEnd', type: 'endEvent' }],
          sequenceFlows: [['innerStart', 'fork'], ['fork', 'a'], ['fork', 'b'], ['a', 'join'], ['b', 'join'], ['join', 'innerEnd']].map(([sourceRef = '', targetRef = '']) => ({ id: `${sourceRef}_${targetRef}`, sourceRef, targetRef })),
        },
        end,
      ],
      flows: ['start > each', 'each > end'],
    }).start({ wards: ['w1', 'w2'] });
    const waiting = (elementId: string) => Object.values(instance.state.elementInstances).filter((element) => element.elementId === elementId);

    // `a` of the first item and `b` of the second must not join each other.
    instance.send({ type: 'serviceCompleted', elementInstanceId: waiting('a')[0]?.id ?? '', result: null });
    instance.send({ type: 'serviceCompleted', elementInstanceId: waiting('b')[1]?.id ?? '', result: null });

    expect(instance.path).not.toContain('join');

    instance.answer('a').answer('b');

    expect(instance.state.status).toBe('completed');
    expect(instance.path.filter((id) => id === 'join')).toHaveLength(2);
  });
});
