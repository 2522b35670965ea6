import { buildSchema, execute, parse, type ExecutionResult } from 'graphql';
import { publicErrors } from './public-errors.ts';

const schema = buildSchema('enum Ward { W1 } input Start { key: String!, ward: Ward, amount: Int, inner: [Start!] } type Query { start(input: Start!): String }');

/** What a caller reads about variables that do not fit. */
async function told(input: unknown): Promise<readonly { readonly message: string; readonly place: unknown; readonly code: unknown }[]> {
  const result = await execute({ schema, document: parse('query ($input: Start!) { start(input: $input) }'), variableValues: { input } });
  const { errors = [] }: ExecutionResult = publicErrors(result, 'en');
  return errors.map(({ message, extensions }) => ({ message, place: extensions['place'], code: extensions['code'] }));
}

describe('a variable that does not fit', () => {
  it.each([
    [{ key: 'a', bogus: '王秘密' }, 'input.bogus', 'Expected a field of Start, but input.bogus is none'],
    [{ key: 'a', keys: '王秘密' }, 'input.keys', 'Expected a field of Start, but input.keys is none'],
    [{ amount: 1 }, 'input.key', 'Expected input.key to be String!, but it is missing'],
    [{ key: null }, 'input.key', 'Expected input.key to be String!, but it is null'],
    [{ key: { name: '王秘密' } }, 'input.key', 'Expected input.key to be String, but it is something else'],
    [{ key: 'a', amount: 1.5 }, 'input.amount', 'Expected input.amount to be Int, but it is something else'],
    [{ key: 'a', ward: '王秘密' }, 'input.ward', 'Expected input.ward to be Ward, but it is something else'],
    ['王秘密', 'input', 'Expected input to be Start, but it is something else'],
    [{ key: 'a', inner: [{ key: 'b' }, {}] }, 'input.inner[1].key', 'Expected input.inner[1].key to be String!, but it is missing'],
  ])('is told by place and type, never by value: %j', async (input, place, message) => {
    expect(await told(input)).toEqual([{ code: 'INPUT_INVALID', place, message }]);
  });

  it('is told quickly, however large and odd the value', async () => {
    const odd = '; Field "a" is not defined by type "b". Did you mean ; Value " at "'.repeat(20_000);
    const begun = performance.now();

    expect(await told({ key: 'a', amount: odd })).toMatchObject([{ code: 'INPUT_INVALID' }]);
    expect(performance.now() - begun).toBeLessThan(2_000);
  });

  it('does not take words in a value for words of GraphQL', async () => {
    const [answer, ...others] = await told({ key: { a: '; Field "secret" is not defined by type "Start". ' } });

    expect(others).toEqual([]);
    expect(JSON.stringify(answer)).not.toContain('secret');
  });
});
