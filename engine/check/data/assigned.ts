import { allElements, eventDefinitionsOf, isSubProcess, type BoundaryEvent, type FlowContainer, type FlowElement, type ProcessDefinition } from '../../definition/index.ts';

/** What must have been set when an element begins and when it is left, on every way to it. */
export interface Assigned {
  readonly before: ReadonlyMap<string, ReadonlySet<string>>;
  readonly after: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Flow graph of the whole process: where a token may come from, and where it goes. */
interface Graph {
  readonly predecessors: Map<string, { readonly id: string; readonly moment: 'before' | 'after' }[]>;
  readonly elements: Map<string, FlowElement>;
  readonly visible: Map<string, readonly string[]>;
}

/**
 * Which variables are set on every way to an element. Of paths that are joined by a parallel gateway, what any of them
 * sets; elsewhere what all of them set. A boundary event knows what its host knew before; a sub-process leaves what each
 * of its ends knows.
 */
export function assignedVariables(definition: ProcessDefinition): Assigned {
  const graph: Graph = { predecessors: new Map(), elements: new Map(), visible: new Map() };
  const given = new Set(definition.variables.filter(({ required }) => required).map(({ name }) => name));
  connect(definition, undefined, definition.variables.map(({ name }) => name), graph);
  const before = new Map<string, ReadonlySet<string>>();
  const after = new Map<string, ReadonlySet<string>>();
  // Not yet known means everything: the greatest solution.
  for (let hasChanged = true; hasChanged; ) {
    hasChanged = false;
    for (const [id, element] of graph.elements) {
      const sources = graph.predecessors.get(id) ?? [];
      const known = sources.flatMap((source) => (source.moment === 'after' ? after : before).get(source.id) ?? []);
      if (sources.length > 0 && known.length === 0) continue;
      const entering = sources.length === 0 ? given : element.type === 'parallelGateway' ? union(known) : intersection(known);
      const own = setOnEntry(element);
      const next = own.length > 0 ? new Set([...entering, ...own]) : entering;
      if (before.get(id)?.size !== next.size) hasChanged = true;
      before.set(id, next);
      const left = new Set([...leftBy(element, next, graph, after), ...setBy(element, graph.visible.get(id) ?? [])]);
      if (after.get(id)?.size !== left.size) hasChanged = true;
      after.set(id, left);
    }
  }
  return { before, after };
}

/** A way from the start to the element that sets the variable nowhere, as element ids. */
export function wayWithout(definition: ProcessDefinition, variable: string, target: string): string[] {
  const graph: Graph = { predecessors: new Map(), elements: new Map(), visible: new Map() };
  connect(definition, undefined, definition.variables.map(({ name }) => name), graph);
  const next = new Map<string, string>();
  const open = [target];
  for (let id = open.shift(); id !== undefined; id = open.shift()) {
    const sources = graph.predecessors.get(id) ?? [];
    if (sources.length === 0) return chain(id, next);
    for (const source of sources) {
      const element = graph.elements.get(source.id);
      const sets = source.moment === 'after' && element !== undefined && setBy(element, graph.visible.get(source.id) ?? []).includes(variable);
      if (sets || source.id === target || next.has(source.id)) continue;
      next.set(source.id, id);
      open.push(source.id);
    }
  }
  return [target];
}

function chain(first: string, next: ReadonlyMap<string, string>): string[] {
  const way: string[] = [];
  for (let id: string | undefined = first; id !== undefined && way.length < 1_000; id = next.get(id)) way.push(id);
  return way;
}

function connect(container: FlowContainer, owner: FlowElement | undefined, visible: readonly string[], graph: Graph): void {
  const links = container.flowElements.flatMap((element) => (element.type === 'intermediateThrowEvent' && element.event?.kind === 'link' ? [{ id: element.id, link: element.event.link }] : []));
  const incoming = new Map<string, string[]>();
  for (const { sourceRef, targetRef } of container.sequenceFlows) incoming.set(targetRef, [...(incoming.get(targetRef) ?? []), sourceRef]);
  for (const element of container.flowElements) {
    const sources: { id: string; moment: 'before' | 'after' }[] = (incoming.get(element.id) ?? []).map((id) => ({ id, moment: 'after' }));
    if (element.type === 'boundaryEvent') sources.push(...throwersOf(element, container));
    if (element.type === 'intermediateCatchEvent' && element.event.kind === 'link') for (const { id, link } of links) if (link === element.event.link) sources.push({ id, moment: 'after' });
    const handled = 'isForCompensation' in element && element.isForCompensation ? container.flowElements.find((other) => other.type === 'boundaryEvent' && other.event.kind === 'compensation' && other.event.handler === element.id) : undefined;
    if (handled?.type === 'boundaryEvent') sources.push({ id: handled.attachedToRef, moment: 'after' });
    if (sources.length === 0 && owner) sources.push({ id: owner.id, moment: 'before' });
    graph.predecessors.set(element.id, sources);
    graph.elements.set(element.id, element);
    const marker = 'multiInstance' in element ? element.multiInstance?.elementVariable : undefined;
    const names = marker === undefined ? visible : [...visible, marker];
    graph.visible.set(element.id, names);
    if (isSubProcess(element)) connect(element, element, [...names, ...(element.variables ?? []).map(({ name }) => name), ...(element.inputs ?? []).map(({ target }) => target)], graph);
  }
}

/** Where a boundary event is reached from: the ends that throw its error, or any moment of its host. */
function throwersOf(event: BoundaryEvent, container: FlowContainer): { id: string; moment: 'before' | 'after' }[] {
  const host = container.flowElements.find(({ id }) => id === event.attachedToRef);
  const definition = event.event;
  const ends = host && isSubProcess(host) && definition.kind === 'error' ? allElements(host).filter((end) => end.type === 'endEvent' && end.event?.kind === 'error' && end.event.errorCode === definition.errorCode) : [];
  return ends.length > 0 ? ends.map(({ id }) => ({ id, moment: 'after' })) : [{ id: event.attachedToRef, moment: 'before' }];
}

/** What stands in the scope as soon as the element is entered. */
function setOnEntry(element: FlowElement): string[] {
  const marker = 'multiInstance' in element ? element.multiInstance?.elementVariable : undefined;
  return [...(isSubProcess(element) ? (element.inputs ?? []).map(({ target }) => target) : []), ...(marker === undefined ? [] : [marker])];
}

/** What is known behind the element: for a sub-process that surely runs, what every end of it knows. */
function leftBy(element: FlowElement, before: ReadonlySet<string>, graph: Graph, after: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
  if (!isSubProcess(element) || element.type === 'adHocSubProcess' || element.multiInstance || element.standardLoop) return before;
  const ends = element.flowElements.filter(({ id, type }) => !element.sequenceFlows.some(({ sourceRef }) => sourceRef === id) && type !== 'boundaryEvent' && (graph.predecessors.get(id) ?? []).some((source) => source.id !== element.id || element.flowElements.length === 1));
  const beside = besideOf(element);
  const throws = ends.filter((end) => !beside.has(end.id) && !(end.type === 'endEvent' && (end.event?.kind === 'error' || end.event?.kind === 'cancel')));
  const known = throws.flatMap(({ id }) => after.get(id) ?? []);
  if (known.length === 0) return before;
  const local = new Set([...(element.variables ?? []).map(({ name }) => name), ...(element.inputs ?? []).map(({ target }) => target)]);
  return new Set([...before, ...[...intersection(known)].filter((name) => !local.has(name))]);
}

/** Elements to which only events lead that do not interrupt: they run beside what leads to the end. */
function besideOf(container: FlowContainer): ReadonlySet<string> {
  const main = new Set<string>();
  const targets = new Set(container.sequenceFlows.map(({ targetRef }) => targetRef));
  const open = container.flowElements.filter((element) => (element.type === 'boundaryEvent' ? element.cancelActivity : !targets.has(element.id))).map(({ id }) => id);
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (main.has(id)) continue;
    main.add(id);
    for (const { sourceRef, targetRef } of container.sequenceFlows) if (sourceRef === id) open.push(targetRef);
  }
  return new Set(container.flowElements.filter(({ id }) => !main.has(id)).map(({ id }) => id));
}

/** What the element has set when it is left. A form or message without mappings may name any variable: it is trusted to. */
export function setBy(element: FlowElement, visible: readonly string[]): string[] {
  const names: string[] = [];
  if ('outputs' in element) names.push(...(element.outputs ?? []).map(({ target }) => target));
  if ('resultVariable' in element && element.resultVariable !== undefined) names.push(element.resultVariable);
  if ('multiInstance' in element && element.multiInstance?.outputCollection !== undefined) names.push(element.multiInstance.outputCollection);
  if (element.type === 'userTask' && !element.outputs) names.push(...visible);
  if (element.type !== 'endEvent' && element.type !== 'intermediateThrowEvent' && element.type !== 'sendTask' && 'event' in element) {
    for (const event of eventDefinitionsOf(element.event)) {
      if ('mappings' in event && event.mappings) names.push(...event.mappings.map(({ target }) => target));
      else if (event.kind === 'message' || event.kind === 'signal') names.push(...visible);
    }
  }
  return names;
}

function union(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  return new Set(sets.flatMap((set) => [...set]));
}

function intersection(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const [first = new Set<string>(), ...others] = sets;
  return new Set([...first].filter((name) => others.every((other) => other.has(name))));
}
