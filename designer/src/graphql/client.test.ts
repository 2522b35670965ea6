import { createGraphqlClient, defineDocument } from './client.ts';
import { problemOf } from './problem.ts';

const document = defineDocument<{ alerts: readonly string[] }, Record<string, never>>('query Alerts { alerts }');

/** A client whose server gives this answer. */
function answering(body: unknown) {
  const fetch = async (): Promise<Response> => new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } });
  return createGraphqlClient({ fetch } as unknown as Parameters<typeof createGraphqlClient>[0], () => undefined);
}

describe('an answer without data', () => {
  it('has none for the screens either, so that a refusal is never shown as an empty list', async () => {
    const result = await answering({ data: null, errors: [{ message: 'm', extensions: { code: 'FORBIDDEN' } }] }).query(document, {}).toPromise();

    expect(result.data).toBeUndefined();
    expect(result.error && problemOf(result.error)).toEqual({ kind: 'forbidden', code: 'FORBIDDEN' });
  });

  it('does not touch the others', async () => {
    expect((await answering({ data: { alerts: [] } }).query(document, {}).toPromise()).data).toEqual({ alerts: [] });
  });
});
