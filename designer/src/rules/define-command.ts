import type { TypedDocumentNode } from 'urql';
import { defineDocument } from '../graphql/client.ts';
import { errorFields } from '../graphql/fragments.ts';

type Command<Input> = { readonly input: Input & { readonly idempotencyKey: string } };

/** A mutation with one input object, whose answer is a payload or an expected error. `payload`: what is read of the answer beside the error. */
export function defineCommand<Input>(name: string, field: string, type: string, payload: string): TypedDocumentNode<Record<string, unknown>, Command<Input>> {
  return defineDocument(`
    mutation ${name}($input: ${type}!) { ${field}(input: $input) { __typename ${payload} ${errorFields} } }
  `);
}
