import { z } from 'zod';
import { expression, variableName } from './basics.ts';
import { escalationEventDefinitionSchema, messageEventDefinitionSchema, signalEventDefinitionSchema } from './event-definitions.ts';

const behaviorEventSchema = z.union([signalEventDefinitionSchema, escalationEventDefinitionSchema, messageEventDefinitionSchema]);

/** Which events an instance throws when it completes: each one, only the first, or those whose condition holds. BPMN 2.0.2 table 10.30. */
const multiInstanceBehaviorSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none'), event: behaviorEventSchema }),
  z.object({ kind: z.literal('one'), event: behaviorEventSchema }),
  z.object({ kind: z.literal('complex'), definitions: z.array(z.object({ condition: expression, event: behaviorEventSchema })).min(1) }),
]);

/** Runs the activity once for each item, or a number of times. A list is taken when the marker is entered. BPMN 2.0.2 §13.3.7. */
export const multiInstanceSchema = z
  .object({
    kind: z.literal('multiInstance'),
    sequential: z.boolean(),
    /** FEEL giving a list of at most 1,000 items. */
    collection: expression.optional(),
    /** FEEL giving a number of at most 1,000. */
    cardinality: expression.optional(),
    elementVariable: variableName.optional(),
    outputCollection: variableName.optional(),
    /** FEEL evaluated in each inner scope when it completes. */
    outputElement: expression.optional(),
    completionCondition: expression.optional(),
    behavior: multiInstanceBehaviorSchema.optional(),
  })
  .refine((marker) => (marker.collection === undefined) !== (marker.cardinality === undefined), 'Expected either a collection or a cardinality')
  .refine((marker) => marker.elementVariable === undefined || marker.collection !== undefined, 'Expected an element variable only with a collection');
export type MultiInstance = z.infer<typeof multiInstanceSchema>;

/** Repeats the activity while the condition holds; `loopCounter` counts from 1. BPMN 2.0.2 §13.3.6. */
export const standardLoopSchema = z.object({
  kind: z.literal('standardLoop'),
  /** True asks before the first time. */
  testBefore: z.boolean(),
  condition: expression.optional(),
  maximum: z.number().int().min(0).optional(),
});
export type StandardLoop = z.infer<typeof standardLoopSchema>;
