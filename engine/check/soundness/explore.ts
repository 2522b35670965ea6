import type { Command } from '../../command.ts';
import { createInitialState } from '../../create-initial-state.ts';
import type { ProcessDefinition } from '../../definition/index.ts';
import type { ProcessPlan } from '../../plan.ts';
import type { Incident, ProcessState } from '../../state.ts';
import { step } from '../../step.ts';
import { abstractPlan, type AbstractPlan } from './abstract-plan.ts';
import { canonicalForm, livingFacts, type Situation } from './canonical-form.ts';
import { eventsOf, firingsOf, isRepeatable, possibleMoves, possibleStarts, type Move } from './environment.ts';
import { liveIn, liveVariablesOf, type LiveVariables } from './live-variables.ts';
import { Oracle, type Decision } from './oracle.ts';
import { PassedMerges } from './passed-merges.ts';
import { tailsOf } from './tails.ts';
import { Terms } from './terms.ts';

/** One step of the exploration: what the world did and how the decisions fell. */
export interface Choice {
  readonly move: Move;
  readonly choices: readonly number[];
}

/** One step on the way to a situation: what happened, how the decisions fell, and what was activated. */
export interface WayStep {
  readonly move: Move;
  readonly decisions: readonly Decision[];
  readonly activated: readonly string[];
}

/** What is wrong in a situation; nothing is explored behind it. */
export type Trouble =
  | { readonly kind: 'incident'; readonly incident: Incident }
  | { readonly kind: 'twice'; readonly elementId: string }
  | { readonly kind: 'stuck'; readonly elementIds: readonly string[] };

export interface Node extends Situation {
  readonly index: number;
  readonly depth: number;
  readonly parent?: Node;
  readonly choice?: Choice;
  readonly successors: Set<number>;
  readonly trouble?: Trouble;
}

export interface Exploration {
  readonly nodes: readonly Node[];
  /** Every situation was reached and every way out of it was taken. */
  readonly isComplete: boolean;
  /** Elements that were activated in some situation. */
  readonly activated: ReadonlySet<string>;
  readonly plan: ProcessPlan;
}

export interface ExploreLimits {
  readonly maximumStates: number;
  readonly shouldStop?: (() => boolean) | undefined;
  readonly onProgress?: ((states: number) => void) | undefined;
}

/** Where a move leads, with the variables that something may still read there. */
interface Reached {
  readonly situation: Situation;
  readonly live: ReadonlySet<string>;
  readonly choice: Choice;
  readonly trouble: Trouble | undefined;
  /** With which it has ended: of several, each has a way of its own. */
  readonly errorCode: string | undefined;
}

/** Ways in which the decisions of one event may fall; beyond, the exploration is not complete. */
const maximumBranches = 512;

const waysPerTrouble = 12;

/**
 * Folds `step` over everything that the world may do to an instance, each situation once, nearest first. Data is left
 * open (`Oracle`); what does not interrupt occurs once for each time its host runs; collections have up to two items.
 */
export class Explorer {
  readonly abstract: AbstractPlan;
  readonly terms = new Terms();
  readonly #definition: ProcessDefinition;
  readonly #relevant: ReadonlySet<string>;
  readonly #live: LiveVariables;
  readonly #tails: ReadonlySet<string>;
  readonly #merges: PassedMerges;
  readonly #activated = new Set<string>();
  readonly #troubles = new Map<string, number>();
  /** Steps that were played again to tell of a way. */
  readonly #steps = new Map<Node, WayStep>();
  #isComplete = true;

  constructor(definition: ProcessDefinition, relevant: ReadonlySet<string>) {
    this.#definition = definition;
    this.#relevant = relevant;
    this.abstract = abstractPlan(definition, relevant);
    this.#live = liveVariablesOf(this.abstract.plan, this.abstract.questionOf);
    this.#tails = tailsOf(this.abstract.plan);
    this.#merges = new PassedMerges(this.abstract.plan);
  }

  explore(limits: ExploreLimits): Exploration {
    const { plan } = this.abstract;
    const root: Node = { index: 0, depth: 0, successors: new Set(), state: createInitialState(plan, { instanceId: 'explored' }), facts: new Map(), fired: new Set(), passed: new Set() };
    const nodes = [root];
    const known = new Map<string, Node>();
    for (let next = 0; next < nodes.length; next += 1) {
      const node = nodes[next];
      if (!node) break;
      if (nodes.length >= limits.maximumStates || (next % 64 === 63 && limits.shouldStop?.())) {
        this.#isComplete = false;
        break;
      }
      if (next % 1_000 === 999) limits.onProgress?.(next + 1);
      if (node.trouble || node.state.status !== (next === 0 ? 'created' : 'running')) continue;
      this.#expand(node, nodes, known);
    }
    return { nodes, isComplete: this.#isComplete, activated: this.#activated, plan };
  }

  #expand(node: Node, nodes: Node[], known: Map<string, Node>): void {
    const { plan } = this.abstract;
    const possible = node.index === 0 ? possibleStarts(plan) : possibleMoves(plan, node.state, node.fired);
    const tail = possible.find((move) => this.#isTail(move, possible, node.state));
    const moves = tail ? [tail] : possible;
    for (const move of moves) {
      for (const reached of this.#branches(node, move)) {
        const form = reached.trouble ? this.#numbered(JSON.stringify(troubleKey(reached.trouble))) : `${canonicalForm(reached.situation, this.terms, reached.live)} ${reached.errorCode ?? ''}`;
        const before = known.get(form);
        if (before) {
          node.successors.add(before.index);
          continue;
        }
        const trouble = reached.trouble ?? stuckAt(plan, reached.situation);
        const added: Node = { ...reached.situation, choice: reached.choice, index: nodes.length, depth: node.depth + 1, parent: node, successors: new Set(), ...(trouble ? { trouble } : {}) };
        known.set(form, added);
        nodes.push(added);
        node.successors.add(added.index);
      }
    }
  }

  /** Some ways to the same trouble are kept: data may allow one and not another. */
  #numbered(trouble: string): string {
    const count = Math.min(waysPerTrouble, (this.#troubles.get(trouble) ?? 0) + 1);
    this.#troubles.set(trouble, count);
    return `${trouble} ${count}`;
  }

  /**
   * Nothing depends on when a tail is done, as long as others keep its scope open: it is done at once, and what may
   * happen before is tried after it.
   */
  #isTail(move: Move, possible: readonly Move[], state: ProcessState): boolean {
    if ((move.kind !== 'answer' && move.kind !== 'complete') || !this.#tails.has(move.elementId)) return false;
    const instance = Object.values(state.elementInstances).find(({ id, elementId }) => (move.kind === 'answer' ? id === move.elementInstanceId : elementId === move.elementId));
    if (!instance || possible.some((other) => other.kind === 'error' && other.elementInstanceId === instance.id)) return false;
    return Object.values(state.elementInstances).some(({ scopeId, elementId }) => scopeId === instance.scopeId && !this.#tails.has(elementId));
  }

  /** Every way in which the decisions may fall that the move brings about. */
  *#branches(node: Node, move: Move): Generator<Reached> {
    let prefix: number[] | undefined = [];
    for (let count = 0; prefix; count += 1) {
      if (count >= maximumBranches) {
        this.#isComplete = false;
        return;
      }
      const { oracle, situation, trouble, isUseful, live, errorCode } = this.play(node, move, prefix);
      if (isUseful) yield { situation, live, choice: { move, choices: oracle.choices.map(({ taken }) => taken) }, trouble, errorCode };
      prefix = nextPrefix(oracle.choices);
    }
  }

  /** Makes one move with the given choices. */
  play(from: Situation, move: Move, choices: readonly number[]): { readonly situation: Situation; readonly oracle: Oracle; readonly trouble?: Trouble; readonly isUseful: boolean; readonly activated: readonly string[]; readonly live: ReadonlySet<string>; readonly errorCode?: string } {
    const { plan } = this.abstract;
    const oracle = new Oracle(this.terms, from.facts, choices, (name) => this.#relevant.has(name));
    const commands: Command[] = [];
    let { state } = from;
    this.abstract.withOracle(oracle, () => {
      for (const event of eventsOf(move, oracle.payload, move.kind === 'start' ? this.#startVariables() : {})) {
        const result = step(plan, state, event);
        state = result.state;
        commands.push(...result.commands);
      }
    });
    const passed = new Set(from.passed);
    const errorCode = commands.flatMap((command) => (command.type === 'endInstance' && command.error ? [command.error.errorCode] : []))[0];
    const entries = commands.flatMap((command) => (command.type === 'recordEntry' ? [command.entry] : []));
    const activated = entries.flatMap(({ action, elementId }) => (action === 'element.activated' && elementId !== undefined ? [elementId] : []));
    for (const id of activated) this.#activated.add(id);
    const twice = this.#merges.take(entries, from.state, state, passed);
    const fired = new Set([...from.fired, ...firingsOf(move)].filter((entry) => this.#isOpen(entry, state)));
    const incident = Object.values(state.incidents)[0];
    const isForeseen = incident?.failure.code === 'NO_FLOW_TAKEN' && oracle.chosenAt.has(incident.elementId);
    const double = twice ?? doubled(state, plan);
    const trouble: Trouble | undefined = incident ? { kind: 'incident', incident } : double === undefined ? undefined : { kind: 'twice', elementId: double };
    const live = liveIn(this.#live, state);
    const situation = { state, facts: livingFacts(state, oracle.facts, this.terms, live), fired, passed: this.#merges.living(passed, state) };
    return { situation, oracle, ...(trouble ? { trouble } : {}), isUseful: !oracle.isCut && !isForeseen, activated, live, ...(errorCode === undefined ? {} : { errorCode }) };
  }

  /** The way to a situation, step by step. */
  wayTo(node: Node): WayStep[] {
    const way: WayStep[] = [];
    for (let at: Node | undefined = node; at; at = at.parent) {
      const step = this.#stepTo(at);
      if (step) way.push(step);
    }
    return way.reverse();
  }

  #stepTo(node: Node): WayStep | undefined {
    const known = this.#steps.get(node);
    if (known || !node.parent || !node.choice) return known;
    const { oracle, activated } = this.play(node.parent, node.choice.move, node.choice.choices);
    const step = { move: node.choice.move, decisions: oracle.decisions, activated };
    this.#steps.set(node, step);
    return step;
  }

  #startVariables(): { [name: string]: number } {
    const given = this.#definition.variables.filter(({ name, required }) => required && this.#relevant.has(name));
    return Object.fromEntries(given.map(({ name }) => [name, this.terms.fresh()]));
  }

  #isOpen(firing: string, state: ProcessState): boolean {
    const [hostId = '', elementId = ''] = firing.split(' ');
    return (hostId === 'root' || state.elementInstances[hostId] !== undefined) && isRepeatable(this.abstract.plan.elementsById.get(elementId));
  }
}

function troubleKey(trouble: Trouble): readonly string[] {
  return trouble.kind === 'incident' ? [trouble.incident.failure.code, trouble.incident.elementId, trouble.incident.failure.place ?? ''] : trouble.kind === 'twice' ? ['twice', trouble.elementId] : ['stuck', ...trouble.elementIds];
}

/** The next way to choose: the last choice that has another answer takes it. */
function nextPrefix(choices: readonly { readonly taken: number; readonly count: number }[]): number[] | undefined {
  for (let index = choices.length - 1; index >= 0; index -= 1) {
    const choice = choices[index];
    if (choice && choice.taken + 1 < choice.count) return [...choices.slice(0, index).map(({ taken }) => taken), choice.taken + 1];
  }
  return undefined;
}

/** An element that runs twice in one scope, or a flow with two tokens at a join. */
function doubled(state: ProcessState, plan: ProcessPlan): string | undefined {
  const seen = new Set<string>();
  for (const { elementId, scopeId } of Object.values(state.elementInstances)) {
    const place = `${scopeId} ${elementId}`;
    if (seen.has(place)) return elementId;
    seen.add(place);
  }
  for (const { joins = {} } of Object.values(state.scopes)) for (const [id, waiting] of Object.entries(joins)) if (Object.values(waiting).some((count) => count >= Math.max(2, neededBy(plan, id)))) return id;
  return undefined;
}

/** Of an activity, the tokens that it needs to begin. */
function neededBy({ elementsById }: ProcessPlan, elementId: string): number {
  const definition = elementsById.get(elementId)?.definition;
  return definition && 'startQuantity' in definition ? (definition.startQuantity ?? 1) : 1;
}

/** Runs, but nothing in the world can make it go on. */
function stuckAt(plan: ProcessPlan, { state, fired }: Situation): Trouble | undefined {
  if (state.status !== 'running' || possibleMoves(plan, state, fired).length > 0 || possibleMoves(plan, state, new Set()).length > 0) return undefined;
  const holders = new Set(Object.values(state.scopes).map(({ elementInstanceId }) => elementInstanceId));
  return { kind: 'stuck', elementIds: Object.values(state.elementInstances).filter(({ id }) => !holders.has(id)).map(({ elementId }) => elementId) };
}
