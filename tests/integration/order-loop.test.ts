import { createKeyStore, type ClinicalOrder } from '#activities';
import type { Actor, Json, Variables } from '#engine';
import { decryptEntryPayload } from '../../gateway/audit/index.ts';
import { demoOrder, startDemoOrders } from '../../gateway/demo-hospital/index.ts';
import { readRuleStatistics } from '../../gateway/rule-sets/index.ts';
import type { Effect, RunningSimulators } from '../../simulators/index.ts';
import { startOrderLoop, type OrderLoopShell } from '../support/order-loop-shell.ts';
import type { RunningShell } from '../support/running-shell.ts';

const his: Actor = { id: 'hl7:HIS', kind: 'system', roles: ['his'] };
const nurse: Actor = { id: 'nurse-w1', kind: 'person', roles: ['nurse'], unit: 'W1' };
const pharmacist: Actor = { id: 'pharmacist', kind: 'person', roles: ['pharmacist'] };
const bed12 = { ward: 'W1', bed: 12 } as const;

let loop: OrderLoopShell;
let shell: RunningShell;
let simulators: RunningSimulators;

beforeAll(async () => {
  loop = await startOrderLoop();
  ({ shell, simulators } = loop);
}, 300_000);
afterAll(() => loop?.close(), 60_000);

const now = () => new Date().toISOString();
const order = (number: string, code: string, change: Partial<Parameters<typeof demoOrder>[3]>, place: Parameters<typeof demoOrder>[0] = bed12): ClinicalOrder =>
  demoOrder(place, number, code, { dose: 100, doseUnit: 'mg', route: 'PO', frequency: 'qd', startAt: now(), ...change });

async function start(placed: ClinicalOrder): Promise<string> {
  const outcome = await shell.commands.startProcess({ actor: his, idempotencyKey: placed.orderId, processKey: 'inpatient-order-loop', businessKey: placed.orderId, variables: { order: placed as unknown as Json }, patientId: placed.patientId, unit: placed.ward });
  if (outcome.status === 'refused' || outcome.instanceId === undefined) throw new Error(`Expected a start, but got ${JSON.stringify(outcome)}`);
  return outcome.instanceId;
}

const openTask = (instanceId: string, elementId: string) =>
  shell.until(async () => (await shell.database.prisma.userTask.findFirst({ where: { instanceId, elementId, status: 'open' } })) ?? undefined, 30_000);
const orderStatus = (id: string, status: string) =>
  shell.until(async () => ((await shell.database.prisma.medicationOrder.findUnique({ where: { id } }))?.status === status ? status : undefined), 30_000);
const ended = (id: string) => shell.until(async () => (await shell.database.prisma.processInstance.findFirst({ where: { id, status: 'completed' } })) ?? undefined, 30_000);
const complete = (task: { instanceId: string; taskId: string }, actor: Actor, data: Variables, key: string) =>
  shell.commands.completeTask({ actor, idempotencyKey: key, instanceId: task.instanceId, taskId: task.taskId, data });

async function effects(system: 'his' | 'cabinet'): Promise<readonly Effect[]> {
  const response = await fetch(`http://127.0.0.1:${simulators.ports.control}/effects?system=${system}`);
  return ((await response.json()) as { effects: Effect[] }).effects;
}

describe('the inpatient order loop on Temporal, PostgreSQL and the simulators', () => {
  it('blocks amoxicillin for bed 12 and says why on record', async () => {
    const instanceId = await start(order('L-AMX', 'AMX500', { dose: 500, frequency: 'tid' }));
    await ended(instanceId);

    expect(await orderStatus('L-AMX', 'rejected')).toBe('rejected');
    const decisions = await shell.database.prisma.decision.findMany({ where: { instanceId, level: 'HARD' } });
    expect(decisions.map(({ ruleSet, patientId }) => [ruleSet, patientId])).toEqual([['allergy', 'P112']]);
    expect(await shell.database.prisma.medicationAdministration.count({ where: { orderId: 'L-AMX' } })).toBe(0);
  }, 60_000);

  it('asks the pharmacist about aspirin beside warfarin, and goes on with the approval', async () => {
    const instanceId = await start(order('L-ASP', 'ASP100', {}));
    const review = await openTask(instanceId, 'pharmacistReview');

    expect((await complete(review, nurse, { decision: 'approve', reason: 'x' }, 'asp-1')).status).toBe('refused');
    expect(await complete(review, pharmacist, { decision: 'approve', reason: '指征明确，3 天后复查 INR' }, 'asp-2')).toMatchObject({ status: 'accepted' });
    await orderStatus('L-ASP', 'active');

    const keys = createKeyStore(shell.database, Buffer.alloc(32, 1));
    const { rules } = await readRuleStatistics(shell.database, (entry) => decryptEntryPayload(keys, entry), 'interaction', new Date(Date.now() - 600_000), new Date(Date.now() + 600_000));
    const asked = rules.filter(({ reviews }) => reviews.approved > 0);
    expect(asked.map(({ reviews }) => reviews)).toContainEqual({ approved: 1, returned: 0, rechecked: 0, notDecided: 0, unknown: 0, approvalReasons: [{ text: '指征明确，3 天后复查 INR', count: 1 }] });
  }, 60_000);

  it('gives a dose at the bedside: refuses the wrong patient and drug, records, documents and reports the right ones', async () => {
    const place = { ward: 'W1', bed: 13 } as const;
    const instanceId = await start(order('L-PAR', 'PAR500', { dose: 500, frequency: 'st', orderType: 'one-time' }, place));
    const task = await openTask(instanceId, 'bedside');
    const scan = { wristband: 'WB-ZY260113', drugBarcode: '06930000000066', outcome: 'given', occurredAt: now() };

    expect(await complete(task, nurse, { ...scan, wristband: 'WB-ZY260112' }, 'par-1')).toMatchObject({ status: 'refused', failure: { code: 'COMPLETION_CHECK_FAILED', place: 'WRONG_PATIENT' } });
    expect(await complete(task, nurse, { ...scan, drugBarcode: '06930000000028' }, 'par-2')).toMatchObject({ status: 'refused', failure: { place: 'WRONG_DRUG' } });
    expect(await complete(task, nurse, scan, 'par-3')).toMatchObject({ status: 'accepted' });
    await ended(instanceId);

    expect(await shell.database.prisma.medicationAdministration.findMany({ where: { orderId: 'L-PAR' }, select: { status: true, performerId: true } })).toEqual([{ status: 'administered', performerId: 'nurse-w1' }]);
    expect((await shell.database.prisma.nursingRecord.findMany({ where: { instanceId }, orderBy: { id: 'asc' } })).map(({ kind, authorId }) => [kind, authorId])).toEqual([['nursing-record', 'nurse-w1'], ['temperature-chart', 'nurse-w1']]);
    expect((await shell.database.prisma.ledgerStep.findMany({ where: { instanceId }, orderBy: { id: 'asc' } })).map(({ loop, step }) => `${loop} ${step}`).sort()).toEqual(['dose dispensed', 'dose documented', 'dose recorded', 'dose reported', 'order accepted', 'order checked', 'order closed']);
    expect((await effects('cabinet')).filter(({ detail }) => (detail as { drug?: string }).drug === 'PAR500')).toHaveLength(1);
    expect((await effects('his')).filter((effect) => JSON.stringify(effect).includes('L-PAR')).length).toBe(3);
    await orderStatus('L-PAR', 'completed');
  }, 90_000);

  it('holds KCl and alerts doctor and nurse when potassium 6.8 arrives', async () => {
    const instanceId = await start(order('L-KCL', 'KCL10', { dose: 20, doseUnit: 'mmol', route: 'IV', frequency: 'q8h', infusion: { volumeMl: 500, concentrationMmolPerL: 40, rateMlPerHour: 250, line: 'peripheral' } }, { ward: 'W1', bed: 15 }));
    await shell.until(async () => (await shell.database.prisma.messageSubscription.findFirst({ where: { instanceId, message: 'patientFactsChanged' } })) ?? undefined, 30_000);
    await shell.database.prisma.observation.create({ data: { id: 'k-6.8', patientId: 'P115', code: '2823-3', value: 6.8, unit: 'mmol/L', observedAt: new Date(), source: 'test' } });
    const toldAt = Date.now();
    await shell.commands.publishMessage({ actor: his, idempotencyKey: 'lab-1', message: 'patientFactsChanged', correlationKey: 'P115', payload: { change: 'observation' } });

    const alert = await shell.until(async () => (await shell.database.prisma.clinicalAlert.findFirst({ where: { instanceId, code: 'ORDER_UNSAFE' } })) ?? undefined, 60_000);
    expect(alert).toMatchObject({ severity: 'critical', patientId: 'P115', unit: 'W1', roles: ['doctor', 'nurse', 'head-nurse'] });
    expect(Date.now() - toldAt).toBeLessThan(60_000);
    await orderStatus('L-KCL', 'on-hold');
    await openTask(instanceId, 'decideHold');
    expect(await shell.database.prisma.medicationAdministration.count({ where: { orderId: 'L-KCL', status: { in: ['planned', 'dispensed'] } } })).toBe(0);
    expect(await shell.database.prisma.userTask.count({ where: { instanceId, elementId: { in: ['bedside', 'doubleCheck'] }, status: 'open' } })).toBe(0);
  }, 120_000);

  it('starts the KCl of bed 12 as the demo hospital opens, once', async () => {
    expect(await startDemoOrders(shell.database)).toEqual(['DEMO-W1-12-2']);
    const instance = await shell.until(async () => (await shell.database.prisma.processInstance.findFirst({ where: { businessKey: 'DEMO-W1-12-2', status: 'running' } })) ?? undefined, 40_000);
    await shell.until(async () => (await shell.database.prisma.medicationAdministration.findFirst({ where: { orderId: 'DEMO-W1-12-2', status: 'planned' } })) ?? undefined, 30_000);

    expect(instance).toMatchObject({ patientId: 'P112', unit: 'W1' });
    expect(await startDemoOrders(shell.database)).toEqual([]);
    expect(await shell.database.prisma.incident.count({ where: { instanceId: instance.id } })).toBe(0);
  }, 90_000);

  it('judges the patient’s other running orders again when an order starts', async () => {
    // Aspirin of bed 12 runs since the test before; a further order of the patient changes the facts for it.
    await start(order('L-MET', 'MET25', { dose: 25, frequency: 'bid' }));

    const aspirin = await shell.until(async () => {
      const instance = await shell.database.prisma.processInstance.findFirst({ where: { businessKey: 'L-ASP' }, select: { path: true } });
      return (instance?.path as readonly string[] | undefined)?.includes('recheckDone') ? instance : undefined;
    }, 30_000);
    expect(aspirin?.path).toEqual(expect.arrayContaining(['factsChanged', 'recheckInteraction', 'recheckGateway', 'recheckEnded']));
  }, 60_000);
});
