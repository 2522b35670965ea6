import type { LocalizedText } from '#engine';
import { operationPolicy, personRoles, systemRoles, type Role } from '../policy.ts';
import { fieldPolicy } from './fields.ts';
import { labelCodes, labelPolicy, type LabelCode } from './labels.ts';
import { relations, relationWords, type Relation } from './relations.ts';
import { statisticsPolicy, typePolicy, type Grants, type SubjectType } from './types.ts';
import { fieldWords, operationWords, roleWords, typeWords } from './words.ts';

/** What a role needs, one of them; a role that sees nothing has no cell. */
export interface PolicyCell {
  readonly role: Role;
  readonly relations: readonly Relation[];
}

export interface PolicyRow {
  /** `Type`, `Type.field` or the code of a label. */
  readonly key: string;
  readonly name: LocalizedText;
  readonly cells: readonly PolicyCell[];
}

/** The policy table as people read it: what the doors enforce, in words. */
export interface AccessPolicy {
  readonly roles: readonly { readonly role: Role; readonly name: LocalizedText; readonly isSystem: boolean }[];
  readonly relations: readonly { readonly relation: Relation; readonly name: LocalizedText; readonly definition: LocalizedText }[];
  readonly types: readonly (PolicyRow & { readonly type: SubjectType; readonly fields: readonly PolicyRow[] })[];
  readonly labels: readonly { readonly code: LabelCode; readonly name: LocalizedText; readonly fields: readonly PolicyRow[] }[];
  /** Who counts and compares decisions without seeing whose they are: over all wards, or over wards in which the role is held. */
  readonly statistics: readonly { readonly role: Role; readonly wards: 'hospital' | 'ward' }[];
  readonly operations: readonly { readonly operation: string; readonly name: LocalizedText; readonly roles: readonly Role[] }[];
}

const roles: readonly Role[] = [...personRoles, ...systemRoles];

function cellsOf(grants: Grants): readonly PolicyCell[] {
  return roles.flatMap((role) => (grants[role] === undefined ? [] : [{ role, relations: relations.filter((relation) => grants[role]?.includes(relation)) }]));
}

const technical = (name: string): LocalizedText => ({ 'zh-CN': name, en: name });
const fieldRow = ([key, grants]: readonly [string, Grants]): PolicyRow => ({ key, name: fieldWords[key] ?? technical(key), cells: cellsOf(grants) });

/** Reads the tables into rows. */
export function accessPolicy(): AccessPolicy {
  return {
    roles: roles.map((role) => ({ role, name: roleWords[role], isSystem: (systemRoles as readonly string[]).includes(role) })),
    relations: relations.map((relation) => ({ relation, ...relationWords[relation] })),
    types: Object.entries(typePolicy).map(([key, grants]) => {
      // The keys of the table are its types.
      const type = key as SubjectType;
      return { key, type, name: typeWords[type], cells: cellsOf(grants), fields: Object.entries(fieldPolicy).filter(([field]) => field.startsWith(`${type}.`)).map(fieldRow) };
    }),
    labels: labelCodes.map((code) => ({ code, name: labelPolicy[code].name, fields: Object.entries(labelPolicy[code].fields).map(fieldRow) })),
    statistics: roles.flatMap((role) => (statisticsPolicy[role] === undefined ? [] : [{ role, wards: statisticsPolicy[role] }])),
    operations: Object.entries(operationPolicy).map(([operation, allowed]) => ({ operation, name: operationWords[operation] ?? technical(operation), roles: roles.filter((role) => allowed.includes(role)) })),
  };
}
