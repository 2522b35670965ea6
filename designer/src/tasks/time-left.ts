import type { State } from '../status/state.ts';

/** How urgent a task is. `share` is how much of the time between creation and limit is used, 0 to 1. */
export interface TimeLeft {
  readonly kind: 'none' | 'left' | 'late';
  readonly durationMs: number;
  readonly share: number;
  readonly state: State;
}

/** A task is nearly overdue for its last 30 minutes. */
export const dueSoonMs = 30 * 60_000;

/** What of a task limits its time. */
export interface TimedTask {
  readonly createdAt: string;
  readonly dueAt: string | null;
  /** While a second person has to verify it: from when, and until when. */
  readonly verification?: { readonly performedAt: string; readonly until: string | null } | null;
}

/** The limit that comes first: the task's own, or that of the second person. */
function limitOf({ createdAt, dueAt, verification }: TimedTask): { readonly from: string; readonly dueAt: string | null } {
  const until = verification?.until ?? null;
  return verification != null && until !== null && (dueAt === null || until < dueAt) ? { from: verification.performedAt, dueAt: until } : { from: createdAt, dueAt };
}

/** The time left of a task; never negative, `late` says so instead. */
export function timeLeft(task: TimedTask, nowMs: number): TimeLeft {
  const { from, dueAt } = limitOf(task);
  const due = dueAt === null ? Number.NaN : Date.parse(dueAt);
  if (Number.isNaN(due)) return { kind: 'none', durationMs: 0, share: 0, state: 'waiting' };
  const left = due - nowMs;
  if (left < 0) return { kind: 'late', durationMs: -left, share: 1, state: 'overdue' };
  const whole = due - Date.parse(from);
  const share = whole > 0 ? Math.min(1, Math.max(0, 1 - left / whole)) : 1;
  return { kind: 'left', durationMs: left, share, state: left <= dueSoonMs ? 'attention' : 'running' };
}

/** True for the saved view 快超时: overdue, or nearly. */
export function isDueSoon(task: TimedTask, nowMs: number): boolean {
  const { kind, durationMs } = timeLeft(task, nowMs);
  return kind === 'late' || (kind === 'left' && durationMs <= dueSoonMs);
}
