import { createSchema, createYoga } from 'graphql-yoga';
import { JsonBytes, jsonBytes } from './json-bytes.ts';

const bytes = (text: string): JsonBytes => new JsonBytes(Buffer.from(text));
const yoga = createYoga({
  schema: createSchema({
    typeDefs: 'scalar JSON type Query { one: JSON two: JSON list: [JSON] plain: JSON }',
    resolvers: { Query: { one: () => bytes('{"a":[1,"二"]}'), two: () => bytes('"last"'), list: () => [bytes('null'), 'plain "text"', bytes('{}')], plain: () => ({ b: '三' }) } },
  }),
  plugins: [jsonBytes()],
  logging: false,
});
const ask = async (query: string) => {
  const response = await yoga.fetch('http://gateway/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query }) });
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
};

describe('an answer with values that are bytes already', () => {
  it('has each of them in its place', async () => {
    expect(await ask('{ one list two plain }')).toEqual({ status: 200, type: expect.stringContaining('json') as string, text: '{"data":{"one":{"a":[1,"二"]},"list":[null,"plain \\"text\\"",{}],"two":"last","plain":{"b":"三"}}}' });
  });

  it('is as any other without them, and keeps apart what is asked at the same time', async () => {
    expect((await ask('{ plain }')).text).toBe('{"data":{"plain":{"b":"三"}}}');
    expect((await ask('{ nothing }')).text).toContain('"errors"');
    expect((await Promise.all([ask('{ one }'), ask('{ two }')])).map(({ text }) => text)).toEqual(['{"data":{"one":{"a":[1,"二"]}}}', '{"data":{"two":"last"}}']);
  });

  it('is the value itself for who writes it otherwise', () => {
    expect(JSON.stringify([bytes('{"a":1}')])).toBe('[{"a":1}]');
  });
});
