import { GraphQLError, type ExecutionResult } from 'graphql';

const coercion = /^Variable "\$(\w+)" got invalid value (?:.|\n)*?(?: at "([\w.[\]]+)")?; /;

/**
 * The errors of an operation as callers get them: each with a stable code, and a variable of the wrong type
 * named by its place only, since GraphQL's own words repeat its value.
 */
export function publicErrors<Result extends ExecutionResult>(result: Result): Result {
  if (!result.errors || result.errors.length === 0) return result;
  return { ...result, errors: result.errors.map(publicError) };
}

function publicError(error: GraphQLError): GraphQLError {
  const [isCoercion, variable, path] = coercion.exec(error.message) ?? [];
  if (isCoercion !== undefined) {
    const place = path ?? variable ?? 'variables';
    return new GraphQLError(`Expected ${place} to be of its type, but it is not`, { nodes: error.nodes ?? null, extensions: { code: 'INPUT_INVALID', place } });
  }
  // A bug has its original error, and gets its code when it is masked.
  if (error.originalError === undefined || error.originalError instanceof GraphQLError) error.extensions['code'] ??= 'INPUT_INVALID';
  return error;
}
