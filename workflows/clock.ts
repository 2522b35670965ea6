import { CancellationScope, patched, sleep } from '@temporalio/workflow';
import type { TimerState } from '#engine';
import { now } from './now.ts';

/** One timer of Temporal's. */
interface Alarm {
  readonly atMs: number;
  readonly scope: CancellationScope;
}

/**
 * The timers of an instance, on as few of Temporal's as it takes: an alarm stands for the earliest of them, and when it
 * rings, the next is set for what is the earliest then. So a continued run sets one, however many timers the instance
 * has, and a loop whose activity has a time limit sets none in each round: each of Temporal's costs two events.
 *
 * An alarm whose timer is cancelled stays as long as there are other timers. It rings for nothing, once.
 */
export class Clock {
  readonly #dueMs = new Map<string, number>();
  readonly #fire: (timerId: string) => void;
  readonly #wantSettling: () => void;
  #alarms: readonly Alarm[] = [];
  #isUnsettled = false;
  #hasAlarms: boolean | undefined;
  /** In runs that began before there were alarms: a timer of Temporal's for each. */
  readonly #scopes = new Map<string, CancellationScope>();

  /** `fire` is called for each timer that is due; `wantSettling` when `settle` has something to do. */
  constructor(fire: (timerId: string) => void, wantSettling: () => void) {
    this.#fire = fire;
    this.#wantSettling = wantSettling;
  }

  /** Whether `settle` has something to do. */
  get isUnsettled(): boolean {
    return this.#isUnsettled;
  }

  start({ id, dueAt }: Pick<TimerState, 'id' | 'dueAt'>): void {
    // Asked once, so that a run that began without alarms ends without them.
    this.#hasAlarms ??= patched('one-alarm');
    if (!this.#hasAlarms) return this.#startAlone(id, Date.parse(dueAt));
    this.#dueMs.set(id, Date.parse(dueAt));
    this.#changed();
  }

  cancel(timerId: string): void {
    this.#scopes.get(timerId)?.cancel();
    this.#scopes.delete(timerId);
    if (this.#dueMs.delete(timerId)) this.#changed();
  }

  /** Sets the alarm for what is the earliest now. To be called when everything that came together has been handled. */
  settle(): void {
    if (!this.#isUnsettled) return;
    this.#isUnsettled = false;
    if (this.#dueMs.size === 0) {
      for (const { scope } of this.#alarms) scope.cancel();
      this.#alarms = [];
      return;
    }
    const earliestMs = Math.min(...this.#dueMs.values());
    if (this.#alarms.some(({ atMs }) => atMs <= earliestMs)) return;
    const alarm: Alarm = { atMs: earliestMs, scope: new CancellationScope() };
    this.#alarms = [...this.#alarms, alarm];
    wait(alarm.scope, earliestMs, () => this.#ring(alarm));
  }

  /** Ends what still waits when the instance has ended. */
  close(): void {
    for (const scope of this.#scopes.values()) scope.cancel();
    this.#scopes.clear();
  }

  #ring(alarm: Alarm): void {
    this.#alarms = this.#alarms.filter((other) => other !== alarm);
    const nowMs = Date.parse(now());
    // In the order in which the simulator fires them: ids are counted.
    const due = [...this.#dueMs].filter(([, atMs]) => atMs <= nowMs).sort(([a, aMs], [b, bMs]) => aMs - bMs || Number(a.slice(1)) - Number(b.slice(1)));
    for (const [timerId] of due) if (this.#dueMs.delete(timerId)) this.#fire(timerId);
    this.#changed();
  }

  #changed(): void {
    this.#isUnsettled = true;
    this.#wantSettling();
  }

  #startAlone(timerId: string, atMs: number): void {
    const scope = new CancellationScope();
    this.#scopes.set(timerId, scope);
    wait(scope, atMs, () => {
      if (this.#scopes.get(timerId) === scope) this.#scopes.delete(timerId);
      this.#fire(timerId);
    });
  }
}

function wait(scope: CancellationScope, atMs: number, ring: () => void): void {
  void scope.run(() => sleep(Math.max(0, atMs - Date.parse(now())))).then(ring, (error: unknown) => {
    if (!scope.consideredCancelled) throw error;
  });
}
