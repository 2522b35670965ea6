import { FeelDate, FeelDateTime, FeelDuration, FeelTime } from 'feelin';
import { kindOf } from './feel-value.ts';
import { add, divide, isNumber, isZero, multiply, negateNumber, power, subtract, toPlainNumber, type FeelNumber } from './number.ts';
import { movedDate, movedDateTime, type Shift } from './far-date.ts';
import { durationBetween, durationSize, exactDuration, midnightOf, momentOf, momentOfTime, monthsDuration, offsetSeconds, secondsDuration, totalMonths, wholeSeconds } from './temporal.ts';

/** The operators of FEEL's arithmetic. */
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '**';

/** Two values under an operator; null where the standard defines nothing. DMN 1.5 §10.3.2.13, tables 55 to 58. */
export function calculate(operator: ArithmeticOperator, left: unknown, right: unknown): unknown {
  if (isNumber(left) && isNumber(right)) return numbers[operator](left, right);
  if (typeof left === 'string' && typeof right === 'string') return operator === '+' ? left + right : null;
  switch (operator) {
    case '+':
      return right instanceof FeelDuration && !(left instanceof FeelDuration) ? move(left, right, 1) : left instanceof FeelDuration ? (right instanceof FeelDuration ? addDurations(left, right, 1) : move(right, left, 1)) : null;
    case '-':
      if (right instanceof FeelDuration) return left instanceof FeelDuration ? addDurations(left, right, -1) : move(left, right, -1);
      return difference(left, right);
    case '*':
      if (left instanceof FeelDuration && isNumber(right)) return scale(left, toPlainNumber(right));
      return right instanceof FeelDuration && isNumber(left) ? scale(right, toPlainNumber(left)) : null;
    case '/':
      if (left instanceof FeelDuration && isNumber(right)) return isZero(right) ? null : scale(left, 1, toPlainNumber(right));
      if (left instanceof FeelDuration && right instanceof FeelDuration && left.yearsMonths === right.yearsMonths) return divide(durationSize(left), durationSize(right));
      return null;
    case '**':
      return null;
  }
}

/** The negative of a number or duration. */
export function negate(value: unknown): unknown {
  if (isNumber(value)) return negateNumber(value);
  return value instanceof FeelDuration ? ofSize(value, -durationSize(value)) : null;
}

const numbers: Readonly<Record<ArithmeticOperator, (left: FeelNumber, right: FeelNumber) => FeelNumber | null>> = { '+': add, '-': subtract, '*': multiply, '/': divide, '**': power };

/** Seconds without what binary fractions leave. */
const rounded = (size: number): number => (Number.isInteger(size) ? size : Number(size.toPrecision(15)));

const ofSize = (like: FeelDuration, size: number): FeelDuration | null => (like.yearsMonths ? monthsDuration(size) : secondsDuration(size));

function scale(value: FeelDuration, factor: number, divisor?: number): FeelDuration | null {
  const size = divisor === undefined ? durationSize(value) * factor : durationSize(value) / divisor;
  return ofSize(value, rounded(size));
}

function addDurations(left: FeelDuration, right: FeelDuration, sign: 1 | -1): FeelDuration | null {
  if (left.yearsMonths !== right.yearsMonths) return null;
  if (left.yearsMonths) return monthsDuration(totalMonths(left) + sign * totalMonths(right));
  const [first, second] = [wholeSeconds(left), wholeSeconds(right)];
  return exactDuration(first.seconds + sign * second.seconds, first.nanoseconds + sign * second.nanoseconds);
}

/** A date, time or date and time, moved by a duration. */
function move(value: unknown, by: FeelDuration, sign: 1 | -1): unknown {
  const shift = shiftOf(by, sign);
  try {
    if (value instanceof FeelDate) return new FeelDate(movedDate(value.unwrap(), shift));
    if (value instanceof FeelDateTime) return moveDateTime(value, shift);
    if (value instanceof FeelTime && !('months' in shift)) return new FeelTime(value.unwrap().add(shift), value.zone);
    return null;
  } catch {
    return null;
  }
}

function shiftOf(by: FeelDuration, sign: 1 | -1): Shift {
  if (by.yearsMonths) return { months: sign * totalMonths(by) };
  const { seconds, nanoseconds } = wholeSeconds(by);
  return { seconds: sign * seconds, nanoseconds: sign * nanoseconds };
}

/** Months move the wall clock; seconds pass as they do in the zone. */
function moveDateTime(value: FeelDateTime, shift: Shift): FeelDateTime {
  const { zone } = value;
  if (zone === null || 'months' in shift || offsetSeconds(zone) !== null) return new FeelDateTime(movedDateTime(value.unwrap(), shift), zone);
  return new FeelDateTime(value.unwrap().toZonedDateTime(zone).add(shift).toPlainDateTime(), zone);
}

/** The time between two dates, times or dates and times; a date is its midnight in UTC. */
function difference(left: unknown, right: unknown): FeelDuration | null {
  if (left instanceof FeelTime && right instanceof FeelTime) {
    if ((left.zone === null) !== (right.zone === null)) return null;
    return durationBetween(momentOfTime(right), momentOfTime(left));
  }
  const bothDates = kindOf(left) === 'date' && kindOf(right) === 'date';
  const [from, to] = [asDateTime(left, bothDates), asDateTime(right, bothDates)];
  if (!from || !to || (from.zone === null) !== (to.zone === null)) return null;
  return durationBetween(momentOf(to), momentOf(from));
}

function asDateTime(value: unknown, local: boolean): FeelDateTime | null {
  if (value instanceof FeelDateTime) return value;
  return value instanceof FeelDate ? midnightOf(value, local ? null : 'UTC') : null;
}

