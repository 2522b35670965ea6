import type { Prisma } from '#database';
import { subjectOf } from '../identity/subjects.ts';
import type { RequestContext } from './context.ts';
import type { PatientRow } from './loaders.ts';
import { instanceIdOf } from './global-ids.ts';

/** The task, when the viewer may see it. `id`: `<instance>:<task>`. */
export function visibleTask(id: string, { database, visibility }: RequestContext) {
  return database.prisma.userTask.findFirst({ where: { AND: [{ id }, visibility.Task] }, include: { instance: { select: { bundleHash: true } } } });
}

/** The instance, when the viewer may see it. */
export async function visibleInstance(id: string, { database, visibility }: RequestContext) {
  const plain = instanceIdOf(id);
  return plain === undefined ? null : database.prisma.processInstance.findFirst({ where: { AND: [{ id: plain }, visibility.ProcessInstance] } });
}

/** The incident, when the viewer may see it. */
export function visibleIncident(id: string, { database, visibility }: RequestContext) {
  return database.prisma.incident.findFirst({ where: { AND: [{ id }, visibility.Incident] } });
}

/** The alert, when the viewer may see it. */
export function visibleAlert(id: string, { database, visibility }: RequestContext) {
  return database.prisma.clinicalAlert.findFirst({ where: { AND: [{ id }, visibility.Alert] } });
}

/** The patient, when the viewer may see them; the read goes on record. */
export async function visiblePatient(where: { readonly id: string } | { readonly wristband: string }, { database, visibility, reads }: RequestContext) {
  const one = 'id' in where ? { id: where.id } : { encounters: { some: { wristband: where.wristband, endedAt: null } } };
  const patient = await database.prisma.patient.findFirst({ where: { AND: [one, visibility.Patient] } });
  if (patient) reads.add(patient.id);
  return patient;
}

/** The patient of a row that the viewer has reached, when the viewer is related to the patient too; the read goes on record. */
export async function relatedPatient(patientId: string | null, { access, loaders, reads }: RequestContext): Promise<PatientRow | null> {
  if (patientId === null || !access.reaches('Patient', { patientId })) return null;
  reads.add(patientId);
  return (await loaders.patient(patientId)) ?? null;
}

/**
 * Lines of the record about an instance that the viewer has reached: all of them, for who reads the record and is related to
 * the case itself. A task's case is reached with the task; its record is not.
 */
export function timelineOf(instance: Parameters<typeof subjectOf<'ProcessInstance'>>[1], { access }: RequestContext): Prisma.AuditEntryWhereInput {
  return access.readsRecordOf(subjectOf('ProcessInstance', instance)) ? { instanceId: instance.id } : { id: { in: [] } };
}

/** The decision, when the viewer may see it. */
export async function visibleDecision(id: string, { database, visibility, reads }: RequestContext) {
  const plain = instanceIdOf(id);
  if (plain === undefined) return null;
  const decision = await database.prisma.decision.findFirst({ where: { AND: [{ id: plain }, visibility.Decision] } });
  if (decision?.patientId) reads.add(decision.patientId);
  return decision;
}

/** The line of the record, when the viewer may see it. */
export function visibleEntry(id: string, { database, visibility }: RequestContext) {
  return /^\d{1,18}$/.test(id) ? database.prisma.auditEntry.findFirst({ where: { AND: [{ id: BigInt(id) }, visibility.AuditEntry] } }) : null;
}
