import type { Database, Prisma } from '#database';
import { reachOf, type SubjectType } from './policy.ts';
import type { Viewer } from './viewer.ts';

/** What a viewer may see, as filters. Every list, `node` and subscription adds the filter of its type. */
export interface Visibility {
  readonly ProcessInstance: Prisma.ProcessInstanceWhereInput;
  readonly Task: Prisma.UserTaskWhereInput;
  readonly Patient: Prisma.PatientWhereInput;
  readonly Incident: Prisma.IncidentWhereInput;
  readonly Alert: Prisma.ClinicalAlertWhereInput;
  readonly Decision: Prisma.DecisionWhereInput;
  readonly AuditEntry: Prisma.AuditEntryWhereInput;
  /** Lines of the record about an instance that the viewer has reached: all of them, for who sees lines at all. */
  readonly timelineOf: (instanceId: string) => Prisma.AuditEntryWhereInput;
}

const nothing = { id: { in: [] as never[] } };

/** The filters for one viewer, from the reach that the policy gives the viewer's roles. */
export async function visibilityOf({ prisma }: Pick<Database, 'prisma'>, viewer: Viewer): Promise<Visibility> {
  const roles = [...viewer.roles];
  const reach = (type: SubjectType) => reachOf(type, roles);
  const needsWard = viewer.unit !== undefined && (['ProcessInstance', 'Task', 'Patient', 'AuditEntry'] as const).some((type) => reach(type) !== 'all' && reach(type) !== undefined);
  const unit = viewer.unit;
  const patients = needsWard && unit !== undefined ? [...(await patientsOf(prisma, unit)), ...(await patientsReached(prisma, viewer.id))] : [];

  // Without a ward a ward role is related to no ward's patients, but to what belongs to none.
  const inWard: { OR: ({ unit: string | null; patientId: { in: string[] } | null } | { unit: string } | { patientId: { in: string[] } })[] } = {
    OR: [...(unit === undefined ? [] : [{ unit }]), { patientId: { in: patients } }, { unit: null, patientId: null }],
  };
  const started = { startedBy: viewer.id };
  const instances: Prisma.ProcessInstanceWhereInput = { OR: [...inWard.OR, started] };
  const duty: Prisma.UserTaskWhereInput = {
    AND: [{ OR: [{ candidateRoles: { hasSome: roles } }, { assignee: viewer.id }, { completedBy: viewer.id }] }, ...(unit === undefined ? [] : [inWard])],
  };

  const pick = <Where extends object>(type: SubjectType, ward: Where, others: { readonly duty?: Where; readonly started?: Where } = {}): Where | Record<string, never> | typeof nothing => {
    const given = reach(type);
    if (given === 'all') return {};
    if (given === 'ward') return ward;
    return (given === undefined ? undefined : others[given]) ?? nothing;
  };

  return {
    ProcessInstance: pick<Prisma.ProcessInstanceWhereInput>('ProcessInstance', instances, { started }),
    Task: pick<Prisma.UserTaskWhereInput>('Task', inWard, { duty }),
    Patient: pick<Prisma.PatientWhereInput>('Patient', { id: { in: patients } }),
    Incident: pick<Prisma.IncidentWhereInput>('Incident', { instance: instances }),
    Alert: pick<Prisma.ClinicalAlertWhereInput>('Alert', { OR: [...(unit === undefined ? [] : [{ unit }]), { patientId: { in: patients } }] }),
    Decision: pick<Prisma.DecisionWhereInput>('Decision', { OR: [{ patientId: { in: patients } }, { patientId: null }] }),
    AuditEntry: pick<Prisma.AuditEntryWhereInput>('AuditEntry', { patientId: { in: patients } }),
    timelineOf: (instanceId) => (reach('AuditEntry') === undefined ? nothing : { instanceId }),
  };
}

/** The patients who lie in the ward now. */
async function patientsOf(prisma: Database['prisma'], unit: string): Promise<string[]> {
  const encounters = await prisma.encounter.findMany({ where: { wardId: unit, endedAt: null }, select: { patientId: true } });
  return encounters.map((encounter) => encounter.patientId);
}

/** The patients whom the person reaches by a care team or an emergency access now. */
async function patientsReached(prisma: Database['prisma'], userId: string): Promise<string[]> {
  const rows = await prisma.$queryRaw<{ patient_id: string }[]>`
    select patient_id from emergency_access where user_id = ${userId} and ended_at is null and expires_at > clock_timestamp()
    union select patient_id from care_team_member where user_id = ${userId} and ended_at is null and valid_until > clock_timestamp()`;
  return rows.map(({ patient_id: patientId }) => patientId);
}
