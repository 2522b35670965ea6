import { GraphQLError, type ExecutionResult } from 'graphql';
import { maximumPageSize } from './builder.ts';
import { errorMessage } from './error-messages.ts';
import { ExpectedError } from './expected-errors.ts';
import type { Language } from './language.ts';

const coercion = /^Variable "\$(\w+)" got invalid value (?:.|\n)*?(?: at "([\w.[\]]+)")?; /;
/** What GraphQL says at the end of its words, after the value. */
const unknownField = /; Field "(\w{1,64})" is not defined by type "(\w+)"\.(?: Did you mean [^?]*\?)?$/;
const missingField = /; Field "(\w+)" of required type "([\w![\]]+)" was not provided\.$/;
const notNull = /; Expected non-nullable type "([\w![\]]+)" not to be null\.$/;
const notInEnum = /" does not exist in "(\w+)" enum\.(?: Did you mean [^?]*\?)?$/;
/** What it says before it repeats the value once more. */
const otherType = /^(?:Expected type "(\w+)"|(\w+) cannot represent )/;
/** How much of its words is looked at: the value between may be megabytes of anything. */
const longestReason = 400;
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
    const { place, message } = wrongVariable(error.message.slice(isCoercion.length), path ?? variable ?? 'variables');
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

/** What is wrong with a variable, and where, in words that hold nothing of its value. `reason` is what GraphQL says after the value. */
function wrongVariable(reason: string, place: string): { readonly place: string; readonly message: string } {
  // The words before a reason end in "; ".
  const end = `; ${reason}`.slice(-longestReason);
  const [, unknown, holder] = unknownField.exec(end) ?? [];
  if (unknown !== undefined) return { place: `${place}.${unknown}`, message: `Expected a field of ${holder}, but ${place}.${unknown} is none` };
  const [, missing, required] = missingField.exec(end) ?? [];
  if (missing !== undefined) return { place: `${place}.${missing}`, message: `Expected ${place}.${missing} to be ${required}, but it is missing` };
  const [, wanted] = notNull.exec(end) ?? [];
  if (wanted !== undefined) return { place, message: `Expected ${place} to be ${wanted}, but it is null` };
  const [, input, scalar] = otherType.exec(reason.slice(0, longestReason)) ?? [];
  const type = notInEnum.exec(end)?.[1] ?? input ?? scalar;
  return { place, message: type === undefined ? `Expected ${place} to be of its type, but it is not` : `Expected ${place} to be ${type}, but it is something else` };
}
