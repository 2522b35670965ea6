import type { ElementPlan, ProcessPlan } from '../../plan.ts';
import type { ProcessState } from '../../state.ts';
import type { CheckFinding } from '../finding.ts';
import type { Exploration, Node } from './explore.ts';

/** What exploration says about a place, before the path to it is written out. */
export interface Verdict {
  readonly code: string;
  readonly severity: CheckFinding['severity'];
  readonly elementId: string;
  readonly message: string;
  /** The situation that shows it; absent for what never happens. */
  readonly node?: Node;
  /** Elements that the witness has to show in the end. */
  readonly shows?: readonly string[];
}

const joins: ReadonlySet<string> = new Set(['parallelGateway', 'inclusiveGateway', 'complexGateway']);

/** Everything that is wrong with what was explored, nearest first; of one place all the ways that were kept. */
export function verdictsOf(exploration: Exploration, traceOf: (node: Node) => readonly string[]): Verdict[] {
  const verdicts = exploration.nodes.flatMap((node) => (node.trouble ? (troubleVerdict(exploration.plan, node, traceOf) ?? []) : []));
  const livelock = exploration.isComplete ? livelockOf(exploration) : undefined;
  return [...verdicts, ...(livelock ? [livelock] : [])];
}

function troubleVerdict(plan: ProcessPlan, node: Node, traceOf: (node: Node) => readonly string[]): Verdict | undefined {
  const { trouble } = node;
  if (trouble?.kind === 'incident') return incidentVerdict(node, trouble.incident);
  if (trouble?.kind === 'stuck') {
    const [elementId = plan.definition.key] = trouble.elementIds;
    return { code: 'DEADLOCK', severity: 'error', elementId, node, shows: trouble.elementIds, message: `Expected something that lets ${trouble.elementIds.join(', ')} go on, but nothing outside can and nothing inside will` };
  }
  return trouble ? twiceVerdict(plan, node, trouble.elementId, traceOf) : undefined;
}

function incidentVerdict(node: Node, { failure, elementId }: Extract<NonNullable<Node['trouble']>, { kind: 'incident' }>['incident']): Verdict | undefined {
  const place = { elementId, node, shows: [elementId] };
  switch (failure.code) {
    case 'DEADLOCK':
      return { code: 'DEADLOCK', severity: 'error', ...place, message: failure.message };
    case 'STEP_BUDGET_EXCEEDED':
      return { code: 'ENDLESS_LOOP', severity: 'error', ...place, elementId: failure.place ?? elementId, shows: [], message: `Expected a loop that waits for something or ends, but ${loopOf(failure.message)} goes on for ever in one step` };
    case 'NO_FLOW_TAKEN':
      return { code: 'NO_WAY_OUT', severity: 'error', ...place, message: `${failure.message} after the decisions on this path` };
    case 'UNCAUGHT_BPMN_ERROR':
      return { code: 'ERROR_UNCAUGHT', severity: 'error', ...place, message: failure.message };
    default:
      return undefined;
  }
}

function loopOf(message: string): string {
  return /the loop of (.+) goes on/.exec(message)?.[1] ?? 'the loop';
}

function twiceVerdict(plan: ProcessPlan, node: Node, elementId: string, traceOf: (node: Node) => readonly string[]): Verdict | undefined {
  const element = plan.elementsById.get(elementId);
  // What an event starts beside its host may well run more than once at a time.
  if (!element || isBesideItsHost(element)) return undefined;
  const earlier = coveredBy(node);
  const place = { elementId, node, shows: [elementId] };
  if (earlier) {
    const growing = grown(earlier.state, node.state);
    const canDrain = growing.every((id) => canLeave(plan.elementsById.get(id)));
    return {
      code: 'UNBOUNDED_TOKENS', severity: canDrain ? 'warning' : 'error', ...place,
      message: canDrain
        ? `Expected ${elementId} to be done before it begins again, but the loop around it goes on meanwhile: so many may run at a time as there are rounds`
        : `Expected each round to leave as many tokens as it found, but one more stays at ${growing.join(', ')} every time`,
    };
  }
  const fork = forkBefore(plan, element, new Set(traceOf(node)));
  return {
    code: 'IMPROPER_COMPLETION', severity: fork ? 'error' : 'warning', ...place,
    message: fork
      ? `Expected the paths that part at ${fork} to be joined before ${elementId}, but each of them runs it once more`
      : `Expected one token at ${elementId}, but a second one may come while the first one, or what follows it, still runs`,
  };
}

/** A gateway on the way that parts the flow and from which two ways lead to the element, joined by nothing. */
function forkBefore(plan: ProcessPlan, element: ElementPlan, passed: ReadonlySet<string>): string | undefined {
  const reaches = (from: ElementPlan, avoided: ElementPlan): boolean => {
    const seen = new Set<ElementPlan>([avoided]);
    const open = [from];
    for (let next = open.pop(); next; next = open.pop()) {
      if (next === element) return true;
      if (seen.has(next) || (joins.has(next.definition.type) && next.incoming.length > 1)) continue;
      seen.add(next);
      open.push(...next.outgoing.map(({ target }) => target));
    }
    return false;
  };
  return plan.elements.find((fork) => {
    if (!passed.has(fork.id) || (fork.definition.type !== 'parallelGateway' && fork.definition.type !== 'inclusiveGateway')) return false;
    return fork.outgoing.filter(({ target }) => reaches(target, fork)).length > 1;
  })?.id;
}

/** Whether only events that do not interrupt lead to the element. */
function isBesideItsHost(element: ElementPlan): boolean {
  const seen = new Set<ElementPlan>();
  const open = [element];
  let isBeside = false;
  for (let next = open.pop(); next; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    if (next.definition.type === 'boundaryEvent' && !next.definition.cancelActivity) isBeside = true;
    else if (next.incoming.length === 0) return next.definition.type === 'subProcess' && next.definition.triggeredByEvent === true;
    open.push(...next.incoming.map(({ source }) => source));
  }
  return isBeside;
}

/** An earlier situation on the way that had the same tokens, only fewer. */
function coveredBy(node: Node): Node | undefined {
  const now = markingOf(node.state);
  for (let earlier = node.parent; earlier; earlier = earlier.parent) {
    if (earlier.state.status !== 'running') continue;
    const before = markingOf(earlier.state);
    const isCovered = [...before].every(([place, count]) => (now.get(place) ?? 0) >= count);
    const isMore = [...now].some(([place, count]) => count > (before.get(place) ?? 0));
    if (isCovered && isMore) return earlier;
  }
  return undefined;
}

function grown(before: ProcessState, after: ProcessState): string[] {
  const [old, now] = [markingOf(before), markingOf(after)];
  return [...new Set([...now].filter(([place, count]) => count > (old.get(place) ?? 0)).map(([place]) => place.split(' ').at(-1) ?? ''))];
}

/** How many tokens are at each element, by the elements of the scopes around. */
function markingOf(state: ProcessState): ReadonlyMap<string, number> {
  const marking = new Map<string, number>();
  const pathOf = (scopeId: string): string => {
    const scope = state.scopes[scopeId];
    const owner = scope?.elementInstanceId === undefined ? undefined : state.elementInstances[scope.elementInstanceId];
    return owner ? `${pathOf(owner.scopeId)}${owner.elementId} ` : '';
  };
  const add = (place: string, count: number): void => {
    marking.set(place, (marking.get(place) ?? 0) + count);
  };
  for (const { elementId, scopeId } of Object.values(state.elementInstances)) add(`${pathOf(scopeId)}${elementId}`, 1);
  for (const { id, joins = {} } of Object.values(state.scopes)) {
    for (const [elementId, waiting] of Object.entries(joins)) for (const count of Object.values(waiting)) add(`${pathOf(id)}${elementId}`, count);
  }
  return marking;
}

/** Whether what waits there gets away without a partner. */
function canLeave(element: ElementPlan | undefined): boolean {
  const seen = new Set<ElementPlan>();
  const open = element ? [element] : [];
  for (let next = open.pop(); next; next = open.pop()) {
    if (seen.has(next) || (joins.has(next.definition.type) && next.incoming.length > 1)) continue;
    seen.add(next);
    if (next.outgoing.length === 0) return true;
    open.push(...next.outgoing.map(({ target }) => target));
  }
  return false;
}

/** Situations from which no end can be reached any more. */
function livelockOf({ nodes, plan }: Exploration): Verdict | undefined {
  const predecessors = new Map<number, number[]>();
  for (const node of nodes) for (const successor of node.successors) predecessors.set(successor, [...(predecessors.get(successor) ?? []), node.index]);
  const canEnd = new Set<number>();
  const open = nodes.filter((node) => node.trouble !== undefined || (node.state.status !== 'running' && node.index > 0)).map(({ index }) => index);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (canEnd.has(next)) continue;
    canEnd.add(next);
    open.push(...(predecessors.get(next) ?? []));
  }
  const node = nodes.find(({ index }) => !canEnd.has(index) && index > 0);
  if (!node) return undefined;
  const holders = new Set(Object.values(node.state.scopes).map(({ elementInstanceId }) => elementInstanceId));
  const inside = Object.values(node.state.elementInstances).filter(({ id }) => !holders.has(id)).map(({ elementId }) => elementId);
  const [elementId = plan.definition.key] = inside;
  return { code: 'LIVELOCK', severity: 'error', elementId, node, shows: inside, message: `Expected a way from ${inside.join(', ')} to an end, but whatever happens the process goes on for ever` };
}
