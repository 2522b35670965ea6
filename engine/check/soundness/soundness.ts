import { compile } from '../../compile.ts';
import { allElements, isSubProcess, type FlowElement, type ProcessDefinition } from '../../definition/index.ts';
import type { ProcessBundle } from '../../plan.ts';
import type { CheckFinding } from '../finding.ts';
import { Explorer, type Exploration, type Node, type WayStep } from './explore.ts';
import { payloadsFor } from './payloads.ts';
import { regionsOf, type Region } from './regions.ts';
import { relevantVariables } from './relevance.ts';
import { typeHints } from './type-hints.ts';
import { verdictsOf, type Verdict } from './verdicts.ts';
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
/** The whole may use this share of the states before the process is cut into its sub-processes. */
const shareOfWhole = 0.25;
/** Beyond, not even the parts are explored. */
const maximumElements = 5_000;

interface Explored {
  readonly region: Region | undefined;
  readonly explorer: Explorer;
  readonly exploration: Exploration;
}

/**
 * Findings about every run of a process: deadlocks, endless and futile loops, tokens that multiply, elements that are
 * never reached. Each with the shortest way to it and, where the simulator can show it, a script.
 * Expects a definition without structure errors.
 */
export function soundnessFindings(definition: ProcessDefinition, budget: ExplorationBudget, source: ProcessDefinition | ProcessBundle = definition): CheckFinding[] {
  const size = allElements(definition).length;
  if (size > maximumElements) return [limitFinding(definition, `Expected at most ${maximumElements} elements, but there are ${size}: no run was explored`)];
  const { parts, isWhole } = exploreAll(definition, budget, size);
  const states = parts.reduce((sum, { exploration }) => sum + exploration.nodes.length, 0);
  const findings = [...troubleFindings(definition, parts, source), ...deadFindings(definition, parts)];
  const unfinished = parts.filter(({ exploration }) => !exploration.isComplete).map(({ region }) => region?.ownerId ?? definition.key);
  if (unfinished.length > 0) findings.push(limitFinding(definition, `Expected to explore every run, but stopped after ${states} situations in ${unfinished.join(', ')}: what was not reached may hold more`));
  else if (!isWhole) findings.push({ code: 'EXPLORED_IN_PARTS', severity: 'info', elementId: definition.key, message: `Explored ${states} situations, each sub-process on its own: what sub-processes do to each other was not looked at` });
  return findings;
}

function limitFinding({ key }: ProcessDefinition, message: string): CheckFinding {
  return { code: 'EXPLORATION_LIMIT', severity: 'info', elementId: key, message };
}

/** The whole process where that is possible, otherwise its parts, the smallest last. */
function exploreAll(definition: ProcessDefinition, budget: ExplorationBudget, size: number): { readonly parts: readonly Explored[]; readonly isWhole: boolean } {
  const hasParts = definition.flowElements.some(isSubProcess);
  if (!hasParts || size <= wholeUpTo) {
    const limit = hasParts ? Math.ceil(budget.maximumStates * shareOfWhole) : budget.maximumStates;
    const whole = explore(undefined, definition, budget, limit);
    if (whole.exploration.isComplete || !hasParts) return { parts: [whole], isWhole: true };
  }
  let left = budget.maximumStates;
  const parts = regionsOf(definition).map((region) => {
    const part = explore(region, region.definition, budget, Math.max(2, left));
    left -= part.exploration.nodes.length;
    return part;
  });
  return { parts, isWhole: false };
}

function explore(region: Region | undefined, definition: ProcessDefinition, { shouldStop, onProgress }: ExplorationBudget, maximumStates: number): Explored {
  const followed = new Set([...relevantVariables(definition)].filter((name) => !region?.unfollowed.has(name)));
  const explorer = new Explorer(definition, followed);
  return { region, explorer, exploration: explorer.explore({ maximumStates, shouldStop, onProgress }) };
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
      const script = witnessScript({ plan, elements }, verdict, way, payloadsFor(definition, elements, hints, way));
      if (!before || (script && before.code === verdict.code)) findings.set(key, findingOf(verdict, way, elements, script));
    }
  }
  return [...findings.values()];
}

/** A way that depends on decisions is a doubt until a run shows it: the data may keep it from happening. */
function findingOf({ code, severity, elementId, message }: Verdict, way: readonly WayStep[], elements: ReadonlyMap<string, FlowElement>, script: CheckFinding['script']): CheckFinding {
  const trace = traceOf(way, elements);
  if (script) return { code, severity, elementId, message, trace, script };
  if (way.every(({ decisions }) => decisions.length === 0)) return { code, severity, elementId, message, trace };
  return { code, severity: 'warning', elementId, message: `${message}; no data was found that leads here, so it may not happen`, trace };
}

function traceOf(way: readonly WayStep[], elements: ReadonlyMap<string, FlowElement>): string[] {
  return way.flatMap(({ activated }) => activated).filter((id, index, all) => elements.has(id) && all[index - 1] !== id);
}

/** The way from the start of the process to a situation inside one of its parts. */
function wayThrough(parts: readonly Explored[], part: Explored, node: Node | undefined): WayStep[] {
  const own = node ? part.explorer.wayTo(node) : [];
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

/** Elements that no run reaches; of a chain, the first one. Said only when every run was explored. */
function deadFindings(definition: ProcessDefinition, parts: readonly Explored[]): CheckFinding[] {
  if (parts.some(({ exploration }) => !exploration.isComplete)) return [];
  const alive = new Set(parts.flatMap(({ exploration }) => [...exploration.activated]));
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
