import { effectiveTimeOf, instantOf, timeProblem } from './effective-time.ts';
import { asRuleSetDocument } from './edit/editable-document.ts';
import { forgetEdits, keepEdits, readKeptEdits } from './edit/kept-edits.ts';
import { isDirty, standingEdits } from './edit/standing-edits.ts';
import { isWithdrawn } from './returned-notice.tsx';
import { inForce, judgesInstead, nextScheduled } from './rules-list.ts';
import { ruleNames, unsignedRules } from './unsigned-rules.ts';
import { sideOf } from './versions/compare-sides.ts';

const person = { id: 'p', displayName: 'P' };
const review = { id: 'r', version: '2', requestedAt: '2026-11-23T04:00:00Z', requestedBy: person, mayApprove: true };

describe('the list of rule sets', () => {
  it('names the version that judges after a recall: none that is still to come, and none that was recalled', () => {
    const versions = [{ version: '4', status: 'SCHEDULED' }, { version: '3', status: 'RECALLED' }, { version: '2', status: 'IN_EFFECT' }, { version: '1', status: 'SUPERSEDED' }];

    expect(['4', '2', '1'].map((recalled) => judgesInstead(versions, recalled)?.version)).toEqual(['2', '1', '2']);
    expect(judgesInstead(versions.slice(0, 3), '2')).toBeUndefined();
  });

  it('tells a review that was withdrawn from one that another person returned', () => {
    const other = { id: 'q', displayName: 'Q' };

    expect([person, other].map((decidedBy) => isWithdrawn({ requestedBy: person, verdict: { decidedBy } }))).toEqual([true, false]);
    expect(isWithdrawn({ requestedBy: person, verdict: null })).toBe(false);
  });

  it('names the version that takes over next, and what is still suspended', () => {
    const versions = [{ status: 'SCHEDULED', effectiveAt: '2026-12-02T00:00:00Z' }, { status: 'SCHEDULED', effectiveAt: '2026-12-01T00:00:00Z' }, { status: 'IN_EFFECT', effectiveAt: '2026-11-01T00:00:00Z' }];

    expect(nextScheduled(versions)?.effectiveAt).toBe('2026-12-01T00:00:00Z');
    expect(inForce([{ status: 'LIFTED' }, { status: 'CONFIRMED' }])).toEqual([{ status: 'CONFIRMED' }]);
  });
});

describe('when a version takes effect', () => {
  const now = Date.parse('2026-11-23T04:00:00Z');

  it('is the entered time on the person’s clock, and back', () => {
    const later = '2026-12-01T00:30:00.000Z';
    const choice = effectiveTimeOf(later, now);

    expect(choice.isLater).toBe(true);
    expect(instantOf(choice.entered)).toBe(later);
  });

  it('is at once when the request names none, or one that has passed', () => {
    expect([effectiveTimeOf(null, now), effectiveTimeOf('2026-11-23T03:59:00Z', now)]).toEqual([{ isLater: false, entered: '' }, { isLater: false, entered: '' }]);
  });

  it('cannot be left out or lie in the past once a time is wanted', () => {
    expect([timeProblem({ isLater: false, entered: '' }, now), timeProblem({ isLater: true, entered: '' }, now), timeProblem({ isLater: true, entered: 'soon' }, now), timeProblem({ isLater: true, entered: '2020-01-01T08:00' }, now), timeProblem({ isLater: true, entered: '2099-01-01T08:00' }, now)]).toEqual([undefined, 'missing', 'missing', 'past', undefined]);
  });
});

describe('the sides of a comparison', () => {
  it('are what the address names, as far as it is there', () => {
    const ruleSet = { versions: [{ version: 'draft' }], draft: null, review } as never;

    expect([sideOf('v:draft', ruleSet), sideOf('draft', ruleSet), sideOf('review', ruleSet), sideOf('v:9', ruleSet)]).toEqual([{ version: 'draft' }, undefined, { reviewId: 'r' }, undefined]);
  });
});

const rule = { id: 'a', name: {}, conditions: { all: [{ fact: 'k', operator: 'greaterThan', value: 1 }] }, event: { type: '' }, message: {}, source: {} };
const document = { format: 'careloop-rules/1', key: 'set', version: '1', name: { 'zh-CN': '', en: '' }, domain: 'pharmacy', inputs: [{ name: 'k', type: 'number' }], outputs: [], rules: [rule] };

describe('a document for the table', () => {
  it('may have empty texts, and is the very object that was read', () => {
    expect(asRuleSetDocument(document)).toBe(document);
  });

  it.each([
    ['no list of rules', { ...document, rules: 'none' }],
    ['a rule without a condition', { ...document, rules: [{ ...rule, conditions: {} }] }],
    ['an inner condition without an operator', { ...document, rules: [{ ...rule, conditions: { any: [{ not: { fact: 'k' } }] } }] }],
    ['an input without a name', { ...document, inputs: [{ type: 'number' }] }],
    ['nothing', null],
  ])('is none with %s', (_what, value) => {
    expect(asRuleSetDocument(value)).toBeUndefined();
  });
});

describe('unsaved edits', () => {
  const memory = (): Storage => {
    const items = new Map<string, string>();
    return { getItem: (key: string) => items.get(key) ?? null, setItem: (key: string, value: string) => void items.set(key, value), removeItem: (key: string) => void items.delete(key), key: (index: number) => [...items.keys()][index] ?? null, get length() { return items.size; } } as Storage;
  };
  const edits = { base: { revision: 3, document: document as never }, document: { ...document, version: '2' } as never };

  it('are kept for the person and rule set alone, with what they started from, for a day', () => {
    const store = memory();
    keepEdits(store, 'p', 'set', edits, 1_000);

    expect(readKeptEdits(store, 'p', 'set', 2_000)).toEqual({ ...edits, keptAtMs: 1_000 });
    expect([readKeptEdits(store, 'q', 'set', 2_000), readKeptEdits(store, 'p', 'other', 2_000), readKeptEdits(store, 'p', 'set', 1_000 + 24 * 3_600_000)]).toEqual([undefined, undefined, undefined]);
    forgetEdits(store, 'p', 'set');
    expect(readKeptEdits(store, 'p', 'set', 2_000)).toBeUndefined();
  });

  it('are none when they cannot be read as a document', () => {
    const store = memory();
    keepEdits(store, 'p', 'set', { ...edits, document: {} as never }, 1_000);

    expect(readKeptEdits(store, 'p', 'set', 2_000)).toBeUndefined();
  });
});

describe('what was written on this screen', () => {
  const [base, mine] = [document as never, { ...document, version: '2' } as never];
  const saved = { base: { revision: 4, document: mine }, document: mine };
  const unsaved = { base: { revision: 4, document: base }, document: mine };
  const reading = (revision?: number) => ({ draft: revision === undefined ? null : { revision } });

  it('stays while it is unsaved, whatever is read', () => {
    expect([isDirty(unsaved), isDirty(saved), isDirty(undefined)]).toEqual([true, false, false]);
    expect([reading(9), reading(), null, undefined].map((read) => standingEdits(unsaved, read, reading(3)))).toEqual([unsaved, unsaved, unsaved, unsaved]);
  });

  it('stays after a save until something later is read, also while the reading before is still there', () => {
    const before = reading();

    expect([standingEdits(saved, before, before), standingEdits(saved, reading(4), before), standingEdits(saved, reading(5), before)]).toEqual([saved, saved, undefined]);
  });

  it('gives way when the draft was discarded or published after the save', () => {
    expect([standingEdits(saved, reading(), reading(4)), standingEdits(saved, null, reading(4)), standingEdits(undefined, reading(4), undefined)]).toEqual([undefined, undefined, undefined]);
  });
});

describe('rules that only advise', () => {
  const graded = (id: string, grade: string, signed?: object) => ({ id, name: { 'zh-CN': id, en: id }, source: { grade }, ...(signed === undefined ? {} : { signed }) });

  it('are those of grade C and D that nobody signed', () => {
    const rules = [graded('a', 'A'), graded('b', 'B'), graded('c', 'C'), graded('d', 'D'), graded('signed', 'D', { name: 'x' })] as never;

    expect(unsignedRules({ rules }).map(({ id }) => id)).toEqual(['c', 'd']);
  });

  it('are named, of many the first', () => {
    const words = { of: (_text: unknown, fallback = '') => fallback, locale: 'en' } as const;
    const rules = ['1', '2', '3', '4', '5', '6'].map((id) => graded(id, 'D')) as never[];

    expect([ruleNames(rules.slice(0, 2), words), ruleNames(rules, words)]).toEqual(['1, 2', '1, 2, 3, 4, 5 …']);
  });
});
