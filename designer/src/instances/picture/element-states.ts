import type { ActiveElement, Incident, InstanceStatus } from '../../graphql/model.ts';
import type { State } from '../../status/state.ts';
import type { ProcessGraph } from './process-graph.ts';

/** What of an instance decides how its picture looks. */
export interface InstanceFacts {
  readonly status: InstanceStatus;
  readonly activeElements: readonly ActiveElement[];
  readonly path: readonly string[];
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

function activeState(type: string | undefined): State {
  return type === 'intermediateCatchEvent' ? 'waiting' : 'running';
}

/** The state of every element: trouble first, then where the process stands, then what is done. */
export function elementStates(graph: ProcessGraph, facts: InstanceFacts): ReadonlyMap<string, ElementState> {
  const completed = new Map<string, number>();
  for (const id of facts.path) completed.set(id, (completed.get(id) ?? 0) + 1);
  return new Map(
    graph.elements.map(({ id, type }): [string, ElementState] => {
      const active = facts.activeElements.filter((element) => element.elementId === id);
      const trouble = facts.incidents.filter((incident) => incident.elementId === id && incident.resolvedAt === null);
      const since = active.map((element) => element.since).filter((at) => at !== null).sort()[0];
      const done = completed.get(id) ?? 0;
      const state: State = trouble.some((incident) => incident.kind === 'failed') ? 'failed' : trouble.length > 0 ? 'unknown' : active.length > 0 ? activeState(type) : done > 0 ? 'done' : 'idle';
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
    if (element.type === 'subProcess') reached.add(element.id);
    if (element.parentId !== undefined) reached.add(element.parentId);
  }
  return reached;
}

/** Flows that the instance has taken, as far as the completed steps show: both ends were reached. */
export function takenFlows(graph: ProcessGraph, states: ReadonlyMap<string, ElementState>): ReadonlySet<string> {
  const reached = (id: string): boolean => {
    const state = states.get(id);
    return state !== undefined && (state.completed > 0 || state.active > 0 || state.state !== 'idle');
  };
  return new Set(graph.flows.filter((flow) => (states.get(flow.source)?.completed ?? 0) > 0 && reached(flow.target)).map((flow) => flow.id));
}
