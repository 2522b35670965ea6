import { FeelDate, FeelDateTime, FeelDuration, FeelRange, FeelTime } from 'feelin';
import { FeelError } from './feel-error.ts';
import { dateTimeToInstant, describe } from './temporal-values.ts';

/** Any JSON value, readonly. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/**
 * A FEEL value as JSON: date `YYYY-MM-DD`, time and durations ISO 8601, date-time an instant in UTC (a local
 * one is taken in `zone`), a range its four properties. Fails: FEEL_VALUE for a function or a number that
 * JSON cannot hold.
 */
export function toJson(value: unknown, zone = 'UTC'): JsonValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return value;
    throw new FeelError('FEEL_VALUE', 'Expected a finite number, but found one that JSON cannot hold');
  }
  if (Array.isArray(value)) return value.map((element) => toJson(element, zone));
  if (value instanceof FeelDateTime) return dateTimeToInstant(value, zone);
  if (value instanceof FeelDate || value instanceof FeelTime || value instanceof FeelDuration) return value.toString();
  if (value instanceof FeelRange || (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype)) {
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, toJson(entry, zone)]));
  }
  throw new FeelError('FEEL_VALUE', `Expected a value that JSON can hold, but found ${describe(value)}`);
}
