import { z } from 'zod';
import { parseJsonPath } from './json-path.ts';
import { parseOperator, type Operator } from './operator-name.ts';

const forbiddenNames = new Set(['__proto__', 'constructor', 'prototype']);

const notForbidden = (name: string): boolean => !forbiddenNames.has(name);
/** The name of an input. */
export const factNameSchema = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/, 'Expected a name of letters, digits and underscores, at most 64 characters')
  .refine(notForbidden, 'Expected a name that is not part of every object, such as constructor');
/** A path in a fact: see `parseJsonPath`. */
export const factPathSchema = z
  .string()
  .max(500)
  .refine((path) => parseJsonPath(path) !== undefined, 'Expected a path such as $.items[0].dose, $.items[*].dose or $..dose, without filters and scripts')
  .refine((path) => path.split(/[.[\],'"]/).every(notForbidden), 'Expected a path without __proto__, constructor and prototype');

/**
 * An operator: one of json-rules-engine's ten or `satisfies`, which holds FEEL unary tests; before it json-rules-engine's
 * decorators, such as `everyFact:greaterThan`. Decorators do not go with `satisfies`.
 */
export const operatorSchema = z.custom<Operator>((name) => typeof name === 'string' && parseOperator(name) !== undefined, 'Expected an operator of json-rules-engine, with or without its decorators, or satisfies');

/** Another fact in the place of a value. */
export const factReferenceSchema = z.strictObject({ fact: factNameSchema, path: factPathSchema.optional(), params: z.record(z.string(), z.unknown()).optional() });
export type FactReference = z.infer<typeof factReferenceSchema>;

const scalarSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const conditionPrioritySchema = z.number().int().min(1).optional();

/** One comparison: fact, operator, value. `params` are kept for json-rules-engine; constant facts ignore them. */
export const comparisonSchema = z.strictObject({
  fact: factNameSchema,
  operator: operatorSchema,
  value: z.union([scalarSchema, z.array(z.union([scalarSchema, z.array(scalarSchema)])), factReferenceSchema]),
  path: factPathSchema.optional(),
  params: z.record(z.string(), z.unknown()).optional(),
  priority: conditionPrioritySchema,
  name: z.string().optional(),
});
export type { Operator } from './operator-name.ts';
export type Comparison = z.infer<typeof comparisonSchema>;

interface Group {
  readonly priority?: number | undefined;
  readonly name?: string | undefined;
}

/** A condition in json-rules-engine's own format; an empty `any`, which json-rules-engine takes as true, is refused. `condition` names one of the document's `conditions`. */
export type Condition =
  | Comparison
  | ({ readonly all: readonly Condition[] } & Group)
  | ({ readonly any: readonly Condition[] } & Group)
  | ({ readonly not: Condition } & Group)
  | ({ readonly condition: string } & Group);

const groupKeys = { priority: conditionPrioritySchema, name: z.string().optional() };
/** Any condition, nested. Comparisons, which are most, are tried first: each form that does not fit costs more than one that does. */
export const conditionSchema: z.ZodType<Condition> = z.lazy(() => z.union([comparisonSchema, allSchema, anySchema, notSchema, referenceSchema]));
const allSchema = z.strictObject({ all: z.array(conditionSchema), ...groupKeys });
const anySchema = z.strictObject({ any: z.array(conditionSchema).min(1), ...groupKeys });
const notSchema = z.strictObject({ not: conditionSchema, ...groupKeys });
const referenceSchema = z.strictObject({ condition: z.string().min(1).max(128), ...groupKeys });
/** The condition of a rule: a group or a named condition, as json-rules-engine wants it at the top. */
export const rootConditionSchema = z.union([allSchema, anySchema, notSchema, referenceSchema]);
export type RootCondition = z.infer<typeof rootConditionSchema>;

/** Conditions by name, which others refer to. */
export type NamedConditions = Readonly<Record<string, RootCondition>>;

/** The condition of a name; undefined for a reference that leads nowhere. */
export function conditionNamed(name: string, named: NamedConditions): RootCondition | undefined {
  return Object.hasOwn(named, name) ? named[name] : undefined;
}

/** Whether a value stands for another fact. */
export function isFactReference(value: unknown): value is FactReference {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && 'fact' in value;
}

/** Every comparison of a condition, in order, those of named conditions included; a reference that leads nowhere has none. */
export function* comparisonsOf(condition: Condition, named: NamedConditions = {}): Generator<Comparison> {
  if ('all' in condition) for (const part of condition.all) yield* comparisonsOf(part, named);
  else if ('any' in condition) for (const part of condition.any) yield* comparisonsOf(part, named);
  else if ('not' in condition) yield* comparisonsOf(condition.not, named);
  else if ('condition' in condition) {
    const target = conditionNamed(condition.condition, named);
    if (target) yield* comparisonsOf(target, named);
  } else yield condition;
}
