import { describe, expect, it } from '@jest/globals';
import type { Actor } from '../actor.ts';
import type { FlowElement } from '../definition/index.ts';
import { brokenSeparation } from './user-task.ts';
import { TestInstance, at, end, nurse, otherNurse, start, userTask } from '../testing/process-builder.ts';

const single = (more: Partial<Extract<FlowElement, { type: 'userTask' }>> = {}) =>
  new TestInstance({ variables: { ward: 'string', dose: 'number', given: 'boolean', by: 'string' }, elements: [start, userTask('give', more), end], flows: ['start > give', 'give > end'] });

describe('user task', () => {
  it('is created with what its expressions give', () => {
    const instance = single({
      candidateUnit: 'ward', dueDate: 'now() + duration("PT30M")', priority: '10 + 60', subject: '"p" + string(7)', inputs: [{ target: 'amount', source: 'dose * 2' }],
    }).start({ ward: 'w1', dose: 5 });

    const task = {
      id: 't3', elementInstanceId: 'e2', elementId: 'give', candidateRoles: ['nurse'], candidateUnit: 'w1', form: 'form',
      dueAt: '2026-03-01T08:30:00.000Z', priority: 70, subject: 'p7', input: { amount: 10 }, createdAt: at,
    };
    expect(instance.task('give')).toEqual(task);
    expect(instance.commands).toContainEqual({ type: 'createUserTask', task });
  });

  it('does not open to every ward when its unit is missing', () => {
    const instance = single({ candidateUnit: 'ward' }).start({});

    expect(instance.openIncidents).toEqual([{ element: 'give', code: 'EXPRESSION_FAILED', allowed: ['retry', 'skip'] }]);
    expect(instance.state.userTasks).toEqual({});
  });

  it('sets what its outputs take from the form and completes', () => {
    const instance = single({ outputs: [{ target: 'given', source: 'data.done' }, { target: 'by', source: 'actor.id' }] }).start({}).completeTask('give', { done: true });

    expect(instance.variables).toEqual({ given: true, by: 'n1' });
    expect(instance.state.status).toBe('completed');
    expect(instance.log.map(({ action }) => action)).toEqual([
      'instance.started', 'element.activated', 'element.completed', 'element.activated', 'task.created',
      'task.claimed', 'task.completed', 'variables.changed', 'element.completed', 'element.activated', 'element.completed', 'instance.completed',
    ]);
    expect(instance.log.find(({ action }) => action === 'task.completed')).toMatchObject({ actor: nurse, taskId: 't3', detail: { data: { done: true } } });
    expect(instance.log.find(({ action }) => action === 'variables.changed')).toMatchObject({ actor: nurse, before: {}, after: { given: true, by: 'n1' } });
  });

  it('sets declared variables from the form when it has no outputs', () => {
    const instance = single().start({ dose: 1 }).completeTask('give', { dose: 2 });

    expect(instance.variables).toEqual({ dose: 2 });
  });

  it.each([
    ['an undeclared field', { colour: 'red' }, 'VARIABLE_UNDECLARED'],
    ['a value of the wrong type', { dose: 'two' }, 'VARIABLE_WRONG_TYPE'],
    ['a value that is too large', { by: 'x'.repeat(300_000) }, 'VARIABLE_TOO_LARGE'],
  ])('refuses %s when it has no outputs', (_what, data, code) => {
    const instance = single().start();
    const before = instance.state;

    instance.completeTask('give', data);

    expect(instance.refusal).toBe(code);
    expect(instance.state).toBe(before);
  });

  it('holds the completed work with an incident when an output has the wrong type', () => {
    const instance = single({ outputs: [{ target: 'given', source: 'data.done' }] }).start().completeTask('give', { done: 'yes' });

    expect(instance.openIncidents).toEqual([{ element: 'give', code: 'VARIABLE_WRONG_TYPE', allowed: ['retry', 'skip'] }]);
    expect(instance.state.userTasks).toEqual({});
    expect(instance.instance('give').completion).toMatchObject({ data: { done: 'yes' } });
  });
});

describe('claiming and releasing', () => {
  it('assigns the task and gives it back', () => {
    const instance = single().start();
    instance.send({ type: 'userTaskClaimed', taskId: 't3', actor: nurse });

    expect(instance.task('give').assignee).toBe('n1');
    expect(instance.effects).toEqual(['updateUserTask']);

    instance.send({ type: 'userTaskReleased', taskId: 't3', actor: nurse });

    expect(instance.task('give')).not.toHaveProperty('assignee');
  });

  it('changes nothing when the same person claims again', () => {
    const instance = single().start();
    instance.send({ type: 'userTaskClaimed', taskId: 't3', actor: nurse });
    const before = instance.state;

    instance.send({ type: 'userTaskClaimed', taskId: 't3', actor: nurse });

    expect(instance.state).toBe(before);
    expect(instance.commands).toEqual([]);
  });

  const refusals: readonly [string, Actor, string][] = [
    ['another role', { id: 'd1', kind: 'person', roles: ['doctor'], unit: 'w1' }, 'TASK_NOT_YOURS'],
    ['another unit', { id: 'n9', kind: 'person', roles: ['nurse'], unit: 'w9' }, 'TASK_NOT_YOURS'],
    ['a supervisor without the role', { id: 's1', kind: 'person', roles: ['supervisor'], unit: 'w1' }, 'TASK_NOT_YOURS'],
    ['a system', { id: 'his', kind: 'system', roles: ['system'] }, 'TASK_NOT_YOURS'],
  ];
  it.each(refusals)('refuses %s', (_who, actor, code) => {
    const instance = single({ candidateUnit: 'ward' }).start({ ward: 'w1' });

    instance.send({ type: 'userTaskClaimed', taskId: 't3', actor });
    expect(instance.refusal).toBe(code);

    instance.send({ type: 'userTaskCompleted', taskId: 't3', data: {}, actor });
    expect(instance.refusal).toBe(code);
  });

  it('refuses to complete what someone else has claimed, and records the refusal', () => {
    const instance = single().start();
    instance.send({ type: 'userTaskClaimed', taskId: 't3', actor: otherNurse });
    const before = instance.state;

    instance.completeTask('give');

    const failure = { code: 'TASK_CLAIMED_BY_OTHER', elementId: 'give', message: 'Expected the person to whom the task is assigned, but it is someone else' };
    expect(instance.state).toBe(before);
    expect(instance.commands).toEqual([
      { type: 'rejectEvent', eventId: 'c3', failure },
      { type: 'recordEntry', entry: { action: 'event.rejected', at, actor: nurse, elementId: 'give', taskId: 't3', reason: 'TASK_CLAIMED_BY_OTHER', detail: { event: 'userTaskCompleted', failure } } },
    ]);
  });

  it('refuses a task that is done, one that never was, and any task of an instance that has ended', () => {
    const instance = new TestInstance({ elements: [start, userTask('one'), userTask('two'), end], flows: ['start > one', 'one > two', 'two > end'] }).start();
    const { id } = instance.task('one');
    const complete = (taskId: string) => {
      instance.send({ type: 'userTaskCompleted', taskId, data: {}, actor: nurse });
      return instance.refusal;
    };

    expect([complete(id), complete(id), complete('t99'), complete(instance.task('two').id), complete(id)]).toEqual([undefined, 'TASK_NOT_OPEN', 'TASK_NOT_FOUND', undefined, 'INSTANCE_NOT_RUNNING']);
  });

  it('accepts one of ten completions of the same task', () => {
    const instance = single().start();
    const { id } = instance.task('give');

    const refusals = Array.from({ length: 10 }, () => {
      instance.send({ type: 'userTaskCompleted', taskId: id, data: {}, actor: nurse });
      return instance.refusal;
    });

    expect(refusals.filter((refusal) => refusal === undefined)).toHaveLength(1);
  });

  it('is open to the assignee alone when one is named', () => {
    const instance = single({ assignee: 'by' }).start({ by: 'n2' });

    instance.completeTask('give', {}, nurse);
    expect(instance.refusal).toBe('TASK_CLAIMED_BY_OTHER');

    instance.completeTask('give', {}, { ...otherNurse, roles: [] });
    expect(instance.state.status).toBe('completed');
  });
});

describe('separation', () => {
  const twoPeople = (more: object = {}) =>
    new TestInstance({
      variables: { items: 'list' },
      elements: [start, userTask('first'), userTask('second', { separation: ['first'], ...more }), end],
      flows: ['start > first', 'first > second', 'second > end'],
    });

  it('refuses the person who performed the other element', () => {
    const instance = twoPeople().start().completeTask('first').completeTask('second');

    expect(instance.refusal).toBe('TASK_SAME_PERSON');

    instance.completeTask('second', {}, otherNurse);

    expect(instance.state.status).toBe('completed');
  });

  it('refuses whoever acts on behalf of that person', () => {
    const instance = twoPeople().start().completeTask('first').completeTask('second', {}, { ...otherNurse, onBehalfOf: 'n1' });

    expect(instance.refusal).toBe('TASK_SAME_PERSON');
  });

  it('refuses the claim already', () => {
    const instance = twoPeople().start().completeTask('first');

    instance.send({ type: 'userTaskClaimed', taskId: instance.task('second').id, actor: nurse });

    expect(instance.refusal).toBe('TASK_SAME_PERSON');
  });

  const eachItem = (sequential: boolean) =>
    new TestInstance({
      variables: { items: 'list' },
      elements: [
        start,
        {
          id: 'each', type: 'subProcess', multiInstance: { kind: 'multiInstance', sequential, collection: 'items', elementVariable: 'item' },
          flowElements: [{ id: 'in', type: 'startEvent' }, userTask('first'), userTask('second', { separation: ['first'] }), { id: 'out', type: 'endEvent' }],
          sequenceFlows: [{ id: 'f1', sourceRef: 'in', targetRef: 'first' }, { id: 'f2', sourceRef: 'first', targetRef: 'second' }, { id: 'f3', sourceRef: 'second', targetRef: 'out' }],
        },
        end,
      ],
      flows: ['start > each', 'each > end'],
    }).start({ items: [1, 2] });

  it('looks at the same item of a parallel multi-instance body only', () => {
    const instance = eachItem(false);
    const complete = (taskId: string, actor: Actor) => {
      instance.send({ type: 'userTaskCompleted', taskId, data: {}, actor });
      return instance.refusal;
    };
    const [one, two] = Object.keys(instance.state.userTasks) as [string, string];
    complete(one, nurse);
    complete(two, otherNurse);
    const [secondOfOne, secondOfTwo] = Object.keys(instance.state.userTasks) as [string, string];
    const asked = [secondOfOne, secondOfTwo].map((taskId) => [nurse, otherNurse].map(({ id }) => brokenSeparation(instance.state, taskId, ['first'], [id])));

    expect(asked).toEqual([['first', undefined], [undefined, 'first']]);
    expect([complete(secondOfOne, nurse), complete(secondOfTwo, otherNurse)]).toEqual(['TASK_SAME_PERSON', 'TASK_SAME_PERSON']);
    expect([complete(secondOfOne, otherNurse), complete(secondOfTwo, nurse)]).toEqual([undefined, undefined]);
  });

  it('looks at the same item of a sequential multi-instance body only', () => {
    const instance = eachItem(true);

    instance.completeTask('first', {}, nurse).completeTask('second', {}, otherNurse);
    instance.completeTask('first', {}, otherNurse).completeTask('second', {}, otherNurse);
    expect(instance.refusal).toBe('TASK_SAME_PERSON');

    instance.completeTask('second', {}, nurse);
    expect(instance.state.status).toBe('completed');
  });
});
