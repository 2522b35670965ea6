import { getNamedType, isAbstractType, isObjectType, parse, type DocumentNode, type FragmentDefinitionNode, type GraphQLSchema, type SelectionSetNode } from 'graphql';
import { operationPolicy } from '../../gateway/identity/policy.ts';
import { fieldPolicy, maskedTexts } from '../../gateway/identity/policy/fields.ts';
import { labelPolicy, type LabelCode } from '../../gateway/identity/policy/labels.ts';
import type { Relation } from '../../gateway/identity/policy/relations.ts';
import { typePolicy, type Grants, type SubjectType } from '../../gateway/identity/policy/types.ts';

/** Whose eyes read an answer. */
export interface Reader {
  readonly id: string;
  readonly role: string;
  readonly unit?: string;
  readonly isSystem?: boolean;
}

/** What makes people related to a case of the marked hospital. */
export interface CaseFacts {
  readonly key: string;
  /** Where the patient lies; absent where the case is about none. */
  readonly patient?: 'W1' | 'W2' | 'left';
  /** Of the rows themselves. */
  readonly unit?: string;
  readonly labels: readonly LabelCode[];
  /** Ward of an open task for whoever does tasks. */
  readonly dutyUnit?: string;
  /** Everybody is in the care team, or has emergency access. */
  readonly isCareTeam?: boolean;
  readonly isEmergency?: boolean;
  readonly startedBy?: string;
}

/** A text that says of which field of which case it is, so that it is known wherever it turns up. */
export function mark(field: string, caseKey: string): string {
  return `[${field}|${caseKey}]`;
}

const workers = ['doctor', 'nurse', 'head-nurse', 'pharmacist', 'process-owner'];

/** The definitions of the relations, on the facts alone. */
const definitions: Readonly<Record<Relation, (facts: CaseFacts, reader: Reader) => boolean>> = {
  hospital: () => true,
  'current-stay': ({ patient }) => patient === 'W1' || patient === 'W2',
  ward: ({ patient, unit }, reader) => reader.unit !== undefined && (patient === reader.unit || unit === reader.unit),
  'care-team': ({ isCareTeam }, { isSystem }) => isCareTeam === true && isSystem !== true,
  duty: ({ dutyUnit }, { role, unit }) => dutyUnit !== undefined && workers.includes(role) && (unit === undefined || unit === dutyUnit),
  started: ({ startedBy }, { id }) => startedBy === id,
  'emergency-access': ({ isEmergency }, { isSystem }) => isEmergency === true && isSystem !== true,
  'no-patient': ({ patient, unit }, reader) => patient === undefined && (unit === undefined || reader.unit === undefined || unit === reader.unit),
  // The marked lines tell of work.
  'access-entry': () => false,
};

/** Rows of these types name no ward. */
const wardless: readonly string[] = ['Patient', 'Decision', 'AuditEntry'] satisfies SubjectType[];

function isGranted(type: string, grants: Grants | undefined, { unit, ...others }: CaseFacts, reader: Reader): boolean {
  const facts: CaseFacts = { ...others, ...(unit === undefined || wardless.includes(type) ? {} : { unit }) };
  return ((grants as Readonly<Record<string, readonly Relation[]>> | undefined)?.[reader.role] ?? []).some((relation) => definitions[relation](facts, reader));
}

/** Whether the table lets the reader see rows of the type of a case. */
export function seesRow(type: SubjectType, facts: CaseFacts, reader: Reader): boolean {
  return isGranted(type, typePolicy[type], facts, reader);
}

/** Whether the table lets the reader see a field of a row of a case that the reader has reached. */
export function seesField(field: string, facts: CaseFacts, reader: Reader): boolean {
  const [type = ''] = field.split('.');
  const isSeen = fieldPolicy[field] === undefined ? seesRow(type as SubjectType, facts, reader) || (type === 'AuditEntry' && readsTimeline(facts, reader)) : isGranted(type, fieldPolicy[field], facts, reader);
  return isSeen && isUnlabelled(field, facts, reader);
}

/** Whether no label of the case hides the field from the reader. */
function isUnlabelled(field: string, facts: CaseFacts, reader: Reader): boolean {
  const [type = ''] = field.split('.');
  return facts.labels.every((code) => labelPolicy[code].fields[field] === undefined || isGranted(type, labelPolicy[code].fields[field], facts, reader));
}

/** The lines of a case are read with the case, by roles that read lines at all. */
function readsTimeline(facts: CaseFacts, reader: Reader): boolean {
  return reader.role in typePolicy.AuditEntry && seesRow('ProcessInstance', facts, reader);
}

/**
 * What in an answer its reader has no right to, by the policy table and the facts of the cases alone; empty when all is well. Reads the tree by the
 * document and `__typename`, and knows nothing of how the server filters.
 */
export function rightsViolations(schema: GraphQLSchema, query: string, answer: { readonly data?: unknown }, reader: Reader, cases: readonly CaseFacts[]): readonly string[] {
  const data = answer.data;
  if (typeof data !== 'object' || data === null) return [];
  const document = parse(query);
  const found: string[] = [];
  const identities: string[] = [];
  for (const operation of document.definitions) {
    if (operation.kind !== 'OperationDefinition') continue;
    const root = { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' }[operation.operation];
    read({ schema, document, reader, found, identities }, root, operation.selectionSet, data as Record<string, unknown>);
  }
  // What tells one patient from another needs no relation; where else the same text stands, it does.
  const others = identities.reduce((text, identity) => text.replace(identity, ''), JSON.stringify(data));
  return [...found, ...foreignMarks(others, cases, (field, facts) => seesField(field, facts, reader), reader), ...foreignMarks(identities.join(), cases, (field, facts) => isUnlabelled(field, facts, reader), reader)];
}

interface Reading {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly reader: Reader;
  readonly found: string[];
  /** Texts of `PatientIdentity`. */
  readonly identities: string[];
}

function read(reading: Reading, typeName: string, selections: SelectionSetNode, value: Readonly<Record<string, unknown>>): void {
  const { schema, reader, found, identities } = reading;
  const type = schema.getType(typeName);
  if (!isObjectType(type)) return void found.push(`an object of unknown type ${typeName}`);
  const grants = typePolicy[typeName as SubjectType] as Readonly<Record<string, readonly Relation[] | undefined>> | undefined;
  if (grants && grants[reader.role] === undefined) found.push(`a ${typeName} for ${reader.role}, who sees none`);

  for (const selection of selections.selections) {
    if (selection.kind !== 'Field') {
      const fragment = selection.kind === 'InlineFragment' ? selection : fragmentOf(reading.document, selection.name.value);
      const condition = fragment?.typeCondition && schema.getType(fragment.typeCondition.name.value);
      const applies = !condition || condition === type || (isAbstractType(condition) && schema.isSubType(condition, type));
      if (fragment && applies) read(reading, typeName, fragment.selectionSet, value);
      continue;
    }
    const name = selection.name.value;
    const held = value[selection.alias?.value ?? name];
    if (held === undefined || held === null || name.startsWith('__')) continue;
    const key = `${typeName}.${name}`;
    if (typeName === 'PatientIdentity' && typeof held === 'string') identities.push(held);
    const allowed = operationPolicy[key] ?? (fieldPolicy[key] && Object.keys(fieldPolicy[key]));
    const isEmpty = (Array.isArray(held) && held.length === 0) || Object.values(maskedTexts[key] ?? {}).includes(String(held));
    // An act is refused with one of the expected errors, of which an input that is wrong comes first.
    const isRefused = typeName === 'Mutation' && /Error$/.test(String((held as { readonly __typename?: unknown }).__typename));
    if (allowed && !(allowed as readonly string[]).includes(reader.role) && !isEmpty && !isRefused) found.push(`${key} for ${reader.role}`);
    const field = type.getFields()[name];
    if (!field || !selection.selectionSet) continue;
    const named = getNamedType(field.type);
    for (const item of [held].flat(3)) {
      if (typeof item !== 'object' || item === null) continue;
      const object = item as Readonly<Record<string, unknown>>;
      read(reading, isObjectType(named) ? named.name : String(object['__typename']), selection.selectionSet, object);
    }
  }
}

function fragmentOf(document: DocumentNode, name: string): FragmentDefinitionNode | undefined {
  return document.definitions.find((definition): definition is FragmentDefinitionNode => definition.kind === 'FragmentDefinition' && definition.name.value === name);
}

/** The types whose marks an answer holds. */
export function markedTypes(text: string): readonly string[] {
  return [...text.matchAll(marks)].map(([, type = '']) => type);
}

const marks = /\[([A-Z]\w+)\.(\w+)\|(\w+)\]/g;

function foreignMarks(text: string, cases: readonly CaseFacts[], sees: (field: string, facts: CaseFacts) => boolean, reader: Reader): readonly string[] {
  return [...text.matchAll(marks)].flatMap(([whole, type = '', field = '', key]) => {
    const facts = cases.find((each) => each.key === key);
    return facts && sees(`${type}.${field}`, facts) ? [] : [`${whole} for ${reader.role} of ${reader.unit ?? 'no ward'}`];
  });
}
