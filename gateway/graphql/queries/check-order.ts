import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { actorOf } from '../../identity/viewer.ts';
import { builder } from '../builder.ts';
import type { Finding, OrderAnswer } from '../context.ts';
import { badArgument } from '../request-errors.ts';
import { LocalizedTextType } from '../types/localized-text.ts';
import { plainIdOf } from '../global-ids.ts';

const short = z.string().min(1).max(128);
const OrderTypeEnum = builder.enumType('OrderType', { values: { LONG_TERM: { value: 'long-term' }, ONE_TIME: { value: 'one-time' }, PRN: { value: 'prn' } } as const });
const OrderPriorityEnum = builder.enumType('OrderPriority', { values: { ROUTINE: { value: 'routine' }, STAT: { value: 'stat' }, RESCUE: { value: 'rescue' } } as const });

const CheckOrderInput = builder.inputType('CheckOrderInput', {
  description: 'An order as it stands on the desk, before it is signed.',
  fields: (t) => ({
    patientId: t.id({ required: true, validate: short }),
    encounterId: t.id({ validate: short, description: 'The current stay when absent.' }),
    medicationCode: t.string({ required: true, validate: short }),
    dose: t.float({ required: true, validate: z.number().positive().finite() }),
    doseUnit: t.string({ required: true, validate: short, description: 'UCUM' }),
    route: t.string({ required: true, validate: short }),
    frequency: t.string({ required: true, validate: short }),
    orderType: t.field({ type: OrderTypeEnum, defaultValue: 'long-term' }),
    priority: t.field({ type: OrderPriorityEnum, defaultValue: 'routine' }),
    startAt: t.field({ type: 'DateTime', description: 'Now when absent.' }),
    indication: t.string({ validate: z.string().max(500) }),
    infusion: t.field({ type: 'JSON', description: '{volumeMl, concentrationMmolPerL, rateMlPerHour, line}' }),
  }),
});

const FindingType = builder.objectRef<Finding>('Finding').implement({
  fields: (t) => ({
    ruleSet: t.exposeString('ruleSet'),
    ruleId: t.exposeString('ruleId'),
    version: t.exposeString('version'),
    level: t.exposeString('level', { description: 'HARD | UNKNOWN | PHARMACIST | WARN | PASS' }),
    message: t.field({ type: LocalizedTextType, resolve: ({ message }) => message }),
    source: t.string({ nullable: true, resolve: ({ source }) => source ?? null }),
    sourceGrade: t.string({ nullable: true, resolve: ({ sourceGrade }) => sourceGrade ?? null }),
    facts: t.field({ type: 'JSON', description: 'The facts that the rule read.', resolve: ({ facts }) => facts }),
  }),
});

const CheckOrderResultType = builder.objectRef<Extract<OrderAnswer, { kind: 'checked' }>>('CheckOrderResult').implement({
  description: 'What the rules in effect say. Nothing was started.',
  fields: (t) => ({
    level: t.exposeString('level', { description: 'The strongest finding: HARD > UNKNOWN > PHARMACIST > WARN > PASS.' }),
    findings: t.field({ type: [FindingType], resolve: ({ findings }) => [...findings] }),
  }),
});

builder.queryField('checkOrder', (t) =>
  t.field({
    type: CheckOrderResultType,
    description: 'What the rules say about an order, asked before it is signed. Starts nothing; the question is on record.',
    args: { input: t.arg({ type: CheckOrderInput, required: true }) },
    resolve: async (_root, { input }, { checkOrder, recordFact, reads, viewer, access }) => {
      const patientId = plainIdOf('Patient', input.patientId);
      const mayAsk = access.reaches('Patient', { patientId });
      const answer: OrderAnswer = mayAsk
        ? await checkOrder({
            patientId,
            medicationCode: input.medicationCode,
            dose: input.dose,
            doseUnit: input.doseUnit,
            route: input.route,
            frequency: input.frequency,
            orderType: input.orderType ?? 'long-term',
            priority: input.priority ?? 'routine',
            startAt: (input.startAt ?? new Date()).toISOString(),
            orderedBy: viewer.id,
            ...(input.encounterId ? { encounterId: input.encounterId } : {}),
            ...(input.indication ? { indication: input.indication } : {}),
            ...(input.infusion === null || input.infusion === undefined ? {} : { infusion: input.infusion }),
          })
        : { kind: 'unknown', code: 'PATIENT_NOT_FOUND', place: 'patientId' };
      if (answer.kind === 'unknown') {
        await recordFact({ factId: `order.checkRefused/${randomUUID()}`, action: 'order.checkRefused', actor: actorOf(viewer), reason: answer.code });
        throw badArgument(answer.code, `input.${answer.place}`, `Expected ${answer.place} to name something known, but it does not`);
      }
      reads.add(patientId);
      await recordFact({
        factId: `order.checked/${randomUUID()}`,
        action: 'order.checked',
        actor: actorOf(viewer),
        patientId,
        reason: answer.level,
        detail: { medicationCode: input.medicationCode, dose: input.dose, doseUnit: input.doseUnit, route: input.route, frequency: input.frequency, findings: answer.findings.map(({ ruleSet, ruleId, version, level }) => ({ ruleSet, ruleId, version, level })) },
      });
      return answer;
    },
  }),
);
