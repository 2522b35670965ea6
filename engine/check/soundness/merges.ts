import type { ElementPlan, ProcessPlan } from '../../plan.ts';

/** Where several flows come together without waiting for each other, and what can still get there. */
export type Merges = ReadonlyMap<string, ReadonlySet<string>>;

const joins: ReadonlySet<string> = new Set(['parallelGateway', 'inclusiveGateway', 'complexGateway']);
const maximumMerges = 400;

/**
 * Elements that should be passed once each time their scope runs: several flows lead to them, nothing joins them, and
 * no loop leads back. By element id, the ids from which a token can still get there.
 */
export function mergesOf(plan: ProcessPlan): Merges {
  const merges = new Map<string, ReadonlySet<string>>();
  for (const element of plan.elements) {
    const { type } = element.definition;
    const isPlainEnd = element.definition.type === 'endEvent' && element.definition.event === undefined;
    if (element.incoming.length < 2 || isPlainEnd || joins.has(type)) continue;
    const before = upstreamOf(element);
    if (!before.has(element.id)) merges.set(element.id, before);
    if (merges.size >= maximumMerges) break;
  }
  return merges;
}

function upstreamOf(element: ElementPlan): ReadonlySet<string> {
  const found = new Set<string>();
  const open: ElementPlan[] = [element];
  for (let next = open.pop(); next; next = open.pop()) {
    const before = [...next.incoming.map(({ source }) => source), ...(next.attachedTo ? [next.attachedTo] : [])];
    for (const source of before) {
      if (found.has(source.id)) continue;
      found.add(source.id);
      open.push(source);
    }
  }
  return found;
}
