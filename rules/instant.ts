const instantPattern = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:(Z)|([+-])(\d{2}):(\d{2}))$/;
const canonicalPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const dayMs = 86_400_000;

/** Days since 1970-01-01 of an existing calendar day `YYYY-MM-DD`, else undefined. Proleptic Gregorian. */
export function dateToEpochDay(text: string): number | undefined {
  if (text.length !== 10 || text[4] !== '-' || text[7] !== '-') return undefined;
  return epochDay(digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2));
}

function epochDay(year: number, month: number, day: number): number | undefined {
  if (!(year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month))) return undefined;
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}

/** Milliseconds since 1970-01-01T00:00Z of an ISO 8601 date-time with an offset, else undefined. */
export function instantToEpochMs(text: string): number | undefined {
  return canonicalToEpochMs(text) ?? anyToEpochMs(text);
}

/** The usual form, read digit by digit: ages are counted in every decision, and patterns are ten times slower. */
function canonicalToEpochMs(text: string): number | undefined {
  if (text.length !== 24 || text[4] !== '-' || text[7] !== '-' || text[10] !== 'T' || text[13] !== ':' || text[16] !== ':' || text[19] !== '.' || text[23] !== 'Z') return undefined;
  const hour = digits(text, 11, 2);
  const minute = digits(text, 14, 2);
  const second = digits(text, 17, 2);
  const ms = digits(text, 20, 3);
  const day = epochDay(digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2));
  // NaN, where a digit was none, fails every comparison.
  return day !== undefined && hour <= 23 && minute <= 59 && second <= 59 && ms >= 0 ? day * dayMs + hour * 3_600_000 + minute * 60_000 + second * 1_000 + ms : undefined;
}

function digits(text: string, from: number, length: number): number {
  let value = 0;
  for (let index = from; index < from + length; index += 1) {
    const digit = text.charCodeAt(index) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

function anyToEpochMs(text: string): number | undefined {
  const match = instantPattern.exec(text);
  if (!match) return undefined;
  const [, date = '', hour, minute, second = '0', fraction = '', , sign, offsetHour = '0', offsetMinute = '0'] = match;
  const day = dateToEpochDay(date);
  if (day === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59 || Number(offsetHour) > 14 || Number(offsetMinute) > 59) return undefined;
  const offset = (sign === '-' ? -1 : 1) * (Number(offsetHour) * 60 + Number(offsetMinute));
  return day * dayMs + (Number(hour) * 60 + Number(minute) - offset) * 60_000 + Number(second) * 1_000 + Number(fraction.slice(0, 3).padEnd(3, '0'));
}

/** The same instant as `YYYY-MM-DDTHH:mm:ss.sssZ`, which sorts as text; undefined when `text` is none. */
export function canonicalInstant(text: string): string | undefined {
  const ms = instantToEpochMs(text);
  if (ms === undefined) return undefined;
  return canonicalPattern.test(text) ? text : epochMsToInstant(ms);
}

/** The instant of milliseconds since 1970-01-01T00:00Z. */
export function epochMsToInstant(ms: number): string {
  const days = Math.floor(ms / dayMs);
  const rest = ms - days * dayMs;
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9);
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const pad = (value: number, length: number): string => String(value).padStart(length, '0');
  const time = `${pad(Math.floor(rest / 3_600_000), 2)}:${pad(Math.floor(rest / 60_000) % 60, 2)}:${pad(Math.floor(rest / 1_000) % 60, 2)}.${pad(rest % 1_000, 3)}`;
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}T${time}Z`;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Milliseconds of a days and time duration such as `P1DT12H`, else undefined. */
export function durationToMilliseconds(text: string): number | undefined {
  const match = /^P(?=\d|T\d)(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text);
  if (!match) return undefined;
  const [, days = '0', hours = '0', minutes = '0', seconds = '0'] = match;
  return Number(days) * dayMs + Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1_000;
}
