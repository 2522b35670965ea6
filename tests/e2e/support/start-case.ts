import type { Page } from 'playwright-core';

/** Starts a case of the ten-node example as the signed-in person of the page, by the same door as the app, and gives its id. */
export async function startCase(page: Page, businessKey: string, amount: number): Promise<string> {
  const query = 'mutation ($input: StartProcessInput!) { startProcess(input: $input) { __typename ... on StartProcessPayload { processInstance { processInstanceId } } ... on Error { code } } }';
  const variables = { input: { processKey: 'ten-node-example', businessKey, variables: { amount }, idempotencyKey: businessKey } };
  const answer: unknown = await page.evaluate(
    async (body) => (await fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json', 'x-graphql-yoga-csrf': '1' }, body })).json(),
    JSON.stringify({ query, variables }),
  );
  // What the query above selects; anything else has no id and fails here.
  const id = (answer as { data?: { startProcess?: { processInstance?: { processInstanceId?: string } } } }).data?.startProcess?.processInstance?.processInstanceId;
  if (id === undefined) throw new Error(`Expected a started case, but got ${JSON.stringify(answer)}`);
  return id;
}
