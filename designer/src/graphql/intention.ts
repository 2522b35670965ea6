import { newIdempotencyKey } from './command.ts';

/**
 * Gives one intention of a person one idempotency key. Sending the same thing again after silence keeps the key,
 * so that it has one effect; after an answer, or with another content, it is a new intention.
 */
export class Intention {
  #content: string | undefined;
  #key = '';
  readonly #newKey: () => string;

  constructor(newKey: () => string = newIdempotencyKey) {
    this.#newKey = newKey;
  }

  keyFor(content: unknown): string {
    const text = JSON.stringify(content);
    if (text !== this.#content) {
      this.#content = text;
      this.#key = this.#newKey();
    }
    return this.#key;
  }

  /** The server answered: whatever comes next is meant anew. */
  answered(): void {
    this.#content = undefined;
  }
}
