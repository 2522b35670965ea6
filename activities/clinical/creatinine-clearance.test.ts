import { creatinineClearance, idealBodyWeight, type ClearanceInput } from './creatinine-clearance.ts';

const at = '2026-11-23T00:00:00.000Z';
const daysAgo = (days: number) => new Date(Date.parse(at) - days * 86_400_000).toISOString();
const input: ClearanceInput = { ageYears: 78, gender: 'female', weightKg: 50, heightCm: 158, creatinine: [{ micromolPerL: 141, observedAt: daysAgo(1) }], isOnDialysis: false, at };

describe('creatinine clearance', () => {
  it('gives 22.9 mL/min for a woman of 78 years, 50 kg and 141 µmol/L (O3)', () => {
    expect(creatinineClearance(input)).toEqual({ kind: 'computed', mlPerMin: 22.9, weightKg: 50, weightUsed: 'actual', observedAt: daysAgo(1) });
  });

  it('takes the ideal weight when the actual one is above it, and the adjusted one above 120 %', () => {
    const man: ClearanceInput = { ...input, ageYears: 60, gender: 'male', heightCm: 170, creatinine: [{ micromolPerL: 88.4, observedAt: at }] };

    expect(idealBodyWeight(170, 'male')).toBe(65.9);
    expect(creatinineClearance({ ...man, weightKg: 75 })).toMatchObject({ weightUsed: 'ideal', weightKg: 65.9, mlPerMin: 73.2 });
    expect(creatinineClearance({ ...man, weightKg: 100 })).toMatchObject({ weightUsed: 'adjusted', weightKg: 79.5, mlPerMin: 88.3 });
  });

  it.each([
    ['AGE_UNDER_18', { ageYears: 17 }],
    ['DIALYSIS', { isOnDialysis: true }],
    ['CREATININE_MISSING', { creatinine: [] }],
    ['CREATININE_TOO_OLD', { creatinine: [{ micromolPerL: 141, observedAt: daysAgo(7.1) }] }],
    ['CREATININE_UNSTABLE', { creatinine: [{ micromolPerL: 141, observedAt: daysAgo(0) }, { micromolPerL: 110, observedAt: daysAgo(1) }] }],
    ['CREATININE_UNSTABLE', { creatinine: [{ micromolPerL: 60, observedAt: daysAgo(0) }, { micromolPerL: 40, observedAt: daysAgo(5) }] }],
    ['GENDER_UNKNOWN', { gender: 'unknown' }],
    ['WEIGHT_MISSING', { weightKg: undefined }],
    ['HEIGHT_MISSING', { heightCm: undefined }],
  ])('refuses with %s', (reason, change) => {
    expect(creatinineClearance({ ...input, ...change })).toEqual({ kind: 'refused', reason });
  });

  it('accepts a creatinine that is exactly seven days old', () => {
    expect(creatinineClearance({ ...input, creatinine: [{ micromolPerL: 141, observedAt: daysAgo(7) }] })).toMatchObject({ mlPerMin: 22.9 });
  });
});
