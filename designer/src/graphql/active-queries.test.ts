import { cacheExchange, createClient, fetchExchange, gql } from 'urql';
import { ActiveQueries, keepActiveQueries, refreshQueries } from './active-queries.ts';

const settle = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('the queries on the page', () => {
  it('are asked again, those that are shown and no others', async () => {
    const asked: string[] = [];
    let name = 'before';
    const fetch = async (_url: unknown, init: { readonly body: string }) => {
      asked.push((JSON.parse(init.body) as { readonly operationName: string }).operationName);
      return new Response(JSON.stringify({ data: { patient: { __typename: 'Patient', name } } }), { headers: { 'content-type': 'application/json' } });
    };
    const queries = new ActiveQueries();
    const client = keepActiveQueries(createClient({ url: 'http://localhost/graphql', preferGetMethod: false, fetch: fetch as never, exchanges: [queries.exchange, cacheExchange, fetchExchange] }), queries);
    const seen: unknown[] = [];
    const shown = client.query(gql('query Shown { patient { name } }'), {}).subscribe(({ data, stale }) => {
      if (!stale) seen.push((data as { readonly patient: { readonly name: string } }).patient.name);
    });
    client.query(gql('query Left { patient { name } }'), {}).subscribe(() => undefined).unsubscribe();
    await settle();
    const before = asked.length;

    name = 'hidden';
    refreshQueries(client);
    await settle();
    shown.unsubscribe();
    refreshQueries(client);
    await settle();

    expect(seen).toEqual(['before', 'hidden']);
    expect(asked.slice(before)).toEqual(['Shown']);
  });
});
