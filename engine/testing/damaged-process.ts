import { allElements, allFlows, type ProcessDefinition } from '../definition/index.ts';

/** What a change may do to a sound process. */
export const damages = ['none', 'forkChoice', 'joinMerge', 'choiceFork', 'mergeJoin', 'flowElsewhere', 'flowAway'] as const;

/** The process with one element or flow changed, which the seed chooses: most such processes are unsound. */
export function damaged(definition: ProcessDefinition, damage: (typeof damages)[number], seed: number): ProcessDefinition {
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
