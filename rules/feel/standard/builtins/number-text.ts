import { isNegative, numberText, toFeelNumber, type FeelNumber } from '../number.ts';

/** A numeric literal of FEEL; null for any other text. DMN 1.5 §10.3.1.2, rule 35. */
export function parseNumber(text: string): FeelNumber | null {
  if (!/^-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) return null;
  return toFeelNumber(text);
}

/** How a number between two neighbours is decided. */
export type Rounding = 'halfEven' | 'up' | 'down' | 'halfUp' | 'halfDown' | 'floor' | 'ceiling';

/** Rounds by the decimal digits, so that 1.005 is exactly that. Null for a scale outside of what the standard allows. DMN 1.5 §10.3.4.5. */
export function roundAt(value: FeelNumber, scale: number, rounding: Rounding): FeelNumber | null {
  const places = Math.trunc(scale);
  if (places < -6_111 || places > 6_176) return null;
  const isBelow = isNegative(value);
  const text = numberText(value).replace('-', '');
  const [whole = '', fraction = ''] = text.split('.');
  if (fraction.length <= places) return value;
  const keep = whole.length + places;
  const digits = whole + fraction;
  const kept = keep <= 0 ? '0' : digits.slice(0, keep);
  const rest = keep < 0 ? '0'.repeat(-keep) + digits : digits.slice(Math.max(keep, 0));
  const upwards = goesUp(kept, rest, isBelow, rounding);
  const result = BigInt(kept) + (upwards ? 1n : 0n);
  return toFeelNumber(`${isBelow ? '-' : ''}${result}e${-places}`);
}

/** Whether the size of the number grows. */
function goesUp(kept: string, rest: string, isNegative: boolean, rounding: Rounding): boolean {
  if (/^0*$/.test(rest)) return false;
  const half = rest.charAt(0) === '5' && /^50*$/.test(rest) ? 0 : rest.charAt(0) >= '5' ? 1 : -1;
  switch (rounding) {
    case 'up':
      return true;
    case 'down':
      return false;
    case 'floor':
      return isNegative;
    case 'ceiling':
      return !isNegative;
    case 'halfUp':
      return half >= 0;
    case 'halfDown':
      return half > 0;
    case 'halfEven':
      return half > 0 || (half === 0 && Number(kept.at(-1)) % 2 === 1);
  }
}
