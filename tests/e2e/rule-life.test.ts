import type { Locator, Page } from 'playwright-core';
import { accessibilityProblems } from './support/accessibility.ts';
import { viewports, waitForPage } from './support/browser.ts';
import { commandLine } from './support/careloop-command.ts';
import { picture } from './support/picture.ts';
import { createProduct } from './support/product.ts';

const minutes = (count: number) => count * 60_000;
const rule = 'digoxin-heart-rate-hold';
const ruleName = '地高辛心率 <60 暂停';

describe('the life of a rule set', () => {
  const product = createProduct();
  const { address } = product;
  const { his } = commandLine(product.installation);
  let writer: Page;
  let second: Page;

  const open = async (page: Page, search = ''): Promise<void> => {
    await page.goto(address(`/rules/dose-hold${search}`));
    await waitForPage(page, 'rule-set');
  };
  const version = (page: Page, name: string, status: string): Locator => page.locator(`.version[data-version="${name}"][data-status="${status}"]`);
  /** By the keyboard alone: presses the button, and has the dialog that it opens. */
  const ask = async (page: Page, name: string): Promise<Locator> => {
    const button = page.getByRole('button', { name, exact: true });
    await button.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    return dialog;
  };
  const give = async (page: Page, name: string, words: string, action = name): Promise<void> => {
    const dialog = await ask(page, name);
    await dialog.getByRole('textbox').last().fill(words);
    await dialog.getByRole('button', { name: action, exact: true }).focus();
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    // Never at the top of the page, where the keyboard would have to begin again.
    await page.waitForFunction(() => document.activeElement !== null && document.activeElement !== document.body);
  };
  /** The windows are in China, where clocks are not changed: `2026-12-01T08:00:05` there, so many seconds from now. */
  const chinaTime = (secondsFromNow: number): string => new Date(Date.now() + 8 * 3_600_000 + secondsFromNow * 1_000).toISOString().slice(0, 19);
  /** Writes a limit of the heart rate, one that the cases of the content at 59 and 60 allow, into the draft, signs the rule again, and asks for the review. */
  const submit = async (limit: string, comment: string): Promise<void> => {
    await open(writer, '?tab=edit');
    const start = writer.getByRole('button', { name: '开始修改' });
    await start.or(writer.getByRole('button', { name: '放弃草稿' })).first().waitFor();
    if (await start.isVisible()) await start.click();
    await writer.locator(`[data-rule="${rule}"]`).getByRole('gridcell', { name: /，心率：/ }).click();
    await writer.keyboard.type(limit);
    await writer.keyboard.press('Enter');
    await writer.locator('.edit-status[data-state="unsaved"]').waitFor();
    await writer.getByRole('button', { name: '保存草稿' }).click();
    await writer.locator('.edit-status[data-state="saved"]').waitFor();
    await give(writer, '签署规则', '药事会决议', '签署 1 条');
    await writer.locator('[data-unsigned]').waitFor({ state: 'detached' });
    await give(writer, '提交审核', comment);
    await writer.locator('[data-review]').waitFor();
  };

  beforeAll(async () => {
    await product.start();
    [writer, second] = [await product.signIn('pharmacist'), await product.signIn('pharmacist-2')];
  }, minutes(3));

  afterAll(() => product.end(), minutes(1));

  it('lets the writer withdraw a review, and tells them why another one was returned', async () => {
    await submit('< 59.8', '下限改为 59.8');
    await give(writer, '撤回提交', '写错了');
    await writer.locator('[data-review]').waitFor({ state: 'detached' });
    await writer.getByText('撤回提交：写错了', { exact: false }).waitFor();
    expect(await writer.locator('[data-returned]').count()).toBe(0);

    await submit('< 59.7', '下限改为 59.7');
    await open(second);
    await give(second, '退回修改', '请写明依据');
    await second.locator('[data-returned="2"]').waitFor();
    await writer.goto(address('/rules?show=draft'));
    await writer.locator('[data-rule-set="dose-hold"]').getByText('版本 2 被退回，待修改').click();
    await writer.locator('[data-returned="2"]').getByText('请写明依据', { exact: false }).waitFor();
    await picture(writer, 'rule-life-returned');
  }, minutes(2));

  it('approves a version for a day to come, and takes it back before it has judged', async () => {
    await submit('< 59.6', '下限改为 59.6，依据已写明');
    await open(second);
    const dialog = await ask(second, '批准发布');
    await dialog.getByRole('button', { name: '定时', exact: true }).click();
    await dialog.locator('input[type="datetime-local"]').fill(chinaTime(-86_400));
    await dialog.getByRole('textbox').last().fill('同意');
    await dialog.getByRole('button', { name: '批准发布', exact: true }).click();
    await dialog.getByText('生效时间已经过去', { exact: false }).waitFor();
    await dialog.locator('input[type="datetime-local"]').fill(chinaTime(30 * 86_400));
    await dialog.getByRole('button', { name: '批准发布', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await version(second, '2', 'SCHEDULED').waitFor();
    // The only version that judges: nothing would take its place.
    expect(await second.getByRole('button', { name: '召回: 版本 1' }).count()).toBe(0);
    await (await ask(second, '召回: 版本 2')).getByText('这个版本不会再生效，版本 1 继续判断。', { exact: false }).waitFor();
    await second.keyboard.press('Escape');
    await second.getByRole('dialog').waitFor({ state: 'detached' });
    await second.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === '召回: 版本 2');
    await picture(second, 'rule-life-scheduled');
    await give(second, '召回: 版本 2', '等下次药事会', '召回');
    await version(second, '2', 'RECALLED').waitFor();
  }, minutes(2));

  it('lets a version take over by itself at its time', async () => {
    await submit('< 59.5', '下限改为 59.5');
    await open(second);
    const dialog = await ask(second, '批准发布');
    await dialog.getByRole('button', { name: '定时', exact: true }).click();
    await dialog.getByRole('textbox').last().fill('同意');
    await dialog.locator('input[type="datetime-local"]').fill(chinaTime(20));
    await dialog.getByRole('button', { name: '批准发布', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    // Without a reload: the page sees that the time has come.
    await version(second, '3', 'IN_EFFECT').waitFor({ timeout: 60_000 });
    await version(second, '1', 'SUPERSEDED').waitFor();
  }, minutes(2));

  it('lifts a suspension by two people', async () => {
    await open(writer);
    await give(writer, `暂停规则：${ruleName}`, '心率仪误报', '暂停');
    await open(second);
    await give(second, '确认暂停', '属实');
    await second.locator(`[data-suspension="${rule}"][data-state="CONFIRMED"]`).waitFor();
    await give(second, '请求解除', '仪器已修好');
    await second.getByText('您已请求解除，要由另一个人解除。').waitFor();
    expect(await second.getByRole('button', { name: '解除暂停' }).count()).toBe(0);
    await open(writer);
    await give(writer, '解除暂停', '已核对');
    await writer.getByText('现在没有暂停的规则。').waitFor();
    await writer.locator(`.rule-item[data-rule="${rule}"]`).getByText('原为：', { exact: false }).waitFor({ state: 'detached' });
  }, minutes(2));

  it('recalls a version with the case that it judged last, and goes back to an earlier one by a second person', async () => {
    // A new value has every open order of the patient judged again, whatever the hour.
    await his('lab', '--patient', 'P112', '--code', '2823-3', '--value', '4.4', '--unit', 'mmol/L');
    const judged = version(writer, '3', 'IN_EFFECT').getByText(/作出 [1-9]\d* 次判断/);
    for (let times = 0; times < 20 && (await judged.count()) === 0; times += 1) {
      await open(writer);
      await judged.waitFor({ timeout: 1_000 }).catch(() => undefined);
    }
    const dialog = await ask(writer, '召回: 版本 3');
    await dialog.getByText('改由版本 1 判断', { exact: false }).waitFor();
    await dialog.getByText('现在有 1 个未结束的流程实例最后由这个版本判断。').waitFor();
    await picture(writer, 'rule-life-recall');
    await dialog.getByRole('textbox').last().fill('下限不对');
    await dialog.getByRole('button', { name: '召回', exact: true }).click();
    const recalled = version(writer, '3', 'RECALLED');
    await recalled.waitFor();
    await version(writer, '1', 'IN_EFFECT').waitFor();
    await recalled.getByText('涉及的流程实例').click();
    await recalled.getByText(/召回时未结束的：1 个/).waitFor();
    await recalled.getByRole('link', { name: 'DEMO-W1-12-2' }).waitFor();

    await give(writer, '回退到这个版本: 版本 3', '依据找到了', '提交审核');
    await open(second);
    await give(second, '批准发布', '同意');
    await version(second, '4', 'IN_EFFECT').waitFor();
    await version(second, '1', 'SUPERSEDED').waitFor();
  }, minutes(2));

  it('shows all of it to an auditor, who can do none of it', async () => {
    const auditor = await product.signIn('auditor');
    await open(auditor);
    for (const [name, status] of [['4', 'IN_EFFECT'], ['3', 'RECALLED'], ['2', 'RECALLED'], ['1', 'SUPERSEDED']] as const) await version(auditor, name, status).waitFor();
    await auditor.getByText(/以往的审核（\d）/).click();
    await auditor.getByText('决定：请写明依据', { exact: false }).waitFor();
    await auditor.getByText('已撤回', { exact: true }).waitFor();
    const acts = /^(暂停|召回|回退|批准|退回|撤回|确认|请求|解除|开始修改|保存草稿|签署|放弃草稿|新用例|开始回测|开始影子运行)/;
    for (const tab of ['versions', 'edit', 'test', 'backtest', 'statistics']) {
      await open(auditor, `?tab=${tab}`);
      await auditor.locator('.ant-tabs-content-active, .ant-tabs-tabpane-active').first().locator('section, [role="grid"], .empty').first().waitFor();
      expect(await auditor.locator('main').getByRole('button', { name: acts }).count()).toBe(0);
      for (const size of ['desktop', 'phone'] as const) {
        await auditor.setViewportSize(viewports[size]);
        await auditor.waitForFunction(() => document.documentElement.scrollWidth <= window.innerWidth);
        expect(await accessibilityProblems(auditor)).toEqual([]);
        await picture(auditor, `rule-life-auditor-${tab}-${size}`);
      }
      await auditor.setViewportSize(viewports.desktop);
    }
    await auditor.getByRole('link', { name: '操作记录' }).click();
    await waitForPage(auditor, 'audit');
    for (const words of ['请写明依据', '等下次药事会', '依据找到了']) await auditor.getByText(words, { exact: false }).first().waitFor();
    await picture(auditor, 'rule-life-record');
    expect(product.problems).toEqual([]);
  }, minutes(2));
});
