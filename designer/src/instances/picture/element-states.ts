import type { ActiveElement, CompletedElement, Incident, InstanceStatus } from '../../graphql/model.ts';
import type { State } from '../../status/state.ts';
import { isContainer } from './graph-element.ts';
import { scopesAround, type GraphFlow, type ProcessGraph } from './process-graph.ts';

/** What of an instance decides how its picture looks. */
export interface InstanceFacts {
  readonly status: InstanceStatus;
  readonly activeElements: readonly ActiveElement[];
  readonly completedElements: readonly CompletedElement[];
  /** Of a failed one: the error with which it ended. */
  readonly errorCode?: string | null;
  readonly incidents: readonly Pick<Incident, 'elementId' | 'kind' | 'resolvedAt'>[];
}

export interface ElementState {
  readonly state: State;
  /** How often it completed. */
  readonly completed: number;
  /** How many are active now (more than one inside a multi-instance). */
  readonly active: number;
  /** Since when the longest of them is. */
  readonly since?: string;
}

const waitingTypes = new Set(['intermediateCatchEvent', 'boundaryEvent', 'receiveTask', 'eventBasedGateway']);

function activeState(type: string): State {
  return waitingTypes.has(type) ? 'waiting' : 'running';
}

/** The error end events at which a failed instance can have ended: those with its error that it had come up to. */
function failedEnds(graph: ProcessGraph, { status, errorCode }: InstanceFacts, completed: ReadonlyMap<string, number>): ReadonlySet<string> {
  if (status !== 'failed' || errorCode == null) return new Set();
  return new Set(graph.elements.filter((element) => element.errorCode === errorCode && graph.flows.some(({ source, target }) => target === element.id && completed.has(source))).map(({ id }) => id));
}

/** The state of every element: trouble first, then where the process stands, then what is done. */
export function elementStates(graph: ProcessGraph, facts: InstanceFacts): ReadonlyMap<string, ElementState> {
  const completed = new Map(facts.completedElements.map(({ elementId, times }) => [elementId, times]));
  const endedAt = failedEnds(graph, facts, completed);
  return new Map(
    graph.elements.map(({ id, type }): [string, ElementState] => {
      const active = facts.activeElements.filter((element) => element.elementId === id);
      const trouble = facts.incidents.filter((incident) => incident.elementId === id && incident.resolvedAt === null);
      const since = active.map((element) => element.since).filter((at) => at !== null).sort()[0];
      const done = completed.get(id) ?? 0;
      const state: State = endedAt.has(id) ? 'failed' : trouble.some((incident) => incident.kind === 'failed') ? 'failed' : trouble.length > 0 ? 'unknown' : active.length > 0 ? activeState(type) : done > 0 ? 'done' : 'idle';
      return [id, { state, completed: done, active: active.length, ...(since === undefined ? {} : { since }) }];
    }),
  );
}

/** Sub-processes in which something has happened: those are shown with their content. */
export function reachedSubProcesses(graph: ProcessGraph, states: ReadonlyMap<string, ElementState>): ReadonlySet<string> {
  const reached = new Set<string>();
  for (const element of graph.elements) {
    const isReached = (states.get(element.id)?.state ?? 'idle') !== 'idle';
    if (!isReached) continue;
    if (isContainer(element)) reached.add(element.id);
    for (const scopeId of scopesAround(graph, element.id)) reached.add(scopeId);
  }
  return reached;
}

/** Flows that the instance has taken, as far as the completed steps show: both ends were reached. */
export function takenFlows(graph: ProcessGraph, states: ReadonlyMap<string, ElementState>): ReadonlySet<string> {
  const reached = (id: string): boolean => {
    const state = states.get(id);
    return state !== undefined && (state.completed > 0 || state.active > 0 || state.state !== 'idle');
  };
  // What undoes an activity is called, not flowed to: its event never completes.
  const left = (flow: GraphFlow): boolean => flow.kind === 'compensation' || (states.get(flow.source)?.completed ?? 0) > 0;
  return new Set(graph.flows.filter((flow) => left(flow) && reached(flow.target)).map((flow) => flow.id));
}
