import { getNamedType, isAbstractType, isObjectType, parse, type DocumentNode, type FragmentDefinitionNode, type GraphQLSchema, type SelectionSetNode } from 'graphql';
import { fieldPolicy, operationPolicy, reachPolicy, type Reach, type SubjectType } from '../../gateway/identity/policy.ts';

/** Whose eyes read an answer. */
export interface Reader {
  readonly id: string;
  readonly role: string;
  readonly unit?: string;
}

/** A text that says whose it is, so that it is known wherever it turns up. */
export function mark(type: SubjectType, ward: string, startedBy = ''): string {
  return `[${type}|${ward}|${startedBy}]`;
}

/**
 * What in an answer its reader has no right to, by the policy table alone; empty when all is well. Reads the tree by the
 * document and `__typename`, and knows nothing of how the server filters.
 */
export function rightsViolations(schema: GraphQLSchema, query: string, answer: { readonly data?: unknown }, reader: Reader): readonly string[] {
  const data = answer.data;
  if (typeof data !== 'object' || data === null) return [];
  const document = parse(query);
  const found: string[] = [...foreignMarks(JSON.stringify(data), reader)];
  for (const operation of document.definitions) {
    if (operation.kind !== 'OperationDefinition') continue;
    const root = { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' }[operation.operation];
    read({ schema, document, reader, found }, root, operation.selectionSet, data as Record<string, unknown>);
  }
  return found;
}

interface Reading {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly reader: Reader;
  readonly found: string[];
}

function read(reading: Reading, typeName: string, selections: SelectionSetNode, value: Readonly<Record<string, unknown>>): void {
  const { schema, reader, found } = reading;
  const type = schema.getType(typeName);
  if (!isObjectType(type)) return void found.push(`an object of unknown type ${typeName}`);
  const reach = reachPolicy[typeName as SubjectType] as Readonly<Record<string, Reach | undefined>> | undefined;
  if (reach && reach[reader.role] === undefined) found.push(`a ${typeName} for ${reader.role}, who sees none`);

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
    const allowed = operationPolicy[key] ?? fieldPolicy[key];
    const isEmpty = Array.isArray(held) && held.length === 0;
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

const marks = /\[([A-Z]\w+)\|(\w*)\|([\w-]*)\]/g;

function foreignMarks(text: string, reader: Reader): readonly string[] {
  return [...text.matchAll(marks)].flatMap(([whole, type = '', ward, startedBy]) => {
    const reach = (reachPolicy[type as SubjectType] as Readonly<Record<string, Reach | undefined>> | undefined)?.[reader.role];
    const isOwn = startedBy === reader.id || ward === reader.unit;
    const sees = reach === 'all' || (reach === 'ward' && isOwn) || (reach === 'duty' && (reader.unit === undefined || isOwn)) || (reach === 'started' && startedBy === reader.id);
    return sees ? [] : [`${whole} for ${reader.role} of ${reader.unit ?? 'no ward'}`];
  });
}
