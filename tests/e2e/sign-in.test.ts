import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { CDPSession, Page } from 'playwright-core';
import { createDatabase, type Database } from '#database';
import { runningDatabaseUrl } from '../../cli/commands/running-database.ts';
import { codeOfStep, stepAt } from '../../gateway/identity/one-time-code.ts';
import { createPerson, type TestPerson } from '../support/signed-in-person.ts';
import { fromBase32 } from '../support/from-base32.ts';
import { viewports, waitForPage } from './support/browser.ts';
import { picture } from './support/picture.ts';
import { createProduct } from './support/product.ts';

const minutes = (count: number) => count * 60_000;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** One person who must have a second factor, from the first sign-in on. */
describe('signing in', () => {
  const product = createProduct();
  let [page, devices, database, person] = [] as unknown as [Page, CDPSession, Database, TestPerson];
  let secret: Buffer = Buffer.alloc(0);
  let backupCodes: readonly string[] = [];

  const field = (name: string) => page.locator(`input[name="${name}"]`);
  const press = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
  const code = (steps = 0): string => codeOfStep(secret, stepAt(Date.now()) + steps);
  const forgetCode = () => database.prisma.oneTimeCode.update({ where: { userId: person.id }, data: { lastStep: null } });

  async function typePassword(password = person.password): Promise<void> {
    await field('username').fill(person.username);
    await field('password').fill(password);
    await page.locator('button[type="submit"]').click();
  }

  async function open(path: string, name: string): Promise<void> {
    await page.goto(product.address(path));
    await waitForPage(page, name);
  }

  /** What axe finds on the page as it stands, in both colours. */
  async function violations(name: string): Promise<readonly string[]> {
    const found: string[] = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.locator(`html[data-theme="${colorScheme}"]`).waitFor();
      await picture(page, `sign-in-${name}-${colorScheme}`);
      await page.evaluate(axe);
      // The library that was put into the page a line before.
      const result = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as { violations: { id: string; nodes: { html: string; any: { message: string }[] }[] }[] };
      found.push(...result.violations.map(({ id, nodes }) => `${name} ${colorScheme} ${id}: ${nodes.map(({ html, any }) => `${html} ${any[0]?.message ?? ''}`).join(' | ')}`));
    }
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    return found;
  }

  /** The same in Chinese, then in English, then back. */
  async function violationsInBoth(name: string): Promise<readonly string[]> {
    const chinese = await violations(`${name}-zh`);
    await press('切换语言：English');
    const english = await violations(`${name}-en`);
    await press('Change language: 中文');
    return [...chinese, ...english];
  }

  beforeAll(async () => {
    await product.start();
    database = createDatabase(runningDatabaseUrl({ dataFolder: product.installation.dataFolder }), 2);
    person = await createPerson(database, 'zhao.heng', ['operator']);
    page = await product.signIn('nurse');
    await page.context().clearCookies();
    await open('/login', 'login');
  }, minutes(2));

  afterAll(async () => {
    await database?.close();
    await product.end();
  }, minutes(1));

  it('says plainly what is wrong, and lets a password be pasted', async () => {
    expect(await field('username').getAttribute('autocomplete')).toBe('username webauthn');
    expect(await field('password').getAttribute('autocomplete')).toBe('current-password');
    const before = await field('password').boundingBox();

    await typePassword('not the password');
    await page.getByRole('alert').getByText('用户名或密码不对').waitFor();

    expect(await field('password').boundingBox()).toEqual(before);
    expect(await violationsInBoth('login')).toEqual([]);
    await page.setViewportSize(viewports.phone);
    await picture(page, 'sign-in-login-phone');
    await page.setViewportSize(viewports.desktop);
  });

  it('opens nothing but enrolling to who must have a second factor, and everything after it', async () => {
    await typePassword();
    await waitForPage(page, 'second-factor');
    expect(await violationsInBoth('enrol')).toEqual([]);
    await page.goto(product.address('/instances'));
    await waitForPage(page, 'second-factor');

    await press('手机验证器（六位数字）');
    await page.getByText('不能扫码').click();
    secret = fromBase32(((await page.locator('.otp-key').textContent()) ?? '').replaceAll(' ', ''));
    expect(await violationsInBoth('authenticator')).toEqual([]);
    await field('code').fill(code());
    await press('确认并启用');
    await page.locator('.backup-codes').waitFor();
    backupCodes = await page.locator('.backup-codes code').allTextContents();
    expect(await violations('backup-codes')).toEqual([]);
    await press('已保存，继续');

    await waitForPage(page, 'instances');
    expect(backupCodes).toHaveLength(10);
  });

  it('asks for a code after the password, once each, or for one from paper', async () => {
    await forgetCode();
    await page.context().clearCookies();
    await open('/login', 'login');
    await typePassword();
    await field('code').waitFor();
    expect(await field('code').getAttribute('autocomplete')).toBe('one-time-code');
    expect(await violationsInBoth('second-step')).toEqual([]);

    await field('code').fill(code(-9));
    await press('登录');
    await page.getByRole('alert').getByText('验证码不对或已过期').waitFor();
    await page.getByText('手机不在身边：改用备用码').click();
    await field('backup-code').fill(backupCodes[0] ?? '');
    await press('登录');
    await page.waitForURL((url) => url.pathname !== '/login');
    await page.locator('main[data-ready="true"]').waitFor();

    expect(await database.prisma.session.findFirst({ where: { userId: person.id }, orderBy: { createdAt: 'desc' } })).toMatchObject({ authenticatedBy: 'password+backup-code' });
  });

  it('takes a passkey that was added with finger or PIN, without name and password', async () => {
    devices = await page.context().newCDPSession(page);
    await devices.send('WebAuthn.enable');
    await devices.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } });
    await open('/me/security', 'security');
    expect(await violationsInBoth('security')).toEqual([]);
    await press('添加通行密钥');
    await field('passkey-name').fill('运维室电脑');
    await page.locator('form button[type="submit"]', { hasText: '添加通行密钥' }).click();
    await page.locator('.passkeys').getByText('运维室电脑').waitFor();
    await page.setViewportSize(viewports.phone);
    await picture(page, 'sign-in-security-phone');
    await page.setViewportSize(viewports.desktop);

    await press('退出登录');
    // The finger lies there already: it answers the offer in the name's field, unless the button is pressed before that.
    await page.getByRole('button', { name: '通行密钥（指纹、人脸、PIN）', exact: true }).click({ timeout: 3_000 }).catch(() => undefined);
    await page.waitForURL((url) => url.pathname !== '/login');
    await page.locator('main[data-ready="true"]:not([data-page="login"])').waitFor();

    expect(await database.prisma.session.findFirst({ where: { userId: person.id }, orderBy: { createdAt: 'desc' } })).toMatchObject({ authenticatedBy: 'passkey', authenticationMethods: ['swk', 'user', 'mfa'] });
  });

  it('asks anew before an act of gravity a quarter of an hour later, and goes on with it', async () => {
    await database.prisma.session.updateMany({ where: { userId: person.id }, data: { authenticatedAt: new Date(Date.now() - minutes(16)) } });
    await forgetCode();
    await open('/me/security', 'security');

    await press('换一组备用码');
    await page.getByRole('dialog').getByText('请确认是您本人').waitFor();
    await picture(page, 'sign-in-reauthenticate');
    await field('code').fill(code());
    await press('确认并继续');
    await page.locator('.backup-codes').waitFor();

    expect(await page.locator('.backup-codes code').allTextContents()).not.toContain(backupCodes[1]);
    expect(product.problems.filter((problem) => !/the server responded with a status of 40[13]/.test(problem))).toEqual([]);
  });
});
