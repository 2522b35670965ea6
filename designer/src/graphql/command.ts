import type { Client, TypedDocumentNode } from 'urql';
import { isLocalizedText, type LocalizedText } from '../i18n/localized-text.ts';
import { reauthenticate } from '../session/reauthentication.ts';
import { problemOf, type Problem } from './problem.ts';

/** An expected error of a mutation: typed, worded by the server in the reader's language. */
export interface Refusal {
  readonly typename: string;
  readonly code: string;
  readonly message: string;
  /** The form field or argument concerned. */
  readonly place?: string;
  /** For COMPLETION_CHECK_FAILED: which check, and what it compared. */
  readonly checkCode?: string;
  readonly expected?: unknown;
  readonly scanned?: unknown;
  /** The name of the hospital's product that was scanned. */
  readonly scannedProduct?: LocalizedText;
  /** For CASES_FAILED: the names of the saved cases that come out otherwise. */
  readonly failedCases?: readonly string[];
}

/** How a command ended for the person who gave it. `problem` means: we do not know whether it arrived. */
export type CommandResult<Payload> =
  | { readonly kind: 'accepted'; readonly payload: Payload }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'problem'; readonly problem: Problem };

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** Reads a mutation's result union: whatever ends in `Error` is a refusal, the rest is the payload. */
export function readCommandResult<Payload>(value: unknown): CommandResult<Payload> {
  if (!isRecord(value)) return { kind: 'problem', problem: { kind: 'unexpected', code: 'EMPTY_RESULT' } };
  const typename = text(value['__typename']) ?? '';
  if (!typename.endsWith('Error')) return { kind: 'accepted', payload: value as Payload };
  const place = text(value['place']);
  const checkCode = text(value['checkCode']);
  const failedCases = Array.isArray(value['failedCases']) ? value['failedCases'].filter((name) => typeof name === 'string') : [];
  return {
    kind: 'refused',
    refusal: {
      typename,
      code: text(value['code']) ?? typename,
      message: text(value['message']) ?? '',
      ...(place === undefined ? {} : { place }),
      ...(checkCode === undefined ? {} : { checkCode }),
      ...(value['expected'] === undefined || value['expected'] === null ? {} : { expected: value['expected'] }),
      ...(value['scanned'] === undefined || value['scanned'] === null ? {} : { scanned: value['scanned'] }),
      ...(isLocalizedText(value['scannedProduct']) ? { scannedProduct: value['scannedProduct'] } : {}),
      ...(failedCases.length === 0 ? {} : { failedCases }),
    },
  };
}

/**
 * Sends a mutation with one root field and reads its result union. Where it needs a recent sign-in, the person is asked for one and the
 * same command, with its key, is sent again.
 */
export async function sendCommand<Payload, Variables extends Record<string, unknown>>(client: Client, document: TypedDocumentNode<Record<string, unknown>, Variables>, variables: Variables): Promise<CommandResult<Payload>> {
  const result = await sendOnce<Payload, Variables>(client, document, variables);
  if (result.kind !== 'refused' || result.refusal.code !== 'REAUTHENTICATION_REQUIRED' || !(await reauthenticate())) return result;
  return sendOnce(client, document, variables);
}

async function sendOnce<Payload, Variables extends Record<string, unknown>>(client: Client, document: TypedDocumentNode<Record<string, unknown>, Variables>, variables: Variables): Promise<CommandResult<Payload>> {
  const result = await client.mutation(document, variables).toPromise();
  if (result.error !== undefined) return { kind: 'problem', problem: problemOf(result.error) };
  return readCommandResult<Payload>(Object.entries(result.data ?? {}).find(([name]) => name !== '__typename')?.[1]);
}

/** A new key for one intention of a person. A retry of the same intention keeps its key. */
export function newIdempotencyKey(): string {
  // randomUUID exists only on https and localhost; ward devices may reach the gateway by plain http.
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
