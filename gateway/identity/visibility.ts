import type { Prisma } from '#database';
import { accessActions, type Relation } from './policy/relations.ts';
import { labelCodes, labelPolicy } from './policy/labels.ts';
import { typePolicy, type Grants, type SubjectType } from './policy/types.ts';
import type { Role } from './policy.ts';
import { dutySince, type Relationships } from './relations.ts';
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
  /** Patients who may be found by name, bed and number: those whose identity no label hides from the viewer. */
  readonly identifiable: Prisma.PatientWhereInput;
}

/** Lines of the record that tell of access to patients' data; any of these. */
export const accessEntries: readonly Prisma.AuditEntryWhereInput[] = [{ action: { in: [...accessActions.whole] } }, ...accessActions.prefixes.map((prefix) => ({ action: { startsWith: prefix } }))];

const nothing = { id: { in: [] as never[] } };

/** The filters for one viewer: the policy table's rows of the viewer's roles, with the relations as they were read. */
export function visibilityOf(viewer: Viewer, related: Relationships): Visibility {
  /** One filter of a type: any arm of any relation that its row gives one of the roles. */
  function filter<Where extends object>(grants: Grants, arms: (relation: Relation, role: string) => readonly Where[]): Where | Record<string, never> | typeof nothing | { readonly OR: Where[] } {
    const given = viewer.roles.flatMap((role) => (grants[role as Role] ?? []).map((relation) => ({ role, relation })));
    if (given.some(({ relation }) => relation === 'hospital')) return {};
    const all = given.flatMap(({ role, relation }) => arms(relation, role));
    return all.length === 0 ? nothing : { OR: all };
  }

  /** Ids of the patients whom one of the relations of a row reaches. Each of them once: the lists are long. */
  function patientsBy(grants: Grants): string[] {
    return [...new Set(viewer.roles.flatMap((role) => (grants[role as Role] ?? []).flatMap((relation) => [...related.patientsOf(relation, role)])))];
  }

  const atPatients = (type: SubjectType) => {
    return among(patientsBy(typePolicy[type])).map((patientId) => ({ patientId }));
  };
  // An arm that no row can meet is left out: PostgreSQL plans every one.
  const among = (ids: Iterable<string>) => ((list) => (list.length === 0 ? [] : [{ in: list }]))([...ids]);
  const ofUnits = (role: string) => among(related.unitsOf(role)).map((unit) => ({ unit }));
  const ofPatients = (relation: Relation, role: string) => among(related.patientsOf(relation, role)).map((patientId) => ({ patientId }));
  const ofNobody = (role: string) => (related.isWide(role) ? [{ patientId: null }] : [{ patientId: null, unit: null }]);
  const withPatients = <Where extends object>(where: Where | typeof nothing | { readonly OR: Where[] } | Record<string, never>, more: readonly Where[]) => {
    if (more.length === 0 || Object.keys(where).length === 0) return where;
    return { OR: [...('OR' in where ? (where.OR as Where[]) : []), ...more] };
  };

  const instances = (type: 'ProcessInstance' | 'Incident') =>
    withPatients(
      filter<Prisma.ProcessInstanceWhereInput>(typePolicy[type], (relation, role) => {
        if (relation === 'ward') return ofUnits(role);
        if (relation === 'started') return [{ startedBy: viewer.id }];
        if (relation === 'no-patient') return ofNobody(role);
        return relation === 'duty' ? among(related.dutyInstances(role)).map((id) => ({ id })) : [];
      }),
      atPatients(type),
    );
  const incidents = instances('Incident');

  const tasks = filter<Prisma.UserTaskWhereInput>(typePolicy.Task, (relation, role) => {
    if (relation === 'ward') return [...ofUnits(role), ...ofPatients('ward', role)];
    if (relation === 'no-patient') return ofNobody(role);
    if (relation !== 'duty') return ofPatients(relation, role);
    const stays = ofPatients('ward', role).map((where) => ({ unit: null, ...where }));
    const place: Prisma.UserTaskWhereInput[] = related.isWide(role) ? [] : [{ OR: [...ofUnits(role), ...stays, { unit: null, patientId: null }] }];
    const whose: Prisma.UserTaskWhereInput[] = [{ assignee: viewer.id }, { completedBy: viewer.id }, { performedBy: { has: viewer.id } }, { AND: [{ candidateRoles: { has: role } }, ...place] }];
    return [{ AND: [{ OR: whose }, { OR: [{ status: 'open' }, { endedAt: { gt: dutySince() } }] }] }];
  });

  return {
    ProcessInstance: instances('ProcessInstance'),
    Task: tasks,
    // Whoever is in the hospital is asked for by the stay: the list would be long.
    Patient: filter<Prisma.PatientWhereInput>(typePolicy.Patient, (relation, role) => (relation === 'current-stay' ? [{ encounters: { some: { endedAt: null } } }] : among(related.patientsOf(relation, role)).map((id) => ({ id })))),
    Incident: Object.keys(incidents).length === 0 ? {} : { instance: incidents },
    Alert: withPatients(filter<Prisma.ClinicalAlertWhereInput>(typePolicy.Alert, (relation, role) => (relation === 'ward' ? ofUnits(role) : [])), atPatients('Alert')),
    Decision: withPatients(
      filter<Prisma.DecisionWhereInput>(typePolicy.Decision, (relation, role) => {
        if (relation === 'no-patient') return [{ patientId: null }];
        return relation === 'duty' ? among(related.dutyInstances(role)).map((instanceId) => ({ instanceId })) : [];
      }),
      atPatients('Decision'),
    ),
    AuditEntry: withPatients(
      filter<Prisma.AuditEntryWhereInput>(typePolicy.AuditEntry, (relation) => (relation === 'access-entry' ? [...accessEntries] : [])),
      atPatients('AuditEntry'),
    ),
    identifiable: identifiable(),
  };

  function identifiable(): Prisma.PatientWhereInput {
    const narrowing = labelCodes.flatMap((code) => (labelPolicy[code].fields['Patient.name'] ? [{ code, grants: labelPolicy[code].fields['Patient.name'] }] : []));
    return {
      AND: narrowing.flatMap(({ code, grants }): Prisma.PatientWhereInput[] => {
        const isExempt = viewer.roles.some((role) => grants[role as Role]?.includes('hospital'));
        return isExempt ? [] : [{ OR: [{ labels: { none: { code, removedAt: null } } }, ...among(patientsBy(grants)).map((id) => ({ id }))] }];
      }),
    };
  }
}
