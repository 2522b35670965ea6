import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { runRules } from '#json-rules';
import { findDifferences } from './agreement.ts';
import { createOracle, sortWithinPriority } from './oracle.ts';
import { randomCase } from './random-case.ts';

const runs = Number(process.env.CARELOOP_PROPERTY_RUNS ?? 1_000);

describe('compiled rule sets', () => {
  it(
    'fire what json-rules-engine fires, in the order of priority, for well-typed facts',
    async () => {
      const { cases, fired, differences } = await findDifferences(runs, 20_261_123);

      expect(differences.slice(0, 1)).toEqual([]);
      expect(cases).toBeGreaterThanOrEqual(runs);
      expect(fired).toBeGreaterThan(cases / 2);
    },
    60_000 + runs * 10,
  );
});

describe('documents of json-rules-engine', () => {
  it(
    'give the events and results of json-rules-engine, also with every fact on demand',
    async () => {
      await fc.assert(
        fc.asyncProperty(randomCase(1), async ({ document, facts: [facts = {}] }) => {
          const plain = { rules: document.rules.map(({ id, conditions, event, priority }) => ({ name: id, conditions, event, ...(priority === undefined ? {} : { priority }) })), conditions: document.conditions };
          const onDemand = Object.fromEntries(Object.entries(facts).map(([fact, value]) => [fact, { fetch: () => Promise.resolve(value) }]));
          const own = await createOracle(document).run({ ...facts });

          const [given, fetched] = [await runRules(plain, facts), await runRules(plain, {}, { onDemand })];

          expect(given).toEqual({ events: own.events, failureEvents: own.failureEvents, results: own.results.map((result) => result.toJSON(false)), failureResults: own.failureResults.map((result) => result.toJSON(false)), fetched: [] });
          const types = (events: readonly { readonly type: string }[]): readonly string[] => sortWithinPriority(document, events.map(({ type }) => type));
          expect({ fired: types(fetched.events), not: types(fetched.failureEvents), failure: fetched.failure }).toEqual({ fired: types(own.events), not: types(own.failureEvents), failure: undefined });
        }),
        // The same engine on both sides: what is tried is the reading of documents and the fetching of facts.
        { seed: 20_261_123, numRuns: Math.min(1_000, Math.ceil(runs / 10)) },
      );
    },
    60_000 + runs * 10,
  );
});
