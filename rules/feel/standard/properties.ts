import { FeelDate, FeelDateTime, FeelDuration, FeelRange, FeelTime } from 'feelin';
import { combine, durationBetween, momentOf, offsetSeconds, parseDateText, secondsDuration, totalMonths, wholeSeconds } from './temporal.ts';

/** What a path finds in a value that is no context; undefined for a name that it does not have. DMN 1.5 §10.3.2.13, tables 65 and 66. */
export function propertyOf(value: unknown, name: string): unknown {
  if (value instanceof FeelRange) return rangeProperties.has(name) ? (value as unknown as Readonly<Record<string, unknown>>)[name] : undefined;
  if (value instanceof FeelDate) return dateProperty(value, name);
  if (value instanceof FeelDateTime) return dateProperty(value, name) ?? timeProperty(value, name);
  if (value instanceof FeelTime) return timeProperty(value, name);
  return value instanceof FeelDuration ? durationProperty(value, name) : undefined;
}

const rangeProperties: ReadonlySet<string> = new Set(['start', 'end', 'start included', 'end included']);

function dateProperty(value: FeelDate | FeelDateTime, name: string): unknown {
  return name === 'year' || name === 'month' || name === 'day' || name === 'weekday' ? value[name] : undefined;
}

function timeProperty(value: FeelTime | FeelDateTime, name: string): unknown {
  const plain = value.unwrap();
  if (name === 'hour' || name === 'minute') return plain[name];
  if (name === 'second') return plain.second + plain.millisecond / 1e3 + plain.microsecond / 1e6 + plain.nanosecond / 1e9;
  if (name === 'timezone') return value.zone === null || offsetSeconds(value.zone) !== null ? null : value.zone;
  return name === 'time offset' ? offsetOf(value) : undefined;
}

const referenceDate = parseDateText('1970-01-01');

function offsetOf(value: FeelTime | FeelDateTime): FeelDuration | null {
  if (value.zone === null) return null;
  const fixed = offsetSeconds(value.zone);
  if (fixed !== null) return secondsDuration(fixed);
  const zoned = value instanceof FeelDateTime ? value : referenceDate && combine(referenceDate, value);
  return zoned ? durationBetween(momentOf(zoned), momentOf(new FeelDateTime(zoned.unwrap(), null))) : null;
}

function durationProperty(value: FeelDuration, name: string): unknown {
  if (value.yearsMonths) {
    const months = totalMonths(value);
    return name === 'years' ? Math.trunc(months / 12) : name === 'months' ? months % 12 : undefined;
  }
  const { seconds: whole, nanoseconds } = wholeSeconds(value);
  switch (name) {
    case 'days':
      return Math.trunc(whole / 86_400);
    case 'hours':
      return Math.trunc(whole / 3_600) % 24;
    case 'minutes':
      return Math.trunc(whole / 60) % 60;
    case 'seconds':
      return (whole % 60) + nanoseconds / 1e9;
    default:
      return undefined;
  }
}
