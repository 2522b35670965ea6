import { describe, expect, it } from '@jest/globals';
import { check } from './check/check.ts';
import { end, processOf, script, TestInstance } from './testing/process-builder.ts';

const twoWays = {
  variables: { n: 'number' },
  elements: [{ id: 'walkIn', type: 'startEvent' }, { id: 'referral', type: 'startEvent' }, script('register', '1', 'n'), script('transfer', '2', 'n'), end],
  flows: ['walkIn > register', 'referral > transfer', 'register > end', 'transfer > end'],
} as const;

describe('a process with several start events without a trigger', () => {
  it.each([['walkIn', ['walkIn', 'register', 'end'], 1], ['referral', ['referral', 'transfer', 'end'], 2]])('begins at the one that is named: %s', (startElementId, path, n) => {
    const instance = new TestInstance(twoWays);

    instance.send({ type: 'instanceStarted', variables: {}, startElementId });

    expect(instance.path).toEqual(path);
    expect(instance.variables).toEqual({ n });
    expect(instance.state.status).toBe('completed');
  });

  it('refuses a start that names none, and says which there are', () => {
    const instance = new TestInstance(twoWays);

    instance.send({ type: 'instanceStarted', variables: {} });

    expect(instance.state.status).toBe('created');
    expect(instance.commands).toContainEqual({
      type: 'rejectEvent', eventId: 'c1',
      failure: { code: 'START_EVENT_NOT_NAMED', message: 'Expected the start event at which the process begins, one of walkIn, referral, but none is named', place: 'startEventId' },
    });
  });

  it('refuses a start at what is no start event', () => {
    const instance = new TestInstance(twoWays);

    instance.send({ type: 'instanceStarted', variables: {}, startElementId: 'register' });

    expect(instance.refusal).toBe('SUBSCRIPTION_NOT_FOUND');
  });

  it('is sound when every way to begin is', () => {
    expect(check(processOf(twoWays), { exploration: { maximumStates: 1_000 } }).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('is unsound when one of the ways is, and the script that shows it names that way', () => {
    const findings = check(processOf({
      variables: twoWays.variables,
      elements: [...twoWays.elements, { id: 'both', type: 'parallelGateway' }],
      flows: ['walkIn > register', 'referral > transfer', 'register > both', 'transfer > both', 'both > end'],
    }), { exploration: { maximumStates: 1_000 } });

    const deadlock = findings.find(({ code }) => code === 'DEADLOCK');
    expect(deadlock).toMatchObject({ elementId: 'both', script: { steps: [{ start: { element: 'walkIn' } }] } });
  });
});
