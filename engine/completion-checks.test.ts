import { describe, expect, it } from '@jest/globals';
import { checkCompletion } from './completion-checks.ts';
import type { CompletionCheck } from './definition/index.ts';
import { TestInstance, at, end, nurse, start, userTask } from './testing/process-builder.ts';

const wristband: CompletionCheck = { code: 'WRONG_PATIENT', condition: 'data.scanned = input.patientId', message: { 'zh-CN': '腕带不符', en: 'The wristband is another patient\'s' } };
const facts = (data: { [name: string]: string }) => ({ input: { patientId: 'p1' }, data, actor: nurse });

describe('checkCompletion', () => {
  it('finds nothing when every check holds', () => {
    expect(checkCompletion([wristband], facts({ scanned: 'p1' }), at)).toBeUndefined();
  });

  it('gives the code, the place and both languages of the first check that does not hold', () => {
    expect(checkCompletion([wristband], facts({ scanned: 'p2' }), at)).toEqual({
      failure: { code: 'COMPLETION_CHECK_FAILED', message: 'Expected check WRONG_PATIENT to hold, but it does not: The wristband is another patient\'s', place: 'WRONG_PATIENT' },
      checkCode: 'WRONG_PATIENT',
      message: wristband.message,
    });
  });

  it.each([
    ['a condition that is null', { ...wristband, condition: 'data.weight > 3' }],
    ['a condition that cannot be evaluated', { ...wristband, condition: 'function(a) a' }],
    ['a "when" that is null', { ...wristband, when: 'data.weight > 3', condition: 'false' }],
  ])('counts %s against the completion', (_what, check) => {
    expect(checkCompletion([check], facts({ scanned: 'p1' }), at)?.checkCode).toBe('WRONG_PATIENT');
  });

  it('passes over a check whose "when" is false', () => {
    expect(checkCompletion([{ ...wristband, when: 'data.scanned = "none"' }], facts({ scanned: 'p2' }), at)).toBeUndefined();
  });

  it('sees the actor and the time of the event', () => {
    const check = { ...wristband, condition: 'list contains(actor.roles, "nurse") and now() = date and time("2026-03-01T08:00:00Z")' };

    expect(checkCompletion([check], facts({}), at)).toBeUndefined();
  });

  it('refuses a completion in the engine without any change', () => {
    const instance = new TestInstance({
      variables: { patientId: 'string' },
      elements: [start, userTask('scan', { inputs: [{ target: 'patientId', source: 'patientId' }], outputs: [], checks: [wristband] }), end],
      flows: ['start > scan', 'scan > end'],
    }).start({ patientId: 'p1' });
    const before = instance.state;

    instance.completeTask('scan', { scanned: 'p2' });

    expect(instance.refusal).toBe('COMPLETION_CHECK_FAILED');
    expect(instance.state).toBe(before);
    expect(instance.completeTask('scan', { scanned: 'p1' }).state.status).toBe('completed');
  });
});
