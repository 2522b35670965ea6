import i18next from 'i18next';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderToStaticMarkup } from 'react-dom/server';
import { initReactI18next } from 'react-i18next';
import { compileRuleSet, type RuleSetDocument } from '#rules';
import { resourcesFor } from '../i18n/messages.ts';
import { ChangeGroups } from './backtest/change-groups.tsx';
import { LevelMatrix } from './backtest/level-matrix.tsx';
import type { BacktestResult } from './backtest/model.ts';
import { draftOf, fieldsOf } from './test-bench/case-draft.ts';
import { CaseResult } from './test-bench/case-result.tsx';
import { CaseRows } from './test-bench/case-rows.tsx';
import { CaseValueField } from './test-bench/case-value-field.tsx';
import { CoverageList } from './test-bench/coverage-list.tsx';
import { Reviews } from './statistics/reviews.tsx';
import { reviewShare, type ReviewCounts } from './statistics/rule-statistic.ts';
import type { GivenContentCase } from './test-bench/content-case.ts';
import { ContentCases } from './test-bench/content-cases.tsx';
import { ExpectedFields } from './test-bench/expected-fields.tsx';
import { runnableCase, type SavedCase } from './test-bench/model.ts';
import { runAllCases } from './test-bench/run-document.ts';

// Comes with the repository and is valid, as a test of its own makes sure.
const document = JSON.parse(readFileSync(join(import.meta.dirname, '../../../processes/inpatient-order-loop/rules/dose-hold.json'), 'utf8')) as RuleSetDocument;
const compiled = compileRuleSet(document);
const at = '2026-11-23T08:00:00.000Z';
const caseOf = (id: string, ruleIds: readonly string[]): SavedCase => ({ id, revision: 1, name: `case ${id}`, at, tags: [], savedAt: at, savedBy: { id: 'p', displayName: 'P' }, fromDecision: null, facts: { orderedIngredient: 'potassium-chloride', orderedGroups: ['potassium-supplement'], potassiumMmolPerL: 6 }, observedAt: { potassiumMmolPerL: '2026-11-23T06:00:00Z' }, expected: { level: 'HARD', ruleIds, outputs: null } });
const [right, wrong] = [caseOf('a', ['potassium-high-hold']), caseOf('b', [])];
const nothing = (): void => undefined;

beforeAll(async () => {
  await i18next.use(initReactI18next).init({ lng: 'en', fallbackLng: false, keySeparator: false, nsSeparator: false, interpolation: { escapeValue: false }, resources: { 'zh-CN': { translation: resourcesFor('zh-CN') }, en: { translation: resourcesFor('en') } } });
});

describe('the test bench', () => {
  it('draws the cases that fail first, with what came out otherwise', () => {
    const { results, coverage } = runAllCases(compiled, [right, wrong], []);
    const drawn = renderToStaticMarkup(<CaseRows cases={[right, wrong]} results={results} document={document} onOpen={nothing} />);

    expect(drawn.indexOf('case b')).toBeLessThan(drawn.indexOf('case a'));
    expect(drawn).toContain('not expected to fire, but did: Hold: potassium above 5.5');
    expect(renderToStaticMarkup(<CoverageList coverage={coverage} />)).toContain('data-rule="potassium-high-hold" data-coverage="onlyFired"');
  });

  it('runs the cases of the content too; what was set aside counts neither as failed nor for coverage', () => {
    const { id, facts, observedAt } = right;
    const given = (name: string, fires: boolean, isSuperseded = false): GivenContentCase => ({ id: `${id}-${name}`, name, version: '1', ruleId: 'potassium-high-hold', fires, level: null, facts, changes: { orderedGroups: ['potassium-supplement'], potassiumMmolPerL: 6 }, observedAt, at, isSuperseded, mark: isSuperseded ? { reason: 'limit', markedAt: at, markedBy: { id: 'p', displayName: 'P' } } : null });
    const { content, count, failed, coverage } = runAllCases(compiled, [], [given('x #1', true), given('x #2', false), given('x #3', false, true)]);
    const drawn = renderToStaticMarkup(<ContentCases ruleSetKey="dose-hold" rows={content} document={document} mayMark onMarked={nothing} />);

    expect({ count, failed, fired: coverage[0]?.fired }).toEqual({ count: 2, failed: 1, fired: 2 });
    expect(['x #2', 'x #3', 'x #1'].map((name) => drawn.indexOf(`data-case="${name}"`))).toEqual([...['x #2', 'x #3', 'x #1'].map((name) => drawn.indexOf(`data-case="${name}"`))].sort((a, b) => a - b));
    expect(drawn).toContain('“Hold: potassium above 5.5” is not to fire');
    expect(drawn).toContain('potassium supplements; potassium: 6 mmol/L');
    expect(drawn).toContain('Set aside by P');
    expect(drawn.match(/Let it count again/g)).toHaveLength(1);
    expect(renderToStaticMarkup(<ContentCases ruleSetKey="dose-hold" rows={content} document={document} mayMark={false} onMarked={nothing} />)).not.toContain('<button');
  });

  it('draws what comes out of a case beside what is expected', () => {
    const drawn = renderToStaticMarkup(<CaseResult compiled={compiled} ruleCase={runnableCase(wrong)} isReadOnly={false} onExpect={nothing} />);
    const expected = renderToStaticMarkup(<ExpectedFields expected={draftOf(right).expected} document={document} isReadOnly={false} onChange={nothing} />);

    expect(drawn).toContain('data-level="HARD" data-passed="false"');
    expect(drawn).toContain('Expect this result');
    expect(expected).toContain('Hold: potassium above 5.5');
  });

  it('draws a value with its unit and age, and one that is not there as no data', () => {
    const inputs = new Map(document.inputs.map((input) => [input.name, input]));
    const drawn = (name: string): string => {
      const field = fieldsOf(draftOf(right), document).find((each) => each.name === name);
      if (field === undefined) throw new Error(`Expected a field ${name}`);
      return renderToStaticMarkup(<CaseValueField field={field} label={name} input={inputs.get(name)} suggestions={[]} ageMs={draftOf(right).agesMs[name]} onChange={nothing} onAge={nothing} />);
    };

    expect(drawn('potassiumMmolPerL')).toMatch(/value="6".*mmol\/L.*measured before the decision.*value="2"/);
    expect(drawn('glucoseMmolPerL')).toContain('no data');
    expect(drawn('glucoseMmolPerL')).not.toContain('measured before the decision');
  });
});

describe('a backtest', () => {
  const group = { key: '', decisions: 5, changed: 2, stricter: 2, looser: 0, newlyInterrupting: 1 };
  const result = { byRule: [{ ruleId: 'potassium-high-hold', newlyFired: 1_200, noLongerFired: 0 }], byDrug: [group], byWard: [], bySeverity: [] } as unknown as BacktestResult;

  it('opens the list from cells that changed, not from those that stayed', () => {
    const drawn = renderToStaticMarkup(<LevelMatrix matrix={[{ from: 'PASS', to: 'PASS', count: 9 }, { from: 'PASS', to: 'HARD', count: 2 }]} chosen={{ from: 'PASS', to: 'HARD' }} onChoose={nothing} />);

    expect(drawn).toMatch(/data-kind="same" data-cell="PASS-PASS">9</);
    expect(drawn).toMatch(/data-kind="stricter" data-cell="PASS-HARD"><button[^>]*aria-pressed="true"[^>]*>2 ↑/);
    expect(drawn).not.toContain('data-cell="HARD-PASS"');
  });

  it('offers the groups that there are, with rules by their names', () => {
    const drawn = renderToStaticMarkup(<ChangeGroups result={result} nameOf={(id) => `name of ${id}`} onChoose={nothing} />);

    expect(drawn).toContain('name of potassium-high-hold');
    expect(drawn).toContain('1,200');
    expect(drawn).toContain('By drug');
    expect(drawn).not.toContain('By ward');
  });
});

describe('the reviews of a rule', () => {
  const counts = { approved: 3, returned: 1, rechecked: 0, notDecided: 2, unknown: 1, approvalReasons: [{ text: '已安排监测', count: 3 }] };
  const drawn = (reviews: ReviewCounts): string => renderToStaticMarkup(<Reviews reviews={reviews} />);

  it('say how many orders were let pass of those that were decided, why, and what is not known', () => {
    expect(reviewShare(counts)).toEqual({ decided: 4, share: 0.75 });
    expect(drawn(counts)).toContain('reviewed by a pharmacist: 4, let pass 3 (75 %), sent back 1, checked again 0');
    expect(drawn(counts)).toContain('ended without a decision: 2 (withdrawn, or facts changed), decision not known: 1');
    expect(drawn(counts)).toContain('已安排监测 3');
  });

  it('say nothing where there was none, and no reasons to who may not read them', () => {
    expect(drawn({ ...counts, approved: 0, returned: 0, notDecided: 0, unknown: 0 })).toBe('');
    expect(drawn({ ...counts, approvalReasons: null })).not.toContain('已安排监测');
  });
});
