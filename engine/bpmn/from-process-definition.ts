import type { FlowElement, ProcessDefinition, SequenceFlow } from '../definition/index.ts';
import type { BpmnDocument } from './document.ts';
import { attributeOf, idOf } from './element-access.ts';
import { addDiagram, updateDiagram } from './diagram/write-diagram.ts';
import { allDrafts, draftOf, newDraft, replaceChildren, setAttribute, textDraft, type Draft } from './export/draft.ts';
import { ExportContext } from './export/export-context.ts';
import { removeReferences } from './export/remove-references.ts';
import { flowEnds, writeContainer, type Before, type Container } from './export/write-container.ts';
import { writeName } from './export/write-element.ts';
import { setFields, writeFields } from './export/write-fields.ts';
import { feelLanguage } from './expression-language.ts';
import { ImportContext, type ImportOptions } from './import/import-context.ts';
import { rawFields, type Candidate } from './import/read-fields.ts';
import { callableElements, readProcess } from './import/read-process.ts';
import { isJsonEqual } from './json-equal.ts';
import { namespaceOfPrefix } from './namespaces.ts';

/**
 * The BPMN of a definition. With the document that it came from, only what has changed since is written, by id, and
 * everything else stays: layout, lanes, foreign extensions, expressions in other languages. Without one, the document
 * gets a simple layout. `options` are those of the import.
 */
export function fromProcessDefinition(definition: ProcessDefinition, document?: BpmnDocument, options: ImportOptions = {}): BpmnDocument {
  const definitions = document ? draftOf(document.definitions) : emptyDefinitions(definition);
  const ids = [...idsOf(definition)];
  const existing = callableElements(definitions).find((element) => (rawFields(element)?.['key'] ?? idOf(element)) === definition.key);
  const context = new ExportContext(definitions, ids);
  if (existing?.name === 'bpmn:process' && document) {
    // The elements of a draft are drafts.
    updateProcess(existing as Draft, definition, document, options, context);
  } else if (!existing || !document || !isUnchanged(definition, document, options, idOf(existing) ?? '')) {
    addProcess(definition, existing as Draft | undefined, context);
  }
  const prefixes = document?.prefixes ?? namespaceOfPrefix;
  return { format: 'careloop-bpmn/1', prefixes, definitions };
}

function emptyDefinitions({ key }: ProcessDefinition): Draft {
  return newDraft('bpmn:definitions', { id: `Definitions_${key}`, targetNamespace: namespaceOfPrefix.careloop, expressionLanguage: feelLanguage, exporter: 'Careloop' });
}

function isUnchanged(definition: ProcessDefinition, document: BpmnDocument, options: ImportOptions, id: string): boolean {
  const source = callableElements(document.definitions).find((element) => idOf(element) === id);
  return source !== undefined && isJsonEqual(readProcess(source, new ImportContext(document, options)), definition);
}

/** A process that the document does not have, or has as a global task. */
function addProcess(definition: ProcessDefinition, replaced: Draft | undefined, context: ExportContext): void {
  const isTaken = idsOf(definition).has(definition.key) || (!replaced && [...allDrafts(context.definitions)].some((draft) => attributeOf(draft, 'id') === definition.key));
  const id = isTaken ? context.freeId(`Process_${definition.key}`) : definition.key;
  const process = newDraft('bpmn:process', { id, isExecutable: 'true' });
  if (isTaken) setFields(process, { key: definition.key });
  const children = (context.definitions.children ??= []);
  if (replaced) children.splice(children.indexOf(replaced), 1, process);
  else context.addRoot(process);
  writeProcess(process, { key: definition.key }, definition, beforeOf(newDraft('bpmn:process'), {}), context);
  addDiagram(process, definition, context);
}

function updateProcess(process: Draft, definition: ProcessDefinition, document: BpmnDocument, options: ImportOptions, context: ExportContext): void {
  const source = callableElements(document.definitions).find((element) => idOf(element) === idOf(process));
  const old: Candidate = source ? readProcess(source, new ImportContext(document, options)) : {};
  const before = beforeOf(process, old);
  const idsBefore = new Set(before.drafts.keys());
  writeProcess(process, old, definition, before, context);
  const idsAfter = new Set(draftsById(process).keys());
  removeReferences(context.definitions, new Set([...idsBefore].filter((id) => !idsAfter.has(id))));
  updateDiagram(process, definition, before.candidates, context);
}

function writeProcess(process: Draft, old: Candidate, definition: ProcessDefinition, before: Before, context: ExportContext): void {
  const { flowElements, sequenceFlows, ...head } = definition;
  if (!isJsonEqual(old['name'], definition.name)) writeName(process, definition.name);
  if (!isJsonEqual(old['documentation'], definition.documentation)) replaceChildren(process, 'bpmn:documentation', definition.documentation === undefined ? [] : [textDraft('bpmn:documentation', definition.documentation)]);
  writeFields(process, old, head);
  if (attributeOf(process, 'isExecutable') === undefined) setAttribute(process, 'isExecutable', 'true');
  writeContainer(process, { flowElements, sequenceFlows }, before, flowEnds(allFlows(definition)), context);
}

function beforeOf(process: Draft, old: Candidate): Before {
  const candidates = candidatesById(old);
  return { drafts: draftsById(process), candidates, ...flowEnds([...candidates.values()]) };
}

function draftsById(process: Draft): Map<string, Draft> {
  const byId = new Map<string, Draft>();
  for (const draft of allDrafts(process)) {
    const id = draft.namespace === undefined ? attributeOf(draft, 'id') : undefined;
    if (id !== undefined && draft !== process) byId.set(id, draft);
  }
  return byId;
}

function candidatesById(container: Candidate): Map<string, Candidate> {
  const byId = new Map<string, Candidate>();
  // What readProcess gives has lists of candidates under these two keys.
  for (const element of [...((container['flowElements'] ?? []) as Candidate[]), ...((container['sequenceFlows'] ?? []) as Candidate[])]) {
    byId.set(String(element['id']), element);
    if ('flowElements' in element) for (const [id, inner] of candidatesById(element)) byId.set(id, inner);
  }
  return byId;
}

function allFlows(container: Container): SequenceFlow[] {
  return [...container.sequenceFlows, ...container.flowElements.flatMap((element) => ('flowElements' in element ? allFlows(element) : []))];
}

function idsOf(container: Container): Set<string> {
  const all = [...container.flowElements, ...container.sequenceFlows].flatMap((element: FlowElement | SequenceFlow) => ('flowElements' in element ? [element.id, ...idsOf(element)] : [element.id]));
  return new Set(all);
}
