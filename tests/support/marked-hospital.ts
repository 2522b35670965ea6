import { recordFact } from '#activities';
import { globalIdOf } from '../../gateway/graphql/global-ids.ts';
import { labelCodes, type LabelCode } from '../../gateway/identity/policy/labels.ts';
import { mark, type CaseFacts } from './answer-rights.ts';
import { publishBedsideProcess } from './bedside-process.ts';
import type { KnownValues } from './generated-values.ts';
import type { RunningGateway } from './running-gateway.ts';

/** LOINC: HIV 1+2 antigen and antibody; body weight. */
const [hivTest, bodyWeight] = ['56888-1', '29463-7'];
const day = 86_400_000;
/** The longest that an emergency access lasts. */
const accessMs = 4 * 3_600_000;

/** How each case's patient stands to people, one relation at a time, under no label and under each. */
function casesOf(starters: readonly string[]): readonly CaseFacts[] {
  const relations: readonly Omit<CaseFacts, 'key' | 'labels'>[] = [
    { patient: 'left' },
    { patient: 'W1' },
    { patient: 'W2' },
    { patient: 'left', isCareTeam: true },
    { patient: 'left', dutyUnit: 'W1' },
    { patient: 'left', isEmergency: true },
    ...starters.map((startedBy) => ({ patient: 'left' as const, startedBy })),
  ];
  const labels: readonly (readonly LabelCode[])[] = [[], ...labelCodes.map((code) => [code])];
  return [
    ...relations.flatMap((each, index) => labels.map((codes) => ({ ...each, labels: codes, key: `c${index}${codes.join('')}` }))),
    ...[undefined, 'W1', 'W2'].map((unit): CaseFacts => ({ key: `n${unit ?? ''}`, labels: [], ...(unit === undefined ? {} : { unit }) })),
  ];
}

/** Ids of a case's rows. */
export interface MarkedCase extends CaseFacts {
  readonly ids: Readonly<Partial<Record<'Patient' | 'ProcessInstance' | 'Task' | 'Incident' | 'Alert' | 'Decision' | 'AuditEntry', string>>>;
}

/**
 * A hospital of cases, each with a patient, a task, an incident, an alert, a decision and two lines of the record. Every text
 * says whose it is and of which field. Gives what a caller may know of them.
 */
export async function fillMarkedHospital({ database, keys }: Pick<RunningGateway, 'database' | 'keys'>): Promise<KnownValues & { readonly cases: readonly MarkedCase[] }> {
  const { prisma } = database;
  await publishBedsideProcess(database);
  const { hash } = await prisma.processBundle.findFirstOrThrow({ where: { processKey: 'bedside' } });
  const people = (await prisma.user.findMany({ select: { id: true } })).map(({ id }) => id);
  const at = new Date('2026-11-20T08:00:00Z');
  const now = Date.now();
  const cases = casesOf(['demo-doctor-w1', 'demo-nurse-w1', 'demo-pharmacist', 'lis']);

  const marked: MarkedCase[] = [];
  for (const [index, facts] of cases.entries()) {
    const { key, patient, labels, unit = null, dutyUnit, isCareTeam, isEmergency, startedBy = 'nobody' } = facts;
    const of = (field: string) => mark(field, key);
    const uuid = (type: number) => `${type}0000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
    const [instanceId, decisionId] = [uuid(1), uuid(2)];
    const patientId = patient === undefined ? null : `P-${key}`;
    if (patientId !== null) {
      await prisma.patient.create({
        data: {
          id: patientId, name: of('Patient.name'), gender: 'female', birthDate: new Date('1948-03-01'), isSynthetic: true, allergyStatus: 'recorded',
          allergies: { create: { id: `A-${key}`, substance: of('Patient.allergies'), reactionClass: 'immediate', recordedAt: at } },
          encounters: { create: { id: `E-${key}`, wardId: patient === 'W1' ? 'W1' : 'W2', bed: of('Patient.encounter'), admittedAt: at, endedAt: patient === 'left' ? new Date('2026-11-21T08:00:00Z') : null, wristband: `WB-${key}` } },
          observations: { create: [{ id: `O1-${key}`, code: bodyWeight ?? '', value: 60, unit: 'kg', observedAt: at, source: 'test' }, { id: `O2-${key}`, code: hivTest ?? '', value: 1, unit: of('Patient.latestObservations'), observedAt: at, source: 'test' }] },
          labels: { create: labels.map((code) => ({ id: uuid(3), code, reason: 'test', setBy: 'test' })) },
          careTeam: { create: isCareTeam ? people.map((userId, each) => ({ id: `4000${String(each).padStart(4, '0')}-0000-4000-8000-${String(index).padStart(12, '0')}`, userId, reasonCode: 'consultation', validFrom: new Date(now - day), validUntil: new Date(now + day), addedBy: 'test' })) : [] },
          emergencyAccesses: { create: isEmergency ? people.map((userId, each) => ({ id: `5000${String(each).padStart(4, '0')}-0000-4000-8000-${String(index).padStart(12, '0')}`, userId, reasonCode: 'resuscitation', reason: 'test', startedAt: new Date(now - 60_000), expiresAt: new Date(now + accessMs - 60_000) })) : [] },
        },
      });
    }
    await prisma.processInstance.create({ data: { id: instanceId, processKey: 'bedside', businessKey: of('ProcessInstance.businessKey'), bundleHash: hash, status: 'running', patientId, unit, startedBy, variables: { note: of('ProcessInstance.variables') } } });
    await prisma.userTask.create({ data: { id: `${instanceId}:t1`, instanceId, taskId: 't1', elementId: 'give', elementInstanceId: 'e1', candidateRoles: dutyUnit === undefined ? ['porter'] : ['doctor', 'nurse', 'head-nurse', 'pharmacist', 'process-owner'], unit: dutyUnit ?? unit, form: 'give', patientId, input: { note: of('Task.input') }, createdAt: at } });
    await prisma.incident.create({ data: { id: `${instanceId}:i1`, instanceId, incidentId: 'i1', elementId: 'report', elementInstanceId: 'e2', kind: 'failed', code: 'TEST', message: of('Incident.message'), allowed: ['retry'], raisedAt: at } });
    if (patientId !== null) await prisma.clinicalAlert.create({ data: { id: `alert-${key}`, patientId, instanceId, severity: 'high', code: 'TEST', text: { 'zh-CN': of('Alert.text'), en: of('Alert.text') }, roles: ['nurse'], unit, raisedAt: at } });
    await prisma.decision.create({ data: { id: decisionId, ruleSet: 'dose-hold', version: '1', instanceId, elementId: 'give', patientId, level: 'WARN', facts: { note: of('Decision.facts') }, explanation: { note: of('Decision.explanation') } } });
    const about = { actor: { id: 'demo-nurse-w1', kind: 'person', roles: ['nurse'] }, at: at.toISOString(), instanceId, ...(patientId === null ? {} : { patientId }) } as const;
    await recordFact(database, keys, { ...about, factId: `test/${key}`, action: 'task.completed', elementId: 'give', taskId: 't1', reason: of('AuditEntry.reason'), before: { note: of('AuditEntry.before') }, after: { note: of('AuditEntry.after') }, detail: { note: of('AuditEntry.detail') } });
    const entry = await prisma.auditEntry.findUniqueOrThrow({ where: { factId: `test/${key}` } });
    marked.push({ ...facts, ids: { ...(patientId === null ? {} : { Patient: patientId, Alert: `alert-${key}` }), ProcessInstance: instanceId, Task: `${instanceId}:t1`, Incident: `${instanceId}:i1`, Decision: decisionId, AuditEntry: entry.id.toString() } });
  }
  // Of each relation one case, so that generated operations meet them often.
  const ids = [...marked.filter(({ labels }, index) => labels.length === 0 || index % 3 === 0).flatMap((each) => Object.entries(each.ids)), ['ProcessDefinition', hash] as const];
  return {
    cases: marked,
    texts: [
      ...ids.flatMap(([type, id]) => [globalIdOf(type, id), id]),
      ...ids.map(([, id]) => Buffer.from(`GPC:S:${id}`).toString('base64')),
      'bedside', 'dose-hold', 'order-safety', 'give', 'e1', 'W1', 'W2', 'WB-c1', 'WB-c2', 'demo-nurse-w1', 'his', 'open', 'running', '1', 'a reason that says enough', ...Array.from({ length: 6 }, (_, index) => `key-${index}`),
    ],
  };
}
