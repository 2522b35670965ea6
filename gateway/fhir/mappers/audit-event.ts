import type { Prisma } from '#database';
import { actorReference, fhirIdOf, ownReference, referenceTo, systems } from '../ids.ts';
import { masked, metaOf } from '../masked.ts';
import type { AuditEventResource, Coding } from '../resources.ts';

export type EntryRow = Prisma.AuditEntryGetPayload<object>;

export interface EntryView {
  readonly seesPatient: boolean;
  /** Names of people and systems, by their id. */
  readonly nameOf: (actorId: string) => string | undefined;
}

const dicom = (code: string, display: string): Coding => ({ system: 'http://dicom.nema.org/resources/ontology/DCM', code, display });
const applicationActivity = dicom('110100', 'Application Activity');

/** What kind of event an action is. DICOM PS3.16, CID 400; what it does not name is activity of an application. */
const kinds: readonly (readonly [RegExp, Coding])[] = [
  [/^patient\.read$/, dicom('110110', 'Patient Record')],
  [/\.searched$/, dicom('110112', 'Query')],
  [/^(?:person|session|signIn|signOn)\./, dicom('110114', 'User Authentication')],
  [/^(?:access\.refused|emergencyAccess\.)/, dicom('110113', 'Security Alert')],
];
/** DICOM PS3.16, CID 401 and 403: what the action is more closely. */
const closer: Readonly<Record<string, Coding>> = {
  'person.signedIn': dicom('110122', 'Login'),
  'person.signedOut': dicom('110123', 'Logout'),
  'emergencyAccess.taken': dicom('110127', 'Emergency Override Started'),
  'emergencyAccess.ended': dicom('110138', 'Emergency Override Stopped'),
  'emergencyAccess.expired': dicom('110138', 'Emergency Override Stopped'),
};

const entityType = (code: '1' | '2', display: string): Coding => ({ system: 'http://terminology.hl7.org/CodeSystem/audit-entity-type', code, display });
const person = entityType('1', 'Person');
const systemObject = entityType('2', 'System Object');
const objectRole = (code: '1' | '20', display: string): Coding => ({ system: 'http://terminology.hl7.org/CodeSystem/object-role', code, display });
const applicationServer: Coding = { system: 'http://terminology.hl7.org/CodeSystem/security-source-type', code: '4', display: 'Application Server' };

/** R4 §6.4 AuditEvent: a line of the record, without its values: those are encrypted, and open in GraphQL to who may see them. */
export function auditEventResource(row: EntryRow, { seesPatient, nameOf }: EntryView): AuditEventResource {
  const { id, action, patientId, instanceId, taskId, ruleSet, ruleSetVersion, reason, recordedAt, occurredAt, actorId, actorKind, actorRoles, actorUnit, onBehalfOf } = row;
  const fhirId = fhirIdOf(id.toString());
  const detail = Object.hasOwn(closer, action) ? closer[action] : undefined;
  const entity: NonNullable<AuditEventResource['entity']> = [
    ...(patientId === null ? [] : [{ what: seesPatient ? referenceTo('Patient', patientId, systems.patient) : { extension: masked }, type: person, role: objectRole('1', 'Patient') }]),
    ...(instanceId === null ? [] : [{ what: { identifier: { system: systems.processInstance, value: instanceId } }, type: systemObject, role: objectRole('20', 'Job') }]),
    ...(instanceId === null || taskId === null ? [] : [{ what: { type: 'Task', identifier: { system: systems.task, value: `${instanceId}:${taskId}` } }, type: systemObject, role: objectRole('20', 'Job') }]),
    ...(ruleSet === null ? [] : [{ what: { identifier: { system: systems.ruleSet, value: ruleSetVersion === null ? ruleSet : `${ruleSet}/${ruleSetVersion}` } }, type: systemObject }]),
  ];
  return {
    resourceType: 'AuditEvent',
    ...(fhirId === undefined ? {} : { id: fhirId }),
    ...metaOf({ lastUpdated: recordedAt, isRedacted: patientId !== null && !seesPatient }),
    type: kinds.find(([pattern]) => pattern.test(action))?.[1] ?? applicationActivity,
    subtype: [{ system: systems.action, code: action }, ...(detail === undefined ? [] : [detail])],
    action: action === 'patient.read' ? 'R' : 'E',
    period: { start: occurredAt.toISOString(), end: occurredAt.toISOString() },
    recorded: recordedAt.toISOString(),
    outcome: /\.(?:refused|checkRefused)$/.test(action) ? '4' : '0',
    ...(reason === null ? {} : { purposeOfEvent: [{ text: reason }] }),
    agent: [
      {
        ...(actorRoles.length === 0 ? {} : { role: actorRoles.map((role) => ({ coding: [{ system: systems.role, code: role }] })) }),
        who: actorReference(actorId, actorKind, nameOf(actorId)),
        requestor: true,
        ...(actorUnit === null ? {} : { location: referenceTo('Location', actorUnit, systems.ward) }),
      },
      ...(onBehalfOf === null ? [] : [{ who: actorReference(onBehalfOf, 'person', nameOf(onBehalfOf)), requestor: false }]),
    ],
    source: { observer: ownReference, type: [applicationServer] },
    ...(entity.length === 0 ? {} : { entity }),
  };
}
