import type { FeelDate, FeelRange } from 'feelin';
import { anyType, FunctionValue, isContext, kindOf, plainType, type FeelType, type PlainTypeName } from './feel-value.ts';
import { midnightOf } from './temporal.ts';

const plainNames: ReadonlySet<string> = new Set<PlainTypeName>(['Any', 'Null', 'number', 'string', 'boolean', 'date', 'time', 'date and time', 'days and time duration', 'years and months duration', 'duration']);
const otherSpellings: ReadonlyMap<string, PlainTypeName> = new Map([['dateTime', 'date and time'], ['dayTimeDuration', 'days and time duration'], ['yearMonthDuration', 'years and months duration'], ['any', 'Any']]);

/** One of FEEL's own types by its name; undefined for any other name. */
export function ownType(name: string): FeelType | undefined {
  const plain = name.replace(/\s+/g, ' ').trim();
  if (plainNames.has(plain)) return plainType(plain as PlainTypeName);
  const spelled = otherSpellings.get(plain);
  if (spelled) return plainType(spelled);
  if (plain === 'list') return { kind: 'list', of: anyType };
  if (plain === 'context') return { kind: 'context', entries: {} };
  if (plain === 'range') return { kind: 'range', of: anyType };
  return plain === 'function' ? { kind: 'function' } : undefined;
}

/** Whether the value is of the type; null is of every type when it stands for a missing value, so it is not asked here. DMN 1.5 §10.3.2.9.2. */
export function isInstance(value: unknown, type: FeelType): boolean {
  if (type.kind === 'named') return isInstance(value, type.resolve());
  if (value === null || value === undefined) return type.kind === 'plain' && type.name === 'Null';
  switch (type.kind) {
    case 'plain':
      return type.name === 'Any' || kindOf(value) === type.name || (type.name === 'duration' && kindOf(value).endsWith('duration'));
    case 'list':
      return Array.isArray(value) && value.every((item) => allows(item, type.of));
    case 'range':
      return kindOf(value) === 'range' && [(value as FeelRange).start, (value as FeelRange).end].every((end) => allows(end, type.of));
    case 'context':
      return isContext(value) && Object.entries(type.entries).every(([name, entry]) => Object.hasOwn(value, name) && allows(value[name], entry));
    case 'function':
      return value instanceof FunctionValue && functionConforms(value, type);
    case 'restricted':
      return isInstance(value, type.base) && type.allows(value);
  }
}

const allows = (value: unknown, type: FeelType): boolean => value === null || value === undefined || isInstance(value, type);

function functionConforms(value: FunctionValue, type: FeelType & { kind: 'function' }): boolean {
  if (type.parameters && (type.parameters.length !== value.parameters.length || !type.parameters.every((parameter, index) => conforms(parameter, value.parameters[index]?.type ?? anyType)))) return false;
  // What a function gives is not known before it is called, unless its definition says so.
  return !type.result || !value.result || conforms(value.result, type.result);
}

/** Whether every value of `type` is one of `wanted`. DMN 1.5 §10.3.2.9.2. */
export function conforms(type: FeelType, wanted: FeelType): boolean {
  if (type.kind === 'named') return conforms(type.resolve(), wanted);
  if (wanted.kind === 'named') return conforms(type, wanted.resolve());
  if (type === wanted || (wanted.kind === 'plain' && wanted.name === 'Any') || (type.kind === 'plain' && type.name === 'Null')) return true;
  if (type.kind === 'restricted') return conforms(type.base, wanted);
  if (type.kind === 'plain') return wanted.kind === 'plain' && type.name === wanted.name;
  if (type.kind === 'list') return wanted.kind === 'list' && conforms(type.of, wanted.of);
  if (type.kind === 'range') return wanted.kind === 'range' && conforms(type.of, wanted.of);
  if (type.kind === 'context') return wanted.kind === 'context' && Object.entries(wanted.entries).every(([name, entry]) => { const own = type.entries[name]; return own !== undefined && conforms(own, entry); });
  return wanted.kind === 'function';
}

/**
 * The value as the type wants it: a list of one for a list, the one item of a list, midnight in UTC of a date. Undefined when it
 * does not fit; null always fits. DMN 1.5 §10.3.2.9.4.
 */
export function convert(value: unknown, type: FeelType): unknown {
  if (value === null || value === undefined) return null;
  if (isInstance(value, type)) return value;
  const shape = shapeOf(type);
  if (shape.kind === 'list' && !Array.isArray(value)) {
    const list = [value];
    return isInstance(list, type) ? list : undefined;
  }
  if (shape.kind === 'list') return undefined;
  if (Array.isArray(value) && value.length === 1) return convert(value[0], type);
  if (shape.kind === 'plain' && shape.name === 'date and time' && kindOf(value) === 'date') return midnightOf(value as FeelDate, 'UTC');
  return undefined;
}

/** The type without names and restrictions around it. */
export function shapeOf(type: FeelType): Exclude<FeelType, { kind: 'named' | 'restricted' }> {
  if (type.kind === 'named') return shapeOf(type.resolve());
  return type.kind === 'restricted' ? shapeOf(type.base) : type;
}
