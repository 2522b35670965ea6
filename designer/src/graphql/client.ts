import { cacheExchange, createClient, fetchExchange, gql, mapExchange, type Client, type TypedDocumentNode } from 'urql';
import { currentLocale } from '../i18n/i18n.ts';

/** Names the data and the variables of a document once, beside its text. */
export function defineDocument<Data, Variables extends Record<string, unknown>>(text: string): TypedDocumentNode<Data, Variables> {
  return gql<Data, Variables>(text);
}

/** Headers of every request: the reader's language, and the mark that a foreign page's form cannot send. */
export function requestHeaders(): Record<string, string> {
  return { 'accept-language': currentLocale(), 'x-graphql-yoga-csrf': '1' };
}

/** One client for the app. `onSignedOut` is called when the gateway no longer knows who asks, `onFactorMissing` when they have to show a second factor first. */
export function createGraphqlClient(onSignedOut: () => void, onFactorMissing: () => void): Client {
  return createClient({
    url: '/graphql',
    preferGetMethod: false,
    fetchOptions: () => ({ headers: requestHeaders(), credentials: 'same-origin' }),
    exchanges: [
      cacheExchange,
      mapExchange({
        onError(error) {
          const status: unknown = (error.response as { status?: unknown } | undefined)?.status;
          if (status === 401 || error.graphQLErrors.some((each) => each.extensions['code'] === 'UNAUTHENTICATED')) onSignedOut();
          else if (error.graphQLErrors.some((each) => each.extensions['code'] === 'SECOND_FACTOR_REQUIRED')) onFactorMissing();
        },
      }),
      fetchExchange,
    ],
  });
}
