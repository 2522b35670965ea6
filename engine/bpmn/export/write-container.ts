import type { FlowElement, SequenceFlow } from '../../definition/index.ts';
import { attributeOf } from '../element-access.ts';
import { isJsonEqual } from '../json-equal.ts';
import { executableType } from '../import/read-flow-element.ts';
import type { Candidate } from '../import/read-fields.ts';
import { childDrafts, isDraft, newDraft, placeChild, replaceChildren, textDraft, type Draft } from './draft.ts';
import type { ExportContext } from './export-context.ts';
import { writeElement } from './write-element.ts';
import { writeHandler } from './write-event.ts';

/** The nodes and flows of a process or sub-process. */
export interface Container {
  readonly flowElements: readonly FlowElement[];
  readonly sequenceFlows: readonly SequenceFlow[];
}

/** Ids of the flows that lead to a node and that leave it, in their order. */
export interface FlowEnds {
  readonly incoming: ReadonlyMap<string, readonly string[]>;
  readonly outgoing: ReadonlyMap<string, readonly string[]>;
}

/** What stood in the document before: elements by id, and what they meant. */
export interface Before extends FlowEnds {
  readonly drafts: ReadonlyMap<string, Draft>;
  readonly candidates: ReadonlyMap<string, Candidate>;
}

/** Brings nodes and flows of a container to what the definition says. Everything else in it stays where it is. */
export function writeContainer(draft: Draft, wanted: Container, before: Before, after: FlowEnds, context: ExportContext): void {
  const nodes = wanted.flowElements.map((element) => writeNode(element, before, after, context));
  arrange(draft, nodes, (child) => executableType(child) !== undefined, before);
  const flows = wanted.sequenceFlows.map((flow) => {
    const flowDraft = before.drafts.get(flow.id) ?? newDraft('bpmn:sequenceFlow', { id: flow.id });
    flowDraft.name = 'bpmn:sequenceFlow';
    writeElement(flowDraft, before.candidates.get(flow.id) ?? {}, flow, context);
    return flowDraft;
  });
  arrange(draft, flows, ({ name }) => name === 'bpmn:sequenceFlow', before);
  for (const node of nodes) {
    const id = attributeOf(node, 'id') ?? '';
    writeFlowReferences(node, 'bpmn:incoming', after.incoming.get(id) ?? [], before.incoming.get(id) ?? []);
    writeFlowReferences(node, 'bpmn:outgoing', after.outgoing.get(id) ?? [], before.outgoing.get(id) ?? []);
  }
  const activities = new Set(wanted.flowElements.filter(({ type }) => !type.endsWith('Event') && !type.endsWith('Gateway')).map(({ id }) => id));
  for (const [index, element] of wanted.flowElements.entries()) {
    const node = nodes[index];
    if (!node || element.type !== 'boundaryEvent') continue;
    const old = before.candidates.get(element.id)?.['event'];
    if (isJsonEqual(old, element.event)) continue;
    writeHandler(draft, node, element.event.kind === 'compensation' ? element.event.handler : undefined, (id) => activities.has(id), context);
  }
}

function writeNode(element: FlowElement, before: Before, after: FlowEnds, context: ExportContext): Draft {
  const draft = before.drafts.get(element.id) ?? newDraft(`bpmn:${element.type}`, { id: element.id });
  // The type is the name of the element: another type is the same element with another name.
  draft.name = `bpmn:${element.type}`;
  writeElement(draft, before.candidates.get(element.id) ?? {}, element, context);
  if ('flowElements' in element) writeContainer(draft, element, before, after, context);
  return draft;
}

/** Whether the children are the wanted ones in the order in which they were read, which need not be that of the file. */
function isArranged(parent: Draft, wanted: readonly Draft[], isOfKind: (child: Draft) => boolean, { candidates }: Before): boolean {
  const present = new Set(childDrafts(parent).filter((child) => isOfKind(child) && attributeOf(child, 'id') !== undefined));
  const places = new Map([...candidates.keys()].map((id, index) => [id, index]));
  const wantedPlaces = wanted.map((draft) => places.get(attributeOf(draft, 'id') ?? '') ?? -1);
  return present.size === wanted.length && wanted.every((draft) => present.has(draft)) && wantedPlaces.every((place, index) => index === 0 || place > (wantedPlaces[index - 1] ?? -1));
}

/** Children of one kind in the wanted order. Those that stay keep their places; a new one follows the one before it. */
function arrange(parent: Draft, wanted: readonly Draft[], isOfKind: (child: Draft) => boolean, before: Before): void {
  if (isArranged(parent, wanted, isOfKind, before)) return;
  const staying = new Set(wanted);
  const kept = (parent.children ?? []).filter((node) => !isDraft(node) || !isOfKind(node) || attributeOf(node, 'id') === undefined || staying.has(node));
  const present = new Set(kept.filter(isDraft));
  const inOrder = wanted.filter((draft) => present.has(draft));
  let next = 0;
  const children = kept.map((node) => (isDraft(node) && staying.has(node) ? (inOrder[next++] ?? node) : node));
  parent.children = children;
  for (const [index, draft] of wanted.entries()) {
    if (present.has(draft)) continue;
    const previous = wanted[index - 1];
    const first = children.findIndex((node) => isDraft(node) && isOfKind(node));
    if (previous) children.splice(children.indexOf(previous) + 1, 0, draft);
    else if (first >= 0) children.splice(first, 0, draft);
    else placeChild(parent, draft);
  }
  if (children.length === 0) delete parent.children;
}

/** The ends of flows of any scope. */
export function flowEnds(flows: readonly (Candidate | SequenceFlow)[]): FlowEnds {
  return { incoming: byEnd(flows, 'targetRef'), outgoing: byEnd(flows, 'sourceRef') };
}

function byEnd(flows: readonly (Candidate | SequenceFlow)[], end: 'sourceRef' | 'targetRef'): Map<string, string[]> {
  const ids = new Map<string, string[]>();
  for (const flow of flows) {
    const node = flow[end];
    if (typeof node !== 'string') continue;
    const list = ids.get(node);
    if (list) list.push(String(flow.id));
    else ids.set(node, [String(flow.id)]);
  }
  return ids;
}

/** `incoming` or `outgoing`, rewritten where the flows have changed. A tool that leaves them out, or is wrong in them, may go on so. */
function writeFlowReferences(node: Draft, name: 'bpmn:incoming' | 'bpmn:outgoing', ids: readonly string[], old: readonly string[]): void {
  if (ids.join(' ') !== old.join(' ')) replaceChildren(node, name, ids.map((id) => textDraft(name, id)));
}
