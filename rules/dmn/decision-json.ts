import { feelText, isContext, isNumber, setEntry, toPlainNumber } from '../feel/standard/index.ts';
import type { JsonValue } from '../feel/to-json.ts';

/** A value of a model as JSON: dates, times, durations, ranges and functions as FEEL writes them, with their own offsets. */
export function decisionJson(value: unknown): JsonValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (isNumber(value)) return toPlainNumber(value);
  if (Array.isArray(value)) return value.map(decisionJson);
  if (!isContext(value)) return feelText(value);
  const context: Record<string, JsonValue> = {};
  for (const [key, entry] of Object.entries(value)) setEntry(context, key, decisionJson(entry));
  return context;
}
