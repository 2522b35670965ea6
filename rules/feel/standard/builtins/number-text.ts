/** A number without an exponent, as FEEL writes it. */
export function numberText(value: number): string {
  const [mantissa = '', exponentText] = String(value).split('e');
  if (exponentText === undefined) return mantissa;
  const exponent = Number(exponentText);
  const sign = mantissa.startsWith('-') ? '-' : '';
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const digits = whole + fraction;
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - whole.length)}${digits}`;
  return `${sign}${digits.padEnd(whole.length + exponent, '0')}`;
}

/** A numeric literal of FEEL; null for any other text. DMN 1.5 §10.3.1.2, rule 35. */
export function parseNumber(text: string): number | null {
  if (!/^-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

/** How a number between two neighbours is decided. */
export type Rounding = 'halfEven' | 'up' | 'down' | 'halfUp' | 'halfDown' | 'floor' | 'ceiling';

/** Rounds by the decimal digits, so that 1.005 is exactly that. Null for a scale outside of what the standard allows. DMN 1.5 §10.3.4.5. */
export function roundAt(value: number, scale: number, rounding: Rounding): number | null {
  const places = Math.trunc(scale);
  if (places < -6_111 || places > 6_176) return null;
  const text = numberText(Math.abs(value));
  const [whole = '', fraction = ''] = text.split('.');
  if (fraction.length <= places) return value;
  const keep = whole.length + places;
  const digits = whole + fraction;
  const kept = keep <= 0 ? '0' : digits.slice(0, keep);
  const rest = keep < 0 ? '0'.repeat(-keep) + digits : digits.slice(Math.max(keep, 0));
  const upwards = goesUp(kept, rest, value < 0, rounding);
  const result = BigInt(kept) + (upwards ? 1n : 0n);
  const size = Number(`${result}e${-places}`);
  return size === 0 ? 0 : value < 0 ? -size : size;
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
