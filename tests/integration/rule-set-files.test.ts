import { randomUUID } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import type { RuleSetDocument } from '#rules';
import type { CommandService } from '../../gateway/commands/index.ts';
import { publishProcess } from '../../gateway/processes/index.ts';
import { startGateway, type As, type GraphqlAnswer, type RunningGateway } from '../support/running-gateway.ts';
import { startTestDatabase, type TestDatabase } from '../support/index.ts';

let server: TestDatabase;
let gateway: RunningGateway;
let pharmacist: As;
let second: As;

beforeAll(async () => {
  server = await startTestDatabase();
  gateway = await startGateway({ databaseUrl: server.url, commands: {} as CommandService });
  await publishProcess(gateway.database, fileURLToPath(new URL('../../processes/inpatient-order-loop', import.meta.url)));
  [pharmacist, second] = [await gateway.signIn('pharmacist'), await gateway.signIn('pharmacist-2')];
}, 300_000);
afterAll(async () => {
  await gateway?.close();
  await server?.stop();
}, 30_000);

const findings = 'findings { code severity elementId elementName place row column text message { zhCN en } }';
const errors = `... on Error { code place detail message } ... on ValidationError { fileFindings { code severity row column text elementName message { zhCN en } } }
  ... on ConflictError { revision draft { revision document } }`;
const documents = {
  check: `mutation ($input: CheckRuleSetFileInput!) { result: checkRuleSetFile(input: $input) { __typename ${errors}
    ... on CheckRuleSetFilePayload { format ${findings} decisions { decisionId name canBeImported isOwn key domain hitPolicy inputs outputs ruleCount ${findings} } } } }`,
  import: `mutation ($input: ImportRuleSetInput!) { result: importRuleSet(input: $input) { __typename ${errors}
    ... on ImportRuleSetPayload { droppedSignatures ${findings} ruleSet { key domain revision } draft { revision document imported { format decisionId revision importedBy { id } ${findings} } } } } }`,
  discard: `mutation ($input: DiscardRuleSetDraftInput!) { result: discardRuleSetDraft(input: $input) { __typename ${errors} } }`,
  submit: `mutation ($input: SubmitRuleSetForReviewInput!) { result: submitRuleSetForReview(input: $input) { __typename ${errors} ... on SubmitRuleSetForReviewPayload { review { id version } } } }`,
  approve: `mutation ($input: ApproveRuleSetInput!) { result: approveRuleSet(input: $input) { __typename ${errors} ... on ApproveRuleSetPayload { version { version } } } }`,
  save: `mutation ($input: SaveRuleSetDraftInput!) { result: saveRuleSetDraft(input: $input) { __typename ${errors} ... on SaveRuleSetDraftPayload { draft { revision } } } }`,
} as const;

async function act(as: As, name: keyof typeof documents, input: Readonly<Record<string, unknown>>): Promise<GraphqlAnswer['data']> {
  const { data, errors: failed } = await gateway.graphql(as, documents[name], { input: name === 'check' ? input : { idempotencyKey: randomUUID(), ...input } });
  if (failed) throw new Error(JSON.stringify(failed));
  return data.result;
}

const exported = (key: string, of: object, format = 'DMN', as = pharmacist) =>
  gateway.graphql(as, `query ($key: String!, $of: RuleSetSide!, $format: RuleSetFileFormat!) { file: ruleSetFile(key: $key, of: $of, format: $format) { fileName mediaType content ${findings} } }`, { key, of, format });
const revisionOf = async (key: string): Promise<number> => (await gateway.graphql(pharmacist, 'query ($key: String!) { ruleSet(key: $key) { revision } }', { key })).data.ruleSet?.revision ?? 0;
const documentOf = async (key: string, version: string): Promise<RuleSetDocument> => (await gateway.graphql(pharmacist, 'query ($key: String!, $version: String!) { ruleSetVersion(key: $key, version: $version) { document } }', { key, version })).data.ruleSetVersion.document;

const doseTable = (rows: string) => `<decision id="_9f2" name="Dosing"><extensionElements><acme:owner who="ward 7"/></extensionElements><variable name="Dosing"/><informationRequirement><requiredInput href="#i"/></informationRequirement><decisionTable hitPolicy="UNIQUE"><input><inputExpression typeRef="number"><text>Body weight</text></inputExpression></input><output name="dose" typeRef="number"/>${rows}</decisionTable></decision>`;
const row = (id: string, cell: string, dose: number) => `<rule id="${id}"><inputEntry><text>${cell}</text></inputEntry><outputEntry><text>${dose}</text></outputEntry></rule>`;
const foreign = (content: string) => `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:acme="urn:acme" id="m" name="m" namespace="urn:m"><inputData id="i" name="Body weight"><variable name="Body weight" typeRef="number"/></inputData>${content}<textAnnotation id="n"><text>a note of theirs</text></textAnnotation></definitions>`;
const dosing = foreign(doseTable(row('r1', '&lt; 20', 250) + row('r2', '&gt;= 20', 500)));

describe('a rule set as a DMN file', () => {
  it('goes out and comes in again as the same document, and a changed cell is a new draft', async () => {
    const original = await documentOf('dose-hold', '1');
    const { data } = await exported('dose-hold', { version: '1' });
    expect(data.file).toMatchObject({ fileName: 'dose-hold-1.dmn', mediaType: 'application/xml', findings: [] });
    expect(data.file.content).toContain('<text>&gt; 5.5</text>');

    expect(await act(pharmacist, 'check', { content: data.file.content })).toMatchObject({ format: 'DMN', findings: [], decisions: [{ name: 'Hold limits before a dose', canBeImported: true, isOwn: true, key: 'dose-hold', domain: 'PHARMACY', ruleCount: original.rules.length, findings: [] }] });
    const same = await act(pharmacist, 'import', { content: data.file.content, key: 'dose-hold', domain: 'PHARMACY', expectedRevision: 0 });
    expect(same).toMatchObject({ findings: [], droppedSignatures: [], draft: { revision: 1, imported: { format: 'DMN', decisionId: 'decision_dose-hold', importedBy: { id: 'demo-pharmacist' } } } });
    expect(same.draft.document).toEqual(original);

    const changed = await act(pharmacist, 'import', { content: data.file.content.replace('<text>&gt; 5.5</text>', '<text>&gt; 5.2</text>'), key: 'dose-hold', domain: 'PHARMACY', expectedRevision: 1, reason: '按外院表格' });
    expect(changed.draft.revision).toBe(2);
    expect(JSON.stringify(changed.draft.document.rules[0].conditions)).toContain('5.2');
    expect((await gateway.entries('rules.draftImported')).at(-1)).toMatchObject({ actorId: 'demo-pharmacist', ruleSet: 'dose-hold', reason: '按外院表格' });
    const { data: difference } = await gateway.graphql(pharmacist, '{ ruleSetDifference(key: "dose-hold", from: { version: "1" }, to: { draft: true }) { rules { id fields { before after } } } }');
    expect(difference.ruleSetDifference.rules).toEqual([{ id: 'potassium-high-hold', fields: expect.arrayContaining([{ before: 5.5, after: 5.2 }]) }]);
    // The other is the signature, which was for the rule as it was.
    expect(difference.ruleSetDifference.rules[0].fields).toHaveLength(2);
  });

  it('goes out as JSON, and comes in under another key as another rule set', async () => {
    const { data } = await exported('dose-hold', { draft: true }, 'JSON');
    expect(data.file).toMatchObject({ fileName: 'dose-hold-draft-2.rules.json', mediaType: 'application/json' });

    const copy = await act(pharmacist, 'import', { content: data.file.content, key: 'dose-hold-paediatric', domain: 'PHARMACY', expectedRevision: 0 });

    expect(copy).toMatchObject({ ruleSet: { key: 'dose-hold-paediatric', domain: 'PHARMACY' }, draft: { revision: 1, document: { key: 'dose-hold-paediatric' }, imported: { format: 'JSON', decisionId: 'dose-hold' } } });
  });

  it('shows the warnings of a table of others with the draft, and gives what is foreign back after publication', async () => {
    const imported = await act(pharmacist, 'import', { content: dosing, key: 'dosing', domain: 'PHARMACY', expectedRevision: 0 });
    expect(imported).toMatchObject({ findings: [{ code: 'TABLE_OF_OTHERS', severity: 'WARNING', elementName: 'Dosing', message: { zhCN: expect.stringContaining('“Dosing”不是本系统导出的') } }], draft: { imported: { findings: [{ code: 'TABLE_OF_OTHERS' }] } } });

    const kept = ['<acme:owner who="ward 7"/>', 'a note of theirs', 'id="_9f2"'];
    const draft = (await exported('dosing', { draft: true })).data.file;
    expect(draft.fileName).toBe('dosing-draft-1.dmn');
    for (const text of kept) expect(draft.content).toContain(text);
    const { review } = await act(pharmacist, 'submit', { key: 'dosing', expectedRevision: 1, comment: '外院表格' });
    expect((await exported('dosing', { reviewId: review.id })).data.file.content).toBe(draft.content);
    expect(await act(second, 'approve', { reviewId: review.id, comment: '同意' })).toMatchObject({ version: { version: '1' } });
    const published = (await exported('dosing', { version: '1' })).data.file.content;
    for (const text of kept) expect(published).toContain(text);

    // What it says of the rules now is Careloop's, so that it comes back whole.
    const again = await act(pharmacist, 'import', { content: published, key: 'dosing', domain: 'PHARMACY', expectedRevision: await revisionOf('dosing') });
    expect(again).toMatchObject({ findings: [] });
    expect(again.draft.document).toEqual(await documentOf('dosing', '1'));
  });

  it('leaves a file out that came with a draft which was discarded', async () => {
    await act(pharmacist, 'import', { content: foreign(doseTable(row('r1', '&lt; 20', 250))).replace('a note of theirs', 'never used'), key: 'discarded', domain: 'PHARMACY', expectedRevision: 0 });
    expect(await act(pharmacist, 'discard', { key: 'discarded', expectedRevision: 1, reason: '弄错了' })).toMatchObject({ __typename: 'DiscardRuleSetDraftPayload' });

    // Who begins anew knows of no revision.
    expect(await act(pharmacist, 'import', { content: JSON.stringify({ ...(await documentOf('dosing', '1')), key: 'discarded' }), key: 'discarded', domain: 'PHARMACY', expectedRevision: 0 })).toMatchObject({ draft: { revision: 2 } });
    expect((await exported('discarded', { draft: true })).data.file.content).not.toContain('never used');
  });
});

describe('a file that cannot become a rule set', () => {
  const refusedWith = async (content: string, more: object = {}) => act(pharmacist, 'import', { content, key: 'refused', domain: 'PHARMACY', expectedRevision: 0, ...more });
  afterEach(async () => expect(await gateway.database.prisma.ruleSetRevision.count({ where: { key: 'refused' } })).toBe(0));

  it('is refused with every finding and its cell, in both languages, and on record', async () => {
    expect(await refusedWith(foreign(doseTable(row('r1', '&gt; "heavy"', 1) + row('r2', '&lt; "light"', 2))))).toMatchObject({
      __typename: 'ValidationError',
      code: 'RULE_SET_FILE_INVALID',
      fileFindings: [{ code: 'TYPE_MISMATCH', row: 1, column: 'Body_weight', text: '> "heavy"', message: { zhCN: expect.stringContaining('第 1 行'), en: expect.stringContaining('row 1') } }, { code: 'TYPE_MISMATCH', row: 2 }],
    });
    expect((await gateway.entries('command.refused')).at(-1)).toMatchObject({ reason: 'RULE_SET_FILE_INVALID', ruleSet: 'refused' });
  });

  it('is refused when it is too large, declares entities, or is no file of rules', async () => {
    expect(await refusedWith(dosing.padEnd(5_000_001))).toMatchObject({ code: 'FILE_TOO_LARGE', place: 'content' });
    expect(await act(pharmacist, 'check', { content: dosing.padEnd(5_000_001) })).toMatchObject({ code: 'FILE_TOO_LARGE', message: expect.stringContaining('5 MB') });
    expect(await refusedWith(dosing.replace('<definitions', '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]><definitions'))).toMatchObject({ code: 'RULE_SET_FILE_INVALID', fileFindings: [{ code: 'XML_DOCTYPE' }] });
    expect(await refusedWith('{"format":"careloop-rules/1","__proto__":{"rules":[]}}')).toMatchObject({ code: 'RULE_SET_FILE_INVALID' });
    expect(await refusedWith(dosing.replace('</definitions>', ''))).toMatchObject({ fileFindings: [{ code: 'XML_MALFORMED' }] });
    expect(await refusedWith('<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>')).toMatchObject({ __typename: 'ValidationError', code: 'FILE_OF_ANOTHER_KIND', place: 'content', message: expect.stringContaining('“流程”页') });
    for (const [content, code] of [['<html xmlns="http://www.w3.org/1999/xhtml"/>', 'FILE_OF_ANOTHER_KIND'], ['%PDF-1.7', 'FILE_NOT_TEXT'], ['', 'FILE_EMPTY']]) expect(await act(pharmacist, 'check', { content })).toMatchObject({ code });
  });

  it('is refused when the decision needs another one, or is not named among several', async () => {
    const two = doseTable(row('r1', '-', 1)) + doseTable(row('s1', '-', 2)).replace('"_9f2"', '"_a01"').replace('#i', '#_9f2').replaceAll('Dosing', 'Then');

    expect(await refusedWith(foreign(two), { decisionId: '_a01' })).toMatchObject({ fileFindings: [{ code: 'REQUIRES_DECISION', message: { zhCN: expect.stringContaining('“Dosing”') } }] });
    expect(await refusedWith(foreign(two), { decisionId: 'none' })).toMatchObject({ fileFindings: [{ code: 'DECISION_NOT_FOUND' }] });
  });

  it('is refused under a bad key, in another domain than was published, and to those who do not own it', async () => {
    expect(await refusedWith(dosing, { key: '7 rights' })).toMatchObject({ code: 'RULE_SET_INVALID' });
    expect(await refusedWith(dosing, { key: 'dosing', domain: 'NURSING', expectedRevision: await revisionOf('dosing') })).toMatchObject({ __typename: 'ForbiddenError', code: 'NOT_DOMAIN_OWNER' });
    expect(await act(await gateway.signIn('process-owner'), 'import', { content: dosing, key: 'dosing', domain: 'NURSING', expectedRevision: await revisionOf('dosing') })).toMatchObject({ code: 'RULE_SET_DOMAIN_CHANGED' });
    expect(await act(await gateway.signIn('nurse'), 'import', { content: dosing, key: 'refused', domain: 'PHARMACY', expectedRevision: 0 })).toMatchObject({ __typename: 'ForbiddenError', code: 'FORBIDDEN' });
  });

  it('does not go out as DMN while the draft has errors, but as JSON', async () => {
    const revision = await revisionOf('dosing');
    await act(pharmacist, 'save', { key: 'dosing', document: { ...(await documentOf('dosing', '1')), rules: [{ id: 'half' }] }, expectedRevision: revision });

    expect((await exported('dosing', { draft: true })).errors).toMatchObject([{ extensions: { code: 'RULE_SET_INVALID', place: 'of' } }]);
    expect((await exported('dosing', { draft: true }, 'JSON')).data.file.content).toContain('"half"');
  });
});

describe('two writers', () => {
  it('lose nothing when both import at the same moment, and a repeat has one effect', async () => {
    const input = (cell: string) => ({ content: foreign(doseTable(row('r1', cell, 1))), key: 'contested', domain: 'PHARMACY', expectedRevision: 0 });

    const answers = await Promise.all([act(pharmacist, 'import', input('&lt; 1')), act(second, 'import', input('&lt; 2'))]);

    expect(answers.map(({ __typename }) => __typename).sort()).toEqual(['ConflictError', 'ImportRuleSetPayload']);
    const [won, lost] = answers[0].__typename === 'ConflictError' ? [answers[1], answers[0]] : answers;
    expect(lost).toMatchObject({ code: 'DRAFT_CHANGED', revision: 1, draft: { revision: 1, document: won.draft.document } });

    const repeated = { ...input('&lt; 3'), expectedRevision: 1, idempotencyKey: randomUUID() };
    expect(await act(second, 'import', repeated)).toMatchObject({ draft: { revision: 2 } });
    expect(await act(second, 'import', repeated)).toMatchObject({ draft: { revision: 2 } });
    expect(await act(second, 'import', { ...repeated, content: dosing })).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  it('do not wait for a table of thousands of rows', async () => {
    const rows = Array.from({ length: 4_000 }, (_, index) => row(`r${index}`, `[${index}..${index + 1})`, index)).join('');
    const delay = monitorEventLoopDelay({ resolution: 5 });
    const begun = performance.now();
    delay.enable();

    const checked = await act(pharmacist, 'check', { content: foreign(doseTable(rows)) });
    delay.disable();

    expect(checked).toMatchObject({ decisions: [{ ruleCount: 4_000 }] });
    // On a machine with much else to do, everything takes longer; read here, the file alone would keep others waiting nearly all of the time.
    expect(delay.max / 1e6).toBeLessThan(Math.max(200, (performance.now() - begun) / 4));
  });
});

describe('the list of rule sets', () => {
  const list = async (args: string) => (await gateway.graphql(pharmacist, `{ ruleSets(${args}) { totalCount edges { cursor node { key } } pageInfo { hasNextPage endCursor } } }`)).data.ruleSets;

  it('is paged by key and counted', async () => {
    const all = await list('first: 100');
    const keys = all.edges.map(({ node }: { node: { key: string } }) => node.key);
    expect(all.totalCount).toBe(keys.length);

    const first = await list('first: 2');
    const rest = await list(`first: 100, after: "${first.pageInfo.endCursor}"`);

    expect(first).toMatchObject({ totalCount: keys.length, pageInfo: { hasNextPage: true } });
    expect([...first.edges, ...rest.edges].map(({ node }) => node.key)).toEqual(keys);
    expect((await list('last: 1')).edges).toMatchObject([{ node: { key: keys.at(-1) } }]);
  });

  it('is searched and narrowed here', async () => {
    const keysOf = async (args: string) => (await list(args)).edges.map(({ node }: { node: { key: string } }) => node.key);

    expect(await keysOf('search: "paediatric HOLD"')).toEqual(['dose-hold-paediatric']);
    expect(await keysOf('search: "给药前"')).toContain('dose-hold');
    expect(await keysOf('search: "%"')).toEqual([]);
    expect(await keysOf('show: DRAFT, search: "dosing"')).toEqual(['contested', 'discarded', 'dosing']);
    expect(await list('show: TO_REVIEW')).toMatchObject({ totalCount: 0, edges: [] });
    expect((await gateway.graphql(pharmacist, '{ ruleSets(first: 101) { totalCount } }')).errors).toMatchObject([{ extensions: { code: 'PAGE_SIZE_INVALID' } }]);
  });
});
