import type { CDPSession, Locator, Page } from 'playwright-core';
import { accessibilityProblems } from './support/accessibility.ts';
import { viewports, waitForPage } from './support/browser.ts';
import { picture } from './support/picture.ts';
import { createProduct } from './support/product.ts';

const minutes = (count: number) => count * 60_000;

describe('the table of a rule set in a browser', () => {
  const product = createProduct();
  const { address } = product;
  let page: Page;
  let keys: CDPSession;

  const cell = (ruleId: string, column: string): Locator => page.locator(`[data-rule="${ruleId}"]`).getByRole('gridcell', { name: new RegExp(`，${column}：`) });
  /** Goes to a cell; only the columns in sight are drawn. */
  const goTo = async (ruleId: string, column: string): Promise<void> => {
    await page.locator('.rule-cell-input').focus();
    await page.keyboard.press('Control+Home');
    for (let place = 0; place < 20; place += 1) {
      await page.locator(`.rule-cell[data-column="${place}"][data-active="true"]`).waitFor();
      if ((await cell(ruleId, column).count()) > 0) break;
      await page.keyboard.press('ArrowRight');
    }
    await cell(ruleId, column).click();
  };
  const said = (words: string | RegExp): Promise<void> => page.locator('.rule-said').getByText(words).waitFor();
  const undo = (): Promise<void> => page.keyboard.press('Control+z');
  const clickTool = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();

  /** What a spreadsheet puts on the clipboard, given to whatever has the focus as the paste key gives it. */
  const paste = (forms: Readonly<Record<string, string>>): Promise<void> =>
    page.evaluate((given) => {
      const clipboardData = new DataTransfer();
      for (const [type, text] of Object.entries(given)) clipboardData.setData(type, text);
      document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, forms);
  const copied = (): Promise<{ readonly plain: string; readonly html: string }> =>
    page.evaluate(() => {
      const clipboardData = new DataTransfer();
      document.activeElement?.dispatchEvent(new ClipboardEvent('copy', { clipboardData, bubbles: true, cancelable: true }));
      return { plain: clipboardData.getData('text/plain'), html: clipboardData.getData('text/html') };
    });

  beforeAll(async () => {
    await product.start();
    page = await product.signIn('pharmacist');
    keys = await page.context().newCDPSession(page);
    await page.goto(address('/rules/dose-hold?tab=edit'));
    await waitForPage(page, 'rule-set');
    await clickTool('开始修改');
  }, minutes(3));

  afterAll(() => product.end(), minutes(1));

  it('takes the first character of an input method, and confirms only once the composition is over', async () => {
    const message = cell('potassium-high-hold', '提示（中文）');
    await goTo('potassium-high-hold', '提示（中文）');
    await keys.send('Input.imeSetComposition', { text: 'z', selectionStart: 1, selectionEnd: 1 });
    await keys.send('Input.imeSetComposition', { text: 'zan ting', selectionStart: 8, selectionEnd: 8 });
    // The Enter that takes the candidate belongs to the input method.
    await keys.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Process', code: 'Enter', windowsVirtualKeyCode: 229 });
    expect(await page.locator('.rule-cell-input').inputValue()).toBe('zan ting');
    await keys.send('Input.insertText', { text: '暂停补钾' });
    await page.keyboard.press('Enter');

    await cell('potassium-high-hold', '提示（中文）').getByText('暂停补钾', { exact: true }).waitFor();
    await undo();
    await message.getByText(/^血钾 >5\.5 mmol/).waitFor();
  });

  it('takes an edit back from anywhere on the page, and never a cell with it', async () => {
    await goTo('potassium-high-hold', '血钾');
    await page.keyboard.type('> 5.4');
    await page.keyboard.press('Enter');
    // The browser's own undo reaches the field that was typed in last, also from a link beside the table.
    await page.getByRole('link', { name: '全部规则集' }).focus();
    await undo();
    await goTo('potassium-raised-review', '血钾');
    await page.getByRole('heading', { level: 1 }).click();
    await cell('potassium-raised-review', '血钾').getByText('(5..5.5]', { exact: true }).waitFor();
    await undo();
    await cell('potassium-high-hold', '血钾').getByText('> 5.5', { exact: true }).waitFor();
  });

  it('offers the values of a cell by keyboard, and leaves other texts and an input method alone', async () => {
    await goTo('potassium-high-hold', '级别');
    await page.keyboard.press('F2');
    const input = page.getByRole('combobox', { name: /，级别：/ });
    const list = page.getByRole('listbox', { name: '可填的值' });
    await list.waitFor();
    await picture(page, 'rule-table-values');
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect(await input.getAttribute('aria-activedescendant')).toBe(await list.getByRole('option', { selected: true }).getAttribute('id'));
    await page.keyboard.press('Enter');
    await cell('potassium-high-hold', '级别').getByText('PHARMACIST', { exact: true }).waitFor();
    await undo();

    await goTo('potassium-high-hold', '级别');
    await page.keyboard.type('wa');
    await list.getByRole('option', { name: 'WARN' }).waitFor();
    await page.keyboard.press('Escape');
    await list.waitFor({ state: 'detached' });
    expect(await input.inputValue()).toBe('wa');
    await page.keyboard.press('Escape');
    await keys.send('Input.imeSetComposition', { text: 'jin', selectionStart: 3, selectionEnd: 3 });
    expect(await list.count()).toBe(0);
    await keys.send('Input.insertText', { text: '禁' });
    await list.getByRole('option', { name: 'HARD' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await cell('potassium-high-hold', '级别').getByText('HARD', { exact: true }).waitFor();
  });

  it('exchanges cells with a spreadsheet, as text and as a web page', async () => {
    await goTo('potassium-high-hold', '血钾');
    await page.keyboard.press('Shift+ArrowDown');
    const { plain, html } = await copied();
    expect(plain).toBe('> 5.5\n(5..5.5]\n');
    expect(html).toContain('&gt; 5.5');
    await paste({ 'text/plain': '> 5.6\r\n(5..5.6]\r\n', 'text/html': '<table><tr><td>9</td></tr></table>' });
    await cell('potassium-raised-review', '血钾').getByText('(5..5.6]', { exact: true }).waitFor();
    await undo();
    await paste({ 'text/plain': '> 5.7 暂停', 'text/html': '<table><tr><td>&gt; 5.7</td><td>&gt; 30</td></tr></table>' });
    await said('已粘贴 1 行 2 列，可以撤销');
    await undo();
    await cell('potassium-high-hold', '血钾').getByText('> 5.5', { exact: true }).waitFor();
    await paste({ 'text/plain': Array.from({ length: 40 }, () => 'x').join('\t') });
    await said(/^没有粘贴：内容有 40 列/);
  });

  it('declares a result, whose cells are read by its type from then on, and says what its removal loses', async () => {
    await page.getByText('结果（0）').click();
    await clickTool('添加结果');
    const form = page.getByRole('form', { name: '添加结果' });
    await form.getByRole('textbox', { name: /^名称/ }).fill('holdHours');
    await form.getByRole('textbox', { name: /^单位/ }).fill('h');
    await form.getByRole('button', { name: '添加结果' }).click();
    await goTo('potassium-high-hold', 'holdHours');
    await page.keyboard.type('24');
    await page.keyboard.press('Enter');
    await clickTool('修改结果 holdHours');
    const change = page.getByRole('form', { name: '修改结果 holdHours' });
    await change.getByRole('combobox', { name: '类型' }).click();
    await page.locator('.ant-select-item-option').getByText('文本', { exact: true }).click();
    await change.getByRole('button', { name: '保存结果' }).click();
    await cell('potassium-high-hold', 'holdHours').getByText('"24"', { exact: true }).waitFor();
    await clickTool('删除结果 holdHours');
    await page.getByText('删除“holdHours”会失去 1 格的内容：第 1 行。可以撤销。').waitFor();
    await picture(page, 'rule-table-results');
    await clickTool('连同各格一起删除');
    await page.getByText('结果（0）').waitFor();
  });

  it('makes rows of what is pasted into an empty table, by the names of the columns', async () => {
    await goTo('potassium-high-hold', '血钾');
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Alt+Shift+Delete');
    await page.getByText('在此粘贴表格内容，或直接输入第 1 行').click();
    await picture(page, 'rule-table-empty');
    await paste({ 'text/plain': '级别\t血钾\t提示（中文）\r\nHARD\t> 6\t停药\r\nWARN\t(5..6]\t复核\r\n' });
    await said('已粘贴 2 行 3 列，其中新增 2 行，首行是列名，已按列名放入，可以撤销');
    expect(await page.getByRole('gridcell', { name: /，血钾：/ }).allTextContents()).toEqual(['> 6', '(5..6]']);
    await undo();
    await page.getByText('在此粘贴表格内容，或直接输入第 1 行').waitFor();
    await page.setViewportSize(viewports.phone);
    await picture(page, 'rule-table-empty-phone');
    expect(product.problems).toEqual([]);
  });
});
