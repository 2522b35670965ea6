import { jsonSize, objectSize } from './json-size.ts';
import type { Json } from './json.ts';
import type { ProcessState } from './state.ts';

/** Whether the state as JSON in UTF-8 is over the limit, to within a few names and commas. What did not change is not measured again. */
export function isLargerThan(state: ProcessState, limitBytes: number): boolean {
  return size(state, largestSize) > limitBytes && size(state, jsonSize) > limitBytes;
}

function size(state: ProcessState, sizeOf: (value: Json) => number): number {
  let bytes = 0;
  for (const map of [state.scopes, state.elementInstances, state.userTasks, state.timers, state.subscriptions, state.incidents]) {
    for (const id in map) {
      const entry = map[id];
      if (entry) bytes += id.length + 4 + ('variables' in entry ? variablesSize(entry.variables, sizeOf) : objectSize(entry));
    }
  }
  return bytes;
}

function variablesSize(variables: { readonly [name: string]: Json }, sizeOf: (value: Json) => number): number {
  let bytes = 64;
  for (const name in variables) bytes += name.length + 4 + sizeOf(variables[name] ?? null);
  return bytes;
}

/** Never less than the size, and quick for long text: most states are far from the limit. */
function largestSize(value: Json): number {
  return typeof value === 'string' ? value.length * 6 + 2 : jsonSize(value);
}
