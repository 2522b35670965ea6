/**
 * Where a text stands that PostgreSQL does not keep in columns and JSON: NUL, and halves of characters. Names of members count too.
 * The place is the path in dots; undefined for none. PostgreSQL 16 §8.14.
 */
export function unstorable(value: unknown, path = ''): string | undefined {
  if (typeof value === 'string') return value.includes('\u0000') || /\p{Surrogate}/u.test(value) ? path : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, item] of Object.entries(value)) {
    const at = path === '' ? name : `${path}.${name}`;
    const found = unstorable(name, at) ?? unstorable(item, at);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether a JSON value goes deeper than so many levels, so that nothing that walks it exhausts the stack. */
export function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((item) => isDeeperThan(item, levels - 1));
}
