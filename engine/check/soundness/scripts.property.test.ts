import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseScript } from '../../simulate/script.ts';
import { simulate } from '../../simulate/simulate.ts';
import { damaged, damages } from '../../testing/damaged-process.ts';
import { blockArbitrary } from '../../testing/random-block.ts';
import { definitionOfBlock } from '../../testing/random-process.ts';
import { structureFindings } from '../structure.ts';
import { soundnessFindings } from './soundness.ts';

const numRuns = Math.min(1_000, Number(process.env['CARELOOP_PROPERTY_RUNS'] ?? 30));

it('gives trouble in damaged processes a script, which plays', () => {
  let [count, missing] = [0, 0];
  fc.assert(fc.property(blockArbitrary, blockArbitrary, fc.constantFrom(...damages), fc.nat(10_000), (left, right, damage, seed) => {
    const built = damaged(definitionOfBlock({ kind: 'sequence', blocks: [left, { kind: 'parallel', blocks: [right, { kind: 'service' }] }] }), damage, seed);
    // Scripts give what is required.
    const definition = { ...built, variables: built.variables.map((variable) => (variable.type === 'number' ? { ...variable, required: true } : variable)) };
    fc.pre(structureFindings(definition).every(({ severity }) => severity !== 'error'));

    for (const { code, severity, elementId, script } of soundnessFindings(definition, { maximumStates: 3_000 })) {
      // What is never reached has no way to it.
      if (severity === 'info' || code === 'DEAD_ELEMENT') continue;
      count += 1;
      if (script === undefined) missing += 1;
      const parsed = script && parseScript(script);
      if (parsed) expect({ code, elementId, unmet: parsed.ok ? simulate(definition, parsed.script).expectationFailures : parsed.findings }).toEqual({ code, elementId, unmet: [] });
    }
  }), { seed: 20_261_123, numRuns });

  if (process.env['CARELOOP_TEST_FIGURES']) process.stderr.write(`${count} findings, ${missing} without a script\n`);
  // Nested loops may need more beside the way than is tried.
  expect(missing).toBeLessThanOrEqual(count * 0.01);
  expect(count).toBeGreaterThan(numRuns / 4);
}, numRuns * 5_000);
