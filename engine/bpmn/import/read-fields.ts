import type { z } from 'zod';
import type { BpmnElement } from '../document.ts';
import { childOf, textOf } from '../element-access.ts';
import { isJsonEqual } from '../json-equal.ts';
import type { ImportContext } from './import-context.ts';

/** A part of a definition that is still to be checked against its schema. */
export type Candidate = Record<string, unknown>;

/** The JSON in `careloop:fields`, as it stands; undefined when it is none. */
export function rawFields(element: BpmnElement): Candidate | undefined {
  const extensions = childOf(element, 'bpmn:extensionElements');
  const fields = extensions && childOf(extensions, 'careloop:fields');
  if (!fields) return {};
  try {
    const json: unknown = JSON.parse(textOf(fields));
    // A JSON object is a record of unknown values.
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Candidate) : undefined;
  } catch {
    return undefined;
  }
}

/** The fields that only Careloop knows. Reports FIELDS_INVALID for what the schema does not allow, inside too. */
export function readFields(element: BpmnElement, schema: z.ZodType<Candidate>, ownerId: string, context: ImportContext): Candidate {
  const json = rawFields(element);
  if (json === undefined) {
    context.report('FIELDS_INVALID', ownerId, 'Expected careloop:fields to hold a JSON object, but it does not');
    return {};
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues) context.report('FIELDS_INVALID', ownerId, `Expected careloop:fields to be as documented, but /${path.map(String).join('/')}: ${message}`);
    return json;
  }
  // Schemas drop what they do not know; here that would be a loss.
  if (!isJsonEqual(parsed.data, json)) context.report('FIELDS_INVALID', ownerId, 'Expected careloop:fields to hold known fields only, but inside there is another one');
  return json;
}
