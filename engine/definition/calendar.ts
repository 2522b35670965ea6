import { z } from 'zod';

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'Expected hh:mm');
const calendarDate = z.iso.date();
const weekday = z.enum(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']);
const openHours = z.array(z.object({ from: clockTime, to: clockTime }).refine(({ from, to }) => from < to, 'Expected `from` before `to`'));

/**
 * Working hours, shifts and holidays. The offset from UTC stands here and not in the machine's zone data, so that
 * a replay years later gives the same instants.
 */
export const businessCalendarSchema = z
  .object({
    /** From the instant of each entry on, local time is this far ahead of UTC; the first entry also counts before its instant. */
    offsets: z.array(z.object({ from: z.iso.datetime(), offsetMinutes: z.number().int().min(-840).max(840) })).min(1),
    week: z.partialRecord(weekday, openHours),
    /** Closed the whole day. */
    holidays: z.array(calendarDate).max(5_000).optional(),
    /** Days with hours of their own, for example a working Saturday (调休). */
    exceptions: z.array(z.object({ date: calendarDate, hours: openHours })).max(5_000).optional(),
  })
  .refine(({ week, exceptions }) => [...Object.values(week), ...(exceptions ?? []).map(({ hours }) => hours)].some((hours) => hours && hours.length > 0), 'Expected at least one working time');
export type BusinessCalendar = z.infer<typeof businessCalendarSchema>;
export type Weekday = z.infer<typeof weekday>;
