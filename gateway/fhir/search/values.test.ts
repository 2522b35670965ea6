import { readParameters } from './read-parameters.ts';
import { readReference, readToken, textFilter, tokenConditions } from './values.ts';

describe('parameters', () => {
  it('are read with modifier, values and escapes', () => {
    expect(readParameters('name:exact=a%5C,b,c+d&_id=P1')).toEqual([
      { name: 'name', modifier: 'exact', values: ['a\\,b', 'c d'], text: 'a\\,b,c d' },
      { name: '_id', values: ['P1'], text: 'P1' },
    ]);
    expect(readParameters('')).toEqual([]);
  });

  it.each(['name=%00', 'name=%', 'name=%ff', 'name=%ED%A0%80', 'na%20me=x', 'a:b:c=x', '=x', '%3Cscript%3E=x'])('that cannot be read are refused: %s', (text) => {
    expect(() => readParameters(text)).toThrow(expect.objectContaining({ status: 400, issue: 'invalid' }));
  });

  it('that are empty or too much are refused, and say which', () => {
    expect(() => readParameters('name=')).toThrow(expect.objectContaining({ parameter: 'name', issue: 'value' }));
    expect(() => readParameters('_id=a,,b')).toThrow(expect.objectContaining({ parameter: '_id', issue: 'value' }));
    expect(() => readParameters(`name=${'x'.repeat(4_001)}`)).toThrow(expect.objectContaining({ parameter: 'name', issue: 'too-long' }));
    expect(() => readParameters(`_id=${'a,'.repeat(100)}a`)).toThrow(expect.objectContaining({ parameter: '_id', issue: 'too-long' }));
    expect(() => readParameters('a=1&'.repeat(41))).toThrow(expect.objectContaining({ issue: 'too-long' }));
  });
});

describe('a token', () => {
  it('has a system, a code or both', () => {
    expect([readToken('code', 'http://loinc.org|1-2'), readToken('code', '1-2'), readToken('code', '|1-2'), readToken('code', 'http://loinc.org|'), readToken('code', 'a\\|b')]).toEqual([
      { system: 'http://loinc.org', code: '1-2' }, { code: '1-2' }, { system: '', code: '1-2' }, { system: 'http://loinc.org' }, { code: 'a|b' },
    ]);
  });

  it.each(['|', 'a|b|c'])('is refused when it is neither: %s', (text) => {
    expect(() => readToken('code', text)).toThrow(expect.objectContaining({ status: 400, parameter: 'code' }));
  });

  it('finds by the systems that it may mean, and nothing by another or none', () => {
    const by = { a: (code?: string) => `a ${code}`, b: (code?: string) => (code === 'x' ? 'b x' : undefined) };

    expect([tokenConditions({ code: 'x' }, by), tokenConditions({ code: 'y' }, by), tokenConditions({ system: 'b', code: 'x' }, by), tokenConditions({ system: 'c', code: 'x' }, by), tokenConditions({ system: '', code: 'x' }, by), tokenConditions({ system: 'a' }, by)]).toEqual([
      ['a x', 'b x'], ['a y'], ['b x'], [], [], ['a undefined'],
    ]);
  });
});

it('reads references to the type by id, type and id, or address', () => {
  const read = (text: string) => readReference(text, 'Patient', 'http://localhost:4000/fhir');

  expect([read('P1'), read('Patient/P1'), read('http://localhost:4000/fhir/Patient/P1'), read('Group/P1'), read('http://other.example/fhir/Patient/P1'), read('Patient/a_b')]).toEqual(['P1', 'P1', 'P1', undefined, undefined, undefined]);
});

it('compares texts by their beginning, and takes patterns for what they are', () => {
  expect(textFilter('wang', undefined)).toEqual({ startsWith: 'wang', mode: 'insensitive' });
  expect(textFilter('%_\\\\', 'contains')).toEqual({ contains: '\\%\\_\\\\', mode: 'insensitive' });
  expect(textFilter('a\\,b', 'exact')).toEqual({ equals: 'a,b' });
});
