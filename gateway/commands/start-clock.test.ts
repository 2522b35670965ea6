import type { ProcessDefinition } from '#engine';
import { setClock, strike } from './start-clock.ts';

const definition: ProcessDefinition = { format: 'careloop-process/1', key: 'report', version: '1', name: { 'zh-CN': '报告', en: 'Report' }, variables: [], flowElements: [{ id: 'start', type: 'startEvent' }], sequenceFlows: [] };
const at = '2026-03-01T08:00:00.000Z';

describe('the clock of a timer start event', () => {
  it('strikes once at a date, or after a duration', () => {
    for (const event of [{ kind: 'timer', timeDate: '"2026-03-01T09:00:00Z"' }, { kind: 'timer', timeDuration: 'duration("PT1H")' }] as const) {
      const clock = setClock(definition, event, at);

      expect(clock?.dueAt).toBe('2026-03-01T09:00:00.000Z');
      expect(clock && strike(definition, event, clock, '2026-03-01T09:00:01.000Z').dueAt).toBeUndefined();
    }
  });

  it('strikes as often as its cycle says, and only once for a time in which nobody listened', () => {
    const event = { kind: 'timer', timeCycle: '"R4/PT1H"' } as const;
    const clock = setClock(definition, event, at);
    const second = clock && strike(definition, event, clock, '2026-03-01T09:00:00.000Z');
    const third = second && strike(definition, event, second, '2026-03-01T13:30:00.000Z');
    const fourth = third && strike(definition, event, third, '2026-03-01T14:00:00.000Z');
    const over = fourth && strike(definition, event, fourth, '2026-03-01T15:00:00.000Z');

    expect([clock, second, third, fourth, over].map((each) => each?.dueAt?.slice(11, 16))).toEqual(['09:00', '10:00', '14:00', '15:00', undefined]);
  });

  it('is not set by what gives no time', () => {
    expect(setClock(definition, { kind: 'timer', timeDate: '"soon"' }, at)).toBeUndefined();
  });
});
