import type { FhirContext } from '../context.ts';
import { actorParameter, any, tokenParameter } from './parameters.ts';

const context = {} as FhirContext;
const sent = (value: string, modifier?: string) => ({ name: 'owner', values: [value], text: value, ...(modifier === undefined ? {} : { modifier }) });

describe('conditions of which one suffices', () => {
  it('find nothing when there are none, and everything when one always holds', () => {
    expect([any([]), any([{ a: 1 }, {}]), any([{ a: 1 }, { b: 2 }])]).toEqual([{ id: { in: [] } }, {}, { OR: [{ a: 1 }, { b: 2 }] }]);
  });

  it('of a token of another system find nothing', () => {
    const parameter = tokenParameter<object>({ 'urn:a': (code) => ({ code }) });

    expect([parameter.read(sent('urn:b|x'), '')(context), parameter.read(sent('x'), '')(context)]).toEqual([{ id: { in: [] } }, { OR: [{ code: 'x' }] }]);
  });
});

describe('a person or a system', () => {
  const parameter = actorParameter<object>({ 'urn:person': 'Practitioner', 'urn:client': 'Device' }, (key, system) => ({ key, system }));
  const read = (value: string, modifier?: string) => parameter.read(sent(value, modifier), '')(context);

  it('is named by reference, id or identifier', () => {
    expect([read('Practitioner/n1'), read('n1'), read('urn:client|his', 'identifier')]).toEqual([{ OR: [{ key: 'n1', system: 'urn:person' }] }, { OR: [{ key: 'n1', system: undefined }] }, { OR: [{ key: 'his', system: 'urn:client' }] }]);
  });

  it('of another kind or system is nobody', () => {
    expect([read('Patient/n1'), read('urn:other|n1', 'identifier'), read('__proto__|n1', 'identifier')]).toEqual(Array.from({ length: 3 }, () => ({ id: { in: [] } })));
  });

  it('without a value is refused', () => {
    expect(() => read('urn:person|', 'identifier')).toThrow(expect.objectContaining({ status: 400, parameter: 'owner' }));
  });
});
