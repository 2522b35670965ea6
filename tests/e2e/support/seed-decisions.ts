import { randomUUID } from 'node:crypto';
import { createDecider, recordDecision } from '#activities';
import { createDatabase } from '#database';
import { runningDatabaseUrl } from '../../../cli/commands/running-database.ts';

const ruleSet = 'dose-hold';

/**
 * Records in a running installation what the hold limits in effect decide about potassium chloride at these values, in mmol/L
 * and all of one demo patient, and one card of it that was overridden.
 */
export async function seedDecisions(dataFolder: string, potassiumMmolPerL: readonly number[]): Promise<void> {
  const database = createDatabase(runningDatabaseUrl({ dataFolder }), 2);
  const patientId = 'P112';
  try {
    const decider = createDecider(database);
    for (const value of potassiumMmolPerL) {
      const at = new Date().toISOString();
      const outcome = await decider.decide({ ruleSet, at, facts: { orderedIngredient: 'potassium-chloride', orderedGroups: ['potassium-supplement'], potassiumMmolPerL: value }, observedAt: { potassiumMmolPerL: new Date(Date.parse(at) - 3_600_000).toISOString() } });
      if (outcome.kind === 'failed') throw new Error(outcome.failure.message);
      await recordDecision(database, { id: randomUUID(), ruleSet, version: outcome.version, result: outcome.result, facts: outcome.facts, at, patientId });
    }
    const cardId = randomUUID();
    await database.prisma.cdsCard.create({ data: { id: cardId, service: 'order-sign', hookInstance: 'h', clientId: 'emr', patientId, ruleSet, version: '1', ruleId: 'potassium-raised-review', level: 'PHARMACIST' } });
    await database.prisma.cdsFeedback.create({ data: { cardId, factKey: 'a', outcome: 'overridden', reasonCode: 'will-monitor', outcomeAt: new Date() } });
  } finally {
    await database.close();
  }
}
