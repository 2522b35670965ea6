import type { FlowElement, SequenceFlow } from '#engine';
import { textOf } from '../../i18n/localized-text.ts';
import type { Locale } from '../../i18n/message.ts';
import { graphElementOf, isContainer, type GraphElement } from './graph-element.ts';

export interface GraphFlow {
  /** Unique in the whole picture: the sub-process and the flow's own id. */
  readonly id: string;
  /** `link` jumps from a throw to the catch event of its name, `compensation` leads to the activity that undoes one; both are drawn dotted. */
  readonly kind: 'sequence' | 'link' | 'compensation';
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

/** Whether a value is a process or sub-process with its elements and flows. */
export function isScope(value: unknown): value is Scope {
  return typeof value === 'object' && value !== null && 'flowElements' in value && Array.isArray(value.flowElements) && 'sequenceFlows' in value && Array.isArray(value.sequenceFlows);
}

/** The links and compensations of a scope. Neither crosses its border (BPMN 2.0.2 §10.5.5, §10.7). */
function dottedFlows({ flowElements }: Scope, parentId: string | undefined): readonly GraphFlow[] {
  const flow = (kind: 'link' | 'compensation', source: string, target: string): GraphFlow => ({ id: `${parentId ?? ''}/${kind}:${source}:${target}`, kind, source, target, name: '', ...(parentId === undefined ? {} : { parentId }), isDefault: false });
  return flowElements.flatMap((element): readonly GraphFlow[] => {
    if (element.type === 'intermediateThrowEvent' && element.event?.kind === 'link') {
      const { link } = element.event;
      return flowElements.flatMap((other) => (other.type === 'intermediateCatchEvent' && other.event.kind === 'link' && other.event.link === link ? [flow('link', element.id, other.id)] : []));
    }
    if (element.type !== 'boundaryEvent' || element.event.kind !== 'compensation') return [];
    const { handler } = element.event;
    return handler !== undefined && flowElements.some(({ id }) => id === handler) ? [flow('compensation', element.id, handler)] : [];
  });
}

/** Reads a definition's document; whatever is no scope gives an empty graph rather than a failure of the page. */
export function readProcessGraph(document: unknown, locale: Locale): ProcessGraph {
  const elements: GraphElement[] = [];
  const flows: GraphFlow[] = [];
  const visit = (scope: Scope, parentId: string | undefined): void => {
    const defaults = new Set(scope.flowElements.flatMap((element) => ('default' in element && element.default !== undefined ? [element.default] : [])));
    for (const element of scope.flowElements) {
      elements.push(graphElementOf(element, parentId, locale));
      if (isContainer(element) && isScope(element)) visit(element, element.id);
    }
    for (const flow of scope.sequenceFlows) {
      flows.push({ id: `${parentId ?? ''}/${flow.id}`, kind: 'sequence', source: flow.sourceRef, target: flow.targetRef, name: textOf(flow.name, locale), ...(parentId === undefined ? {} : { parentId }), isDefault: defaults.has(flow.id) });
    }
    flows.push(...dottedFlows(scope, parentId));
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

/** The elements that follow one, by sequence flow or link. */
export function successorsOf(graph: ProcessGraph, id: string): readonly GraphElement[] {
  return graph.flows.filter((flow) => flow.source === id && flow.kind !== 'compensation').flatMap((flow) => graph.byId.get(flow.target) ?? []);
}

/** The sub-processes around an element, the innermost first. */
export function scopesAround(graph: ProcessGraph, id: string): readonly string[] {
  const parentId = graph.byId.get(id)?.parentId;
  return parentId === undefined ? [] : [parentId, ...scopesAround(graph, parentId)];
}

/** True when `id` lies inside the sub-process `scopeId`, at any depth. */
export function isInside(graph: ProcessGraph, id: string, scopeId: string): boolean {
  return scopesAround(graph, id).includes(scopeId);
}
