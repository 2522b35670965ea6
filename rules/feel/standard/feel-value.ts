import { FeelDate, FeelDateTime, FeelDuration, FeelRange, FeelTime } from 'feelin';
import { normalName } from '../free-names.ts';
import { isNumber } from './number.ts';

/** A parameter of a function: its name and the type that its argument is converted to. */
export interface FeelParameter {
  readonly name: string;
  readonly type: FeelType;
  readonly optional?: boolean;
  /** Takes all further arguments, or one list of them. */
  readonly variadic?: boolean;
}

/** A function as a value: a builtin, a function definition, a business knowledge model or a decision service. DMN 1.5 §10.3.2.13.1. */
export class FunctionValue {
  readonly parameters: readonly FeelParameter[];
  readonly call: (args: readonly unknown[]) => unknown;
  readonly result: FeelType | undefined;

  constructor(parameters: readonly FeelParameter[], call: (args: readonly unknown[]) => unknown, result?: FeelType) {
    this.parameters = parameters;
    this.call = call;
    this.result = result;
  }
}

/** A context: what `{a: 1}` gives, and any JSON object. */
export type FeelContextValue = Readonly<Record<string, unknown>>;

/** Names of FEEL's own types that have no parts. DMN 1.5 §10.3.2.1, table 41. */
export type PlainTypeName = 'Any' | 'Null' | 'number' | 'string' | 'boolean' | 'date' | 'time' | 'date and time' | 'days and time duration' | 'years and months duration' | 'duration';

/** A type of FEEL, or one that an item definition makes of it. DMN 1.5 §10.3.2.9. */
export type FeelType =
  | { readonly kind: 'plain'; readonly name: PlainTypeName }
  | { readonly kind: 'list'; readonly of: FeelType }
  | { readonly kind: 'range'; readonly of: FeelType }
  | { readonly kind: 'context'; readonly entries: Readonly<Record<string, FeelType>> }
  | { readonly kind: 'function'; readonly parameters?: readonly FeelType[] | undefined; readonly result?: FeelType | undefined }
  /** An item definition with allowed values. */
  | { readonly kind: 'restricted'; readonly base: FeelType; readonly allows: (value: unknown) => boolean }
  /** An item definition, looked up when it is needed, since definitions may refer to each other. */
  | { readonly kind: 'named'; readonly resolve: () => FeelType };

export const anyType: FeelType = { kind: 'plain', name: 'Any' };
export const plainType = (name: PlainTypeName): FeelType => ({ kind: 'plain', name });

/** The type of a value by its name; a range, list, context or function without its parts. */
export function kindOf(value: unknown): PlainTypeName | 'list' | 'context' | 'range' | 'function' {
  if (value === null || value === undefined) return 'Null';
  if (isNumber(value)) return 'number';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'boolean';
  if (Array.isArray(value)) return 'list';
  if (value instanceof FeelDate) return 'date';
  if (value instanceof FeelTime) return 'time';
  if (value instanceof FeelDateTime) return 'date and time';
  if (value instanceof FeelDuration) return value.yearsMonths ? 'years and months duration' : 'days and time duration';
  if (value instanceof FeelRange) return 'range';
  return value instanceof FunctionValue ? 'function' : 'context';
}

export function isContext(value: unknown): value is FeelContextValue {
  return kindOf(value) === 'context';
}

export interface RangeParts {
  readonly start: unknown;
  readonly end: unknown;
  readonly startIncluded: boolean;
  readonly endIncluded: boolean;
}

export function makeRange({ start, end, startIncluded, endIncluded }: RangeParts): FeelRange {
  const type = kindOf(start === null ? end : start);
  // feelin knows the element's type under a name of its own; it is not read here.
  return new FeelRange({ start, end, 'start included': startIncluded, 'end included': endIncluded, valueType: type === 'Null' ? null : type } as unknown as ConstructorParameters<typeof FeelRange>[0]);
}

/** Sets an entry whatever it is called, `__proto__` included. */
export function setEntry(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
  else target[key] = value;
}

/** The entry of a context however the spaces in its key are written; undefined when there is none. */
export function entryOf(context: FeelContextValue, name: string): unknown {
  if (Object.hasOwn(context, name)) return context[name];
  const wanted = normalName(name);
  const key = Object.keys(context).find((candidate) => normalName(candidate) === wanted);
  return key === undefined ? undefined : context[key];
}
