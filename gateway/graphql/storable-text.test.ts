import { describe, expect, it } from '@jest/globals';
import { createSchema, createYoga } from 'graphql-yoga';
import { storableText } from './storable-text.ts';

const yoga = createYoga({
  logging: false,
  schema: createSchema({ typeDefs: 'scalar JSON input In { reason: String tags: [String!] document: JSON } type Query { act(key: ID!, in: In): Boolean }', resolvers: { Query: { act: () => true } } }),
  plugins: [storableText()],
});
async function ask(query: string, variables: object = {}) {
  const response = await yoga.fetch('http://localhost/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query, variables }) });
  return (await response.json()) as { readonly data?: { readonly act: boolean }; readonly errors?: readonly { readonly extensions: object }[] };
}
const withVariables = 'query ($key: ID!, $in: In) { act(key: $key, in: $in) }';

describe('an operation with a text that PostgreSQL does not keep', () => {
  it.each<[string, object, string]>([
    ['an id', { key: 'a\u0000' }, 'key'],
    ['a field of an input', { key: 'a', in: { reason: 'x\ud800' } }, 'in.reason'],
    ['an item of a list', { key: 'a', in: { tags: ['a', '\u0000'] } }, 'in.tags.1'],
  ])('is refused with its place: %s', async (_what, variables, place) => {
    expect((await ask(withVariables, variables)).errors?.map(({ extensions }) => extensions)).toEqual([{ code: 'INPUT_INVALID', place }]);
  });

  it('is refused when the text stands in the operation itself', async () => {
    expect((await ask('{ act(key: "a\\u0000") }')).errors?.map(({ extensions }) => extensions)).toEqual([{ code: 'INPUT_INVALID', place: 'key' }]);
  });

  it('is refused within JSON, and for the name of a member', async () => {
    expect((await ask(withVariables, { key: '😀', in: { document: { name: 'a\u0000' } } })).errors?.map(({ extensions }) => extensions)).toEqual([{ code: 'INPUT_INVALID', place: 'in.document.name' }]);
    expect((await ask(withVariables, { key: '😀', in: { document: { 'a\u0000': 1 } } })).errors?.map(({ extensions }) => extensions)).toEqual([{ code: 'INPUT_INVALID', place: 'in.document' }]);
    expect((await ask(withVariables, { key: '😀', in: { document: { name: '𠮷' } } })).data).toEqual({ act: true });
  });
});
