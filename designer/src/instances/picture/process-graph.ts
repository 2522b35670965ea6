import type { FlowElement, SequenceFlow } from '#engine';
import { textOf } from '../../i18n/localized-text.ts';
import type { Locale } from '../../i18n/message.ts';

/** One element of a process as the picture needs it, in the order of the definition. */
export interface GraphElement {
  readonly id: string;
  readonly type: FlowElement['type'] | 'other';
  readonly name: string;
  /** The sub-process it stands in. */
  readonly parentId?: string;
  /** For boundary events: the activity on whose border it stands. */
  readonly attachedTo?: string;
  readonly isMultiple: boolean;
  /** Of events: what they wait for or send. */
  readonly eventKind?: string;
  /** Of boundary events: false when the activity goes on. */
  readonly interrupts?: boolean;
  readonly candidateRoles: readonly string[];
}

export interface GraphFlow {
  /** Unique in the whole picture: the sub-process and the flow's own id. */
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly name: string;
  readonly parentId?: string;
  /** The flow that is taken when no other is. */
  readonly isDefault: boolean;
}

export interface ProcessGraph {
  readonly elements: readonly GraphElement[];
  readonly flows: readonly GraphFlow[];
  readonly byId: ReadonlyMap<string, GraphElement>;
}

interface Scope {
  readonly flowElements: readonly FlowElement[];
  readonly sequenceFlows: readonly SequenceFlow[];
}

function isScope(value: unknown): value is Scope {
  return typeof value === 'object' && value !== null && 'flowElements' in value && Array.isArray(value.flowElements) && 'sequenceFlows' in value && Array.isArray(value.sequenceFlows);
}

const known = new Set<string>(['startEvent', 'endEvent', 'intermediateCatchEvent', 'intermediateThrowEvent', 'boundaryEvent', 'userTask', 'serviceTask', 'businessRuleTask', 'scriptTask', 'exclusiveGateway', 'parallelGateway', 'subProcess']);

function elementOf(element: FlowElement, parentId: string | undefined, locale: Locale): GraphElement {
  const event = 'event' in element ? element.event : undefined;
  return {
    id: element.id,
    type: known.has(element.type) ? element.type : 'other',
    name: textOf(element.name, locale),
    ...(parentId === undefined ? {} : { parentId }),
    ...(element.type === 'boundaryEvent' ? { attachedTo: element.attachedToRef, interrupts: element.cancelActivity } : {}),
    isMultiple: 'multiInstance' in element && element.multiInstance !== undefined,
    ...(event === undefined ? {} : { eventKind: event.kind }),
    candidateRoles: element.type === 'userTask' ? element.candidateRoles : [],
  };
}

/** Reads a definition's document; whatever is no scope gives an empty graph rather than a failure of the page. */
export function readProcessGraph(document: unknown, locale: Locale): ProcessGraph {
  const elements: GraphElement[] = [];
  const flows: GraphFlow[] = [];
  const visit = (scope: Scope, parentId: string | undefined): void => {
    const defaults = new Set(scope.flowElements.flatMap((element) => ('default' in element && element.default !== undefined ? [element.default] : [])));
    for (const element of scope.flowElements) {
      elements.push(elementOf(element, parentId, locale));
      if (element.type === 'subProcess') visit(element, element.id);
    }
    for (const flow of scope.sequenceFlows) {
      flows.push({ id: `${parentId ?? ''}/${flow.id}`, source: flow.sourceRef, target: flow.targetRef, name: textOf(flow.name, locale), ...(parentId === undefined ? {} : { parentId }), isDefault: defaults.has(flow.id) });
    }
  };
  if (isScope(document)) visit(document, undefined);
  return { elements, flows, byId: new Map(elements.map((element) => [element.id, element])) };
}

/** The graph with the content of every sub-process that is not in `expanded` left out. */
export function withCollapsed(graph: ProcessGraph, expanded: ReadonlySet<string>): ProcessGraph {
  const isHidden = (parentId: string | undefined): boolean => parentId !== undefined && (!expanded.has(parentId) || isHidden(graph.byId.get(parentId)?.parentId));
  const elements = graph.elements.filter((element) => !isHidden(element.parentId));
  return { elements, flows: graph.flows.filter((flow) => !isHidden(flow.parentId)), byId: new Map(elements.map((element) => [element.id, element])) };
}

/** The elements that follow one, by sequence flow. */
export function successorsOf(graph: ProcessGraph, id: string): readonly GraphElement[] {
  return graph.flows.filter((flow) => flow.source === id).flatMap((flow) => graph.byId.get(flow.target) ?? []);
}

/** True when `id` lies inside the sub-process `scopeId`, at any depth. */
export function isInside(graph: ProcessGraph, id: string, scopeId: string): boolean {
  let parent = graph.byId.get(id)?.parentId;
  while (parent !== undefined) {
    if (parent === scopeId) return true;
    parent = graph.byId.get(parent)?.parentId;
  }
  return false;
}
