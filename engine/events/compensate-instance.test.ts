import { describe, expect, it } from '@jest/globals';
import type { FlowElement } from '../definition/index.ts';
import { TestInstance, end, flowOf, operator, script, service, start, userTask } from '../testing/process-builder.ts';

const undoneBy = (host: string, handler: FlowElement): FlowElement[] => [{ id: `${host}Undo`, type: 'boundaryEvent', attachedToRef: host, cancelActivity: true, event: { kind: 'compensation', handler: handler.id } }, handler];
const discard = (id: string) => userTask(id, { isForCompensation: true });
const parent = { processKey: 'ward', instanceId: 'w1', elementInstanceId: 'e2', attempt: 1 };

/** A called process with this flow, from its start to its completion. */
function completed(elements: readonly FlowElement[], flows: readonly string[]): TestInstance {
  const instance = new TestInstance({ variables: { n: 'number' }, elements: [start, ...elements, end], flows });
  instance.state = { ...instance.state, parent };
  return instance.start({ n: 1 });
}
const twoSteps = (): TestInstance => completed([script('one', '1'), ...undoneBy('one', discard('undoOne')), script('two', '2'), ...undoneBy('two', discard('undoTwo')), script('three', '3'), ...undoneBy('three', discard('undoThree'))], ['start > one', 'one > two', 'two > three', 'three > end']);
const compensate = (instance: TestInstance, attempt: number) => instance.send({ type: 'instanceCompensated', reason: 'CALL_COMPENSATED', elementInstanceId: 'e7', attempt });
const cancel = (instance: TestInstance) => instance.send({ type: 'instanceCancelled', reason: 'leave it', actor: operator });
const reopen = (instance: TestInstance, elementId: string) => instance.send({ type: 'instanceReopened', elementIds: [elementId], reason: 'once more', actor: operator });
const refusal = ({ commands }: TestInstance) => commands.flatMap((command) => (command.type === 'rejectEvent' ? [command.failure.message] : []))[0];
const undone = (instance: TestInstance): string[] => instance.path.filter((id) => /^undo/.test(id));

describe('an undoing that was broken off', () => {
  it('goes on, when it is tried again, with what was being undone and what is left', () => {
    const instance = twoSteps();
    compensate(instance, 1);
    instance.completeTask('undoThree');
    cancel(instance);
    expect(instance.commands.find(({ type }) => type === 'endInstance')).not.toHaveProperty('isUndone');

    compensate(instance, 2);
    instance.completeTask('undoTwo');
    instance.completeTask('undoOne');

    expect(undone(instance)).toEqual(['undoThree', 'undoTwo', 'undoOne']);
    expect(instance.commands.find(({ type }) => type === 'endInstance')).toMatchObject({ status: 'cancelled', isUndone: true });
    expect(instance.state).toMatchObject({ status: 'cancelled', parent: { ...parent, elementInstanceId: 'e7', attempt: 2 } });
    expect(instance.isEmpty).toBe(true);
  });

  it('goes on after an error that ended the called process', () => {
    const bad: FlowElement = { id: 'undoOne', type: 'subProcess', isForCompensation: true, flowElements: [{ id: 's1', type: 'startEvent' }, userTask('look'), { id: 'choice', type: 'exclusiveGateway', default: 'choice_done' }, { id: 'done', type: 'endEvent' }, { id: 'bad', type: 'endEvent', event: { kind: 'error', errorCode: 'E' } }], sequenceFlows: ['s1 > look', 'look > choice', 'choice > bad: n = 2', 'choice > done'].map(flowOf) };
    const instance = completed([script('one', '1'), ...undoneBy('one', { ...bad, variables: [{ name: 'n', type: 'number', classification: 'operational' }] } as FlowElement)], ['start > one', 'one > end']);
    compensate(instance, 1);
    instance.completeTask('look', { n: 2 });
    expect(instance.state.status).toBe('failed');

    compensate(instance, 2);
    instance.completeTask('look', { n: 3 });

    expect(instance.commands.find(({ type }) => type === 'endInstance')).toMatchObject({ status: 'cancelled', isUndone: true });
  });

  it('does not undo a second time what a compensation event sub-process had undone of the inside', () => {
    const inside: FlowElement = { id: 'onUndo', type: 'subProcess', triggeredByEvent: true, flowElements: [{ id: 's1', type: 'startEvent', event: { kind: 'compensation' } }, { id: 'back', type: 'intermediateThrowEvent', event: { kind: 'compensation' } }, { id: 'done', type: 'endEvent' }], sequenceFlows: ['s1 > back', 'back > done'].map(flowOf) } as FlowElement;
    const instance = completed([script('one', '1'), ...undoneBy('one', discard('undoOne')), script('two', '2'), ...undoneBy('two', discard('undoTwo')), script('three', '3'), ...undoneBy('three', discard('undoThree')), inside], ['start > one', 'one > two', 'two > three', 'three > end']);
    compensate(instance, 1);
    instance.completeTask('undoThree');
    cancel(instance);

    compensate(instance, 2);
    instance.completeTask('undoTwo');
    instance.completeTask('undoOne');

    expect(undone(instance)).toEqual(['undoThree', 'undoTwo', 'undoOne']);
    expect([instance.state.status, instance.isEmpty]).toEqual(['cancelled', true]);
  });

  it('is still there after the instance was reopened, behind what completed since', () => {
    const instance = twoSteps();
    compensate(instance, 1);
    instance.completeTask('undoThree');
    cancel(instance);
    reopen(instance, 'three');
    expect(instance.state.status).toBe('completed');

    compensate(instance, 2);
    for (const id of ['undoThree', 'undoTwo', 'undoOne']) instance.completeTask(id);

    expect([undone(instance).slice(1), instance.state.status]).toEqual([['undoThree', 'undoTwo', 'undoOne'], 'cancelled']);
  });

  it('is done at once when nothing is left', () => {
    const instance = completed([script('one', '1'), ...undoneBy('one', script('undoOne', '0'))].map((element) => (element.id === 'undoOne' ? { ...element, isForCompensation: true } as FlowElement : element)), ['start > one', 'one > end']);
    compensate(instance, 1);

    compensate(instance, 1);

    expect(undone(instance)).toEqual(['undoOne']);
    expect(instance.commands.find(({ type }) => type === 'endInstance')).toMatchObject({ isUndone: true });
  });
});

describe('a called process that is to be undone and cannot be', () => {
  it('says which instance runs and where it waits', () => {
    const instance = twoSteps();
    const running = completed([userTask('ask')], ['start > ask', 'ask > end']);

    for (const attempt of [1, 2]) {
      compensate(running, attempt);
      expect(refusal(running)).toBe('Expected a called process that has ended, but instance i1 runs again and waits at ask');
    }
    running.send({ type: 'instancePaused', reason: 'wait', actor: operator });
    compensate(running, 2);
    expect(refusal(running)).toBe('Expected a called process that has ended, but instance i1 is paused');

    compensate(instance, 1);
    compensate(instance, 2);
    expect(refusal(instance)).toBe('Expected a called process that has ended, but instance i1 is still being undone and waits at undoThree');
  });

  it('was ended otherwise: a person has to ask for it', () => {
    const other = completed([script('one', '1'), ...undoneBy('one', discard('undoOne')), userTask('ask')], ['start > one', 'one > ask', 'ask > end']);
    cancel(other);

    compensate(other, 1);
    expect(refusal(other)).toBe('Expected a called process that has completed, but instance i1 is cancelled');

    compensate(other, 2);
    other.completeTask('undoOne');
    expect(other.commands.find(({ type }) => type === 'endInstance')).toMatchObject({ isUndone: true });
  });

  it('has its own incident retried by a later try, and answers to that', () => {
    const instance = completed([service('act'), ...undoneBy('act', discard('undoAct'))], ['start > act', 'act > end']);
    instance.send({ type: 'serviceFailed', elementInstanceId: instance.instance('act').id, failure: { code: 'SERVICE_FAILED', message: 'Expected …, but …' } });

    compensate(instance, 1);
    expect(refusal(instance)).toBe('Expected a called process that has ended, but instance i1 runs again and has an incident at act (SERVICE_FAILED)');

    compensate(instance, 2);
    expect(instance.effects).toEqual(['closeIncident', 'executeService']);
    expect(instance.log.at(-2)).toMatchObject({ action: 'incident.resolved', reason: 'CALL_COMPENSATED' });
    instance.answer('act');

    expect(instance.state).toMatchObject({ status: 'completed', parent: { elementInstanceId: 'e7', attempt: 2 } });
  });

  it('has nothing repeated whose outcome is unknown', () => {
    const instance = completed([service('act'), ...undoneBy('act', discard('undoAct'))], ['start > act', 'act > end']);
    instance.send({ type: 'serviceOutcomeUnknown', elementInstanceId: instance.instance('act').id, failure: { code: 'SERVICE_OUTCOME_UNKNOWN', message: 'Expected …, but …' } });

    compensate(instance, 2);

    expect([instance.effects, refusal(instance)]).toEqual([['rejectEvent'], 'Expected a called process that has ended, but instance i1 runs again and has an incident at act (SERVICE_OUTCOME_UNKNOWN)']);
  });
});
