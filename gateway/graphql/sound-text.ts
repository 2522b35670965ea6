import { GraphQLError, type ASTVisitor, type ValidationContext } from 'graphql';
import type { Plugin } from 'graphql-yoga';

// PostgreSQL keeps neither in a text or a JSON value, and no keyboard or scanner makes them.
const unsound = /\u0000|\p{Surrogate}/u;

/**
 * Refuses text that nothing behind the door can keep: U+0000, and half of a surrogate pair (RFC 8259 §8.2), in a variable or in the
 * operation itself. Without this each would be a failure of the database. Code: INPUT_INVALID with the variable as `place`.
 */
export function soundText(): Plugin {
  return {
    onParams: ({ params, setResult }) => {
      const place = Object.entries(params.variables ?? {}).find(([name, value]) => unsound.test(name) || !isSound(value))?.[0];
      if (place !== undefined) setResult({ errors: [refusal(unsound.test(place) ? 'variables' : place.slice(0, 64))] });
    },
    onValidate: ({ addValidationRule }) => addValidationRule(soundLiterals),
  };
}

function soundLiterals(context: ValidationContext): ASTVisitor {
  return {
    StringValue: ({ value }) => {
      if (unsound.test(value)) context.reportError(refusal('query'));
    },
  };
}

/** Walks by a list of its own, so that a value of any depth is only a longer list. */
function isSound(whole: unknown): boolean {
  const open: unknown[] = [whole];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === 'string' && unsound.test(value)) return false;
    if (typeof value !== 'object' || value === null) continue;
    if (Array.isArray(value)) {
      for (const item of value) open.push(item);
    } else {
      for (const [key, item] of Object.entries(value)) open.push(key, item);
    }
  }
  return true;
}

function refusal(place: string): GraphQLError {
  return new GraphQLError(`Expected text without U+0000 and without half a surrogate pair, but ${place} has some`, { extensions: { code: 'INPUT_INVALID', place } });
}
