import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publishContentCases } from '../../gateway/processes/index.ts';
import { readRuleCases } from '../../gateway/rule-sets/index.ts';
import { orderLoopFolder } from '../support/rule-office.ts';
import { potassiumChloride, startRuleTrials, type RuleTrials } from '../support/rule-trials.ts';
import type { GraphqlAnswer } from '../support/running-gateway.ts';

const key = 'dose-hold';
let trials: RuleTrials;
let gateway: RuleTrials['gateway'];
let pharmacist: RuleTrials['pharmacist'];
let second: RuleTrials['second'];
let owner: RuleTrials['owner'];
let original: RuleTrials['original'];
let act: RuleTrials['act'];
let revision: RuleTrials['revision'];
let withLimits: RuleTrials['withLimits'];
let saveDraft: RuleTrials['saveDraft'];
let decide: RuleTrials['decide'];

beforeAll(async () => {
  trials = await startRuleTrials();
  ({ gateway, pharmacist, second, owner, original, act, revision, withLimits, saveDraft, decide } = trials);
}, 300_000);
afterAll(() => trials?.close(), 60_000);

describe('saved cases', () => {
  const at = '2026-11-23T08:00:00.000Z';
  const high = { key, expectedRevision: 0, name: '血钾 6.0', facts: { ...potassiumChloride, potassiumMmolPerL: 6 }, observedAt: { potassiumMmolPerL: '2026-11-23T07:00:00Z' }, at, expected: { level: 'HARD', ruleIds: ['potassium-high-hold'] } };
  const run = async (side: object, as = pharmacist): Promise<GraphqlAnswer['data']> =>
    (await gateway.graphql(as, 'query ($key: String!, $side: RuleSetSide!) { runRuleCases(key: $key, side: $side) { document passed failed untestedRuleIds coverage { ruleId fired notFired isCovered } results { passed level ruleIds differences { kind ruleId expected actual } case { name } } } }', { key, side })).data.runRuleCases;
  let saved: { readonly id: string; readonly revision: number };
  let reviewId: string;

  it('are run under any document, with coverage by rule', async () => {
    saved = (await act(pharmacist, 'saveCase', high)).case;
    await act(owner, 'saveCase', { ...high, name: '血钾 4.0', facts: { ...high.facts, potassiumMmolPerL: 4 }, expected: { level: 'PASS', ruleIds: [] } });

    const found = await run({ version: '1' });

    expect(found).toMatchObject({ document: '1', passed: 2, failed: 0 });
    expect(found.coverage.find(({ ruleId }: { ruleId: string }) => ruleId === 'potassium-high-hold')).toEqual({ ruleId: 'potassium-high-hold', fired: 1, notFired: 1, isCovered: true });
    expect(found.untestedRuleIds).toEqual(original.rules.map(({ id }) => id).filter((id) => id !== 'potassium-high-hold'));
  });

  it('stop a review while one comes out otherwise, and say which', async () => {
    await saveDraft(withLimits(4.7, 6.2));
    const submit = { key, expectedRevision: await revision(), comment: '上限调整' };

    expect((await run({ draft: true })).results.filter(({ passed }: { passed: boolean }) => !passed)).toEqual([
      { passed: false, level: 'PHARMACIST', ruleIds: ['potassium-raised-review'], case: { name: high.name }, differences: [{ kind: 'level', ruleId: null, expected: 'HARD', actual: 'PHARMACIST' }, { kind: 'notFired', ruleId: 'potassium-high-hold', expected: null, actual: null }, { kind: 'fired', ruleId: 'potassium-raised-review', expected: null, actual: null }] },
    ]);
    expect(await act(pharmacist, 'submit', submit)).toMatchObject({ __typename: 'RefusedError', code: 'CASES_FAILED', failedCases: [high.name] });
    expect((await gateway.entries('command.refused')).at(-1)).toMatchObject({ reason: 'CASES_FAILED', ruleSet: key });

    saved = (await act(pharmacist, 'saveCase', { ...high, id: saved.id, expectedRevision: saved.revision, expected: { level: 'PHARMACIST', ruleIds: ['potassium-raised-review'] } })).case;

    reviewId = (await act(pharmacist, 'submit', submit)).review.id;
  });

  it('stop an approval when one that fails was saved during the review', async () => {
    const { case: guard } = await act(owner, 'saveCase', { ...high, name: '血钾 6.0 须禁止' });

    expect(await act(second, 'approve', { reviewId, comment: '同意' })).toMatchObject({ __typename: 'RefusedError', code: 'CASES_FAILED', failedCases: ['血钾 6.0 须禁止'] });
    expect(await gateway.database.prisma.ruleSetVersion.count({ where: { key } })).toBe(1);

    await act(owner, 'deleteCase', { id: guard.id, expectedRevision: guard.revision, reason: '以新上限为准' });

    expect(await act(second, 'approve', { reviewId, comment: '同意' })).toMatchObject({ version: { version: '2', status: 'IN_EFFECT' } });
  });

  it('do not stop the approval of a roll back, unless it goes back to what was recalled', async () => {
    const rollBack = async (toVersion: string): Promise<string> => (await act(pharmacist, 'rollBack', { key, toVersion, expectedRevision: await revision(), reason: '恢复' })).review.id;
    expect(await run({ version: '1' })).toMatchObject({ failed: 1 });

    expect(await act(second, 'approve', { reviewId: await rollBack('1'), comment: '同意' })).toMatchObject({ version: { version: '3', status: 'IN_EFFECT' } });

    await act(pharmacist, 'recall', { key, version: '2', reason: '漏报' });
    const { case: guard } = await act(owner, 'saveCase', { ...high, name: '血钾 6.0 须禁止' });
    const recalled = await rollBack('2');
    expect(await act(second, 'approve', { reviewId: recalled, comment: '同意' })).toMatchObject({ code: 'CASES_FAILED', failedCases: [guard.name] });
    await act(second, 'returnReview', { reviewId: recalled, comment: '不再恢复' });
    await act(owner, 'deleteCase', { id: guard.id, expectedRevision: guard.revision, reason: '重复' });
  });

  it('are changed by one person at a time, and kept as history when they are deleted', async () => {
    const old = { ...high, id: saved.id, expectedRevision: 1 };

    expect(await act(second, 'saveCase', old)).toMatchObject({ __typename: 'ConflictError', code: 'CASE_CHANGED' });
    expect(await act(second, 'deleteCase', { id: saved.id, expectedRevision: saved.revision, reason: '重复' })).toMatchObject({ case: { revision: 3, isDeleted: true } });
    expect(await run({ version: '1' })).toMatchObject({ passed: 1, failed: 0 });
    expect(await act(second, 'saveCase', { ...old, expectedRevision: 3 })).toMatchObject({ __typename: 'NotFoundError', code: 'CASE_NOT_FOUND' });
    expect(await gateway.database.prisma.ruleCase.count({ where: { id: saved.id } })).toBe(3);
    expect((await gateway.entries('rules.caseDeleted')).at(-1)).toMatchObject({ actorId: 'demo-pharmacist-2', reason: '重复' });
  });

  it('refuse what is no case, and people who write no rules of the domain', async () => {
    expect(await act(pharmacist, 'saveCase', { ...high, facts: [] })).toMatchObject({ __typename: 'ValidationError', code: 'INPUT_INVALID', place: 'facts' });
    expect(await act(pharmacist, 'saveCase', { ...high, expected: { level: 'LOUD', ruleIds: [] } })).toMatchObject({ code: 'INPUT_INVALID', place: 'expected.level' });
    expect(await act(pharmacist, 'saveCase', { ...high, observedAt: { potassiumMmolPerL: 'yesterday' } })).toMatchObject({ code: 'INPUT_INVALID', place: 'observedAt.potassiumMmolPerL' });
    expect(await act(await gateway.signIn('doctor'), 'saveCase', high)).toMatchObject({ __typename: 'ForbiddenError', code: 'NOT_DOMAIN_OWNER' });
  });

  it('are made of a decision that the writer may see, without its patient', async () => {
    const id = await decide(6, 'P1');

    const { case: made } = await act(pharmacist, 'fromDecision', { decisionId: id });

    const { observedAt, ...facts } = (await gateway.database.prisma.decision.findUniqueOrThrow({ where: { id } })).facts as Readonly<Record<string, unknown>>;
    expect(made).toMatchObject({ facts, observedAt, expected: { level: 'HARD', ruleIds: ['potassium-high-hold'] }, fromDecision: { decisionId: id } });
    expect(JSON.stringify(await gateway.database.prisma.ruleCase.findMany({ where: { id: made.id } }))).not.toContain('P1');
    expect((await run({ version: '1' })).results.every(({ passed }: { passed: boolean }) => passed)).toBe(true);
    expect(await act(owner, 'fromDecision', { decisionId: id })).toMatchObject({ __typename: 'NotFoundError', code: 'DECISION_NOT_FOUND' });
  });
});

describe('the cases that came with the content', () => {
  const read = async (as = pharmacist): Promise<GraphqlAnswer['data']> => (await gateway.graphql(as, 'query ($key: String!) { contentRuleCases(key: $key) { id name version ruleId fires level changes at isSuperseded mark { reason } } }', { key })).data.contentRuleCases;
  const run = async (side: object): Promise<GraphqlAnswer['data']> =>
    (await gateway.graphql(pharmacist, 'query ($key: String!, $side: RuleSetSide!) { runRuleCases(key: $key, side: $side) { passed failed untestedRuleIds contentResults { passed differences { kind ruleId } case { name isSuperseded } } } }', { key, side })).data.runRuleCases;
  const failing = async (side: object): Promise<readonly string[]> => (await run(side)).contentResults.filter(({ passed }: { passed: boolean }) => !passed).map((each: { case: { name: string } }) => each.case.name);
  const limit = 'potassium-high-hold #3';

  beforeAll(async () => {
    for (const row of await readRuleCases(key, gateway.database.prisma)) await act(pharmacist, 'deleteCase', { id: row.id, expectedRevision: row.revision, reason: '另一组用例' });
    await publishContentCases(gateway.database, orderLoopFolder);
  });

  it('are taken in once, pass under the version that they came with, and try every rule', async () => {
    await publishContentCases(gateway.database, orderLoopFolder);

    expect(await gateway.database.prisma.ruleContentCases.count({ where: { key } })).toBe(1);
    const cases = await read();
    expect(cases[0]).toMatchObject({ name: 'potassium-high-hold #1', version: '1', ruleId: 'potassium-high-hold', fires: true, level: 'HARD', changes: { potassiumMmolPerL: 6.8 }, isSuperseded: false, mark: null });
    expect(await run({ version: '1' })).toMatchObject({ passed: cases.length, failed: 0, untestedRuleIds: [] });
  });

  it('stop a review like saved cases, by name', async () => {
    await saveDraft(withLimits(4.7, 5.2));

    expect(await failing({ draft: true })).toContain(limit);
    const refused = await act(pharmacist, 'submit', { key, expectedRevision: await revision(), comment: '上限调整' });
    expect(refused).toMatchObject({ __typename: 'RefusedError', code: 'CASES_FAILED' });
    expect(refused.failedCases).toEqual(await failing({ draft: true }));
  });

  it('are set aside by the owner with a reason that is recorded, and count again when that is taken back', async () => {
    const names = await failing({ draft: true });
    const ids = (await read()).filter(({ name }: { name: string }) => names.includes(name)).map(({ id }: { id: string }) => id);
    const aside = { key, ids, isSuperseded: true, reason: '上限改为 5.2' };

    expect(await act(owner, 'markContent', aside)).toMatchObject({ __typename: 'ForbiddenError', code: 'NOT_DOMAIN_OWNER' });
    expect(await act(pharmacist, 'markContent', { ...aside, ids: [randomUUID()] })).toMatchObject({ __typename: 'NotFoundError', code: 'CASE_NOT_FOUND' });
    expect((await act(pharmacist, 'markContent', aside)).cases).toContainEqual({ name: limit, isSuperseded: true, mark: { isSuperseded: true, reason: '上限改为 5.2', markedBy: { id: 'demo-pharmacist' } } });
    expect(await run({ draft: true })).toMatchObject({ failed: 0 });
    expect((await gateway.entries('rules.casesSuperseded')).at(-1)).toMatchObject({ actorId: 'demo-pharmacist', ruleSet: key, reason: '上限改为 5.2' });
    const { review } = await act(pharmacist, 'submit', { key, expectedRevision: await revision(), comment: '上限调整' });

    expect((await act(second, 'markContent', { key, ids, isSuperseded: false, reason: '仍须遵守' })).cases).toContainEqual(expect.objectContaining({ name: limit, isSuperseded: false }));
    expect(await act(second, 'approve', { reviewId: review.id, comment: '同意' })).toMatchObject({ code: 'CASES_FAILED' });
    await act(second, 'markContent', aside);
    expect(await act(second, 'approve', { reviewId: review.id, comment: '同意' })).toMatchObject({ version: { status: 'IN_EFFECT' } });
    expect(await gateway.database.prisma.ruleContentCaseMark.count({ where: { caseId: ids[0] } })).toBe(3);
  });

  it('keep what was said about them when they are taken in anew, unless they say something else', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rule-content-'));
    try {
      for (const name of ['rules', 'rule-cases']) {
        mkdirSync(join(folder, name));
        copyFileSync(join(orderLoopFolder, name, 'dose-hold.json'), join(folder, name, 'dose-hold.json'));
      }
      const path = join(folder, 'rule-cases', 'dose-hold.json');
      const file = JSON.parse(readFileSync(path, 'utf8'));
      writeFileSync(path, JSON.stringify({ ...file, cases: file.cases.slice(0, 5) }));
      await publishContentCases(gateway.database, folder);
      expect((await read()).map(({ isSuperseded }: { isSuperseded: boolean }) => isSuperseded)).toContain(true);
      expect(await read()).toHaveLength(5);

      const { at: _at, ...timeless } = file;
      writeFileSync(path, JSON.stringify(timeless));
      await expect(publishContentCases(gateway.database, folder)).rejects.toMatchObject({ code: 'PROCESS_FOLDER_INVALID', findings: [expect.stringMatching(/^at: /)] });
      expect(await read()).toHaveLength(5);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
