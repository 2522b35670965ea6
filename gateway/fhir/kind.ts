import type { Prisma } from '#database';
import { fieldPolicy } from '../identity/policy/fields.ts';
import { typePolicy, type SubjectType } from '../identity/policy/types.ts';
import type { Role } from '../identity/policy.ts';
import type { FhirContext } from './context.ts';
import { keyOfFhirId } from './ids.ts';
import type { KeptResource, ResourceType } from './resources.ts';
import type { AnyParameter, Condition, Parameter } from './search/parameters.ts';

/** What there is to know of one type of resource: how its rows are found and written. `Where` is a filter of its rows. */
export interface Kind<Where extends object, Row> {
  readonly type: ResourceType;
  /** Of the policy table: who may search at all. Reading by id is `Query.node`. */
  readonly searchOperation: string;
  readonly parameters: Readonly<Record<string, Parameter<Where>>>;
  /** The rows that the viewer sees. */
  readonly visible: (context: FhirContext) => Where;
  readonly byKey: (key: string) => Where;
  /** All of these; a filter with AND when absent. */
  readonly all?: (conditions: readonly Where[]) => Where;
  readonly count: (where: Where, context: FhirContext) => Promise<number>;
  /** Rows after the one with this key, in the order of the kind. */
  readonly page: (where: Where, page: PageOf, context: FhirContext) => Promise<readonly Row[]>;
  /** Names a row's place in the order. */
  readonly placeOf: (row: Row) => string;
  /** Judges each field by `access`; undefined for a row that the viewer does not see after all. Puts the read on record. */
  readonly write: (row: Row, context: FhirContext) => Promise<KeptResource | undefined>;
  /** Whether the policy hides something that the search may have found. */
  readonly isHiding?: (asked: Pick<Asked, 'patients' | 'searchedBy'>, context: FhirContext) => Promise<boolean>;
  /** Ids with a meaning of their own. */
  readonly ownKey?: (fhirId: string) => Where | undefined;
}

/** Where a page begins, after the row of this place, and how many rows it has. */
export interface PageOf {
  readonly after: string | undefined;
  readonly take: number;
}

/** What a search gives. */
export interface Found {
  readonly resources: readonly KeptResource[];
  /** Place of the last row when there are more. */
  readonly next: string | undefined;
  readonly total: number | undefined;
  readonly isHiding: boolean;
}

/** What a search asks, read and checked. */
export interface Asked {
  /** Of the kind's own parameters. */
  readonly conditions: readonly unknown[];
  /** Names of the parameters. */
  readonly searchedBy: readonly string[];
  /** The patients that a parameter names; undefined when none does. */
  readonly patients: readonly string[] | undefined;
  readonly after: string | undefined;
  /** 0: only how many there are. */
  readonly take: number;
  readonly isTotalAsked: boolean;
}

/** A kind for the door, which does not know its rows. */
export interface ResourceDoor {
  readonly type: ResourceType;
  readonly searchOperation: string;
  readonly parameters: Readonly<Record<string, AnyParameter>>;
  readonly search: (asked: Asked, context: FhirContext) => Promise<Found>;
  readonly read: (fhirId: string, context: FhirContext) => Promise<KeptResource | undefined>;
}

/** Makes a kind's search and read: the viewer's filter stands in every question to the database, and every row is judged again as it is written. */
export function doorOf<Where extends object, Row>(kind: Kind<Where, Row>): ResourceDoor {
  // Every `…WhereInput` has AND.
  const all = kind.all ?? ((conditions: readonly Where[]) => ({ AND: conditions }) as unknown as Where);

  return {
    type: kind.type,
    searchOperation: kind.searchOperation,
    parameters: kind.parameters,
    async search({ conditions, after, take, isTotalAsked, ...rest }, context) {
      // They are those that this kind's own parameters have made.
      const asked = await Promise.all(conditions.map((condition) => (condition as Condition<Where>)(context)));
      const where = all([kind.visible(context), ...asked]);
      const total = isTotalAsked || take === 0 ? await kind.count(where, context) : undefined;
      const isHiding = (await kind.isHiding?.(rest, context)) ?? false;
      if (take === 0) return { resources: [], next: undefined, total, isHiding };
      const rows = await kind.page(where, { after, take: take + 1 }, context);
      const shown = rows.slice(0, take);
      const last = shown.at(-1);
      const resources = await Promise.all(shown.map((row) => kind.write(row, context)));
      return { resources: resources.filter((resource) => resource !== undefined), next: rows.length > take && last !== undefined ? kind.placeOf(last) : undefined, total, isHiding };
    },
    async read(fhirId, context) {
      const key = keyOfFhirId(fhirId);
      const one = key === undefined ? kind.ownKey?.(fhirId) : kind.byKey(key);
      if (one === undefined) return undefined;
      const [row] = await kind.page(all([kind.visible(context), one]), { after: undefined, take: 1 }, context);
      return row === undefined ? undefined : kind.write(row, context);
    },
  };
}

/** Whether the field is hidden of one of these patients, or (undefined) of any, whom the viewer sees. */
export async function hidesOf(field: string, patients: readonly string[] | undefined, { database, visibility, rights }: FhirContext): Promise<boolean> {
  const hidden = rights.hidden(field);
  if (hidden === undefined) return false;
  const where: Prisma.PatientWhereInput = { AND: [visibility.Patient, hidden, patients === undefined ? {} : { id: { in: [...patients] } }] };
  return (await database.prisma.patient.findFirst({ where, select: { id: true } })) !== null;
}

/** Whether one of the viewer's roles sees rows of the type but not this field of them: a search by the field then finds less than there is. */
export function hidesByRole(type: SubjectType, field: string, roles: readonly string[]): boolean {
  return roles.some((role) => typePolicy[type][role as Role] !== undefined && fieldPolicy[field]?.[role as Role] === undefined);
}

/** The place of a row in an order of newest first, then by id. */
export function placeInTime(at: Date, id: string): string {
  return `${at.getTime()}_${id}`;
}

/** Rows after that place, as any of these. */
export function afterInTime<Column extends string>(column: Column, place: string | undefined): object {
  if (place === undefined) return {};
  const at = place.indexOf('_');
  const time = new Date(Number(place.slice(0, at)));
  return { OR: [{ [column]: { lt: time } }, { [column]: time, id: { gt: place.slice(at + 1) } }] };
}
