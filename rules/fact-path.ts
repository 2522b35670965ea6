/**
 * Reads `$.a.b[0]` the way jsonpath-plus does: own properties only; undefined where the path ends early.
 * The path must match `factPathPattern`.
 */
export function compileFactPath(path: string): (value: unknown) => unknown {
  const keys = path.split(/[.[\]]/).filter((key) => key !== '' && key !== '$');
  return (value) => {
    let current = value;
    for (const key of keys) {
      if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return undefined;
      current = (current as Readonly<Record<string, unknown>>)[key];
    }
    return current;
  };
}
