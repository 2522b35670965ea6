/** How long a shadow runs, as it is entered; no amount while the field is empty. */
export interface Duration {
  readonly amount: number | null;
  readonly unit: 'day' | 'hour';
}

/** The longest that a shadow may run. */
export const maximumHours = 720;
/** The most differences that are kept an hour. */
export const maximumHourlyLimit = 1_000;

/** The duration in whole hours; undefined when it is none that a shadow may run. */
export function hoursOf({ amount, unit }: Duration): number | undefined {
  const hours = unit === 'day' ? (amount ?? 0) * 24 : (amount ?? 0);
  return Number.isInteger(hours) && hours >= 1 && hours <= maximumHours ? hours : undefined;
}
