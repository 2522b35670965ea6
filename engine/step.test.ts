import { describe, expect, it } from '@jest/globals';
import { engineActor } from './actor.ts';
import { step } from './step.ts';
import { TestInstance, at, end, operator, script, service, start, system, userTask } from './testing/process-builder.ts';

describe('step', () => {
  it('gives the next state and the commands of a start, whole', () => {
    const instance = new TestInstance({ variables: { x: 'number' }, elements: [start, service('act'), end], flows: ['start > act', 'act > end'] });

    const { state, commands } = instance.send({ type: 'instanceStarted', variables: { x: 1 } });

    const entry = (action: string, details: object) => ({ type: 'recordEntry', entry: { action, at, actor: engineActor, ...details } });
    expect(state).toEqual({
      format: 1, semantics: 3, instanceId: 'i1', processKey: 'test', businessKey: 'b1', status: 'running', startedAt: at, lastId: 2,
      scopes: { root: { id: 'root', variables: { x: 1 } } },
      elementInstances: { e2: { id: 'e2', elementId: 'act', scopeId: 'root', status: 'active', activatedAt: at, attempt: 1 } },
      userTasks: {}, timers: {}, subscriptions: {}, incidents: {}, performers: {},
    });
    expect(commands).toEqual([
      entry('instance.started', { actor: system, after: { x: 1 } }),
      entry('element.activated', { elementId: 'start', elementInstanceId: 'e1' }),
      entry('element.completed', { elementId: 'start', elementInstanceId: 'e1' }),
      entry('element.activated', { elementId: 'act', elementInstanceId: 'e2' }),
      { type: 'executeService', elementInstanceId: 'e2', elementId: 'act', activity: 'test.act', input: {}, idempotencyKey: 'i1:e2', attempt: 1, maximumAttempts: 3, initialIntervalMs: 1_000, timeoutMs: 30_000 },
      entry('service.requested', { elementId: 'act', elementInstanceId: 'e2', detail: { activity: 'test.act', attempt: 1, idempotencyKey: 'i1:e2', input: {} } }),
    ]);
  });

  it('gives the same for the same, and a state that JSON holds without loss', () => {
    const instance = new TestInstance({ elements: [start, userTask('a'), end], flows: ['start > a', 'a > end'] });
    const event = { id: 'c1', at, actor: system, type: 'instanceStarted', variables: {} } as const;

    const first = step(instance.plan, instance.state, event);
    const second = step(instance.plan, instance.state, event);

    expect(first).toEqual(second);
    expect(JSON.parse(JSON.stringify(first.state))).toStrictEqual(first.state);
  });

  it('takes every flow of an activity whose condition holds, the unconditional ones always', () => {
    const branches = (x: number) =>
      new TestInstance({
        variables: { x: 'number' },
        elements: [start, { ...script('act', '1'), default: 'act_none' } as never, script('low', '1'), script('high', '1'), script('always', '1'), script('none', '1')],
        flows: ['start > act', 'act > low: x > 1', 'act > high: x > 2', 'act > always', 'act > none'],
      }).start({ x }).path.slice(2);

    expect(branches(3)).toEqual(['low', 'high', 'always']);
    expect(branches(2)).toEqual(['low', 'always']);
    expect(branches(1)).toEqual(['always', 'none']);
  });

  it('runs an activity once for each token that arrives', () => {
    const instance = new TestInstance({ elements: [start, script('a', '1'), script('b', '1'), script('both', '1'), end], flows: ['start > a', 'start > b', 'a > both', 'b > both', 'both > end'] }).start();

    expect(instance.path.filter((id) => id === 'both')).toHaveLength(2);
  });

  it('cuts an endless loop and names it', () => {
    const instance = new TestInstance({
      variables: { x: 'number' },
      elements: [start, { id: 'merge', type: 'exclusiveGateway' }, { id: 'again', type: 'exclusiveGateway', default: 'again_end' }, end],
      flows: ['start > merge', 'merge > again', 'again > merge: x > 0', 'again > end'],
    }).start({ x: 1 });

    const [incident] = Object.values(instance.state.incidents);
    expect(incident?.failure).toMatchObject({ code: 'STEP_BUDGET_EXCEEDED', message: expect.stringContaining('the loop of merge, again goes on') });
    expect(instance.state.status).toBe('running');

    instance.send({ type: 'incidentResolved', incidentId: incident?.id ?? '', resolution: { kind: 'retry' }, reason: 'x corrected', variables: { x: 0 }, actor: operator });

    expect(instance.state.status).toBe('completed');
  });

  it('names the loop alone, not what led to it', () => {
    const instance = new TestInstance({
      variables: { x: 'number' },
      elements: [start, script('a', '1'), script('b', '1'), script('pass', '1'), { id: 'merge', type: 'exclusiveGateway' }, end],
      flows: ['start > a', 'start > b', 'a > pass', 'b > pass', 'pass > merge', 'merge > merge: x > 0', 'merge > end: x = 0'],
    }).start({ x: 1 });

    expect(Object.values(instance.state.incidents)[0]?.failure.message).toContain('the loop of merge goes on');
  });

  it('records only the variables that changed, before and after', () => {
    const instance = new TestInstance({
      variables: { same: 'object', x: 'number' },
      elements: [start, service('act', { outputs: [{ target: 'same', source: 'same' }, { target: 'x', source: 'x + 1' }] }), end],
      flows: ['start > act', 'act > end'],
    }).start({ same: { a: [1] }, x: 1 }).answer('act');

    expect(instance.log.filter(({ action }) => action === 'variables.changed')).toMatchObject([{ before: { x: 1 }, after: { x: 2 } }]);
    expect(instance.log.find(({ action }) => action === 'variables.changed')?.after).not.toHaveProperty('same');
  });

  it('refuses a start that would make the state too large, and holds a result that would', () => {
    const big = 'x'.repeat(250_000);
    const names = ['a', 'b', 'c', 'd', 'e'] as const;
    const parts = {
      variables: { a: 'string', b: 'string', c: 'string', d: 'string', e: 'string' } as const,
      elements: [start, service('act', { resultVariable: 'e' }), end],
      flows: ['start > act', 'act > end'],
    };
    const all = new TestInstance(parts).start(Object.fromEntries(names.map((name) => [name, big])));
    const four = new TestInstance(parts).start(Object.fromEntries(names.slice(0, 4).map((name) => [name, big])));

    expect(all.refusal).toBe('STATE_TOO_LARGE');
    expect(all.state.status).toBe('created');

    four.answer('act', big);

    expect(four.openIncidents).toEqual([{ element: 'act', code: 'STATE_TOO_LARGE', allowed: ['confirmDone', 'skip'] }]);
    expect(four.variables).not.toHaveProperty('e');
  });

  it('lets a timer fire again after it would have made the state too large', () => {
    const big = 'x'.repeat(200_000);
    const instance = new TestInstance({
      variables: { a: 'string', b: 'string', c: 'string', d: 'string', copies: 'list' },
      elements: [start, { id: 'wait', type: 'intermediateCatchEvent', event: { kind: 'timer', timeDuration: '"PT1H"' } }, userTask('show', { inputs: [{ target: 'all', source: 'a + b + c + d' }] }), end],
      flows: ['start > wait', 'wait > show', 'show > end'],
    }).start({ a: big, b: big, c: big, d: big });
    const timerId = Object.keys(instance.state.timers)[0] ?? '';

    instance.send({ type: 'timerFired', timerId });
    expect(instance.openIncidents).toEqual([{ element: 'wait', code: 'STATE_TOO_LARGE', allowed: ['retry'] }]);

    instance.send({ type: 'incidentResolved', incidentId: Object.keys(instance.state.incidents)[0] ?? '', resolution: { kind: 'retry' }, reason: 'shortened', variables: { a: '', b: '' }, actor: operator });
    expect(instance.effects).toEqual(['closeIncident', 'startTimer']);

    instance.send({ type: 'timerFired', timerId });
    expect(instance.task('show').elementId).toBe('show');
  });

  it('ignores what comes for something that is gone', () => {
    const instance = new TestInstance({ elements: [start, userTask('a'), end], flows: ['start > a', 'a > end'] }).start();
    const before = instance.state;

    instance.send({ type: 'timerFired', timerId: 'd9' });
    instance.send({ type: 'serviceCompleted', elementInstanceId: 'e9', result: {} });
    instance.send({ type: 'rulesEvaluated', elementInstanceId: 'e9', version: '1', decisionId: 'd', result: {} });
    instance.send({ type: 'serviceThrewError', elementInstanceId: 'e2', error: { errorCode: 'X' } });

    expect(instance.state).toBe(before);
    expect(instance.commands).toEqual([]);
  });

  it('records the ledger step of an element when it completes, with who did it', () => {
    const instance = new TestInstance({ variables: { doseId: 'string' }, elements: [start, userTask('give', { outputs: [], ledger: { loop: 'dose', step: 'given', item: 'doseId' } }), end], flows: ['start > give', 'give > end'] }).start({ doseId: 'D1' });
    instance.completeTask('give');

    expect(instance.commands).toContainEqual({ type: 'recordLedger', loop: 'dose', step: 'given', item: 'D1', elementId: 'give', at, actor: expect.objectContaining({ id: 'n1' }) });
  });
});
