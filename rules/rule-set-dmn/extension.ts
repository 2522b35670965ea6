import { z } from 'zod';
import { ruleOutputSchema, ruleSchema, ruleSetDocumentSchema, type RuleSetDocument } from '../rule-set.ts';
import { conditionSchema, factNameSchema, factPathSchema, rootConditionSchema } from '../condition.ts';
import { careloopNamespace } from '../dmn/namespaces.ts';
import { dmnElement, element } from '../dmn/xml/build-xml.ts';
import { dmnChild, isElement, localName, textOf, type XmlElement } from '../dmn/xml/xml-element.ts';
import { escaped } from './feel-text.ts';
import { variableNames } from './file-names.ts';

const { format, key, version, name, domain, description, inputs, conditions, hitPolicy, aggregation } = ruleSetDocumentSchema.shape;

/** What a decision has of its rule set beside the table: the head of the document, and what the columns are. */
export const ruleSetExtensionSchema = z.strictObject({
  head: z.strictObject({ format, key, version, name, domain, description, inputs, conditions, hitPolicy, aggregation }),
  outputs: z.array(ruleOutputSchema).max(100),
  listed: z.strictObject({ columns: z.number().int().min(0).optional(), annotations: z.literal(true).optional() }),
  columns: z.array(z.strictObject({ fact: factNameSchema, path: factPathSchema.optional() })).max(500),
  annotations: z.array(z.string()).max(100),
  /** Names that the file has for facts, where they are not their own. */
  variables: z.record(factNameSchema, z.string().min(1)).optional(),
  /** Ids in the order of the document, where the rows stand in that of priority. */
  order: z.array(z.string()).max(10_000).optional(),
});
export type RuleSetExtension = z.infer<typeof ruleSetExtensionSchema>;

const keptSchema = z.union([z.strictObject({ parts: z.array(conditionSchema) }), z.strictObject({ root: rootConditionSchema }), z.strictObject({ value: z.json() })]);
/** What a row has of its rule beside its cells. A kept cell counts as long as the file's cell has the text that was written with it. */
export const ruleExtensionSchema = z.strictObject({
  id: ruleSchema.shape.id,
  rest: ruleSchema.omit({ id: true, conditions: true, level: true, message: true, source: true }),
  kept: z.array(z.strictObject({ column: z.string(), text: z.string(), cell: z.strictObject({ text: z.string(), keeps: keptSchema.optional(), at: z.array(z.number().int().min(0)).optional() }) })).optional(),
});
export type RuleExtension = z.infer<typeof ruleExtensionSchema>;

/** A value as an extension element of Careloop's, JSON in its text. */
export function withExtension(owner: XmlElement, extension: 'ruleSet' | 'rule', value: unknown): XmlElement {
  const own = element(`careloop:${extension}`, careloopNamespace, {}, [{ text: escaped(JSON.stringify(value)) }]);
  // DMN wants descriptions before extensions, and both before all else. DMN 1.5 §6.3.2.
  const isFirst = owner.children.filter(isElement)[0]?.name === 'description';
  const place = isFirst ? 1 : 0;
  return { ...owner, children: [...owner.children.slice(0, place), dmnElement('extensionElements', {}, [own]), ...owner.children.slice(place)] };
}

/** What the extension of an element says; undefined where there is none, `problem` where it is damaged. */
export function readExtension<Value>(owner: XmlElement, extension: 'ruleSet' | 'rule', schema: z.ZodType<Value>): { readonly value: Value } | { readonly problem: string } | undefined {
  const own = dmnChild(owner, 'extensionElements')?.children.filter(isElement).find((child) => child.namespace === careloopNamespace && localName(child) === extension);
  if (!own) return undefined;
  try {
    const parsed = schema.safeParse(JSON.parse(textOf(own)));
    if (parsed.success) return { value: parsed.data };
    return { problem: parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).slice(0, 3).join('; ') };
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof RangeError)) throw error;
    return { problem: 'it is no JSON' };
  }
}

/** The names of a rule set's variables in the file. */
export function namesIn({ head, variables }: RuleSetExtension): ReturnType<typeof variableNames> {
  // The schema writes an absent key as one that may be undefined.
  return variableNames({ ...(head as Pick<RuleSetDocument, 'key' | 'inputs' | 'conditions'>), variables });
}
