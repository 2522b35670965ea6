/** Numbers that decide what is generated. A tape that is over says 0, the simplest choice, so that a shorter tape makes a smaller case. */
export class Tape {
  readonly #numbers: readonly number[];
  #at = 0;

  constructor(numbers: readonly number[]) {
    this.#numbers = numbers;
  }

  /** An integer from 0 to `below` - 1. */
  next(below: number): number {
    const number = this.#numbers[this.#at] ?? 0;
    this.#at += 1;
    return number % below;
  }

  /** True in about `percent` of a hundred; false once the tape is over. */
  happens(percent: number): boolean {
    return this.next(100) >= 100 - percent;
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.next(items.length)];
    if (item === undefined) throw new Error('Expected something to pick from, but there is nothing');
    return item;
  }
}
