import type { Relation } from '../identity/policy/relations.ts';
import type { Relationships } from '../identity/relations.ts';
import { createFieldRights } from './rights.ts';

/** Somebody who is related to these patients by each relation, in whichever role. */
const related = (patients: Readonly<Partial<Record<Relation, readonly string[]>>>) => ({ patientsOf: (relation: Relation) => patients[relation] ?? [] }) as unknown as Relationships;
const labelled = (code: string) => ({ labels: { none: { code, removedAt: null } } });

describe('the rights to a field', () => {
  it('of a role without its cell are to nobody', () => {
    const rights = createFieldRights({ roles: ['auditor', 'his'] }, related({ ward: ['P1'] }));

    expect(rights.whose('Patient.allergies')).toEqual({ id: { in: [] } });
    expect(rights.hidden('Patient.allergies')).toEqual({ NOT: { id: { in: [] } } });
  });

  it('of a role that needs no relation are to everybody', () => {
    const rights = createFieldRights({ roles: ['emr-desk'] }, related({}));

    expect(['Patient.allergies', 'Patient.name', 'Patient.latestObservations'].map((field) => [rights.whose(field), rights.hidden(field)])).toEqual(Array.from({ length: 3 }, () => [{}, undefined]));
    expect(rights.observations()).toEqual({ AND: [{ patient: {} }] });
  });

  it('are to the patients of the relations, each once', () => {
    const rights = createFieldRights({ roles: ['doctor'] }, related({ ward: ['P1'], duty: ['P1', 'P2'] }));

    expect(rights.whose('Patient.allergies')).toEqual({ OR: [{ AND: [{ id: { in: ['P1', 'P2'] } }] }] });
  });

  it('need of a labelled patient what the label says too, by the same role', () => {
    const rights = createFieldRights({ roles: ['pharmacist', 'auditor'] }, related({ 'care-team': ['P3'] }));
    const close = { id: { in: ['P3'] } };
    const here = { OR: [close, { encounters: { some: { endedAt: null } } }] };

    expect(rights.whose('Patient.name')).toEqual({ OR: [{ AND: [here, { OR: [labelled('CEL'), close] }] }, { AND: [{ OR: [labelled('CEL'), { id: { in: [] } }] }] }] });
  });

  it('to observations leave out those that a label hides, by their code', () => {
    const rights = createFieldRights({ roles: ['nurse'] }, related({ ward: ['P1'], duty: ['P2'] }));
    const near = { id: { in: ['P1', 'P2'] } };

    expect(rights.observations()).toEqual({ AND: [{ patient: { OR: [{ AND: [near] }] } }, { OR: [{ code: { notIn: expect.arrayContaining(['56888-1']) } }, { patient: { OR: [{ AND: [near, { OR: [labelled('HIV'), { id: { in: ['P2'] } }] }] }] } }] }] });
  });
});
