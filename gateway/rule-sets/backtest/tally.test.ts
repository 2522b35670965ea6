import type { Replay } from '#activities';
import type { Level } from '#rules';
import { Tally } from './tally.ts';

const compared = (level: Level, found: readonly string[], isChanged: boolean, failure?: string): Replay => ({ kind: 'compared', level, found, isChanged, ...(failure === undefined ? {} : { failure }) });
const of = (level: Level, found: readonly string[], ward: string | null = 'W1', drug: string | null = 'kcl') => ({ level, found, ward, drug });

describe('the tally of a backtest', () => {
  it('counts every decision once, by what became of it', () => {
    const tally = new Tally();
    tally.add(of('PASS', []), compared('PASS', [], false));
    tally.add(of('WARN', ['a']), compared('HARD', ['a', 'b'], true));
    tally.add(of('HARD', ['b'], 'W2'), compared('WARN', ['a'], true));
    tally.add(of('PHARMACIST', ['a'], null, null), compared('PHARMACIST', ['c'], true));
    tally.add(of('PASS', []), compared('UNKNOWN', [], true, 'OUTPUT_INVALID dose'));
    tally.add(of('PASS', []), { kind: 'notComparable', code: 'INPUT_UNRECORDED', fact: 'inr' });

    expect(tally.result()).toEqual({
      decisions: 6, compared: 5, changed: 4, stricter: 2, looser: 1, otherFindings: 1, newlyInterrupting: 2, noLongerInterrupting: 1, failed: 1, notComparable: 1,
      notComparableReasons: [{ code: 'INPUT_UNRECORDED', fact: 'inr', count: 1 }],
      failures: [{ failure: 'OUTPUT_INVALID dose', count: 1 }],
      matrix: [{ from: 'HARD', to: 'WARN', count: 1 }, { from: 'PHARMACIST', to: 'PHARMACIST', count: 1 }, { from: 'WARN', to: 'HARD', count: 1 }, { from: 'PASS', to: 'UNKNOWN', count: 1 }, { from: 'PASS', to: 'PASS', count: 1 }],
      byWard: [
        { key: 'W1', decisions: 3, changed: 2, stricter: 2, looser: 0, newlyInterrupting: 2 },
        { key: '', decisions: 1, changed: 1, stricter: 0, looser: 0, newlyInterrupting: 0 },
        { key: 'W2', decisions: 1, changed: 1, stricter: 0, looser: 1, newlyInterrupting: 0 },
      ],
      byDrug: [{ key: 'kcl', decisions: 4, changed: 3, stricter: 2, looser: 1, newlyInterrupting: 2 }, { key: '', decisions: 1, changed: 1, stricter: 0, looser: 0, newlyInterrupting: 0 }],
      bySeverity: [
        { key: 'HARD', decisions: 1, changed: 1, stricter: 1, looser: 0, newlyInterrupting: 1 },
        { key: 'PHARMACIST', decisions: 1, changed: 1, stricter: 0, looser: 0, newlyInterrupting: 0 },
        { key: 'UNKNOWN', decisions: 1, changed: 1, stricter: 1, looser: 0, newlyInterrupting: 1 },
        { key: 'WARN', decisions: 1, changed: 1, stricter: 0, looser: 1, newlyInterrupting: 0 },
        { key: 'PASS', decisions: 1, changed: 0, stricter: 0, looser: 0, newlyInterrupting: 0 },
      ],
      byRule: [{ ruleId: 'a', newlyFired: 1, noLongerFired: 1 }, { ruleId: 'b', newlyFired: 1, noLongerFired: 1 }, { ruleId: 'c', newlyFired: 1, noLongerFired: 0 }],
    });
  });
});
