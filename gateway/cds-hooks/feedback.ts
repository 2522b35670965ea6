import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Database } from '#database';
import type { DoorFact } from '../graphql/door-fact.ts';
import { actorOf, type Viewer } from '../identity/viewer.ts';

/** What became of cards. CDS Hooks 2.0 §"Feedback". */
export const feedbackSchema = z.looseObject({
  feedback: z
    .array(
      z.looseObject({
        card: z.uuid(),
        outcome: z.enum(['accepted', 'overridden']),
        overrideReason: z
          .looseObject({
            reason: z.looseObject({ code: z.string().min(1).max(64), system: z.string().max(256).optional() }).optional(),
            userComment: z.string().max(2_000).optional(),
          })
          .optional(),
        outcomeTimestamp: z.iso.datetime({ offset: true }).optional(),
      }),
    )
    .min(1)
    .max(200),
});
export type Feedback = z.infer<typeof feedbackSchema>;

/**
 * Keeps what became of each card, once; a comment goes to the record alone, where it is encrypted. Gives the cards that this client
 * was not given by this service; then nothing was kept.
 */
export async function keepFeedback(database: Database, recordFact: (fact: DoorFact) => Promise<void>, serviceId: string, { feedback }: Feedback, viewer: Viewer): Promise<readonly string[]> {
  const ids = [...new Set(feedback.map(({ card }) => card))];
  const cards = await database.prisma.cdsCard.findMany({ where: { id: { in: ids }, service: serviceId, clientId: viewer.id } });
  const cardById = new Map(cards.map((card) => [card.id, card]));
  const unknown = ids.filter((id) => !cardById.has(id));
  if (unknown.length > 0) return unknown;

  for (const each of feedback) {
    const { card: cardId, outcome, overrideReason, outcomeTimestamp } = each;
    const card = cardById.get(cardId);
    if (!card) continue;
    const factKey = createHash('sha256').update(JSON.stringify(each)).digest('hex').slice(0, 24);
    await recordFact({
      factId: `card.${outcome}/${cardId}/${factKey}`,
      action: `card.${outcome}`,
      actor: actorOf(viewer),
      patientId: card.patientId,
      ...(overrideReason?.reason ? { reason: overrideReason.reason.code } : {}),
      detail: { card: cardId, ruleSet: card.ruleSet, ruleId: card.ruleId, version: card.version, level: card.level, ...(outcomeTimestamp ? { at: outcomeTimestamp } : {}), ...(overrideReason?.userComment ? { comment: overrideReason.userComment } : {}) },
    });
    await database.prisma.cdsFeedback.createMany({
      skipDuplicates: true,
      data: [{ cardId, factKey, outcome, reasonCode: overrideReason?.reason?.code ?? null, outcomeAt: outcomeTimestamp === undefined ? null : new Date(outcomeTimestamp) }],
    });
  }
  return [];
}
