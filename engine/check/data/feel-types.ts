import type { VariableType } from '../../definition/index.ts';

/** The types of FEEL, as far as they can be told without running. DMN 1.5 §10.3.2. */
export type FeelType = 'any' | 'null' | 'string' | 'number' | 'boolean' | 'date' | 'time' | 'dateTime' | 'duration' | 'list' | 'context' | 'function' | 'range';

/** What FEEL sees of a declared variable: dates and times are ISO 8601 text. */
export const typeOfVariable: { readonly [Type in VariableType]: FeelType } = {
  string: 'string', number: 'number', boolean: 'boolean', date: 'string', dateTime: 'string', object: 'context', list: 'list',
};

/** What may be stored in a declared variable; times become text. */
export const storable: { readonly [Type in VariableType]: readonly FeelType[] } = {
  string: ['string', 'date', 'time', 'dateTime', 'duration'], number: ['number'], boolean: ['boolean'], date: ['date', 'string'], dateTime: ['dateTime', 'string'], object: ['context', 'range'], list: ['list'],
};

const results: readonly (readonly [FeelType, string])[] = [
  ['boolean', 'not, list contains, contains, starts with, ends with, matches, all, any, even, odd, before, after, meets, met by, overlaps, overlaps before, overlaps after, finishes, finished by, includes, during, starts, started by, coincides, is'],
  ['string', 'string, substring, upper case, lower case, substring before, substring after, replace, string join, day of week, month of year'],
  ['number', 'number, string length, count, sum, mean, product, median, stddev, abs, modulo, sqrt, log, exp, floor, ceiling, decimal, round up, round down, round half up, round half down, day of year, week of year'],
  ['list', 'sublist, append, concatenate, insert before, remove, reverse, index of, union, distinct values, flatten, sort, mode, split, get entries, list replace'],
  ['context', 'context, context put, context merge'],
  ['duration', 'duration, years and months duration'],
  ['dateTime', 'now, date and time'],
  ['date', 'today, date'],
  ['time', 'time'],
  ['any', 'min, max, get value'],
];

/** The functions that FEEL has, and what they give. DMN 1.5 §10.3.4. */
export const builtins: ReadonlyMap<string, FeelType> = new Map(results.flatMap(([type, names]) => names.split(', ').map((name): [string, FeelType] => [name, type])));
