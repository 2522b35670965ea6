import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDecider, recordDecision, type Decider } from '#activities';
import { createDatabase, type Database } from '#database';
import { runningDatabaseUrl } from '../../../cli/commands/running-database.ts';

const ruleSet = 'dose-hold';
const patientId = 'P112';

/**
 * Records in a running installation what the hold limits in effect decide about potassium chloride at these values, in mmol/L
 * and all of one demo patient, and one card of it that was overridden.
 */
export async function seedDecisions(dataFolder: string, potassiumMmolPerL: readonly number[]): Promise<void> {
  const database = createDatabase(runningDatabaseUrl({ dataFolder }), 2);
  try {
    const decider = createDecider(database);
    for (const value of potassiumMmolPerL) await decide(database, decider, value);
    const cardId = randomUUID();
    await database.prisma.cdsCard.create({ data: { id: cardId, service: 'order-sign', hookInstance: 'h', clientId: 'emr', patientId, ruleSet, version: '1', ruleId: 'potassium-raised-review', level: 'PHARMACIST' } });
    await database.prisma.cdsFeedback.create({ data: { cardId, factKey: 'a', outcome: 'overridden', reasonCode: 'will-monitor', outcomeAt: new Date() } });
  } finally {
    await database.close();
  }
}

/** Records such decisions while a shadow runs, and waits until it has seen them: it judges after whoever asked has the answer. */
export async function decideBesideShadow(dataFolder: string, potassiumMmolPerL: readonly number[]): Promise<void> {
  const database = createDatabase(runningDatabaseUrl({ dataFolder }), 2);
  const judged = async (): Promise<number> => (await database.prisma.ruleShadowHour.aggregate({ _sum: { judged: true } }))._sum.judged ?? 0;
  try {
    const before = await judged();
    const decider = createDecider(database);
    for (const value of potassiumMmolPerL) await decide(database, decider, value);
    for (let times = 0; times < 100 && (await judged()) < before + potassiumMmolPerL.length; times += 1) await sleep(100);
  } finally {
    await database.close();
  }
}

async function decide(database: Database, decider: Decider, potassiumMmolPerL: number): Promise<void> {
  const [decisionId, at] = [randomUUID(), new Date().toISOString()];
  const outcome = await decider.decide({ ruleSet, at, facts: { orderedIngredient: 'potassium-chloride', orderedGroups: ['potassium-supplement'], potassiumMmolPerL }, observedAt: { potassiumMmolPerL: new Date(Date.parse(at) - 3_600_000).toISOString() }, decisionId });
  if (outcome.kind === 'failed') throw new Error(outcome.failure.message);
  await recordDecision(database, { id: decisionId, ruleSet, version: outcome.version, result: outcome.result, facts: outcome.facts, at, patientId });
}
