/**
 * ISO 8601 instants and durations without a clock: `YYYY-MM-DDTHH:mm:ss.sssZ` text is all that state holds.
 * Calendar arithmetic follows the proleptic Gregorian calendar in UTC.
 */

const instantPattern = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:\d{2})?)?$/;
const durationPattern = /^(-)?P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,9}))?S)?)?$/;
const dayMs = 86_400_000;
const daysOfMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** A duration as its calendar part and its exact part. */
export interface Duration {
  readonly months: number;
  readonly ms: number;
}

/** Milliseconds since 1970-01-01T00:00:00Z of a date or date-time; UTC where no offset is given. Undefined when the text is none. */
export function parseInstant(text: string): number | undefined {
  const match = instantPattern.exec(text);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map((index) => Number(match[index] ?? 0)) as [number, number, number, number, number, number];
  if (month < 1 || month > 12 || day < 1 || day > monthLength(year, month) || hour > 23 || minute > 59 || second > 59) return undefined;
  const milliseconds = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3));
  return daysFromCivil(year, month, day) * dayMs + ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds - offsetMs(match[8]);
}

/** The instant as `YYYY-MM-DDTHH:mm:ss.sssZ`. Undefined outside the years 0000–9999. */
export function formatInstant(epochMs: number): string | undefined {
  const days = Math.floor(epochMs / dayMs);
  const rest = Math.floor(epochMs - days * dayMs);
  const { year, month, day } = civilFromDays(days);
  if (!(year >= 0 && year <= 9999)) return undefined;
  const time = [Math.floor(rest / 3_600_000), Math.floor(rest / 60_000) % 60, Math.floor(rest / 1000) % 60].map((part) => pad(part, 2)).join(':');
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}T${time}.${pad(rest % 1000, 3)}Z`;
}

/** An ISO 8601 duration. Undefined when the text is none. */
export function parseDuration(text: string): Duration | undefined {
  const match = durationPattern.exec(text);
  if (!match || text.endsWith('P') || text.endsWith('T')) return undefined;
  const part = (index: number): number => Number(match[index] ?? 0);
  const seconds = ((part(4) * 7 + part(5)) * 24 + part(6)) * 3600 + part(7) * 60 + part(8);
  const sign = match[1] ? -1 : 1;
  return { months: sign * (part(2) * 12 + part(3)), ms: sign * (seconds * 1000 + Number((match[9] ?? '').padEnd(3, '0').slice(0, 3))) };
}

/** The instant `duration` after another: months first, held at the month's end, then the exact part. Undefined outside the years 0000–9999. */
export function addDuration(epochMs: number, duration: Duration): number | undefined {
  if (duration.months === 0) return inRange(epochMs + duration.ms);
  const days = Math.floor(epochMs / dayMs);
  const { year, month, day } = civilFromDays(days);
  const target = year * 12 + (month - 1) + duration.months;
  const targetYear = Math.floor(target / 12);
  const targetMonth = target - targetYear * 12 + 1;
  const targetDay = Math.min(day, monthLength(targetYear, targetMonth));
  return inRange(daysFromCivil(targetYear, targetMonth, targetDay) * dayMs + (epochMs - days * dayMs) + duration.ms);
}

function inRange(epochMs: number): number | undefined {
  return formatInstant(epochMs) === undefined ? undefined : epochMs;
}

function pad(value: number, length: number): string {
  return String(value).padStart(length, '0');
}

function offsetMs(offset: string | undefined): number {
  if (offset === undefined || offset === 'Z') return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6));
  return (offset.startsWith('-') ? -minutes : minutes) * 60_000;
}

function monthLength(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && isLeap ? 29 : (daysOfMonth[month - 1] ?? 0);
}

/** Days since 1970-01-01, counted in years that begin on 1 March so that the leap day is last. */
function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}

function civilFromDays(days: number): { year: number; month: number; day: number } {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthIndex = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day: dayOfYear - Math.floor((153 * monthIndex + 2) / 5) + 1 };
}
