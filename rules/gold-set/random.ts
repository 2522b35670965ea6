/** A stream of numbers that is the same for the same seed. */
export interface Random {
  /** One of the values. */
  pick<Value>(values: readonly Value[]): Value;
  /** From `low` to `high`, in steps counted from `low`. */
  between(low: number, high: number, step?: number): number;
}

/** The generator mulberry32: 32 bits of state, enough to vary patients. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    pick<Value>(values: readonly Value[]): Value {
      const value = values[Math.floor(next() * values.length)];
      if (value === undefined) throw new Error('Expected something to pick from, but found nothing');
      return value;
    },
    between(low, high, step = 1) {
      const steps = Math.floor((high - low) / step + 1e-9);
      return Math.round((low + Math.floor(next() * (steps + 1)) * step) * 1_000) / 1_000;
    },
  };
}
