import { useState } from 'react';
import { useClient, type TypedDocumentNode } from 'urql';
import { sendCommand, type CommandResult } from '../graphql/command.ts';
import { Intention } from '../graphql/intention.ts';

/** Sends one command of a dialog; a repeat after silence keeps its key, so that it has one effect. */
export function useCommand<Input extends object>(document: TypedDocumentNode<Record<string, unknown>, { readonly input: Input & { readonly idempotencyKey: string } }>): (input: Input) => Promise<CommandResult<unknown>> {
  const client = useClient();
  const [intention] = useState(() => new Intention());
  return async (input) => {
    const result = await sendCommand(client, document, { input: { ...input, idempotencyKey: intention.keyFor(input) } });
    if (result.kind !== 'problem') intention.answered();
    return result;
  };
}
