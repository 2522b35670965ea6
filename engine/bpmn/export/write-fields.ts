import { isExtensionField } from '../careloop-fields.ts';
import type { Candidate } from '../import/read-fields.ts';
import { rawFields } from '../import/read-fields.ts';
import { isJsonEqual } from '../json-equal.ts';
import { childDrafts, newDraft, placeChild, removeChildren, textDraft, type Draft } from './draft.ts';

/** Puts into `careloop:fields` what has changed between two states of an element and is not BPMN's own. */
export function writeFields(draft: Draft, old: Candidate, wanted: Candidate): void {
  const fields = { ...(rawFields(draft) ?? {}) };
  const before = { ...fields };
  for (const key of new Set([...Object.keys(old), ...Object.keys(wanted)])) {
    if (!isExtensionField(key) || isJsonEqual(old[key], wanted[key])) continue;
    const value = key === 'name' ? nameField(wanted[key]) : wanted[key];
    if (value === undefined) Reflect.deleteProperty(fields, key);
    else fields[key] = value;
  }
  if (!isJsonEqual(before, fields)) setFields(draft, fields);
}

/** BPMN has one name; both are kept where they differ. */
function nameField(name: unknown): unknown {
  if (typeof name !== 'object' || name === null || !('zh-CN' in name) || !('en' in name)) return undefined;
  return name['zh-CN'] === name.en && name.en !== '' ? undefined : name;
}

/** Replaces the whole of `careloop:fields`; without a field, it goes. */
export function setFields(draft: Draft, fields: Candidate): void {
  const [extensions] = childDrafts(draft, 'bpmn:extensionElements');
  if (extensions) removeChildren(extensions, (child) => child.name === 'careloop:fields');
  if (Object.keys(fields).length === 0) {
    if (extensions && extensions.children === undefined && extensions.text === undefined) removeChildren(draft, (child) => child === extensions);
    return;
  }
  const element = textDraft('careloop:fields', JSON.stringify(fields));
  if (extensions) (extensions.children ??= []).push(element);
  else placeChild(draft, newDraft('bpmn:extensionElements', {}, [element]));
}
