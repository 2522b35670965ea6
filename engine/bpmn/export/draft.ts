import type { BpmnElement } from '../document.ts';
import { childKind, typeOfName } from '../metamodel.ts';

/** A document's element while it is being changed. The document itself is never touched; drafts are copies. */
export interface Draft {
  name: string;
  namespace?: string;
  attributes?: Record<string, string>;
  text?: string;
  children?: DraftNode[];
}
export type DraftNode = Draft | { text: string } | { comment: string } | { instruction: string };

export function draftOf(element: BpmnElement): Draft {
  // A copy is nobody else's, so it may be written to.
  return structuredClone(element) as Draft;
}

export function newDraft(name: string, attributes: Readonly<Record<string, string>> = {}, children: readonly Draft[] = []): Draft {
  return { name, ...(Object.keys(attributes).length > 0 ? { attributes: { ...attributes } } : {}), ...(children.length > 0 ? { children: [...children] } : {}) };
}

export function textDraft(name: string, text: string, attributes: Readonly<Record<string, string>> = {}): Draft {
  return { ...newDraft(name, attributes), ...(text === '' ? {} : { text }) };
}

/** Sets an attribute, or takes it away. */
export function setAttribute(draft: Draft, name: string, value: string | undefined): void {
  const { [name]: _old, ...rest } = draft.attributes ?? {};
  if (value !== undefined) draft.attributes = { ...(draft.attributes ?? {}), [name]: value };
  else if (Object.keys(rest).length > 0) draft.attributes = rest;
  else delete draft.attributes;
}

export function isDraft(node: DraftNode): node is Draft {
  return 'name' in node;
}

export function childDrafts(draft: Draft, name?: string): Draft[] {
  return (draft.children ?? []).filter(isDraft).filter((child) => name === undefined || child.name === name);
}

/** Puts a child where the schema wants it: before the first child that belongs after it. */
export function placeChild(parent: Draft, child: Draft): void {
  const parentType = typeOfName(parent.name);
  const rank = childKind(parentType, child.name).rank;
  const children = (parent.children ??= []);
  const before = children.findIndex((node) => isDraft(node) && childKind(parentType, node.name).rank > rank);
  children.splice(before < 0 ? children.length : before, 0, child);
}

/** Takes away the children for which `isGone` holds. */
export function removeChildren(parent: Draft, isGone: (child: Draft) => boolean): void {
  const rest = (parent.children ?? []).filter((node) => !isDraft(node) || !isGone(node));
  if (rest.length === (parent.children ?? []).length) return;
  if (rest.length > 0) parent.children = rest;
  else delete parent.children;
}

/** Replaces all children of a name by the given ones; the first keeps its place. */
export function replaceChildren(parent: Draft, name: string, replacements: readonly Draft[]): void {
  const place = (parent.children ?? []).findIndex((node) => isDraft(node) && node.name === name);
  removeChildren(parent, (child) => child.name === name);
  if (replacements.length === 0) return;
  if (place < 0) for (const replacement of replacements) placeChild(parent, replacement);
  else (parent.children ??= []).splice(place, 0, ...replacements);
}

/** The element and all inside it. */
export function* allDrafts(draft: Draft): Generator<Draft> {
  yield draft;
  for (const child of draft.children ?? []) if (isDraft(child)) yield* allDrafts(child);
}
