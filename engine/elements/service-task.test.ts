import { describe, expect, it } from '@jest/globals';
import type { IncidentResolution } from '../event.ts';
import type { FlowElement } from '../definition/index.ts';
import { TestInstance, end, operator, script, service, start } from '../testing/process-builder.ts';

const single = (more: Partial<Extract<FlowElement, { type: 'serviceTask' }>> = {}) =>
  new TestInstance({
    variables: { drug: 'string', receipt: 'string', answer: 'object' },
    elements: [start, service('dispense', { activity: 'cabinet.dispense', ...more }), end],
    flows: ['start > dispense', 'dispense > end'],
  });
const failure = { code: 'SERVICE_FAILED', message: 'Expected the cabinet to open, but it did not' } as const;

describe('service task', () => {
  it('asks with its inputs alone, under a key that is its own', () => {
    const instance = single({ inputs: [{ target: 'item', source: 'drug' }], retry: { maximumAttempts: 5 }, timeoutMs: 2_000 }).start({ drug: 'KCl' });

    expect(instance.commands).toContainEqual({
      type: 'executeService', elementInstanceId: 'e2', elementId: 'dispense', activity: 'cabinet.dispense', input: { item: 'KCl' },
      idempotencyKey: 'i1:e2', attempt: 1, maximumAttempts: 5, initialIntervalMs: 1_000, timeoutMs: 2_000,
    });
  });

  it('takes the key of the business object where one is modelled', () => {
    const instance = single({ idempotencyKey: '"dose-" + drug' }).start({ drug: 'KCl' });

    expect(instance.commands).toContainEqual(expect.objectContaining({ type: 'executeService', idempotencyKey: 'dose-KCl' }));
  });

  it('sets its result and what its outputs take from it', () => {
    const instance = single({ resultVariable: 'answer', outputs: [{ target: 'receipt', source: 'result.receipt + "/" + answer.receipt' }] }).start().answer('dispense', { receipt: 'r1' });

    expect(instance.variables).toEqual({ answer: { receipt: 'r1' }, receipt: 'r1/r1' });
    expect(instance.state.status).toBe('completed');
  });

  it('holds a failure with an incident and asks again under the same key when it is retried', () => {
    const instance = single().start();
    instance.send({ type: 'serviceFailed', elementInstanceId: 'e2', failure });

    expect(instance.openIncidents).toEqual([{ element: 'dispense', code: 'SERVICE_FAILED', allowed: ['retry', 'skip'] }]);

    instance.send({ type: 'incidentResolved', incidentId: 'i3', resolution: { kind: 'retry' }, reason: 'unjammed', actor: operator });

    expect(instance.state.incidents).toEqual({});
    expect(instance.commands).toContainEqual(expect.objectContaining({ type: 'executeService', attempt: 2, idempotencyKey: 'i1:e2' }));
    expect(instance.log.find(({ action }) => action === 'incident.resolved')).toMatchObject({ actor: operator, reason: 'unjammed', detail: { incidentId: 'i3', resolution: 'retry' } });
    expect(instance.answer('dispense').state.status).toBe('completed');
  });

  it('goes on without the result when the failure is skipped', () => {
    const instance = single({ outputs: [{ target: 'receipt', source: 'result.receipt' }] }).start();
    instance.send({ type: 'serviceFailed', elementInstanceId: 'e2', failure });

    instance.send({ type: 'incidentResolved', incidentId: 'i3', resolution: { kind: 'skip' }, reason: 'taken by hand', actor: operator });

    expect(instance.state.status).toBe('completed');
    expect(instance.variables).toEqual({});
  });

  it('keeps the result when an output fails, and applies it without asking the service again', () => {
    const instance = single({ outputs: [{ target: 'receipt', source: 'if drug = null then 1 else result.receipt' }] }).start().answer('dispense', { receipt: 'r1' });

    expect(instance.openIncidents).toEqual([{ element: 'dispense', code: 'VARIABLE_WRONG_TYPE', allowed: ['retry', 'skip'] }]);

    instance.send({ type: 'incidentResolved', incidentId: 'i3', resolution: { kind: 'retry' }, reason: 'drug added', variables: { drug: 'KCl' }, actor: operator });

    expect(instance.effects).not.toContain('executeService');
    expect(instance.variables).toEqual({ drug: 'KCl', receipt: 'r1' });
    expect(instance.state.status).toBe('completed');
  });

  it('ignores an answer that comes twice or after the incident', () => {
    const instance = single().start();
    instance.send({ type: 'serviceFailed', elementInstanceId: 'e2', failure });
    const before = instance.state;

    instance.send({ type: 'serviceCompleted', elementInstanceId: 'e2', result: {} });
    instance.send({ type: 'serviceFailed', elementInstanceId: 'e2', failure });

    expect(instance.state).toBe(before);
    expect(instance.commands).toEqual([]);
  });
});

describe('a service whose outcome is unknown', () => {
  const unknown = () => {
    const instance = single({ outputs: [{ target: 'receipt', source: 'result.receipt' }] }).start();
    instance.send({ type: 'serviceOutcomeUnknown', elementInstanceId: 'e2', failure: { code: 'SERVICE_OUTCOME_UNKNOWN', message: 'Expected an answer, but none came' } });
    return instance;
  };
  const resolve = (instance: TestInstance, resolution: IncidentResolution) =>
    instance.send({ type: 'incidentResolved', incidentId: 'i3', resolution, reason: 'looked into the drawer', actor: operator });

  it('is a state of its own that can only be confirmed or skipped', () => {
    const instance = unknown();

    expect(Object.values(instance.state.incidents)[0]).toMatchObject({ kind: 'outcomeUnknown', allowed: ['confirmDone', 'confirmNotDone', 'skip'] });
    resolve(instance, { kind: 'retry' });
    expect(instance.refusal).toBe('INCIDENT_RESOLUTION_INVALID');
  });

  it('goes on with the given result when it is confirmed as done', () => {
    const instance = unknown();

    resolve(instance, { kind: 'confirmDone', result: { receipt: 'r7' } });

    expect(instance.effects).not.toContain('executeService');
    expect(instance.variables).toEqual({ receipt: 'r7' });
    expect(instance.state.status).toBe('completed');
  });

  it('acts once more under the same key when it is confirmed as not done', () => {
    const instance = unknown();

    resolve(instance, { kind: 'confirmNotDone' });

    expect(instance.commands).toContainEqual(expect.objectContaining({ type: 'executeService', attempt: 2, idempotencyKey: 'i1:e2' }));
  });
});

describe('resolving an incident', () => {
  const failed = () => {
    const instance = single().start();
    instance.send({ type: 'serviceFailed', elementInstanceId: 'e2', failure });
    return instance;
  };

  it.each([
    ['an unknown incident', { incidentId: 'i99', resolution: { kind: 'retry' as const }, reason: 'x' }, 'INCIDENT_NOT_FOUND'],
    ['a resolution that is not allowed', { incidentId: 'i3', resolution: { kind: 'confirmDone' as const }, reason: 'x' }, 'INCIDENT_RESOLUTION_INVALID'],
    ['no reason', { incidentId: 'i3', resolution: { kind: 'retry' as const }, reason: ' ' }, 'INCIDENT_RESOLUTION_INVALID'],
    ['an undeclared variable', { incidentId: 'i3', resolution: { kind: 'retry' as const }, reason: 'x', variables: { colour: 1 } }, 'VARIABLE_UNDECLARED'],
    ['a variable of the wrong type', { incidentId: 'i3', resolution: { kind: 'retry' as const }, reason: 'x', variables: { drug: 1 } }, 'VARIABLE_WRONG_TYPE'],
  ])('refuses %s and keeps the incident', (_what, event, code) => {
    const instance = failed();

    instance.send({ type: 'incidentResolved', ...event, actor: operator });

    expect(instance.refusal).toBe(code);
    expect(Object.keys(instance.state.incidents)).toEqual(['i3']);
  });
});

describe('script task', () => {
  it('raises an incident when its expression cannot be evaluated, and can be skipped', () => {
    const instance = new TestInstance({ variables: { y: 'number' }, elements: [start, script('add', 'function(a) a', 'y'), end], flows: ['start > add', 'add > end'] }).start();

    expect(instance.openIncidents).toEqual([{ element: 'add', code: 'EXPRESSION_FAILED', allowed: ['retry', 'skip'] }]);

    instance.send({ type: 'incidentResolved', incidentId: 'i3', resolution: { kind: 'skip' }, reason: 'not needed', actor: operator });

    expect(instance.state.status).toBe('completed');
  });

  it('sees its inputs beside the variables, and the time of the event', () => {
    const instance = new TestInstance({
      variables: { x: 'number', y: 'string' },
      elements: [start, { id: 'add', type: 'scriptTask', script: 'string(x + z) + " " + string(now())', inputs: [{ target: 'z', source: 'x * 10' }], resultVariable: 'y' }, end],
      flows: ['start > add', 'add > end'],
    }).start({ x: 1 });

    expect(instance.variables['y']).toMatch(/^11 2026-03-01T08:00:00/);
  });
});
