/**
 * The hospital's clock: Asia/Shanghai, which has been UTC+08:00 without daylight saving since 1991.
 * Pinned here, so that a plan does not depend on the zone data or the settings of a machine.
 */
export const hospitalTimeZone = 'Asia/Shanghai';

const offsetMs = 8 * 3_600_000;
const dayMs = 86_400_000;

/** The hospital day of an instant: whole days since 1970-01-01 on the hospital's calendar. */
export function hospitalDayOf(instant: string): number {
  return Math.floor((Date.parse(instant) + offsetMs) / dayMs);
}

/** The instant at which the hospital's clock shows `minuteOfDay` on a hospital day. */
export function instantOf(hospitalDay: number, minuteOfDay: number): string {
  return new Date(hospitalDay * dayMs + minuteOfDay * 60_000 - offsetMs).toISOString();
}

/** `YYYY-MM-DD` on the hospital's calendar. */
export function hospitalDateOf(instant: string): string {
  return new Date(Date.parse(instant) + offsetMs).toISOString().slice(0, 10);
}

/** Minutes since midnight on the hospital's clock. */
export function minuteOfDayOf(instant: string): number {
  return Math.floor((Date.parse(instant) + offsetMs - hospitalDayOf(instant) * dayMs) / 60_000);
}

/** An instant moved by minutes. */
export function addMinutes(instant: string, minutes: number): string {
  return new Date(Date.parse(instant) + minutes * 60_000).toISOString();
}
