import type { RJSFSchema } from '@rjsf/utils';
import { fieldOrder } from './field-order.ts';
import { checkAgainstSchema, createFormValidator } from './json-schema-validator.ts';
import { localizeJson } from './localize-json.ts';
import { fieldForScan } from './scan-fields.ts';
import { errorsAtField } from './server-errors.ts';

const schema = { type: 'object', required: ['decision', 'reason'], additionalProperties: false, properties: { decision: { type: 'string', oneOf: [{ const: 'approve' }, { const: 'return' }] }, reason: { type: 'string', minLength: 2, maxLength: 5 }, days: { type: 'integer', minimum: 1, maximum: 30 }, at: { type: 'string', format: 'date-time' } } };

describe('checking a form without compiling code', () => {
  it('accepts data that fit', () => {
    expect(checkAgainstSchema(schema, { decision: 'approve', reason: 'abc', days: 3, at: '2026-11-22T06:00:00Z' })).toEqual([]);
  });

  it('names each field with the keyword that it breaks and the limit', () => {
    expect(checkAgainstSchema(schema, { reason: 'a', days: 31 })).toEqual([
      { path: ['decision'], keyword: 'required' },
      { path: ['reason'], keyword: 'minLength', limit: 2 },
      { path: ['days'], keyword: 'maximum', limit: 30 },
    ]);
    expect(checkAgainstSchema(schema, { decision: 'x', reason: 'abc' }).map(({ path }) => path)).toEqual([['decision']]);
    expect(checkAgainstSchema(schema, { decision: 'approve', reason: 'abc', at: 'soon' })).toEqual([{ path: ['at'], keyword: 'format' }]);
  });

  it('takes no data for an empty form, not for a crash', () => {
    expect(checkAgainstSchema(schema, undefined).map(({ path }) => path[0])).toEqual(['decision', 'reason']);
  });

  it('gives rjsf its errors by field, in words', () => {
    const { errors, errorSchema } = createFormValidator<Record<string, unknown>, RJSFSchema, object>(({ keyword }) => `!${keyword}`).validateFormData({ decision: 'approve', reason: 'a' }, schema as RJSFSchema);

    expect(errors.map(({ property, message }) => [property, message])).toEqual([['.reason', '!minLength']]);
    expect(errorSchema).toEqual({ reason: { __errors: ['!minLength'] } });
  });
});

describe('a refusal of the server', () => {
  const refusal = { typename: 'ValidationError', code: 'FORM_INVALID', message: 'm' };

  it('is shown at its field when the form has it', () => {
    expect(errorsAtField({ ...refusal, place: 'data.reason' }, ['reason'])).toEqual({ reason: { __errors: ['m'] } });
    expect(errorsAtField({ ...refusal, place: 'address.0.city' }, ['address'])).toEqual({ address: { '0': { city: { __errors: ['m'] } } } });
    expect(errorsAtField({ ...refusal, place: 'elsewhere' }, ['reason'])).toBeUndefined();
    expect(errorsAtField(refusal, ['reason'])).toBeUndefined();
  });
});

describe('a form', () => {
  it('is shown in the reader’s language, wherever a text stands', () => {
    expect(localizeJson({ title: { 'zh-CN': '理由', en: 'Reason' }, items: [{ 'zh-CN': '一', en: 'one' }], maxLength: 5 }, 'en')).toEqual({ title: 'Reason', items: ['one'], maxLength: 5 });
  });

  it('asks for the required fields first, in the form’s order', () => {
    expect(fieldOrder(schema)).toEqual(['decision', 'reason', '*']);
    expect(fieldOrder({})).toEqual(['*']);
  });

  it('takes a scan into the field that it fits', () => {
    expect(fieldForScan(['drugBarcode', 'confirmed'], 'ANYTHING')).toBe('drugBarcode');
    expect(fieldForScan(['wristband', 'drugBarcode'], '06901234567892')).toBe('drugBarcode');
    expect(fieldForScan(['wristband', 'drugBarcode'], 'WB-1')).toBe('wristband');
    expect(fieldForScan(['reason'], 'WB-1')).toBeUndefined();
  });
});
