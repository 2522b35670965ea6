import type { Prisma } from '#database';
import { fieldPolicy } from '../identity/policy/fields.ts';
import { labelCodes, labelledObservations, labelPolicy, type LabelCode } from '../identity/policy/labels.ts';
import type { Relation } from '../identity/policy/relations.ts';
import type { Grants } from '../identity/policy/types.ts';
import type { Role } from '../identity/policy.ts';
import type { Relationships } from '../identity/relations.ts';
import type { Viewer } from '../identity/viewer.ts';

/**
 * Fields of the policy table as conditions on rows, so that a search neither finds nor counts by what is hidden. Each answer is judged
 * again, row by row, by `Access`; a test compares the two.
 */
export interface FieldRights {
  /** Patients of whom the viewer sees the field `Patient.…`, labels included. Beside the filter of patients themselves. */
  readonly whose: (field: string) => Prisma.PatientWhereInput;
  /** Observations that no label hides from the viewer, of patients whose observations it sees. */
  readonly observations: () => Prisma.ObservationWhereInput;
  /** Patients of whom the field is hidden from the viewer, or something of it; undefined where it is of none. */
  readonly hidden: (field: string) => Prisma.PatientWhereInput | undefined;
}

const nobody: Prisma.PatientWhereInput = { id: { in: [] } };

/** An empty condition says so alone: in `OR` and `NOT` Prisma passes over it. */
function isEverybody(where: Prisma.PatientWhereInput): boolean {
  return Object.keys(where).length === 0;
}

/** The rights of a viewer, with the relations as they were read. */
export function createFieldRights({ roles }: Pick<Viewer, 'roles'>, related: Relationships): FieldRights {
  /** Patients whom one of the relations of a role's cell reaches; undefined for all. */
  function reached(role: string, grants: Grants): Prisma.PatientWhereInput | undefined {
    const relations: readonly Relation[] = grants[role as Role] ?? [];
    if (relations.includes('hospital')) return undefined;
    const ids = new Set(relations.filter((relation) => relation !== 'current-stay').flatMap((relation) => [...related.patientsOf(relation, role)]));
    const byId: Prisma.PatientWhereInput = { id: { in: [...ids] } };
    return relations.includes('current-stay') ? { OR: [byId, { encounters: { some: { endedAt: null } } }] } : byId;
  }

  function seen(field: string, labels: readonly LabelCode[]): Prisma.PatientWhereInput {
    const grants = fieldPolicy[field] ?? {};
    // One role has to suffice for the field and for every label.
    const arms = roles.filter((role) => grants[role as Role] !== undefined).map((role) => [
      reached(role, grants),
      ...labels.map((code) => {
        const exempt = reached(role, labelPolicy[code].fields[field] ?? {});
        return exempt && { OR: [{ labels: { none: { code, removedAt: null } } }, exempt] };
      }),
    ].filter((condition) => condition !== undefined));
    if (arms.length === 0) return nobody;
    return arms.some((conditions) => conditions.length === 0) ? {} : { OR: arms.map((conditions) => ({ AND: conditions })) };
  }

  const narrowing = (each: string) => labelCodes.filter((code) => labelPolicy[code].fields[each] !== undefined);
  const field = 'Patient.latestObservations';
  return {
    whose: (each) => seen(each, narrowing(each)),
    observations: () => ({
      AND: [
        { patient: seen(field, []) },
        ...labelCodes.flatMap((code): Prisma.ObservationWhereInput[] => {
          const hidden = labelledObservations[code];
          const exempt = seen(field, [code]);
          return hidden === undefined || isEverybody(exempt) ? [] : [{ OR: [{ code: { notIn: [...hidden] } }, { patient: exempt }] }];
        }),
      ],
    }),
    hidden(each) {
      const where = seen(each, narrowing(each));
      return isEverybody(where) ? undefined : { NOT: where };
    },
  };
}
