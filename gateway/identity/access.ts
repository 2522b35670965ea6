import { fieldPolicy } from './policy/fields.ts';
import { labelCodes, labelledObservations, labelPolicy, type LabelCode } from './policy/labels.ts';
import type { Relation } from './policy/relations.ts';
import { typePolicy, type Grants, type SubjectType } from './policy/types.ts';
import type { Role } from './policy.ts';
import type { Relationships, Subject } from './relations.ts';
import { subjectOf, type RowType, type SubjectRows } from './subjects.ts';
import type { Viewer } from './viewer.ts';

/** What a viewer sees of rows at hand, by the policy table and the relations as they were read. */
export interface Access {
  /** Whether the viewer sees rows like this one at all; `by`: by one of these roles, where a role is what an act needs. */
  readonly reaches: (type: SubjectType, subject: Subject, by?: readonly string[]) => boolean;
  /** Whether the viewer reads the record of the case: a role that reads lines of the record, and reaches the case. */
  readonly readsRecordOf: (instance: Subject) => boolean;
  /** By which relation the viewer sees the patient: emergency access where there is one, else the closest. Undefined when by none. */
  readonly relationTo: (patientId: string) => Relation | undefined;
  /** Whether the viewer sees the field `Type.field` of a row like this, which is one that may be hidden. At once where no label could change the answer. */
  readonly sees: (field: string, subject: Subject) => boolean | Promise<boolean>;
  /** The same of a row that was read, found once for each of its fields: a request shows a patient with each of their tasks. */
  readonly seesOf: <Type extends RowType>(type: Type, row: SubjectRows[Type], field: string) => boolean | Promise<boolean>;
  /** Whether the viewer sees the observation of this LOINC code of a patient whose observations it sees. */
  readonly seesObservation: (code: string, subject: Subject) => Promise<boolean>;
  /** The fields of the row that are hidden from the viewer, or of which something is. */
  readonly maskedFields: (type: SubjectType, subject: Subject) => Promise<readonly string[]>;
}

/** Whether the table says anything of the field itself: only then something of it can be hidden. */
export function canBeMasked(field: string): boolean {
  return field in fieldPolicy;
}

/** A row of one request, and what was found of its fields. */
interface JudgedRow {
  readonly subject: Subject;
  readonly fields: Map<string, boolean | Promise<boolean>>;
}

/** Relations to a patient in the order in which one is told of several. */
const closeness = ['emergency-access', 'ward', 'care-team', 'duty', 'current-stay', 'hospital'] as const satisfies readonly Relation[];

/** The rights of one viewer. `labelsOf` gives the codes of a patient's labels in force, in batches. */
export function createAccess(viewer: Pick<Viewer, 'roles'>, related: Relationships, labelsOf: (patientId: string) => Promise<readonly string[] | undefined>): Access {
  const judged = new Map<object, JudgedRow>();
  const alike = fieldsAlike(viewer.roles);
  // The fields of a row come one after the other.
  let last: { readonly row: object; readonly judged: JudgedRow } | undefined;

  function holdsFor(role: string, grants: Grants, subject: Subject): boolean {
    const relations = grants[role as Role];
    if (relations === undefined) return false;
    for (const relation of relations) if (related.holds(relation, role, subject)) return true;
    return false;
  }

  async function labelsUpon(field: string, patientId: string): Promise<readonly LabelCode[]> {
    const labels = await labelsOf(patientId);
    return labels === undefined ? [] : narrowing(field).filter((code) => labels.includes(code));
  }

  /** The roles by which the viewer sees the field, labels aside. */
  const rolesFor = (field: string, subject: Subject) => viewer.roles.filter((role) => holdsFor(role, fieldPolicy[field] ?? {}, subject));
  const isNarrowed = (labels: readonly LabelCode[], field: string, roles: readonly string[], subject: Subject) => !roles.some((role) => labels.every((code) => holdsFor(role, labelPolicy[code].fields[field] ?? {}, subject)));

  function seesOf<Type extends RowType>(type: Type, row: SubjectRows[Type], field: string): boolean | Promise<boolean> {
    if (last?.row !== row) {
      let known = judged.get(row);
      if (known === undefined) judged.set(row, (known = { subject: subjectOf(type, row), fields: new Map() }));
      last = { row, judged: known };
    }
    const { subject, fields } = last.judged;
    const first = alike.get(field) ?? field;
    let isSeen = fields.get(first);
    if (isSeen === undefined) fields.set(first, (isSeen = sees(first, subject)));
    return isSeen;
  }

  function sees(field: string, subject: Subject): boolean | Promise<boolean> {
    const roles = rolesFor(field, subject);
    if (roles.length === 0) return false;
    // Of observations a label hides some, not the list. Whoever is close enough for every label needs none read.
    if (field === observations || subject.patientId === null || !isNarrowed(narrowing(field), field, roles, subject)) return true;
    return labelsUpon(field, subject.patientId).then((labels) => !isNarrowed(labels, field, roles, subject));
  }

  async function hiddenObservations(subject: Subject): Promise<readonly string[]> {
    const field = observations;
    const roles = rolesFor(field, subject);
    if (subject.patientId === null || narrowing(field).every((code) => !isNarrowed([code], field, roles, subject))) return [];
    const labels = await labelsUpon(field, subject.patientId);
    return labels.filter((code) => isNarrowed([code], field, roles, subject)).flatMap((code) => labelledObservations[code] ?? []);
  }

  return {
    reaches: (type, subject, by = viewer.roles) => viewer.roles.some((role) => by.includes(role) && holdsFor(role, typePolicy[type], subject)),
    relationTo: (patientId) => closeness.find((relation) => viewer.roles.some((role) => typePolicy.Patient[role as Role]?.includes(relation) && related.holds(relation, role, { patientId }))),
    readsRecordOf: (instance) => viewer.roles.some((role) => typePolicy.AuditEntry[role as Role] !== undefined && holdsFor(role, typePolicy.ProcessInstance, instance)),
    sees,
    seesOf,
    seesObservation: async (code, subject) => !(await hiddenObservations(subject)).includes(code),
    async maskedFields(type, subject) {
      const fields = fieldsOf.get(type) ?? [];
      const isMasked = await Promise.all(fields.map(async (field) => !(await sees(field, subject)) || (field === observations && (await hiddenObservations(subject)).length > 0)));
      return fields.filter((field, index) => isMasked[index] && (subject.patientId !== null || !field.endsWith('.patient'))).map((field) => field.slice(type.length + 1));
    },
  };
}

/** The field of which labels hide single values. */
const observations = 'Patient.latestObservations';

/** The labels that narrow who sees a field. */
function narrowing(field: string): readonly LabelCode[] {
  return narrowingLabels.get(field) ?? [];
}

const narrowingLabels: ReadonlyMap<string, readonly LabelCode[]> = new Map(Object.keys(fieldPolicy).map((field) => [field, labelCodes.filter((code) => labelPolicy[code].fields[field])]));

/**
 * By field, the first field of its type that the table answers alike for these roles, whatever the relations and labels of a row:
 * a row's fields are few questions then.
 */
function fieldsAlike(roles: readonly string[]): ReadonlyMap<string, string> {
  const key = roles.join(' ');
  let alike = fieldsAlikeByRoles.get(key);
  if (alike === undefined) {
    const firsts = new Map<string, string>();
    fieldsAlikeByRoles.set(key, (alike = new Map(Object.keys(fieldPolicy).map((field) => {
      const question = questionOf(field, roles);
      if (!firsts.has(question)) firsts.set(question, field);
      return [field, firsts.get(question) ?? field];
    }))));
  }
  return alike;
}

const fieldsAlikeByRoles = new Map<string, ReadonlyMap<string, string>>();

/** What the table asks of a row before these roles see the field: two fields with the same are seen alike. */
function questionOf(field: string, roles: readonly string[]): string {
  const relationsOf = (grants: Grants | undefined) => roles.map((role) => grants?.[role as Role] ?? []);
  const granted = relationsOf(fieldPolicy[field]);
  // A label that asks for nothing more of any of the roles changes nothing.
  const labels = narrowing(field)
    .map((code) => ({ code, exempt: relationsOf(labelPolicy[code].fields[field]) }))
    .filter(({ exempt }) => granted.some((relations, index) => relations.some((relation) => !exempt[index]?.includes(relation))));
  return JSON.stringify([field.split('.')[0], field === observations, granted, labels]);
}

/** Fields that may be hidden, by type. */
const fieldsOf: ReadonlyMap<string, readonly string[]> = new Map(Object.keys(typePolicy).map((type) => [type, Object.keys(fieldPolicy).filter((field) => field.startsWith(`${type}.`))]));
