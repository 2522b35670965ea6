import { FeelDate, FeelDateTime } from 'feelin';
import { define } from './define.ts';

const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

type Day = ReturnType<FeelDate['unwrap']> | ReturnType<FeelDateTime['unwrap']>;
const ofDay = (name: string, read: (day: Day) => unknown) => define(`${name}(date: Any)`, (date: unknown) => (date instanceof FeelDate || date instanceof FeelDateTime ? (read(date.unwrap()) ?? null) : null));

/** DMN 1.5 §10.3.4.8. */
export const temporalBuiltins = [
  ofDay('day of year', (day) => day.dayOfYear),
  ofDay('day of week', (day) => days[day.dayOfWeek - 1]),
  ofDay('month of year', (day) => months[day.month - 1]),
  ofDay('week of year', (day) => day.weekOfYear),
];
