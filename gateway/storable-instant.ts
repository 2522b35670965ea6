/** Whether PostgreSQL takes the instant as JavaScript writes it: in UTC, of the years 1 to 9999. ISO 8601 has a year 0, which the calendar of PostgreSQL has not. */
export function isStorableInstant(instant: Date): boolean {
  const year = instant.getUTCFullYear();
  return year >= 1 && year <= 9_999;
}

/** The last instant that can be kept. */
export const lastInstant = new Date('9999-12-31T23:59:59.999Z');
