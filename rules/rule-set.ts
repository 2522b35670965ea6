import { z } from 'zod';
import { factNameSchema, factPathSchema, rootConditionSchema } from './condition.ts';
import { aggregations, hitPolicies, hitPolicyProblem } from './hit-policy.ts';
import { levels } from './level.ts';

const localizedTextSchema = z.strictObject({ 'zh-CN': z.string().min(1), en: z.string().min(1) });
/** Text for people, in both languages of the product. */
export type LocalizedText = z.infer<typeof localizedTextSchema>;

const identifierSchema = z.string().regex(/^[A-Za-z][A-Za-z0-9._-]{0,127}$/, 'Expected letters, digits, dots, dashes and underscores, at most 128 characters');

/** What a rule says when it fires. */
export const levelSchema = z.enum(levels);

/** The type of an input or output; date and dateTime are ISO 8601 strings, `any` is JSON whose type nobody declared. */
export const inputTypeSchema = z.enum(['string', 'number', 'boolean', 'date', 'dateTime', 'list', 'object', 'any']);
export type InputType = z.infer<typeof inputTypeSchema>;

/**
 * What a missing value means: `stop` (level UNKNOWN), `person` (a pharmacist decides), `branch` (the input
 * takes `value`; without one, conditions on it are false).
 */
export const missingPolicySchema = z.strictObject({ policy: z.enum(['stop', 'person', 'branch']), value: z.json().optional() });
export type MissingPolicy = z.infer<typeof missingPolicySchema>;

const scalarSchema = z.union([z.string(), z.number(), z.boolean()]);
const allowedValuesSchema = z.array(scalarSchema).min(1).max(1_000);

/** A typed fact that rules read. */
export const ruleInputSchema = z
  .strictObject({
    name: factNameSchema,
    type: inputTypeSchema,
    /** UCUM code of the number. */
    unit: z.string().min(1).max(64).optional(),
    required: z.boolean().optional(),
    /** ISO 8601 days and time duration; an older value, or one of unknown age, is missing. */
    maxAge: z.string().regex(/^P(?=\d|T\d)(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?$/, 'Expected a duration of days and time such as P7D or PT48H').optional(),
    /** The dateTime input that says when this one was observed, where the caller gives no `observedAt`. */
    observedAtInput: factNameSchema.optional(),
    whenMissing: missingPolicySchema.optional(),
    description: localizedTextSchema.optional(),
    /** The values that there are; analysis looks for gaps among them. A fact with another value is judged as it is. */
    allowedValues: allowedValuesSchema.optional(),
  })
  .refine((input) => !input.maxAge || input.whenMissing, 'Expected whenMissing beside maxAge, but it is not declared')
  .refine((input) => input.whenMissing?.value === undefined || input.whenMissing.policy === 'branch', 'Expected whenMissing.value with the policy branch only');
export type RuleInput = z.infer<typeof ruleInputSchema>;

/** Where a rule comes from: grade A regulation or approved label, B guideline, C secondary, D general; mark S looked up, G general knowledge. */
export const ruleSourceSchema = z.strictObject({
  grade: z.enum(['A', 'B', 'C', 'D']),
  reference: z.string().min(1),
  mark: z.enum(['S', 'G']),
});
export type RuleSource = z.infer<typeof ruleSourceSchema>;

/**
 * A value that rules give in `event.params` under its name: a literal, or `{ "feel": expression }`, which is worked out from the facts.
 * The order of `allowedValues` is that of priority, highest first. `default` is the value when no rule fires.
 */
export const ruleOutputSchema = z.strictObject({
  name: factNameSchema,
  type: inputTypeSchema,
  /** UCUM code of the number. */
  unit: z.string().optional(),
  description: localizedTextSchema.optional(),
  allowedValues: allowedValuesSchema.optional(),
  default: z.json().optional(),
});
export type RuleOutput = z.infer<typeof ruleOutputSchema>;

export const hitPolicySchema = z.enum(hitPolicies);
export const aggregationSchema = z.enum(aggregations);

/** One rule. It is advise-only (reported as WARN at most) when it says so, or when its source is grade C or D and nobody signed it. */
export const ruleSchema = z.strictObject({
  id: identifierSchema,
  name: localizedTextSchema,
  level: levelSchema.optional(),
  conditions: rootConditionSchema,
  event: z.strictObject({ type: z.string().min(1), params: z.record(z.string(), z.json()).optional() }),
  /** Higher is judged first; default 1. */
  priority: z.number().int().min(1).optional(),
  message: localizedTextSchema,
  source: ruleSourceSchema,
  /** Texts by the names in the document's `annotations`. */
  annotations: z.record(z.string(), z.string()).optional(),
  adviseOnly: z.boolean().optional(),
  /** The role that took responsibility for a grade C or D source. */
  signed: z.strictObject({ role: z.string().min(1), name: z.string().min(1), at: z.iso.datetime({ offset: true }) }).optional(),
});
export type Rule = z.infer<typeof ruleSchema>;

/** A rule set as stored and edited; see docs/rules.md. */
export const ruleSetDocumentSchema = z
  .strictObject({
    format: z.literal('careloop-rules/1'),
    key: identifierSchema,
    version: z.string().min(1).max(64),
    name: localizedTextSchema,
    domain: z.enum(['pharmacy', 'nursing', 'medical', 'finance']),
    description: localizedTextSchema.optional(),
    inputs: z.array(ruleInputSchema).max(500),
    outputs: z.array(ruleOutputSchema).max(100),
    /** Conditions that rules refer to by name, as json-rules-engine's `setCondition` has them. */
    conditions: z.record(z.string().min(1).max(128), rootConditionSchema).optional(),
    rules: z.array(ruleSchema).max(10_000),
    /** `collect`, the default: every rule that fires is a finding. */
    hitPolicy: hitPolicySchema.optional(),
    aggregation: aggregationSchema.optional(),
    /** Names of the rules' annotations, in the order of the table's columns. */
    annotations: z.array(z.string().min(1).max(200)).max(100).optional(),
    /** Input columns of the table view, in order; facts that rules read beside them follow as they come. */
    columns: z.array(z.strictObject({ fact: factNameSchema, path: factPathSchema.optional() })).max(500).optional(),
  })
  .superRefine((document, context) => {
    const lists = {
      inputs: document.inputs.map((input) => input.name),
      outputs: document.outputs.map((output) => output.name),
      rules: document.rules.map((rule) => rule.id),
      annotations: document.annotations ?? [],
      columns: (document.columns ?? []).map(({ fact, path }) => fact + (path ?? '$').slice(1)),
    };
    for (const [path, names] of Object.entries(lists)) {
      const twice = names.length === new Set(names).size ? undefined : names.find((name, index) => names.indexOf(name) !== index);
      if (twice !== undefined) context.addIssue({ code: 'custom', path: [path], message: `Expected each name once, but found ${twice} twice` });
    }
    const problem = hitPolicyProblem(document);
    if (problem) context.addIssue({ code: 'custom', path: [problem.path], message: problem.message });
  });
export type RuleSetDocument = z.infer<typeof ruleSetDocumentSchema>;
