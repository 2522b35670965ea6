import { describe, expect, it } from '@jest/globals';
import { TestInstance, operator, script, start } from '../testing/process-builder.ts';

const choice = (more: { default?: string } = {}, flows: readonly string[] = ['gateway > big: amount > 10', 'gateway > positive: amount > 0', 'gateway > other']) =>
  new TestInstance({
    variables: { amount: 'number' },
    elements: [start, { id: 'gateway', type: 'exclusiveGateway', ...more }, ...flows.map((flow) => script(/> (\w+)/.exec(flow)?.[1] ?? '', '1'))],
    flows: ['start > gateway', ...flows],
  });

describe('exclusive gateway', () => {
  it('takes the first flow whose condition holds, in modelled order', () => {
    const instance = choice({ default: 'gateway_other' }).start({ amount: 20 });

    expect(instance.path).toEqual(['start', 'gateway', 'big']);
    expect(instance.state.status).toBe('completed');
  });

  it('takes the default flow when no condition holds', () => {
    const instance = choice({ default: 'gateway_other' }).start({ amount: -1 });

    expect(instance.path).toEqual(['start', 'gateway', 'other']);
  });

  it('records which flow was taken', () => {
    const instance = choice({ default: 'gateway_other' }).start({ amount: 5 });

    expect(instance.log.find((entry) => entry.action === 'element.completed' && entry.elementId === 'gateway')?.detail).toEqual({ flows: ['gateway_positive'] });
  });

  it('raises an incident when no condition holds and there is no default', () => {
    const instance = choice({}, ['gateway > big: amount > 10', 'gateway > positive: amount > 0']).start({ amount: -1 });

    expect(instance.openIncidents).toEqual([{ element: 'gateway', code: 'NO_FLOW_TAKEN', allowed: ['retry'] }]);
    expect(instance.path).toEqual(['start']);
  });

  it('never takes a missing variable for "no"', () => {
    const instance = choice({ default: 'gateway_other' }).start({});

    expect(instance.openIncidents).toEqual([{ element: 'gateway', code: 'CONDITION_NOT_BOOLEAN', allowed: ['retry'] }]);
    expect(Object.values(instance.state.incidents)[0]?.failure).toMatchObject({ place: 'amount', message: expect.stringContaining('missing: amount') });
  });

  it('never takes a null variable for "no"', () => {
    const instance = choice({ default: 'gateway_other' }).start({ amount: null });

    expect(instance.openIncidents).toEqual([{ element: 'gateway', code: 'CONDITION_NOT_BOOLEAN', allowed: ['retry'] }]);
  });

  it('goes on when the operator gives the missing variable', () => {
    const instance = choice({ default: 'gateway_other' }).start({});
    const incidentId = Object.keys(instance.state.incidents)[0] ?? '';

    instance.send({ type: 'incidentResolved', incidentId, resolution: { kind: 'retry' }, reason: 'looked it up', variables: { amount: 3 }, actor: operator });

    expect(instance.path).toEqual(['start', 'gateway', 'positive']);
    expect(instance.state.status).toBe('completed');
    expect(instance.isEmpty).toBe(true);
  });
});
