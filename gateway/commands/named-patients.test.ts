import { namedPatients, patientOfCase } from './named-patients.ts';

describe('the patients whom variables name', () => {
  it('are found however deep, in their order', () => {
    const variables = { order: { patientId: 'P1', drug: 'A' }, patientId: 'P2', list: [{ of: { patientId: 'P3' } }], patientid: 'P4', other: { patientId: 5 } };

    expect(namedPatients(variables)).toEqual([{ place: 'order.patientId', patientId: 'P1' }, { place: 'patientId', patientId: 'P2' }, { place: 'list.0.of.patientId', patientId: 'P3' }]);
  });

  it('have one whom the case is about: the first that stands by itself or within one object', () => {
    expect(patientOfCase({ deep: { order: { patientId: 'P1' } }, order: { patientId: 'P2' } })).toEqual({ place: 'order.patientId', patientId: 'P2' });
    expect(patientOfCase({ deep: { order: { patientId: 'P1' } }, text: 'P2', nothing: null })).toBeUndefined();
  });
});
