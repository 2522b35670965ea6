import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { allElements, isSubProcess, type FlowElement, type ProcessDefinition, type SequenceFlow } from '../../definition/index.ts';
import { parseScript } from '../../simulate/script.ts';
import { simulate } from '../../simulate/simulate.ts';
import { blockArbitrary, type Block } from '../../testing/random-block.ts';
import { definitionOfBlock } from '../../testing/random-process.ts';
import type { CheckFinding } from '../finding.ts';
import { soundnessFindings } from './soundness.ts';

const numRuns = Math.min(300, Number(process.env['CARELOOP_PROPERTY_RUNS'] ?? 15));
const timeoutMs = numRuns * 5_000;
const settings = { seed: 20_261_123, numRuns };
const budget = { maximumStates: 3_000 };
const troubles = (findings: readonly CheckFinding[]): readonly CheckFinding[] => findings.filter(({ severity }) => severity !== 'info');

/** The finding that is meant; a run whose exploration ended before it was found is not counted. */
function decided(findings: readonly CheckFinding[], isMeant: (finding: CheckFinding) => boolean): CheckFinding | undefined {
  const finding = troubles(findings).find(isMeant);
  fc.pre(finding !== undefined || findings.every(({ code }) => code !== 'EXPLORATION_LIMIT'));
  return finding;
}

/** Required start variables, so that scripts give them. */
function withStartVariables(definition: ProcessDefinition): ProcessDefinition {
  return { ...definition, variables: definition.variables.map((variable) => (variable.type === 'number' ? { ...variable, required: true } : variable)) };
}

type Container = Pick<ProcessDefinition, 'flowElements' | 'sequenceFlows'>;

/** Changes the container that holds the element. */
function inContainerOf(definition: ProcessDefinition, elementId: string, change: (container: Container) => Container): ProcessDefinition {
  const visit = <Held extends Container>(container: Held): Held => {
    if (container.flowElements.some(({ id }) => id === elementId)) return { ...container, ...change(container) };
    return { ...container, flowElements: container.flowElements.map((element) => (isSubProcess(element) ? visit(element) : element)) };
  };
  return visit(definition);
}

const joinsOf = (definition: ProcessDefinition): FlowElement[] => allElements(definition).filter(({ id, type }) => type === 'parallelGateway' && id.startsWith('join'));
/** A parallel or fanned part in the flow, so that there is always something to break. */
const parallelArbitrary = fc.tuple(fc.constantFrom('parallel' as const, 'fan' as const), blockArbitrary, blockArbitrary).map(([kind, left, right]): Block => ({ kind: 'sequence', blocks: [{ kind, blocks: [{ kind: 'sequence', blocks: [{ kind: 'service' }, left] }, { kind: 'sequence', blocks: [{ kind: 'user' }, right] }] }, { kind: 'service' }] }));
/** The outermost join, which every run reaches. */
const lastJoin = (definition: ProcessDefinition): string => joinsOf({ ...definition, flowElements: definition.flowElements.filter((element) => !isSubProcess(element)) })[0]?.id ?? '';

/** Where other conditions, items or times play in, no data may be found for the nearest ways; then the finding is a doubt. */
function isCertain(block: Block): boolean {
  if ('blocks' in block) return block.kind !== 'choice' && block.blocks.every(isCertain);
  if ('body' in block) return block.kind === 'sub' && isCertain(block.body);
  return block.kind !== 'guarded' && block.kind !== 'late' && block.kind !== 'timer';
}

/** Plays the finding's script. */
function expectShown(definition: ProcessDefinition, finding: CheckFinding | undefined): void {
  const parsed = parseScript(finding?.script);
  expect(parsed).toMatchObject({ ok: true });
  if (parsed.ok) expect(simulate(definition, parsed.script).expectationFailures).toEqual([]);
}

describe('exploring random processes', () => {
  it('finds nothing wrong with sound ones', () => {
    fc.assert(fc.property(blockArbitrary, (block) => {
      const findings = troubles(soundnessFindings(withStartVariables(definitionOfBlock(block)), budget));

      // Random conditions repeat each other and random hosts are done at once: what is never reached in them truly is not.
      expect(findings.filter(({ code }) => code !== 'DEAD_ELEMENT')).toEqual([]);
    }), settings);
  }, timeoutMs);

  it('finds a join that has become a merge', () => {
    fc.assert(fc.property(parallelArbitrary, (block) => {
      const definition = withStartVariables(definitionOfBlock(block));
      const joinId = lastJoin(definition);
      const broken = inContainerOf(definition, joinId, ({ flowElements, sequenceFlows }) => ({ flowElements: flowElements.map((element) => (element.id === joinId ? { id: joinId, type: 'exclusiveGateway' } : element)), sequenceFlows }));

      const finding = decided(soundnessFindings(broken, budget), ({ code }) => code === 'IMPROPER_COMPLETION');

      expect(finding).toBeDefined();
      if (isCertain(block)) expectShown(broken, finding);
    }), settings);
  }, timeoutMs);

  it('finds a fork that has become a choice', () => {
    fc.assert(fc.property(parallelArbitrary, fc.integer({ min: 0, max: 8 }), (block, limit) => {
      const definition = withStartVariables(definitionOfBlock(block));
      const joinId = lastJoin(definition);
      const forkId = definition.flowElements.find(({ id }) => /^(fork|fan)/.test(id))?.id ?? '';
      const broken = inContainerOf(definition, joinId, ({ flowElements, sequenceFlows }) => {
        const out = sequenceFlows.filter(({ sourceRef }) => sourceRef === forkId);
        return {
          flowElements: flowElements.map((element) => (element.id === forkId ? { id: forkId, type: 'exclusiveGateway', default: out.at(-1)?.id } : element)),
          sequenceFlows: sequenceFlows.map((flow): SequenceFlow => (flow.sourceRef === forkId && flow !== out.at(-1) ? { ...flow, condition: `x > ${limit}` } : flow)),
        };
      });

      const finding = decided(soundnessFindings(broken, budget), ({ code, elementId }) => code === 'DEADLOCK' && elementId === joinId);

      expect(finding).toBeDefined();
      if (isCertain(block)) expectShown(broken, finding);
    }), settings);
  }, timeoutMs);

  it('finds a flow that leads past its join', () => {
    fc.assert(fc.property(parallelArbitrary, (block) => {
      const definition = withStartVariables(definitionOfBlock(block));
      const joinId = lastJoin(definition);
      const broken = inContainerOf(definition, joinId, ({ flowElements, sequenceFlows }) => {
        const lost = sequenceFlows.find(({ targetRef }) => targetRef === joinId);
        const late: FlowElement = { id: 'offTrack', type: 'exclusiveGateway' };
        // The token goes to an end of its own; the join still has the flow of a path that is taken rarely.
        return {
          flowElements: [...flowElements, late, { id: 'lost', type: 'endEvent' }],
          sequenceFlows: [...sequenceFlows.map((flow) => (flow === lost ? { ...flow, targetRef: 'offTrack' } : flow)), { id: 'away', sourceRef: 'offTrack', targetRef: 'lost', condition: 'x > 3' }, { id: 'back', sourceRef: 'offTrack', targetRef: joinId, condition: 'x <= 3' }],
        };
      });

      const finding = decided(soundnessFindings(broken, budget), ({ code, elementId }) => code === 'DEADLOCK' && elementId === joinId);

      expect(finding).toBeDefined();
      if (isCertain(block)) expectShown(broken, finding);
    }), settings);
  }, timeoutMs);
});
