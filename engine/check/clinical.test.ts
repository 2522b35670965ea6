import { describe, expect, it } from '@jest/globals';
import type { FlowElement } from '../definition/index.ts';
import { end, processOf, service, start, userTask } from '../testing/process-builder.ts';
import { check } from './check.ts';

const effects = { 'payment.refund': 'idempotent', 'cabinet.dispense': 'probe', 'clinical.gather': 'none', 'clinical.writeRecord': 'idempotent' } as const;
const warned = (element: FlowElement, ...more: FlowElement[]): string[] =>
  check(processOf({ elements: [start, element, ...more, end], flows: ['start > act', 'act > end', ...more.filter(({ type }) => type === 'boundaryEvent').flatMap((event) => ('event' in event && event.event && event.event.kind === 'compensation' ? [] : [`${event.id} > end`]))] }), { clinical: { effects } }).map(({ code, severity }) => `${severity} ${code}`);
const owned = { candidateUnit: '"w1"', dueDate: 'now()' };

describe('clinical rules', () => {
  it.each<[string, FlowElement, FlowElement[], string[]]>([
    ['ask for a way back from a payment', service('act', { activity: 'payment.refund' }), [], ['warning EFFECT_NOT_UNDOABLE']],
    ['are content with a compensation handler', service('act', { activity: 'payment.refund' }), [{ id: 'back', type: 'boundaryEvent', attachedToRef: 'act', cancelActivity: false, event: { kind: 'compensation', handler: 'undo' } }, service('undo', { activity: 'clinical.writeRecord', isForCompensation: true })], []],
    ['are content with hardware that can be asked', service('act', { activity: 'cabinet.dispense' }), [], []],
    ['let pass what moves nothing', service('act', { activity: 'clinical.writeRecord' }), [], []],
    ['trust no robot that nobody registered', service('act', { activity: 'robot.pick' }), [], ['warning EFFECT_NOT_UNDOABLE']],
    ['ask whose a task is and until when', userTask('act', { outputs: [] }), [], ['warning TASK_FOR_ANYBODY', 'warning TASK_WITHOUT_DEADLINE']],
    ['are content with a person and a timer', userTask('act', { assignee: '"n1"', outputs: [] }), [{ id: 'late', type: 'boundaryEvent', attachedToRef: 'act', cancelActivity: false, event: { kind: 'timer', timeDuration: '"PT1H"' } }], []],
    ['ask for a second person at the bedside', userTask('act', { ...owned, presentation: 'bedsideScan', outputs: [] }), [], ['warning HIGH_RISK_UNVERIFIED']],
    ['ask for a second person where the ledger counts', userTask('act', { ...owned, ledger: { loop: 'dose', step: 'given', item: '"d1"' }, outputs: [] }), [], ['warning HIGH_RISK_UNVERIFIED']],
    ['are content with a verification', userTask('act', { ...owned, presentation: 'bedsideScan', verification: {}, outputs: [] }), [], []],
  ])('%s', (_what, element, more, expected) => {
    expect(warned(element, ...more)).toEqual(expected);
  });

  it('are asked only where the activities are known', () => {
    expect(check(processOf({ elements: [start, userTask('act', { outputs: [] }), end], flows: ['start > act', 'act > end'] }))).toEqual([]);
  });
});
