import { z } from 'zod';
import { compileDecisionModel } from './compile-decision-model.ts';
import type { DecisionModel, DmnFinding } from './decision-model.ts';

const text = z.string().max(100_000);
const name = z.string().min(1).max(1_000);
const itemSchema = z.strictObject({ name, typeRef: text.optional() });
const common = { id: text.optional(), label: text.optional(), typeRef: text.optional() };

const expressionSchema: z.ZodType = z.lazy(() => z.discriminatedUnion('kind', [
  z.strictObject({ ...common, kind: z.literal('literal'), text, expressionLanguage: text.optional() }),
  z.strictObject({
    ...common,
    kind: z.literal('decisionTable'),
    hitPolicy: z.enum(['UNIQUE', 'ANY', 'PRIORITY', 'FIRST', 'RULE ORDER', 'OUTPUT ORDER', 'COLLECT']),
    aggregation: z.enum(['SUM', 'MIN', 'MAX', 'COUNT']).optional(),
    outputLabel: text.optional(),
    inputs: z.array(z.strictObject({ id: text.optional(), label: text.optional(), expression: text, typeRef: text.optional(), values: text.optional() })),
    outputs: z.array(z.strictObject({ id: text.optional(), name: text.optional(), label: text.optional(), typeRef: text.optional(), values: text.optional(), defaultValue: text.optional() })).min(1),
    annotations: z.array(text),
    rules: z.array(z.strictObject({ id: text.optional(), description: text.optional(), inputs: z.array(text), outputs: z.array(text), annotations: z.array(text) })).max(100_000),
  }),
  z.strictObject({ ...common, kind: z.literal('context'), entries: z.array(z.strictObject({ variable: itemSchema.optional(), value: expressionSchema })) }),
  z.strictObject({ ...common, kind: z.literal('list'), items: z.array(expressionSchema) }),
  z.strictObject({ ...common, kind: z.literal('relation'), columns: z.array(itemSchema), rows: z.array(z.array(expressionSchema)) }),
  z.strictObject({ ...common, kind: z.literal('invocation'), called: expressionSchema, bindings: z.array(z.strictObject({ parameter: itemSchema, value: expressionSchema.optional() })) }),
  functionSchema,
  z.strictObject({ ...common, kind: z.literal('conditional'), if: expressionSchema, then: expressionSchema, else: expressionSchema }),
  z.strictObject({ ...common, kind: z.enum(['for', 'some', 'every']), iteratorVariable: name, in: expressionSchema, result: expressionSchema }),
  z.strictObject({ ...common, kind: z.literal('filter'), in: expressionSchema, match: expressionSchema }),
]));
const functionSchema = z.strictObject({ ...common, kind: z.literal('function'), functionKind: z.enum(['FEEL', 'Java', 'PMML']), parameters: z.array(itemSchema), body: z.lazy(() => expressionSchema).optional() });

const itemDefinitionSchema: z.ZodType = z.lazy(() => z.strictObject({
  name,
  isCollection: z.boolean().optional(),
  typeRef: text.optional(),
  components: z.array(itemDefinitionSchema).optional(),
  allowedValues: text.optional(),
  typeConstraint: text.optional(),
  functionItem: z.strictObject({ parameters: z.array(itemSchema), outputTypeRef: text.optional() }).optional(),
  unit: z.string().min(1).max(64).optional(),
}));

const element = { id: name, name };
const ids = z.array(name);
const requirementsSchema = z.strictObject({ information: ids, knowledge: ids, authority: ids });

/** The shape of a decision model as JSON. What its parts refer to is checked by `checkDecisionModel`. */
export const decisionModelSchema = z.strictObject({
  format: z.literal('careloop-decisions/1'),
  id: text,
  name: text,
  namespace: text,
  imports: z.array(z.strictObject({ name: z.string().max(1_000), namespace: text, importType: text.optional(), locationURI: text.optional() })).optional(),
  itemDefinitions: z.array(itemDefinitionSchema),
  inputData: z.array(z.strictObject({ ...element, variable: itemSchema })),
  decisions: z.array(z.strictObject({ ...element, variable: itemSchema, question: text.optional(), allowedAnswers: text.optional(), requirements: requirementsSchema, expression: expressionSchema.optional() })),
  businessKnowledgeModels: z.array(z.strictObject({ ...element, variable: itemSchema, requirements: requirementsSchema, logic: functionSchema.optional() })),
  decisionServices: z.array(z.strictObject({ ...element, variable: itemSchema, outputDecisions: ids, encapsulatedDecisions: ids, inputDecisions: ids, inputData: ids })),
  knowledgeSources: z.array(z.strictObject(element)),
});

/** The model in a JSON value, or nothing, with all that is wrong with it: MODEL_INVALID, DUPLICATE_ID, REFERENCE_NOT_FOUND, and what its compilation finds. */
export function checkDecisionModel(json: unknown, imported: readonly DecisionModel[] = []): { readonly model?: DecisionModel; readonly findings: readonly DmnFinding[] } {
  const parsed = parse(json);
  if (!parsed) return { findings: [{ code: 'MODEL_INVALID', severity: 'error', message: 'Expected a decision model that can be read, but its parts are nested too deeply' }] };
  if (!parsed.success) return { findings: parsed.error.issues.map(({ message, path }) => ({ code: 'MODEL_INVALID', severity: 'error', message, path: path.join('.') })) };
  // The schema has the same keys; it writes an absent key as one that may be undefined.
  const model = parsed.data as unknown as DecisionModel;
  return { model, findings: [...references(model), ...compileDecisionModel(model, imported).findings] };
}

function parse(json: unknown): ReturnType<typeof decisionModelSchema.safeParse> | undefined {
  try {
    return decisionModelSchema.safeParse(json);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function references(model: DecisionModel): DmnFinding[] {
  const known = new Set<string>();
  const findings: DmnFinding[] = [];
  for (const { id } of [...model.inputData, ...model.decisions, ...model.businessKnowledgeModels, ...model.decisionServices, ...model.knowledgeSources]) {
    if (known.has(id)) findings.push({ code: 'DUPLICATE_ID', severity: 'error', elementId: id, message: `Expected every id once in the model, but ${id} is used twice` });
    known.add(id);
  }
  // An element of an imported model is looked up when the models are linked.
  const isLinked = (id: string): boolean => id.includes('#') && (model.imports ?? []).length > 0;
  const check = (owner: string, wanted: readonly string[]): void => {
    for (const id of wanted) if (!known.has(id) && !isLinked(id)) findings.push({ code: 'REFERENCE_NOT_FOUND', severity: 'error', elementId: owner, message: `Expected a reference to an element of the model, but there is no ${id}` });
  };
  for (const { id, requirements } of [...model.decisions, ...model.businessKnowledgeModels]) check(id, [...requirements.information, ...requirements.knowledge, ...requirements.authority]);
  for (const { id, outputDecisions, encapsulatedDecisions, inputDecisions, inputData } of model.decisionServices) check(id, [...outputDecisions, ...encapsulatedDecisions, ...inputDecisions, ...inputData]);
  return findings;
}
