import { attributeOf, textOf } from '../element-access.ts';
import { allDrafts, removeChildren, type Draft } from './draft.ts';

const connections: ReadonlySet<string> = new Set(['bpmn:association', 'bpmn:messageFlow', 'bpmn:dataInputAssociation', 'bpmn:dataOutputAssociation', 'bpmn:conversationLink']);
const referenceTexts: ReadonlySet<string> = new Set(['bpmn:incoming', 'bpmn:outgoing', 'bpmn:flowNodeRef']);

/** Takes out what speaks of elements that are gone: lanes' entries, connections to them, shapes and edges. */
export function removeReferences(definitions: Draft, goneIds: ReadonlySet<string>): void {
  const gone = new Set(goneIds);
  for (const parent of [...allDrafts(definitions)]) {
    removeChildren(parent, (child) => {
      const isGone = connections.has(child.name) && [attributeOf(child, 'sourceRef'), attributeOf(child, 'targetRef')].some((id) => id !== undefined && gone.has(id));
      const id = attributeOf(child, 'id');
      if (isGone && id !== undefined) gone.add(id);
      return isGone || (referenceTexts.has(child.name) && gone.has(textOf(child).trim()));
    });
  }
  for (const parent of [...allDrafts(definitions)]) {
    removeChildren(parent, (child) => child.name.startsWith('bpmndi:') && gone.has(attributeOf(child, 'bpmnElement') ?? ''));
  }
}
