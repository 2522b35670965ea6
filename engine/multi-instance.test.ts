import { describe, expect, it } from '@jest/globals';
import type { MultiInstance } from './definition/index.ts';
import { TestInstance, end, operator, script, service, start, userTask } from './testing/process-builder.ts';

const marker = (more: Partial<MultiInstance> = {}): MultiInstance => ({ kind: 'multiInstance', sequential: false, collection: 'doses', elementVariable: 'dose', ...more });
const each = (more: Partial<MultiInstance> = {}) =>
  new TestInstance({
    variables: { doses: 'list', results: 'list', last: 'number' },
    elements: [start, service('give', { multiInstance: marker(more), inputs: [{ target: 'amount', source: 'dose' }] }), end],
    flows: ['start > give', 'give > end'],
  });
const running = (instance: TestInstance) => Object.values(instance.state.elementInstances).filter(({ loopCounter }) => loopCounter !== undefined);
const answer = (instance: TestInstance, loopCounter: number, result: number) =>
  instance.send({ type: 'serviceCompleted', elementInstanceId: running(instance).find((inner) => inner.loopCounter === loopCounter)?.id ?? '', result });

describe('parallel multi-instance', () => {
  it('starts an instance for each item, in its own scope', () => {
    const instance = each().start({ doses: [5, 7] });

    expect(instance.commands.flatMap((command) => (command.type === 'executeService' ? [command.input] : []))).toEqual([{ amount: 5 }, { amount: 7 }]);
    expect(running(instance).map(({ scopeId }) => instance.state.scopes[scopeId]?.variables)).toEqual([{ dose: 5, loopCounter: 1 }, { dose: 7, loopCounter: 2 }]);
  });

  it('gathers the outputs in the order of the items, whatever the order of completion', () => {
    const instance = each({ outputCollection: 'results', outputElement: 'dose * result' }).start({ doses: [1, 2, 3] });
    answer(instance, 3, 10);
    answer(instance, 1, 10);

    expect(instance.variables).not.toHaveProperty('results');
    answer(instance, 2, 10);

    expect(instance.variables['results']).toEqual([10, 20, 30]);
    expect(instance.state.status).toBe('completed');
    expect(instance.isEmpty).toBe(true);
  });

  it('completes at once for an empty collection', () => {
    const instance = each({ outputCollection: 'results', outputElement: 'result' }).start({ doses: [] });

    expect(instance.state.status).toBe('completed');
    expect(instance.variables['results']).toEqual([]);
  });

  it('terminates the rest when the completion condition holds', () => {
    const instance = each({ completionCondition: 'numberOfCompletedInstances >= 2 and numberOfActiveInstances = 1' }).start({ doses: [1, 2, 3] });
    answer(instance, 1, 0);
    expect(instance.state.status).toBe('running');

    answer(instance, 2, 0);

    expect(instance.effects).toEqual(['cancelService', 'endInstance']);
    expect(instance.state.status).toBe('completed');
    expect(instance.isEmpty).toBe(true);
  });

  it('cancels exactly the services that run when the body is terminated', () => {
    const instance = each().start({ doses: [1, 2, 3] });
    answer(instance, 1, 0);

    instance.send({ type: 'instanceCancelled', reason: 'stopped', actor: operator });

    expect(instance.effects).toEqual(['cancelService', 'cancelService', 'endInstance']);
  });

  it('holds only the item whose output fails', () => {
    const instance = each({ outputCollection: 'results', outputElement: 'function(a) a' }).start({ doses: [1, 2] });
    answer(instance, 1, 0);

    expect(instance.openIncidents).toEqual([{ element: 'give', code: 'EXPRESSION_FAILED', allowed: ['retry', 'skip'] }]);
    expect(running(instance).map(({ status }) => status)).toEqual(['completing', 'active']);
  });

  it('skips an item without asking the completion condition, which has no result to look at', () => {
    const instance = each({ completionCondition: 'result > 5' }).start({ doses: [1, 2] });
    instance.send({ type: 'serviceFailed', elementInstanceId: running(instance)[0]?.id ?? '', failure: { code: 'SERVICE_FAILED', message: 'no' } });
    instance.send({ type: 'incidentResolved', incidentId: Object.keys(instance.state.incidents)[0] ?? '', resolution: { kind: 'skip' }, reason: 'refused', actor: operator });

    expect(instance.state.incidents).toEqual({});
    answer(instance, 2, 1);
    expect(instance.state.status).toBe('completed');
  });

  it.each([
    ['a collection that is missing', {}, 'COLLECTION_INVALID'],
    ['more than 1,000 items', { doses: Array.from({ length: 1_001 }, (_item, index) => index) }, 'COLLECTION_TOO_LARGE'],
  ])('raises an incident for %s', (_what, variables, code) => {
    const instance = each().start(variables);

    expect(instance.openIncidents).toEqual([{ element: 'give', code, allowed: ['retry', 'skip'] }]);
  });

  it('runs 1,000 items', () => {
    const instance = new TestInstance({
      variables: { doses: 'list', results: 'list' },
      elements: [start, { ...script('double', 'dose * 2'), multiInstance: marker({ outputCollection: 'results', outputElement: 'result' }) } as never, end],
      flows: ['start > double', 'double > end'],
    }).start({ doses: Array.from({ length: 1_000 }, (_item, index) => index) });

    expect(instance.state.status).toBe('completed');
    expect(instance.variables['results']).toHaveLength(1_000);
    expect((instance.variables['results'] as number[])[999]).toBe(1_998);
  });

  it('begins nothing when the operator skips a bad collection', () => {
    const instance = each().start({});

    instance.send({ type: 'incidentResolved', incidentId: Object.keys(instance.state.incidents)[0] ?? '', resolution: { kind: 'skip' }, reason: 'nothing to give', actor: operator });

    expect(instance.state.status).toBe('completed');
  });
});

describe('sequential multi-instance', () => {
  it('starts the next item when one completes', () => {
    const instance = each({ sequential: true, outputCollection: 'results', outputElement: 'result' }).start({ doses: [1, 2] });
    expect(running(instance).map(({ loopCounter }) => loopCounter)).toEqual([1]);

    answer(instance, 1, 10);
    expect(running(instance).map(({ loopCounter }) => loopCounter)).toEqual([2]);

    answer(instance, 2, 20);
    expect(instance.variables['results']).toEqual([10, 20]);
    expect(instance.state.status).toBe('completed');
  });

  it('takes the list when it is entered: a later change does not matter', () => {
    const instance = new TestInstance({
      variables: { doses: 'list' },
      elements: [start, { ...script('shrink', '[]'), multiInstance: marker({ sequential: true }), outputs: [{ target: 'doses', source: 'result' }] } as never, end],
      flows: ['start > shrink', 'shrink > end'],
    }).start({ doses: [1, 2, 3] });

    expect(instance.path.filter((id) => id === 'shrink')).toHaveLength(4);
    expect(instance.variables).toEqual({ doses: [] });
  });

  it('does not start the rest when the completion condition holds', () => {
    const instance = each({ sequential: true, completionCondition: 'result = 0' }).start({ doses: [1, 2, 3] });

    answer(instance, 1, 0);

    expect(instance.state.status).toBe('completed');
    expect(instance.isEmpty).toBe(true);
  });
});

describe('nested multi-instance', () => {
  const nested = () =>
    new TestInstance({
      variables: { wards: 'list', all: 'list' },
      elements: [
        start,
        {
          id: 'ward', type: 'subProcess', variables: [{ name: 'found', type: 'list', classification: 'operational' }],
          multiInstance: { kind: 'multiInstance', sequential: false, collection: 'wards', elementVariable: 'ward', outputCollection: 'all', outputElement: 'found' },
          flowElements: [
            { id: 'in', type: 'startEvent' },
            userTask('bed', { multiInstance: { kind: 'multiInstance', sequential: true, collection: 'ward.beds', elementVariable: 'bed', outputCollection: 'found', outputElement: 'ward.name + bed + data.state' }, outputs: [] }),
            { id: 'out', type: 'endEvent' },
          ],
          sequenceFlows: [{ id: 'f1', sourceRef: 'in', targetRef: 'bed' }, { id: 'f2', sourceRef: 'bed', targetRef: 'out' }],
        },
        end,
      ],
      flows: ['start > ward', 'ward > end'],
    }).start({ wards: [{ name: 'A', beds: ['1', '2'] }, { name: 'B', beds: ['1'] }] });

  it('gathers inner outputs in each outer scope', () => {
    const instance = nested();
    expect(Object.values(instance.state.userTasks)).toHaveLength(2);

    for (const state of ['x', 'y', 'z']) instance.completeTask('bed', { state });

    expect(instance.state.status).toBe('completed');
    expect(instance.variables['all']).toEqual([['A1x', 'A2z'], ['B1y']]);
    expect(instance.isEmpty).toBe(true);
  });

  it('leaves nothing behind when the instance is cancelled', () => {
    const instance = nested();

    instance.send({ type: 'instanceCancelled', reason: 'closed', actor: operator });

    expect(instance.isEmpty).toBe(true);
    expect(instance.effects.filter((effect) => effect === 'closeUserTask')).toHaveLength(2);
  });
});
