import { describe, expect, it } from '@jest/globals';
import type { ProcessState } from './state.ts';
import { step } from './step.ts';
import { at, end, nurse, otherNurse, start, TestInstance, userTask } from './testing/process-builder.ts';
import { openUserTasks } from './user-tasks.ts';

const verified = () =>
  new TestInstance({ variables: { dose: 'number' }, elements: [start, userTask('give', { verification: { candidateRoles: ['pharmacist'], form: 'second' } }), end], flows: ['start > give', 'give > end'] });

describe('what the state keeps of a user task', () => {
  it('is no more than its id and where it belongs, when its definition says the rest', () => {
    const instance = verified().start();

    expect(instance.state.userTasks).toEqual({ t3: { id: 't3', elementInstanceId: 'e2' } });
    expect(instance.task('give')).toEqual({ id: 't3', elementInstanceId: 'e2', elementId: 'give', candidateRoles: ['nurse'], form: 'form', priority: 50, input: {}, createdAt: at });
  });

  it('is at most 200 bytes a token, the element instance included', () => {
    const ids = Array.from({ length: 100 }, (_, index) => `administerMedication${index}`);
    const size = (count: number): number => {
      const open = ids.slice(0, count);
      return JSON.stringify(new TestInstance({ elements: [start, ...open.map((id) => userTask(id))], flows: open.map((id) => `start > ${id}`) }).start().state).length;
    };

    expect((size(100) - size(10)) / 90).toBeLessThan(200);
  });

  it('keeps the time of its creation when its element had begun before', () => {
    const instance = new TestInstance({ variables: { ward: 'string' }, elements: [start, userTask('give', { candidateUnit: 'ward' }), end], flows: ['start > give', 'give > end'] }).start();
    const [incidentId = ''] = Object.keys(instance.state.incidents);
    const later = '2026-03-01T09:00:00.000Z';

    instance.send({ type: 'incidentResolved', incidentId, resolution: { kind: 'retry' }, reason: 'set', variables: { ward: 'w1' }, actor: nurse, at: later });

    expect(instance.instance('give').activatedAt).toBe(at);
    expect(instance.task('give').createdAt).toBe(later);
  });

  it('offers the task to the second person, and to the first again when it is sent back', () => {
    const instance = verified().start().completeTask('give');

    expect(instance.task('give')).toMatchObject({ candidateRoles: ['pharmacist'], form: 'second' });
    expect(instance.commands).toContainEqual({ type: 'updateUserTask', task: instance.task('give') });

    instance.send({ type: 'userTaskVerificationRejected', taskId: 't3', reason: 'wrong', actor: { ...otherNurse, roles: ['pharmacist'] } });

    expect(instance.task('give')).toMatchObject({ candidateRoles: ['nurse'], form: 'form' });
  });

  it('is read the same from a state of an earlier release, which kept all of it', () => {
    const { plan, state } = verified().start();
    const task = { id: 't3', elementInstanceId: 'e2', elementId: 'give', candidateRoles: ['nurse'], form: 'form', priority: 50, input: {}, createdAt: at };
    const earlier: ProcessState = { ...state, userTasks: { t3: task } };
    const completion = { id: 'x', at, actor: nurse, type: 'userTaskCompleted', taskId: 't3', data: {} } as const;

    expect(openUserTasks(plan, earlier)).toEqual([task]);
    expect(step(plan, earlier, completion)).toEqual(step(plan, state, completion));
  });
});
