import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { evaluateDecision, parseDmnXml, toDecisionModel, writeDmnXml } from '#dmn';
import { fromDmn, toDmn } from '#rule-set-dmn';
import { compileRuleSet, evaluateRuleSet, type RuleSetDocument } from '#rules';

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
