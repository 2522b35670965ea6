import { describe, expect, it } from '@jest/globals';
import { TestInstance, end, nurse, otherNurse, start, userTask } from '../testing/process-builder.ts';

const pharmacist = { id: 'p1', kind: 'person' as const, roles: ['pharmacist'] };
const verified = (more: object = {}): TestInstance =>
  new TestInstance({
    variables: { dose: 'number', checkedDose: 'number' },
    elements: [
      start,
      userTask('prepare', {
        outputs: [{ target: 'dose', source: 'data.dose' }, { target: 'checkedDose', source: 'verification.dose' }],
        verification: { form: 'verify', checks: [{ code: 'SAME_DOSE', condition: 'data.dose = first.dose', message: { 'zh-CN': '剂量不符', en: 'The doses differ' } }], ...more },
      }),
      userTask('next', { separation: ['prepare'] }), end,
    ],
    flows: ['start > prepare', 'prepare > next', 'next > end'],
  }).start();

describe('a user task with verification', () => {
  it('is done only when a second person confirms it', () => {
    const instance = verified().completeTask('prepare', { dose: 5 }, nurse);

    expect(instance.effects).toEqual(['updateUserTask']);
    expect(instance.task('prepare')).toMatchObject({ form: 'verify', verifying: { data: { dose: 5 }, performers: ['n1'] } });
    expect(instance.log.at(-1)).toMatchObject({ action: 'task.performed', actor: nurse, detail: { data: { dose: 5 } } });

    instance.completeTask('prepare', { dose: 5 }, otherNurse);

    expect(instance.variables).toEqual({ dose: 5, checkedDose: 5 });
    expect(instance.task('next')).toMatchObject({ form: 'form' });
  });

  it('refuses the first person as the second, and both as performer of a task that must be separate', () => {
    const instance = verified().completeTask('prepare', { dose: 5 }, nurse).completeTask('prepare', { dose: 5 }, nurse);

    expect(instance.refusal).toBe('TASK_SAME_PERSON');

    instance.completeTask('prepare', { dose: 5 }, otherNurse);

    expect([nurse, otherNurse].map((person) => instance.completeTask('next', {}, person).refusal)).toEqual(['TASK_SAME_PERSON', 'TASK_SAME_PERSON']);
  });

  it('compares what both entered', () => {
    const instance = verified().completeTask('prepare', { dose: 5 }, nurse).completeTask('prepare', { dose: 50 }, otherNurse);

    expect(instance.refusal).toBe('COMPLETION_CHECK_FAILED');
  });

  it('goes back to the first person when the second does not confirm', () => {
    const instance = verified().completeTask('prepare', { dose: 5 }, nurse);
    instance.send({ type: 'userTaskVerificationRejected', taskId: instance.task('prepare').id, reason: 'wrong strength', actor: otherNurse });

    expect(instance.task('prepare')).toMatchObject({ form: 'form' });
    expect(instance.task('prepare').verifying).toBeUndefined();
    expect(instance.log.at(-1)).toMatchObject({ action: 'task.verificationRejected', reason: 'wrong strength', actor: otherNurse });
  });

  it('is offered to the verifying roles', () => {
    const instance = verified({ candidateRoles: ['pharmacist'] }).completeTask('prepare', { dose: 5 }, nurse);

    expect(instance.completeTask('prepare', { dose: 5 }, otherNurse).refusal).toBe('TASK_NOT_YOURS');
    expect(instance.completeTask('prepare', { dose: 5 }, pharmacist).refusal).toBeUndefined();
  });

  it('counts no more after its time limit', () => {
    const instance = verified({ timeLimit: 'duration("PT30M")' }).completeTask('prepare', { dose: 5 }, nurse);

    expect(instance.effects).toEqual(['updateUserTask', 'startTimer']);
    expect(instance.task('prepare').verifying?.until).toBe('2026-03-01T08:30:00.000Z');

    instance.send({ type: 'timerFired', timerId: Object.keys(instance.state.timers)[0] ?? '' });

    expect(instance.task('prepare').verifying).toBeUndefined();
    expect(instance.log.at(-1)).toMatchObject({ action: 'task.verificationRejected', reason: 'VERIFICATION_EXPIRED' });
  });

  it('has nothing to reject before the first person is done', () => {
    const instance = verified();
    instance.send({ type: 'userTaskVerificationRejected', taskId: instance.task('prepare').id, reason: 'x', actor: nurse });

    expect(instance.refusal).toBe('VERIFICATION_NOT_PENDING');
  });
});

describe('delegation', () => {
  it('lets another person do the task and brings it back when released', () => {
    const instance = new TestInstance({ elements: [start, userTask('a'), end], flows: ['start > a', 'a > end'] }).start();
    const taskId = instance.task('a').id;
    instance.send({ type: 'userTaskClaimed', taskId, actor: nurse });
    instance.send({ type: 'userTaskDelegated', taskId, delegateId: 'n2', actor: nurse });

    expect(instance.task('a')).toMatchObject({ assignee: 'n2', owner: 'n1' });
    expect(instance.completeTask('a', {}, nurse).refusal).toBe('TASK_CLAIMED_BY_OTHER');

    instance.send({ type: 'userTaskReleased', taskId, actor: otherNurse });

    expect(instance.task('a')).toMatchObject({ assignee: 'n1' });
    expect(instance.task('a').owner).toBeUndefined();
    expect(instance.completeTask('a', {}, nurse).state.status).toBe('completed');
  });

  it('is for the person who claimed the task', () => {
    const instance = new TestInstance({ elements: [start, userTask('a'), end], flows: ['start > a', 'a > end'] }).start();
    instance.send({ type: 'userTaskDelegated', taskId: instance.task('a').id, delegateId: 'n2', actor: nurse });

    expect(instance.refusal).toBe('TASK_NOT_YOURS');
  });
});

it('knows when to look at a task again', () => {
  expect(new TestInstance({ elements: [start, userTask('a', { followUpDate: 'now() + duration("P1D")' }), end], flows: ['start > a', 'a > end'] }).start().task('a').followUpAt).toBe('2026-03-02T08:00:00.000Z');
});
