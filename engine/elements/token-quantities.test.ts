import { describe, expect, it } from '@jest/globals';
import { TestInstance, end, service, start } from '../testing/process-builder.ts';

describe('token quantities', () => {
  const process = (completionQuantity: number, startQuantity: number): TestInstance =>
    new TestInstance({ elements: [start, service('first', { completionQuantity }), service('second', { startQuantity }), end], flows: ['start > first', 'first > second', 'second > end'] }).start().answer('first');

  it('send several tokens over a flow', () => {
    expect(process(3, 1).answer('second').answer('second').answer('second').path).toEqual(['start', 'first', 'second', 'end', 'second', 'end', 'second', 'end']);
  });

  it('let an activity begin only with as many tokens as it needs', () => {
    const instance = process(4, 2);

    expect(Object.keys(instance.state.elementInstances)).toHaveLength(2);
    expect(instance.answer('second').answer('second').isEmpty).toBe(true);
  });

  it('are stuck, and say so, when too few tokens come', () => {
    expect(process(3, 2).answer('second').openIncidents).toEqual([{ element: 'second', code: 'DEADLOCK', allowed: ['skip'] }]);
  });
});
