import { hasCheckDigit, isExpired, readDrugCode } from './gs1.ts';
import { groupSeparator as gs } from './key-character.ts';

describe('a drug barcode', () => {
  it('gives product, expiry, batch and serial of a GS1 DataMatrix', () => {
    expect(readDrugCode(`]d2010690123456789217270331` + `10B77A${gs}21S0001`)).toEqual({ text: `010690123456789217270331` + `10B77A${gs}21S0001`, gtin: '06901234567892', expiry: '2027-03-31', batch: 'B77A', serial: 'S0001' });
  });

  it('reads the fields in any order', () => {
    expect(readDrugCode(`10B77${gs}172703310106901234567892`)).toMatchObject({ gtin: '06901234567892', expiry: '2027-03-31', batch: 'B77' });
  });

  it('reads the printed form with brackets', () => {
    expect(readDrugCode('(01)06901234567892(17)270331(10)B77')).toMatchObject({ gtin: '06901234567892', expiry: '2027-03-31', batch: 'B77' });
  });

  it('takes day 00 for the last day of the month', () => {
    expect(readDrugCode('010690123456789217280200').expiry).toBe('2028-02-29');
  });

  it('has no expiry when the date does not exist', () => {
    expect(readDrugCode('010690123456789217270230').expiry).toBeUndefined();
    expect(readDrugCode('010690123456789217271301').expiry).toBeUndefined();
  });

  it('reads a bare EAN-13 as a GTIN', () => {
    expect(readDrugCode('6901234567892')).toEqual({ text: '6901234567892', gtin: '06901234567892' });
  });

  it('claims no product when the check digit is wrong', () => {
    expect(readDrugCode('6901234567891')).toEqual({ text: '6901234567891' });
    expect(readDrugCode('0106901234567891').gtin).toBeUndefined();
  });

  it.each(['WB-ZY20261100', 'http://example.org/x', '', '01', '0106901234'])('leaves %j as text', (text) => {
    expect(readDrugCode(text)).toEqual({ text });
  });

  it('is expired from the day after the last one', () => {
    const code = readDrugCode('010690123456789217270331');

    expect(isExpired(code, '2027-03-31')).toBe(false);
    expect(isExpired(code, '2027-04-01')).toBe(true);
    expect(isExpired({ text: 'x' }, '2099-01-01')).toBe(false);
  });

  it('knows the check digits of GS1', () => {
    expect(['4006381333931', '96385074', '06901234567892'].map(hasCheckDigit)).toEqual([true, true, true]);
    expect(['4006381333932', '123', 'abcdefgh'].map(hasCheckDigit)).toEqual([false, false, false]);
  });
});
