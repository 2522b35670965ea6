/** An instant in UTC from what was entered as `2026-12-01T08:00` on the person's clock; undefined for what is no time. */
export function instantOf(entered: string): string | undefined {
  const at = new Date(entered);
  return entered === '' || Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

/** When a version should take effect, as the person chooses it. */
export interface EffectiveTime {
  readonly isLater: boolean;
  /** `2026-12-01T08:00` on the person's clock; empty before anything was entered. */
  readonly entered: string;
}

/** The choice that a request asks for: at once when it names no time, or one that has passed. */
export function effectiveTimeOf(instant: string | null, nowMs: number): EffectiveTime {
  if (instant === null || !(Date.parse(instant) > nowMs)) return { isLater: false, entered: '' };
  const at = new Date(instant);
  const two = (value: number): string => String(value).padStart(2, '0');
  return { isLater: true, entered: `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}` };
}

/** Why the choice cannot be taken; undefined when it can. */
export function timeProblem({ isLater, entered }: EffectiveTime, nowMs: number): 'missing' | 'past' | undefined {
  if (!isLater) return undefined;
  const instant = instantOf(entered);
  if (instant === undefined) return 'missing';
  return Date.parse(instant) <= nowMs ? 'past' : undefined;
}
