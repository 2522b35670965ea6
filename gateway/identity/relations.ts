import { createHash } from 'node:crypto';
import type { Database } from '#database';
import { accessActions, dutyDays, relations, type Relation } from './policy/relations.ts';
import { typePolicy } from './policy/types.ts';
import type { Role } from './policy.ts';
import type { Viewer } from './viewer.ts';

/** What of a row decides how a viewer is related to it. */
export interface Subject {
  readonly patientId: string | null;
  readonly instanceId?: string | null;
  readonly unit?: string | null;
  readonly startedBy?: string;
  /** Of a line of the record. */
  readonly action?: string;
  /** Of a task: the duty is in the task itself. */
  readonly task?: { readonly candidateRoles: readonly string[]; readonly status: string; readonly assignee: string | null; readonly completedBy: string | null; readonly performedBy: readonly string[]; readonly endedAt: Date | null };
}

/** Patients and cases to which the database knows the same relation. */
interface RelatedRow {
  readonly relation: 'stay' | 'care-team' | 'emergency-access' | 'duty';
  readonly patients: readonly string[] | null;
  readonly instances: readonly string[] | null;
  readonly unit: string | null;
  /** Of a duty that comes by a role; null for one that is the viewer's own. */
  readonly role: string | null;
}

/** To whom a viewer is related, as it was when it was read. */
export interface Relationships {
  /** Whether the viewer is related so to the row by this role. */
  readonly holds: (relation: Relation, role: string, subject: Subject) => boolean;
  /** Patients of a relation by a role. `hospital`, `no-patient`, `started` and `access-entry` have none. */
  readonly patientsOf: (relation: Relation, role: string) => Iterable<string>;
  /** Cases in which a duty of the role lies that is about no patient: the others are reached by their patients. */
  readonly dutyInstances: (role: string) => Iterable<string>;
  /** Wards in which the viewer has the role; empty for a role in the whole hospital. */
  readonly unitsOf: (role: string) => readonly string[];
  /** Whether the viewer has the role in the whole hospital. */
  readonly isWide: (role: string) => boolean;
}

/** Reads to whom the viewer is related now, in one query; `patientId` bounds it to one patient. */
export async function readRelationships({ pool }: Pick<Database, 'pool'>, viewer: Viewer, patientId?: string): Promise<Relationships> {
  return relationshipsFrom(viewer, await readRelated({ pool }, viewer, patientId));
}

/**
 * How the viewer is related to the patient now, by any role whose row of `Patient` counts the relation; empty when
 * none holds, and for a patient who does not exist unless the role needs no relation.
 */
export async function relationsTo(database: Pick<Database, 'pool'>, viewer: Viewer, patientId: string): Promise<readonly Relation[]> {
  const related = await readRelationships(database, viewer, patientId);
  const granted = (relation: Relation) => viewer.roles.filter((role) => typePolicy.Patient[role as Role]?.includes(relation));
  return relations.filter((relation) => granted(relation).some((role) => related.holds(relation, role, { patientId })));
}

/** What `relationshipsFrom` makes relations of, as PostgreSQL writes it: the same text is the same relations. `patientId` bounds it to one patient. */
export async function readRelated({ pool }: Pick<Database, 'pool'>, viewer: Viewer, patientId?: string): Promise<string> {
  const counts = (relation: Relation) => viewer.roles.some((role) => Object.values(typePolicy).some((grants) => grants[role as Role]?.includes(relation)));
  const needsAllStays = counts('current-stay');
  const one = (column: string) => (patientId === undefined ? '' : `and ${column} = $6`);
  const parts = [
    counts('ward') || needsAllStays || counts('duty') ? `select 'stay' as relation, patient_id, null::uuid as instance_id, ward_id as unit, null as role from encounter where ended_at is null ${needsAllStays ? '' : 'and ward_id = any($4)'} ${one('patient_id')}` : '',
    counts('care-team') ? `select 'care-team', patient_id, null, null, null from care_team_member where user_id = $1 and ended_at is null and valid_from <= now() and valid_until > now() ${one('patient_id')}` : '',
    counts('emergency-access') ? `select 'emergency-access', patient_id, null, null, null from emergency_access where user_id = $1 and ended_at is null and started_at <= now() and expires_at > now() ${one('patient_id')}` : '',
    counts('duty') ? dutyQuery(one('task.patient_id')) : '',
  ].filter((part) => part !== '');
  if (parts.length === 0) return '[]';
  const values = [viewer.id, viewer.assignments.map(({ role }) => role), viewer.assignments.map(({ unit }) => unit ?? null), viewer.assignments.flatMap(({ unit }) => unit ?? []), dutyDays, ...(patientId === undefined ? [] : [patientId])];
  // The first part names every parameter, so that PostgreSQL knows their types. Ids come in lists: a hospital has thousands.
  const text = `with given as (select $1::text, $2::text[], $3::text[], $4::text[], $5::integer), related(relation, patient_id, instance_id, unit, role) as (${parts.join(' union all ')}), found as (
      select relation, unit, role, json_agg(distinct patient_id) filter (where patient_id is not null) as patients, json_agg(distinct instance_id) filter (where instance_id is not null) as instances
      from related group by relation, unit, role order by relation, unit, role)
    select coalesce(json_agg(found), '[]')::text as related from found`;
  // Every request of a person asks this: a name keeps PostgreSQL from planning it each time.
  const { rows } = await pool.query<{ related: string }>({ name: `relations-${createHash('sha256').update(text).digest('hex').slice(0, 16)}`, text, values });
  return rows[0]?.related ?? '[]';
}

/**
 * Open tasks for a role of the viewer in its ward, which of a task without one is where its patient lies; open tasks that are
 * the viewer's; tasks that the viewer did lately. Each part by an index of its own: wards have few open tasks, hospitals many.
 */
function dutyQuery(one: string): string {
  const row = 'task.patient_id, case when task.patient_id is null then task.instance_id end, null::text';
  return `select 'duty', ${row}, held.role from unnest($2::text[], $3::text[]) held(role, unit) join user_task task on task.status = 'open' and task.unit = held.unit and held.role = any(task.candidate_roles) ${one}
    union all select 'duty', ${row}, held.role from unnest($2::text[], $3::text[]) held(role, unit) join user_task task on held.unit is null and task.status = 'open' and held.role = any(task.candidate_roles) ${one}
    union all select 'duty', ${row}, held.role from unnest($2::text[], $3::text[]) held(role, unit) join user_task task on held.unit is not null and task.status = 'open' and task.unit is null and held.role = any(task.candidate_roles) ${one}
      where task.patient_id is null or exists (select from encounter where encounter.patient_id = task.patient_id and encounter.ended_at is null and encounter.ward_id = held.unit)
    union all select 'duty', ${row}, null from user_task task where task.status = 'open' and task.assignee = $1 ${one}
    union all select 'duty', ${row}, null from user_task task where task.completed_by = $1 and task.ended_at > now() - make_interval(days => $5) ${one}
    union all select 'duty', ${row}, null from user_task task where task.performed_by @> array[$1] and task.performed_at > now() - make_interval(days => $5) ${one}`;
}

const none: ReadonlySet<string> = new Set();

/** The relations of the viewer for whom `related` was read. */
export function relationshipsFrom(viewer: Viewer, related: string): Relationships {
  // The query of `readRelated` gives these.
  const rows = JSON.parse(related) as readonly RelatedRow[];
  const patients = new Map<string, Set<string>>();
  const instances = new Map<string, Set<string>>();
  for (const { relation, patients: people, instances: cases, unit, role } of rows) {
    for (const key of relation === 'stay' ? ['stay', `stay/${unit}`] : [`${relation}/${role ?? ''}`]) add(patients, key, people ?? []);
    add(instances, role ?? '', cases ?? []);
  }
  const units = new Map(viewer.roles.map((role) => [role, viewer.assignments.flatMap((assignment) => (assignment.role === role && assignment.unit !== undefined ? [assignment.unit] : []))]));
  const unitsOf = (role: string) => units.get(role) ?? [];
  const isWide = (role: string) => viewer.assignments.some((assignment) => assignment.role === role && assignment.unit === undefined);
  const of = (...keys: readonly string[]): readonly ReadonlySet<string>[] => keys.map((key) => patients.get(key) ?? none);
  const findSets = (relation: Relation, role: string): readonly ReadonlySet<string>[] => {
    if (relation === 'current-stay') return of('stay');
    if (relation === 'ward') return of(...unitsOf(role).map((unit) => `stay/${unit}`));
    if (relation === 'duty') return of(`duty/${role}`, 'duty/');
    return relation === 'care-team' || relation === 'emergency-access' ? of(`${relation}/`) : [];
  };
  // A list asks this for each field of each row.
  const found = new Map<string, Map<Relation, readonly ReadonlySet<string>[]>>(viewer.roles.map((role) => [role, new Map()]));
  const setsOf = (relation: Relation, role: string): readonly ReadonlySet<string>[] => {
    const known = found.get(role)?.get(relation);
    if (known) return known;
    const sets = findSets(relation, role);
    found.get(role)?.set(relation, sets);
    return sets;
  };
  const held = new Set(viewer.assignments.map(({ role }) => role));

  /** A task of no ward is done where the patient lies. */
  const isInUnit = (role: string, { patientId, unit }: Subject) => {
    if (isWide(role) || (unit === null && patientId === null)) return true;
    return unitsOf(role).some((own) => (unit ?? undefined) === own || ((unit ?? null) === null && patientId !== null && patients.get(`stay/${own}`)?.has(patientId)));
  };

  return {
    unitsOf,
    isWide,
    patientsOf: (relation, role) => setsOf(relation, role).flatMap((set) => [...set]),
    dutyInstances: (role) => [...(instances.get(role) ?? none), ...(instances.get('') ?? none)],
    holds(relation, role, subject) {
      const { patientId, instanceId, unit, startedBy, action, task } = subject;
      if (!held.has(role)) return false;
      if (relation === 'hospital') return true;
      if (relation === 'started') return startedBy === viewer.id;
      if (relation === 'no-patient') return patientId === null && (unit === null || unit === undefined || isWide(role) || unitsOf(role).includes(unit));
      if (relation === 'access-entry') return action !== undefined && isAccessAction(action);
      if (relation === 'ward' && unit !== null && unit !== undefined && unitsOf(role).includes(unit)) return true;
      if (relation === 'duty' && task !== undefined) return isRecent(task) && ([task.assignee, task.completedBy, ...task.performedBy].includes(viewer.id) || (task.candidateRoles.includes(role) && isInUnit(role, subject)));
      if (relation === 'duty' && instanceId !== null && instanceId !== undefined && [role, ''].some((key) => instances.get(key)?.has(instanceId))) return true;
      return patientId !== null && setsOf(relation, role).some((set) => set.has(patientId));
    },
  };
}

/** The instant after which a task must have ended to count. */
export function dutySince(): Date {
  return new Date(Date.now() - dutyDays * 86_400_000);
}

function isRecent({ status, endedAt }: { readonly status: string; readonly endedAt: Date | null }): boolean {
  return status === 'open' || (endedAt !== null && endedAt > dutySince());
}

/** Whether lines of the record with this action tell of access to patients' data. */
export function isAccessAction(action: string): boolean {
  return (accessActions.whole as readonly string[]).includes(action) || accessActions.prefixes.some((prefix) => action.startsWith(prefix));
}

function add(sets: Map<string, Set<string>>, key: string, values: readonly string[]): void {
  const known = sets.get(key);
  if (!known) return void sets.set(key, new Set(values));
  for (const value of values) known.add(value);
}
