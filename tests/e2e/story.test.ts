import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { isStillRunning } from '../../cli/servers/process-identity.ts';
import type { RecordedProcess } from '../support/installation.ts';
import { scan, waitForPage } from './support/browser.ts';
import { commandLine, type Effect } from './support/careloop-command.ts';
import { picture } from './support/picture.ts';
import { createProduct } from './support/product.ts';

/** The story is told in Chinese; CARELOOP_SCREENSHOTS_LOCALE=en shows the same screens in English. */
const locale = process.env['CARELOOP_SCREENSHOTS_LOCALE'] === 'en' ? 'en' : 'zh-CN';
const say = (chinese: string, english: string): string => (locale === 'en' ? english : chinese);

const people = ['pharmacist', 'nurse', 'operator', 'doctor', 'auditor'] as const;
type Person = (typeof people)[number];

const wristband = 'WB-ZY260112';
const amoxicillinPack = '(01)06930000000011(17)271231(10)A1';
const paracetamolPack = '01069300000000661727123110P7';
const pantoprazolePack = '0106930000000233';
const dose = (orderId: string, drug: string, amount: string, unit: string, route: string, frequency: string): string[] => ['send-order', '--patient', 'P112', '--drug', drug, '--dose', amount, '--unit', unit, '--route', route, '--frequency', frequency, '--order', orderId];
const ofOrder = (effects: readonly Effect[], orderId: string): readonly Effect[] => effects.filter(({ detail }) => detail['orderId'] === orderId);
const minutes = (count: number) => count * 60_000;

describe('five minutes with bed 12', () => {
  const product = createProduct();
  const { installation } = product;
  const { run, his, effects, untilEffects } = commandLine(installation);
  const windows = new Map<Person, Page>();

  const pageOf = (person: Person): Page => {
    const found = windows.get(person);
    if (found === undefined) throw new Error(`Expected a window of the ${person}, but there is none.`);
    return found;
  };
  const go = async (person: Person, path: string, name: string): Promise<Page> => {
    const page = pageOf(person);
    await page.goto(product.address(path));
    await waitForPage(page, name);
    return page;
  };
  /** Opens the operator's live picture of an order's case. */
  const openCase = async (orderId: string): Promise<Page> => {
    const page = await go('operator', '/instances', 'instances');
    await page.getByRole('link').filter({ hasText: orderId }).click();
    await waitForPage(page, 'instance');
    await page.locator('[data-canvas-ready="true"]').waitFor();
    return page;
  };
  const caseState = (page: Page, state: string): Locator => page.locator(`.page-aside [data-state="${state}"]`);
  /** Takes the order's review as it arrives in the list that is already open, and approves it with a reason once `look` has seen it. */
  const approve = async (orderId: string, reason: string, look: (page: Page) => Promise<void>): Promise<void> => {
    const page = pageOf('pharmacist');
    const review = page.getByRole('link', { name: say('药师审方', 'Pharmacist review') });
    const arrived = page.getByRole('button', { name: say('有 1 项新任务', 'New tasks: 1') });
    await review.or(arrived).first().waitFor();
    if (await arrived.isVisible()) await arrived.click();
    await review.click();
    await waitForPage(page, 'task');
    await look(page);
    await page.getByRole('combobox', { name: say('结论', 'Decision') }).click();
    // Not a pointer click: at 1280 × 800 the list can open below the window's edge.
    await page.locator('.ant-select-item-option', { hasText: say('同意', 'Approve') }).dispatchEvent('click');
    await page.getByRole('textbox', { name: say('理由', 'Reason') }).fill(reason);
    await page.getByRole('button', { name: say('完成：药师审方', 'Complete: Pharmacist review') }).click();
    await page.getByRole('status', { name: say('办理进度', 'Progress') }).and(page.locator('[data-state="done"]')).waitFor();
    await untilEffects((found) => ofOrder(found, orderId).some(({ detail }) => detail['control'] === 'OK'));
  };
  const bedside = (page: Page, state: string): Locator => page.getByRole('status', { name: say('扫码结果', 'Scan result') }).and(page.locator(`[data-state="${state}"]`));
  const bedsideAt = (page: Page, state: string): Promise<void> => bedside(page, state).waitFor();
  /** Scans, and scans again when the reader did not catch it, as a nurse does: on a busy machine keys can come as slowly as typing. */
  const scanUntil = async (page: Page, code: string, shown: Locator): Promise<void> => {
    for (let tries = 3; tries > 1; tries -= 1) {
      await scan(page, code);
      if (await shown.waitFor({ timeout: 6_000 }).then(() => true, () => false)) return;
    }
    await scan(page, code);
    await shown.waitFor();
  };

  beforeAll(async () => {
    await product.start();
    for (const person of people) windows.set(person, await product.signIn(person, { locale, viewport: person === 'nurse' ? 'phone' : 'desktop' }));
  }, minutes(3));

  afterAll(() => product.end(), minutes(1));

  it('1. refuses a penicillin for a patient with a penicillin anaphylaxis, and tells the HIS', async () => {
    await his(...dose('STORY-1', 'AMX500', '500', 'mg', 'PO', 'tid'));

    const found = await untilEffects((all) => ofOrder(all, 'STORY-1').length > 0);
    expect(ofOrder(found, 'STORY-1').map(({ detail }) => detail['control'])).toEqual(['UA']);
    const page = await openCase('STORY-1');
    await caseState(page, 'done').waitFor();
    await page.locator('[data-element="rejectOrder"][data-state="done"]').waitFor();
    expect(await page.locator('[data-element="acceptOrder"][data-state="done"]').count()).toBe(0);
  }, minutes(1));

  it('2. brings aspirin beside warfarin to the pharmacist, with the reason, without a reload', async () => {
    const page = await go('pharmacist', '/tasks', 'tasks');
    await page.getByText(say('没有待办', 'Nothing to do')).waitFor();

    await his(...dose('STORY-2', 'ASP100', '100', 'mg', 'PO', 'qd'));

    await approve('STORY-2', 'INR 2.1 今日复查，质子泵抑制剂已开', async () => {
      await page.locator('.why-line', { hasText: 'INR' }).waitFor();
      await page.getByRole('region', { name: say('患者', 'Patient') }).getByText(say('青霉素类', 'penicillins')).waitFor();
      await picture(page, 'pharmacist-task');
    });
  }, minutes(1));

  it('3. stops the wrong bag at the bedside, and records the right one', async () => {
    const page = await go('nurse', '/bedside', 'bedside');
    await his(...dose('STORY-3', 'PAR500', '500', 'mg', 'PO', 'once'));
    await untilEffects((all) => all.some(({ system, detail }) => system === 'cabinet' && detail['drug'] === 'PAR500'));
    await go('nurse', '/tasks', 'tasks');
    await page.getByRole('link', { name: say('床旁给药', 'Give at the bedside') }).first().waitFor();
    await go('nurse', '/bedside', 'bedside');

    await scanUntil(page, wristband, bedside(page, 'awaitingDrug'));
    const line = page.getByRole('button', { name: say('对乙酰氨基酚', 'Paracetamol') });
    await line.click();
    // The wristband of the next bed is no drug: it is said whose it is, and nothing is refused.
    await scanUntil(page, 'WB-ZY260111', page.getByRole('button', { name: say('换到 褚立新', 'Go on with 褚立新') }));
    await bedside(page, 'awaitingDrug').waitFor();
    const panel = page.getByRole('alertdialog', { name: say('不一致', 'Does not match') });

    await scanUntil(page, amoxicillinPack, panel);

    await panel.getByText(say('对乙酰氨基酚', 'Paracetamol')).first().waitFor();
    await panel.getByText(say('阿莫西林胶囊', 'Amoxicillin capsules')).waitFor();
    await panel.getByText('06930000000011').first().waitFor();
    expect(await panel.getAttribute('data-check')).toBe('WRONG_DRUG');
    expect(await page.getByRole('button', { name: say('完成给药', 'Confirm given') }).count()).toBe(0);
    await picture(page, 'bedside-mismatch');
    await panel.getByRole('button', { name: say('重新扫描', 'Scan again') }).click();
    await scanUntil(page, paracetamolPack, bedside(page, 'confirming'));
    await page.getByText('P7').waitFor();
    await picture(page, 'bedside-match');
    await page.getByRole('button', { name: say('完成给药', 'Confirm given') }).click();
    await bedsideAt(page, 'submitted');

    const found = await untilEffects((all) => ofOrder(all, 'STORY-3').some(({ kind }) => kind.startsWith('RAS')));
    expect(ofOrder(found, 'STORY-3').filter(({ kind }) => kind.startsWith('RAS'))).toHaveLength(1);
  }, minutes(2));

  it('4. calls the outcome of a silent cabinet unknown, and sends nothing again before a person decides', async () => {
    const page = await go('operator', '/exceptions', 'exceptions');
    await his('switch', 'cabinet', '--silent', 'on');

    await his(...dose('STORY-4', 'PAN40', '40', 'mg', 'PO', 'once'));

    const card = page.getByRole('article', { name: say('药柜发药，结果未知', 'Dispense from the cabinet，outcome unknown') });
    await card.waitFor({ timeout: minutes(1) });
    await picture(page, 'exceptions');
    await card.getByRole('link', { name: 'STORY-4' }).click();
    await waitForPage(page, 'instance');
    await page.locator('[data-element="dispense"][data-state="unknown"]').waitFor();
    await page.getByRole('tab', { name: say('时间线', 'Timeline') }).click();
    await page.getByRole('region', { name: say('时间线', 'Timeline') }).waitFor();
    await picture(page, 'instance-outcome-unknown');
    const isPantoprazole = ({ system, detail }: Effect): boolean => system === 'cabinet' && detail['drug'] === 'PAN40';
    expect((await effects()).filter(isPantoprazole)).toEqual([]);

    await his('switch', 'cabinet', '--silent', 'off');
    await go('operator', '/exceptions', 'exceptions');
    const decide = card.getByRole('button', { name: say('确认未做', 'Confirm it was not done') });
    expect(await decide.isDisabled()).toBe(true);
    await card.getByRole('textbox').fill('柜内抽屉未打开，数量未变');
    await decide.click();

    await page.getByText(say('全部正常', 'All is well')).waitFor();
    const found = await untilEffects((all) => all.some(isPantoprazole));
    expect(found.filter(isPantoprazole)).toHaveLength(1);
  }, minutes(3));

  it('5. takes the dose while the worker is dead, and closes the loop once it is back', async () => {
    const page = await go('nurse', '/tasks', 'tasks');
    await page.getByRole('link', { name: say('床旁给药', 'Give at the bedside') }).first().waitFor();
    await go('nurse', '/bedside', 'bedside');
    await scanUntil(page, wristband, bedside(page, 'awaitingDrug'));
    await scanUntil(page, pantoprazolePack, bedside(page, 'confirming'));
    const killed = installation.process('worker');

    process.kill(killed.pid, 'SIGKILL');
    await page.getByRole('button', { name: say('完成给药', 'Confirm given') }).click();

    // Received in any case; "being processed" unless the worker is back within the five seconds of an answer.
    await Promise.race([bedsideAt(page, 'pending'), bedsideAt(page, 'submitted')]);
    await untilEffects((all) => ofOrder(all, 'STORY-4').some(({ detail }) => detail['status'] === 'CM'));
    await caseState(await openCase('STORY-4'), 'done').waitFor();
    const after: RecordedProcess = installation.process('worker');
    expect({ killedRuns: isStillRunning(killed), otherPid: after.pid !== killed.pid, runs: isStillRunning(after) }).toEqual({ killedRuns: false, otherPid: true, runs: true });
    const found = await effects();
    expect(ofOrder(found, 'STORY-4').filter(({ kind }) => kind.startsWith('RAS'))).toHaveLength(1);
  }, minutes(2));

  it('6. holds an active potassium order within a minute of a high potassium, and alerts doctor and nurse', async () => {
    const page = await go('pharmacist', '/tasks', 'tasks');
    await page.getByText(say('没有待办', 'Nothing to do')).waitFor();
    await his(...dose('STORY-6', 'KCL10', '20', 'mmol', 'IV', 'q8h'), '--volume-ml', '500', '--rate-ml-per-hour', '100', '--line', 'peripheral');
    await approve('STORY-6', '心电监护，2 小时后复查血钾', async () => {
      await page.locator('.why-line', { hasText: say('规则', 'Rule set') }).waitFor();
    });
    const [doctor, nurse] = [await go('doctor', '/alerts', 'alerts'), await go('nurse', '/alerts', 'alerts')];
    const started = Date.now();

    await his('lab', '--patient', 'P112', '--code', '2823-3', '--value', '6.8', '--unit', 'mmol/L');

    const alertOn = (where: Page): Locator => where.getByRole('article').filter({ hasText: 'STORY-6' }).first();
    await Promise.all([alertOn(doctor).waitFor({ timeout: minutes(1) }), alertOn(nurse).waitFor({ timeout: minutes(1) })]);
    await untilEffects((all) => ofOrder(all, 'STORY-6').some(({ detail }) => detail['status'] === 'HD'));
    expect(Date.now() - started).toBeLessThan(minutes(1));
    await picture(doctor, 'alerts');
    await picture(nurse, 'alerts-phone');
    await go('doctor', '/tasks', 'tasks');
    await doctor.getByRole('link', { name: say('决定恢复或停止', 'Decide') }).first().waitFor();
  }, minutes(2));

  it('7. shows the auditor the rule and its facts, and finds one changed byte in the exported record', async () => {
    const page = await go('auditor', '/audit', 'audit');
    await page.getByRole('search').getByRole('textbox').fill('P112');
    await page.getByRole('search').getByRole('button', { name: say('查找', 'Find') }).click();
    const record = page.getByRole('region', { name: say('时间线', 'Timeline') }).first();
    await record.waitFor();
    await picture(page, 'audit-timeline');
    await page.getByRole('button', { name: say('规则决定', 'Rule decisions') }).click();
    const entry = page.locator('[data-action="decision.made"]', { hasText: say('暂停限值复核', 'dose-hold') }).first();
    await entry.getByRole('button', { name: say('为什么', 'Why') }).click();
    const decision = entry.getByRole('region', { name: say('决定说明', 'Decision explained') });
    await decision.getByText('potassium-high-hold').first().waitFor();
    await decision.getByText(say('读取的事实', 'Facts that were read')).click();
    await decision.getByText('6.8').last().waitFor();
    await picture(page, 'audit-decision');

    const file = join(installation.dataFolder, 'export.json');
    expect(await run('audit', 'export', '--patient', 'P112', '-o', file)).toMatchObject({ exitCode: 0 });
    expect(await run('audit', 'verify', file)).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^Intact: \d+ entries/) });
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('task.completed');
    writeFileSync(file, text.replace('task.completed', 'task.Completed'));
    const changed = await run('audit', 'verify', file);
    expect(changed).toMatchObject({ exitCode: 1, stdout: expect.stringMatching(/^NOT intact:\n\w+: .*\d/) });
  }, minutes(2));

  it('leaves no error in any window', () => {
    expect(product.problems).toEqual([]);
  });
});
