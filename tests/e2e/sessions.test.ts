import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { createDatabase, type Database } from '#database';
import { runningDatabaseUrl } from '../../cli/commands/running-database.ts';
import { accessibilityProblems } from './support/accessibility.ts';
import { signInByForm, waitForPage } from './support/browser.ts';
import { commandLine } from './support/careloop-command.ts';
import { picture } from './support/picture.ts';
import { createProduct } from './support/product.ts';

const product = createProduct();
let database: Database;
let doctor: Page;

beforeAll(async () => {
  await product.start();
  database = createDatabase(runningDatabaseUrl({ dataFolder: product.installation.dataFolder }), 2);
  doctor = await product.signIn('doctor');
  // From here on the page's time can be moved; it is the server's that decides.
  await doctor.clock.install();
  await doctor.goto(product.address('/me/security'));
  await waitForPage(doctor, 'security');
}, 300_000);
afterAll(async () => {
  await database?.close();
  await product.end();
}, 120_000);

const password = (): string => (JSON.parse(readFileSync(join(product.installation.dataFolder, 'demo-credentials.json'), 'utf8')) as { users: Record<string, { password: string }> }).users['doctor']?.password ?? '';

/** Nobody touches the page for so long. */
async function idle(page: Page, minutes: number): Promise<void> {
  await database.pool.query(`UPDATE session SET last_active_at = now() - $1 * interval '1 minute' WHERE user_id = 'demo-doctor-w1'`, [minutes]);
  await page.clock.fastForward(minutes * 60_000);
}

/** The same person at another device: a one-time link works once. */
async function secondWindow(): Promise<Page> {
  const page = await product.signIn('auditor', { viewport: 'phone', colorScheme: 'dark' });
  await page.context().clearCookies();
  await signInByForm(page, product.address(''), 'doctor-w1', password());
  return page;
}

describe('a session', () => {
  it('warns a minute before it ends for want of work, and goes on with one key', async () => {
    await doctor.locator('input[name="new-password"]').fill('half a thought');
    await idle(doctor, 29.3);

    await doctor.locator('[data-idle-warning]').waitFor();
    await picture(doctor, 'idle-warning');
    await doctor.keyboard.press('Shift');

    await doctor.locator('[data-idle-warning]').waitFor({ state: 'hidden' });
    const [row] = (await database.pool.query<{ age: number }>(`SELECT extract(epoch FROM now() - max(last_active_at))::float8 AS age FROM session WHERE user_id = 'demo-doctor-w1'`)).rows;
    expect(row?.age).toBeLessThan(60);
  });

  it('ends, covers the page, and goes on there after signing in again', async () => {
    await idle(doctor, 31);
    const again = doctor.locator('.sign-in-again');
    await again.waitFor();
    await picture(doctor, 'sign-in-again');
    expect(await accessibilityProblems(doctor)).toEqual([]);
    expect(await doctor.locator('#root').getAttribute('inert')).not.toBeNull();

    await again.locator('input[name="password"]').fill('not the password');
    await again.locator('button[type="submit"]').click();
    await again.locator('[role="alert"]').waitFor();
    await again.locator('input[name="password"]').fill(password());
    await again.locator('button[type="submit"]').click();
    await again.waitFor({ state: 'detached' });

    expect(new URL(doctor.url()).pathname).toBe('/me/security');
    expect(await doctor.locator('input[name="new-password"]').inputValue()).toBe('half a thought');
  });

  it('goes on by itself where the person has signed in in another window meanwhile', async () => {
    await idle(doctor, 31);
    await doctor.locator('.sign-in-again').waitFor();
    const window = await doctor.context().newPage();
    await signInByForm(window, product.address(''), 'doctor-w1', password());
    await window.close();

    await doctor.evaluate(() => globalThis.dispatchEvent(new Event('focus')));

    await doctor.locator('.sign-in-again').waitFor({ state: 'detached' });
    expect(await doctor.locator('input[name="new-password"]').inputValue()).toBe('half a thought');
  });

  it('is in the list, from where another one is ended', async () => {
    const elsewhere = await secondWindow();
    await doctor.reload();
    await waitForPage(doctor, 'security');
    await doctor.locator('[data-session="other"]').waitFor();
    await picture(doctor, 'sessions');
    expect(await accessibilityProblems(doctor)).toEqual([]);

    await doctor.locator('[data-session="other"] button').click();
    await doctor.locator('[data-session="other"]').waitFor({ state: 'detached' });

    await elsewhere.goto(product.address('/tasks'));
    await elsewhere.waitForURL((url) => url.pathname === '/login');
  });

  it('comes back to whoever lost the password, by two administrators', async () => {
    const system = await product.signIn('system-administrator');
    await system.goto(product.address('/admin/recovery'));
    await waitForPage(system, 'recovery');
    await system.locator('main button').click();
    await system.locator('input[name="recovery-username"]').fill('finance-2');
    await system.locator('textarea[name="recovery-identity"]').fill('staff card, seen at the desk');
    await system.locator('[role="dialog"] textarea').last().fill('the phone was lost');
    await system.locator('[role="dialog"] .ant-btn-primary').click();
    const code = (await system.locator('[data-secret]').textContent()) ?? '';

    const security = await product.signIn('security-administrator', { locale: 'en' });
    await security.goto(product.address('/admin/recovery'));
    await waitForPage(security, 'recovery');
    await security.locator('[data-recovery="open"] .ant-btn-primary').click();
    const link = (await security.locator('[data-secret]').textContent()) ?? '';
    await picture(security, 'recovery-link');
    expect(await accessibilityProblems(security)).toEqual([]);

    const person = await product.signIn('finance', { viewport: 'phone', colorScheme: 'dark' });
    await person.context().clearCookies();
    await person.goto(link);
    await waitForPage(person, 'recover');
    expect(person.url()).not.toContain(new URL(link).hash);
    await person.locator('input[name="code"]').fill(code);
    await person.locator('input[name="new-password"]').fill('password123456');
    await person.locator('button[type="submit"]').click();
    await person.locator('[role="alert"]').waitFor();
    await picture(person, 'recover');
    expect(await accessibilityProblems(person)).toEqual([]);
    await person.locator('input[name="new-password"]').fill('tulip grape anvil moss');
    await person.locator('button[type="submit"]').click();
    await person.locator('.notice-done').waitFor();
    await signInByForm(person, product.address(''), 'finance-2', 'tulip grape anvil moss');
    await person.locator('.account-notices').waitFor();
    await picture(person, 'account-notice');

    await security.goto(product.address('/admin/security'));
    await waitForPage(security, 'sign-in-security');
    await security.locator('input[name="sessions-of"]').fill('finance-2');
    await security.keyboard.press('Enter');
    await security.locator('.session-list li').waitFor();
    await picture(security, 'sign-in-security');
    expect(await accessibilityProblems(security)).toEqual([]);
  });

  it('comes back by the machine itself as a last resort, without a code', async () => {
    const { exitCode, stdout } = await commandLine(product.installation).run('people', 'recover', 'finance-2', '--reason', 'both administrators left');
    expect(exitCode).toBe(0);

    const person = await product.signIn('pharmacist');
    await person.goto(stdout.trim());
    await waitForPage(person, 'recover');
    expect(await person.locator('input[name="code"]').count()).toBe(0);
    expect((await database.pool.query(`SELECT 1 FROM audit_entry WHERE action = 'recovery.openedAtMachine' AND reason = 'both administrators left'`)).rowCount).toBe(1);
  });

  it('leaves nothing in the console but the refusals that were meant', () => {
    expect(product.problems.filter((problem) => !/40[0134] \(/.test(problem))).toEqual([]);
  });
});
