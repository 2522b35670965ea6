import { idleStep, touchEveryMs } from './idle.ts';

describe('the end of a session', () => {
  it.each([
    ['is far', { idleSecondsLeft: 1_800, idleSeconds: 1_800, secondsLeft: 40_000 }, { kind: 'wait', lookAgainMs: 1_740_100 }],
    ['comes by the twelve hours', { idleSecondsLeft: 1_800, idleSeconds: 1_800, secondsLeft: 30 }, { kind: 'warn', secondsLeft: 30, isFinal: true }],
    ['comes, since nobody works', { idleSecondsLeft: 59, idleSeconds: 1_800, secondsLeft: 40_000 }, { kind: 'warn', secondsLeft: 59, isFinal: false }],
    ['is half away in a short one', { idleSecondsLeft: 7, idleSeconds: 12, secondsLeft: 40_000 }, { kind: 'wait', lookAgainMs: 1_100 }],
    ['is there', { idleSecondsLeft: 0, idleSeconds: 1_800, secondsLeft: 40_000 }, { kind: 'end' }],
  ])('%s', (_what, clock, step) => {
    expect(idleStep(clock)).toEqual(step);
  });

  it('is put off at most once a minute', () => {
    expect([touchEveryMs(1_800), touchEveryMs(12)]).toEqual([60_000, 3_000]);
  });
});
