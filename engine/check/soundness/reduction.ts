import { allElements, isSubProcess, type FlowContainer, type FlowElement, type ProcessDefinition, type SequenceFlow } from '../../definition/index.ts';
import { Explorer, type ExploreLimits } from './explore.ts';
import { formulaOf, rootsOf } from './formula.ts';
import { relevantVariables } from './relevance.ts';
import { singleEntryExitRegions, type SingleEntryExitRegion } from './single-entry-exit.ts';
import { areUndisturbing, conditionsIn } from './undisturbed.ts';
import { setsAnyVariable, variablesSetBy } from './variables-set.ts';
import { verdictsOf } from './verdicts.ts';

/** A region that was found sound by itself, as a process of its own. */
export interface SoundRegion {
  /** Begins with a start event; behind the region stands the service `afterId`. */
  readonly definition: ProcessDefinition;
  readonly afterId: string;
  readonly followed: ReadonlySet<string>;
  /** What some run through it reaches. */
  readonly activated: ReadonlySet<string>;
}

/** A process in which sound regions are one step each. */
export interface Reduction {
  readonly definition: ProcessDefinition;
  /** By the id of the step that stands for it. */
  readonly regions: ReadonlyMap<string, SoundRegion>;
  /** Variables whose value is not followed any more, since a region sets them. */
  readonly unfollowed: ReadonlySet<string>;
  /** Situations that were explored in regions. */
  readonly states: number;
}

/** Whether a region takes time, or is passed in one step. */
type Waits = 'always' | 'never';

interface Verified {
  readonly waits: Waits;
  readonly region: SoundRegion;
}

/** One region may use so many situations; a larger one is left to the exploration around it. */
const statesPerRegion = 2_000;

/**
 * Puts one step in place of each region with one entry and one exit that is sound whatever the data are: explored from
 * its entry with every variable open that anything outside sets, it always ends, with one token at its exit and none left
 * inside, and does nothing to what is around (`areUndisturbing`). The step may take any time, as the region may, so that
 * no way of the whole is lost. With `followed`, a region that sets one of these variables stays as it is, so that no
 * decision is lost either.
 */
export function reduced(definition: ProcessDefinition, limits: ExploreLimits, followed: ReadonlySet<string> = new Set()): Reduction {
  const reducer = new Reducer(definition, limits, followed);
  const content = reducer.container(definition, undefined);
  return { definition: { ...definition, ...content }, regions: reducer.regions, unfollowed: reducer.unfollowed, states: reducer.states };
}

class Reducer {
  readonly regions = new Map<string, SoundRegion>();
  readonly unfollowed = new Set<string>();
  states = 0;
  readonly #definition: ProcessDefinition;
  readonly #limits: ExploreLimits;
  readonly #followed: ReadonlySet<string>;
  /** By element, what it sets; by variable, how many elements set it. */
  readonly #sets = new Map<string, ReadonlySet<string>>();
  readonly #setters = new Map<string, number>();
  /** What conditional events look at: whatever sets it wakes them. */
  readonly #watched: ReadonlySet<string>;

  constructor(definition: ProcessDefinition, limits: ExploreLimits, followed: ReadonlySet<string>) {
    this.#definition = definition;
    this.#limits = limits;
    this.#followed = followed;
    this.#watched = new Set(conditionsIn(definition).flatMap((condition) => rootsOf(formulaOf(condition))));
    const visit = (container: FlowContainer): void => {
      for (const element of container.flowElements) {
        this.#sets.set(element.id, variablesSetBy([element], definition));
        if (isSubProcess(element)) visit(element);
        // What begins the process is over when anything else runs.
        if (container === definition && element.type === 'startEvent') continue;
        // A sub-process counts with what is in it, and by what it sets itself.
        for (const name of isSubProcess(element) ? variablesSetBy([{ ...element, flowElements: [] }], definition) : (this.#sets.get(element.id) ?? [])) this.#setters.set(name, (this.#setters.get(name) ?? 0) + 1);
      }
    };
    visit(definition);
  }

  /** The container with its regions replaced, inner containers first. */
  container(container: FlowContainer, owner: FlowElement | undefined): { flowElements: FlowElement[]; sequenceFlows: SequenceFlow[] } {
    const elements = new Map(container.flowElements.map((element) => [element.id, isSubProcess(element) ? { ...element, ...this.container(element, element) } : element]));
    if (owner?.type === 'adHocSubProcess') return { flowElements: [...elements.values()], sequenceFlows: [...container.sequenceFlows] };
    const flows = new Map(container.sequenceFlows.map((flow) => [flow.id, flow]));
    const originals = new Map(container.flowElements.map((element) => [element.id, element]));
    const standIns = new Map<string, string>();
    for (const region of singleEntryExitRegions(container)) {
      const members = new Set([...region.elementIds].map((id) => standIns.get(id) ?? id));
      // What is all but the ends of the process is explored as the process.
      if (members.size < 2 || (owner === undefined && members.size > elements.size - 3)) continue;
      const part = partOf(region, members, elements, flows);
      const own = [...region.elementIds].flatMap((id) => originals.get(id) ?? []);
      const verified = part && areUndisturbing(own) ? this.#verify(part, own, owner) : undefined;
      if (!part || !verified) continue;
      const id = `${region.entryId}.${region.exitId}.region`;
      this.regions.set(id, verified.region);
      for (const name of variablesSetBy(own, this.#definition)) this.unfollowed.add(name);
      for (const member of members) elements.delete(member);
      for (const flow of part.inner) flows.delete(flow.id);
      elements.set(id, verified.waits === 'always' ? { id, type: 'callActivity', calledElement: 'region' } : { id, type: 'task' });
      flows.set(part.entry.id, { ...part.entry, targetRef: id });
      flows.set(part.exit.id, { id: part.exit.id, sourceRef: id, targetRef: part.exit.targetRef });
      for (const member of region.elementIds) standIns.set(member, id);
    }
    return { flowElements: [...elements.values()], sequenceFlows: [...flows.values()] };
  }

  #verify(part: Part, own: readonly FlowElement[], owner: FlowElement | undefined): Verified | undefined {
    if ([...variablesSetBy(own, this.#definition)].some((name) => this.#watched.has(name) || this.#followed.has(name))) return undefined;
    const region = this.#asProcess(part, own, owner);
    const waits = plainWaits(part);
    return waits ? { waits, region: { ...region, activated: new Set(part.members.map((member) => member.id)) } } : this.#explored(region);
  }

  #explored(region: Omit<SoundRegion, 'activated'>): Verified | undefined {
    const { definition, afterId, followed } = region;
    const left = this.#limits.maximumStates - this.states;
    if (left < 2) return undefined;
    const exploration = new Explorer(definition, followed).explore({ ...this.#limits, maximumStates: Math.min(statesPerRegion, left) });
    this.states += exploration.nodes.length;
    const { nodes, isComplete, activated } = exploration;
    if (!isComplete || nodes.some(({ trouble }) => trouble !== undefined) || verdictsOf(exploration, () => []).length > 0) return undefined;
    const isAfter = (node: (typeof nodes)[number]): boolean => Object.values(node.state.elementInstances).some(({ elementId }) => elementId === afterId);
    const isClean = nodes.filter(isAfter).every(({ state }) => Object.keys(state.elementInstances).length === 1 && Object.values(state.scopes).every(({ joins = {}, resetting = {} }) => Object.keys(joins).length + Object.keys(resetting).length === 0));
    const endsBehind = nodes.every(({ state, choice, index }) => index === 0 || state.status === 'running' || (state.status === 'completed' && choice?.move.elementId === afterId));
    if (!isClean || !endsBehind) return undefined;
    const first = nodes.filter(({ depth }) => depth === 1);
    // A step that now takes time and now does not would hide a loop that never waits.
    if (first.some(isAfter) && !first.every(isAfter)) return undefined;
    return { waits: first.every(isAfter) ? 'never' : 'always', region: { ...region, activated } };
  }

  /** The region between a start and a service behind it, everything open at its entry. */
  #asProcess({ entry, exit, members, inner }: Part, own: readonly FlowElement[], owner: FlowElement | undefined): Omit<SoundRegion, 'activated'> {
    const [begin, after, done] = ['begin', 'after', 'done'].map((name) => `${entry.id}.${name}`) as [string, string, string];
    const flowElements: FlowElement[] = [{ id: begin, type: 'startEvent' }, ...members, { id: after, type: 'serviceTask', activity: 'after' }, { id: done, type: 'endEvent' }];
    const sequenceFlows: SequenceFlow[] = [{ id: entry.id, sourceRef: begin, targetRef: entry.targetRef }, ...inner, { ...exit, targetRef: after }, { id: `${done}.flow`, sourceRef: after, targetRef: done }];
    const open = new Set(this.#openIn(own, members, owner));
    const followed = [...relevantVariables({ ...this.#definition, flowElements, sequenceFlows })].filter((name) => !open.has(name));
    // What is required has some value from the start on.
    const variables = followed.map((name) => ({ name, type: 'number' as const, classification: 'operational' as const, required: true }));
    return { definition: { ...this.#definition, variables, flowElements, sequenceFlows }, afterId: after, followed: new Set(followed) };
  }

  /** Variables that something else may set while the region runs, or that a step in it stands for. */
  *#openIn(own: readonly FlowElement[], members: readonly FlowElement[], owner: FlowElement | undefined): Generator<string> {
    const inside = new Map<string, number>();
    for (const element of allElements({ flowElements: [...own] })) for (const name of isSubProcess(element) ? variablesSetBy([{ ...element, flowElements: [] }], this.#definition) : (this.#sets.get(element.id) ?? [])) inside.set(name, (inside.get(name) ?? 0) + 1);
    const local = new Set(owner && isSubProcess(owner) ? (owner.variables ?? []).map(({ name }) => name) : []);
    const isKept = (name: string): boolean => owner === undefined || local.has(name);
    for (const [name, count] of this.#setters) if (count > (inside.get(name) ?? 0) || !isKept(name)) yield name;
    const isReplaced = allElements({ flowElements: [...members] }).some(({ id }) => this.regions.has(id)) || allElements({ flowElements: [...own] }).some(setsAnyVariable);
    if (isReplaced) yield* inside.keys();
  }
}

interface Part {
  readonly entry: SequenceFlow;
  readonly exit: SequenceFlow;
  readonly members: readonly FlowElement[];
  readonly inner: readonly SequenceFlow[];
}

function partOf({ entryId, exitId }: SingleEntryExitRegion, members: ReadonlySet<string>, elements: ReadonlyMap<string, FlowElement>, flows: ReadonlyMap<string, SequenceFlow>): Part | undefined {
  const [entry, exit] = [flows.get(entryId), flows.get(exitId)];
  if (!entry || !exit) return undefined;
  const inner = [...flows.values()].filter(({ id, sourceRef, targetRef }) => id !== entryId && id !== exitId && members.has(sourceRef) && members.has(targetRef));
  return { entry, exit, members: [...members].flatMap((id) => elements.get(id) ?? []), inner };
}

const waitingTypes: ReadonlySet<string> = new Set(['userTask', 'serviceTask', 'receiveTask', 'callActivity', 'businessRuleTask', 'intermediateCatchEvent']);
const passingTypes: ReadonlySet<string> = new Set(['task', 'manualTask', 'sendTask', 'scriptTask']);

/** What needs no exploration: activities one after the other, or each once between two parallel gateways. */
function plainWaits({ members, inner, entry, exit }: Part): Waits | undefined {
  const gateways = members.filter(({ type }) => type === 'parallelGateway');
  const steps = members.filter(({ type }) => type !== 'parallelGateway');
  if (!steps.every(isPlainStep) || [...inner, exit].some(({ condition }) => condition !== undefined)) return undefined;
  const [outOf, into] = [countBy(inner.map(({ sourceRef }) => sourceRef)), countBy(inner.map(({ targetRef }) => targetRef))];
  if (!steps.every(({ id }) => (outOf.get(id) ?? 0) <= 1 && (into.get(id) ?? 0) <= 1)) return undefined;
  if (inner.some(({ sourceRef, targetRef }) => targetRef === entry.targetRef || sourceRef === exit.sourceRef)) return undefined;
  const waits: Waits = steps.some(({ type }) => waitingTypes.has(type)) ? 'always' : 'never';
  if (gateways.length === 0) return waits;
  const isBond = gateways.length === 2 && inner.every(({ sourceRef, targetRef }) => sourceRef === entry.targetRef || targetRef === exit.sourceRef);
  return isBond && gateways.some(({ id }) => id === entry.targetRef) && gateways.some(({ id }) => id === exit.sourceRef) && entry.targetRef !== exit.sourceRef ? waits : undefined;
}

function isPlainStep(element: FlowElement): boolean {
  if (!waitingTypes.has(element.type) && !passingTypes.has(element.type)) return false;
  if (element.type === 'intermediateCatchEvent') return ['timer', 'message', 'signal'].includes(element.event.kind);
  return !['multiInstance', 'standardLoop', 'startQuantity', 'completionQuantity'].some((field) => field in element);
}

function countBy(ids: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}
