import {
  getNamedType, getNullableType, isAbstractType, isEnumType, isInputObjectType, isLeafType, isListType, isObjectType, isRequiredArgument,
  type GraphQLArgument, type GraphQLField, type GraphQLInputType, type GraphQLNamedType, type GraphQLObjectType, type GraphQLSchema,
} from 'graphql';
import { valueFor, type KnownValues } from './generated-values.ts';
import type { Tape } from './tape.ts';

/** An operation that a caller might send. */
export interface GeneratedOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly kind: 'query' | 'mutation' | 'subscription';
}

interface Draft {
  readonly schema: GraphQLSchema;
  readonly tape: Tape;
  readonly known: KnownValues;
  readonly hostile: number;
  readonly variables: { readonly name: string; readonly type: string; readonly value: unknown }[];
  readonly fragments: string[];
  fieldsLeft: number;
}

const deepest = 9;

/**
 * An operation over the whole schema: most are valid, some are nearly so, some are meant ill. Every selection asks for
 * `__typename`, so that whoever reads the answer knows what each object is.
 */
export function generateOperation(schema: GraphQLSchema, tape: Tape, known: KnownValues): GeneratedOperation {
  const kind = tape.pick(['query', 'query', 'query', 'query', 'query', 'query', 'mutation', 'mutation', 'mutation', 'subscription'] as const);
  const root = { query: schema.getQueryType(), mutation: schema.getMutationType(), subscription: schema.getSubscriptionType() }[kind];
  if (!root) throw new Error(`Expected the schema to have a type for ${kind}, but it has none`);
  const draft: Draft = { schema, tape, known, hostile: tape.pick([0, 0, 10, 40]), variables: [], fragments: [], fieldsLeft: 60 };
  const fields = Object.values(root.getFields());
  const count = kind === 'query' ? 1 + tape.next(3) : 1;
  // What leads to things of patients is asked for most: there is more to lose.
  const telling = fields.filter(({ type }) => leadsToNode(schema, getNamedType(type)));
  const selections = Array.from({ length: count }, (_, index) => field(tape.pick(kind === 'query' && tape.happens(60) ? telling : fields), draft, 1, `r${index}: `));
  const declared = draft.variables.map(({ name, type }) => `$${name}: ${type}`).join(', ');
  const query = `${kind} Generated${declared === '' ? '' : `(${declared})`} { ${selections.join(' ')} }\n${draft.fragments.join('\n')}`;
  const variables = Object.fromEntries(draft.variables.map(({ name, value }) => [name, value]));
  return { query: tape.happens(12) ? damaged(query, tape) : query, variables, kind };
}

/** Whether it is a node, an interface of nodes, or a connection of nodes. */
function leadsToNode(schema: GraphQLSchema, type: GraphQLNamedType): boolean {
  const edge = isObjectType(type) ? type.getFields()['edges'] : undefined;
  const edgeType = edge && getNamedType(edge.type);
  const node = isObjectType(edgeType) ? edgeType.getFields()['node'] : undefined;
  const reached = node ? getNamedType(node.type) : type;
  const nodeInterface = schema.getType('Node');
  return reached === nodeInterface || (isObjectType(reached) && reached.getInterfaces().some((each) => each === nodeInterface));
}

function field(definition: GraphQLField<unknown, unknown>, draft: Draft, depth: number, alias: string): string {
  const given = definition.args.filter((argument) => (isRequiredArgument(argument) ? !draft.tape.happens(draft.hostile / 10) : draft.tape.happens(15)));
  const args = given.map((argument) => `${argument.name}: ${argumentValue(argument, draft)}`).join(', ');
  const directive = draft.tape.happens(4) ? ` @${draft.tape.pick(['skip', 'include'])}(if: ${draft.tape.pick(['true', 'false'])})` : '';
  return `${alias}${definition.name}${args === '' ? '' : `(${args})`}${directive}${selection(getNamedType(definition.type), draft, depth)}`;
}

function selection(type: GraphQLNamedType, draft: Draft, depth: number): string {
  if (isLeafType(type)) return '';
  if (isObjectType(type)) return ` { __typename ${fieldsOf(type, draft, depth)} }`;
  if (!isAbstractType(type)) return '';
  const possible = draft.schema.getPossibleTypes(type).filter(() => draft.tape.happens(60));
  return ` { __typename ${possible.map((each) => spread(each, draft, depth)).join(' ')} }`;
}

function spread(type: GraphQLObjectType, draft: Draft, depth: number): string {
  const body = `{ __typename ${fieldsOf(type, draft, depth)} }`;
  if (!draft.tape.happens(30)) return `... on ${type.name} ${body}`;
  const name = `F${draft.fragments.length}`;
  draft.fragments.push(`fragment ${name} on ${type.name} ${body}`);
  return `...${name}`;
}

/** Aliases are unique within an operation, so that two fields of one name never clash. */
function fieldsOf(type: GraphQLObjectType, draft: Draft, depth: number): string {
  const all = Object.values(type.getFields());
  const wanted = type.name.endsWith('Connection') || type.name.endsWith('Edge') ? all : all.filter((each) => draft.tape.happens(depth < 5 ? (isLeafType(getNamedType(each.type)) ? 75 : 45) : 25));
  return wanted
    .map((each) => {
      const isLeaf = isLeafType(getNamedType(each.type));
      if (draft.fieldsLeft <= 0 || (!isLeaf && depth >= deepest)) return '';
      draft.fieldsLeft -= 1;
      return field(each, draft, depth + 1, isLeaf && each.args.length === 0 && !draft.tape.happens(5) ? '' : `f${draft.fieldsLeft}: `);
    })
    .join(' ');
}

function argumentValue(argument: GraphQLArgument, draft: Draft): string {
  const value = valueFor(argument.type, draft.tape, draft.known, draft.hostile);
  if (draft.tape.happens(50)) return literal(value, argument.type);
  const name = `v${draft.variables.length}`;
  draft.variables.push({ name, type: draft.tape.happens(draft.hostile / 10) ? 'Boolean' : String(argument.type), value });
  return `$${name}`;
}

/** GraphQL's own way of writing a value: enum names bare, keys of objects without quotes. */
function literal(value: unknown, type: GraphQLInputType | undefined): string {
  const inner = type === undefined ? undefined : getNullableType(type);
  if (Array.isArray(value)) return `[${value.map((item) => literal(item, isListType(inner) ? inner.ofType : undefined)).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = isInputObjectType(inner) ? inner.getFields() : {};
    const names = Object.keys(value).filter((name) => /^[_A-Za-z]\w*$/.test(name));
    return `{${names.map((name) => `${name}: ${literal((value as Record<string, unknown>)[name], fields[name]?.type)}`).join(', ')}}`;
  }
  return isEnumType(inner) && typeof value === 'string' ? value : JSON.stringify(value);
}

/** Nearly valid: something is missing, doubled or too much. */
function damaged(query: string, tape: Tape): string {
  const at = tape.next(query.length);
  switch (tape.next(8)) {
    case 0: return query.slice(0, at) + query.slice(at + 1);
    case 1: return query.slice(0, at) + tape.pick(['{', '}', '"', '$', '@', '\u0000', '…', '#', '"""']) + query.slice(at);
    case 2: return query.replace('__typename', '__typename noSuchField');
    case 3: return query.replace('__typename', `__typename ...Circular`) + ' fragment Circular on Viewer { ...Circle } fragment Circle on Viewer { ...Circular }';
    case 4: return `query { ${Array.from({ length: 101 }, (_, index) => `a${index}: viewer { id }`).join(' ')} }`;
    case 5: return `query { viewer { ${'id '.repeat(500)} } }`;
    case 6: return `${query} ${query}`;
    default: return query.slice(0, at);
  }
}
