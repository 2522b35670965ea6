import { randomUUID } from 'node:crypto';
import type { ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { RequestContext } from './context.ts';

/** Values of the answer that is being written: writing is one act, which nothing interrupts. */
let written: Uint8Array[] | undefined;

/** Stands for a value while an answer is written; nobody else knows it. */
const placeholder = `json-bytes:${randomUUID()}`;

/**
 * A JSON value as its UTF-8 bytes, made elsewhere. They go into the answer as they are: a large value is neither built, nor
 * written, nor encoded on the thread that has others to answer.
 */
export class JsonBytes {
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  toJSON(): unknown {
    if (!written) return JSON.parse(Buffer.from(this.#bytes).toString());
    written.push(this.#bytes);
    return placeholder;
  }
}

/** An answer with placeholders, and the values that belong there, in their order. */
interface Written {
  readonly text: string;
  readonly values: readonly Uint8Array[];
}

/** Writes a result in which some values are bytes. */
export function writeResult(result: ExecutionResult): Written {
  const values: Uint8Array[] = [];
  written = values;
  try {
    return { text: JSON.stringify(result), values };
  } finally {
    written = undefined;
  }
}

/** The answer with its values in place. */
export function joinBytes({ text, values }: Written): Uint8Array<ArrayBuffer> {
  const parts = text.split(`"${placeholder}"`);
  return Buffer.concat(parts.flatMap((part, index) => [Buffer.from(part), values[index] ?? Buffer.of()]));
}

/** Puts values that are bytes into answers. */
export function jsonBytes(): Plugin<RequestContext> {
  const valuesOf = new WeakMap<Request, readonly Uint8Array[]>();
  return {
    onExecute: ({ args: { contextValue } }) => ({
      onExecuteDone: ({ result, setResult }) => {
        if (Symbol.asyncIterator in result) return;
        const stringify = (whole: ExecutionResult): string => {
          const { text, values } = writeResult(whole);
          if (values.length > 0) valuesOf.set(contextValue.request, values);
          return text;
        };
        // Yoga writes the result with this; its type of one does not say so.
        const answer: ExecutionResult & { readonly stringify: typeof stringify } = { ...result, stringify };
        setResult(answer);
      },
    }),
    onResponse: async ({ request, response, setResponse, fetchAPI }) => {
      const values = valuesOf.get(request);
      if (!values) return;
      // Its length is another one now.
      const headers = [...response.headers].filter(([name]) => name !== 'content-length') as [string, string][];
      setResponse(new fetchAPI.Response(joinBytes({ text: await response.text(), values }), { status: response.status, headers }));
    },
  };
}
