/**
 * Collects the keys that resolvers of one tick ask for, and reads them in one query. One loader lives as long
 * as one request, so that what it remembers cannot grow old.
 */
export function createBatchLoader<Value>(readMany: (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>): (key: string) => Promise<Value | undefined> {
  const known = new Map<string, Promise<Value | undefined>>();
  let batch: { readonly keys: Set<string>; readonly values: Promise<ReadonlyMap<string, Value>> } | undefined;

  return (key) => {
    const before = known.get(key);
    if (before) return before;
    if (!batch) {
      const keys = new Set<string>();
      const values = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
        batch = undefined;
        return readMany([...keys]);
      });
      batch = { keys, values };
    }
    batch.keys.add(key);
    const value = batch.values.then((values) => values.get(key));
    known.set(key, value);
    return value;
  };
}
