import type { z } from 'zod';
import type { DefinitionFinding } from '../failure.ts';
import { processDefinitionSchema, type ProcessDefinition } from './process-definition.ts';

/** A definition, or what keeps the JSON from being one. */
export type ParsedDefinition = { readonly ok: true; readonly definition: ProcessDefinition } | { readonly ok: false; readonly findings: readonly DefinitionFinding[] };

/** Reads the JSON form of a process. Each finding names the JSON path and, where there is one, the element. */
export function parseDefinition(json: unknown): ParsedDefinition {
  const parsed = processDefinitionSchema.safeParse(json);
  if (parsed.success) return { ok: true, definition: parsed.data };
  return { ok: false, findings: parsed.error.issues.flatMap((issue) => findingsOf(issue, json, [])) };
}

function findingsOf(issue: z.core.$ZodIssue, json: unknown, base: readonly PropertyKey[]): DefinitionFinding[] {
  const path = [...base, ...issue.path];
  if (issue.code === 'invalid_union') {
    // Of the alternatives, the one that got furthest tells what was meant.
    const branches = issue.errors.map((branch) => branch.flatMap((inner) => findingsOf(inner, json, path)));
    const closest = branches.filter((branch) => branch.length > 0).sort((left, right) => depthOf(right) - depthOf(left) || left.length - right.length)[0];
    if (closest) return closest;
  }
  const elementId = nearestId(json, path);
  return [{ code: 'SCHEMA', severity: 'error', message: issue.message, path: `/${path.map(String).join('/')}`, ...(elementId === undefined ? {} : { elementId }) }];
}

function depthOf(findings: readonly DefinitionFinding[]): number {
  return Math.min(...findings.map(({ path = '', message }) => path.split('/').length + (path.endsWith('/type') && !message.includes('discriminator') ? -100 : 0)));
}

function nearestId(json: unknown, path: readonly PropertyKey[]): string | undefined {
  let value: unknown = json;
  let id: string | undefined;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) break;
    value = (value as Record<PropertyKey, unknown>)[key];
    if (typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string') id = value.id;
  }
  return id;
}
