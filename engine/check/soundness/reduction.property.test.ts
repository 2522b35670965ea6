import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { damaged, damages } from '../../testing/damaged-process.ts';
import { blockArbitrary } from '../../testing/random-block.ts';
import { definitionOfBlock } from '../../testing/random-process.ts';
import { structureFindings } from '../structure.ts';
import { Explorer } from './explore.ts';
import { reduced } from './reduction.ts';
import { relevantVariables } from './relevance.ts';
import { verdictsOf } from './verdicts.ts';

const numRuns = Math.min(2_000, Number(process.env['CARELOOP_PROPERTY_RUNS'] ?? 30));
const maximumStates = 3_000;

describe('sound regions as one step each', () => {
  it('leave nothing unfound that the exploration of the whole finds', () => {
    let [replaced, unsound] = [0, 0];
    fc.assert(fc.property(blockArbitrary, blockArbitrary, fc.constantFrom(...damages), fc.nat(10_000), (left, right, damage, seed) => {
      const definition = damaged(definitionOfBlock({ kind: 'sequence', blocks: [left, { kind: 'parallel', blocks: [right, { kind: 'service' }] }] }), damage, seed);
      fc.pre(structureFindings(definition).every(({ severity }) => severity !== 'error'));
      const whole = new Explorer(definition, relevantVariables(definition)).explore({ maximumStates });
      const reduction = reduced(definition, { maximumStates });
      const followed = new Set([...relevantVariables(reduction.definition)].filter((name) => !reduction.unfollowed.has(name)));
      const parts = new Explorer(reduction.definition, followed).explore({ maximumStates });

      const [found, foundInParts] = [whole, parts].map((exploration) => verdictsOf(exploration, () => []).map(({ code }) => code)) as [string[], string[]];
      if (parts.isComplete && foundInParts.length === 0) expect(found).toEqual([]);
      if (whole.isComplete && parts.isComplete && found.length > 0) expect(foundInParts).not.toEqual([]);
      replaced += reduction.regions.size;
      unsound += found.length > 0 ? 1 : 0;
    }), { seed: 20_261_123, numRuns });

    // The property says something only where there are regions and trouble.
    expect(replaced).toBeGreaterThan(numRuns / 2);
    expect(unsound).toBeGreaterThan(numRuns / 10);
  }, numRuns * 5_000);
});
