import { clockFunctions, requireClock, type Clock } from '../temporal-values.ts';
import { FunctionValue } from './feel-value.ts';
import type { ClockFunctions } from './scope.ts';

/** `now()` and `today()` of one instant, made when an expression first asks for one: most never do. */
class StandardClock implements ClockFunctions {
  readonly #clock: Clock;
  #made: ClockFunctions | undefined;

  constructor(clock: Clock) {
    requireClock(clock);
    this.#clock = clock;
  }

  get now(): FunctionValue {
    return this.#functions().now;
  }

  get today(): FunctionValue {
    return this.#functions().today;
  }

  #functions(): ClockFunctions {
    if (this.#made) return this.#made;
    const { now, today } = clockFunctions(this.#clock);
    this.#made = { now: new FunctionValue([], () => now.invoke([])), today: new FunctionValue([], () => today.invoke([])) };
    return this.#made;
  }
}

/** The clock of an evaluation. Fails: FEEL_VALUE for a bad instant or zone. */
export function standardClock(at: string, zone: string): ClockFunctions {
  return new StandardClock({ at, zone });
}
