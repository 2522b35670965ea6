import { Decimal } from 'decimal.js';

/**
 * A number of FEEL: one of JavaScript's where its decimal digits are all there, which is up to fifteen, else a decimal of up to 34
 * digits. DMN 1.5 §10.3.2.3.1 asks for IEEE 754-2008 decimal128.
 */
export type FeelNumber = number | Decimal;

/** decimal128: 34 digits, ties to even, exponents up to 6,144. */
const Decimal128 = Decimal.clone({ precision: 34, rounding: Decimal.ROUND_HALF_EVEN, minE: -6_176, maxE: 6_144, toExpNeg: -7_000, toExpPos: 7_000 });

const plainDigits = 15;
/** Six decimal places as an integer: with them nearly all amounts are exact in JavaScript's own arithmetic. */
const scale = 1e6;
const maximumScaled = 1e15;

export function isNumber(value: unknown): value is FeelNumber {
  return typeof value === 'number' || value instanceof Decimal;
}

/** The number of a text or decimal, rounded to 34 digits; null when it is none, or beyond decimal128. */
export function toFeelNumber(value: FeelNumber | string): FeelNumber | null {
  const decimal = new Decimal128(value).toSignificantDigits(34);
  if (!decimal.isFinite()) return null;
  if (decimal.precision() > plainDigits || Math.abs(decimal.e) > 300) return decimal.isZero() ? 0 : decimal;
  return decimal.toNumber() + 0;
}

/** The nearest of JavaScript's numbers, for places, counts and JSON. */
export function toPlainNumber(value: FeelNumber): number {
  return typeof value === 'number' ? value : value.toNumber();
}

/** Without an exponent, as FEEL writes it. */
export function numberText(value: FeelNumber): string {
  return new Decimal128(value).toFixed();
}

export function compareNumbers(left: FeelNumber, right: FeelNumber): number {
  if (typeof left === 'number' && typeof right === 'number') return left < right ? -1 : left > right ? 1 : 0;
  return new Decimal128(left).comparedTo(right);
}

/** The number times a million, when that is an integer that shows all of its digits; else NaN, which no comparison holds for. */
function scaled(value: FeelNumber): number {
  if (typeof value !== 'number') return Number.NaN;
  const integer = Math.round(value * scale);
  return Math.abs(integer) < maximumScaled && integer / scale === value ? integer : Number.NaN;
}

const areSafe = (left: FeelNumber, right: FeelNumber): left is number => Number.isSafeInteger(left) && Number.isSafeInteger(right);

export function add(left: FeelNumber, right: FeelNumber): FeelNumber | null {
  const sum = scaled(left) + scaled(right);
  return Math.abs(sum) < maximumScaled ? sum / scale : toFeelNumber(new Decimal128(left).plus(right));
}

export function subtract(left: FeelNumber, right: FeelNumber): FeelNumber | null {
  const difference = scaled(left) - scaled(right);
  return Math.abs(difference) < maximumScaled ? difference / scale : toFeelNumber(new Decimal128(left).minus(right));
}

export function multiply(left: FeelNumber, right: FeelNumber): FeelNumber | null {
  const product = scaled(left) * scaled(right);
  // Minus nothing is nothing.
  return Math.abs(product) < maximumScaled ? product / (scale * scale) + 0 : toFeelNumber(new Decimal128(left).times(right));
}

/** Null for a division by zero. */
export function divide(left: FeelNumber, right: FeelNumber): FeelNumber | null {
  if (isZero(right)) return null;
  const [dividend, divisor] = [scaled(left), scaled(right)];
  const quotient = Math.round((dividend / divisor) * scale);
  // Exact when it times the divisor is the dividend again, all of them integers.
  if (Math.abs(quotient * divisor) < maximumScaled && quotient * divisor === dividend * scale) return quotient / scale + 0;
  return toFeelNumber(new Decimal128(left).div(right));
}

/** Null where there is no real result, and for exponents out of the standard's range. */
export function power(left: FeelNumber, right: FeelNumber): FeelNumber | null {
  if (Math.abs(toPlainNumber(right)) > 999_999_999) return null;
  return toFeelNumber(new Decimal128(left).pow(right));
}

/** With the sign of the divisor; null for a divisor of zero. DMN 1.5 §10.3.4.5. */
export function modulo(dividend: FeelNumber, divisor: FeelNumber): FeelNumber | null {
  if (isZero(divisor)) return null;
  if (areSafe(dividend, divisor) && typeof divisor === 'number') return (((dividend % divisor) + divisor) % divisor) + 0;
  const decimal = new Decimal128(dividend);
  return toFeelNumber(decimal.minus(decimal.div(divisor).floor().times(divisor)));
}

export function negateNumber(value: FeelNumber): FeelNumber {
  if (typeof value === 'number') return value === 0 ? 0 : -value;
  return value.negated();
}

export function isZero(value: FeelNumber): boolean {
  return typeof value === 'number' ? value === 0 : value.isZero();
}

export function isNegative(value: FeelNumber): boolean {
  return typeof value === 'number' ? value < 0 : value.isNegative();
}

export function isInteger(value: FeelNumber): boolean {
  return typeof value === 'number' ? Number.isInteger(value) : value.isInteger();
}

export function squareRoot(value: FeelNumber): FeelNumber | null {
  return isNegative(value) ? null : toFeelNumber(new Decimal128(value).sqrt());
}

/** The natural logarithm; null for nothing and less. */
export function logarithm(value: FeelNumber): FeelNumber | null {
  return isNegative(value) || isZero(value) ? null : toFeelNumber(new Decimal128(value).ln());
}

/** e to the power of a number; null beyond decimal128, which is looked at first, since the work grows with the number. */
export function exponential(value: FeelNumber): FeelNumber | null {
  const exponent = toPlainNumber(value);
  if (exponent > 14_150) return null;
  return exponent < -14_250 ? 0 : toFeelNumber(new Decimal128(value).exp());
}
