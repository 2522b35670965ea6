import type { CombinedError } from 'urql';

/** Why something could not be read or done, in a form that the screens can word. */
export interface Problem {
  readonly kind: 'network' | 'notFound' | 'forbidden' | 'rateLimited' | 'unexpected';
  readonly code: string;
  /** The server's own words, when it gave some meant for people. */
  readonly message?: string;
}

const kinds: Readonly<Record<string, Problem['kind']>> = { NOT_FOUND: 'notFound', FORBIDDEN: 'forbidden', RATE_LIMITED: 'rateLimited' };

/** Sorts an error of the transport or of the server. */
export function problemOf(error: CombinedError): Problem {
  if (error.networkError !== undefined) return { kind: 'network', code: 'NETWORK' };
  const first = error.graphQLErrors[0];
  const code = typeof first?.extensions['code'] === 'string' ? first.extensions['code'] : 'UNEXPECTED';
  const kind = kinds[code] ?? 'unexpected';
  return { kind, code };
}
