import type { Locator, Page } from 'playwright-core';
import { viewports, waitForPage } from './support/browser.ts';
import { picture } from './support/picture.ts';
import { createProduct } from './support/product.ts';
import { publishSecondVersion } from './support/second-version.ts';
import { startCase } from './support/start-case.ts';

const minutes = (count: number) => count * 60_000;
const bpmn = (content: string) => `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="defs" targetNamespace="urn:t"><process id="p" isExecutable="true">${content}</process></definitions>`;

describe('an operator with versions of a process', () => {
  const product = createProduct();
  const { address } = product;
  let page: Page;
  let flowsOfSecond = 0;

  const panel = (): Locator => page.locator('.operation');
  const node = (elementId: string): Locator => page.locator(`.react-flow__node[data-id="${elementId}"]`);
  const edges = (): Locator => page.locator('.react-flow__edge');
  const caseState = (state: string): Locator => page.locator(`.page-aside [data-state="${state}"]`);
  const choose = (name: string): Promise<void> => page.getByRole('button', { name }).click();
  const give = async (reason: string): Promise<void> => {
    await panel().getByRole('textbox', { name: '原因' }).fill(reason);
    await panel().locator('.ant-btn-primary').click();
    await panel().locator('[role="status"][data-state="done"]').waitFor();
  };

  beforeAll(async () => {
    await product.start();
    page = await product.signIn('operator');
    const id = await startCase(page, 'VERSIONS-1', 250);
    flowsOfSecond = await publishSecondVersion(product.installation.dataFolder);
    await page.goto(address(`/instances/${id}?tab=actions`));
    await waitForPage(page, 'instance');
    await page.locator('[data-element="approve"][data-state="running"]').waitFor();
  }, minutes(2));

  afterAll(() => product.end(), minutes(1));

  it('moves a case to another version after the dry run, and sees all of the new picture without a reload', async () => {
    await choose('迁移到另一版本');
    await panel().getByRole('combobox', { name: '选择版本' }).click();
    await page.locator('.ant-select-item-option', { hasText: '版本 2' }).click();
    await panel().locator('[role="status"][data-state="can"]').waitFor();
    await picture(page, 'migrate');
    await give('按新版本增加复核');

    await page.locator('.page-aside', { hasText: '版本 2' }).waitFor();
    await node('secondLook').waitFor();
    await page.locator('[data-element="approve"][data-state="running"]').waitFor();
    await picture(page, 'migrated');
    expect(await edges().count()).toBe(flowsOfSecond);
    await choose('回到操作列表');
  });

  it('reopens the stopped case at a step of the new version, picked in the picture', async () => {
    await choose('终止流程');
    await panel().getByRole('radio').first().check();
    await give('病人出院');
    await caseState('cancelled').filter({ hasText: '已终止' }).waitFor();
    await choose('回到操作列表');

    await choose('重新打开');
    await node('secondLook').click();
    await panel().getByRole('list', { name: '从这些步骤继续' }).getByText('复核').waitFor();
    await give('出院取消');
    await caseState('running').waitFor();
    await page.locator('[data-element="secondLook"][data-state="running"]').waitFor();
    expect(await edges().count()).toBe(flowsOfSecond);

    await page.getByRole('tab', { name: '时间线' }).click();
    for (const [action, words] of [['instance.migrated', /把流程迁移到版本 2，原因：按新版本增加复核/], ['instance.reopened', /重新打开了流程，从“复核”继续，原因：出院取消/]] as const) {
      await page.locator(`[data-action="${action}"]`, { hasText: words }).waitFor();
    }
    await picture(page, 'reopened');
  });

  it('finds both versions among the published processes, each with its picture', async () => {
    await page.goto(address('/processes'));
    await page.getByRole('link', { name: /十节点示例/ }).click();
    await node('secondLook').waitFor();
    await page.getByRole('combobox', { name: '版本' }).click();
    await page.locator('.ant-select-item-option', { hasText: '版本 1' }).click();
    await node('secondLook').waitFor({ state: 'detached' });
    await node('approve').waitFor();
  });

  it('checks a file: why it cannot be executed, with the place in the picture, also on a phone', async () => {
    const check = async (name: string, xml: string): Promise<void> => {
      await page.locator('input[type="file"]').setInputFiles({ name, mimeType: 'application/xml', buffer: Buffer.from(xml) });
    };
    await page.goto(address('/processes/check'));
    await waitForPage(page, 'check');
    await check('review.bpmn', bpmn('<startEvent id="s"/><userTask id="t" name="审核"/><callChoreography id="c" name="协同"/><sequenceFlow id="f" sourceRef="s" targetRef="t"/>'));
    await page.locator('[data-state="notExecutable"]').waitFor();
    const finding = page.locator('[data-code="FORM_MISSING"]', { hasText: '任务“审核”没有指定表单' });
    await finding.waitFor();
    await page.locator('[data-element="t"][data-finding="error"]', { hasText: '必须改 2' }).waitFor();
    await page.locator('[data-element="c"][data-finding="error"]').waitFor();
    await page.setViewportSize(viewports.phone);
    await finding.getByRole('button', { name: '在图上看' }).click();
    await page.locator('[data-element="t"][data-looked-at="true"]').waitFor();
    await picture(page, 'check-phone');
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);

    await check('entity.bpmn', '<!DOCTYPE x [<!ENTITY a "b">]><definitions/>');
    await page.locator('[data-code="XML_DOCTYPE"]').waitFor();
    expect(await page.locator('.picture').count()).toBe(0);
    await check('large.bpmn', 'x'.repeat(5_000_001));
    await page.locator('[data-state="FILE_TOO_LARGE"]').waitFor();
    expect(product.problems).toEqual([]);
  });
});
