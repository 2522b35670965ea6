import { outcomeOfReason } from './reason-codes.ts';

describe('why a dose was not given', () => {
  it('is a refusal only when the patient refused', () => {
    expect(outcomeOfReason('patient-refused', 'not-done')).toBe('refused');
    expect(['drug-unavailable', 'npo', 'nausea'].map((code) => outcomeOfReason(code, 'refused'))).toEqual(['not-done', 'not-done', 'not-done']);
  });

  it('leaves the choice to the person when the reason is another', () => {
    expect([outcomeOfReason('other', undefined), outcomeOfReason('other', 'refused')]).toEqual([undefined, 'refused']);
  });
});
