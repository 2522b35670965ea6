import { FeelDate, FeelDateTime, FeelDuration, FeelTime } from 'feelin';
import { kindOf } from './feel-value.ts';
import { daySeconds, durationSize, epochSeconds, midnightOf, monthsDuration, offsetSeconds, secondsDuration, totalMonths, totalSeconds } from './temporal.ts';

/** The operators of FEEL's arithmetic. */
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '**';

/**
 * A result with 15 significant decimal digits, which every sum, product or quotient of decimal numbers of that size has
 * exactly: 0.1 + 0.2 = 0.3. Null when it is no number. DMN 1.5 §10.3.2.5 asks for 34 digits.
 */
export function decimal(value: number): number | null {
  if (!Number.isFinite(value)) return null;
  return Number.isInteger(value) ? value + 0 : Number(value.toPrecision(15));
}

/** Two values under an operator; null where the standard defines nothing. DMN 1.5 §10.3.2.13, tables 55 to 58. */
export function calculate(operator: ArithmeticOperator, left: unknown, right: unknown): unknown {
  if (typeof left === 'number' && typeof right === 'number') return numbers(operator, left, right);
  if (typeof left === 'string' && typeof right === 'string') return operator === '+' ? left + right : null;
  switch (operator) {
    case '+':
      return right instanceof FeelDuration && !(left instanceof FeelDuration) ? move(left, right, 1) : left instanceof FeelDuration ? (right instanceof FeelDuration ? addDurations(left, right, 1) : move(right, left, 1)) : null;
    case '-':
      if (right instanceof FeelDuration) return left instanceof FeelDuration ? addDurations(left, right, -1) : move(left, right, -1);
      return difference(left, right);
    case '*':
      if (left instanceof FeelDuration && typeof right === 'number') return scale(left, right);
      return right instanceof FeelDuration && typeof left === 'number' ? scale(right, left) : null;
    case '/':
      if (left instanceof FeelDuration && typeof right === 'number') return right === 0 ? null : scale(left, 1 / right, right);
      if (left instanceof FeelDuration && right instanceof FeelDuration && left.yearsMonths === right.yearsMonths) return durationSize(right) === 0 ? null : decimal(durationSize(left) / durationSize(right));
      return null;
    case '**':
      return null;
  }
}

/** The negative of a number or duration. */
export function negate(value: unknown): unknown {
  if (typeof value === 'number') return value === 0 ? 0 : -value;
  return value instanceof FeelDuration ? ofSize(value, -durationSize(value)) : null;
}

function numbers(operator: ArithmeticOperator, left: number, right: number): number | null {
  switch (operator) {
    case '+':
      return decimal(left + right);
    case '-':
      return decimal(left - right);
    case '*':
      return decimal(left * right);
    case '/':
      return right === 0 ? null : decimal(left / right);
    case '**':
      return decimal(left ** right);
  }
}

const ofSize = (like: FeelDuration, size: number): FeelDuration | null => (like.yearsMonths ? monthsDuration(size) : secondsDuration(size));

function scale(value: FeelDuration, factor: number, divisor?: number): FeelDuration | null {
  const size = divisor === undefined ? durationSize(value) * factor : durationSize(value) / divisor;
  return ofSize(value, decimal(size) ?? 0);
}

function addDurations(left: FeelDuration, right: FeelDuration, sign: 1 | -1): FeelDuration | null {
  if (left.yearsMonths !== right.yearsMonths) return null;
  return ofSize(left, decimal(durationSize(left) + sign * durationSize(right)) ?? 0);
}

/** A date, time or date and time, moved by a duration. */
function move(value: unknown, by: FeelDuration, sign: 1 | -1): unknown {
  try {
    if (value instanceof FeelDate) {
      if (by.yearsMonths) return new FeelDate(value.unwrap().add({ months: sign * totalMonths(by) }));
      return new FeelDate(midnightOf(value, null).unwrap().add(parts(sign * totalSeconds(by))).toPlainDate());
    }
    if (value instanceof FeelDateTime) {
      if (by.yearsMonths) return new FeelDateTime(value.unwrap().add({ months: sign * totalMonths(by) }), value.zone);
      return moveInstant(value, sign * totalSeconds(by));
    }
    if (value instanceof FeelTime && !by.yearsMonths) return new FeelTime(value.unwrap().add(parts(sign * totalSeconds(by))), value.zone);
    return null;
  } catch {
    return null;
  }
}

function moveInstant(value: FeelDateTime, seconds: number): FeelDateTime {
  if (value.zone === null || offsetSeconds(value.zone) !== null) return new FeelDateTime(value.unwrap().add(parts(seconds)), value.zone);
  return new FeelDateTime(value.unwrap().toZonedDateTime(value.zone).add(parts(seconds)).toPlainDateTime(), value.zone);
}

function parts(seconds: number): { readonly seconds: number; readonly nanoseconds: number } {
  const whole = Math.trunc(seconds);
  return { seconds: whole, nanoseconds: Math.round((seconds - whole) * 1e9) };
}

/** The time between two dates, times or dates and times; a date is its midnight in UTC. */
function difference(left: unknown, right: unknown): FeelDuration | null {
  if (left instanceof FeelTime && right instanceof FeelTime) {
    if ((left.zone === null) !== (right.zone === null)) return null;
    return secondsDuration(decimal(daySeconds(left) - daySeconds(right)) ?? 0);
  }
  const bothDates = kindOf(left) === 'date' && kindOf(right) === 'date';
  const [from, to] = [asDateTime(left, bothDates), asDateTime(right, bothDates)];
  if (!from || !to || (from.zone === null) !== (to.zone === null)) return null;
  return secondsDuration(decimal(epochSeconds(from) - epochSeconds(to)) ?? 0);
}

function asDateTime(value: unknown, local: boolean): FeelDateTime | null {
  if (value instanceof FeelDateTime) return value;
  return value instanceof FeelDate ? midnightOf(value, local ? null : 'UTC') : null;
}

