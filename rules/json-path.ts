/** One step of a path: a name or index, several of them, all children, a slice, or all descendants. */
export type PathStep =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'keys'; readonly keys: readonly string[] }
  | { readonly kind: 'all' }
  | { readonly kind: 'slice'; readonly start: number; readonly end: number; readonly step: number }
  | { readonly kind: 'descendants' };

const plainPath = /^\$(\.[A-Za-z_][A-Za-z0-9_]*|\[\d{1,6}\])*$/;
const step = /\.\.(?=[A-Za-z_[*])|\.?\*|\.?([A-Za-z_][A-Za-z0-9_]*)|\[\*\]|\[(\d{1,6})\]|\[(\d{1,6}(?:,\d{1,6})+)\]|\[(?:'([^'"\]\\,.;:~^@()*$?`#%]+)'|"([^'"\]\\,.;:~^@()*$?`#%]+)")\]|\[(-?\d{0,6}):(-?\d{0,6})(?::(\d{0,6}))?\]/y;

/** Each `..` may start from every place that the one before it found, so that many of them take time without end. */
export const maximumDescents = 3;

/** Whether a path has names and indexes only, so that it leads to one place: `$.order.items[0].dose`. */
export function isPlainPath(path: string): boolean {
  return plainPath.test(path);
}

/**
 * Reads a JSONPath as jsonpath-plus does: names, quoted names, indexes, lists of indexes, slices, `*` and at most three `..`. Undefined
 * for anything else: filters, scripts, parents and types run code or leave the value.
 */
export function parseJsonPath(path: string): readonly PathStep[] | undefined {
  if (!path.startsWith('$')) return undefined;
  const steps: PathStep[] = [];
  let at = 1;
  while (at < path.length) {
    step.lastIndex = at;
    const match = step.exec(path);
    if (!match) return undefined;
    const [text, name, index, indexes, single, double, start, end, by] = match;
    // A bare name follows a dot, or the dots of a descent.
    const afterDescent = steps.at(-1)?.kind === 'descendants';
    if (!text.startsWith('.') && !text.startsWith('[') && !afterDescent) return undefined;
    if (text.startsWith('.') && text !== '..' && afterDescent) return undefined;
    const key = name ?? index ?? single ?? double;
    if (text === '..') steps.push({ kind: 'descendants' });
    else if (key !== undefined) steps.push({ kind: 'key', key });
    else if (indexes !== undefined) steps.push({ kind: 'keys', keys: indexes.split(',') });
    else if (start !== undefined && end !== undefined) steps.push({ kind: 'slice', start: Number(start), end: end === '' ? Infinity : Number(end) || Infinity, step: Number(by ?? '') || 1 });
    else steps.push({ kind: 'all' });
    at += text.length;
  }
  if (steps.at(-1)?.kind === 'descendants') return undefined;
  return steps.filter(({ kind }) => kind === 'descendants').length > maximumDescents ? undefined : steps;
}

interface Found {
  readonly value: unknown;
  /** Found by a step that can find several: the answer is a list then. */
  readonly isOneOfMany: boolean;
}

/** What a path finds in a value, as json-rules-engine asks for it: one value, a list where the path can lead to several, undefined for nothing. */
export function followPath(steps: readonly PathStep[], value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const found: Found[] = [];
  trace(steps, 0, value, false, found);
  const [only] = found;
  if (!only) return undefined;
  return found.length === 1 && !only.isOneOfMany ? only.value : found.map((each) => each.value);
}

function trace(steps: readonly PathStep[], at: number, value: unknown, isOneOfMany: boolean, found: Found[]): void {
  const next = steps[at];
  if (!next) {
    found.push({ value, isOneOfMany });
    return;
  }
  const follow = (key: string, many: boolean): void => {
    if (typeof value === 'object' && value !== null && Object.hasOwn(value, key)) trace(steps, at + 1, (value as Readonly<Record<string, unknown>>)[key], many, found);
  };
  switch (next.kind) {
    case 'key':
      return follow(next.key, isOneOfMany);
    case 'keys':
      for (const key of next.keys) follow(key, true);
      return;
    case 'all':
      for (const key of childKeys(value)) follow(key, true);
      return;
    case 'slice': {
      if (!Array.isArray(value)) return;
      const place = (index: number): number => (index < 0 ? Math.max(0, index + value.length) : Math.min(value.length, index));
      for (let index = place(next.start); index < place(next.end); index += next.step) follow(String(index), true);
      return;
    }
    case 'descendants':
      trace(steps, at + 1, value, isOneOfMany, found);
      for (const key of childKeys(value)) {
        const child: unknown = (value as Readonly<Record<string, unknown>>)[key];
        if (typeof child === 'object') trace(steps, at, child, true, found);
      }
  }
}

/** In a list its indexes, in an object its own names; nothing in other values. */
function childKeys(value: unknown): readonly string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}
