import type { Bounds, Point } from './diagram/layout.ts';
import { referencedId } from './check-document.ts';
import type { BpmnDocument, BpmnElement } from './document.ts';
import { attributeOf, booleanOf, childOf, childrenOf, idOf, textOf } from './element-access.ts';
import { callableElements } from './import/read-process.ts';
import { isFlowElementName, isKindOf, typeOfName } from './metamodel.ts';

/** What the border or the lower edge of an activity says about how it runs. BPMN 2.0.2 §10.3.8. */
export type ActivityMarker = 'loop' | 'parallel' | 'sequential' | 'compensation' | 'adHoc';

/** A node of a file as it is drawn, whether or not it can be executed. */
export interface DrawnElement {
  /** As in the file; one that has none, or that of another element, gets one of its own. */
  readonly id: string;
  readonly processId: string;
  /** BPMN's own name of the kind without a prefix, for example `userTask` or `callChoreography`. */
  readonly type: string;
  readonly name: string;
  /** The sub-process it stands in. */
  readonly parentId?: string;
  /** Of a boundary event: the activity on whose border it stands, where that is drawn. */
  readonly attachedTo?: string;
  /** Of an event: `message`, `timer`, …, `multiple`, `parallelMultiple`. Of an event sub-process: what starts it. */
  readonly eventKind?: string;
  /** False where the rest goes on. */
  readonly interrupts?: boolean;
  readonly isEventSubProcess?: true;
  readonly markers: readonly ActivityMarker[];
  /** In the diagram's points; absent when the file does not say it. */
  readonly bounds?: Bounds;
  /** Of a sub-process: the diagram shows it closed. */
  readonly isClosed?: true;
  /** It stands in a sub-process that the diagram shows closed. */
  readonly isHidden?: true;
}

/** A sequence flow between two elements that are drawn. */
export interface DrawnFlow {
  /** Unique in the drawing. */
  readonly id: string;
  /** As in the file: findings name this. */
  readonly flowId: string;
  readonly processId: string;
  readonly source: string;
  readonly target: string;
  readonly name: string;
  readonly parentId?: string;
  readonly isDefault: boolean;
  readonly waypoints?: readonly Point[];
}

/** Every process of a file as it is drawn: flow nodes and sequence flows. */
export interface Drawing {
  readonly elements: readonly DrawnElement[];
  readonly flows: readonly DrawnFlow[];
  /** Processes of which the file's own diagram places everything that it shows. The others have no places: a layout is to be made. */
  readonly placed: readonly string[];
}

const dataNames: ReadonlySet<string> = new Set(['bpmn:dataObject', 'bpmn:dataObjectReference', 'bpmn:dataStoreReference']);
const eventDefinition = /^bpmn:(\w+)EventDefinition$/;

/** What to draw of a file. BPMN 2.0.2 §12: the first of its diagrams. */
export function drawingOf(document: BpmnDocument): Drawing {
  const drawing = new DrawingReader(document);
  for (const process of callableElements(document.definitions)) drawing.readProcess(process);
  return drawing.finished();
}

class DrawingReader {
  readonly #document: BpmnDocument;
  readonly #shapes = new Map<string, BpmnElement>();
  readonly #edges = new Map<string, BpmnElement>();
  readonly #elements: DrawnElement[] = [];
  readonly #flows: DrawnFlow[] = [];
  readonly #taken = new Set<string>();

  constructor(document: BpmnDocument) {
    this.#document = document;
    const diagram = childOf(document.definitions, 'bpmndi:BPMNDiagram');
    const plane = diagram && childOf(diagram, 'bpmndi:BPMNPlane');
    for (const part of plane ? childrenOf(plane) : []) {
      const id = referencedId(document, attributeOf(part, 'bpmnElement') ?? '');
      if (id === undefined) continue;
      const parts = part.name === 'bpmndi:BPMNShape' ? this.#shapes : part.name === 'bpmndi:BPMNEdge' ? this.#edges : undefined;
      if (parts && !parts.has(id)) parts.set(id, part);
    }
  }

  readProcess(process: BpmnElement): void {
    const processId = idOf(process) ?? '';
    if (process.name === 'bpmn:process') this.#readScope(process, processId, undefined);
    else this.#readNode(process, processId, undefined, new Set());
  }

  finished(): Drawing {
    const closed = new Set(this.#elements.filter(({ isClosed }) => isClosed).map(({ id }) => id));
    const parents = new Map(this.#elements.map(({ id, parentId }) => [id, parentId]));
    const isHidden = (parentId: string | undefined): boolean => parentId !== undefined && (closed.has(parentId) || isHidden(parents.get(parentId)));
    const incomplete = new Set(this.#elements.filter(({ bounds, parentId }) => bounds === undefined && !isHidden(parentId)).map(({ processId }) => processId));
    const processIds = [...new Set(this.#elements.map(({ processId }) => processId))];
    return {
      // A picture half by the diagram and half by another layout is none.
      elements: this.#elements.map(({ bounds, isClosed, ...element }) => (incomplete.has(element.processId) ? element : { ...element, ...(bounds === undefined ? {} : { bounds }), ...(isClosed ? { isClosed } : {}), ...(isHidden(element.parentId) ? { isHidden: true as const } : {}) })),
      flows: this.#flows.map(({ waypoints, ...flow }) => (waypoints === undefined || incomplete.has(flow.processId) ? flow : { ...flow, waypoints })),
      placed: processIds.filter((id) => !incomplete.has(id)),
    };
  }

  #readScope(scope: BpmnElement, processId: string, parentId: string | undefined): void {
    const nodes = childrenOf(scope).filter(({ name }) => isFlowElementName(name) && name !== 'bpmn:sequenceFlow' && !dataNames.has(name));
    const hosts = new Set(nodes.filter(({ name }) => isKindOf(typeOfName(name), 'bpmn:Activity')).map(idOf).filter((id) => id !== undefined));
    const drawn = new Set(nodes.map((node) => this.#readNode(node, processId, parentId, hosts)));
    const defaults = new Set(nodes.map((node) => referencedId(this.#document, attributeOf(node, 'default') ?? '')));
    for (const flow of childrenOf(scope, 'bpmn:sequenceFlow')) {
      const source = referencedId(this.#document, attributeOf(flow, 'sourceRef') ?? '');
      const target = referencedId(this.#document, attributeOf(flow, 'targetRef') ?? '');
      // A flow to nothing, or across the border of a sub-process, is a finding and has no place in the picture.
      if (source === undefined || target === undefined || !drawn.has(source) || !drawn.has(target)) continue;
      const flowId = idOf(flow) ?? '';
      const points = waypointsOf(this.#edges.get(flowId));
      this.#flows.push({ id: this.#own(`flow:${flowId}`), flowId, processId, source, target, name: attributeOf(flow, 'name') ?? '', ...(parentId === undefined ? {} : { parentId }), isDefault: defaults.has(flowId), ...(points.length < 2 ? {} : { waypoints: points }) });
    }
  }

  /** Adds a node with what is in it; returns its id. */
  #readNode(node: BpmnElement, processId: string, parentId: string | undefined, hosts: ReadonlySet<string>): string {
    const written = idOf(node);
    const type = node.name.replace(/^bpmn:(?:global)?/, '').replace(/^[A-Z]/, (letter) => letter.toLowerCase());
    const id = this.#own(written ?? `${processId}/${type}`);
    const shape = id === written ? this.#shapes.get(id) : undefined;
    const bounds = boundsOf(shape);
    const host = type === 'boundaryEvent' ? referencedId(this.#document, attributeOf(node, 'attachedToRef') ?? '') : undefined;
    const isScope = isKindOf(typeOfName(node.name), 'bpmn:FlowElementsContainer') && node.name !== 'bpmn:process';
    this.#elements.push({
      id,
      processId,
      type,
      name: attributeOf(node, 'name') ?? '',
      ...(parentId === undefined ? {} : { parentId }),
      ...(host !== undefined && hosts.has(host) ? { attachedTo: host } : {}),
      ...this.#eventOf(node, type),
      markers: markersOf(node),
      ...(bounds === undefined ? {} : { bounds }),
      ...(isScope && shape !== undefined && booleanOf(shape, 'isExpanded') === false ? { isClosed: true as const } : {}),
    });
    if (isScope) this.#readScope(node, processId, id);
    return id;
  }

  #eventOf(node: BpmnElement, type: string): Pick<DrawnElement, 'eventKind' | 'interrupts' | 'isEventSubProcess'> {
    if (type === 'subProcess' && booleanOf(node, 'triggeredByEvent') === true) {
      const start = childOf(node, 'bpmn:startEvent');
      return { isEventSubProcess: true, ...(start ? this.#eventOf(start, 'startEvent') : {}) };
    }
    if (!type.endsWith('Event')) return {};
    const interrupts = type === 'boundaryEvent' ? booleanOf(node, 'cancelActivity') : type === 'startEvent' ? booleanOf(node, 'isInterrupting') : undefined;
    const kinds = childrenOf(node).flatMap((child) => this.#kindOf(child));
    const [first, second] = kinds;
    const kind = second === undefined ? first : booleanOf(node, 'parallelMultiple') === true ? 'parallelMultiple' : 'multiple';
    // A compensation boundary event neither interrupts nor goes on: its activity is done.
    return { ...(kind === undefined ? {} : { eventKind: kind }), ...(interrupts === undefined || kind === 'compensation' ? {} : { interrupts }) };
  }

  #kindOf(child: BpmnElement): string[] {
    const id = child.name === 'bpmn:eventDefinitionRef' ? referencedId(this.#document, textOf(child)) : undefined;
    const definition = id === undefined ? child : childrenOf(this.#document.definitions).find((each) => idOf(each) === id);
    const kind = eventDefinition.exec(definition?.name ?? '')?.[1];
    return kind === undefined ? [] : [kind === 'compensate' ? 'compensation' : kind];
  }

  /** The name itself, or with a number where it is taken. */
  #own(name: string): string {
    let own = name;
    for (let number = 2; this.#taken.has(own); number += 1) own = `${name}#${number}`;
    this.#taken.add(own);
    return own;
  }
}

function markersOf(node: BpmnElement): DrawnElement['markers'] {
  const repeated = childOf(node, 'bpmn:multiInstanceLoopCharacteristics');
  return [
    ...(childOf(node, 'bpmn:standardLoopCharacteristics') ? ['loop' as const] : []),
    ...(repeated ? [booleanOf(repeated, 'isSequential') === true ? ('sequential' as const) : ('parallel' as const)] : []),
    ...(booleanOf(node, 'isForCompensation') === true ? ['compensation' as const] : []),
    ...(node.name === 'bpmn:adHocSubProcess' ? ['adHoc' as const] : []),
  ];
}

function boundsOf(shape: BpmnElement | undefined): Bounds | undefined {
  const bounds = shape && childOf(shape, 'dc:Bounds');
  if (!bounds) return undefined;
  const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((name) => numberOf(bounds, name));
  return x === undefined || y === undefined || width === undefined || height === undefined || width <= 0 || height <= 0 ? undefined : { x, y, width, height };
}

function waypointsOf(edge: BpmnElement | undefined): Point[] {
  return (edge ? childrenOf(edge, 'di:waypoint') : []).flatMap((point) => {
    const [x, y] = [numberOf(point, 'x'), numberOf(point, 'y')];
    return x === undefined || y === undefined ? [] : [{ x, y }];
  });
}

/** What lies farther out than this is no place. */
const farthest = 1_000_000;

function numberOf(element: BpmnElement, name: string): number | undefined {
  const text = attributeOf(element, name)?.trim() ?? '';
  const value = text === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) && Math.abs(value) <= farthest ? value : undefined;
}
