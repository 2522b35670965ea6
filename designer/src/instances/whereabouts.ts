import type { Incident, Task } from '../graphql/model.ts';
import type { InstanceFacts } from './picture/element-states.ts';
import { isInside, type ProcessGraph } from './picture/process-graph.ts';

/** What a step waits for. */
export type Waiting =
  | { readonly kind: 'person' | 'verifier'; readonly roles: readonly string[]; readonly name?: string; readonly dueAt?: string }
  | { readonly kind: 'failed' | 'unknown' | 'event' | 'process' | 'choice' | 'system' };

/** One place where the process stands now. */
export interface Place {
  readonly elementId: string;
  readonly since: string | null;
  readonly waiting: Waiting;
}

type OpenTask = Pick<Task, 'elementId' | 'status' | 'assignee' | 'candidateRoles' | 'dueAt' | 'verification'>;

const waitingKinds: Readonly<Record<string, 'event' | 'process' | 'choice'>> = { intermediateCatchEvent: 'event', receiveTask: 'event', eventBasedGateway: 'event', callActivity: 'process', adHocSubProcess: 'choice' };

function waitingAt(elementId: string, graph: ProcessGraph, tasks: readonly OpenTask[], incidents: readonly Pick<Incident, 'elementId' | 'kind' | 'resolvedAt'>[]): Waiting {
  const trouble = incidents.filter((incident) => incident.elementId === elementId && incident.resolvedAt === null);
  if (trouble.some((incident) => incident.kind === 'failed')) return { kind: 'failed' };
  if (trouble.length > 0) return { kind: 'unknown' };
  const element = graph.byId.get(elementId);
  if (element?.type === 'userTask') {
    const task = tasks.find((each) => each.elementId === elementId && each.status === 'open');
    const name = task?.assignee?.displayName;
    const verification = task?.verification ?? undefined;
    const dueAt = verification?.until ?? task?.dueAt ?? undefined;
    return { kind: verification === undefined ? 'person' : 'verifier', roles: task?.candidateRoles ?? element.candidateRoles, ...(name === undefined ? {} : { name }), ...(dueAt === undefined ? {} : { dueAt }) };
  }
  return { kind: waitingKinds[element?.type ?? ''] ?? 'system' };
}

/** Where an instance is and what it waits for: the innermost steps, trouble first. */
export function whereabouts(graph: ProcessGraph, facts: InstanceFacts, tasks: readonly OpenTask[]): readonly Place[] {
  const ids = facts.activeElements.map((element) => element.elementId);
  const innermost = facts.activeElements.filter((element) => !ids.some((other) => other !== element.elementId && isInside(graph, other, element.elementId)));
  const places = innermost.map((element): Place => ({ elementId: element.elementId, since: element.since, waiting: waitingAt(element.elementId, graph, tasks, facts.incidents) }));
  const inTrouble = (place: Place): number => (place.waiting.kind === 'failed' || place.waiting.kind === 'unknown' ? 0 : 1);
  return [...places].sort((a, b) => inTrouble(a) - inTrouble(b));
}
