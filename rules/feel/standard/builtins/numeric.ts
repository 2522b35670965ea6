import { FeelDuration } from 'feelin';
import { decimal, negate } from '../arithmetic.ts';
import { durationSize } from '../temporal.ts';
import { define } from './define.ts';
import { roundAt, type Rounding } from './number-text.ts';

const rounding = (name: string, kind: Rounding) => define(`${name}(n: number, scale: number)`, (n: number, scale: number) => roundAt(n, scale, kind));

/** DMN 1.5 §10.3.4.5. */
export const numericBuiltins = [
  rounding('decimal', 'halfEven'),
  rounding('round up', 'up'),
  rounding('round down', 'down'),
  rounding('round half up', 'halfUp'),
  rounding('round half down', 'halfDown'),
  define('floor(n: number, scale?: number)', (n: number, scale: number | null) => roundAt(n, scale ?? 0, 'floor')),
  define('ceiling(n: number, scale?: number)', (n: number, scale: number | null) => roundAt(n, scale ?? 0, 'ceiling')),
  define('abs(n: Any)', (n: unknown) => {
    if (typeof n === 'number') return Math.abs(n);
    return n instanceof FeelDuration ? (durationSize(n) < 0 ? negate(n) : n) : null;
  }),
  define('modulo(dividend: number, divisor: number)', (dividend: number, divisor: number) => {
    if (divisor === 0) return null;
    const quotient = decimal(dividend / divisor);
    return quotient === null ? null : decimal(dividend - divisor * Math.floor(quotient));
  }),
  define('sqrt(number: number)', (number: number) => (number < 0 ? null : decimal(Math.sqrt(number)))),
  define('log(number: number)', (number: number) => (number <= 0 ? null : decimal(Math.log(number)))),
  define('exp(number: number)', (number: number) => decimal(Math.exp(number))),
  define('odd(number: number)', (number: number) => (Number.isInteger(number) ? Math.abs(number % 2) === 1 : null)),
  define('even(number: number)', (number: number) => (Number.isInteger(number) ? number % 2 === 0 : null)),
];
