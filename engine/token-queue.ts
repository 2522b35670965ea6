import type { ElementPlan, FlowPlan } from './plan.ts';

/** A token on its way over a flow, a new one at an element, or the next inner instance of a multi-instance or loop body. */
export type Arrival = TokenArrival | StartArrival | { readonly kind: 'inner'; readonly bodyId: string };
export interface TokenArrival {
  readonly kind: 'token';
  readonly flow: FlowPlan;
  readonly scopeId: string;
}
interface StartArrival {
  readonly kind: 'start';
  readonly element: ElementPlan;
  readonly scopeId: string;
}

/**
 * What still has to arrive in this step, in order. Tokens travel here and never in the call stack, so that an
 * endless loop ends at the budget.
 */
export class TokenQueue {
  #arrivals: Arrival[] = [];
  #head = 0;
  /** Tokens that let all others go first. */
  #late: TokenArrival[] = [];
  readonly #tokens = new Map<string, number>();

  push(arrival: TokenArrival | StartArrival): void {
    this.#arrivals.push(arrival);
    this.#tokens.set(arrival.scopeId, this.tokensIn(arrival.scopeId) + 1);
  }

  pushInner(bodyId: string): void {
    this.#arrivals.push({ kind: 'inner', bodyId });
  }

  /** Puts a token back behind all that is on its way now. */
  postpone(arrival: TokenArrival): void {
    this.#late.push(arrival);
    this.#tokens.set(arrival.scopeId, this.tokensIn(arrival.scopeId) + 1);
  }

  /** The next arrival; a token no longer counts as on its way. */
  shift(): Arrival | undefined {
    const arrival = this.#arrivals[this.#head];
    if (!arrival) {
      this.#arrivals = [];
      this.#head = 0;
      return undefined;
    }
    this.#head += 1;
    return this.#taken(arrival);
  }

  /** The first of the tokens that were put back. */
  shiftLate(): TokenArrival | undefined {
    const arrival = this.#late.shift();
    if (arrival) this.#taken(arrival);
    return arrival;
  }

  tokensIn(scopeId: string): number {
    return this.#tokens.get(scopeId) ?? 0;
  }

  /** The elements to which the tokens of the scope are on their way. */
  targetsIn(scopeId: string): ElementPlan[] {
    return [...this.#arrivals.slice(this.#head), ...this.#late].flatMap((arrival) => {
      if (arrival.kind === 'inner' || arrival.scopeId !== scopeId) return [];
      return [arrival.kind === 'token' ? arrival.flow.target : arrival.element];
    });
  }

  /** Takes away every token of the scope. */
  drop(scopeId: string): void {
    const stays = (arrival: Arrival): boolean => arrival.kind === 'inner' || arrival.scopeId !== scopeId;
    if (this.tokensIn(scopeId) === 0) return;
    this.#arrivals = this.#arrivals.slice(this.#head).filter(stays);
    this.#head = 0;
    this.#late = this.#late.filter(stays);
    this.#tokens.delete(scopeId);
  }

  #taken<Kind extends Arrival>(arrival: Kind): Kind {
    if (arrival.kind !== 'inner') this.#tokens.set(arrival.scopeId, this.tokensIn(arrival.scopeId) - 1);
    return arrival;
  }
}
