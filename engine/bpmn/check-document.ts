import type { DefinitionFinding } from '../failure.ts';
import type { BpmnDocument, BpmnElement } from './document.ts';
import { attributeOf, childrenOf, descendantsOf, idOf, textOf } from './element-access.ts';
import { attributesOfType, childKind, isKindOf, typeOfName } from './metamodel.ts';

/** References to data types: nothing runs by them, and many tools write the name of a type there. */
const typeReferences: ReadonlySet<string> = new Set(['structureRef', 'itemSubjectRef', 'itemRef', 'evaluatesToTypeRef', 'type', 'import', 'valueRef']);

/** Ids used twice, references to nothing, and BPMN elements that BPMN does not have. */
export function checkDocument(document: BpmnDocument): DefinitionFinding[] {
  const findings: DefinitionFinding[] = [];
  const ids = new Set<string>();
  for (const element of descendantsOf(document.definitions)) {
    const id = element.namespace === undefined ? idOf(element) : undefined;
    if (id === undefined) continue;
    if (ids.has(id)) findings.push({ code: 'DUPLICATE_ID', severity: 'error', elementId: id, message: `Expected every id once in the file, but ${id} is used twice` });
    ids.add(id);
  }
  visit(document.definitions, 'bpmn:Definitions', undefined, { document, ids, findings });
  return findings;
}

interface Visit {
  readonly document: BpmnDocument;
  readonly ids: ReadonlySet<string>;
  readonly findings: DefinitionFinding[];
}

function visit(element: BpmnElement, type: string, ownerId: string | undefined, context: Visit): void {
  const id = idOf(element) ?? ownerId;
  const attributes = attributesOfType(type);
  for (const name of Object.keys(element.attributes ?? {})) {
    if (attributes.get(name)?.isReference) checkReference(attributeOf(element, name) ?? '', name, id, context);
  }
  for (const child of childrenOf(element)) {
    if (child.namespace !== undefined || !child.name.startsWith('bpmn') || element.name === 'bpmn:extensionElements') continue;
    const kind = childKind(type, child.name);
    if (kind.isReference) checkReference(textOf(child), child.name.slice(child.name.indexOf(':') + 1), id, context);
    else if (kind.type === undefined) {
      context.findings.push({ code: 'ELEMENT_UNKNOWN', severity: 'warning', ...(id === undefined ? {} : { elementId: id }), message: `Expected an element of BPMN 2.0 in ${element.name}, but ${child.name} is none there; it is kept as it is` });
    } else visit(child, concreteType(child, kind.type), id, context);
  }
}

/** `xsi:type="bpmn:tFormalExpression"` makes an expression a formal one. */
function concreteType(element: BpmnElement, type: string): string {
  const name = attributeOf(element, 'xsi:type')?.replace(/^(\w+):t(?=[A-Z])/, '$1:');
  return name !== undefined && isKindOf(typeOfName(name), type) ? name : type;
}

function checkReference(text: string, field: string, elementId: string | undefined, { document, ids, findings }: Visit): void {
  const reference = referencedId(document, text);
  if (reference === undefined || ids.has(reference)) return;
  const severity = typeReferences.has(field) ? 'warning' : 'error';
  findings.push({ code: 'REFERENCE_NOT_FOUND', severity, ...(elementId === undefined ? {} : { elementId }), message: `Expected ${field} to name an element of the file, but there is no ${reference}` });
}

/**
 * The id that a reference names, its prefix taken off. Undefined for nothing, and for what lies outside the file:
 * a prefix of another namespace than the file's own.
 */
export function referencedId({ prefixes, definitions }: BpmnDocument, text: string): string | undefined {
  const name = text.trim();
  if (name === '') return undefined;
  const colon = name.indexOf(':');
  if (colon < 0) return name;
  const uri = prefixes[name.slice(0, colon)];
  return uri === undefined || uri === attributeOf(definitions, 'targetNamespace') ? name.slice(colon + 1) : undefined;
}
