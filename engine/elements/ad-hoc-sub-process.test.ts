import { describe, expect, it } from '@jest/globals';
import type { FlowElement } from '../definition/index.ts';
import { TestInstance, end, flowOf, service, start } from '../testing/process-builder.ts';

const adHoc = (more: Partial<Extract<FlowElement, { type: 'adHocSubProcess' }>> = {}): TestInstance =>
  new TestInstance({
    variables: { enough: 'boolean', chosen: 'list' },
    elements: [start, { id: 'care', type: 'adHocSubProcess', flowElements: [service('wash', { outputs: [{ target: 'enough', source: 'result' }] }), service('turn'), service('after')], sequenceFlows: [flowOf('turn > after')], ...more }, end],
    flows: ['start > care', 'care > end'],
  });
const open = (instance: TestInstance) => Object.values(instance.state.elementInstances).map(({ elementId }) => elementId);
const begin = (instance: TestInstance, elementId: string) => instance.send({ type: 'adHocActivityActivated', elementInstanceId: instance.instance('care').id, elementId });

describe('an ad-hoc sub-process', () => {
  it('begins with all that no flow leads to and ends when nothing runs', () => {
    const instance = adHoc().start();

    expect(open(instance)).toEqual(['care', 'wash', 'turn']);
    expect(instance.answer('turn').answer('wash', true).answer('after').path).toEqual(['start', 'turn', 'wash', 'after', 'care', 'end']);
  });

  it('lets one activity run at a time when it is sequential', () => {
    const instance = adHoc({ ordering: 'sequential' }).start();

    expect(open(instance)).toEqual(['care', 'wash']);
    expect(open(instance.answer('wash', false))).toEqual(['care', 'turn']);
    expect(instance.answer('turn').answer('after').state.status).toBe('completed');
  });

  it('ends once its condition holds, with what still runs', () => {
    const instance = adHoc({ completionCondition: 'enough = true' }).start().answer('wash', true);

    expect(instance.effects).toContain('cancelService');
    expect(instance.isEmpty).toBe(true);
  });

  it('lets what runs come to its end when that is said', () => {
    const instance = adHoc({ completionCondition: 'enough = true', cancelRemainingInstances: false }).start().answer('wash', true);

    expect(open(instance)).toEqual(['care', 'turn']);
    expect(instance.answer('turn').answer('after').isEmpty).toBe(true);
  });

  it('begins with what is chosen, and people begin the rest', () => {
    const instance = adHoc({ activeElements: 'chosen', completionCondition: 'enough = true' }).start({ chosen: [], enough: false });

    expect(open(instance)).toEqual(['care']);

    begin(instance, 'wash');

    expect(open(instance)).toEqual(['care', 'wash']);
    expect(open(instance.answer('wash', false))).toEqual(['care']);

    begin(instance, 'wash');

    expect(instance.answer('wash', true).isEmpty).toBe(true);
  });

  it('refuses what it cannot begin with', () => {
    const instance = adHoc({ ordering: 'sequential' }).start();
    begin(instance, 'after');

    expect(instance.refusal).toBe('ACTIVITY_NOT_AVAILABLE');

    begin(instance, 'turn');

    expect(instance.refusal).toBe('ACTIVITY_NOT_AVAILABLE');
    expect(adHoc({ activeElements: '["nowhere"]' }).start().openIncidents).toMatchObject([{ element: 'care', code: 'COLLECTION_INVALID' }]);
  });

  it('holds a condition that cannot be judged as an incident', () => {
    expect(adHoc({ completionCondition: 'unknown > 1' }).start().answer('wash', true).openIncidents).toMatchObject([{ element: 'care', code: 'CONDITION_NOT_BOOLEAN' }]);
  });
});
