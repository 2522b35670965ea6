import { getNamedType, isInputObjectType, isListType, isNonNullType, Kind, typeFromAST, visit, type DocumentNode, type ExecutionArgs, type GraphQLInputType, type GraphQLSchema } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { unstorable } from '../unstorable-text.ts';
import type { RequestContext } from './context.ts';
import { badArgument } from './request-errors.ts';

/**
 * Refuses an operation whose texts or ids PostgreSQL does not keep, before anything is done: INPUT_INVALID with the argument as its
 * place. Values of the scalar JSON are left to the operation that takes them.
 */
export function storableText(): Plugin<RequestContext> {
  const refusal = ({ schema, document, operationName, variableValues }: ExecutionArgs) => {
    const place = unstorableArgument(schema, document, operationName, variableValues ?? {});
    return place === undefined ? undefined : { errors: [badArgument('INPUT_INVALID', place, 'Expected text without the character NUL and halves of characters, but found one')] };
  };
  return {
    onExecute: ({ args, setResultAndStopExecution }) => {
      const refused = refusal(args);
      if (refused) setResultAndStopExecution(refused);
    },
    onSubscribe: ({ args, setResultAndStopExecution }) => {
      const refused = refusal(args);
      if (refused) setResultAndStopExecution(refused);
    },
  };
}

function unstorableArgument(schema: GraphQLSchema, document: DocumentNode, operationName: string | null | undefined, variables: Readonly<Record<string, unknown>>): string | undefined {
  let place: string | undefined;
  visit(document, {
    Argument: {
      enter: ({ name, value }) => {
        visit(value, { StringValue: ({ value: text }) => void (place ??= unstorable(text, name.value)) });
        return false;
      },
    },
    VariableDefinition: { enter: () => false },
  });
  if (place !== undefined) return place;
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION && (!operationName || definition.name?.value === operationName));
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return undefined;
  for (const { variable, type } of operation.variableDefinitions ?? []) {
    const declared = typeFromAST(schema, type);
    // Validation has made sure that variables are of input types.
    const found = declared && unstorableOf(declared as GraphQLInputType, variables[variable.name.value], variable.name.value);
    if (found !== undefined) return found;
  }
  return undefined;
}

function unstorableOf(type: GraphQLInputType, value: unknown, path: string): string | undefined {
  if (isNonNullType(type)) return unstorableOf(type.ofType, value, path);
  if (typeof value === 'string') return ['String', 'ID'].includes(getNamedType(type).name) ? unstorable(value, path) : undefined;
  if (isListType(type) && Array.isArray(value)) return firstOf(value.entries(), (index, item) => unstorableOf(type.ofType, item, `${path}[${index}]`));
  if (!isInputObjectType(type) || typeof value !== 'object' || value === null) return undefined;
  const fields = type.getFields();
  return firstOf(Object.entries(value), (name, item) => (Object.hasOwn(fields, name) && fields[name] ? unstorableOf(fields[name].type, item, `${path}.${name}`) : undefined));
}

function firstOf<Name>(entries: Iterable<readonly [Name, unknown]>, find: (name: Name, item: unknown) => string | undefined): string | undefined {
  for (const [name, item] of entries) {
    const found = find(name, item);
    if (found !== undefined) return found;
  }
  return undefined;
}
