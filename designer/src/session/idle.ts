/** What is left of the session, seconds, as the server says. */
export interface SessionClock {
  readonly idleSecondsLeft: number;
  readonly idleSeconds: number;
  readonly secondsLeft: number;
}

/** What the page does next. `warn`: with `secondsLeft` to go. `isFinal`: nothing prolongs it. */
export type IdleStep = { readonly kind: 'wait'; readonly lookAgainMs: number } | { readonly kind: 'warn'; readonly secondsLeft: number; readonly isFinal: boolean } | { readonly kind: 'end' };

/** A minute before the end a person is warned; in short sessions half of the time before. */
const warnSeconds = 60;

/** Decides by what is left. */
export function idleStep({ idleSecondsLeft, idleSeconds, secondsLeft }: SessionClock): IdleStep {
  const left = Math.min(idleSecondsLeft, secondsLeft);
  const lead = Math.min(warnSeconds, idleSeconds / 2);
  if (left <= 0) return { kind: 'end' };
  if (left <= lead) return { kind: 'warn', secondsLeft: left, isFinal: secondsLeft <= idleSecondsLeft };
  // At most a day ahead: timers of browsers go no further than 24.8 days.
  return { kind: 'wait', lookAgainMs: Math.min(86_400, left - lead) * 1_000 + 100 };
}

/** How often what a person does is told to the server: as often as the server writes it down. */
export function touchEveryMs(idleSeconds: number): number {
  return Math.min(60, idleSeconds / 4) * 1_000;
}
