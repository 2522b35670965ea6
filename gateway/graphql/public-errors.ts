import { GraphQLError, type ExecutionResult } from 'graphql';
import { maximumPageSize } from './builder.ts';
import { errorMessage } from './error-messages.ts';
import { ExpectedError } from './expected-errors.ts';
import type { Language } from './language.ts';

const coercion = /^Variable "\$(\w+)" got invalid value (?:.|\n)*?(?: at "([\w.[\]]+)")?; /;
/** What GraphQL says of a variable without repeating its value, read from the end: the value may hold the same words. */
const [unknownField, missingField, notNull, namedType] = [/; Field "(\w{1,64})" is not defined by type "(\w+)"\.(?: Did you mean [^?]*\?| \[Suggestion hidden\]\??)?$/, /; Field "(\w+)" of required type "([\w![\]]+)" was not provided\.$/, /; Expected non-nullable type "([\w![\]]+)" not to be null\.$/, /; (?:Expected type "(\w+)"|(\w+) cannot represent |Value ".*" does not exist in "(\w+)" enum)/s];
const pageSize = /^Argument "(first|last)" must be a non-negative integer/;

/**
 * The errors of an operation as callers get them: each with a stable code; a variable of the wrong type by its place and
 * the type that was expected, since GraphQL's own words repeat its value.
 */
export function publicErrors<Result extends ExecutionResult>(result: Result, language: Language): Result {
  if (!result.errors || result.errors.length === 0) return result;
  return { ...result, errors: result.errors.map((error) => publicError(error, language)) };
}

function publicError(error: GraphQLError, language: Language): GraphQLError {
  const [isCoercion, variable, path] = coercion.exec(error.message) ?? [];
  if (isCoercion !== undefined) {
    const { place, message } = wrongVariable(error.message, path ?? variable ?? 'variables');
    return new GraphQLError(message, { nodes: error.nodes ?? null, extensions: { code: 'INPUT_INVALID', place } });
  }
  const [, size] = pageSize.exec(error.message) ?? [];
  if (size !== undefined) return new GraphQLError(`Expected ${size} between 0 and ${maximumPageSize}, but got a negative number`, { nodes: error.nodes ?? null, path: error.path ?? null, extensions: { code: 'PAGE_SIZE_INVALID', place: size } });
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

/** What is wrong with a variable, and where, in words that hold nothing of its value. */
function wrongVariable(words: string, place: string): { readonly place: string; readonly message: string } {
  const [, unknown, holder] = unknownField.exec(words) ?? [];
  if (unknown !== undefined) return { place: `${place}.${unknown}`, message: `Expected a field of ${holder}, but ${place}.${unknown} is none` };
  const [, missing, required] = missingField.exec(words) ?? [];
  if (missing !== undefined) return { place: `${place}.${missing}`, message: `Expected ${place}.${missing} to be ${required}, but it is missing` };
  const [, wanted] = notNull.exec(words) ?? [];
  if (wanted !== undefined) return { place, message: `Expected ${place} to be ${wanted}, but it is null` };
  const [, ...named] = namedType.exec(words) ?? [];
  const type = named.find((each) => each !== undefined);
  return { place, message: type === undefined ? `Expected ${place} to be of its type, but it is not` : `Expected ${place} to be ${type}, but it is something else` };
}
