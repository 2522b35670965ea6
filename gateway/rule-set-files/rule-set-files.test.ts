import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRuleSetFiles } from './rule-set-files.ts';

const files = createRuleSetFiles();
afterAll(() => files.close());

const inputs = '<inputData id="i" name="Weight"><variable name="Weight" typeRef="number"/></inputData>';
const table = (id: string, name: string, { cell = '&gt; 5', requires = '<requiredInput href="#i"/>' } = {}): string =>
  `<decision id="${id}" name="${name}"><variable name="${name}"/><informationRequirement>${requires}</informationRequirement><decisionTable><input><inputExpression typeRef="number"><text>Weight</text></inputExpression></input><output name="dose" typeRef="number"/><rule id="${id}_1"><inputEntry><text>${cell}</text></inputEntry><outputEntry><text>500</text></outputEntry></rule></decisionTable></decision>`;
const file = (content: string): string => `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="m" namespace="urn:m">${inputs}${content}</definitions>`;
const document: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '../../rules/library/triage/rule-set.json'), 'utf8'));

async function answered<Answer>(asked: Promise<{ readonly kind: string; readonly answer?: Answer }>): Promise<Answer> {
  const { kind, answer } = await asked;
  if (answer === undefined) throw new Error(`Expected an answer, but it was ${kind}`);
  return answer;
}

describe('files of rule sets', () => {
  it('names each decision of a file, what it would be, and why one cannot be a rule set', async () => {
    const { decisions, findings } = await answered(files.read(file(table('a', 'Dosing') + table('b', 'Then', { requires: '<requiredDecision href="#a"/>' }))));

    expect(findings).toEqual([]);
    expect(decisions).toMatchObject([
      { decisionId: 'a', name: 'Dosing', isOwn: false, ruleSet: { key: 'a', hitPolicy: 'unique', inputs: ['Weight'], outputs: ['dose'], ruleCount: 1 }, findings: [{ code: 'TABLE_OF_OTHERS', severity: 'warning' }] },
      { decisionId: 'b', findings: [{ code: 'REQUIRES_DECISION', severity: 'error', elementName: 'Then', message: { 'zh-CN': expect.stringContaining('“Dosing”') } }] },
    ]);
    expect(decisions[1]).not.toHaveProperty('ruleSet');
  });

  it('takes the one that was chosen under the key and in the domain given, and asks where several could be meant', async () => {
    const two = file(table('a', 'Dosing') + table('b', 'Other'));

    expect(await answered(files.take(two, { decisionId: 'b', key: 'mine', domain: 'nursing' }))).toMatchObject({ decisionId: 'b', document: { key: 'mine', domain: 'nursing', name: { en: 'Other' } } });
    const unnamed = await answered(files.take(two, { key: 'mine', domain: 'nursing' }));
    expect(unnamed).toMatchObject({ findings: [{ code: 'DECISION_NOT_CHOSEN', message: { en: expect.stringContaining('Dosing (a), Other (b)') } }] });
    expect(unnamed).not.toHaveProperty('document');
    expect(await answered(files.take(two, { decisionId: 'c', key: 'mine', domain: 'nursing' }))).toMatchObject({ findings: [{ code: 'DECISION_NOT_FOUND', elementId: 'c' }] });
  });

  it('refuses a cell, a document type, another file, and broken JSON, each with its place', async () => {
    const errorsOf = async (content: string): Promise<unknown> => (await answered(files.take(content, { key: 'mine', domain: 'nursing' }))).findings.filter(({ severity }) => severity === 'error');

    expect(await errorsOf(file(table('a', 'Dosing', { cell: '&gt; "heavy"' })))).toMatchObject([{ code: 'TYPE_MISMATCH', elementId: 'a_1', row: 1, column: 'Weight', text: '> "heavy"', message: { 'zh-CN': '第 1 行“Weight”：应为数字，例如 5 或 > 5' } }]);
    expect(await errorsOf(`<!DOCTYPE d [<!ENTITY x "y">]>${file('')}`)).toMatchObject([{ code: 'XML_DOCTYPE', place: expect.stringMatching(/^line 1/) }]);
    expect(await errorsOf('<svg/>')).toMatchObject([{ code: 'ROOT_UNKNOWN' }]);
    expect(await errorsOf('{')).toMatchObject([{ code: 'JSON_MALFORMED' }]);
    expect(await errorsOf(file(''))).toMatchObject([{ code: 'DECISION_MISSING' }]);
    expect(await errorsOf(JSON.stringify({ ...(document as object), rules: [{}] }))).toContainEqual(expect.objectContaining({ code: 'DOCUMENT_INVALID', place: expect.stringMatching(/^rules\.0/) }));
  });

  it('writes a document that it reads back as the same', async () => {
    const { content = '', findings } = await answered(files.write(document));

    expect(findings).toEqual([]);
    const { key, domain } = document as { readonly key: string; readonly domain: 'medical' };
    expect((await answered(files.take(content, { key, domain }))).document).toEqual(document);
    expect((await answered(files.take(JSON.stringify(document), { key, domain }))).document).toEqual(document);
    expect(await answered(files.write({ ...(document as object), rules: [{}] }))).toEqual({ findings: [] });
  });
});
