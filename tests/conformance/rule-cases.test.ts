import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkRuleSet, compileRuleSet, contentCases, contentCasesSchema, evaluateRuleSet, ruleSetDocumentSchema, runRuleCases, type ContentCasesFile, type RuleSetDocument } from '#rules';

const root = join(import.meta.dirname, '../..');
const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const foldersOf = (path: string): readonly string[] => readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => join(path, name));
const paths = [
  ...foldersOf(join(root, 'processes')).filter((folder) => existsSync(join(folder, 'rules'))).flatMap((folder) => readdirSync(join(folder, 'rules')).map((name) => ({ ruleSet: join(folder, 'rules', name), cases: join(folder, 'rule-cases', name) }))),
  ...foldersOf(join(root, 'rules/library')).map((folder) => ({ ruleSet: join(folder, 'rule-set.json'), cases: join(folder, 'cases.json') })),
];
const contents = paths.map(({ ruleSet, cases }): { readonly document: RuleSetDocument; readonly cases: ContentCasesFile } => ({ document: ruleSetDocumentSchema.parse(readJson(ruleSet)), cases: contentCasesSchema.parse(readJson(cases)) }));

describe.each(contents.map((content) => [content.document.key, content] as const))('rule set %s', (key, { document, cases }) => {
  const compiled = compileRuleSet(document);
  const fired = (facts: Readonly<Record<string, unknown>>) => {
    const result = evaluateRuleSet(compiled, { ...cases.facts, ...facts }, { at: cases.at, ...(cases.observedAt ? { observedAt: cases.observedAt } : {}) });
    expect(result.failure).toBeUndefined();
    return result;
  };

  it('is well formed', () => {
    expect(checkRuleSet(document)).toEqual([]);
    expect(cases.ruleSet).toBe(key);
  });

  it('misses nothing and stops nothing at the facts from which the cases start', () => {
    expect(fired({}).findings.filter((finding) => finding.level !== 'PASS')).toEqual([]);
  });

  it.each(cases.cases.map((each) => [each.rule, each.fires ? 'fires' : 'does not fire', JSON.stringify(each.facts), each] as const))('%s %s with %s', (rule, _fires, _facts, each) => {
    const findings = fired(each.facts).findings;

    expect(findings.some((finding) => finding.ruleId === rule)).toBe(each.fires);
    expect(findings.find((finding) => finding.ruleId === rule)?.level).toBe(each.fires ? document.rules.find(({ id }) => id === rule)?.level : undefined);
  });

  it('passes its cases as the test bench runs them, which try every rule', () => {
    const { results, coverage } = runRuleCases(compiled, contentCases(cases, document, JSON.stringify));

    expect(results.filter(({ differences }) => differences.length > 0)).toEqual([]);
    expect(coverage.filter((rule) => rule.fired === 0 || rule.notFired === 0)).toEqual([]);
  });

  it('claims what was looked up and what is general knowledge, and signs what intercepts', () => {
    const unfounded = document.rules.filter(({ source: { mark, reference } }) => mark === 'S' && /^General professional knowledge/.test(reference));
    const unsigned = document.rules.filter(({ level, source, signed, adviseOnly }) => ['HARD', 'UNKNOWN', 'PHARMACIST'].includes(level ?? 'PASS') && ['C', 'D'].includes(source.grade) && !signed && !adviseOnly);

    expect(unfounded.map(({ id }) => id)).toEqual([]);
    expect(unsigned.map(({ id }) => id)).toEqual([]);
  });

  it('has a case that fires and one that does not for every rule', () => {
    const covered = (fires: boolean) => new Set(cases.cases.filter((each) => each.fires === fires).map((each) => each.rule));

    expect(document.rules.map(({ id }) => id).filter((id) => !covered(true).has(id) || !covered(false).has(id))).toEqual([]);
    expect(cases.cases.map((each) => each.rule).filter((id) => !document.rules.some((rule) => rule.id === id))).toEqual([]);
  });
});

describe('what missing data means', () => {
  const decide = (key: string, facts: Readonly<Record<string, unknown>>, observedAt: Readonly<Record<string, string>> = {}) => {
    const content = contents.find(({ document: candidate }) => candidate.key === key);
    if (!content) throw new Error(`Expected the rule set ${key}, but found none`);
    const { document, cases } = content;
    return evaluateRuleSet(compileRuleSet(document), { ...cases.facts, ...facts }, { at: cases.at, observedAt: { ...cases.observedAt, ...observedAt } });
  };
  const potassiumChloride = { orderedIngredient: 'potassium-chloride', orderedRoute: 'IV', infusionLine: 'peripheral', infusionConcentrationMmolPerL: 30 };

  it('asks a pharmacist about KCl when the potassium is older than its maximum age', () => {
    const result = decide('dose', potassiumChloride, { potassiumMmolPerL: '2026-11-20T00:00:00Z' });

    expect(result).toMatchObject({ level: 'PHARMACIST', findings: [{ ruleId: 'missing:potassiumMmolPerL' }] });
  });

  it('stops KCl whose concentration is not stated', () => {
    expect(decide('dose', { ...potassiumChloride, infusionConcentrationMmolPerL: null })).toMatchObject({ level: 'UNKNOWN', stop: true });
  });

  it('asks a pharmacist about enoxaparin when the clearance was refused, and nobody about paracetamol', () => {
    expect(decide('dose', { orderedIngredient: 'enoxaparin', creatinineClearanceMlPerMin: null }).level).toBe('PHARMACIST');
    expect(decide('dose', { orderedIngredient: 'paracetamol', creatinineClearanceMlPerMin: null }).level).toBe('PASS');
  });

  it('stops a child without a weight of the last seven days, whatever the drug', () => {
    expect(decide('dose', { ageYears: 5 }, { weightKg: '2026-11-10T00:00:00Z' })).toMatchObject({ level: 'UNKNOWN', stop: true });
  });

  it('asks a pharmacist about a penicillin without a skin test of the last 72 hours', () => {
    const amoxicillin = { orderedIngredient: 'amoxicillin', orderedGroups: ['penicillin', 'beta-lactam'] };

    expect(decide('allergy', amoxicillin, { penicillinSkinTest: '2026-11-19T00:00:00Z' }).level).toBe('PHARMACIST');
    expect(decide('allergy', amoxicillin).level).toBe('PASS');
  });
});
