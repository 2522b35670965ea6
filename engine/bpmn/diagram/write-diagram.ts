import type { FlowElement, ProcessDefinition, SequenceFlow } from '../../definition/index.ts';
import { attributeOf } from '../element-access.ts';
import { allDrafts, childDrafts, newDraft, replaceChildren, type Draft } from '../export/draft.ts';
import type { ExportContext } from '../export/export-context.ts';
import type { Candidate } from '../import/read-fields.ts';
import { connect, layoutContainer, onBorder, sizeOfType, type Bounds, type Point } from './layout.ts';

interface Container {
  readonly flowElements: readonly FlowElement[];
  readonly sequenceFlows: readonly SequenceFlow[];
}

/** A diagram of its own for a process that has none. BPMN 2.0.2 §12. */
export function addDiagram(process: Draft, definition: ProcessDefinition, context: ExportContext): void {
  const { bounds, waypoints } = layoutContainer(definition);
  const id = attributeOf(process, 'id') ?? definition.key;
  const shapes = elementsOf(definition).flatMap((element) => shapeOf(element, bounds.get(element.id), context));
  const edges = flowsOf(definition).map((flow) => edgeOf(flow.id, waypoints.get(flow.id) ?? [], context));
  const plane = newDraft('bpmndi:BPMNPlane', { id: context.freeId(`Plane_${id}`), bpmnElement: id }, [...shapes, ...edges, ...associationEdges(process, bounds, context)]);
  (context.definitions.children ??= []).push(newDraft('bpmndi:BPMNDiagram', { id: context.freeId(`Diagram_${id}`) }, [plane]));
}

/** Shapes and edges of what is new, and new ways for flows that lead elsewhere now. Without a diagram there is nothing to do. */
export function updateDiagram(process: Draft, definition: ProcessDefinition, before: ReadonlyMap<string, Candidate>, context: ExportContext): void {
  const planes = [...allDrafts(context.definitions)].filter(({ name }) => name === 'bpmndi:BPMNPlane');
  const bounds = new Map<string, Bounds>();
  const edges = new Map<string, Draft>();
  let home: Draft | undefined;
  const ids = new Set([...elementsOf(definition), ...flowsOf(definition)].map(({ id }) => id));
  for (const plane of planes) {
    for (const element of childDrafts(plane)) {
      const id = attributeOf(element, 'bpmnElement') ?? '';
      const shape = element.name === 'bpmndi:BPMNShape' ? boundsOf(element) : undefined;
      if (shape) bounds.set(id, shape);
      if (element.name === 'bpmndi:BPMNEdge') edges.set(id, element);
      if (ids.has(id) || id === attributeOf(process, 'id')) home ??= plane;
    }
    if (attributeOf(plane, 'bpmnElement') === attributeOf(process, 'id')) home = plane;
  }
  if (!home) return;
  const boundaryIds = new Set(elementsOf(definition).flatMap(({ id, type }) => (type === 'boundaryEvent' ? [id] : [])));
  (home.children ??= []).push(...newShapes(definition, bounds, before, context));
  for (const flow of flowsOf(definition)) {
    const edge = edges.get(flow.id);
    const old = before.get(flow.id);
    if (!bounds.has(flow.sourceRef) || !bounds.has(flow.targetRef)) continue;
    const points = connect(bounds.get(flow.sourceRef), bounds.get(flow.targetRef), boundaryIds.has(flow.sourceRef));
    if (!edge && !old) home.children.push(edgeOf(flow.id, points, context));
    else if (edge && old && (old['sourceRef'] !== flow.sourceRef || old['targetRef'] !== flow.targetRef)) replaceChildren(edge, 'di:waypoint', points.map(waypointOf));
  }
  home.children.push(...associationEdges(process, bounds, context).filter((edge) => !edges.has(attributeOf(edge, 'bpmnElement') ?? '')));
}

/** A node that was there without a shape stays so. A new one stands to the right of the one before it, a boundary event on its activity, anything else below the rest. */
function newShapes(container: Container, bounds: Map<string, Bounds>, before: ReadonlyMap<string, Candidate>, context: ExportContext): Draft[] {
  const shapes: Draft[] = [];
  for (const element of container.flowElements) {
    if (!bounds.has(element.id) && !before.has(element.id)) {
      const { bounds: inner, size } = 'flowElements' in element ? layoutContainer(element, { x: 0, y: 0 }) : { bounds: new Map<string, Bounds>(), size: undefined };
      const place = placeOf(element, size ? { width: size.width + 80, height: size.height + 80 } : sizeOfType(element), container, bounds);
      bounds.set(element.id, place);
      for (const [id, each] of inner) if (!bounds.has(id)) bounds.set(id, { ...each, x: place.x + 40 + each.x, y: place.y + 40 + each.y });
      const added = 'flowElements' in element ? [element, ...elementsOf(element)] : [element];
      shapes.push(...added.flatMap((each) => (each === element || inner.has(each.id) ? shapeOf(each, bounds.get(each.id), context) : [])));
    } else if ('flowElements' in element) shapes.push(...newShapes(element, bounds, before, context));
  }
  return shapes;
}

function placeOf(element: FlowElement, size: { readonly width: number; readonly height: number }, container: Container, bounds: ReadonlyMap<string, Bounds>): Bounds {
  if (element.type === 'boundaryEvent') return onBorder(bounds.get(element.attachedToRef), container.flowElements.filter((other) => other.type === 'boundaryEvent' && other.attachedToRef === element.attachedToRef).indexOf(element));
  const before = container.sequenceFlows.filter(({ targetRef }) => targetRef === element.id).map(({ sourceRef }) => bounds.get(sourceRef)).find((each) => each !== undefined);
  if (before) return { x: before.x + before.width + 60, y: before.y + before.height / 2 - size.height / 2, ...size };
  const all = [...bounds.values()];
  return { x: Math.min(160, ...all.map(({ x }) => x)), y: Math.max(0, ...all.map(({ y, height }) => y + height)) + 60, ...size };
}

function elementsOf(container: Container): FlowElement[] {
  return container.flowElements.flatMap((element) => ('flowElements' in element ? [element, ...elementsOf(element)] : [element]));
}

function flowsOf(container: Container): SequenceFlow[] {
  return [...container.sequenceFlows, ...container.flowElements.flatMap((element) => ('flowElements' in element ? flowsOf(element) : []))];
}

function shapeOf(element: FlowElement, bounds: Bounds | undefined, context: ExportContext): Draft[] {
  if (!bounds) return [];
  const { x, y, width, height } = bounds;
  const attributes = { id: context.freeId(`${element.id}_shape`), bpmnElement: element.id, ...('flowElements' in element ? { isExpanded: 'true' } : {}) };
  return [newDraft('bpmndi:BPMNShape', attributes, [newDraft('dc:Bounds', { x: String(x), y: String(y), width: String(width), height: String(height) })])];
}

function edgeOf(id: string, points: readonly Point[], context: ExportContext): Draft {
  return newDraft('bpmndi:BPMNEdge', { id: context.freeId(`${id}_edge`), bpmnElement: id }, points.map(waypointOf));
}

function waypointOf({ x, y }: Point): Draft {
  return newDraft('di:waypoint', { x: String(x), y: String(y) });
}

function associationEdges(process: Draft, bounds: ReadonlyMap<string, Bounds>, context: ExportContext): Draft[] {
  return [...allDrafts(process)].flatMap((draft) => {
    const [id, source, target] = ['id', 'sourceRef', 'targetRef'].map((name) => attributeOf(draft, name) ?? '');
    const [from, to] = [bounds.get(source ?? ''), bounds.get(target ?? '')];
    return draft.name === 'bpmn:association' && id && from && to ? [edgeOf(id, connect(from, to, true), context)] : [];
  });
}

function boundsOf(shape: Draft): Bounds | undefined {
  const [bounds] = childDrafts(shape, 'dc:Bounds');
  if (!bounds) return undefined;
  const [x = 0, y = 0, width = 0, height = 0] = ['x', 'y', 'width', 'height'].map((name) => Number(attributeOf(bounds, name) ?? 0));
  return { x, y, width, height };
}
