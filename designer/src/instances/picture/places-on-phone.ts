import type { ElementState } from './element-states.ts';
import { isContainer } from './graph-element.ts';
import type { ProcessGraph } from './process-graph.ts';
import { readingOrder, type Layout } from './read-layout.ts';

/** How far apart, in px of the picture, steps may stand to be read together on a phone. */
const readableWidth = 560;
/** What wants somebody's eye first. */
const urgency = ['failed', 'unknown', 'running', 'waiting'];

/**
 * What a phone shows of a case at first, at a size that can be read: where it stands, or the most urgent of these places when they are far
 * apart; of an ended case the end that it came to, else the last step that was done. Empty for a case that has not begun: the whole.
 */
export function placesOnPhone(graph: ProcessGraph, states: ReadonlyMap<string, ElementState>, layout: Layout, standsAt: readonly string[]): readonly string[] {
  const stateOf = (id: string): string => states.get(id)?.state ?? 'idle';
  if (standsAt.length > 0) {
    const boxes = standsAt.flatMap((id) => layout.boxes.get(id) ?? []);
    const width = Math.max(...boxes.map(({ x, width: own }) => x + own)) - Math.min(...boxes.map(({ x }) => x));
    return width <= readableWidth ? standsAt : [...standsAt].sort((a, b) => urgency.indexOf(stateOf(a)) - urgency.indexOf(stateOf(b))).slice(0, 1);
  }
  const done = readingOrder(graph, layout).flatMap((id) => graph.byId.get(id) ?? []).filter((element) => stateOf(element.id) !== 'idle' && !isContainer(element));
  const ends = done.filter(({ type, parentId }) => type === 'endEvent' && parentId === undefined);
  return [...done, ...ends].slice(-1).map(({ id }) => id);
}

/** What a phone shows at first of a process that nobody runs: where it begins. Empty where nothing starts it: the whole. */
export function beginningOnPhone(graph: ProcessGraph, layout: Layout): readonly string[] {
  return readingOrder(graph, layout).filter((id) => graph.byId.get(id)?.type === 'startEvent' && graph.byId.get(id)?.parentId === undefined).slice(0, 1);
}
