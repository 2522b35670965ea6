/** A path is told to people and logs: what a caller wrote into it is cut. */
const maximumPathLength = 200;

/**
 * Where a text stands that PostgreSQL does not keep in columns and JSON: NUL, and halves of characters. Names of members count too.
 * The place is the path in dots, cut to 200 characters and without what it cannot keep; undefined for none. However deep the
 * value is: the walk keeps a list of its own. PostgreSQL 16 §8.14.
 */
export function unstorable(value: unknown, path = ''): string | undefined {
  const open: { readonly value: unknown; readonly path: string }[] = [{ value, path }];
  for (let next = open.pop(); next; next = open.pop()) {
    if (typeof next.value === 'string' && isUnstorable(next.value)) return next.path;
    if (typeof next.value !== 'object' || next.value === null) continue;
    for (const [name, item] of Object.entries(next.value)) {
      const at = next.path === '' ? name : `${next.path}.${name}`.slice(0, maximumPathLength);
      if (isUnstorable(name)) return next.path;
      open.push({ value: item, path: at });
    }
  }
  return undefined;
}

function isUnstorable(text: string): boolean {
  return text.includes('\u0000') || /\p{Surrogate}/u.test(text);
}

/** Whether a JSON value goes deeper than so many levels, so that nothing that walks it exhausts the stack. */
export function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((item) => isDeeperThan(item, levels - 1));
}
