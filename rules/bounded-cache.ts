/** A map that forgets its oldest entries; never consulted for anything but speed. */
export class BoundedCache<Key, Value> {
  readonly #entries = new Map<Key, Value>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#entries.size;
  }

  getOrCreate(key: Key, create: () => Value): Value {
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    const value = create();
    if (this.#entries.size >= this.#limit) {
      const oldest = this.#entries.keys().next();
      if (!oldest.done) this.#entries.delete(oldest.value);
    }
    this.#entries.set(key, value);
    return value;
  }
}
