import type { Locator, Page } from 'playwright-core';
import { waitForPage } from './support/browser.ts';
import { createProduct } from './support/product.ts';
import { startCase } from './support/start-case.ts';

const minutes = (count: number) => count * 60_000;

describe('an operator at a case', () => {
  const product = createProduct();
  let page: Page;

  const panel = (): Locator => page.locator('.operation');
  const node = (elementId: string): Locator => page.locator(`.react-flow__node[data-id="${elementId}"]`);
  const caseState = (state: string): Locator => page.locator(`.page-aside [data-state="${state}"]`);
  const choose = (name: string): Promise<void> => page.getByRole('button', { name }).click();
  const give = async (reason: string): Promise<void> => {
    await panel().getByRole('textbox', { name: '原因' }).fill(reason);
    await panel().locator('.ant-btn-primary').click();
    await panel().locator('[role="status"][data-state="done"]').waitFor();
  };
  const back = (): Promise<void> => choose('回到操作列表');

  beforeAll(async () => {
    await product.start();
    page = await product.signIn('operator');
    const id = await startCase(page, 'OPERATOR-1', -1);
    await page.goto(product.address(`/instances/${id}?tab=actions`));
    await waitForPage(page, 'instance');
    await page.locator('[data-canvas-ready="true"]').waitFor();
    // There is no such amount: the case stands in an exception.
    await page.locator('[data-element="lookUp"][data-state="failed"]').waitFor();
  }, minutes(2));

  afterAll(() => product.end(), minutes(1));

  it('pauses it, not without a reason, and lets it go on', async () => {
    await choose('暂停流程');
    await panel().locator('.ant-btn-primary').click();
    await panel().getByText('请写明原因，它会进入记录。').waitFor();
    expect(await caseState('paused').count()).toBe(0);

    await give('等设备科回电话');
    await caseState('paused').waitFor();
    await back();
    expect(await page.getByRole('button', { name: '暂停流程' }).count()).toBe(0);

    await choose('恢复流程');
    await give('设备科已处理');
    await caseState('failed').waitFor();
    await back();
  });

  it('moves it in the picture by click and key, with the last line taken back before sending', async () => {
    await choose('调整进度');
    await node('lookUp').click();
    await node('summarise').focus();
    await page.keyboard.press('Enter');
    const lines = panel().getByRole('list', { name: '将要做的调整' }).getByRole('listitem');
    await lines.getByText('从“查询账户”到“汇总”').waitFor();
    await panel().getByRole('button', { name: '撤回最后一项' }).click();
    expect(await lines.count()).toBe(0);

    await node('lookUp').click();
    await node('approve').focus();
    await page.keyboard.press('Enter');
    await lines.getByText('从“查询账户”到“审批”').waitFor();
    expect(await page.locator('.planned-move').count()).toBe(1);
    await give('接口不通，电话核实后直接审批');

    await page.locator('[data-element="approve"][data-state="running"]').waitFor();
    await page.locator('[data-element="lookUp"][data-state="idle"]').waitFor();
    await back();
  });

  it('stops it after undoing, and the timeline tells each act with who and why', async () => {
    await choose('终止流程');
    await panel().getByRole('radio', { name: '先撤销，再终止' }).check();
    await give('重复开单');
    await caseState('cancelled').waitFor();

    await page.getByRole('tab', { name: '时间线' }).click();
    for (const [action, words] of [['instance.paused', /暂停了流程，原因：等设备科回电话/], ['instance.resumed', /恢复了流程，原因：设备科已处理/], ['instance.modified', /把进度移到“审批”，原因：接口不通/], ['instance.cancelled', /终止了流程，原因：重复开单/]] as const) {
      await page.locator(`[data-action="${action}"]`, { hasText: words }).filter({ hasText: '运维人员' }).waitFor();
    }
    expect(product.problems).toEqual([]);
  });
});
