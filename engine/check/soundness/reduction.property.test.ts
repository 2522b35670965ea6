import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { allElements, allFlows, type ProcessDefinition } from '../../definition/index.ts';
import { blockArbitrary, definitionOfBlock } from '../../testing/random-process.ts';
import { structureFindings } from '../structure.ts';
import { Explorer } from './explore.ts';
import { reduced } from './reduction.ts';
import { relevantVariables } from './relevance.ts';
import { verdictsOf } from './verdicts.ts';

const numRuns = Math.min(5_000, Number(process.env['CARELOOP_PROPERTY_RUNS'] ?? 60));
const maximumStates = 3_000;

/** What a change may do to a sound process. */
const damages = ['none', 'forkChoice', 'joinMerge', 'choiceFork', 'mergeJoin', 'flowElsewhere', 'flowAway'] as const;

/** One element or flow of the process is another one now: most such processes are unsound. */
function damaged(definition: ProcessDefinition, damage: (typeof damages)[number], seed: number): ProcessDefinition {
  const retyped = (prefix: RegExp, type: 'exclusiveGateway' | 'parallelGateway'): ProcessDefinition => {
    const chosen = pick(allElements(definition).filter(({ id }) => prefix.test(id)), seed);
    const out = allFlows(definition).filter(({ sourceRef }) => sourceRef === chosen?.id);
    const [first] = out;
    const change = (value: unknown): unknown => {
      if (typeof value !== 'object' || value === null || !chosen || !('id' in value)) return value;
      if (value.id === chosen.id) return { id: chosen.id, type, ...(type === 'exclusiveGateway' && first && out.length > 1 ? { default: first.id } : {}) };
      const flow = out.find(({ id }) => id === value.id);
      if (!flow) return value;
      const { condition: _condition, ...plain } = flow;
      return type === 'exclusiveGateway' && flow !== first ? { ...plain, condition: 'x > 4' } : plain;
    };
    return JSON.parse(JSON.stringify(definition, (_key, value: unknown) => change(value))) as ProcessDefinition;
  };
  switch (damage) {
    case 'none':
      return definition;
    case 'forkChoice':
      return retyped(/^fork/, 'exclusiveGateway');
    case 'joinMerge':
      return retyped(/^join/, 'exclusiveGateway');
    case 'choiceFork':
      return retyped(/^choice/, 'parallelGateway');
    case 'mergeJoin':
      return retyped(/^merge/, 'parallelGateway');
    default: {
      const flow = pick(definition.sequenceFlows, seed);
      const targets = definition.flowElements.filter(({ type }) => type !== 'startEvent' && type !== 'boundaryEvent');
      const target = damage === 'flowAway' ? definition.flowElements.find(({ type }) => type === 'endEvent') : pick(targets, seed >> 4);
      return { ...definition, sequenceFlows: definition.sequenceFlows.map((one) => (one === flow && target ? { ...one, targetRef: target.id } : one)) };
    }
  }
}

function pick<Entry>(entries: readonly Entry[], seed: number): Entry | undefined {
  return entries[seed % Math.max(1, entries.length)];
}

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
