import type { Page } from 'playwright-core';
import { viewports, waitForPage } from './support/browser.ts';
import { picture } from './support/picture.ts';
import { createProduct } from './support/product.ts';
import { decideBesideShadow, seedDecisions } from './support/seed-decisions.ts';

const minutes = (count: number) => count * 60_000;

describe('a pharmacist who tries a rule set', () => {
  const product = createProduct();
  const { address } = product;
  const caseName = '血钾 5.3，正在补钾';
  let page: Page;
  let backtest = '';
  let shadow = '';

  const turnTo = (name: string): Promise<void> => page.getByRole('tab', { name }).click();
  const press = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();

  beforeAll(async () => {
    await product.start();
    await seedDecisions(product.installation.dataFolder, [4.1, 5.3, 5.4, 6]);
    page = await product.signIn('pharmacist');
  }, minutes(3));

  afterAll(() => product.end(), minutes(1));

  it('makes a case by the declared inputs, and takes the result as what is expected', async () => {
    await page.goto(address('/rules/dose-hold?tab=test'));
    await waitForPage(page, 'rule-set');
    await page.getByText('还没有保存的用例。').waitFor();
    await picture(page, 'trials-no-cases');
    await press('新用例');
    await page.getByRole('textbox', { name: '用例名称' }).fill(caseName);
    await page.getByRole('combobox', { name: '医嘱药物成分' }).fill('potassium-chloride');
    await page.getByRole('combobox', { name: '医嘱药物类别' }).fill('potassium-supplement,');
    await page.getByRole('textbox', { name: '血钾', exact: true }).fill('5.3');
    await page.locator('.case-result[data-level="PHARMACIST"][data-passed="false"]').waitFor();
    await press('把这个结果作为应有的结论');
    await page.locator('.case-result[data-passed="true"]').waitFor();
    await picture(page, 'trials-case');
    await press('保存用例');

    await page.locator('.case-row[data-passed="true"]').getByText(caseName).waitFor();
    await page.locator('[data-rule="potassium-raised-review"][data-coverage="covered"]').waitFor();
  });

  it('sees it fail while the draft is being changed, and is refused a review that names it', async () => {
    await turnTo('编辑');
    await press('开始修改');
    await page.locator('[data-rule="potassium-high-hold"]').getByRole('gridcell', { name: /，血钾：/ }).click();
    await page.keyboard.type('> 5.2');
    await page.keyboard.press('Enter');
    await page.locator('.edit-status[data-state="unsaved"]').waitFor();
    await turnTo('测试台');
    await page.getByRole('button', { name: '草稿（含未保存的修改）' }).waitFor();
    await page.locator('.case-row[data-passed="false"]').getByText('不应命中，却命中了：血钾 >5.5 暂停').waitFor();
    await picture(page, 'trials-failed');

    await turnTo('编辑');
    await press('保存草稿');
    await page.locator('.edit-status[data-state="saved"]').waitFor();
    await press('提交审核');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').last().fill('上限改为 5.2');
    await dialog.getByRole('button', { name: '提交审核', exact: true }).click();
    // Without its signature the rule only advises, so that two cases of the content fail beside the one at the old limit.
    await dialog.locator('.failed-cases[data-failed="4"]').waitFor();
    await picture(page, 'trials-refused');
    await dialog.getByRole('link', { name: caseName }).click();
  });

  it('corrects the case, sets those of the content aside with a reason, and the review is taken', async () => {
    await page.locator('.case-result[data-passed="false"]').waitFor();
    await press('把这个结果作为应有的结论');
    await press('保存用例');
    const content = page.locator('.content-cases');
    await content.locator('[data-case="potassium-high-hold #3"][data-state="failed"]').getByText('“血钾 >5.5 暂停”不应命中').waitFor();
    await picture(page, 'trials-content');
    await press('停用未通过的 3 个');
    const aside = page.getByRole('dialog', { name: '停用用例' });
    await aside.getByRole('textbox').fill('新上限，尚未签署');
    await aside.getByRole('button', { name: '停用用例', exact: true }).click();
    await page.locator('[data-failed="0"]').waitFor();
    await content.locator('[data-state="aside"]').first().getByText('新上限，尚未签署').waitFor();
    await picture(page, 'trials-content-aside');

    await turnTo('编辑');
    await press('提交审核');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').last().fill('上限改为 5.2');
    await dialog.getByRole('button', { name: '提交审核', exact: true }).click();
    await page.locator('[data-review]').waitFor();
  });

  it('backtests it over recorded decisions, opens one that changes, and makes a case of it', async () => {
    await turnTo('回测');
    await press('开始回测');
    await page.locator('[data-backtest][data-status="DONE"]').waitFor();
    // Without its signature the rule of grade D only advises: 6.0 is no longer blocked.
    await page.locator('.backtest-sentence[data-changed="3"]').getByText(/1 次更松，2 次级别不变、命中的规则不同，其中 1 次不再打断/).waitFor();
    await picture(page, 'trials-backtest');
    await page.locator('[data-cell="HARD-WARN"]').getByRole('button').click();
    const changed = page.locator('.changed-decision');
    await page.getByText('只看：').waitFor();
    await changed.first().waitFor();
    expect(await changed.count()).toBe(1);
    await changed.getByRole('button', { name: '为什么' }).click();
    await changed.getByRole('heading', { name: '当时，由版本 1 判断' }).waitFor();
    await changed.getByText('仍会命中：血钾 >5.5 暂停').waitFor();
    await picture(page, 'trials-changed');
    backtest = (await page.locator('[data-backtest]').getAttribute('data-backtest')) ?? '';

    await changed.getByRole('button', { name: '存为用例' }).click();
    await page.getByRole('dialog', { name: '存为用例' }).getByRole('button', { name: '保存用例' }).click();
    await changed.getByRole('link', { name: '打开用例' }).click();
    // It expects what was decided then, which the version in review no longer does.
    await page.locator('.case-result[data-level="WARN"][data-passed="false"]').getByText('级别应为“禁止”，实为“提醒”').waitFor();
  });

  it('lets the review judge beside the version in effect, sees where it differs, and stops it', async () => {
    await turnTo('回测');
    await page.getByText('还没有影子运行。').waitFor();
    await press('开始影子运行');
    await page.locator('[data-shadow][data-running="true"]').waitFor();
    await decideBesideShadow(product.installation.dataFolder, [4.2, 6]);
    await page.locator('.backtest-sentence[data-judged="2"][data-differing="1"]').getByText('已判断 2 次，其中 1 次（50 %）结论不同。').waitFor();
    const differing = page.locator('.shadow-view .changed-decision');
    await differing.getByRole('button', { name: '为什么' }).click();
    await differing.getByText('仍会命中：血钾 >5.5 暂停').waitFor();
    await picture(page, 'trials-shadow');

    await press('停止影子运行');
    const dialog = page.getByRole('dialog', { name: '停止影子运行' });
    await dialog.getByRole('textbox').fill('已看够');
    await dialog.getByRole('button', { name: '停止影子运行', exact: true }).click();
    await page.locator('[data-shadow-row]').getByText('已停止').waitFor();
    await page.locator('[data-shadow-row]').getByRole('button').click();
    await page.locator('.shadow-view[data-running="false"]').getByText('原因：已看够', { exact: false }).waitFor();
    await differing.waitFor();
    expect(await differing.count()).toBe(1);
    shadow = (await page.locator('[data-shadow]').getAttribute('data-shadow')) ?? '';
  });

  it('reads the same in English and on a phone, without scrolling sideways', async () => {
    await turnTo('统计');
    await page.locator('[data-rule="potassium-raised-review"]').getByText(/已安排监测 1 次/).waitFor();
    const screens = [
      { name: 'test', query: 'tab=test', ready: '.case-row' },
      { name: 'backtest', query: `tab=backtest&backtest=${backtest}`, ready: '.changed-decision' },
      { name: 'shadow', query: `tab=backtest&shadow=${shadow}`, ready: '.shadow-view .changed-decision' },
      { name: 'statistics', query: 'tab=statistics', ready: '.statistic' },
    ];
    for (const { name, query, ready } of screens) {
      for (const locale of ['en', 'zh-CN']) {
        await page.goto(address(`/rules/dose-hold?${query}&lang=${locale}`));
        await page.locator(ready).first().waitFor();
        for (const size of ['desktop', 'phone'] as const) {
          await page.setViewportSize(viewports[size]);
          if (name === 'shadow') await page.locator('.shadow-view').evaluate((view) => view.scrollIntoView({ block: 'center' }));
          await picture(page, `trials-${name}-${locale}-${size}`);
          // Waited for: the page follows the new size a moment later.
          await page.waitForFunction(() => document.documentElement.scrollWidth <= window.innerWidth);
        }
      }
    }
    expect(product.problems).toEqual([]);
  });
});
