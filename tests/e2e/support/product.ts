import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { isStillRunning } from '../../../cli/servers/process-identity.ts';
import { createInstallation, type TestInstallation } from '../../support/installation.ts';
import { launchBrowser, newPage, type PageOptions } from './browser.ts';

/** A product of a test file's own, with a browser beside it. */
export interface Product {
  readonly installation: TestInstallation;
  /** What consoles and pages reported as errors, each with whose window it was. */
  readonly problems: readonly string[];
  /** For beforeAll. */
  start(environment?: Readonly<Record<string, string>>): Promise<void>;
  /** The address of a path, under the name that cookies are given for. */
  address(path: string): string;
  /** A window in which nobody is signed in; `name` stands before its problems. */
  open(name: string, options?: PageOptions): Promise<Page>;
  /** A window in which that person or role of the demo hospital is signed in, by the one-time link. */
  signIn(person: string, options?: PageOptions): Promise<Page>;
  /** For afterAll; fails when a process is left behind. */
  end(): Promise<void>;
}

export function createProduct(): Product {
  const installation = createInstallation();
  const windows: { readonly person: string; readonly problems: readonly string[] }[] = [];
  let browser: Browser | undefined;

  async function openWindow(person: string, options?: PageOptions): Promise<Page> {
    if (browser === undefined) throw new Error('Expected a browser, but the product has not been started.');
    const { page, problems } = await newPage(browser, options);
    windows.push({ person, problems });
    return page;
  }

  return {
    installation,
    get problems() {
      return windows.flatMap(({ person, problems }) => problems.map((problem) => `${person}: ${problem}`));
    },
    start: async (environment = {}) => {
      // As outside tests: the test runner's NODE_ENV would build the web app for development.
      [browser] = await Promise.all([launchBrowser(), installation.start({ NODE_ENV: '', ...environment })]);
    },
    address: (path) => `${installation.baseUrl().replace('127.0.0.1', 'localhost')}${path}`,
    open: openWindow,
    signIn: async (person, options) => {
      const page = await openWindow(person, options);
      // Written by the product: role or person to one-time link.
      const links = JSON.parse(readFileSync(join(installation.dataFolder, 'sign-in-links.json'), 'utf8')) as Record<string, string>;
      const link = links[person];
      if (link === undefined) throw new Error(`Expected a sign-in link for ${person}, but there is none.`);
      await page.goto(link);
      await page.locator('main[data-ready="true"]').waitFor();
      return page;
    },
    end: async () => {
      await browser?.close();
      const processes = installation.processes();
      if (processes.length > 0) await installation.end('SIGINT');
      const left = processes.filter(isStillRunning);
      await installation.remove();
      if (left.length > 0) throw new Error(`Expected no process to be left, but there are ${left.map(({ name }) => name).join(', ')}.`);
    },
  };
}
