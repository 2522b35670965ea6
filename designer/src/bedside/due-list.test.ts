import { readDrugCode } from '../scanner/gs1.ts';
import { barcodeToSend, doseFor, doseOf, groupDoses, isSameProduct } from './due-list.ts';
import { testDose, testTask } from './test-doses.ts';

const now = Date.parse('2026-11-22T08:00:00Z');
const overdue = testDose('late', '06901234567892', '2026-11-22T06:00:00Z', '2026-11-22T05:30:00Z', '2026-11-22T07:00:00Z');
const due = testDose('due', '06901234567908', '2026-11-22T08:00:00Z', '2026-11-22T07:30:00Z', '2026-11-22T09:00:00Z');
const later = testDose('later', '06901234567915', '2026-11-22T12:00:00Z', '2026-11-22T11:30:00Z', '2026-11-22T13:00:00Z');

describe('the due list', () => {
  it('puts overdue doses first, then those whose window is open, then the rest', () => {
    const groups = groupDoses([later, due, overdue], now);

    expect(groups.map(({ group, doses }) => [group, doses.map((dose) => dose.task.id)])).toEqual([['overdue', ['late']], ['now', ['due']], ['later', ['later']]]);
  });

  it('reads the ordered line and leaves out what is not known', () => {
    expect(due).toMatchObject({ amount: '100 mg', route: 'PO', frequency: 'qd' });
    expect(doseOf(testTask('bare', {}))).toMatchObject({ drug: undefined, amount: undefined, gtin: undefined, isHighAlert: false });
  });

  it('finds the dose that a scanned drug is meant for', () => {
    expect(doseFor([later, due, overdue], readDrugCode('0106901234567908'), undefined, now)?.task.id).toBe('due');
    expect(doseFor([later, due, overdue], readDrugCode('6901234567915'), 'due', now)?.task.id).toBe('later');
  });

  it('keeps the chosen dose when the same drug is due twice', () => {
    const evening = testDose('evening', '06901234567908', '2026-11-22T12:00:00Z', '2026-11-22T11:30:00Z', '2026-11-22T13:00:00Z');

    expect(doseFor([due, evening], readDrugCode('06901234567908'), 'evening', now)?.task.id).toBe('evening');
  });

  it('lets the server refuse a drug that nothing is due for, on the chosen dose, else on the first', () => {
    const wrong = readDrugCode('06901234500001');

    expect(doseFor([later, due, overdue], wrong, 'due', now)?.task.id).toBe('due');
    expect(doseFor([later, due, overdue], wrong, undefined, now)?.task.id).toBe('late');
    expect(doseFor([], wrong, undefined, now)).toBeUndefined();
  });

  it('sends the product number as the order writes it only when it is the same product', () => {
    const short = testDose('short', '6901234567908', '2026-11-22T08:00:00Z', '2026-11-22T07:30:00Z', '2026-11-22T09:00:00Z');

    expect(barcodeToSend(readDrugCode('06901234567908'), short)).toBe('6901234567908');
    expect(barcodeToSend(readDrugCode('10B77\u001d1727033101' + '06901234567908'), short)).toBe('016901234567908' + '17270331' + '10B77');
    expect(barcodeToSend(readDrugCode('0106901234567892'), short)).toBe('0106901234567892');
    expect(barcodeToSend(readDrugCode('LOCAL-7'), short)).toBe('LOCAL-7');
    expect(isSameProduct(undefined, undefined)).toBe(false);
  });
});
