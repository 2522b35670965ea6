import { GraphQLError } from 'graphql';
import { ForbiddenError, ValidationError } from './expected-errors.ts';

/** The viewer's roles do not allow the operation. */
export function forbidden(operation: string): Error {
  return operation.startsWith('Mutation.') ? new ForbiddenError({ code: 'FORBIDDEN' }) : new GraphQLError('Expected a role that may do this, but the viewer has none', { extensions: { code: 'FORBIDDEN', operation } });
}

/** An input outside its limits; a typed result of mutations. `path` leads to it. */
export function invalidInput(path: readonly string[], message: string): Error {
  return new ValidationError({ code: 'INPUT_INVALID', place: path.filter((part) => part !== 'input').join('.') || 'input', detail: message });
}

/** A query's argument is wrong: an error of the request, with a stable code and the argument as `place`. */
export function badArgument(code: string, place: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code, place } });
}
