import { describe, expect, it } from '@jest/globals';
import { compile } from './compile.ts';
import type { FlowElement } from './definition/index.ts';
import { migrationFindings } from './migration/migration-findings.ts';
import { TestInstance, end, operator, processOf, service, start, userTask } from './testing/process-builder.ts';

const call: FlowElement = { id: 'call', type: 'callActivity', calledElement: 'lab', inputs: [], outputs: [] };
const back: FlowElement = { id: 'back', type: 'intermediateThrowEvent', event: { kind: 'compensation' } };
const undone = (host: string, handler: FlowElement): FlowElement[] => [{ id: `${host}Undo`, type: 'boundaryEvent', attachedToRef: host, cancelActivity: true, event: { kind: 'compensation', handler: handler.id } }, handler];

/** A caller whose call has completed, and that undoes it. */
function undoing(isUndoable = true): TestInstance {
  const instance = new TestInstance({ elements: [start, call, back, end, { id: 'late', type: 'boundaryEvent', attachedToRef: 'call', cancelActivity: false, event: { kind: 'escalation' } }], flows: ['start > call', 'call > back', 'back > end', 'late > end'] }).start();
  instance.send({ type: 'childCompleted', elementInstanceId: 'e2', variables: {}, ...(isUndoable ? { isUndoable } : {}) });
  return instance;
}
const asked = ({ commands }: TestInstance) => commands.flatMap((command) => (command.type === 'compensateChildProcess' ? [command] : []));
const waiting = (instance: TestInstance): string => Object.values(instance.state.elementInstances).find(({ undoes }) => undoes)?.id ?? '';

/** A called process with a service that a person undoes. */
const called = (): TestInstance => {
  const instance = new TestInstance({ variables: { n: 'number' }, elements: [start, service('measure'), ...undone('measure', userTask('discard', { isForCompensation: true })), end], flows: ['start > measure', 'measure > end'] });
  instance.state = { ...instance.state, parent: { processKey: 'ward', instanceId: 'w1', elementInstanceId: 'e2', attempt: 1 } };
  return instance.start({ n: 1 }).answer('measure');
};
const compensate = (instance: TestInstance) => instance.send({ type: 'instanceCompensated', reason: 'CALL_COMPENSATED', elementInstanceId: 'e7', attempt: 2 });

describe('a completed call that is undone', () => {
  it('asks the process that it called, and waits for it', () => {
    const instance = undoing();

    expect(asked(instance)).toEqual([{ type: 'compensateChildProcess', elementInstanceId: waiting(instance), elementId: 'call', attempt: 1, call: { elementInstanceId: 'e2', attempt: 1 } }]);
    expect(instance.path).toEqual(['start', 'call']);

    instance.send({ type: 'childCompensated', elementInstanceId: waiting(instance), attempt: 1, isReopened: true });

    expect(instance.path).toEqual(['start', 'call', 'back', 'end']);
    expect(instance.log.map(({ action }) => action)).toEqual(expect.arrayContaining(['child.compensationStarted', 'child.compensated', 'compensation.completed']));
    expect(instance.isEmpty).toBe(true);
  });

  it('is done at once when the called process has nothing to undo', () => {
    expect(undoing(false).state.status).toBe('completed');
  });

  it('stays as it is in an instance that began with an earlier meaning', () => {
    const instance = new TestInstance({ elements: [start, call, back, end], flows: ['start > call', 'call > back', 'back > end'] }).start();
    instance.state = { ...instance.state, semantics: 2 };
    instance.send({ type: 'childCompleted', elementInstanceId: 'e2', variables: {}, isUndoable: true });

    expect(instance.state.status).toBe('completed');
  });

  it.each([
    ['could not', { type: 'childFailed', failure: { code: 'CHILD_FAILED', message: 'Expected …, but …' } }],
    ['ended with an error', { type: 'childThrewError', error: { errorCode: 'E' } }],
  ] as const)('is an incident when the called process %s: a retry asks again, and who skips it goes on', (_what, event) => {
    const instance = undoing();
    const elementInstanceId = waiting(instance);
    const resolve = (kind: 'retry' | 'skip') => instance.send({ type: 'incidentResolved', incidentId: Object.keys(instance.state.incidents)[0] ?? '', resolution: { kind }, reason: 'looked at it', actor: operator });
    instance.send({ ...event, elementInstanceId, attempt: 1, isReopened: true });

    expect(instance.openIncidents).toEqual([{ element: 'call', code: 'CHILD_FAILED', allowed: ['retry', 'skip'] }]);

    resolve('retry');

    expect(asked(instance)).toMatchObject([{ elementInstanceId, attempt: 2, call: { elementInstanceId: 'e2', attempt: 1 } }]);
    instance.send({ type: 'childCompensated', elementInstanceId, attempt: 1, isReopened: true });
    expect(instance.refusal).toBe('CALL_NOT_WAITING');

    instance.send({ ...event, elementInstanceId, attempt: 2, isReopened: true });
    resolve('skip');

    expect([instance.path, instance.isEmpty]).toEqual([['start', 'call', 'back', 'end'], true]);
  });

  it('asks again when the called process, which ran again, has completed', () => {
    const instance = undoing();
    const elementInstanceId = waiting(instance);
    instance.send({ type: 'childCompleted', elementInstanceId, attempt: 1, variables: {} });

    expect(asked(instance)).toMatchObject([{ elementInstanceId, attempt: 2 }]);

    instance.send({ type: 'childFailed', failure: { code: 'CHILD_FAILED', message: 'Expected …, but …' }, elementInstanceId, attempt: 2, isReopened: true });
    instance.send({ type: 'childCompleted', elementInstanceId, attempt: 1, isReopened: true, variables: {} });

    expect(asked(instance)).toMatchObject([{ elementInstanceId, attempt: 3 }]);
    expect(instance.openIncidents).toEqual([]);

    const call = { type: 'childCompleted', elementInstanceId: 'e2', attempt: 1, isReopened: true, variables: {} } as const;
    instance.send(call);

    expect(instance.refusal).toBe('CALL_NOT_WAITING');

    instance.send({ type: 'childFailed', failure: { code: 'CHILD_FAILED', message: 'Expected …, but …' }, elementInstanceId, attempt: 3, isReopened: true });
    instance.send({ ...call, attempt: 2 });
    expect(instance.refusal).toBe('CALL_NOT_WAITING');
    instance.send(call);

    expect(asked(instance)).toMatchObject([{ elementInstanceId, attempt: 4 }]);
    expect(instance.path).toEqual(['start', 'call']);
  });

  it('lets no event of the call happen', () => {
    const instance = undoing();

    instance.send({ type: 'childEscalated', elementInstanceId: waiting(instance), escalationCode: 'LATE', payload: {} });

    expect(instance.log.at(-1)).toMatchObject({ action: 'escalation.thrown' });
    expect(instance.path).toEqual(['start', 'call']);
  });

  it('is not waited for by a caller that is cancelled, and goes on by itself', () => {
    const instance = undoing();
    instance.send({ type: 'instanceCancelled', reason: 'enough' });

    expect(instance.effects).toEqual(['endInstance']);
    expect(instance.isEmpty).toBe(true);
  });

  it('is undone when the caller is cancelled with compensation', () => {
    const instance = new TestInstance({ elements: [start, call, userTask('ask'), end], flows: ['start > call', 'call > ask', 'ask > end'] }).start();
    instance.send({ type: 'childCompleted', elementInstanceId: 'e2', variables: {}, isUndoable: true });
    instance.send({ type: 'instanceCancelled', reason: 'wrong patient', compensate: true });

    expect(asked(instance)).toHaveLength(1);
    expect(instance.state.status).toBe('running');

    instance.send({ type: 'childCompensated', elementInstanceId: waiting(instance) });

    expect([instance.state.status, instance.isEmpty]).toEqual(['cancelled', true]);
  });

  it('keeps the instance from a version without the call, also inside a completed sub-process', () => {
    const sub: FlowElement = { id: 'sub', type: 'subProcess', flowElements: [call], sequenceFlows: [] };
    const instance = new TestInstance({ elements: [start, sub, userTask('ask'), end], flows: ['start > sub', 'sub > ask', 'ask > end'] }).start();
    instance.send({ type: 'childCompleted', elementInstanceId: instance.instance('call').id, variables: {}, isUndoable: true });
    const target = compile(processOf({ elements: [start, userTask('ask'), end], flows: ['start > ask', 'ask > end'] }));

    expect(migrationFindings(target, instance.state, {}, { ask: 'userTask' })).toMatchObject([{ code: 'HANDLER_MISSING', elementId: 'call' }]);
  });
});

describe('a called process that is undone', () => {
  it('says at its end whether it has something to undo', () => {
    expect(called().commands.find(({ type }) => type === 'endInstance')).toMatchObject({ status: 'completed', isUndoable: true });
    expect(new TestInstance({ elements: [start, end], flows: ['start > end'] }).start().commands.find(({ type }) => type === 'endInstance')).not.toHaveProperty('isUndoable');
  });

  it('runs again until all is undone, ends as cancelled, and tells who waits', () => {
    const instance = called();
    compensate(instance);

    expect(instance.state).toMatchObject({ status: 'running', parent: { elementInstanceId: 'e7', attempt: 2 } });
    expect(instance.state).not.toHaveProperty('endedAt');

    instance.completeTask('discard');

    expect(instance.commands.find(({ type }) => type === 'endInstance')).toMatchObject({ status: 'cancelled', isUndone: true });
    expect(instance.isEmpty).toBe(true);
  });

  it('is refused while it runs, and for a process that nobody called', () => {
    const running = new TestInstance({ elements: [start, userTask('ask'), end], flows: ['start > ask', 'ask > end'] }).start();
    const alone = new TestInstance({ elements: [start, end], flows: ['start > end'] }).start();

    for (const instance of [running, alone]) {
      compensate(instance);
      expect(instance.refusal).toBe('INSTANCE_NOT_ENDED');
    }
  });

  it('is not undone when somebody cancels it meanwhile, and what undid it stops', () => {
    const instance = called();
    compensate(instance);
    instance.send({ type: 'instanceCancelled', reason: 'leave it' });

    expect(instance.commands.find(({ type }) => type === 'endInstance')).not.toHaveProperty('isUndone');
    expect(instance.effects).toContain('closeUserTask');
    expect([instance.isEmpty, instance.state.cancelling]).toEqual([true, undefined]);
    expect(instance.state.scopes['root']).toMatchObject({ compensations: [{ elementId: 'measure', handlerId: 'discard', variables: { n: 1 } }] });
  });
});
