import { objectSize } from './json-size.ts';
import type { ProcessState } from './state.ts';

/** Bytes of the state as JSON in UTF-8, to within a few names and commas: what did not change is not measured again. */
export function stateSize(state: ProcessState): number {
  let bytes = 0;
  for (const map of [state.scopes, state.elementInstances, state.userTasks, state.timers, state.subscriptions, state.incidents]) {
    for (const id in map) {
      const entry = map[id];
      if (entry) bytes += id.length + 4 + ('variables' in entry ? variablesSize(entry.variables) : objectSize(entry));
    }
  }
  return bytes;
}

function variablesSize(variables: object): number {
  let bytes = 64;
  for (const [name, value] of Object.entries(variables) as [string, unknown][]) {
    bytes += name.length + 4 + (typeof value === 'object' && value !== null ? objectSize(value) : typeof value === 'string' ? value.length * 3 + 2 : 20);
  }
  return bytes;
}
