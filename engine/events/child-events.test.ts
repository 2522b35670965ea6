import { describe, expect, it } from '@jest/globals';
import { TestInstance, end, start } from '../testing/process-builder.ts';

const calling = (): TestInstance =>
  new TestInstance({
    variables: { result: 'number' },
    elements: [
      start, { id: 'call', type: 'callActivity', calledElement: 'lab', inputs: [], outputs: [{ target: 'result', source: 'child.value' }] }, end,
      { id: 'spoiled', type: 'boundaryEvent', attachedToRef: 'call', cancelActivity: true, event: { kind: 'error', errorCode: 'SPOILED' } },
    ],
    flows: ['start > call', 'call > end', 'spoiled > end'],
  }).start({});
const cancelled = (): TestInstance => {
  const instance = calling();
  instance.send({ type: 'childFailed', elementInstanceId: 'e2', attempt: 1, failure: { code: 'CHILD_FAILED', message: 'cancelled' } });
  return instance;
};
const completed = (attempt: number, isReopened: boolean) => ({ type: 'childCompleted', elementInstanceId: 'e2', attempt, isReopened, variables: { value: 7 } }) as const;
const refusals = (instance: TestInstance): readonly string[] => instance.commands.flatMap((command) => (command.type === 'rejectEvent' ? [command.failure.code] : []));

describe('a called process that was reopened', () => {
  it('lets its caller go on that stands at the call, and settles the incident', () => {
    const instance = cancelled();

    instance.send(completed(1, true));

    expect(instance.variables).toEqual({ result: 7 });
    expect(instance.path).toEqual(['start', 'call', 'end']);
    expect(instance.openIncidents).toEqual([]);
    expect(instance.effects).toContain('closeIncident');
  });

  it('hands on its error to a caller that stands at the call', () => {
    const instance = cancelled();

    instance.send({ type: 'childThrewError', elementInstanceId: 'e2', attempt: 1, isReopened: true, error: { errorCode: 'SPOILED' } });

    expect(instance.path).toEqual(['start', 'spoiled', 'end']);
    expect(instance.openIncidents).toEqual([]);
  });

  it('puts an error that its caller does not catch in the place of the incident', () => {
    const instance = cancelled();

    instance.send({ type: 'childThrewError', elementInstanceId: 'e2', attempt: 1, isReopened: true, error: { errorCode: 'LOST' } });

    expect(instance.openIncidents.map(({ code }) => code)).toEqual(['UNCAUGHT_BPMN_ERROR']);
  });

  it('that has failed again leaves the incident of its caller as it is', () => {
    const instance = cancelled();

    instance.send({ type: 'childFailed', elementInstanceId: 'e2', attempt: 1, isReopened: true, failure: { code: 'CHILD_FAILED', message: 'cancelled again' } });

    expect(instance.openIncidents).toHaveLength(1);
    expect(refusals(instance)).toEqual([]);
  });

  it('is refused by a caller that has gone on', () => {
    const instance = cancelled();
    instance.send({ type: 'incidentResolved', incidentId: Object.keys(instance.state.incidents)[0] ?? '', resolution: { kind: 'retry' }, reason: 'again' });
    const before = instance.state;

    instance.send(completed(1, true));

    expect(refusals(instance)).toEqual(['CALL_NOT_WAITING']);
    expect(instance.state).toBe(before);
  });
});

describe('what a called process tells', () => {
  it('has no effect when its call has called again meanwhile', () => {
    const instance = cancelled();
    instance.send({ type: 'incidentResolved', incidentId: Object.keys(instance.state.incidents)[0] ?? '', resolution: { kind: 'retry' }, reason: 'again' });

    const late = instance.send(completed(1, false)).commands;
    instance.send(completed(2, false));

    expect(late).toEqual([]);
    expect(instance.variables).toEqual({ result: 7 });
  });

  it('has no effect on a call that an incident holds', () => {
    expect(cancelled().send(completed(1, false)).commands).toEqual([]);
  });
});
