import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { startSignOnProvider, type TestSignOnProvider } from '../support/oidc-provider.ts';
import { accessibilityProblems } from './support/accessibility.ts';
import { waitForPage } from './support/browser.ts';
import { picture } from './support/picture.ts';
import { createProduct } from './support/product.ts';

const minutes = (count: number) => count * 60_000;

describe('a person with a hospital account', () => {
  const product = createProduct();
  const { address } = product;
  let hospital: TestSignOnProvider;
  let page: Page;

  /** The provider's own pages: who it is, and what the product may know. */
  const signOn = async (login: string, path: string): Promise<void> => {
    await page.goto(address(`/api/auth/oidc/hospital/start?returnTo=${encodeURIComponent(path)}`));
    await page.locator('input[name="login"]').fill(login);
    await page.locator('input[name="password"]').fill('any');
    await page.locator('button[type="submit"]').click();
    await page.locator('input[name="prompt"][value="consent"]').waitFor({ state: 'attached' });
    await page.locator('button[type="submit"]').click();
  };

  beforeAll(async () => {
    hospital = await startSignOnProvider((login) => (login === 's-1' ? 'pharmacist' : undefined));
    const file = join(product.installation.dataFolder, 'sign-on.json');
    const provider = { id: 'hospital', name: { 'zh-CN': '医院账号', en: 'Hospital account' }, issuer: hospital.issuer, clientId: 'careloop', clientAuthentication: { method: 'client_secret_basic', file: 'sign-on-secret' }, allowAddresses: [hospital.issuer], linkBy: 'staffNumber', staffNumberClaim: 'staff_number' };
    writeFileSync(file, JSON.stringify({ providers: [provider] }));
    writeFileSync(join(product.installation.dataFolder, 'sign-on-secret'), 'a secret of the client\n', { mode: 0o600 });
    await product.start({ CARELOOP_SIGN_ON_FILE: file });
    hospital.serve({ client_id: 'careloop', client_secret: 'a secret of the client', redirect_uris: [address('/api/auth/oidc/hospital/callback')], post_logout_redirect_uris: [address('/login')], response_types: ['code'], grant_types: ['authorization_code'], backchannel_logout_uri: address('/api/auth/oidc/hospital/backchannel-logout'), backchannel_logout_session_required: true });
    page = await product.open('pharmacist');
  }, minutes(3));

  afterAll(async () => {
    await product.end();
    await hospital?.close();
  }, minutes(1));

  it('whom nobody here knows is told so, with a code', async () => {
    await signOn('s-2', '/tasks');
    await waitForPage(page, 'login');

    await page.getByRole('alert').getByText('您的医院账号还没有关联到这里的用户。').waitFor();
    await page.getByText('SIGN_ON_PERSON_UNKNOWN').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await picture(page, 'sign-on-unknown');
    await page.context().clearCookies();
  });

  it('signs on at the hospital and comes to the page that was wanted', async () => {
    await signOn('s-1', '/rules');

    await waitForPage(page, 'rules');
  });

  it('signs out here and there', async () => {
    await page.getByRole('button', { name: '退出登录' }).first().click();
    await page.locator('button[name="logout"]').first().click();
    await waitForPage(page, 'login');

    await page.goto(address('/api/auth/oidc/hospital/start'));
    await page.locator('input[name="login"]').waitFor();
    await page.goto(address('/rules'));
    await waitForPage(page, 'login');
  });

  it('sees a page without problems throughout', () => {
    // The provider's own pages want a font from the internet and have no icon.
    expect(product.problems.filter((problem) => !/ERR_|401|fonts\.googleapis|favicon/.test(problem))).toEqual([]);
  });
});
