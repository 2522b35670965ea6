import { BpmnModdle, type PropertyDescriptor, type TypeDescriptor } from 'bpmn-moddle';

const { registry } = new BpmnModdle();
// The packages of colours extend others and have no types of their own.
const types: ReadonlySet<string> = new Set(Object.keys(registry.typeMap).filter((type) => /^(bpmn|bpmndi|dc|di):/.test(type)));
const descriptors = new Map<string, TypeDescriptor>();

/** What the metamodel says about a child element: its type, and whether its text is an id. */
export interface ChildKind {
  /** For example `bpmn:UserTask`; absent when the metamodel has no such child. */
  readonly type?: string;
  readonly isReference: boolean;
  /** Place among the children of the parent, as the XML schema orders them. */
  readonly rank: number;
}

const unknownChild: ChildKind = { isReference: false, rank: Number.MAX_SAFE_INTEGER };
const childKinds = new Map<string, ChildKind>();

function descriptorOf(type: string): TypeDescriptor | undefined {
  let descriptor = descriptors.get(type);
  if (!descriptor && types.has(type)) {
    descriptor = registry.getEffectiveDescriptor(type);
    descriptors.set(type, descriptor);
  }
  return descriptor;
}

/** `bpmn:userTask` → `bpmn:UserTask`, where that is a type. */
export function typeOfName(name: string): string | undefined {
  const colon = name.indexOf(':');
  const type = `${name.slice(0, colon + 1)}${name.charAt(colon + 1).toUpperCase()}${name.slice(colon + 2)}`;
  return types.has(type) ? type : undefined;
}

/** Whether the type is `ancestor` or one of its subtypes. */
export function isKindOf(type: string | undefined, ancestor: string): boolean {
  return type !== undefined && (descriptorOf(type)?.allTypes.some(({ name }) => name === ancestor) ?? false);
}

/** The kind of a child by the type of its parent and its own name. */
export function childKind(parentType: string | undefined, name: string): ChildKind {
  if (parentType === undefined) return unknownChild;
  const key = `${parentType} ${name}`;
  let kind = childKinds.get(key);
  if (!kind) {
    kind = findChildKind(parentType, name);
    childKinds.set(key, kind);
  }
  return kind;
}

function findChildKind(parentType: string, name: string): ChildKind {
  const properties = descriptorOf(parentType)?.properties ?? [];
  const type = typeOfName(name);
  if (type !== undefined) {
    const rank = properties.findIndex((property) => !property.isReference && isKindOf(type, property.type));
    if (rank >= 0) return { type, isReference: false, rank };
  }
  const rank = properties.findIndex((property) => property.ns.name === name && !property.isAttr);
  const property = properties[rank];
  if (property) return { type: property.type, isReference: property.isReference === true, rank };
  return type === undefined ? unknownChild : { ...unknownChild, type };
}

const attributeTables = new Map<string, ReadonlyMap<string, PropertyDescriptor>>();

/** The attributes of a type without a namespace, by name. */
export function attributesOfType(type: string): ReadonlyMap<string, PropertyDescriptor> {
  let table = attributeTables.get(type);
  if (!table) {
    table = new Map((descriptorOf(type)?.properties ?? []).filter((property) => property.isAttr).map((property) => [property.ns.localName, property]));
    attributeTables.set(type, table);
  }
  return table;
}

const flowElementNames: ReadonlySet<string> = new Set([...types].filter((type) => isKindOf(type, 'bpmn:FlowElement')).map((type) => `bpmn:${type.charAt(5).toLowerCase()}${type.slice(6)}`));

/** Whether an element of this name is a flow element: a node, a sequence flow, or data. */
export function isFlowElementName(name: string): boolean {
  return flowElementNames.has(name);
}
