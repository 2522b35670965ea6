import { allergyResource, noneKnownResource, patientOfNoneKnown } from './allergy-intolerance.ts';
import { auditEventResource, type EntryRow } from './audit-event.ts';
import { encounterResource } from './encounter.ts';
import { locationResource } from './location.ts';
import { observationResource } from './observation.ts';
import { patientResource } from './patient.ts';
import { unknownElements } from './r4-elements.ts';
import { stageOf, stagesOf, taskResource, taskStages, type TaskRow } from './task.ts';

const at = new Date('2026-11-20T08:00:00Z');
const later = new Date('2026-11-20T09:30:00Z');
const masked = [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' }];
const redacted = expect.objectContaining({ code: 'REDACTED' });
const codes = (resource: { readonly meta?: { readonly security?: readonly { readonly code: string }[] } }) => resource.meta?.security?.map(({ code }) => code) ?? [];

describe('Patient', () => {
  const row = { id: 'P1', name: '王芳', gender: 'female', birthDate: new Date('1948-03-01'), isSynthetic: true, allergyStatus: 'recorded' };

  it('has number, name, gender and birth date, its labels, and that it is made up', () => {
    const resource = patientResource(row, { seesName: true, seesBirthDate: true, labels: ['PSY'] });

    expect(resource).toMatchObject({ id: 'P1', identifier: [{ system: 'urn:careloop:patient', value: 'P1' }], name: [{ text: '王芳' }], gender: 'female', birthDate: '1948-03-01' });
    expect(codes(resource)).toEqual(['PSY', 'HTEST']);
    expect(unknownElements(resource)).toEqual([]);
  });

  it('says that name and birth date are hidden where they are', () => {
    const resource = patientResource({ ...row, isSynthetic: false }, { seesName: false, seesBirthDate: false, labels: [] });

    expect(resource).toMatchObject({ name: [{ extension: masked }], _birthDate: { extension: masked }, meta: { security: [redacted] } });
    expect(JSON.stringify(resource)).not.toMatch(/王芳|1948/);
    expect(unknownElements(resource)).toEqual([]);
  });

  it('has no gender that the value set does not have', () => {
    expect(patientResource({ ...row, gender: 'F' }, { seesName: true, seesBirthDate: true, labels: [] }).gender).toBe('unknown');
  });
});

describe('Encounter', () => {
  const row = { id: 'E1', patientId: 'P1', wardId: 'W1', bed: '3', admittedAt: at, endedAt: null, wristband: 'WB1' };

  it('is in progress while the stay lasts, in its ward and bed', () => {
    const resource = encounterResource(row, 'Ward 1');

    expect(resource).toMatchObject({ status: 'in-progress', class: { code: 'IMP' }, subject: { reference: 'Patient/P1' }, period: { start: '2026-11-20T08:00:00.000Z' }, location: [{ location: { reference: 'Location/W1', display: 'Ward 1' }, status: 'active' }, { location: { display: '3' } }] });
    expect(resource.period.end).toBeUndefined();
    expect(unknownElements(resource)).toEqual([]);
  });

  it('is finished with its end', () => {
    expect(encounterResource({ ...row, endedAt: later }, undefined)).toMatchObject({ status: 'finished', period: { end: '2026-11-20T09:30:00.000Z' }, location: [{ status: 'completed' }, { status: 'completed' }] });
  });
});

describe('AllergyIntolerance', () => {
  const row = { id: 'A1', patientId: 'P1', substance: 'penicillin', reactionClass: 'immediate', recordedAt: at };

  it.each([['immediate', 'high', undefined], ['delayed-mild', 'low', 'mild'], ['severe-cutaneous', 'high', 'severe'], ['__proto__', undefined, undefined]])('of the class %s has its criticality and severity', (reactionClass, criticality, severity) => {
    const resource = allergyResource({ ...row, reactionClass });

    expect([resource.criticality, resource.reaction?.[0]?.severity]).toEqual([criticality, severity]);
    expect(resource.reaction?.[0]?.manifestation[0]?.coding?.[0]?.code).toBe(reactionClass);
    expect(unknownElements(resource)).toEqual([]);
  });

  it('says that nothing is known, under an id that leads back to the patient', () => {
    const resource = noneKnownResource('P1');

    expect(resource.code.coding).toEqual([expect.objectContaining({ system: 'http://snomed.info/sct', code: '716186003' })]);
    expect(resource.id).toMatch(/^[A-Za-z0-9\-.]{1,64}$/);
    expect(patientOfNoneKnown(resource.id ?? '')).toBe('P1');
    expect(unknownElements(resource)).toEqual([]);
  });
});

describe('Observation', () => {
  const row = { id: 'O1', patientId: 'P1', code: '2823-3', value: 4.1, unit: 'mmol/L', observedAt: at, receivedAt: later, source: 'lis' };

  it('has its LOINC code, its quantity in UCUM, and when it came', () => {
    const resource = observationResource(row);

    expect(resource).toMatchObject({ meta: { lastUpdated: later.toISOString() }, status: 'final', code: { coding: [{ system: 'http://loinc.org', code: '2823-3' }] }, effectiveDateTime: at.toISOString(), valueQuantity: { value: 4.1, unit: 'mmol/L', system: 'http://unitsofmeasure.org', code: 'mmol/L' } });
    expect(unknownElements(resource)).toEqual([]);
  });

  it('of a code of the hospital names its own system', () => {
    expect(observationResource({ ...row, code: 'CL-PREGNANT' }).code.coding?.[0]?.system).toBe('urn:careloop:observation');
  });
});

describe('Task', () => {
  const row: TaskRow = {
    id: 'i:t1', instanceId: 'i', taskId: 't1', elementId: 'give', elementInstanceId: 'e1', status: 'open', candidateRoles: ['nurse'], unit: 'W1', assignee: null, form: 'give', dueAt: later, priority: 50, patientId: 'P1', input: { secret: 1 },
    createdAt: at, endedAt: null, completedBy: null, followUpAt: null, owner: null, performedBy: [], performedAt: null, performedData: { secret: 2 }, verifyUntil: null, instance: { bundleHash: 'h' },
  };
  const view = { name: 'Give the dose', seesPatient: true, nameOf: (id: string) => `name of ${id}`, wardName: 'Ward 1' };

  it.each([
    ['requested', 'open', {}],
    ['accepted', 'claimed', { assignee: 'n1' }],
    ['accepted', 'delegated', { assignee: 'n2', owner: 'n1' }],
    ['in-progress', 'to-verify', { assignee: 'n1', performedAt: at }],
    ['completed', 'completed', { status: 'completed', completedBy: 'n1', endedAt: later }],
    ['cancelled', 'cancelled', { status: 'cancelled', endedAt: later }],
  ])('is %s when it is %s', (status, stage, columns) => {
    const resource = taskResource({ ...row, ...columns }, view);

    expect([resource.status, resource.businessStatus.coding?.[0]?.code, stageOf({ ...row, ...columns })]).toEqual([status, stage, stage]);
    expect(stagesOf(status)).toContain(stage);
    expect(unknownElements(resource)).toEqual([]);
  });

  it('says for whom, by whom, where and until when, and nothing of its input', () => {
    const resource = taskResource({ ...row, assignee: 'n2', owner: 'n1' }, view);

    expect(resource).toMatchObject({
      id: 'i.3at1', identifier: [{ value: 'i:t1' }], groupIdentifier: { value: 'i' }, focus: { identifier: { value: 'i' } }, for: { reference: 'Patient/P1' }, code: { coding: [{ code: 'give' }], text: 'Give the dose' },
      requester: { identifier: { value: 'n1' }, display: 'name of n1' }, owner: { identifier: { value: 'n2' }, display: 'name of n2' }, performerType: [{ coding: [{ code: 'nurse' }] }], location: { reference: 'Location/W1' }, restriction: { period: { end: later.toISOString() } },
    });
    expect(JSON.stringify(resource)).not.toContain('secret');
  });

  it('says that its patient is hidden where it is, and has none where there is none', () => {
    const hidden = taskResource(row, { ...view, seesPatient: false });

    expect(hidden).toMatchObject({ for: { extension: masked }, meta: { security: [redacted] } });
    expect(JSON.stringify(hidden)).not.toContain('P1');
    expect(taskResource({ ...row, patientId: null }, { ...view, seesPatient: false })).not.toHaveProperty('for');
    expect(unknownElements(hidden)).toEqual([]);
  });

  it('has a status for each stage, of which none is lost', () => {
    const statuses = ['requested', 'accepted', 'in-progress', 'completed', 'cancelled', 'draft', 'toString'];

    expect(statuses.flatMap(stagesOf).sort()).toEqual([...taskStages].sort());
  });
});

describe('AuditEvent', () => {
  const row: EntryRow = {
    id: 7n, factId: 'f', recordedAt: later, occurredAt: at, deviceAt: null, timeSource: null, lateEntry: false, actorId: 'n1', actorKind: 'person', actorRoles: ['nurse'], actorUnit: 'W1', onBehalfOf: 'n2', action: 'patient.read',
    processKey: null, instanceId: 'i', elementId: null, elementInstanceId: null, taskId: 't1', patientId: 'P1', reason: 'because', ruleSet: 'dose-hold', ruleSetVersion: '1', decisionId: null, corrects: null, payload: { secret: 1 },
  };
  const view = { seesPatient: true, nameOf: (id: string) => `name of ${id}` };

  it('says who did what to whom, when and why, and nothing of its values', () => {
    const resource = auditEventResource(row, view);

    expect(resource).toMatchObject({
      id: '7', type: { code: '110110' }, subtype: [{ system: 'urn:careloop:action', code: 'patient.read' }], action: 'R', outcome: '0', recorded: later.toISOString(), period: { start: at.toISOString() }, purposeOfEvent: [{ text: 'because' }],
      agent: [{ who: { type: 'Practitioner', identifier: { value: 'n1' }, display: 'name of n1' }, requestor: true, location: { reference: 'Location/W1' } }, { who: { identifier: { value: 'n2' } }, requestor: false }],
      entity: [{ what: { reference: 'Patient/P1' } }, { what: { identifier: { value: 'i' } } }, { what: { identifier: { value: 'i:t1' } } }, { what: { identifier: { value: 'dose-hold/1' } } }],
    });
    expect(JSON.stringify(resource)).not.toContain('secret');
    expect(unknownElements(resource)).toEqual([]);
  });

  it.each([['access.refused', '110113', '4'], ['audit.searched', '110112', '0'], ['person.signedIn', '110114', '0'], ['task.completed', '110100', '0'], ['order.checkRefused', '110100', '4'], ['__proto__', '110100', '0']])('of %s has its type and outcome', (action, type, outcome) => {
    const resource = auditEventResource({ ...row, action }, view);

    expect([resource.type.code, resource.outcome]).toEqual([type, outcome]);
    expect(unknownElements(resource)).toEqual([]);
  });

  it('says that its patient is hidden where it is', () => {
    const resource = auditEventResource({ ...row, ruleSet: null }, { ...view, seesPatient: false });

    expect(resource.entity?.[0]?.what).toEqual({ extension: masked });
    expect(codes(resource)).toEqual(['REDACTED']);
    expect(JSON.stringify(resource)).not.toContain('P1');
  });

  it('of a line about nothing has no entity', () => {
    expect(auditEventResource({ ...row, patientId: null, instanceId: null, taskId: null, ruleSet: null }, view)).not.toHaveProperty('entity');
  });
});

it('names a ward in the language that was asked for, and the other as its alias', () => {
  const resource = locationResource({ id: 'W1', name: { 'zh-CN': '一病区', en: 'Ward 1' } }, 'en');

  expect(resource).toMatchObject({ id: 'W1', name: 'Ward 1', alias: ['一病区'], status: 'active' });
  expect(unknownElements(resource)).toEqual([]);
});

it('finds an element that R4 does not have', () => {
  expect(unknownElements({ resourceType: 'Patient', nickname: 'x', name: [{ tex: 'y' }], gender: { code: 'z' } } as never)).toEqual(['Patient.nickname', 'Patient.name.tex', 'Patient.gender has parts']);
});
