import { GraphQLError, type ExecutionResult } from 'graphql';
import { errorMessage } from './error-messages.ts';
import { ExpectedError } from './expected-errors.ts';
import type { Language } from './language.ts';

const coercion = /^Variable "\$(\w+)" got invalid value (?:.|\n)*?(?: at "([\w.[\]]+)")?; /;

/**
 * The errors of an operation as callers get them: each with a stable code; a variable of the wrong type
 * named by its place only, since GraphQL's own words repeat its value.
 */
export function publicErrors<Result extends ExecutionResult>(result: Result, language: Language): Result {
  if (!result.errors || result.errors.length === 0) return result;
  return { ...result, errors: result.errors.map((error) => publicError(error, language)) };
}

function publicError(error: GraphQLError, language: Language): GraphQLError {
  const [isCoercion, variable, path] = coercion.exec(error.message) ?? [];
  if (isCoercion !== undefined) {
    const place = path ?? variable ?? 'variables';
    return new GraphQLError(`Expected ${place} to be of its type, but it is not`, { nodes: error.nodes ?? null, extensions: { code: 'INPUT_INVALID', place } });
  }
  // The library's words repeat the cursor.
  if (error.message.startsWith('Invalid cursor')) return new GraphQLError('Expected a cursor of this list, but got something else', { nodes: error.nodes ?? null, path: error.path ?? null, extensions: { code: 'CURSOR_INVALID' } });
  // Mutations give these as typed results; of a query they are errors with the same code.
  if (error.originalError instanceof ExpectedError) {
    const { code, place, detail } = error.originalError.content;
    return new GraphQLError(errorMessage(error.originalError.content, language), { nodes: error.nodes ?? null, path: error.path ?? null, extensions: { code, place, detail } });
  }
  // A bug has its original error, and gets its code when it is masked.
  if (error.originalError === undefined || error.originalError instanceof GraphQLError) error.extensions['code'] ??= 'INPUT_INVALID';
  return error;
}
