import { randomUUID } from 'node:crypto';
import { createKeyStore } from '#activities';
import type { Actor, Json } from '#engine';
import type { RuleSetDocument } from '#rules';
import { demoOrder } from '../../gateway/demo-hospital/index.ts';
import { createRuleSetLife, type RuleSetLife } from '../../gateway/rule-sets/index.ts';
import { startOrderLoop, type OrderLoopShell } from '../support/order-loop-shell.ts';
import type { RunningShell } from '../support/running-shell.ts';

const his: Actor = { id: 'hl7:HIS', kind: 'system', roles: ['his'] };
const writer = { id: 'pharmacist-a', kind: 'person', roles: ['pharmacist'], name: 'A' } as const;
const approver = { id: 'pharmacist-b', kind: 'person', roles: ['pharmacist'], name: 'B' } as const;
/** A change reaches running cases within this time; see DESIGN §5. */
const reachedWithinMs = 60_000;

let loop: OrderLoopShell;
let shell: RunningShell;
let life: RuleSetLife;

beforeAll(async () => {
  loop = await startOrderLoop();
  ({ shell } = loop);
  life = createRuleSetLife({ database: shell.database, keys: createKeyStore(shell.database, Buffer.alloc(32, 1)) });
}, 300_000);
afterAll(() => loop?.close(), 60_000);

const key = () => randomUUID();

/** The version that came with the process. */
const shipped = (ruleSet: string) => shell.database.prisma.ruleSetVersion.findFirstOrThrow({ where: { key: ruleSet }, orderBy: { publishedAt: 'asc' } });

/** A new version with the document changed, written by one pharmacist and approved by another; in effect at once. */
async function publish(ruleSet: string, change: (document: RuleSetDocument) => RuleSetDocument): Promise<string> {
  const { prisma } = shell.database;
  const { document } = await shipped(ruleSet);
  const { _max } = await prisma.ruleSetRevision.aggregate({ where: { key: ruleSet }, _max: { revision: true } });
  const { revision } = await life.saveDraft({ key: ruleSet, document: change(document as unknown as RuleSetDocument) as unknown as Json, expectedRevision: _max.revision ?? 0, actor: writer, idempotencyKey: key() });
  const { reviewId } = await life.submitForReview({ key: ruleSet, expectedRevision: revision, comment: 'changed', actor: writer, idempotencyKey: key() });
  return (await life.approve({ reviewId, comment: 'agreed', actor: approver, idempotencyKey: key() })).version;
}

const renamed = (document: RuleSetDocument): RuleSetDocument => ({ ...document, name: { 'zh-CN': '改名', en: 'Renamed' } });

/** The hold limit of potassium set to what every patient has. */
const holdsAlways = (document: RuleSetDocument): RuleSetDocument => ({
  ...document,
  rules: document.rules.map((rule) => {
    if (rule.id !== 'potassium-high-hold' || !('all' in rule.conditions)) return rule;
    // Changed, it is not what was signed: grade A lets it hold without a signature.
    return { ...rule, conditions: { all: rule.conditions.all.map((part) => ('fact' in part && part.fact === 'potassiumMmolPerL' ? { ...part, value: 0.1 } : part)) }, source: { ...rule.source, grade: 'A' as const } };
  }),
});

async function startOrder(number: string, bed: number): Promise<string> {
  const placed = demoOrder({ ward: 'W1', bed }, number, 'KCL10', {
    dose: 20, doseUnit: 'mmol', route: 'IV', frequency: 'q8h', startAt: new Date(Date.now() + 24 * 3_600_000).toISOString(),
    infusion: { volumeMl: 500, concentrationMmolPerL: 40, rateMlPerHour: 250, line: 'peripheral' },
  });
  const outcome = await shell.commands.startProcess({ actor: his, idempotencyKey: placed.orderId, processKey: 'inpatient-order-loop', businessKey: placed.orderId, variables: { order: placed as unknown as Json }, patientId: placed.patientId, unit: placed.ward });
  if (outcome.status === 'refused' || outcome.instanceId === undefined) throw new Error(`Expected a start, but got ${JSON.stringify(outcome)}`);
  const { instanceId } = outcome;
  await shell.until(async () => (await shell.database.prisma.messageSubscription.findFirst({ where: { instanceId, message: 'patientFactsChanged' } })) ?? undefined, 60_000);
  return instanceId;
}

const judgedBy = (instanceId: string, ruleSet: string, version: string) =>
  shell.until(async () => ((await shell.database.prisma.decision.findFirst({ where: { instanceId, ruleSet }, orderBy: { decidedAt: 'desc' } }))?.version === version ? version : undefined), reachedWithinMs);

describe('rules that change while an order runs', () => {
  it('are asked again within 60 seconds: after publishing and after a recall, which alerts where nothing can be asked again', async () => {
    const duplicate = await publish('duplicate', renamed);
    const instanceId = await startOrder('RC-KCL', 15);
    await judgedBy(instanceId, 'duplicate', duplicate);
    await life.recallVersion({ key: 'duplicate', version: duplicate, reason: 'wrong', actor: writer, idempotencyKey: key() });

    const dose = await publish('dose', renamed);
    await judgedBy(instanceId, 'dose', dose);
    await life.recallVersion({ key: 'dose', version: dose, reason: 'wrong', actor: writer, idempotencyKey: key() });

    expect(await shell.database.prisma.recalledCase.findMany({ where: { key: 'dose' }, select: { version: true, instanceId: true } })).toEqual([{ version: dose, instanceId }]);
    await judgedBy(instanceId, 'dose', (await shipped('dose')).version);
    // An active order is asked about duplicates again only after a release: a person looks.
    const alert = await shell.until(async () => (await shell.database.prisma.clinicalAlert.findFirst({ where: { instanceId, code: 'RULES_RECALLED' } })) ?? undefined, reachedWithinMs);
    expect(alert).toMatchObject({ patientId: 'P115', unit: 'W1', roles: expect.arrayContaining(['pharmacist', 'doctor']), text: { en: expect.stringContaining('Renamed') } });
  }, 240_000);

  it('hold an active order that a new version finds unsafe', async () => {
    const instanceId = await startOrder('RC-KCL-2', 16);
    // Hold limits are asked before a dose, or with everything else after a change: only a case that was judged is judged again.
    const dose = await publish('dose', renamed);
    await judgedBy(instanceId, 'dose', dose);
    await judgedBy(instanceId, 'dose-hold', (await shipped('dose-hold')).version);
    const toldAt = Date.now();
    const version = await publish('dose-hold', holdsAlways);

    await shell.until(async () => (await shell.database.prisma.clinicalAlert.findFirst({ where: { instanceId, code: 'ORDER_UNSAFE' } })) ?? undefined, reachedWithinMs);

    expect(Date.now() - toldAt).toBeLessThan(reachedWithinMs);
    expect(await shell.database.prisma.decision.findFirst({ where: { instanceId, ruleSet: 'dose-hold' }, orderBy: { decidedAt: 'desc' } })).toMatchObject({ version, level: 'HARD' });
  }, 180_000);
});
