import type { Page } from 'playwright-core';
import { accessibilityProblems } from './support/accessibility.ts';
import { scan, waitForPage } from './support/browser.ts';
import { picture } from './support/picture.ts';
import { createProduct } from './support/product.ts';

const minutes = (count: number) => count * 60_000;
/** Bed 12 of the second ward; the nurse is of the first. */
const patient = { id: 'P212', wristband: 'WB-ZY260212' } as const;

describe('a nurse and a patient of another ward', () => {
  const product = createProduct();
  let nurse: Page;
  let officer: Page;

  beforeAll(async () => {
    await product.start();
    [nurse, officer] = await Promise.all([product.signIn('nurse', { viewport: 'phone' }), product.signIn('privacy-officer')]);
  }, minutes(3));

  afterAll(() => product.end(), minutes(1));

  it('says at the bedside that there is no care relationship, and opens the patient after three taps', async () => {
    await nurse.goto(product.address('/bedside'));
    await waitForPage(nurse, 'bedside');
    await scan(nurse, patient.wristband);
    const found = nurse.locator(`.found-patient[data-patient="${patient.id}"]`);
    await found.getByText('无诊疗关系').waitFor();
    await picture(nurse, 'emergency-access-offer');
    expect(await nurse.locator('.patient-banner').count()).toBe(0);

    await found.getByRole('button', { name: '紧急访问' }).click();
    await nurse.getByRole('button', { name: '抢救' }).click();
    await picture(nurse, 'emergency-access-reason');
    expect(await accessibilityProblems(nurse)).toEqual([]);
    await nurse.getByRole('button', { name: '启用紧急访问' }).click();

    await nurse.locator('.patient-banner .emergency-banner').waitFor();
    expect(await nurse.locator('.emergency-banner').innerText()).toMatch(/剩余 (?:59:\d\d|1:00:00)/);
    await picture(nurse, 'emergency-access-banner');
    await nurse.goto(product.address(`/patients/${patient.id}`));
    await waitForPage(nurse, 'patient');
    await nurse.locator('.emergency-banner').waitFor();
  });

  it('shows the privacy officer at once, live, who sees whom and why', async () => {
    await officer.goto(product.address('/privacy?view=OPEN'));
    await waitForPage(officer, 'privacy');
    const card = officer.locator('.access-card[data-state="running"]');
    await card.waitFor();
    expect(await card.innerText()).toContain('患者正在抢救');
    expect(await card.getByRole('button', { name: '审核' }).count()).toBe(0);

    await nurse.getByRole('button', { name: '结束访问' }).click();
    await waitForPage(nurse, 'find-patient');
    await nurse.getByText('紧急访问已结束').waitFor();

    // Without a click of the officer's.
    await officer.getByText('目前没有进行中的紧急访问。').waitFor();
  });

  it('shows nothing of the patient any more', async () => {
    await nurse.goto(product.address(`/patients/${patient.id}`));
    await waitForPage(nurse, 'patient');
    expect(await nurse.locator('.patient-banner').count()).toBe(0);
    await nurse.getByText('PATIENT_NOT_FOUND').waitFor();
  });

  it('is reviewed, with what was read in it', async () => {
    await officer.getByRole('button', { name: /待审核/ }).click();
    const card = officer.locator('.access-card[data-state="attention"]');
    await card.getByRole('button', { name: '查看了什么' }).click();
    await card.locator('[data-action="patient.read"] .chip', { hasText: '紧急访问' }).first().waitFor();
    await picture(officer, 'emergency-access-review');
    expect(await accessibilityProblems(officer)).toEqual([]);
    await card.getByRole('button', { name: '审核' }).click();
    await officer.getByRole('button', { name: '合理', exact: true }).click();
    await officer.getByRole('textbox', { name: '意见' }).fill('与抢救记录相符');
    await officer.getByRole('button', { name: '提交结论' }).click();
    await officer.getByText('没有待审核的紧急访问。').waitFor();

    await officer.getByRole('button', { name: /已审核/ }).click();
    await officer.locator('.access-card[data-state="done"]').getByText('与抢救记录相符').waitFor();
  });

  it('leaves no error in a console', () => {
    expect(product.problems).toEqual([]);
  });
});
