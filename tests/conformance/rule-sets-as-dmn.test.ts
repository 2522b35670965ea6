import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { evaluateDecision, parseDmnXml, toDecisionModel, writeDmnXml } from '#dmn';
import { fromDmn, toDmn } from '#rule-set-dmn';
import { compileRuleSet, evaluateRuleSet, type RuleSetDocument } from '#rules';
import { tckCases } from './dmn-tck/tck-cases.ts';

interface RuleCases {
  readonly at: string;
  readonly observedAt?: Readonly<Record<string, string>>;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly cases: readonly { readonly facts: Readonly<Record<string, unknown>> }[];
}

const root = join(import.meta.dirname, '../..');
const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const foldersOf = (path: string): readonly string[] => readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => join(path, name));
const paths = [
  ...foldersOf(join(root, 'processes')).filter((folder) => existsSync(join(folder, 'rules'))).flatMap((folder) => readdirSync(join(folder, 'rules')).map((name) => ({ ruleSet: join(folder, 'rules', name), cases: join(folder, 'rule-cases', name) }))),
  ...foldersOf(join(root, 'rules/library')).map((folder) => ({ ruleSet: join(folder, 'rule-set.json'), cases: join(folder, 'cases.json') })),
];
const contents = paths.map(({ ruleSet, cases }) => ({ document: readJson(ruleSet) as RuleSetDocument, cases: readJson(cases) as RuleCases }));

/** The value of a branch in the place of what is missing: the table does not say what missing data means. */
function withBranches({ inputs }: RuleSetDocument, facts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(inputs.flatMap(({ name, whenMissing }) => {
    const value = facts[name] ?? whenMissing?.value;
    return value === undefined ? [] : [[name, value]];
  }));
}

describe.each(contents.map((content) => [content.document.key, content] as const))('rule set %s as DMN', (_key, { document, cases }) => {
  const { document: written, findings } = toDmn(document);
  const xml = writeDmnXml(written);

  it('has words for every condition, and comes back as the same document', () => {
    expect(findings).toEqual([]);
    expect(fromDmn(xml)).toMatchObject({ findings: [], remaining: [], ruleSets: [{ findings: [] }] });
    expect(fromDmn(xml).ruleSets[0]?.ruleSet).toEqual(document);
  });

  it('fires the rows that the rules fire in all their cases', () => {
    const parsed = parseDmnXml(xml);
    if (!parsed.document) throw new Error('Expected the export to be DMN');
    const { model, findings: found } = toDecisionModel(parsed.document);
    expect(found).toEqual([]);
    const compiled = compileRuleSet(document);
    for (const facts of [{}, ...cases.cases.map((each) => each.facts)]) {
      const all = withBranches(document, { ...cases.facts, ...facts });
      const { explanation = [] } = evaluateRuleSet(compiled, all, { at: cases.at, explain: true, ...(cases.observedAt ? { observedAt: cases.observedAt } : {}) });
      const { fired, errors } = evaluateDecision(model, document.name.en, all, { at: cases.at });

      expect(errors).toEqual([]);
      expect(fired.flatMap(({ rows }) => rows.map(({ id }) => id))).toEqual(explanation.flatMap(({ ruleId, outcome }) => (outcome === 'fired' ? [`rule_${ruleId}`] : [])));
    }
  });
});

const tck = tckCases();
const suite = tck.length > 0 ? describe : describe.skip;

suite('decision tables of the DMN TCK as rule sets (skipped without it)', () => {
  it.each([...new Map(tck.map(({ model, xml }) => [model, xml]))])('%s fires the same rules, and goes back into its file', (name, xml) => {
    const { ruleSets, document, remaining } = fromDmn(xml);
    if (!document) throw new Error(`Expected ${name} to be DMN`);
    const { model } = toDecisionModel(document);

    expect(remaining.flatMap(({ reasons }) => reasons.map(({ code }) => code)).filter((code) => code !== 'NO_DECISION_TABLE' && code !== 'REQUIRES_DECISION')).toEqual([]);
    for (const { ruleSet, decision } of ruleSets) {
      const again = fromDmn(writeDmnXml(toDmn(ruleSet, document).document));
      expect(again.ruleSets.find((each) => each.ruleSet.key === ruleSet.key)?.ruleSet).toEqual(ruleSet);
      const compiled = compileRuleSet(ruleSet);
      for (const { inputs, results } of tck.filter((test) => test.model === name)) {
        if (!results.some(({ node }) => node === decision)) continue;
        const facts = Object.fromEntries(ruleSet.inputs.map((input) => [input.name, inputs[input.description?.en ?? input.name]]));
        const { fired } = evaluateDecision(model, decision, inputs, { at: '2026-11-23T08:00:00Z' });
        const { explanation = [], failure, findings } = evaluateRuleSet(compiled, facts, { at: '2026-11-23T08:00:00Z', explain: true });
        // Nothing says what a missing value of this file means.
        if (failure?.code === 'MISSING_POLICY_UNDECLARED') continue;
        const rules = failure?.rules ?? (ruleSet.hitPolicy === 'first' ? findings.map(({ ruleId }) => ruleId) : explanation.flatMap(({ ruleId, outcome }) => (outcome === 'notFired' ? [] : [ruleId])));

        expect(fired.flatMap(({ rows }) => rows.map(({ row }) => row))).toEqual(rules.map((id) => ruleSet.rules.findIndex((rule) => rule.id === id) + 1));
      }
    }
  });
});
