import { planDoseOnRequest, planDoses, type DosePlan } from './dose-plan.ts';
import type { ClinicalOrder } from './order.ts';

const order: ClinicalOrder = {
  orderId: 'O-1', patientId: 'P-1', encounterId: 'E-1', ward: 'W1', medicationCode: 'M-1', ingredient: 'metoprolol', groups: ['beta-blocker'],
  dose: 25, doseUnit: 'mg', route: 'PO', frequency: 'bid', orderType: 'long-term', priority: 'routine', startAt: '2026-11-23T02:30:00.000Z', orderedBy: 'doctor-1',
};

/** The hospital's clock shows eight hours more. */
const local = (plan: DosePlan): readonly string[] => (plan.kind === 'planned' ? plan.doses.map((dose) => new Date(Date.parse(dose.plannedAt) + 8 * 3_600_000).toISOString().slice(5, 16)) : []);

describe('dose plan', () => {
  it('plans 16:00 today and both doses of tomorrow for a bid order accepted at 10:30 (O8)', () => {
    expect(local(planDoses(order, '2026-11-23T02:30:00.000Z'))).toEqual(['11-23T16:00', '11-24T08:00', '11-24T16:00']);
  });

  it('names the frequency that the dictionary does not have (O14)', () => {
    expect(planDoses({ ...order, frequency: 'q5h' }, order.startAt)).toEqual({ kind: 'unknownFrequency', frequency: 'q5h' });
  });

  it('gives the first antibiotic dose at once instead of at the next slot', () => {
    expect(local(planDoses({ ...order, groups: ['antibiotic'] }, order.startAt))).toEqual(['11-23T10:30', '11-24T08:00', '11-24T16:00']);
  });

  it('keeps the next slot of an antibiotic when half the interval lies between', () => {
    const early = { ...order, groups: ['antibiotic'], frequency: 'q12h', startAt: '2026-11-23T01:00:00.000Z' };

    expect(local(planDoses(early, early.startAt)).slice(0, 2)).toEqual(['11-23T09:00', '11-23T20:00']);
  });

  it('takes the last doses of the first day when the doctor sets fewer', () => {
    const early = { ...order, frequency: 'qid', startAt: '2026-11-22T22:00:00.000Z', firstDayDoses: 2 };

    expect(local(planDoses(early, early.startAt)).slice(0, 3)).toEqual(['11-23T16:00', '11-23T20:00', '11-24T08:00']);
  });

  it('starts tomorrow when the doctor sets no dose for the first day, antibiotic or not', () => {
    expect(local(planDoses({ ...order, groups: ['antibiotic'], firstDayDoses: 0 }, order.startAt))[0]).toBe('11-24T08:00');
  });

  it('adds a dose at the start when the doctor asks for more than slots are left', () => {
    const late = { ...order, startAt: '2026-11-23T12:00:00.000Z', firstDayDoses: 1 };

    expect(local(planDoses(late, late.startAt))[0]).toBe('11-23T20:00');
  });

  it('plans the next weekly dose although it lies beyond the horizon', () => {
    const weekly = { ...order, frequency: 'qw', startAt: '2026-11-22T23:00:00.000Z' };

    expect(local(planDoses(weekly, '2026-11-23T00:30:00.000Z'))).toEqual(['11-23T08:00']);
    expect(local(planDoses(weekly, '2026-11-23T04:00:00.000Z'))).toEqual(['11-30T08:00']);
  });

  it('plans one dose at the start of a one-time order, however late that is noticed', () => {
    const plan = planDoses({ ...order, orderType: 'one-time', frequency: 'st' }, '2026-11-23T09:00:00.000Z');

    expect(plan).toMatchObject({ kind: 'planned', doses: [{ doseId: 'O-1@2026-11-23T02:30:00.000Z', windowOpensAt: '2026-11-23T02:30:00.000Z', windowClosesAt: '2026-11-23T02:45:00.000Z', expiresAt: '2026-11-24T02:45:00.000Z' }] });
  });

  it('still plans a slot whose window is open, and no closed one', () => {
    expect(local(planDoses({ ...order, startAt: '2026-11-20T00:00:00.000Z' }, '2026-11-23T00:50:00.000Z'))[0]).toBe('11-23T08:00');
    expect(local(planDoses({ ...order, startAt: '2026-11-20T00:00:00.000Z' }, '2026-11-23T01:30:00.000Z'))[0]).toBe('11-23T16:00');
  });

  it('lets a dose expire when the window of the next one opens', () => {
    const plan = planDoses(order, order.startAt);

    expect(plan.kind === 'planned' && plan.doses.map((dose) => [dose.windowClosesAt, dose.expiresAt])).toEqual([
      ['2026-11-23T09:00:00.000Z', '2026-11-23T23:00:00.000Z'],
      ['2026-11-24T01:00:00.000Z', '2026-11-24T07:00:00.000Z'],
      ['2026-11-24T09:00:00.000Z', '2026-11-24T23:00:00.000Z'],
    ]);
  });

  it('narrows the window of a time-critical drug to half an hour', () => {
    const plan = planDoses({ ...order, groups: ['insulin'] }, order.startAt);

    expect(plan.kind === 'planned' && plan.doses[0]).toMatchObject({ windowOpensAt: '2026-11-23T07:30:00.000Z', windowClosesAt: '2026-11-23T08:30:00.000Z' });
  });

  it('plans an order as needed on request only', () => {
    const prn: ClinicalOrder = { ...order, orderType: 'prn', frequency: 'q6h' };

    expect(local(planDoses(prn, prn.startAt))).toEqual([]);
    expect(planDoseOnRequest(prn, '2026-11-23T05:00:00.000Z')).toMatchObject({ plannedAt: '2026-11-23T05:00:00.000Z', windowClosesAt: '2026-11-23T06:00:00.000Z' });
  });

  it('plans the same doses however often it is asked', () => {
    const [first, second] = [planDoses(order, '2026-11-24T03:00:00.000Z'), planDoses(order, '2026-11-24T04:00:00.000Z')];

    expect(local(first).filter((time) => local(second).includes(time))).toEqual(['11-24T16:00', '11-25T08:00', '11-25T16:00']);
  });
});
