import type { LocalizedText } from '#engine';
import type { Role } from '../policy.ts';
import { typePolicy, type Grants, type SubjectType } from './types.ts';

const carers: readonly Role[] = ['doctor', 'nurse', 'head-nurse', 'pharmacist'];
const systems: readonly Role[] = ['his', 'lis', 'emr-desk'];

/** Of a type's row the cells of these roles: they see the field wherever they see the type. */
function only(type: SubjectType, ...roles: readonly Role[]): Grants {
  return Object.fromEntries(Object.entries(typePolicy[type]).filter(([role]) => roles.includes(role as Role)));
}

/** The same without the relations that do not reach the patient: who starts a case brings no right to what it then reads. */
function withoutStarted(grants: Grants): Grants {
  return Object.fromEntries(Object.entries(grants).map(([role, granted]) => [role, granted.filter((relation) => relation !== 'started')]));
}

/** Lines of a case that is about no patient are read with the case. */
const recordedValues: Grants = Object.fromEntries(Object.entries(only('AuditEntry', ...carers, 'auditor')).map(([role, granted]) => [role, role === 'auditor' ? granted : [...granted, 'no-patient']]));

/**
 * Sensitive fields: by role, the relations of which one suffices. The others get null, an empty list, or the
 * placeholder of `maskedTexts`; `maskedFields` of the row says so. The auditor sees who did what, to whom, and what it
 * changed, but neither the state of a case nor what is measured of a patient.
 */
export const fieldPolicy: Readonly<Record<string, Grants>> = {
  'Patient.name': only('Patient', ...carers, 'auditor', 'privacy-officer', 'emr-desk'),
  'Patient.birthDate': only('Patient', ...carers, 'auditor', 'emr-desk'),
  'Patient.encounter': only('Patient', ...carers, 'auditor', 'emr-desk'),
  'Patient.allergyStatus': only('Patient', ...carers, 'emr-desk'),
  'Patient.allergies': only('Patient', ...carers, 'emr-desk'),
  'Patient.weightKg': only('Patient', ...carers, 'emr-desk'),
  'Patient.latestObservations': only('Patient', ...carers, 'emr-desk'),
  'ProcessInstance.businessKey': only('ProcessInstance', ...carers, 'auditor', 'operator', ...systems),
  'ProcessInstance.variables': withoutStarted(only('ProcessInstance', ...carers, 'his', 'emr-desk')),
  'ProcessInstance.patient': withoutStarted(only('ProcessInstance', ...carers, 'auditor', 'emr-desk')),
  'ProcessInstance.decisions': withoutStarted(only('ProcessInstance', ...carers, 'auditor')),
  'Task.patient': only('Task', ...carers, 'auditor'),
  'Task.input': only('Task', ...carers, 'process-owner'),
  'Task.why': only('Task', ...carers, 'process-owner'),
  'Alert.patient': typePolicy.Alert,
  'Decision.facts': typePolicy.Decision,
  'Decision.explanation': typePolicy.Decision,
  'AuditEntry.patient': only('AuditEntry', ...carers, 'auditor', 'privacy-officer'),
  'AuditEntry.before': recordedValues,
  'AuditEntry.after': recordedValues,
  'AuditEntry.detail': { ...recordedValues, ...only('AuditEntry', 'privacy-officer') },
};

/** What stands where a text that every row has is hidden. */
export const maskedTexts: Readonly<Record<string, LocalizedText>> = { 'Patient.name': { 'zh-CN': '（姓名已隐藏）', en: '(name hidden)' } };

/**
 * The other fields of types that hold something of a patient, seen by whoever sees the row. A field of such a type
 * that stands neither here nor above fails the walk over the schema.
 */
export const rowFields: Readonly<Record<SubjectType | 'Allergy' | 'EncounterInfo' | 'ObservationValue', readonly string[]>> = {
  Patient: ['id', 'patientId', 'gender', 'age', 'isSynthetic', 'maskedFields'],
  ProcessInstance: ['id', 'processInstanceId', 'processKey', 'status', 'errorCode', 'unit', 'createdAt', 'startedAt', 'endedAt', 'definition', 'activeElements', 'path', 'completedElements', 'tasks', 'incidents', 'timeline', 'calledBy', 'calls', 'maskedFields'],
  Task: ['id', 'taskId', 'elementId', 'name', 'status', 'candidateRoles', 'assignee', 'owner', 'unit', 'dueAt', 'followUpAt', 'verification', 'priority', 'formKey', 'form', 'presentation', 'processInstance', 'createdAt', 'endedAt', 'completedBy', 'delegates', 'canClaim', 'canComplete', 'maskedFields'],
  Incident: ['id', 'incidentId', 'elementId', 'elementName', 'kind', 'code', 'message', 'allowed', 'raisedAt', 'resolvedAt', 'resolvedBy', 'processInstance'],
  Alert: ['id', 'alertId', 'severity', 'code', 'text', 'processInstanceId', 'roles', 'unit', 'raisedAt', 'acknowledgedAt', 'acknowledgedBy', 'maskedFields'],
  Decision: ['id', 'decisionId', 'ruleSet', 'version', 'level', 'elementId', 'decidedAt', 'maskedFields'],
  AuditEntry: ['id', 'sequence', 'factId', 'recordedAt', 'occurredAt', 'deviceAt', 'timeSource', 'lateEntry', 'actor', 'onBehalfOf', 'action', 'processKey', 'processInstanceId', 'elementId', 'elementName', 'taskId', 'reason', 'ruleSet', 'ruleSetVersion', 'decisionId', 'corrects', 'leafIndex', 'sentence', 'maskedFields'],
  // Parts of a patient: given with the field that holds them.
  Allergy: ['substance', 'reactionClass'],
  EncounterInfo: ['id', 'bed', 'ward', 'wardName', 'wristband'],
  ObservationValue: ['code', 'value', 'unit', 'observedAt'],
};
