import type { Situation } from './canonical-form.ts';
import { possibleMoves, possibleStarts } from './environment.ts';
import { Explorer, type Exploration, type Node, type WayStep } from './explore.ts';
import type { SoundRegion } from './reduction.ts';
import type { Region } from './regions.ts';

/** What was explored together: the process, or a part of it that was cut out. */
export interface Explored {
  readonly region: Region | undefined;
  readonly explorer: Explorer;
  readonly exploration: Exploration;
  /** Sound regions that are one step in it. */
  readonly sound: ReadonlyMap<string, SoundRegion>;
}

/** A way through a region is looked for among so many situations. */
const statesForWay = 500;
/** Beyond, it is looked for no further. */
const stepsOfWay = 500;

/** The way from the start of the process to a situation inside one of its parts, through all that one step stood for. */
export function wayThrough(parts: readonly Explored[], part: Explored, node: Node | undefined): WayStep[] {
  const own = expanded(node ? part.explorer.wayTo(node) : [], part.sound);
  const ownerId = part.region?.ownerId;
  if (ownerId === undefined) return own;
  const [outside, before] = findEntry(parts, part, ownerId);
  if (!outside || !before) return own.slice(1);
  const [begin, ...inside] = own;
  const lead = wayThrough(parts, outside, before);
  const last = lead.at(-1);
  // What the part does when it begins belongs to the step that begins it.
  const entering = last ? { ...last, activated: [...last.activated, ...(begin?.activated ?? []).slice(1)], decisions: [...last.decisions, ...(begin?.decisions ?? [])] } : undefined;
  return [...lead.slice(0, -1), ...(entering ? [entering] : []), ...inside];
}

function findEntry(parts: readonly Explored[], part: Explored, ownerId: string): readonly [Explored, Node] | readonly [] {
  for (const outside of parts) {
    if (outside === part) continue;
    const node = outside.exploration.nodes.find(({ state }) => Object.values(state.elementInstances).some(({ elementId }) => elementId === ownerId));
    if (node) return [outside, node];
  }
  return [];
}

/** The way with the steps inside of regions in place of the step that stands for each. */
function expanded(way: readonly WayStep[], regions: ReadonlyMap<string, SoundRegion>): WayStep[] {
  if (regions.size === 0) return [...way];
  const entered = new Map<string, readonly WayStep[]>();
  return way.flatMap((step): WayStep[] => {
    const leaving = step.move.kind === 'childEnded' && step.move.code === undefined ? entered.get(step.move.elementId) : undefined;
    const own = enter(step, regions, entered);
    if (!leaving) return [own];
    const last = leaving.at(-1);
    return last ? [...leaving.slice(0, -1), { ...last, activated: [...last.activated, ...own.activated], decisions: [...last.decisions, ...own.decisions] }] : [own];
  });
}

/** Puts what a region does at once in its place in the step that enters it, and keeps the rest for the step that leaves it. */
function enter(step: WayStep, regions: ReadonlyMap<string, SoundRegion>, entered: Map<string, readonly WayStep[]>): WayStep {
  const decisions = [...step.decisions];
  const activated = step.activated.flatMap((id): readonly string[] => {
    const region = regions.get(id);
    if (!region) return [id];
    const [begin, ...inside] = wayPast(region, regions);
    entered.set(id, inside);
    decisions.push(...(begin?.decisions ?? []));
    return begin?.activated ?? [];
  });
  return { ...step, activated, decisions };
}

const knownWays = new WeakMap<SoundRegion, readonly WayStep[]>();

/** A way through a region, the shortest where that is soon found; empty when none was. Looked for once. */
function wayPast(region: SoundRegion, regions: ReadonlyMap<string, SoundRegion>): readonly WayStep[] {
  const way = knownWays.get(region) ?? findWayPast(region, regions);
  knownWays.set(region, way);
  return way;
}

function findWayPast({ definition, afterId, followed }: SoundRegion, regions: ReadonlyMap<string, SoundRegion>): WayStep[] {
  const explorer = new Explorer(definition, followed);
  const { nodes } = explorer.explore({ maximumStates: statesForWay });
  const isAfter = ({ state }: Situation): boolean => Object.values(state.elementInstances).some(({ elementId }) => elementId === afterId);
  const node = nodes.find(isAfter);
  const [root] = nodes;
  return expanded(node ? explorer.wayTo(node) : root ? straightWay(explorer, root, isAfter) : [], regions);
}

/** Does what is to be done, the first open step first, until the situation is reached; empty when it is not. */
function straightWay(explorer: Explorer, root: Situation, isReached: (situation: Situation) => boolean): WayStep[] {
  const { plan } = explorer.abstract;
  const way: WayStep[] = [];
  for (let situation = root; way.length < stepsOfWay; ) {
    const moves = way.length === 0 ? possibleStarts(plan) : possibleMoves(plan, situation.state, situation.fired);
    const move = moves.find(({ kind }) => kind === 'answer' || kind === 'complete' || kind === 'childEnded') ?? moves[0];
    if (!move) return [];
    const played = explorer.play(situation, move, []);
    if (played.trouble) return [];
    way.push({ move, decisions: played.oracle.decisions, activated: played.activated });
    situation = played.situation;
    if (isReached(situation)) return way;
  }
  return [];
}
