import { validateForm } from './form-validation.ts';

const form = { schema: { type: 'object', required: ['wristband'], additionalProperties: false, properties: { wristband: { type: 'string', minLength: 1 }, times: { type: 'array', items: { type: 'string', format: 'date-time' } } } } };
const placeOf = (data: Parameters<typeof validateForm>[1]) => validateForm(form, data)?.content.place;

describe('validateForm', () => {
  it('takes data that fit', () => {
    expect(validateForm(form, { wristband: 'WB-1', times: ['2026-11-22T08:00:00Z'] })).toBeUndefined();
  });

  it('names the field that is missing, surplus, wrong or deep inside', () => {
    expect([placeOf({}), placeOf({ wristband: 'a', extra: 1 }), placeOf({ wristband: '' }), placeOf({ wristband: 'a', times: ['now'] })]).toEqual(['wristband', 'extra', 'wristband', 'times.0']);
  });

  it('repeats no value', () => {
    expect(JSON.stringify(validateForm(form, { wristband: 'a', times: ['secret'] })?.content)).not.toContain('secret');
  });
});
