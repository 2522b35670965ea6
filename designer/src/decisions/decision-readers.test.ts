import { mayReadDecisions } from './decision-readers.ts';

it('offers the reasons of a decision to those whom the gateway tells them', () => {
  expect(['doctor', 'nurse', 'head-nurse', 'pharmacist', 'auditor'].map((role) => mayReadDecisions([role]))).toEqual([true, true, true, true, true]);
  expect(['operator', 'process-owner', 'finance', 'privacy-officer'].map((role) => mayReadDecisions([role]))).toEqual([false, false, false, false]);
  expect(mayReadDecisions(['operator', 'pharmacist'])).toBe(true);
});
