import { describe, expect, it } from '@jest/globals';
import type { FlowElement, SubProcess } from '../definition/index.ts';
import { TestInstance, at, declare, end, flowOf, operator, script, service, start } from '../testing/process-builder.ts';

const inStart: FlowElement = { id: 'in', type: 'startEvent' };
const out: FlowElement = { id: 'out', type: 'endEvent' };
const sub = (more: Partial<SubProcess> & { readonly flows: readonly string[] }): FlowElement => {
  const { flows, ...rest } = more;
  return { id: 'sub', type: 'subProcess', flowElements: [], ...rest, sequenceFlows: flows.map(flowOf) };
};

describe('embedded sub-process', () => {
  it('has its own variables, which vanish with it; its outputs go to the scope around it', () => {
    const instance = new TestInstance({
      variables: { x: 'number', y: 'number' },
      elements: [
        start,
        sub({
          inputs: [{ target: 'given', source: 'x + 1' }], variables: declare({ x: 'number' }), outputs: [{ target: 'y', source: 'x' }],
          flowElements: [inStart, script('calculate', 'given * 10', 'x'), service('ask'), out], flows: ['in > calculate', 'calculate > ask', 'ask > out'],
        }),
        end,
      ],
      flows: ['start > sub', 'sub > end'],
    }).start({ x: 1 });

    const [inner] = Object.values(instance.state.scopes).filter(({ id }) => id !== 'root');
    expect(inner?.variables).toEqual({ given: 2, x: 20 });
    expect(instance.variables).toEqual({ x: 1 });

    instance.answer('ask');

    expect(instance.variables).toEqual({ x: 1, y: 20 });
    expect(Object.keys(instance.state.scopes)).toEqual(['root']);
  });

  it('completes when its last token is consumed', () => {
    const instance = new TestInstance({
      elements: [start, sub({ flowElements: [inStart, service('a'), service('b'), out], flows: ['in > a', 'in > b', 'a > out', 'b > out'] }), end],
      flows: ['start > sub', 'sub > end'],
    }).start().answer('a');

    expect(instance.path).toEqual(['start', 'in', 'a', 'out']);
    expect(instance.answer('b').path).toEqual(['start', 'in', 'a', 'out', 'b', 'out', 'sub', 'end']);
  });

  it('is ended with all that is in it by an interrupting boundary event', () => {
    const instance = new TestInstance({
      elements: [
        start, sub({ flowElements: [inStart, service('a'), service('b'), out], flows: ['in > a', 'in > b', 'a > out', 'b > out'] }),
        { id: 'late', type: 'boundaryEvent', attachedToRef: 'sub', cancelActivity: true, event: { kind: 'timer', timeDuration: 'duration("PT1H")' } }, end,
      ],
      flows: ['start > sub', 'sub > end', 'late > end'],
    }).start();
    const timerId = Object.keys(instance.state.timers)[0] ?? '';

    instance.send({ type: 'timerFired', timerId });

    expect(instance.effects).toEqual(['cancelService', 'cancelService', 'endInstance']);
    expect(instance.path).toEqual(['start', 'in', 'late', 'end']);
    expect(instance.isEmpty).toBe(true);
  });

  it('goes on after a terminate end event inside it', () => {
    const instance = new TestInstance({
      elements: [start, sub({ flowElements: [inStart, service('a'), service('b'), { id: 'stop', type: 'endEvent', event: { kind: 'terminate' } }], flows: ['in > a', 'in > b', 'a > stop'] }), service('after'), end],
      flows: ['start > sub', 'sub > after', 'after > end'],
    }).start().answer('a');

    expect(Object.values(instance.state.elementInstances).map(({ elementId }) => elementId)).toEqual(['after']);
  });
});

describe('an error end event', () => {
  const failing = (boundary: readonly FlowElement[], flows: readonly string[]) =>
    new TestInstance({
      elements: [
        start,
        sub({
          flowElements: [
            inStart, service('other'),
            { id: 'deep', type: 'subProcess', flowElements: [{ id: 'deepIn', type: 'startEvent' }, service('a'), { id: 'fail', type: 'endEvent', event: { kind: 'error', errorCode: 'LOST' } }], sequenceFlows: [flowOf('deepIn > a'), flowOf('a > fail')] },
          ],
          flows: ['in > other', 'in > deep'],
        }),
        ...boundary, script('search', '1'), end,
      ],
      flows: ['start > sub', 'sub > end', ...flows],
    });

  it('goes outwards until a boundary event catches it, and ends what lies between', () => {
    const instance = failing([{ id: 'caught', type: 'boundaryEvent', attachedToRef: 'sub', cancelActivity: true, event: { kind: 'error', errorCode: 'LOST' } }], ['caught > search']).start().answer('a');

    expect(instance.path).toEqual(['start', 'in', 'deepIn', 'a', 'caught', 'search']);
    expect(instance.effects).toContain('cancelService');
    expect(instance.state.status).toBe('completed');
    expect(instance.isEmpty).toBe(true);
  });

  it('ends the instance as failed when nobody catches it', () => {
    const instance = failing([], []).start().answer('a');

    expect(instance.state).toMatchObject({ status: 'failed', endedAt: at, elementInstances: {}, incidents: {} });
    expect(instance.commands).toContainEqual({ type: 'endInstance', status: 'failed', variables: expect.anything(), error: { errorCode: 'LOST' } });
    expect(instance.log.at(-1)).toMatchObject({ action: 'instance.failed', reason: 'LOST' });
  });

  it('was an incident in an instance of semantics 1; skipped, the sub-process goes on', () => {
    const instance = failing([], []);
    instance.state = { ...instance.state, semantics: 1 };
    instance.start().answer('a');

    expect(instance.openIncidents).toEqual([{ element: 'fail', code: 'UNCAUGHT_BPMN_ERROR', allowed: ['retry', 'skip'] }]);

    instance.send({ type: 'incidentResolved', incidentId: Object.keys(instance.state.incidents)[0] ?? '', resolution: { kind: 'skip' }, reason: 'found', actor: operator });

    expect(instance.path).toContain('deep');
    expect(instance.answer('other').state.status).toBe('completed');
  });

  it('ends a whole multi-instance body when one item throws', () => {
    const instance = new TestInstance({
      variables: { items: 'list' },
      elements: [
        start, service('work', { multiInstance: { kind: 'multiInstance', sequential: false, collection: 'items', elementVariable: 'item' } }),
        { id: 'caught', type: 'boundaryEvent', attachedToRef: 'work', cancelActivity: true, event: { kind: 'error' } }, end,
      ],
      flows: ['start > work', 'work > end', 'caught > end'],
    }).start({ items: [1, 2, 3] });

    instance.send({ type: 'serviceThrewError', elementInstanceId: instance.instance('work').id, error: { errorCode: 'X' } });

    expect(instance.path).toEqual(['start', 'caught', 'end']);
    expect(instance.isEmpty).toBe(true);
  });
});
