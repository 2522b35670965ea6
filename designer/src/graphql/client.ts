import { cacheExchange, createClient, fetchExchange, gql, mapExchange, type Client, type TypedDocumentNode } from 'urql';
import { currentLocale } from '../i18n/i18n.ts';
import { isSomebodyHere } from '../session/presence.ts';
import type { SessionGate } from '../session/session-gate.ts';
import { ActiveQueries, keepActiveQueries } from './active-queries.ts';

/** Names the data and the variables of a document once, beside its text. */
export function defineDocument<Data, Variables extends Record<string, unknown>>(text: string): TypedDocumentNode<Data, Variables> {
  return gql<Data, Variables>(text);
}

/** Headers of every request: the reader's language, the mark that a foreign page's form cannot send, and whether nobody is here: polls must not keep a session alive. */
export function requestHeaders(): Record<string, string> {
  return { 'accept-language': currentLocale(), 'x-graphql-yoga-csrf': '1', ...(isSomebodyHere(Date.now()) ? {} : { 'x-careloop-background': '1' }) };
}

/** One client for the app. Queries wait at the gate once the session has ended; `onFactorMissing` is called when a second factor has to be shown first. */
export function createGraphqlClient(gate: SessionGate, onFactorMissing: () => void): Client {
  const queries = new ActiveQueries();
  const client = createClient({
    url: '/graphql',
    preferGetMethod: false,
    fetch: gate.fetch,
    fetchOptions: () => ({ headers: requestHeaders(), credentials: 'same-origin' }),
    exchanges: [
      queries.exchange,
      cacheExchange,
      mapExchange({
        // `data: null`, as a refusal has it. The screens ask whether there are data: null would be taken for an empty list.
        onResult: ({ data, ...result }) => (data === null || data === undefined ? result : { ...result, data }),
        onError(error) {
          if (error.graphQLErrors.some((each) => each.extensions['code'] === 'SECOND_FACTOR_REQUIRED')) onFactorMissing();
        },
      }),
      fetchExchange,
    ],
  });
  return keepActiveQueries(client, queries);
}
