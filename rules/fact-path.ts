import { followPath, isPlainPath, parseJsonPath } from './json-path.ts';

/**
 * Reads a path the way jsonpath-plus does: own properties only; undefined where it leads nowhere. The path must be one that
 * `parseJsonPath` can read.
 */
export function compileFactPath(path: string): (value: unknown) => unknown {
  if (!isPlainPath(path)) {
    const steps = parseJsonPath(path) ?? [];
    return (value) => followPath(steps, value);
  }
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
