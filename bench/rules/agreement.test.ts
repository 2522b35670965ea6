import { describe, expect, it } from '@jest/globals';
import { findDifferences } from './agreement.ts';

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
