import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { chromium as driver, type Browser, type BrowserContext, type Page } from 'playwright-core';

/**
 * Starts the Chromium that npm carries. Its own argument list is left out: it switches off web security, so that
 * tests of isolation could not fail.
 */
export async function launchBrowser(): Promise<Browser> {
  chromium.setGraphicsMode = false;
  const executablePath = await chromium.executablePath();
  // A signal ends the test runner, and the browser ends with its pipe: the driver's own handlers would let the runner go on.
  const handlers = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
  return driver.launch({ executablePath, headless: true, ...handlers, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-zygote', '--autoplay-policy=no-user-gesture-required'] });
}

/** The two sizes that every screen is checked in. */
export const viewports = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 }, pda: { width: 360, height: 640 } } as const;

export interface PageOptions {
  readonly locale?: 'zh-CN' | 'en';
  readonly viewport?: keyof typeof viewports;
  readonly colorScheme?: 'light' | 'dark';
}

/** A page of its own session. `problems` collects what the console and the page report as errors. */
export async function newPage(browser: Browser, { locale = 'zh-CN', viewport = 'desktop', colorScheme = 'light' }: PageOptions = {}): Promise<{ readonly page: Page; readonly context: BrowserContext; readonly problems: string[] }> {
  const context = await browser.newContext({ locale: locale === 'en' ? 'en-GB' : 'zh-CN', timezoneId: 'Asia/Shanghai', viewport: viewports[viewport], colorScheme, hasTouch: viewport !== 'desktop', reducedMotion: 'reduce' });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(`page: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  return { page, context, problems };
}

/** Waits until the named page shows what it is for. */
export async function waitForPage(page: Page, name: string, timeoutMs = 15_000): Promise<void> {
  await page.locator(`main[data-page="${name}"][data-ready="true"]`).waitFor({ timeout: timeoutMs });
}

/** Signs in by the form, as a person does. */
export async function signInByForm(page: Page, baseUrl: string, username: string, password: string): Promise<void> {
  await page.goto(`${baseUrl}/login`);
  await page.locator('input[name="username"]').fill(username);
  await page.locator('input[name="password"]').fill(password);
  await page.locator('button[type="submit"]').click();
  await page.waitForURL((url) => url.pathname !== '/login');
}

/**
 * Types a code as a keyboard-wedge scanner does, with Enter at the end. The keys are sent without waiting for each
 * other, since on a busy machine the round trips alone would be slower than a scanner.
 */
export async function scan(page: Page, code: string): Promise<void> {
  for (const part of code.split(/(\u001d)/)) {
    if (part === '\u001d') await page.keyboard.press('Control+BracketRight');
    else await Promise.all([...part].map((character) => page.keyboard.press(character === ' ' ? 'Space' : character)));
  }
  await page.keyboard.press('Enter');
}

/** Keeps a picture of the screen in a temporary folder and returns its path. */
export async function screenshot(page: Page, name: string, folder = join(tmpdir(), 'careloop-screenshots')): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.png`);
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path });
  return path;
}
