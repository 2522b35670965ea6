import type { ProcessState } from './state.ts';

/** The ids of the elements at which tokens are, joins that wait included, each once, in the order of arrival. */
export function activeElements(state: ProcessState): string[] {
  const ids = new Set<string>();
  for (const { elementId } of Object.values(state.elementInstances)) ids.add(elementId);
  for (const { joins } of Object.values(state.scopes)) for (const elementId of Object.keys(joins ?? {})) ids.add(elementId);
  return [...ids];
}
