import { FeelDuration } from 'feelin';
import { negate } from '../arithmetic.ts';
import { exponential, isInteger, isNegative, isNumber, isZero, logarithm, modulo, negateNumber, squareRoot, type FeelNumber } from '../number.ts';
import { durationSize } from '../temporal.ts';
import { define } from './define.ts';
import { roundAt, type Rounding } from './number-text.ts';

const rounding = (name: string, kind: Rounding) => define(`${name}(n: exact number, scale: number)`, (n: FeelNumber, scale: number) => roundAt(n, scale, kind));
const isEven = (number: FeelNumber): boolean => isZero(modulo(number, 2) ?? 1);

/** DMN 1.5 §10.3.4.5. */
export const numericBuiltins = [
  rounding('decimal', 'halfEven'),
  rounding('round up', 'up'),
  rounding('round down', 'down'),
  rounding('round half up', 'halfUp'),
  rounding('round half down', 'halfDown'),
  define('floor(n: exact number, scale?: number)', (n: FeelNumber, scale: number | null) => roundAt(n, scale ?? 0, 'floor')),
  define('ceiling(n: exact number, scale?: number)', (n: FeelNumber, scale: number | null) => roundAt(n, scale ?? 0, 'ceiling')),
  define('abs(n: Any)', (n: unknown) => {
    if (isNumber(n)) return isNegative(n) ? negateNumber(n) : n;
    return n instanceof FeelDuration ? (durationSize(n) < 0 ? negate(n) : n) : null;
  }),
  define('modulo(dividend: exact number, divisor: exact number)', modulo),
  define('sqrt(number: exact number)', squareRoot),
  define('log(number: exact number)', logarithm),
  define('exp(number: exact number)', exponential),
  define('odd(number: exact number)', (number: FeelNumber) => (isInteger(number) ? !isEven(number) : null)),
  define('even(number: exact number)', (number: FeelNumber) => (isInteger(number) ? isEven(number) : null)),
];
