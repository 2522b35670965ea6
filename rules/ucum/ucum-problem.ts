import { nearestUcumUnit } from './nearest-unit.ts';
import { isUcumUnit } from './parse-unit.ts';
import { prefixes } from './unit-symbols.ts';

/** A text is no unit that a rule set may declare; `nearest` is the one it most likely means. */
export interface UcumProblem {
  readonly nearest?: string;
}

/**
 * What is wrong with a unit; undefined when nothing is. UCUM has the litre as `l` and as `L`: rule sets declare `L` alone, since units are
 * compared as texts and `l` is read as a one.
 */
export function ucumProblem(code: string): UcumProblem | undefined {
  if (!isUcumUnit(code)) {
    const nearest = nearestUcumUnit(code);
    return nearest === undefined ? {} : { nearest: withCapitalLitre(nearest) };
  }
  const plain = withCapitalLitre(code);
  return plain === code ? undefined : { nearest: plain };
}

/** Annotations in braces stay as they are. */
function withCapitalLitre(code: string): string {
  return code.split(/(\{[^}]*\}|\[[^\]]*\])/).map((part, index) => (index % 2 === 1 ? part : part.replace(/[A-Za-z]+/g, (symbol) => (symbol === 'l' || (symbol.endsWith('l') && prefixes.includes(symbol.slice(0, -1))) ? `${symbol.slice(0, -1)}L` : symbol)))).join('');
}
