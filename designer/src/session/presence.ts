/** How long after the last key, click or touch somebody counts as being here, ms. */
const hereForMs = 60_000;

// Opening a page is something that a person does.
let lastInputMs = Date.now();

/** Somebody has just pressed a key, clicked, touched or scrolled. */
export function notePresence(nowMs: number): void {
  lastInputMs = nowMs;
}

/** False when requests come from timers and events alone. */
export function isSomebodyHere(nowMs: number): boolean {
  return nowMs - lastInputMs < hereForMs;
}
