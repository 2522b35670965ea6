import type { Page } from 'playwright-core';
import { screenshot } from './browser.ts';

/** Keeps a picture in the folder that CARELOOP_SCREENSHOTS names; without it, does nothing. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['CARELOOP_SCREENSHOTS'];
  if (folder === undefined || folder === '') return;
  await screenshot(page, name, folder);
}
