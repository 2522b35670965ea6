import { comparedValues } from './compared-values.ts';

describe('comparedValues', () => {
  it('reads both sides of an equality, in either order and deep inside', () => {
    expect(comparedValues('data.wristband = input.wristband', { wristband: 'A' }, { wristband: 'B' })).toEqual({ expected: 'A', scanned: 'B' });
    expect(comparedValues('input.dose.medication.gtin = data.gtin and true', { dose: { medication: { gtin: 1 } } }, { gtin: 2 })).toEqual({ expected: '1', scanned: '2' });
  });

  it('says nothing of a condition that compares something else, or of values that are not there', () => {
    expect(comparedValues('data.count > 3', {}, { count: 1 })).toEqual({});
    expect(comparedValues('data.wristband = input.wristband', { wristband: 'A' }, {})).toEqual({ expected: 'A' });
    expect(comparedValues('data.toString = input.constructor', {}, {})).toEqual({});
  });
});
