import { describe, expect, it } from '@jest/globals';
import type { FlowElement } from '../definition/index.ts';
import { TestInstance, end, service, start } from '../testing/process-builder.ts';

const process = (more: Partial<Extract<FlowElement, { type: 'complexGateway' }>>, flows = ['join > after']): TestInstance =>
  new TestInstance({
    variables: { needed: 'number' },
    elements: [start, { id: 'split', type: 'parallelGateway' }, service('a'), service('b'), service('c'), { id: 'join', type: 'complexGateway', ...more }, service('after'), service('rest'), end],
    flows: ['start > split', 'split > a', 'split > b', 'split > c', 'a > join', 'b > join', 'c > join', ...flows, 'after > end', 'rest > end'],
  });

describe('a complex gateway', () => {
  it('acts once its activation condition holds and takes the rest without acting again', () => {
    const instance = process({ activationCondition: 'activationCount >= needed' }).start({ needed: 2 }).answer('a');

    expect(instance.path).not.toContain('join');

    instance.answer('b');

    expect(instance.path.filter((id) => id === 'join')).toHaveLength(1);
    expect(instance.state.scopes['root']?.resetting).toEqual({ join: ['a_join', 'b_join'] });

    instance.answer('c');

    expect(instance.state.scopes['root']?.resetting).toBeUndefined();
    expect(instance.path.filter((id) => id === 'join')).toHaveLength(1);
    expect(instance.answer('after').state.status).toBe('completed');
  });

  it('takes on its reset the flows whose condition holds only then', () => {
    const instance = process({ activationCondition: 'activationCount >= 2' }, ['join > after: waitingForStart', 'join > rest: not(waitingForStart)']).start({ needed: 2 }).answer('a').answer('b').answer('c');

    expect(instance.answer('after').path).not.toContain('rest');
    expect(instance.answer('rest').state.status).toBe('completed');
  });

  it('is stuck when its condition can never hold, and says so', () => {
    const instance = process({ activationCondition: 'activationCount > 5' }).start({ needed: 2 }).answer('a').answer('b').answer('c');

    expect(instance.openIncidents).toEqual([{ element: 'join', code: 'DEADLOCK', allowed: ['skip'] }]);
  });

  it('holds a condition that is neither true nor false as an incident, with the tokens kept', () => {
    const instance = process({ activationCondition: 'activationCount >= missing' }).start({ needed: 2 }).answer('a');

    expect(instance.openIncidents).toEqual([{ element: 'join', code: 'CONDITION_NOT_BOOLEAN', allowed: ['retry', 'skip'] }]);
  });
});

