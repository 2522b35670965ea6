import { getNamedType, getNullableType, isListType, isObjectType, isInterfaceType, Kind, type DocumentNode, type FragmentDefinitionNode, type GraphQLNamedType, type GraphQLOutputType, type GraphQLSchema, type OperationDefinitionNode, type SelectionSetNode, type ValueNode } from 'graphql';

/** Rows of a page when the operation names no number; see the builder. */
const defaultPageSize = 50;
/** Rows of a list that has no pages: what such lists usually hold, not what they may. */
const listSize = 5;
/** Beyond every limit, and far from where numbers lose their units. */
const most = 1e12;

interface Walk {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Of fragments that were counted: each is walked once, however often it is spread. */
  readonly counted: Map<string, number>;
}

/**
 * Points of a validated operation: each field one, times the rows of the pages and lists that it stands in. Conditions
 * (`@skip`, `@include`) are not read: a field that may be asked counts.
 */
export function operationCost(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode, variables: Readonly<Record<string, unknown>>): number {
  const fragments = new Map(document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION).map((fragment) => [fragment.name.value, fragment]));
  return costOf(operation.selectionSet, schema.getRootType(operation.operation) ?? undefined, { schema, fragments, variables, counted: new Map() });
}

function costOf({ selections }: SelectionSetNode, parent: GraphQLNamedType | undefined, walk: Walk): number {
  let cost = 0;
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) {
      const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[selection.name.value] : undefined;
      const below = selection.selectionSet ? costOf(selection.selectionSet, field && getNamedType(field.type), walk) : 0;
      const sizes = ['first', 'last'].map((name) => numberOf(selection.arguments?.find((argument) => argument.name.value === name)?.value, walk.variables)).filter((size) => size !== undefined);
      cost += 1 + below * (field ? rowsOf(field.type, parent, sizes) : 1);
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      cost += costOf(selection.selectionSet, selection.typeCondition ? walk.schema.getType(selection.typeCondition.name.value) : parent, walk);
    } else {
      cost += fragmentCost(selection.name.value, walk);
    }
    if (cost > most) return most;
  }
  return cost;
}

function fragmentCost(name: string, walk: Walk): number {
  const counted = walk.counted.get(name);
  if (counted !== undefined) return counted;
  const fragment = walk.fragments.get(name);
  // Validation has refused unknown fragments and circles; the mark only keeps this from trusting it.
  walk.counted.set(name, 0);
  const cost = fragment ? costOf(fragment.selectionSet, walk.schema.getType(fragment.typeCondition.name.value), walk) : 0;
  walk.counted.set(name, cost);
  return cost;
}

/** A connection's page counts at the connection, so that its edges and nodes do not count again. */
function rowsOf(type: GraphQLOutputType, parent: GraphQLNamedType | undefined, sizes: readonly number[]): number {
  if (getNamedType(type).name.endsWith('Connection')) return sizes.length === 0 ? defaultPageSize : Math.max(...sizes);
  if (parent?.name.endsWith('Connection') || !isListType(getNullableType(type))) return 1;
  return sizes.length === 0 ? listSize : Math.max(...sizes);
}

function numberOf(value: ValueNode | undefined, variables: Readonly<Record<string, unknown>>): number | undefined {
  const given = value?.kind === Kind.INT ? Number(value.value) : value?.kind === Kind.VARIABLE ? variables[value.name.value] : undefined;
  return typeof given === 'number' && given >= 0 ? given : undefined;
}

/** Different numbers of one operation that are remembered. */
const rememberedCosts = 32;

/**
 * `operationCost` that remembers what it has counted, by operation and numbers: the same operation is asked again and
 * again, and its document is parsed once.
 */
export function createOperationCosts(): typeof operationCost {
  const known = new WeakMap<OperationDefinitionNode, Map<string, number>>();
  return (schema, document, operation, variables) => {
    const costs = known.get(operation) ?? new Map<string, number>();
    known.set(operation, costs);
    const numbers = JSON.stringify(Object.entries(variables).filter(([, value]) => typeof value === 'number'));
    const remembered = costs.get(numbers);
    if (remembered !== undefined) return remembered;
    const cost = operationCost(schema, document, operation, variables);
    if (costs.size >= rememberedCosts) costs.clear();
    costs.set(numbers, cost);
    return cost;
  };
}
