import type { Situation } from './canonical-form.ts';
import { possibleMoves, possibleStarts } from './environment.ts';
import { Explorer, type Exploration, type Node, type WayStep } from './explore.ts';
import type { SoundRegion } from './reduction.ts';
import { insideOf, type Region } from './regions.ts';

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

/** A way through what one step stands for, from the step in which it begins; `code` is the error with which it ends. */
type Inside = (code: string | undefined) => readonly WayStep[];
type Insides = ReadonlyMap<string, Inside>;

/** The way from the start of the process to a situation inside one of its parts, through all that one step stood for. */
export function wayThrough(parts: readonly Explored[], part: Explored, node: Node | undefined, openId?: string): WayStep[] {
  const ownerId = part.region?.ownerId;
  const own = expanded(node ? part.explorer.wayTo(node) : [], insidesOf(parts.filter((other) => other !== part), part.sound), openId);
  if (ownerId === undefined) return own;
  const [outside, before] = findEntry(parts, part, ownerId);
  if (!outside || !before) return own.slice(1);
  const [begin, ...inside] = own;
  const lead = wayThrough(parts, outside, before, ownerId);
  const last = lead.at(-1);
  // What the part does when it begins belongs to the step that begins it.
  const entering = last ? { ...last, activated: [...last.activated, ...(begin?.activated ?? []).slice(1)], decisions: [...last.decisions, ...(begin?.decisions ?? [])] } : undefined;
  return [...lead.slice(0, -1), ...(entering ? [entering] : []), ...inside];
}

/** By the id of the step: what it stands for, a sound region or a sub-process that is explored apart. */
function insidesOf(parts: readonly Explored[], regions: ReadonlyMap<string, SoundRegion>): Insides {
  const insides = new Map<string, Inside>([...regions].map(([id, region]) => [id, () => wayPast(region, regions)]));
  for (const part of parts) {
    const ownerId = part.region?.ownerId;
    if (ownerId === undefined) continue;
    const inside: Inside = (code) => {
      const [begin, ...rest] = expanded(wayToEnd(part, code), new Map([...insides].filter(([id]) => id !== ownerId)));
      // The beginning of the part is the activity itself, which the step has begun.
      return begin ? [{ ...begin, activated: [ownerId, ...begin.activated.slice(2)] }, ...rest] : [];
    };
    insides.set(ownerId, inside);
    insides.set(insideOf(ownerId), inside);
  }
  return insides;
}

/** The shortest way to the end of a part, or to the end event of the error; empty when there is none. */
function wayToEnd({ explorer, exploration }: Explored, code: string | undefined): readonly WayStep[] {
  for (const node of exploration.nodes) {
    const { status } = node.state;
    if (node.index === 0 || node.trouble || (status !== 'completed' && status !== 'failed')) continue;
    const way = explorer.wayTo(node);
    if ((status === 'failed' ? errorCodeOf(exploration, way.flatMap((step) => step.activated)) : undefined) === code && (status === 'failed') === (code !== undefined)) return way;
  }
  return [];
}

/** The code of the error end event that was reached last. */
function errorCodeOf({ plan }: Exploration, activated: readonly string[]): string | undefined {
  for (const id of activated.toReversed()) {
    const definition = plan.elementsById.get(id)?.definition;
    if (definition?.type === 'endEvent' && definition.event?.kind === 'error') return definition.event.errorCode;
  }
  return undefined;
}

function findEntry(parts: readonly Explored[], part: Explored, ownerId: string): readonly [Explored, Node] | readonly [] {
  for (const outside of parts) {
    if (outside === part) continue;
    const node = outside.exploration.nodes.find(({ state }) => Object.values(state.elementInstances).some(({ elementId }) => elementId === ownerId));
    if (node) return [outside, node];
  }
  return [];
}

/** The way with the steps inside in place of the step that stands for them; not of what `openId` has just begun. */
function expanded(way: readonly WayStep[], insides: Insides, openId?: string): WayStep[] {
  if (insides.size === 0) return [...way];
  const entered = new Map<string, readonly WayStep[]>();
  return way.flatMap((step, index): WayStep[] => {
    const leaving = step.move.kind === 'childEnded' ? entered.get(step.move.elementId) : undefined;
    const isOpen = (id: string): boolean => index === way.length - 1 && (id === openId || id === insideOf(openId ?? ''));
    const own = enter(step, (id) => (isOpen(id) ? undefined : insides.get(id)?.(codeAfter(way, index, id))), entered);
    const last = leaving?.at(-1);
    if (!leaving || !last) return [own];
    return [...leaving.slice(0, -1), { ...last, activated: [...last.activated, ...own.activated], decisions: [...last.decisions, ...own.decisions] }];
  });
}

/** The error with which an element ends that the step has begun. */
function codeAfter(way: readonly WayStep[], index: number, elementId: string): string | undefined {
  const end = way.slice(index + 1).find(({ move }) => move.kind === 'childEnded' && move.elementId === elementId)?.move;
  return end?.kind === 'childEnded' ? end.code : undefined;
}

/** Puts what happens inside at once in its place in the step that enters it, and keeps the rest for the step that leaves it. */
function enter(step: WayStep, insideOfStep: (id: string) => readonly WayStep[] | undefined, entered: Map<string, readonly WayStep[]>): WayStep {
  const decisions = [...step.decisions];
  const activated = step.activated.flatMap((id): readonly string[] => {
    const way = insideOfStep(id);
    if (!way) return [id];
    const [begin, ...inside] = way;
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
  return expanded(node ? explorer.wayTo(node) : root ? straightWay(explorer, root, isAfter) : [], insidesOf([], regions));
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
