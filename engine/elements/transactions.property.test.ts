import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { FlowElement } from '../definition/index.ts';
import { isBody } from '../activity-markers.ts';
import { TestInstance, end, flowOf, nurse, start, userTask } from '../testing/process-builder.ts';
import { openUserTasks } from '../user-tasks.ts';

const steps = [1, 2, 3];
const undoable = (step: number): FlowElement[] => [
  userTask(`do${step}`),
  { id: `at${step}`, type: 'boundaryEvent', attachedToRef: `do${step}`, cancelActivity: true, event: { kind: 'compensation', handler: `undo${step}` } },
  userTask(`undo${step}`, { isForCompensation: true }),
];
/** Three steps, each undone by hand; beside them, somebody may cancel. */
const several = (cardinality: number): TestInstance =>
  new TestInstance({
    elements: [start, {
      id: 'buy', type: 'transaction', multiInstance: { kind: 'multiInstance', sequential: false, cardinality: `${cardinality}` },
      flowElements: [{ id: 'in', type: 'startEvent' }, { id: 'fork', type: 'parallelGateway' }, ...steps.flatMap(undoable), userTask('doubt'), { id: 'no', type: 'endEvent', event: { kind: 'cancel' } }],
      sequenceFlows: ['in > fork', 'fork > do1', 'do1 > do2', 'do2 > do3', 'fork > doubt', 'doubt > no'].map(flowOf),
    }, { id: 'undone', type: 'boundaryEvent', attachedToRef: 'buy', cancelActivity: true, event: { kind: 'cancel' } }, end],
    flows: ['start > buy', 'buy > end', 'undone > end'],
  }).start();

/** Open tasks with the item of the loop in which they stand. */
function openTasks({ plan, state }: TestInstance): { readonly id: string; readonly elementId: string; readonly item: number }[] {
  const itemOf = (elementInstanceId: string): number => {
    const instance = state.elementInstances[elementInstanceId];
    if (!instance || isBody(instance)) throw new Error(`Expected ${elementInstanceId} to stand in an item, but it does not`);
    const owner = state.scopes[instance.scopeId]?.elementInstanceId ?? '';
    return instance.loopCounter ?? itemOf(owner);
  };
  return openUserTasks(plan, state).map(({ id, elementId, elementInstanceId }) => ({ id, elementId, item: itemOf(elementInstanceId) }));
}

it('undoes each running transaction of a loop in reverse order, and leaves once, when one is cancelled', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(3), { minLength: 1, maxLength: 4 }), fc.nat(3), fc.array(fc.nat(99), { minLength: 12, maxLength: 12 }), (done, who, choices) => {
      const instance = several(done.length);
      const complete = (taskId: string): void => void instance.send({ type: 'userTaskCompleted', taskId, data: {}, actor: nurse });
      for (const [index, count] of done.entries()) {
        for (let step = 1; step <= count; step += 1) complete(openTasks(instance).find(({ item, elementId }) => item === index + 1 && elementId === `do${step}`)?.id ?? '');
      }
      complete(openTasks(instance).find(({ item, elementId }) => item === (who % done.length) + 1 && elementId === 'doubt')?.id ?? '');

      const undone = done.map((): string[] => []);
      for (const choice of choices) {
        const open = openTasks(instance);
        const next = open[choice % Math.max(1, open.length)];
        if (!next) break;
        expect(instance.path).not.toContain('undone');
        undone[next.item - 1]?.push(next.elementId);
        complete(next.id);
      }

      expect(undone).toEqual(done.map((count) => steps.slice(0, count).reverse().map((step) => `undo${step}`)));
      expect(instance.path.filter((id) => id === 'undone')).toHaveLength(1);
      expect([instance.state.status, instance.isEmpty]).toEqual(['completed', true]);
    }),
    { seed: 20_261_123, numRuns: Number(process.env['CARELOOP_PROPERTY_RUNS'] ?? 200) },
  );
});
