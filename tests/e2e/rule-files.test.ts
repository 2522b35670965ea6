import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { accessibilityProblems } from './support/accessibility.ts';
import { waitForPage } from './support/browser.ts';
import { picture } from './support/picture.ts';
import { createProduct } from './support/product.ts';

const minutes = (count: number) => count * 60_000;

/** What another tool would save: one decision that needs another one, and one with a cell that cannot be read. */
const unusable = `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="m" namespace="urn:m"><inputData id="i" name="Weight"><variable name="Weight" typeRef="number"/></inputData>
  <decision id="a" name="Dosing"><variable name="Dosing"/><informationRequirement><requiredInput href="#i"/></informationRequirement><decisionTable><input><inputExpression typeRef="number"><text>Weight</text></inputExpression></input><output name="dose" typeRef="number"/><rule id="r"><inputEntry><text>&gt; "heavy"</text></inputEntry><outputEntry><text>500</text></outputEntry></rule></decisionTable></decision>
  <decision id="b" name="Later"><variable name="Later"/><informationRequirement><requiredDecision href="#a"/></informationRequirement><decisionTable><input><inputExpression><text>Dosing</text></inputExpression></input><output name="x"/><rule id="s"><inputEntry><text>-</text></inputEntry><outputEntry><text>1</text></outputEntry></rule></decisionTable></decision></definitions>`;

describe('a pharmacist with rule sets as files', () => {
  const product = createProduct();
  const { address } = product;
  let page: Page;
  let exported = '';

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const dialog = (name: string) => page.getByRole('dialog', { name });
  const give = (name: string, content: string, where = page): Promise<void> => where.locator('.drop-zone input[type="file"]').setInputFiles({ name, mimeType: 'application/xml', buffer: Buffer.from(content) });

  beforeAll(async () => {
    await product.start();
    page = await product.signIn('pharmacist');
  }, minutes(3));

  afterAll(() => product.end(), minutes(1));

  it('exports the version in effect as DMN', async () => {
    const sent: unknown[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/graphql')) sent.push(request.postDataJSON());
    });
    await page.goto(address('/rules/dose-hold'));
    await waitForPage(page, 'rule-set');
    // The build of the app knows its documents: none of them is sent.
    expect(sent).toContainEqual(expect.objectContaining({ operationName: 'Viewer', documentId: expect.stringMatching(/^sha256:/) as string }));
    expect(sent.filter((body) => typeof body === 'object' && body !== null && 'query' in body)).toEqual([]);
    await button('导出').click();
    await picture(page, 'rule-files-export');

    const [download] = await Promise.all([page.waitForEvent('download'), dialog('导出').getByRole('button', { name: '下载' }).click()]);

    expect(download.suggestedFilename()).toBe('dose-hold-1.dmn');
    await dialog('导出').locator('[data-exported="dose-hold-1.dmn"]').waitFor();
    exported = readFileSync(await download.path(), 'utf8');
    expect(exported).toContain('<text>&gt; 5.5</text>');
    await dialog('导出').getByRole('button', { name: '关闭' }).last().click();
  });

  it('is told what is wrong with a file that cannot be a rule set, by decision and cell', async () => {
    await page.goto(address('/rules'));
    await waitForPage(page, 'rules');
    await button('导入').click();
    await give('broken.dmn', unusable);
    await dialog('导入').locator('[data-code="TYPE_MISMATCH"]').getByText('第 1 行“Weight”：应为数字').waitFor();
    await dialog('导入').getByText('> "heavy"', { exact: true }).waitFor();
    await picture(page, 'rule-files-refused');

    await dialog('导入').getByRole('combobox', { name: '用哪个决策（共 2 个）' }).click();
    await page.getByText('Later · 不能成为规则集').click();
    await dialog('导入').locator('[data-code="REQUIRES_DECISION"]').getByText(/“Later”要用另一个决策“Dosing”的结果/).waitFor();
    expect(await dialog('导入').getByRole('button', { name: /导入|替换/ }).count()).toBe(0);
  });

  it('imports the file with another limit, sees that change alone, and discards it', async () => {
    await give('limits.dmn', exported.replace('<text>&gt; 5.5</text>', '<text>&gt; 5.2</text>'));
    await dialog('导入').getByText('会成为草稿；现行版本 1 不变。').waitFor();
    expect(await dialog('导入').getByRole('textbox', { name: '标识' }).inputValue()).toBe('dose-hold');

    // Another file, which its name does not tell: the plan stays, with what was entered there.
    await dialog('导入').getByRole('textbox', { name: '标识' }).fill('dose-hold-trial');
    await give('newer.dmn', 'PK\u0003\u0004\u0014\u0000\u0000\u0000');
    await dialog('导入').getByRole('alert').getByText('newer.dmn：这是压缩包（Office 文档也是），不是 DMN 文件或 JSON 规则集。请先解压，再选择其中的模型文件。').waitFor();
    await picture(page, 'rule-files-another-kind');
    expect(await dialog('导入').getByRole('textbox', { name: '标识' }).inputValue()).toBe('dose-hold-trial');
    await dialog('导入').getByRole('textbox', { name: '标识' }).fill('dose-hold');
    await picture(page, 'rule-files-import');
    expect(await accessibilityProblems(page)).toEqual([]);
    await dialog('导入').getByRole('button', { name: '导入为草稿' }).click();

    await waitForPage(page, 'rule-set');
    await page.locator('[data-imported="DMN"]').waitFor();
    await page.locator('[data-rule="potassium-high-hold"]').getByRole('gridcell', { name: /，血钾：> 5\.2$/ }).waitFor();
    await picture(page, 'rule-files-draft');
    await page.goto(address('/rules/dose-hold?view=compare&from=v:1&to=draft'));
    await waitForPage(page, 'rule-set');
    await page.locator('.change[data-kind="CHANGED"]').waitFor();
    expect(await page.locator('.change').count()).toBe(1);
    await page.locator('.change').getByText('5.2').first().waitFor();
    await picture(page, 'rule-files-compared');

    await page.getByRole('tab', { name: '编辑' }).click();
    await button('放弃草稿').click();
    await dialog('放弃草稿').getByRole('textbox').last().fill('只是试一下');
    await dialog('放弃草稿').getByRole('button', { name: '放弃草稿', exact: true }).click();
    await page.locator('[data-imported]').waitFor({ state: 'detached' });
  });

  it('begins a rule set without a file', async () => {
    await page.goto(address('/rules'));
    await waitForPage(page, 'rules');
    await button('新建规则集').click();
    const made = dialog('新建规则集');
    await made.getByRole('button', { name: '建草稿' }).click();
    await made.getByText('请写中文和英文名称').waitFor();
    await made.getByRole('textbox', { name: '中文名称' }).fill('发热时的用药');
    await made.getByRole('textbox', { name: '英文名称' }).fill('Dose hold');
    await made.getByText('这个标识已有规则集，请换一个：').waitFor();
    await made.getByRole('textbox', { name: '标识' }).fill('fever-doses');
    await made.getByRole('textbox', { name: '第一个输入' }).fill('temperature');
    await made.getByText('这个标识已有规则集').waitFor({ state: 'detached' });
    await picture(page, 'rule-files-new');
    await made.getByRole('button', { name: '建草稿' }).click();

    await waitForPage(page, 'rule-set');
    await page.getByRole('heading', { name: '发热时的用药' }).waitFor();
    await page.goto(address('/rules?q=发热'));
    await waitForPage(page, 'rules');
    await page.locator('[data-rule-set="fever-doses"]').waitFor();
    await page.locator('[data-rule-set="dose-hold"]').waitFor({ state: 'detached' });
  });

  it('does the same on a phone, in English', async () => {
    const phone = await product.signIn('pharmacist-2', { locale: 'en', viewport: 'phone' });
    await phone.goto(address('/rules'));
    await waitForPage(phone, 'rules');
    await picture(phone, 'rule-files-phone-list');
    await phone.getByRole('button', { name: 'Import', exact: true }).click();
    await give('broken.dmn', unusable, phone);
    await phone.getByText('Expected a number such as 5 or > 5 in row 1, column Weight').waitFor();
    await picture(phone, 'rule-files-phone-refused');
    await give('limits.dmn', exported, phone);
    await phone.getByText('It becomes the draft; version 1 stays in effect.').waitFor();
    await picture(phone, 'rule-files-phone-import');
    expect(await phone.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    expect(await accessibilityProblems(phone)).toEqual([]);
    expect(product.problems).toEqual([]);
  });
});
