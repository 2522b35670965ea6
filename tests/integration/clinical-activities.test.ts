import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clinicalActivities, gatherOrderFacts, type ActivityContext } from '#activities';
import { createDatabase, type Database } from '#database';
import { demoOrder, seedDemoHospital } from '../../gateway/demo-hospital/index.ts';
import { loadProcess, publishLoaded, publishProcess, publishRuleLibrary } from '../../gateway/processes/index.ts';
import { startTestDatabase, type TestDatabase } from '../support/index.ts';

let server: TestDatabase;
let database: Database;
const at = '2026-11-23T02:30:00.000Z';
const bed12 = { ward: 'W1', bed: 12 } as const;
const folder = join(import.meta.dirname, '../../processes/inpatient-order-loop');
const instanceId = '00000000-0000-4000-8000-000000000001';

beforeAll(async () => {
  server = await startTestDatabase();
  database = createDatabase(server.url, 4);
  await seedDemoHospital(database, at);
}, 60_000);

afterAll(async () => {
  await database?.close();
  await server?.stop();
});

/** Runs a service as a worker would; `input` is what a process gives it. */
async function call(type: string, input: unknown, context: Partial<ActivityContext> = {}): Promise<Record<string, unknown>> {
  const activity = clinicalActivities.find((candidate) => candidate.type === type);
  if (!activity) throw new Error(`Expected the service ${type}, but found none`);
  const settings = { hisHost: '127.0.0.1', hisMllpPort: 1, mqttUrl: 'mqtt://127.0.0.1:1' };
  const full: ActivityContext = { database, settings, idempotencyKey: 'key', instanceId, elementId: 'element', at, signal: new AbortController().signal, ...context };
  return (await activity.run(activity.input.parse(input) as never, full)) as Record<string, unknown>;
}

const order = (number: string, code: string, change: Partial<Parameters<typeof demoOrder>[3]> = {}, place: Parameters<typeof demoOrder>[0] = bed12) =>
  demoOrder(place, number, code, { dose: 100, doseUnit: 'mg', route: 'PO', frequency: 'bid', startAt: at, ...change });

describe('seedDemoHospital', () => {
  it('changes nothing the second time, and adds fresh values on another day', async () => {
    const before = await database.prisma.observation.count();

    expect(await seedDemoHospital(database, at)).toEqual({ wards: 2, patients: 40, medications: 26 });
    expect(await database.prisma.observation.count()).toBe(before);

    await seedDemoHospital(database, '2026-11-24T02:30:00.000Z');
    expect(await database.prisma.observation.count()).toBe(2 * before);
  });
});

describe('gatherOrderFacts', () => {
  it('reads what the rules need about aspirin for bed 12', async () => {
    const facts = await gatherOrderFacts(database, order('G-1', 'ASP100', { frequency: 'qd' }), at);

    expect(facts).toMatchObject({
      orderedIngredient: 'aspirin', ageYears: 78, allergyStatus: 'recorded', allergiesImmediate: ['penicillin'],
      activeIngredients: ['potassium-chloride', 'warfarin'], potassiumMmolPerL: 4.1, singleDoseMg: 100, dailyDoseMg: 100, creatinineClearanceMlPerMin: 40.4, isInCatalogue: true,
    });
    expect(facts.observedAt['potassiumMmolPerL']).toBe('2026-11-22T20:30:00.000Z');
  });

  it('counts the other orders of the ingredient into the daily dose', async () => {
    const facts = await gatherOrderFacts(database, order('G-2', 'WAR3', { dose: 1.5, frequency: 'qd' }), at);

    expect(facts).toMatchObject({ singleDoseMg: 1.5, dailyDoseMg: 4.5, activeIngredients: ['potassium-chloride', 'warfarin'] });
  });

  it('reads the groups of an allergen and what ended within its washout time', async () => {
    const { prisma } = database;
    const ended = { patientId: 'P101', encounterId: 'ZY260101', medicationCode: 'PER4', ingredient: 'perindopril', groups: ['ace-inhibitor'], dose: 4, doseUnit: 'mg', route: 'PO', frequency: 'qd', orderType: 'long-term', startAt: new Date('2026-11-20T00:00:00Z'), orderedBy: 'D001', status: 'stopped' };
    await prisma.medicationOrder.create({ data: { ...ended, id: 'G-ENDED', administrations: { create: { id: 'G-ENDED-1', plannedAt: new Date('2026-11-22T08:00:00Z'), occurredAt: new Date('2026-11-22T08:00:00Z'), status: 'administered' } } } });
    await prisma.allergyIntolerance.create({ data: { id: 'G-ALLERGY', patientId: 'P101', substance: 'ibuprofen', reactionClass: 'immediate', recordedAt: new Date(at) } });
    const facts = await gatherOrderFacts(database, { ...order('G-5', 'ASP100', { frequency: 'qd' }), patientId: 'P101' }, at);

    expect(facts).toMatchObject({ allergenGroupsImmediate: expect.arrayContaining(['ibuprofen', 'nsaid']), recentlyGiven24h: ['ace-inhibitor', 'perindopril'] });
    await prisma.allergyIntolerance.delete({ where: { id: 'G-ALLERGY' } });
    await prisma.medicationAdministration.delete({ where: { id: 'G-ENDED-1' } });
    await prisma.medicationOrder.delete({ where: { id: 'G-ENDED' } });
  });

  it('leaves out what is not known and never invents it', async () => {
    const facts = await gatherOrderFacts(database, order('G-3', 'ASP100', { doseUnit: 'mL', frequency: 'q5h' }), at);

    expect(facts).toMatchObject({ frequencyStatus: 'not-in-dictionary' });
    expect(Object.keys(facts).filter((name) => ['singleDoseMg', 'dailyDoseMg', 'glomerularFiltrationRate'].includes(name))).toEqual([]);
  });

  it('refuses a patient that does not exist, for good', async () => {
    await expect(gatherOrderFacts(database, { ...order('G-4', 'ASP100'), patientId: 'P999' }, at)).rejects.toMatchObject({ code: 'SERVICE_FAILED', retryable: false });
  });
});

describe('planning and recording doses', () => {
  const bid = order('D-1', 'PAR500', { dose: 1, doseUnit: 'g' });
  const planned = async (id: string) => (await database.prisma.medicationAdministration.findMany({ where: { orderId: id }, orderBy: { plannedAt: 'asc' } })).map(({ plannedAt, status }) => [plannedAt.toISOString(), status]);

  it('plans each dose once however often it is asked, and gives the first with what the bedside needs', async () => {
    const [first] = [await call('clinical.planDoses', { order: bid }), await call('clinical.planDoses', { order: bid })];

    expect(await planned('D-1')).toEqual([['2026-11-23T08:00:00.000Z', 'planned'], ['2026-11-24T00:00:00.000Z', 'planned'], ['2026-11-24T08:00:00.000Z', 'planned']]);
    expect(first).toMatchObject({ kind: 'dose', planned: 3, dose: { doseId: 'D-1@2026-11-23T08:00:00.000Z', wristband: 'WB-ZY260112', gtin: '06930000000066', quantity: 2, earliestAt: null } });
  });

  it('names the frequency that the dictionary lacks (O14)', async () => {
    await expect(call('clinical.planDoses', { order: { ...bid, orderId: 'D-2', frequency: 'q5h' } })).rejects.toMatchObject({ code: 'SERVICE_FAILED', retryable: false, message: expect.stringContaining('"q5h"') });
  });

  it('records a dose once; a repeat answers what stands there', async () => {
    const dose = { doseId: 'D-1@2026-11-23T08:00:00.000Z', plannedAt: '2026-11-23T08:00:00.000Z', windowClosesAt: '2026-11-23T09:00:00.000Z' };
    const given = { order: bid, dose, administration: { outcome: 'given', occurredAt: '2026-11-23T08:05:00.000Z', wristband: 'WB-ZY260112' }, performerId: 'nurse-1' };

    const [first, second] = [await call('clinical.recordAdministration', given), await call('clinical.recordAdministration', { ...given, administration: { outcome: 'refused' }, performerId: 'nurse-2' })];

    expect(first).toMatchObject({ status: 'administered', performerId: 'nurse-1', isLate: false, report: { status: 'administered', occurredAt: '2026-11-23T08:05:00.000Z', performerId: 'nurse-1' }, consecutiveRefusals: 0 });
    expect(second).toEqual(first);
    expect((await planned('D-1'))[0]).toEqual(['2026-11-23T08:00:00.000Z', 'administered']);
  });

  it('goes on with the next dose and keeps half the interval after the last real one', async () => {
    expect(await call('clinical.planDoses', { order: bid }, { at: '2026-11-23T08:06:00.000Z' })).toMatchObject({ kind: 'dose', dose: { plannedAt: '2026-11-24T00:00:00.000Z', lastGivenAt: '2026-11-23T08:05:00.000Z', earliestAt: '2026-11-23T14:05:00.000Z' } });
  });

  it('counts refusals in a row', async () => {
    const refuse = (plannedAt: string) => call('clinical.recordAdministration', { order: bid, dose: { doseId: `D-1@${plannedAt}`, plannedAt }, administration: { outcome: 'refused', reason: '恶心' }, performerId: 'nurse-1' });

    expect(await refuse('2026-11-24T00:00:00.000Z')).toMatchObject({ consecutiveRefusals: 1, report: { reason: '恶心' } });
    expect(await refuse('2026-11-24T08:00:00.000Z')).toMatchObject({ consecutiveRefusals: 2 });
  });

  it('writes nursing record and temperature chart once', async () => {
    const input = { order: bid, doseId: 'D-1@2026-11-23T08:00:00.000Z', administration: { outcome: 'given', bodyTemperature: 39.2, temperatureSite: 'axillary' }, recorded: { status: 'administered', occurredAt: '2026-11-23T08:05:00.000Z', performerId: 'nurse-1', isLate: false } };
    await call('clinical.writeNursingRecord', input);
    await call('clinical.writeNursingRecord', input);

    const rows = await database.prisma.nursingRecord.findMany({ where: { patientId: 'P112' }, orderBy: { id: 'asc' } });
    expect(rows.map(({ kind, content }) => [kind, (content as { row?: string }).row ?? null])).toEqual([['nursing-record', null], ['temperature-chart', 'temperature'], ['temperature-chart', 'treatment']]);
    expect(rows[1]?.content).toMatchObject({ value: 39.2, symbol: 'blue-cross' });
  });

  it('cancels open doses with a stop, and plans them again after a hold', async () => {
    const held = { ...bid, orderId: 'D-3' };
    await call('clinical.updateOrderStatus', { order: held, status: 'active' });
    await call('clinical.planDoses', { order: held });

    expect(await call('clinical.updateOrderStatus', { order: held, status: 'on-hold' })).toMatchObject({ cancelledDoses: 3 });
    expect(new Set((await planned('D-3')).map(([, status]) => status))).toEqual(new Set(['cancelled']));

    expect(await call('clinical.planDoses', { order: held })).toMatchObject({ kind: 'dose', planned: 3 });

    await call('clinical.updateOrderStatus', { order: held, status: 'stopped' });
    expect(await call('clinical.planDoses', { order: held })).toMatchObject({ kind: 'finished', planned: 0 });
  });

  it('records a rescue dose without a plan at the time of the order', async () => {
    const rescue = order('D-4', 'ADR1', { dose: 1, frequency: 'st', orderType: 'one-time', priority: 'rescue', route: 'IV' });

    expect(await call('clinical.recordAdministration', { order: rescue, administration: { outcome: 'given', lateEntry: true, occurredAt: at }, performerId: 'nurse-1' })).toMatchObject({ administrationId: `D-4@${at}`, status: 'administered', isLate: true });
  });
});

describe('notices', () => {
  it('raises an alert once a business key and wakes its readers', async () => {
    const input = { patientId: 'P112', severity: 'critical', code: 'ORDER_UNSAFE', text: { 'zh-CN': '已暂停', en: 'On hold' }, roles: ['doctor', 'nurse'], unit: 'W1' };
    await call('clinical.raiseAlert', input, { idempotencyKey: 'once' });
    await call('clinical.raiseAlert', input, { idempotencyKey: 'once' });

    expect(await database.prisma.clinicalAlert.count({ where: { patientId: 'P112', code: 'ORDER_UNSAFE' } })).toBe(1);
    expect(await database.prisma.outboxEvent.count({ where: { topic: 'alert', unit: 'W1' } })).toBe(1);
  });

  it('names the drug of the order in the reader’s words', async () => {
    const input = { patientId: 'P112', severity: 'critical', code: 'DRUG_NAMED', text: { 'zh-CN': '医嘱（{drug}）已暂停', en: 'Order ({drug}) is on hold' }, roles: ['doctor'] };

    await call('clinical.raiseAlert', { ...input, medicationCode: 'KCL10' }, { idempotencyKey: 'named' });
    await call('clinical.raiseAlert', { ...input, medicationCode: 'GONE' }, { idempotencyKey: 'gone' });

    const alerts = await database.prisma.clinicalAlert.findMany({ where: { code: 'DRUG_NAMED' } });
    expect(alerts.map(({ text }) => (text as { en: string }).en).sort()).toEqual(['Order (GONE) is on hold', 'Order (Potassium chloride injection 10 mL:1.5 g) is on hold']);
  });
});

describe('publishRuleLibrary', () => {
  it('publishes each rule set once, and nothing of a library in which a version has changed', async () => {
    const shipped = join(import.meta.dirname, '../../rules/library');
    const first = await publishRuleLibrary(database, shipped);

    expect(first.map(({ key }) => key)).toContain('triage');
    expect(await publishRuleLibrary(database, shipped)).toEqual([]);
    const changed = mkdtempSync(join(tmpdir(), 'careloop-library-'));
    const document = JSON.parse(readFileSync(join(shipped, 'triage/rule-set.json'), 'utf8')) as object;
    for (const [name, content] of [['a', { ...document, key: 'added' }], ['b', { ...document, rules: [] }]] as const) {
      mkdirSync(join(changed, name));
      writeFileSync(join(changed, name, 'rule-set.json'), JSON.stringify(content));
    }
    await expect(publishRuleLibrary(database, changed)).rejects.toMatchObject({ code: 'VERSION_CONFLICT' });
    expect(await database.prisma.ruleSetVersion.count({ where: { key: 'added' } })).toBe(0);
    rmSync(changed, { recursive: true });
  });
});

describe('publishProcess', () => {
  it('publishes once, and refuses other content under the same version', async () => {
    const first = await publishProcess(database, folder);

    expect(first).toMatchObject({ key: 'inpatient-order-loop', isNew: true });
    expect(await publishProcess(database, folder)).toEqual({ ...first, isNew: false });
    const loaded = loadProcess(folder);
    expect(await database.prisma.ruleSetVersion.count({ where: { key: { in: loaded.ruleSets.map(({ key }) => key) } } })).toBe(loaded.ruleSets.length);
    await expect(publishLoaded(database, { ...loaded, definition: { ...loaded.definition, documentation: 'changed' } })).rejects.toMatchObject({ code: 'VERSION_CONFLICT' });
    const [ruleSet, ...others] = loaded.ruleSets;
    if (!ruleSet) throw new Error('Expected rule sets, but found none');
    await expect(publishLoaded(database, { ...loaded, ruleSets: [{ ...ruleSet, rules: [] }, ...others] })).rejects.toMatchObject({ code: 'VERSION_CONFLICT' });
  });

  it('makes the newer version the current one', async () => {
    const loaded = loadProcess(folder);
    await publishLoaded(database, { ...loaded, definition: { ...loaded.definition, version: 'next' } });

    expect(await database.prisma.processBundle.findMany({ where: { processKey: 'inpatient-order-loop', isCurrent: true }, select: { version: true } })).toEqual([{ version: 'next' }]);
  });
});
