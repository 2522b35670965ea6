import type { Page } from 'playwright-core';
import { accessibilityProblems } from './support/accessibility.ts';
import { waitForPage } from './support/browser.ts';
import { commandLine } from './support/careloop-command.ts';
import { picture } from './support/picture.ts';
import { createProduct } from './support/product.ts';

const minutes = (count: number) => count * 60_000;

describe('a security administrator with systems that connect', () => {
  const product = createProduct();
  const { address } = product;
  let page: Page;
  let clientId = '';
  let firstSecret = '';
  let secondSecret = '';

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const made = () => page.locator('[data-made]');
  const statusFor = async (secret: string) => (await fetch(address('/oauth/token'), { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: secret }) })).status;

  beforeAll(async () => {
    await product.start();
    page = await product.signIn('security-administrator');
  }, minutes(3));

  afterAll(() => product.end(), minutes(1));

  it('lets a system connect, and sees its secret once', async () => {
    await page.goto(address('/admin/clients'));
    await waitForPage(page, 'clients');
    await button('新增接入系统').click();
    const dialog = page.getByRole('dialog', { name: '新增接入系统' });
    await dialog.getByLabel('名称', { exact: true }).fill('检验仪器');
    await dialog.getByRole('button', { name: '新增接入系统' }).click();
    await dialog.getByText('请选择至少一个角色。').waitFor();
    await dialog.getByLabel('LIS', { exact: true }).check();
    await dialog.getByRole('button', { name: '新增接入系统' }).click();
    await made().waitFor();
    const [id = '', secret = ''] = await made().locator('code').allInnerTexts();
    clientId = id;
    firstSecret = secret;

    expect(await statusFor(firstSecret)).toBe(200);
    await picture(page, 'system-clients-made');
    expect(await accessibilityProblems(page)).toEqual([]);
    await button('已保存，不再显示').click();
    await made().waitFor({ state: 'detached' });
    expect(await page.content()).not.toContain(firstSecret);
  }, minutes(1));

  it('refuses a private key, and says why', async () => {
    await page.getByRole('link', { name: '检验仪器' }).click();
    await waitForPage(page, 'client');
    await button('添加凭据').click();
    const dialog = page.getByRole('dialog', { name: '添加凭据' });
    await dialog.getByRole('radio', { name: '签名密钥' }).check();
    await dialog.getByLabel('公钥（JWK）').fill('{"kty":"oct","k":"c2VjcmV0"}');
    await dialog.getByRole('button', { name: '添加凭据' }).click();

    await dialog.getByText('PRIVATE_KEY_GIVEN').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await dialog.getByRole('button', { name: '先不处理' }).click();
  }, minutes(1));

  it('changes the secret in the steps that the page tells, without a pause', async () => {
    const step = (words: string) => page.locator('[aria-current="step"]', { hasText: words }).waitFor();
    await button('添加凭据').click();
    await page.getByRole('dialog', { name: '添加凭据' }).getByRole('button', { name: '添加凭据' }).click();
    await made().waitFor();
    secondSecret = (await made().locator('code').allInnerTexts())[1] ?? '';
    await step('等对方系统换用');

    expect([await statusFor(firstSecret), await statusFor(secondSecret)]).toEqual([200, 200]);
    await page.reload();
    await waitForPage(page, 'client');
    await step('结束旧凭据');

    // The oldest stands last.
    await button('结束凭据').last().click();
    const dialog = page.getByRole('dialog', { name: '结束凭据' });
    await dialog.getByLabel('原因').fill('已更换');
    await dialog.getByRole('button', { name: '结束凭据' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('已撤销', { exact: true }).waitFor();

    expect([await statusFor(firstSecret), await statusFor(secondSecret)]).toEqual([401, 200]);
  }, minutes(1));

  it('finds the same on the command line, and can rotate there', async () => {
    const { run } = commandLine(product.installation);
    const [rotated, wrong] = await Promise.all([run('clients', 'rotate', clientId, '--end-others-in', '1'), run('clients', 'rotate', 'nobody')]);
    const listed = await run('clients', 'list', '--json');

    expect(rotated).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^client_id \S+\ncredential \S+\nclient_secret \S+\n$/) });
    const shown = (JSON.parse(listed.stdout) as { readonly clientId: string; readonly credentials: readonly { readonly status: string }[] }[]).find((client) => client.clientId === clientId);
    expect(shown?.credentials.map(({ status }) => status)).toEqual(['revoked', 'expiresSoon', 'active']);
    expect(listed.stdout).not.toContain('scrypt');
    expect(wrong).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringContaining('CLIENT_NOT_FOUND') });
  }, minutes(3));

  it('ends the access of the system', async () => {
    await button('终止接入').click();
    const dialog = page.getByRole('dialog', { name: '终止接入' });
    await dialog.getByLabel('原因').fill('仪器停用');
    await dialog.getByRole('button', { name: '终止接入' }).click();
    await dialog.waitFor({ state: 'detached' });

    await button('添加凭据').waitFor({ state: 'detached' });
    expect(await statusFor(secondSecret)).toBe(401);
    expect(product.problems).toEqual([]);
  }, minutes(1));
});
