import { eventDefinitionsOf, type FlowContainer, type FlowElement } from '../../definition/index.ts';

/** Elements between two sequence flows: every way in leads over `entryId`, every way out over `exitId`. */
export interface SingleEntryExitRegion {
  readonly entryId: string;
  readonly exitId: string;
  /** Ids of the elements in it, those in sub-processes left out. */
  readonly elementIds: ReadonlySet<string>;
}

interface Edge {
  readonly from: string;
  readonly to: string;
  /** Absent for ways that are no sequence flows: to a boundary event, over a link, from the beginning and to the end. */
  readonly flowId?: string;
}

const [source, sink] = ['(source)', '(sink)'];

/**
 * The regions of a container with one entry and one exit, the smallest first: the nodes of the program structure tree of
 * its flow graph, and each chain of them as a whole. Two flows enclose a region when every cycle through one of them goes
 * through the other (Johnson, Pearson and Pingali 1994; Vanhatalo, Völzer and Koehler 2009 for process graphs). Cycles are
 * compared by labels drawn by chance, so that each region is verified before it is given.
 */
export function singleEntryExitRegions(container: FlowContainer): SingleEntryExitRegion[] {
  const edges = edgesOf(container);
  const flows = new Map(edges.flatMap((edge) => (edge.flowId === undefined ? [] : [[edge.flowId, edge] as const])));
  const graph = graphOf(edges);
  const regions: SingleEntryExitRegion[] = [];
  for (const chain of chainsOf(edges, graph)) {
    for (const [entryId, exitId] of pairsIn(chain)) {
      const inside = elementsBetween(flows.get(entryId), flows.get(exitId), graph);
      if (inside && inside.size > 1) regions.push({ entryId, exitId, elementIds: inside });
    }
  }
  return regions.sort((left, right) => left.elementIds.size - right.elementIds.size);
}

/** Each two neighbours, and the chain from end to end. */
function pairsIn(chain: readonly string[]): [string, string][] {
  const [first, last] = [chain[0] ?? '', chain.at(-1) ?? ''];
  const neighbours = chain.slice(1).map((exitId, index): [string, string] => [chain[index] ?? '', exitId]);
  return chain.length > 2 ? [...neighbours, [first, last]] : neighbours;
}

function edgesOf({ flowElements, sequenceFlows }: FlowContainer): Edge[] {
  const edges: Edge[] = sequenceFlows.map(({ id, sourceRef, targetRef }) => ({ from: sourceRef, to: targetRef, flowId: id }));
  for (const element of flowElements) if (element.type === 'boundaryEvent') edges.push({ from: element.attachedToRef, to: element.id });
  const catches = flowElements.filter(({ type }) => type === 'intermediateCatchEvent');
  for (const thrown of flowElements) for (const link of thrown.type === 'intermediateThrowEvent' ? linksOf(thrown) : []) {
    for (const caught of catches) if (linksOf(caught).includes(link)) edges.push({ from: thrown.id, to: caught.id });
  }
  const [entered, left] = [new Set(edges.map(({ to }) => to)), new Set(edges.map(({ from }) => from))];
  for (const { id } of flowElements) {
    if (!entered.has(id)) edges.push({ from: source, to: id });
    if (!left.has(id)) edges.push({ from: id, to: sink });
  }
  return [...edges, { from: sink, to: source }];
}

function linksOf(element: FlowElement): string[] {
  return 'event' in element ? eventDefinitionsOf(element.event).flatMap((event) => (event.kind === 'link' ? [event.link] : [])) : [];
}

interface Graph {
  readonly outgoing: ReadonlyMap<string, readonly Edge[]>;
  readonly incoming: ReadonlyMap<string, readonly Edge[]>;
}

function graphOf(edges: readonly Edge[]): Graph {
  const [outgoing, incoming] = [new Map<string, Edge[]>(), new Map<string, Edge[]>()];
  for (const edge of edges) {
    outgoing.set(edge.from, [...(outgoing.get(edge.from) ?? []), edge]);
    incoming.set(edge.to, [...(incoming.get(edge.to) ?? []), edge]);
  }
  return { outgoing, incoming };
}

/** What lies behind the entry and before the exit, when nothing else leads in or out. */
function elementsBetween(entry: Edge | undefined, exit: Edge | undefined, { outgoing, incoming }: Graph): ReadonlySet<string> | undefined {
  if (!entry || !exit || entry === exit) return undefined;
  const inside = new Set<string>();
  const open = [entry.to];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === source || next === sink) return undefined;
    if (inside.has(next)) continue;
    inside.add(next);
    for (const edge of outgoing.get(next) ?? []) if (edge !== exit) open.push(edge.to);
  }
  if (!inside.has(exit.from) || inside.has(exit.to) || inside.has(entry.from)) return undefined;
  const isClosed = [...inside].every((id) => (incoming.get(id) ?? []).every((edge) => edge === entry || inside.has(edge.from)));
  return isClosed ? inside : undefined;
}

/** Sequence flows that the same cycles go through, in the order of their distance from the beginning. */
function chainsOf(edges: readonly Edge[], graph: Graph): string[][] {
  const labels = cycleLabels(edges);
  const distances = distancesFrom(source, graph);
  const chains = new Map<string, Edge[]>();
  for (const edge of edges) {
    const label = labels.get(edge);
    if (label === undefined || edge.flowId === undefined || !distances.has(edge.from)) continue;
    chains.set(label, [...(chains.get(label) ?? []), edge]);
  }
  const distance = ({ from }: Edge): number => distances.get(from) ?? 0;
  return [...chains.values()].filter(({ length }) => length > 1).map((chain) => chain.sort((left, right) => distance(left) - distance(right)).map(({ flowId = '' }) => flowId));
}

function distancesFrom(begin: string, { outgoing }: Graph): ReadonlyMap<string, number> {
  const distances = new Map([[begin, 0]]);
  const open = [begin];
  for (const next of open) {
    for (const { to } of outgoing.get(next) ?? []) {
      if (distances.has(to)) continue;
      distances.set(to, (distances.get(next) ?? 0) + 1);
      open.push(to);
    }
  }
  return distances;
}

/** Labels that two edges share when they lie on the same undirected cycles: each cycle has a number, a label is their XOR. */
function cycleLabels(edges: readonly Edge[]): ReadonlyMap<Edge, string> {
  const touching = new Map<string, Edge[]>();
  for (const edge of edges) for (const id of new Set([edge.from, edge.to])) touching.set(id, [...(touching.get(id) ?? []), edge]);
  const parents = new Map<string, Edge>();
  const order = [source];
  const reached = new Set(order);
  for (const next of order) {
    for (const edge of touching.get(next) ?? []) {
      const other = edge.from === next ? edge.to : edge.from;
      if (reached.has(other)) continue;
      reached.add(other);
      parents.set(other, edge);
      order.push(other);
    }
  }
  const tree = new Set(parents.values());
  const random = randomNumbers();
  const numbers = new Map(edges.map((edge) => [edge, tree.has(edge) ? 0n : random()]));
  for (const id of order.reverse()) {
    const parent = parents.get(id);
    if (parent) numbers.set(parent, (touching.get(id) ?? []).reduce((sum, edge) => (edge === parent || edge.from === edge.to ? sum : sum ^ (numbers.get(edge) ?? 0n)), 0n));
  }
  return new Map(edges.flatMap((edge) => (numbers.get(edge) ? [[edge, String(numbers.get(edge))] as const] : [])));
}

/** The same 60-bit numbers each time (a linear congruential generator). */
function randomNumbers(): () => bigint {
  let state = 0x2545f4914f6cdd1dn;
  return () => {
    state = BigInt.asUintN(64, state * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n);
    return state >> 4n;
  };
}
