import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileRuleSet, type RuleSetDocument } from '#rules';
import { testWords } from '../difference/test-words.ts';
import { caseDifferences } from './case-conflict.tsx';
import { ageEntry, caseOf, draftOf, draftProblem, fieldsOf, newDraft, saveInputOf, withEntry, type CaseDraft } from './case-draft.ts';
import { entryOf, fieldKind, readEntry, suggestionsOf } from './case-fields.ts';
import { differenceWords } from './difference-words.ts';
import { withHeldSignatures } from './held-signatures.ts';
import { forgetCase, keepCase, readKeptCase } from './kept-case.ts';
import type { SavedCase } from './model.ts';
import { coverageOf, runAllCases, tryDocument, untriedFirst } from './run-document.ts';
import { triedSides } from './use-tried-document.ts';

// Comes with the repository and is valid, as a test of its own makes sure.
const document = JSON.parse(readFileSync(join(import.meta.dirname, '../../../../processes/inpatient-order-loop/rules/dose-hold.json'), 'utf8')) as RuleSetDocument;
const compiled = compileRuleSet(document);
const at = '2026-11-23T08:00:00.000Z';
const saved: SavedCase = {
  id: 'c', revision: 3, name: '血钾 6.0', at, tags: ['KCl'], savedAt: at, savedBy: { id: 'p', displayName: 'P' }, fromDecision: null,
  facts: { orderedIngredient: 'potassium-chloride', orderedGroups: ['potassium-supplement'], potassiumMmolPerL: 6 },
  observedAt: { potassiumMmolPerL: '2026-11-23T06:58:30.500Z' },
  expected: { level: 'HARD', ruleIds: ['potassium-high-hold'], outputs: null },
};
const draft = draftOf(saved);

describe('a field of a case', () => {
  it.each([
    ['number', 5.5, '5.5'],
    ['boolean', false, 'false'],
    ['string', 'po', 'po'],
    ['list', ['a', 'b'], ['a', 'b']],
    ['list', [], []],
    ['date', '2026-11-01', '2026-11-01'],
    ['object', { a: 1 }, '{"a":1}'],
  ] as const)('shows a %s and reads it back', (type, value, entry) => {
    const kind = fieldKind(type, value);

    expect(entryOf(kind, value)).toEqual(entry);
    expect(readEntry(kind, entry)).toEqual({ kind: 'value', value });
  });

  it('shows a value of another type as it is', () => {
    expect([fieldKind('number', '5.5'), fieldKind('list', [1]), fieldKind('string', ''), fieldKind(undefined, 1)]).toEqual(['json', 'json', 'json', 'json']);
    expect(readEntry('json', entryOf('json', '5.5'))).toEqual({ kind: 'value', value: '5.5' });
  });

  it('tells no data from a list without items, and from what cannot be read', () => {
    expect([readEntry('list', ''), readEntry('list', []), readEntry('number', 'high'), readEntry('json', '{')]).toEqual([{ kind: 'missing' }, { kind: 'value', value: [] }, { kind: 'invalid' }, { kind: 'invalid' }]);
  });

  it('offers the values that rules compare with', () => {
    expect(suggestionsOf(document).get('orderedGroups')).toContain('potassium-supplement');
    expect(suggestionsOf(document).get('potassiumMmolPerL')).toBeUndefined();
  });
});

describe('a case that is written', () => {
  it('gives back exactly what was read while nothing is touched', () => {
    const ruleCase = caseOf(draft, document);

    expect(ruleCase).toEqual({ id: 'c', name: saved.name, facts: saved.facts, observedAt: saved.observedAt, at, expected: { level: 'HARD', ruleIds: ['potassium-high-hold'] } });
    expect(ruleCase && saveInputOf('dose-hold', draft, ruleCase)).toMatchObject({ key: 'dose-hold', id: 'c', expectedRevision: 3, tags: ['KCl'] });
  });

  it('keeps the age of a value when the time of the decision moves', () => {
    expect(caseOf({ ...draft, at: '2026-11-24T08:00:00.000Z' }, document)?.observedAt).toEqual({ potassiumMmolPerL: '2026-11-24T06:58:30.500Z' });
  });

  it('leaves out what was emptied, and its age', () => {
    const emptied = withEntry(draft, 'potassiumMmolPerL', '', true);

    expect(caseOf(emptied, document)).toMatchObject({ facts: { orderedIngredient: 'potassium-chloride', orderedGroups: ['potassium-supplement'] }, observedAt: {} });
    expect(caseOf(emptied, document)?.facts).not.toHaveProperty('potassiumMmolPerL');
  });

  it('gives a value that may be too old an age that is seen, once', () => {
    const first = withEntry(newDraft(Date.parse(at)), 'potassiumMmolPerL', '5', true);
    const withoutAge: CaseDraft = { ...first, agesMs: {} };

    expect(first.agesMs).toEqual({ potassiumMmolPerL: 3_600_000 });
    expect(withEntry(withoutAge, 'potassiumMmolPerL', '5.1', true).agesMs).toEqual({});
    expect(withEntry(newDraft(0), 'orderedIngredient', 'x', false).agesMs).toEqual({});
  });

  it('shows what no input declares any more', () => {
    expect(fieldsOf({ facts: { inr: 2 }, entries: {} }, document).at(-1)).toEqual({ name: 'inr', kind: 'json', entry: '2', isDeclared: false, isInvalid: false });
  });

  it('says what it lacks', () => {
    expect([draftProblem(newDraft(0), document), draftProblem({ ...draft, at: '' }, document), draftProblem(withEntry(draft, 'potassiumMmolPerL', 'x', true), document), draftProblem(draft, document)]).toEqual(['name', 'at', 'value', undefined]);
    expect([caseOf(withEntry({ ...draft, name: '' }, 'potassiumMmolPerL', 'x', true), document), caseOf({ ...draft, name: '', at: '' }, document)]).toEqual([undefined, undefined]);
  });

  it('writes an age in its longest whole unit', () => {
    expect([0, 60_000, 90 * 60_000, 7_200_000, 172_800_000, 3_689_500].map(ageEntry)).toEqual([{ amount: 0, unit: 'minute' }, { amount: 1, unit: 'minute' }, { amount: 90, unit: 'minute' }, { amount: 2, unit: 'hour' }, { amount: 2, unit: 'day' }, { amount: 61.49, unit: 'minute' }]);
  });

  it('is kept for its writer and revision alone', () => {
    const items = new Map<string, string>();
    const store = { getItem: (key: string) => items.get(key) ?? null, setItem: (key: string, value: string) => void items.set(key, value), removeItem: (key: string) => void items.delete(key), key: () => null, length: 0 };
    keepCase(store, 'p', 'dose-hold', { ...draft, name: 'other' }, 1_000);

    expect(readKeptCase(store, 'p', 'dose-hold', draft, 2_000)?.name).toBe('other');
    expect([readKeptCase(store, 'q', 'dose-hold', draft, 2_000), readKeptCase(store, 'p', 'dose-hold', {}, 2_000)]).toEqual([undefined, undefined]);
    forgetCase(store, 'p', 'dose-hold', 'c');
    expect(readKeptCase(store, 'p', 'dose-hold', draft, 2_000)).toBeUndefined();
  });
});

describe('cases under a document', () => {
  const loose: RuleSetDocument = { ...document, rules: document.rules.filter(({ id }) => id !== 'potassium-high-hold') };

  it('pass, or say in words what came out otherwise', () => {
    const differences = runAllCases(compileRuleSet(loose), [saved], []).results[0]?.differences ?? [];

    expect(runAllCases(compiled, [saved], []).results[0]?.differences).toEqual([]);
    expect(differenceWords(differences, document, testWords('zh-CN'))).toEqual(['级别应为“禁止”，实为“通过”', '应命中，却没有：血钾 >5.5 暂停']);
    expect(differenceWords([{ kind: 'fired', ruleId: 'missing:potassiumMmolPerL' }, { kind: 'failure', expected: 'PASS', actual: 'FACT_UNDECLARED inr' }], document, testWords('en'))).toEqual(['not expected to fire, but did: missing: potassium', 'could not be judged: the input is not declared (INR)']);
    expect(differenceWords([{ kind: 'failure', expected: 'PASS', actual: 'HIT_POLICY_VIOLATED hitPolicy one two' }], document, testWords('en'))).toEqual(['could not be judged: the rules that fire violate the hit policy (one, two)']);
  });

  it('are not run under half a document', () => {
    expect(tryDocument({ ...document, rules: [{}] })).toMatchObject({ kind: 'invalid' });
    expect(tryDocument('nothing')).toMatchObject({ kind: 'invalid' });
    expect(tryDocument(document).kind).toBe('compiled');
  });

  it('are run with the signatures that a save would leave', () => {
    const [first, ...others] = document.rules;
    if (first?.signed === undefined) throw new Error('Expected a signed rule');
    const edited: RuleSetDocument = { ...document, rules: [{ ...first, conditions: { all: [] } }, ...others] };

    expect(withHeldSignatures(edited, document).rules.map(({ signed }) => signed !== undefined)).toEqual([false, true, true, true, true, true]);
    expect(withHeldSignatures(document, document)).toBe(document);
    expect(runAllCases(compileRuleSet(withHeldSignatures(edited, document)), [saved], []).results[0]?.level).toBe('WARN');
  });

  it('cover a rule once it fired and did not fire', () => {
    const { coverage } = runAllCases(compiled, [saved], []);

    expect(coverage.map((rule) => [rule.ruleId, coverageOf(rule)]).slice(0, 2)).toEqual([['potassium-high-hold', 'onlyFired'], ['potassium-raised-review', 'onlyNotFired']]);
    expect(untriedFirst([{ ruleId: 'a', name: document.name, fired: 1, notFired: 1 }, { ruleId: 'b', name: document.name, fired: 0, notFired: 0 }]).map(({ ruleId }) => ruleId)).toEqual(['b', 'a']);
  });

  it('say where two writers differ, whatever the order of rules, tags and members', () => {
    const mine = { name: 'a', at: '2026-11-23T04:00:00Z', facts: { potassium: 5.3, groups: ['x'] }, expected: { level: 'PHARMACIST' as const, ruleIds: ['r', 's'] }, tags: ['t', 'u'] };

    expect(caseDifferences(mine, { ...mine, at: '2026-11-23T04:00:00.000Z', expected: { level: 'PHARMACIST', ruleIds: ['s', 'r'] }, tags: ['u', 't'] })).toEqual({ parts: [], facts: [] });
    expect(caseDifferences(mine, { name: 'b', at: '2026-11-23T05:00:00Z', facts: { groups: ['x', 'y'], heartRate: 50 }, expected: { level: 'HARD', ruleIds: ['r', 's'] }, tags: [] })).toEqual({ parts: ['name', 'at', 'expected', 'tags'], facts: ['potassium', 'groups', 'heartRate'] });
  });

  it('can be run against what is being changed first', () => {
    const there = {} as never;

    expect(triedSides({ draft: there, review: null, inEffect: there }, false)).toEqual(['draft', 'inEffect']);
    expect(triedSides({ draft: there, review: there, inEffect: there }, false)).toEqual(['review', 'inEffect']);
    expect([triedSides({ draft: null, review: null, inEffect: there }, true), triedSides({ draft: null, review: null, inEffect: null }, false)]).toEqual([['draft', 'inEffect'], []]);
  });
});
