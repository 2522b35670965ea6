import { testWords } from '../difference/test-words.ts';
import { hoursOf } from './duration.ts';
import { shadowWords } from './shadow-words.ts';

describe('what a shadow has seen, in words', () => {
  const counts = { judged: 1_205, differing: 3, notComparable: 5, skipped: 20, kept: 3 };

  it('says how many differ of those that were compared, and what was not judged', () => {
    expect(shadowWords(counts, testWords('en'))).toBe('Judged: 1,205, of which 3 differ (0.3 %); 5 cannot be compared; 20 more came too fast and were not judged.');
    expect(shadowWords(counts, testWords('zh-CN'))).toBe('已判断 1,205 次，其中 3 次（0.3 %）结论不同；5 次无法比较；另有 20 次来得太快，没有判断。');
  });

  it('tells nothing judged yet from nothing that differs', () => {
    const none = { judged: 0, differing: 0, notComparable: 0, skipped: 0, kept: 0 };

    expect([none, { ...none, judged: 4 }, { ...none, skipped: 2 }].map((seen) => shadowWords(seen, testWords('en')))).toEqual([
      'It has judged nothing yet. Decisions count from some 5 seconds after the start.',
      'Judged: 4, no difference found.',
      'Judged: 0, no difference found; 2 more came too fast and were not judged.',
    ]);
  });
});

describe('how long a shadow runs', () => {
  it('is an hour to thirty days, in whole hours', () => {
    expect([{ amount: 7, unit: 'day' }, { amount: 30, unit: 'day' }, { amount: 1, unit: 'hour' }].map((entered) => hoursOf(entered as never))).toEqual([168, 720, 1]);
    expect([{ amount: null, unit: 'day' }, { amount: 31, unit: 'day' }, { amount: 0, unit: 'hour' }, { amount: 721, unit: 'hour' }].map((entered) => hoursOf(entered as never))).toEqual([undefined, undefined, undefined, undefined]);
  });
});
