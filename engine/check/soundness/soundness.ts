import { compile } from '../../compile.ts';
import { allElements, isSubProcess, type FlowElement, type ProcessDefinition } from '../../definition/index.ts';
import type { ProcessBundle } from '../../plan.ts';
import type { CheckFinding } from '../finding.ts';
import { Explorer, type WayStep } from './explore.ts';
import { payloadsFor } from './payloads.ts';
import { reduced, type Reduction } from './reduction.ts';
import { regionsOf, type Region } from './regions.ts';
import { relevantVariables } from './relevance.ts';
import { typeHints } from './type-hints.ts';
import { verdictsOf, type Verdict } from './verdicts.ts';
import { wayThrough, type Explored } from './way.ts';
import { witnessScript } from './witness.ts';

/** How far exploration may go. The caller has the clock: `shouldStop` is asked now and then. */
export interface ExplorationBudget {
  /** Situations in all. */
  readonly maximumStates: number;
  readonly shouldStop?: (() => boolean) | undefined;
  readonly onProgress?: ((states: number) => void) | undefined;
}

/** Processes up to this size are tried as a whole first. */
const wholeUpTo = 100;
/** The whole may use this share of the states before the process is reduced or cut. */
const shareOfWhole = 0.25;
/** And so much of them when it is reduced, as long as it can still be cut into its sub-processes. */
const shareOfReduced = 0.05;
/** The reduced process is tried when so much of the elements is left, if it can be cut instead. */
const worthwhileUpTo = 0.75;
/** Beyond, not even the parts are explored. */
const maximumElements = 5_000;

/**
 * Findings about every run of a process: deadlocks, endless and futile loops, tokens that multiply, elements that are
 * never reached. Each with the shortest way to it and, where the simulator can show it, a script.
 * Expects a definition without structure errors.
 */
export function soundnessFindings(definition: ProcessDefinition, budget: ExplorationBudget, source: ProcessDefinition | ProcessBundle = definition): CheckFinding[] {
  const size = allElements(definition).length;
  if (size > maximumElements) return [limitFinding(definition, `Expected at most ${maximumElements} elements, but there are ${size}: no run was explored`)];
  const { parts, method } = exploreAll(definition, budget, size);
  const states = parts.reduce((sum, { exploration }) => sum + exploration.nodes.length, 0);
  const findings = [...troubleFindings(definition, parts, source), ...deadFindings(definition, parts)];
  const unfinished = parts.filter(({ exploration }) => !exploration.isComplete).map(({ region }) => region?.ownerId ?? definition.key);
  if (unfinished.length > 0) findings.push(limitFinding(definition, `Expected to explore every run, but stopped after ${states} situations in ${unfinished.join(', ')}: what was not reached may hold more`));
  else if (method === 'apart') findings.push({ code: 'EXPLORED_IN_PARTS', severity: 'info', elementId: definition.key, message: `Explored ${states} situations, each sub-process on its own: what sub-processes do to each other was not looked at` });
  return findings;
}

function limitFinding({ key }: ProcessDefinition, message: string): CheckFinding {
  return { code: 'EXPLORATION_LIMIT', severity: 'info', elementId: key, message };
}

/** How the runs were explored: all together, with sound regions as one step each, or each sub-process on its own. */
type Method = 'whole' | 'reduced' | 'apart';

interface Explorations {
  readonly parts: readonly Explored[];
  readonly method: Method;
}

/**
 * The whole process where that is possible; otherwise with its sound regions as one step each; otherwise its
 * sub-processes apart, each with those regions as one step that touch no decision.
 */
function exploreAll(definition: ProcessDefinition, budget: ExplorationBudget, size: number): Explorations {
  const share = Math.ceil(budget.maximumStates * shareOfWhole);
  const isSmall = size <= wholeUpTo;
  const whole = isSmall ? explore(undefined, definition, budget, share) : undefined;
  if (whole?.exploration.isComplete) return { parts: [whole], method: 'whole' };
  const left = { ...budget, maximumStates: budget.maximumStates - share };
  const reduction = reduced(definition, left);
  const hasParts = definition.flowElements.some(isSubProcess);
  const limit = hasParts ? Math.ceil(budget.maximumStates * shareOfReduced) : budget.maximumStates;
  // What is hardly smaller than the whole is not much easier to explore either.
  const isWorthwhile = reduction.regions.size > 0 && (!hasParts || allElements(reduction.definition).length <= size * worthwhileUpTo);
  if (isWorthwhile) {
    const part = explore(undefined, reduction.definition, budget, limit, reduction);
    const { isComplete } = part.exploration;
    if (isComplete && verdictsOf(part.exploration, () => []).length === 0) return { parts: [part], method: 'reduced' };
    // Where values are not followed, what was found may not happen: the whole decides, if it can be explored.
    const again = isComplete && !(isSmall && hasParts) ? explore(undefined, definition, budget, limit) : undefined;
    if (again?.exploration.isComplete) return { parts: [again], method: 'whole' };
    if (!hasParts) return { parts: [part], method: 'reduced' };
  }
  if (!hasParts) return { parts: [explore(undefined, definition, budget, limit)], method: 'whole' };
  return { parts: exploreApart(definition, budget, reduced(definition, left, relevantVariables(definition))), method: 'apart' };
}

function exploreApart(definition: ProcessDefinition, budget: ExplorationBudget, reduction: Reduction): Explored[] {
  let left = budget.maximumStates;
  return regionsOf(reduction.definition).map((region) => {
    const part = explore(region, region.definition, budget, Math.max(2, left), reduction);
    left -= part.exploration.nodes.length;
    return part;
  });
}

function explore(region: Region | undefined, definition: ProcessDefinition, { shouldStop, onProgress }: ExplorationBudget, maximumStates: number, reduction?: Reduction): Explored {
  const followed = new Set([...relevantVariables(definition)].filter((name) => !region?.unfollowed.has(name) && (region !== undefined || !reduction?.unfollowed.has(name))));
  const explorer = new Explorer(definition, followed);
  return { region, explorer, exploration: explorer.explore({ maximumStates, shouldStop, onProgress }), sound: reduction?.regions ?? new Map() };
}

function troubleFindings(definition: ProcessDefinition, parts: readonly Explored[], source: ProcessDefinition | ProcessBundle): CheckFinding[] {
  const elements = new Map(allElements(definition).map((element) => [element.id, element]));
  const hints = typeHints(definition);
  const plan = compile(source);
  const findings = new Map<string, CheckFinding>();
  for (const part of parts) {
    for (const verdict of verdictsOf(part.exploration, (node) => traceOf(part.explorer.wayTo(node), elements))) {
      // Of two ways to see that an element runs twice, the shorter one is told.
      const key = `${verdict.code === 'UNBOUNDED_TOKENS' ? 'IMPROPER_COMPLETION' : verdict.code} ${verdict.elementId}`;
      const before = findings.get(key);
      if (before?.script) continue;
      const way = wayThrough(parts, part, verdict.node);
      const script = witnessScript({ plan, elements }, verdict, way, (played) => payloadsFor(definition, elements, hints, played));
      if (!before || (script && before.code === verdict.code)) findings.set(key, findingOf(verdict, way, elements, script));
    }
  }
  return [...findings.values()];
}

/** A way that depends on decisions is a doubt until a run shows it: the data may keep it from happening. */
function findingOf({ code, severity, elementId, message }: Verdict, way: readonly WayStep[], elements: ReadonlyMap<string, FlowElement>, script: CheckFinding['script']): CheckFinding {
  const trace = traceOf(way, elements);
  if (script) return { code, severity, elementId, message, trace, script };
  if (way.every(({ decisions }) => decisions.length === 0)) return { code, severity, elementId, message: `${message}; there is no script, since no order of events was found in which time lets it happen`, trace };
  return { code, severity: 'warning', elementId, message: `${message}; no data was found that leads here, so it may not happen`, trace };
}

function traceOf(way: readonly WayStep[], elements: ReadonlyMap<string, FlowElement>): string[] {
  return way.flatMap(({ activated }) => activated).filter((id, index, all) => elements.has(id) && all[index - 1] !== id);
}

/** The element, or all that is reached in the region that it stands for. */
function reachedIn(id: string, sound: Explored['sound']): readonly string[] {
  const region = sound.get(id);
  return region ? [...region.activated].flatMap((inner) => reachedIn(inner, sound)) : [id];
}

/** Elements that no run reaches; of a chain, the first one. Said only when every run was explored. */
function deadFindings(definition: ProcessDefinition, parts: readonly Explored[]): CheckFinding[] {
  if (parts.some(({ exploration }) => !exploration.isComplete)) return [];
  const alive = new Set(parts.flatMap(({ exploration, sound }) => [...exploration.activated].flatMap((id) => reachedIn(id, sound))));
  // Behind trouble nothing was explored.
  const isCutShort = parts.some(({ exploration }) => exploration.nodes.some(({ trouble }) => trouble !== undefined));
  const findings: CheckFinding[] = [];
  const visit = (container: { readonly flowElements: readonly FlowElement[]; readonly sequenceFlows: readonly { readonly sourceRef: string; readonly targetRef: string }[] }): void => {
    for (const element of container.flowElements) {
      if (alive.has(element.id)) {
        if (isSubProcess(element)) visit(element);
        continue;
      }
      const sources = container.sequenceFlows.filter(({ targetRef }) => targetRef === element.id).map(({ sourceRef }) => sourceRef);
      const isFirst = element.type === 'boundaryEvent' ? alive.has(element.attachedToRef) && element.event.kind !== 'compensation' : sources.some((id) => alive.has(id));
      if (isFirst && !isCutShort) findings.push({ code: 'DEAD_ELEMENT', severity: 'warning', elementId: element.id, message: `Expected some run to reach ${element.id}, but none does` });
    }
  };
  visit(definition);
  return findings;
}
