import type { ASTNode, ASTVisitor, GraphQLError, ValidationContext } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { unstorable } from '../unstorable-text.ts';
import { badArgument } from './request-errors.ts';

/**
 * Refuses an operation with a text that PostgreSQL does not keep, in a variable, a name in one, or the operation itself, before
 * anything is done: each would be a failure of the database. INPUT_INVALID with the argument as its place.
 */
export function storableText(): Plugin {
  return {
    onParams: ({ params, setResult }) => {
      const place = unstorable(params.variables);
      if (place !== undefined) setResult({ errors: [refusal(place)] });
    },
    onValidate: ({ addValidationRule }) => addValidationRule(storableLiterals),
  };
}

function storableLiterals(context: ValidationContext): ASTVisitor {
  return {
    StringValue: ({ value }, _key, parent, _path, ancestors) => {
      if (unstorable(value) !== undefined) context.reportError(refusal(argumentAmong(parent ? [...ancestors, parent] : ancestors) ?? 'query'));
    },
  };
}

function argumentAmong(ancestors: readonly (ASTNode | readonly ASTNode[])[]): string | undefined {
  const found = ancestors.find((node) => 'kind' in node && node.kind === 'Argument');
  return found && 'kind' in found && found.kind === 'Argument' ? found.name.value : undefined;
}

function refusal(place: string): GraphQLError {
  return badArgument('INPUT_INVALID', place, 'Expected text without the character NUL and halves of characters, but found one');
}
