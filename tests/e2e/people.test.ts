import type { Page } from 'playwright-core';
import { accessibilityProblems } from './support/accessibility.ts';
import { signInByForm, waitForPage } from './support/browser.ts';
import { picture } from './support/picture.ts';
import { createProduct } from './support/product.ts';

const minutes = (count: number) => count * 60_000;

describe('a new nurse', () => {
  const product = createProduct();
  const { address } = product;
  const password = 'the quick brown syringe';
  let system: Page;
  let security: Page;
  let nurse: Page;
  let path = '';

  const dialog = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name });
  async function choose(page: Page, where: string | RegExp, field: string, option: string): Promise<void> {
    await dialog(page, where).getByRole('combobox', { name: field }).click();
    await page.locator(`.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option[title="${option}"]`).click();
  }

  beforeAll(async () => {
    await product.start();
    [system, security] = await Promise.all([product.signIn('system-administrator'), product.signIn('security-administrator')]);
  }, minutes(3));

  afterAll(() => product.end(), minutes(1));

  it('is given an account by the system administrator, and sets the password with a link', async () => {
    await system.goto(address('/admin/people'));
    await waitForPage(system, 'people');
    await picture(system, 'people-list');
    await system.getByRole('button', { name: '新建人员' }).click();
    const made = dialog(system, '新建人员');
    await made.getByLabel('姓名').fill('钱晓云（合成）');
    await made.getByLabel('用户名').fill('qian.xiaoyun');
    await made.getByRole('button', { name: '建立账户' }).click();
    const link = await dialog(system, '首次登录链接').getByLabel('链接').inputValue();
    await dialog(system, '首次登录链接').getByRole('button', { name: '已交给本人' }).click();
    await waitForPage(system, 'person');
    path = new URL(system.url()).pathname;

    // A window of its own, out of which whoever was there has gone.
    nurse = await product.signIn('finance');
    await nurse.context().clearCookies();
    await nurse.goto(address(`/recover${new URL(link).hash}`));
    await waitForPage(nurse, 'recover');
    expect(await accessibilityProblems(nurse)).toEqual([]);
    await nurse.getByLabel('新密码').fill(password);
    await nurse.getByRole('button', { name: '设置密码' }).click();
    await nurse.getByText('密码已设置').waitFor();
    await signInByForm(nurse, address(''), 'qian.xiaoyun', password);
    await nurse.getByText('您现在没有有效的角色').waitFor();
    expect(new URL(nurse.url()).pathname).toBe('/me');
  }, minutes(1));

  it('is given licence and role by the security administrator, who is told before what a role excludes and needs', async () => {
    await security.goto(address(path));
    await waitForPage(security, 'person');
    await security.getByRole('button', { name: '授予角色' }).click();
    await choose(security, /授予角色/, '角色', '审计员');
    await dialog(security, /授予角色/).getByText('不能由同一人兼任').waitFor();
    await choose(security, /授予角色/, '角色', '护士');
    await dialog(security, /授予角色/).getByText('没有有效的护士执业证书').waitFor();
    await picture(security, 'people-grant');
    await dialog(security, /授予角色/).getByRole('button', { name: '先不处理' }).click();

    await security.getByRole('button', { name: '登记资格' }).click();
    await choose(security, /执业资格/, '资格', '护士执业证书');
    await dialog(security, /执业资格/).getByLabel('证书编号').fill('110108000001');
    await dialog(security, /执业资格/).getByLabel('开始').fill('2020-01-01T00:00');
    await dialog(security, /执业资格/).getByLabel('结束').fill(new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 16));
    await dialog(security, /执业资格/).getByRole('button', { name: '登记资格' }).click();
    await security.getByText('编号 110108000001').waitFor();

    await security.getByRole('button', { name: '授予角色' }).click();
    await choose(security, /授予角色/, '角色', '护士');
    await choose(security, /授予角色/, '病区', '呼吸内科二病区（演示）');
    await dialog(security, /授予角色/).getByLabel('原因').fill('轮转到本病区');
    await dialog(security, /授予角色/).getByRole('button', { name: /^授 ?予$/ }).click();
    await security.locator('[data-role="nurse"][data-status="IN_FORCE"]').waitFor();
    expect(await accessibilityProblems(security)).toEqual([]);
    await picture(security, 'people-person');
  }, minutes(1));

  it('passes the role on to a colleague, whose screen says for whom, until it is taken back', async () => {
    await nurse.goto(address('/me'));
    await nurse.locator('[data-role="nurse"][data-status="IN_FORCE"]').waitFor();
    await nurse.getByRole('button', { name: /^转 ?授$/ }).click();
    await dialog(nurse, /转授/).getByRole('combobox', { name: '转授给' }).fill('李敏');
    await nurse.locator('.ant-select-item-option[title="李敏（合成）"]').click();
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 16);
    await dialog(nurse, /转授/).getByLabel('结束').fill(tomorrow);
    await dialog(nurse, /转授/).getByLabel('原因').fill('外出学习');
    await dialog(nurse, /转授/).getByRole('button', { name: /^转 ?授$/ }).click();
    await nurse.getByText('由 李敏（合成） 代行').waitFor();
    await picture(nurse, 'people-me');

    const colleague = await product.signIn('nurse');
    await colleague.goto(address('/me'));
    await waitForPage(colleague, 'me');
    await colleague.locator('.acting-for').getByText('代 钱晓云（合成）').waitFor();
    await picture(colleague, 'people-acting-for');
    await nurse.getByRole('button', { name: /^收 ?回$/ }).click();
    await dialog(nurse, /结束/).getByLabel('原因').fill('已返岗');
    await dialog(nurse, /结束/).getByRole('button', { name: /^结 ?束$/ }).click();
    await nurse.getByText('由 李敏（合成） 代行').waitFor({ state: 'detached' });
    await colleague.reload();
    await waitForPage(colleague, 'me');

    expect(await colleague.locator('.acting-for').count()).toBe(0);
    expect(product.problems).toEqual([]);
  }, minutes(1));

  it('is warned of the licence that ends, and so is the security administrator, who sees and ends the sessions', async () => {
    await nurse.goto(address('/me/security'));
    await nurse.locator('[data-licence="WITHIN_7_DAYS"]').getByText('护士 · 呼吸内科二病区（演示）').waitFor();
    // The page would go on asking with a session that ends below.
    await nurse.close();
    await security.goto(address('/admin/people'));
    await security.getByRole('link', { name: '查看并处理' }).click();
    await waitForPage(security, 'licences');
    await security.locator('[data-licence="WITHIN_7_DAYS"]').getByText('届时停止生效：护士 · 呼吸内科二病区（演示）').waitFor();
    expect(await accessibilityProblems(security)).toEqual([]);
    await picture(security, 'people-licences');

    await security.getByRole('link', { name: '钱晓云（合成）' }).click();
    await security.locator('[data-session]').getByRole('button', { name: '结束登录' }).click();
    await dialog(security, '结束登录').getByLabel('原因').fill('设备遗失');
    await dialog(security, '结束登录').getByRole('button', { name: '结束登录' }).click();
    await security.getByText('此人现在没有登录。').waitFor();

    expect(product.problems).toEqual([]);
  }, minutes(1));

  it('can have another ward: the system administrator makes it, and closes it only while it is empty', async () => {
    await system.goto(address('/admin/wards'));
    await waitForPage(system, 'wards');
    await system.getByRole('button', { name: '新建病区' }).click();
    await dialog(system, '新建病区').getByLabel('病区代码').fill('ICU');
    await dialog(system, '新建病区').getByLabel('中文名称').fill('重症医学科');
    await dialog(system, '新建病区').getByLabel('英文名称').fill('Intensive care');
    await dialog(system, '新建病区').getByRole('button', { name: '建立病区' }).click();
    const ward = system.locator('[data-ward="ICU"]');
    await ward.getByRole('button', { name: '关闭病区' }).click();
    await dialog(system, /关闭/).getByLabel('原因').fill('科室合并');
    await dialog(system, /关闭/).getByRole('button', { name: '关闭病区' }).click();
    await ward.waitFor({ state: 'detached' });
    await system.locator('[data-ward="W2"]').getByRole('button', { name: '关闭病区' }).click();
    await dialog(system, /关闭/).getByText('在院患者 20 人').waitFor();
    expect(await accessibilityProblems(system)).toEqual([]);
    await picture(system, 'people-wards');

    expect(product.problems).toEqual([]);
  }, minutes(1));
});
