import { entryOf, isContext, setEntry, type FeelContextValue } from '../feel-value.ts';
import { define } from './define.ts';

function valueAt(context: FeelContextValue, keys: readonly unknown[]): unknown {
  let value: unknown = context;
  for (const key of keys) {
    if (typeof key !== 'string' || !isContext(value)) return null;
    value = entryOf(value, key) ?? null;
  }
  return keys.length === 0 ? null : value;
}

function copyOf(context: FeelContextValue): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(context)) setEntry(copy, key, value);
  return copy;
}

function put(context: unknown, keys: readonly unknown[], value: unknown): FeelContextValue | null {
  const [key, ...rest] = keys;
  if (!isContext(context) || typeof key !== 'string') return null;
  const entry = rest.length === 0 ? value : put(Object.hasOwn(context, key) ? context[key] : null, rest, value);
  if (rest.length > 0 && entry === null) return null;
  const copy = copyOf(context);
  setEntry(copy, key, entry);
  return copy;
}

function fromEntries(entries: readonly unknown[]): FeelContextValue | null {
  const context: Record<string, unknown> = {};
  for (const entry of entries) {
    if (!isContext(entry) || typeof entry['key'] !== 'string' || !Object.hasOwn(entry, 'value') || Object.hasOwn(context, entry['key'])) return null;
    setEntry(context, entry['key'], entry['value']);
  }
  return context;
}

function merge(contexts: readonly unknown[]): FeelContextValue | null {
  if (!contexts.every(isContext)) return null;
  const merged: Record<string, unknown> = {};
  for (const context of contexts) for (const [key, value] of Object.entries(context)) setEntry(merged, key, value);
  return merged;
}

/** DMN 1.5 §10.3.4.10. */
export const contextBuiltins = [
  define('get value(m: context, key: string)', (context: FeelContextValue, key: string) => entryOf(context, key) ?? null),
  define('get value(context: context, keys: list)', valueAt),
  define('get entries(m: context)', (context: FeelContextValue) => Object.entries(context).map(([key, value]) => ({ key, value }))),
  define('context(entries: list)', fromEntries),
  define('context put(context: context, key: string, value: Any)', (context: FeelContextValue, key: string, value: unknown) => put(context, [key], value)),
  define('context put(context: context, keys: list, value: Any)', put),
  define('context merge(contexts: list)', merge),
];
