import type { Json } from '../../json.ts';

/** What a variable of the abstract instance holds: a value that is known, or a part of something that came from somewhere. */
export type Term = { readonly kind: 'literal'; readonly value: Json } | { readonly kind: 'part'; readonly origin: number; readonly path: readonly string[] };

/** Tokens are numbers from here on, so that they cannot be taken for a loop counter. */
const firstToken = 1_000_000;

/** Terms stand in the state as numbers: the state of the interpreter is JSON, and a term is small. */
export class Terms {
  readonly #terms: Term[] = [];
  readonly #tokens = new Map<string, number>();
  readonly #origins = new Map<string, readonly number[]>();
  #lastOrigin = 0;

  /** The token of a value of which nothing is known yet. */
  fresh(): number {
    this.#lastOrigin += 1;
    return this.token({ kind: 'part', origin: this.#lastOrigin, path: [] });
  }

  token(term: Term): number {
    const key = term.kind === 'literal' ? `=${JSON.stringify(term.value)}` : keyOf(term.origin, term.path);
    const known = this.#tokens.get(key);
    if (known !== undefined) return known;
    const token = firstToken + this.#terms.length;
    this.#terms.push(term);
    this.#tokens.set(key, token);
    return token;
  }

  /** The origins that a fact speaks of. */
  originsIn(fact: string): readonly number[] {
    const known = this.#origins.get(fact) ?? [...fact.matchAll(/#(\d+)\//g)].map(([, origin]) => Number(origin));
    this.#origins.set(fact, known);
    return known;
  }

  /** What a value of the state stands for; undefined when it is no token. */
  term(value: unknown): Term | undefined {
    return typeof value === 'number' ? this.#terms[value - firstToken] : undefined;
  }
}

/** Names a part in the facts about it; `#` and the number stand first, so that they can be found again. */
export function keyOf(origin: number, path: readonly string[]): string {
  return `#${origin}/${path.join('.')}`;
}
