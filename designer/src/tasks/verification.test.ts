import { isAboutTask } from './is-about-task.ts';
import { lastReturn } from './returned.ts';
import { afterAnswer } from './submission.ts';
import { timeLeft } from './time-left.ts';
import { draftIdOf, verificationRuleOf, verificationStage } from './verification.ts';

const performed = { performedBy: [{ id: 'li', displayName: '李敏' }], performedAt: '2026-11-22T06:00:00Z', until: '2026-11-22T06:30:00Z' };
const task = { id: 'T', taskId: 'i1:t3', status: 'open' as const, verification: null };

describe('a task that two persons do', () => {
  const rule = { roles: ['nurse'] };

  it('is the first’s, then waits for another, whom it asks to verify', () => {
    const stages = (verification: typeof performed | null, status: 'open' | 'completed' = 'open') => ['li', 'chen'].map((viewer) => verificationStage({ status, verification }, viewer, rule));

    expect(stages(null)).toEqual(['first', 'first']);
    expect(stages(performed)).toEqual(['performed', 'second']);
    expect(stages(performed, 'completed')).toEqual(['none', 'none']);
    expect(verificationStage(task, 'li', undefined)).toBe('none');
  });

  it('finds its rule in the process, inside sub-processes too; the roles are the task’s unless the rule has its own', () => {
    const give = { id: 'give', type: 'userTask', candidateRoles: ['nurse'], verification: {} };
    const document = { flowElements: [{ id: 'a', type: 'transaction', flowElements: [give, { ...give, id: 'mix', verification: { candidateRoles: ['pharmacist'] } }] }, { id: 'plain', type: 'userTask', candidateRoles: ['nurse'] }] };

    expect(['give', 'mix', 'plain', 'nowhere'].map((id) => verificationRuleOf(document, id))).toEqual([{ roles: ['nurse'] }, { roles: ['pharmacist'] }, undefined, undefined]);
    expect(verificationRuleOf(null, 'give')).toBeUndefined();
  });

  it('keeps the drafts of both apart, and of each new round', () => {
    expect(draftIdOf(task)).toBe('T');
    expect(draftIdOf({ ...task, verification: performed })).toBe('T@2026-11-22T06:00:00Z');
  });

  it('is not done by the first person’s submission', () => {
    const instance = { id: 'I', processInstanceId: 'i', status: 'running', activeElements: [] };

    expect(afterAnswer({ kind: 'accepted', payload: { pending: false, task: { id: 'T', status: 'open', verification: performed }, processInstance: instance } })).toEqual({ stage: 'performed', verification: performed });
    expect(afterAnswer({ kind: 'accepted', payload: { pending: true, task: { id: 'T', status: 'open', verification: null }, processInstance: instance } })).toEqual({ stage: 'processing' });
  });

  it('has the time left of whichever limit comes first', () => {
    const at = Date.parse('2026-11-22T06:10:00Z');
    const left = (dueAt: string | null) => timeLeft({ createdAt: '2026-11-22T05:00:00Z', dueAt, verification: performed }, at).durationMs / 60_000;

    expect([left(null), left('2026-11-22T06:15:00Z'), left('2026-11-22T08:00:00Z')]).toEqual([20, 5, 20]);
  });
});

describe('why a task came back', () => {
  const line = (action: string, taskId: string | null, reason: string | null = null) => ({ action, taskId, reason, recordedAt: '2026-11-22T06:20:00Z', actor: { id: 'chen', displayName: '陈洁' } });

  it('is the last rejection, until the task is done again', () => {
    const lines = [line('task.performed', 't3'), line('task.verificationRejected', 't3', '剂量不符')];

    expect(lastReturn(task, lines)).toEqual({ at: '2026-11-22T06:20:00Z', kind: 'rejected', by: '陈洁', reason: '剂量不符' });
    expect(lastReturn(task, [...lines, line('task.performed', 't3')])).toBeUndefined();
    expect(lastReturn(task, [line('task.verificationRejected', 't4', 'x')])).toBeUndefined();
  });

  it('tells that nobody came in time from somebody who did not confirm', () => {
    expect(lastReturn(task, [line('task.verificationRejected', 't3', 'VERIFICATION_EXPIRED')])?.kind).toBe('expired');
  });
});

describe('a change in the stream of tasks', () => {
  it('is about a task by its global id, and about any without one', () => {
    const about = (taskId: string | null): boolean => isAboutTask({ taskId }, task);

    expect([about(null), about('T'), about('T2')]).toEqual([true, true, false]);
  });
});
