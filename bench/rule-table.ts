import { randomUUID } from 'node:crypto';
import { cpus, loadavg } from 'node:os';
import type { CDPSession, Page } from 'playwright-core';
import type { RuleSetDocument } from '#rules';
import { createProduct } from '../tests/e2e/support/product.ts';
import { waitForPage } from '../tests/e2e/support/browser.ts';
import { median, rounded } from './measure.ts';

/** Columns of every table: other conditions, level, two messages, three of the source. */
const fixedColumns = 7;
const pasted = { rows: 200, columns: 12 };

/**
 * `npm run bench -- rule-table`: the table editor of a running product, production build, in the Chromium of the tests, with 1,000 rows of
 * 12 and of 40 columns (`--rows N`). For each act the time that the page's main thread is busy with it until the frame that shows it, less
 * that of the same key on an empty page; `times` is how many such empty frames it is. For a paste and its undo also the time on the clock.
 */
export async function run(args: string[]): Promise<void> {
  const rows = args.includes('--rows') ? Number(args[args.indexOf('--rows') + 1]) : 1_000;
  const product = createProduct();
  try {
    await product.start();
    const page = await product.signIn('pharmacist');
    const empty = await page.context().newPage();
    const emptyMs = median(await new Stopwatch(empty, await page.context().newCDPSession(empty)).repeat(40, () => empty.keyboard.press('ArrowDown')));
    await empty.close();
    for (const columns of [12, 40]) {
      const document = ruleSetOf(rows, columns);
      await save(page, product.address('/graphql'), document);
      await page.goto(product.address(`/rules/${document.key}?tab=edit`));
      await waitForPage(page, 'rule-set');
      await page.locator('[role="gridcell"]').first().waitFor();
      const acts = await measureActs(page, new Stopwatch(page, await page.context().newCDPSession(page)));
      for (const [act, { busyMs, wallMs }] of Object.entries(acts)) {
        const net = busyMs.map((ms) => Math.max(0, ms - emptyMs));
        console.log(JSON.stringify({ bench: 'rule-table', cores: cpus().length, load: rounded(loadavg()[0] ?? 0), rows, columns, act, count: net.length, medianMs: rounded(median(net)), p95Ms: rounded(percentile(net, 0.95)), times: rounded(median(net) / emptyMs), ...(wallMs === undefined ? {} : { wallMedianMs: rounded(median(wallMs)), wallP95Ms: rounded(percentile(wallMs, 0.95)) }) }));
      }
    }
    console.log(JSON.stringify({ bench: 'rule-table', emptyFrameMs: rounded(emptyMs) }));
  } finally {
    await product.end();
  }
}

interface ActTimes {
  readonly busyMs: readonly number[];
  readonly wallMs?: readonly number[];
}

async function measureActs(page: Page, watch: Stopwatch): Promise<Readonly<Record<string, ActTimes>>> {
  const press = (key: string) => (): Promise<void> => page.keyboard.press(key);
  const toStart = async (): Promise<void> => {
    await page.locator('.rule-cell-input').focus();
    await page.keyboard.press('Control+Home');
  };
  await toStart();
  const pageDown = await watch.repeat(40, press('PageDown'));
  await toStart();
  const sideways = await watch.repeat(40, (index) => page.keyboard.press(Math.floor(index / 10) % 2 === 0 ? 'ArrowRight' : 'ArrowLeft'));
  await toStart();
  const farSideways = await watch.repeat(20, (index) => page.keyboard.press(index % 2 === 0 ? 'End' : 'Home'));
  await toStart();
  await page.keyboard.press('F2');
  const keystroke = await watch.repeat(40, press('5'));
  await page.keyboard.press('Escape');
  const enter: number[] = [];
  for (let row = 0; row < 30; row += 1) {
    await page.keyboard.type('7');
    enter.push(...(await watch.repeat(1, press('Enter'))));
  }
  const insertRow = await watch.repeat(30, press('Alt+Shift+ArrowDown'));
  await toStart();
  const [paste, pasteWall, undo, undoWall]: [number[], number[], number[], number[]] = [[], [], [], []];
  for (let round = 0; round < 6; round += 1) {
    const text = Array.from({ length: pasted.rows }, (_, row) => Array.from({ length: pasted.columns }, (_cell, column) => (column < 4 ? `> ${round * 1_000 + row + column}` : `"r${round} ${row}"`)).join('\t')).join('\n');
    await toStart();
    pasteWall.push(await watch.wall(paste, () => pasteText(page, text)));
    undoWall.push(await watch.wall(undo, press('Control+z')));
  }
  // The checks and the analysis that follow the last edit.
  await page.waitForTimeout(2_000);
  const filter = page.getByRole('textbox', { name: '筛选行' });
  await filter.focus();
  const filterKey = await watch.repeat(18, (index) => page.keyboard.press(index % 6 < 3 ? '7' : 'Backspace'));
  return {
    'keystroke in a cell': { busyMs: keystroke },
    'Enter to the next row': { busyMs: enter },
    'insert a row': { busyMs: insertRow },
    'page down': { busyMs: pageDown },
    sideways: { busyMs: sideways },
    'to the other end of a row': { busyMs: farSideways },
    'paste 200 x 12': { busyMs: paste, wallMs: pasteWall },
    'undo of the paste': { busyMs: undo, wallMs: undoWall },
    'filter keystroke': { busyMs: filterKey },
  };
}

/** Gives a text to whatever has the focus, as the paste key gives it. */
function pasteText(page: Page, text: string): Promise<void> {
  return page.evaluate((given) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', given);
    document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

/** Measures how long the main thread of a page is busy with an act and the frames that it makes. */
class Stopwatch {
  readonly #page: Page;
  readonly #session: CDPSession;
  #isOn = false;

  constructor(page: Page, session: CDPSession) {
    this.#page = page;
    this.#session = session;
  }

  /** Milliseconds of each act; `index` is counted from 0. */
  async repeat(count: number, act: (index: number) => Promise<void>): Promise<number[]> {
    const times: number[] = [];
    for (let index = 0; index < count; index += 1) {
      await this.#settle();
      const before = await this.#busyMs();
      await act(index);
      await this.#frames();
      times.push((await this.#busyMs()) - before);
    }
    return times;
  }

  /** Milliseconds on the clock of one act until its frame; its busy time goes to `busy`. */
  async wall(busy: number[], act: () => Promise<void>): Promise<number> {
    let wallMs = 0;
    busy.push(...(await this.repeat(1, async () => {
      const start = performance.now();
      await act();
      await this.#frames();
      wallMs = performance.now() - start;
    })));
    return wallMs;
  }

  /** What an edit leaves for a pause (checks after 300 ms, the worker's analysis) is no part of the next act. */
  #settle(): Promise<void> {
    return this.#page.waitForTimeout(20);
  }

  #frames(): Promise<void> {
    return this.#page.evaluate(() => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))));
  }

  async #busyMs(): Promise<number> {
    if (!this.#isOn) await this.#session.send('Performance.enable');
    this.#isOn = true;
    const { metrics } = await this.#session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1_000;
  }
}

/** A unique table whose rows stand beside each other, so that nothing overlaps: half the inputs are numbers, half texts. */
function ruleSetOf(rows: number, columns: number): RuleSetDocument {
  const own = columns - fixedColumns;
  const outputs = Math.max(1, Math.floor(own / 6));
  const inputs = Array.from({ length: own - outputs }, (_, index) => ({ name: `fact${index}`, type: index % 2 === 0 ? ('number' as const) : ('string' as const) }));
  return {
    format: 'careloop-rules/1',
    key: `bench-${columns}-columns`,
    version: '1',
    name: { 'zh-CN': `测量 ${columns} 列`, en: `Bench of ${columns} columns` },
    domain: 'pharmacy',
    hitPolicy: 'unique',
    inputs,
    outputs: Array.from({ length: outputs }, (_, index) => ({ name: `result${index}`, type: 'number' as const })),
    columns: inputs.map(({ name }) => ({ fact: name })),
    rules: Array.from({ length: rows }, (_, row) => ({
      id: `row-${row}`,
      name: { 'zh-CN': `第 ${row} 条`, en: `Rule ${row}` },
      level: 'WARN' as const,
      conditions: { all: inputs.map(({ name, type }, index) => (index === 0 ? { fact: name, operator: 'equal' as const, value: row } : type === 'number' ? { fact: name, operator: 'greaterThan' as const, value: (row + index) % 50 } : { fact: name, operator: 'equal' as const, value: `v${(row + index) % 20}` })) },
      event: { type: 'finding', params: Object.fromEntries(Array.from({ length: outputs }, (_cell, index) => [`result${index}`, row + index])) },
      message: { 'zh-CN': `提示 ${row}`, en: `Message ${row}` },
      source: { grade: 'A' as const, reference: `Label ${row % 30}`, mark: 'S' as const },
    })),
  };
}

/** Saves a rule set as a new draft, in the session of the page. */
async function save(page: Page, address: string, document: RuleSetDocument): Promise<void> {
  const query = 'mutation Save($input: SaveRuleSetDraftInput!) { saveRuleSetDraft(input: $input) { __typename } }';
  const input = { key: document.key, document, expectedRevision: 0, idempotencyKey: randomUUID() };
  const answer = await page.evaluate(
    async ({ url, body }) => {
      const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', 'x-graphql-yoga-csrf': '1' }, body });
      return response.text();
    },
    { url: address, body: JSON.stringify({ query, variables: { input } }) },
  );
  if (!answer.includes('SaveRuleSetDraftPayload')) throw new Error(`Expected the draft to be saved, but the answer is ${answer.slice(0, 300)}`);
}

function percentile(values: readonly number[], share: number): number {
  return values.toSorted((left, right) => left - right)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
}
