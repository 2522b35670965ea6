import { Kind, parse, type OperationDefinitionNode } from 'graphql';
import { schema } from '../graphql/schema.ts';
import { createOperationCosts, operationCost } from './index.ts';

function costOf(text: string, variables: Readonly<Record<string, unknown>> = {}): number {
  const document = parse(text);
  const operation = document.definitions.find((definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION);
  if (!operation) throw new Error('no operation');
  return operationCost(schema, document, operation, variables);
}

describe('the cost of an operation', () => {
  it('is its fields', () => {
    expect(costOf('{ viewer { id username } }')).toBe(3);
  });

  it('is the rows of a page times the fields of a row', () => {
    expect(costOf('{ tasks(first: 10) { edges { node { id } } } }')).toBe(1 + 10 * 3);
    expect(costOf('query ($n: Int) { tasks(first: $n) { edges { node { id } } } }', { n: 20 })).toBe(1 + 20 * 3);
    expect(costOf('{ tasks(last: 7) { edges { node { id } } } }')).toBe(1 + 7 * 3);
    expect(costOf('{ tasks { edges { node { id } } } }')).toBe(1 + 50 * 3);
  });

  it('is the same through fragments', () => {
    const direct = costOf('{ tasks(first: 10) { edges { node { id name { en } } } } }');

    expect(costOf('query { tasks(first: 10) { edges { node { ...T } } } } fragment T on Task { id name { en } }')).toBe(direct);
    expect(costOf('{ tasks(first: 10) { edges { node { ... on Task { id name { en } } } } } }')).toBe(direct);
  });

  it('multiplies lists within pages', () => {
    expect(costOf('{ systemClients { id credentials { id } } }')).toBe(1 + 5 * (1 + 1 + 5));
  });

  it('counts aliases apart, and a mutation and a subscription like a query', () => {
    expect(costOf('{ a: viewer { id } b: viewer { id } }')).toBe(4);
    expect(costOf('subscription { tasksChanged { cursor } }')).toBe(2);
    expect(costOf('mutation { claimTask(input: {}) { __typename } }')).toBe(2);
  });

  it('is remembered by operation and numbers', () => {
    const costs = createOperationCosts();
    const document = parse('query ($n: Int, $name: String) { tasks(first: $n) { edges { node { id } } } }');
    const operation = document.definitions[0] as OperationDefinitionNode;
    const of = (n: number, name: string) => costs(schema, document, operation, { n, name });

    expect([of(10, 'a'), of(20, 'a'), of(10, 'b')]).toEqual([31, 61, 31]);
    for (let n = 0; n < 100; n += 1) of(n, 'c');
    expect(of(20, 'c')).toBe(61);
  });

  it('walks a fragment once, however often it is spread: 2^40 spreads take no time', () => {
    const levels = Array.from({ length: 40 }, (_, level) => `fragment F${level} on Viewer { ...F${level + 1} ...F${level + 1} }`).join(' ');

    const begun = performance.now();
    expect(costOf(`{ viewer { ...F0 } } ${levels} fragment F40 on Viewer { id }`)).toBeGreaterThan(1e11);
    expect(performance.now() - begun).toBeLessThan(200);
  });
});
