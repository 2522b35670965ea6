import { testWords } from '../difference/test-words.ts';
import { instantsOf, rangeProblem } from '../date-range.ts';
import { mostOverriddenFirst, overrideRate, type RuleStatistic } from '../statistics/rule-statistic.ts';
import { candidateOf, sideOfCandidate } from './candidate.ts';
import type { BacktestResult } from './model.ts';
import { countWords, resultWords, shareWords } from './result-words.ts';

const empty: BacktestResult = { decisions: 0, compared: 0, changed: 0, stricter: 0, looser: 0, otherFindings: 0, newlyInterrupting: 0, noLongerInterrupting: 0, failed: 0, failures: [], notComparable: 0, notComparableReasons: [], matrix: [], byWard: [], byDrug: [], bySeverity: [], byRule: [] };

describe('the result of a backtest in words', () => {
  const found = { ...empty, decisions: 12_350, compared: 12_345, notComparable: 5, changed: 38, stricter: 30, looser: 8, newlyInterrupting: 12 };

  it('says how many change, and how', () => {
    expect(resultWords(found, testWords('en'))).toBe('Of 12,345 decisions 38 change (0.3 %): 30 stricter, 8 looser, 12 would newly interrupt.');
    expect(resultWords(found, testWords('zh-CN'))).toBe('12,345 次判断中 38 次（0.3 %）会改变：30 次更严，8 次更松，其中 12 次新增打断。');
  });

  it('tells nothing to compare from nothing that changes', () => {
    expect([empty, { ...empty, decisions: 3, notComparable: 3 }, { ...empty, decisions: 3, compared: 3 }].map((result) => resultWords(result, testWords('en')))).toEqual(['There are no recorded decisions in this range.', 'None of the 3 decisions in this range can be compared.', 'Of 3 decisions none changes.']);
  });

  it('never rounds something to nothing, or not everything to all', () => {
    expect([shareWords(1, 100_000), shareWords(99_999, 100_000), shareWords(1, 8), shareWords(0, 8), shareWords(8, 8), shareWords(0, 0)]).toEqual(['< 0.1 %', '> 99.9 %', '12.5 %', '0 %', '100 %', '—']);
    expect([0, 999, 1_000, 1_234_567].map(countWords)).toEqual(['0', '999', '1,000', '1,234,567']);
  });
});

describe('what a backtest tried', () => {
  // Only what is looked at.
  const ruleSet = { versions: [{ version: '2', hash: 'b' }], reviews: [{ id: 'r', version: '3', hash: 'c' }] } as never;

  it('is found by its hash, since a name may stand for another document by now', () => {
    expect(candidateOf({ candidate: '#4', hash: 'd' }, ruleSet, 'd')).toEqual({ kind: 'draft' });
    expect(candidateOf({ candidate: '#4', hash: 'd' }, ruleSet, 'e')).toEqual({ kind: 'earlierDraft' });
    expect(candidateOf({ candidate: '#4', hash: 'd' }, ruleSet, undefined)).toEqual({ kind: 'earlierDraft' });
    expect(candidateOf({ candidate: '2', hash: 'b' }, ruleSet, 'd')).toEqual({ kind: 'version', version: '2' });
    expect(candidateOf({ candidate: '3', hash: 'c' }, ruleSet, 'd')).toEqual({ kind: 'review', version: '3', reviewId: 'r' });
    expect(sideOfCandidate({ kind: 'earlierDraft' })).toBeUndefined();
  });
});

describe('a range of days', () => {
  const now = new Date(2026, 10, 23, 12).getTime();

  it('is the last days until now, or whole days of the calendar', () => {
    expect(instantsOf({ choice: '7', from: '', to: '' }, now)).toEqual({ from: new Date(now - 7 * 86_400_000).toISOString(), to: new Date(now).toISOString() });
    expect(instantsOf({ choice: 'days', from: '2026-11-01', to: '2026-11-01' }, now)).toEqual({ from: new Date(2026, 10, 1).toISOString(), to: new Date(2026, 10, 2).toISOString() });
  });

  it('says why it is none', () => {
    expect([rangeProblem({ choice: 'days', from: '', to: '2026-11-01' }), rangeProblem({ choice: 'days', from: '2026-11-02', to: '2026-11-01' }), rangeProblem({ choice: 'days', from: '2025-01-01', to: '2026-11-01' }, 366), rangeProblem({ choice: 'days', from: '2026-11-01', to: '2026-11-01' }, 1)]).toEqual(['missing', 'reversed', 'tooLong', undefined]);
    expect(instantsOf({ choice: 'days', from: '', to: '' }, now)).toBeUndefined();
  });
});

describe('statistics of rules', () => {
  const rule = (ruleId: string, fired: number, accepted: number, overridden: number): RuleStatistic => ({ ruleId, name: null, fired, cards: accepted + overridden, accepted, overridden, overrideReasons: [], reviews: { approved: 0, returned: 0, rechecked: 0, notDecided: 0, unknown: 0, approvalReasons: null } });

  it('count the rate over cards that were answered', () => {
    expect([overrideRate({ accepted: 1, overridden: 3 }), overrideRate({ accepted: 0, overridden: 0 })]).toEqual([0.75, undefined]);
  });

  it('begin with what is overridden most', () => {
    expect(mostOverriddenFirst([rule('quiet', 0, 0, 0), rule('fires', 9, 0, 0), rule('often', 5, 9, 4), rule('always', 5, 0, 4)]).map(({ ruleId }) => ruleId)).toEqual(['always', 'often', 'fires', 'quiet']);
  });
});
