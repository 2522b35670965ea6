import { z } from 'zod';

/** A JSONPath of names and indexes only: `$.order.items[0].dose`. */
export const factPathPattern = /^\$(\.[A-Za-z_][A-Za-z0-9_]*|\[\d{1,6}\])*$/;
const forbiddenNames = new Set(['__proto__', 'constructor', 'prototype']);

const notForbidden = (name: string): boolean => !forbiddenNames.has(name);
/** The name of an input. */
export const factNameSchema = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/, 'Expected a name of letters, digits and underscores, at most 64 characters')
  .refine(notForbidden, 'Expected a name that is not part of every object, such as constructor');
const factPathSchema = z
  .string()
  .max(500)
  .regex(factPathPattern, 'Expected a path of names and indexes such as $.items[0].dose')
  .refine((path) => path.split(/[.[\]]/).every(notForbidden), 'Expected a path without __proto__, constructor and prototype');

/** The ten operators of json-rules-engine. */
export const operatorSchema = z.enum([
  'equal',
  'notEqual',
  'in',
  'notIn',
  'contains',
  'doesNotContain',
  'lessThan',
  'lessThanInclusive',
  'greaterThan',
  'greaterThanInclusive',
]);
export type Operator = z.infer<typeof operatorSchema>;

/** Another fact in the place of a value. */
export const factReferenceSchema = z.strictObject({ fact: factNameSchema, path: factPathSchema.optional() });
export type FactReference = z.infer<typeof factReferenceSchema>;

const scalarSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const conditionPrioritySchema = z.number().int().min(1).optional();

/** One comparison: fact, operator, value. `params` are kept for json-rules-engine; constant facts ignore them. */
export const comparisonSchema = z.strictObject({
  fact: factNameSchema,
  operator: operatorSchema,
  value: z.union([factReferenceSchema, scalarSchema, z.array(scalarSchema)]),
  path: factPathSchema.optional(),
  params: z.record(z.string(), z.unknown()).optional(),
  priority: conditionPrioritySchema,
  name: z.string().optional(),
});
export type Comparison = z.infer<typeof comparisonSchema>;

/** A condition in json-rules-engine's own format; an empty `any`, which json-rules-engine takes as true, is refused. */
export type Condition =
  | Comparison
  | { readonly all: readonly Condition[]; readonly priority?: number | undefined; readonly name?: string | undefined }
  | { readonly any: readonly Condition[]; readonly priority?: number | undefined; readonly name?: string | undefined }
  | { readonly not: Condition; readonly priority?: number | undefined; readonly name?: string | undefined };

const groupKeys = { priority: conditionPrioritySchema, name: z.string().optional() };
/** Any condition, nested. */
export const conditionSchema: z.ZodType<Condition> = z.lazy(() => z.union([allSchema, anySchema, notSchema, comparisonSchema]));
const allSchema = z.strictObject({ all: z.array(conditionSchema), ...groupKeys });
const anySchema = z.strictObject({ any: z.array(conditionSchema).min(1), ...groupKeys });
const notSchema = z.strictObject({ not: conditionSchema, ...groupKeys });
/** The condition of a rule: a group, as json-rules-engine wants it at the top. */
export const rootConditionSchema = z.union([allSchema, anySchema, notSchema]);
