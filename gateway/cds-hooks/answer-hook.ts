import { createHash } from 'node:crypto';
import { decisionIdOf, orderFacts, recordDecision, type Decider } from '#activities';
import type { Database } from '#database';
import type { Json } from '#engine';
import { isInterrupting, strongestLevel } from '#rules';
import type { DoorFact } from '../graphql/door-fact.ts';
import type { Language } from '../graphql/language.ts';
import { actorOf, type Viewer } from '../identity/viewer.ts';
import { judgeOrder } from '../judge-order.ts';
import { cardOf, mergeMissing, notKnown, type Card, type IssuedCard } from './cards.ts';
import type { HookRequest } from './hook-request.ts';
import { hookOrders, type HookOrder } from './order-contexts.ts';
import type { CdsService } from './services.ts';

export interface HookDependencies {
  readonly database: Database;
  readonly decider: Decider;
  readonly recordFact: (fact: DoorFact) => Promise<void>;
}

const indicatorOrder: readonly Card['indicator'][] = ['critical', 'warning', 'info'];

/**
 * Judges what a hook asks about and puts the decisions, the cards and the question on record before it answers. The same
 * request again gives the same cards. Throws PatientMismatchError, TooManyOrdersError.
 */
export async function answerHook({ database, decider, recordFact }: HookDependencies, service: CdsService, request: HookRequest, viewer: Viewer, language: Language): Promise<readonly Card[]> {
  const at = new Date().toISOString();
  const key = [viewer.id, service.id, request.hookInstance, createHash('sha256').update(JSON.stringify(request.context)).digest('hex')];
  const { isOwnPatient, orders, unreadAllergies } = await hookOrders(database, request, at);
  const patientId = isOwnPatient ? request.context.patientId : `${viewer.id}:${request.context.patientId}`;

  // One after the other: who else asks is answered in between.
  const judged = [];
  for (const [place, order] of orders.entries()) judged.push(await judge(order, place));
  const unread = unreadAllergies.map((what) => cardOf(notKnown('allergy-not-known', what), what, key, language));
  const issued = [...judged.flatMap(({ cards }) => cards), ...unread];
  // On opening a chart only what stands in a reader's way is told.
  const shown = service.hook === 'patient-view' ? issued.filter(({ finding }) => isInterrupting(finding.level)) : issued;

  await keepCards(shown);
  await recordFact({
    factId: `order.checked/${decisionIdOf('hook', ...key)}`,
    action: 'order.checked',
    actor: actorOf(viewer),
    patientId,
    reason: strongestLevel(issued.map(({ finding }) => finding)),
    detail: {
      service: service.id,
      orders: orders.map(({ description }) => description),
      askedBy: request.context.userId ?? request.userId ?? request.user ?? null,
      findings: issued.map(({ finding: { ruleSet, ruleId, version, level } }) => ({ ruleSet, ruleId, version, level })),
    },
  });
  return shown.map(({ card }) => card).sort((a, b) => indicatorOrder.indexOf(a.indicator) - indicatorOrder.indexOf(b.indicator));

  async function judge({ context, description, reference }: HookOrder, place: number): Promise<{ readonly cards: readonly IssuedCard[] }> {
    const orderKey = [...key, reference, String(place)];
    if (!context) return { cards: [cardOf(notKnown('drug-not-known', description), description, orderKey, language)] };
    // Facts are JSON by construction.
    const decisionId = (ruleSet: string): string => decisionIdOf(...orderKey, ruleSet);
    const { judgements } = await judgeOrder(decider, orderFacts(context) as Json, at, decisionId);
    for (const { ruleSet, version, result, facts } of judgements) {
      if (result) await recordDecision(database, { id: decisionId(ruleSet), ruleSet, version, result, facts, at, patientId });
    }
    // Rule sets that read the same fact declare it alike.
    const inputs = new Map(judgements.flatMap((judgement) => judgement.inputs.map((input) => [input.name, input] as const)));
    const findings = mergeMissing(judgements.flatMap((judgement) => judgement.findings)).filter(({ level }) => level !== 'PASS');
    return { cards: findings.map((finding) => cardOf(finding, description, orderKey, language, inputs)) };
  }

  async function keepCards(cards: readonly IssuedCard[]): Promise<void> {
    await database.prisma.cdsCard.createMany({
      skipDuplicates: true,
      data: cards.map(({ card, finding: { ruleSet, ruleId, version, level } }) => ({ id: card.uuid, service: service.id, hookInstance: request.hookInstance, clientId: viewer.id, patientId, ruleSet, version, ruleId, level })),
    });
  }
}
