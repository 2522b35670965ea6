import { z } from 'zod';

/**
 * The canonical JSON form of a process: one-to-one with the BPMN 2.0.2 elements that Careloop executes.
 * Every `expression` is FEEL (DMN 1.5 §10) over the variables in scope.
 */

const identifier = z.string().regex(/^[A-Za-z_][A-Za-z0-9_.-]{0,127}$/, 'Expected an NCName of at most 128 characters');
const variableName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/, 'Expected a FEEL name without spaces, at most 64 characters');
const expression = z.string().min(1).max(10_000);

/** Text for people, in both languages of the product. */
export const localizedTextSchema = z.object({ 'zh-CN': z.string(), en: z.string() });
export type LocalizedText = z.infer<typeof localizedTextSchema>;

export const variableTypeSchema = z.enum(['string', 'number', 'boolean', 'date', 'dateTime', 'object', 'list']);
export type VariableType = z.infer<typeof variableTypeSchema>;

/** `classification` says who the value is about; patient values are masked and encrypted. */
export const variableDeclarationSchema = z.object({
  name: variableName,
  type: variableTypeSchema,
  /** Must be given when the process starts. */
  required: z.boolean().optional(),
  classification: z.enum(['patient', 'staff', 'operational']),
  description: localizedTextSchema.optional(),
});
export type VariableDeclaration = z.infer<typeof variableDeclarationSchema>;

/** Evaluates `source` in the inner scope and stores the value as `target` in the outer one (or the reverse for inputs). */
export const mappingSchema = z.object({ target: variableName, source: expression });
export type Mapping = z.infer<typeof mappingSchema>;

/** Exactly one of the three FEEL expressions. BPMN 2.0.2 §10.5.5. */
export const timerEventDefinitionSchema = z
  .object({
    kind: z.literal('timer'),
    /** FEEL giving a date-time. */
    timeDate: expression.optional(),
    /** FEEL giving a duration. */
    timeDuration: expression.optional(),
    /** ISO 8601 repetition `R[n]/duration`, as a FEEL string. */
    timeCycle: expression.optional(),
  })
  .refine((timer) => [timer.timeDate, timer.timeDuration, timer.timeCycle].filter(Boolean).length === 1, 'Expected exactly one of timeDate, timeDuration, timeCycle');
export type TimerEventDefinition = z.infer<typeof timerEventDefinitionSchema>;

export const messageEventDefinitionSchema = z.object({
  kind: z.literal('message'),
  message: z.string().min(1).max(128),
  /** FEEL giving a string; omitted on a start event. */
  correlationKey: expression.optional(),
  /** Catch: from `message` (the payload) to variables. Throw: from variables to the payload. */
  mappings: z.array(mappingSchema).optional(),
});
export type MessageEventDefinition = z.infer<typeof messageEventDefinitionSchema>;

export const errorEventDefinitionSchema = z.object({ kind: z.literal('error'), errorCode: z.string().max(128).optional() });
export type ErrorEventDefinition = z.infer<typeof errorEventDefinitionSchema>;

/** BPMN 2.0.2 §13.3.7. A list is taken when the marker is entered. */
export const multiInstanceSchema = z.object({
  kind: z.literal('multiInstance'),
  sequential: z.boolean(),
  /** FEEL giving a list of at most 1,000 items. */
  collection: expression,
  elementVariable: variableName,
  outputCollection: variableName.optional(),
  /** FEEL evaluated in each inner scope when it completes. */
  outputElement: expression.optional(),
  completionCondition: expression.optional(),
});
export type MultiInstance = z.infer<typeof multiInstanceSchema>;

const flowElementBase = { id: identifier, name: localizedTextSchema.optional(), documentation: z.string().optional() };

/** Marks an element as an expected step of a closed loop (order, dose, specimen, payment). `item` is FEEL giving its id. */
const ledgerMarkSchema = z.object({ loop: z.string(), step: z.string(), item: expression });
export type LedgerMark = z.infer<typeof ledgerMarkSchema>;

const activityBase = {
  ...flowElementBase,
  inputs: z.array(mappingSchema).optional(),
  outputs: z.array(mappingSchema).optional(),
  multiInstance: multiInstanceSchema.optional(),
  /** The flow taken when no condition on the other outgoing flows holds. */
  default: identifier.optional(),
  ledger: ledgerMarkSchema.optional(),
};

export const startEventSchema = z.object({ ...flowElementBase, type: z.literal('startEvent'), event: messageEventDefinitionSchema.optional() });
export const endEventSchema = z.object({ ...flowElementBase, type: z.literal('endEvent'), event: z.union([errorEventDefinitionSchema, z.object({ kind: z.literal('terminate') })]).optional(), ledger: ledgerMarkSchema.optional() });
export const intermediateCatchEventSchema = z.object({ ...flowElementBase, type: z.literal('intermediateCatchEvent'), event: z.union([timerEventDefinitionSchema, messageEventDefinitionSchema]) });
export const intermediateThrowEventSchema = z.object({ ...flowElementBase, type: z.literal('intermediateThrowEvent'), event: messageEventDefinitionSchema.optional(), ledger: ledgerMarkSchema.optional() });
export const boundaryEventSchema = z.object({
  ...flowElementBase,
  type: z.literal('boundaryEvent'),
  attachedToRef: identifier,
  /** True interrupts the activity. BPMN 2.0.2 §10.5.4. */
  cancelActivity: z.boolean(),
  event: z.union([timerEventDefinitionSchema, messageEventDefinitionSchema, errorEventDefinitionSchema]),
});

/** A condition that must hold for a completion to be accepted; FEEL over `input` (the task's inputs), `data` (the form) and `actor`. */
export const completionCheckSchema = z.object({
  code: z.string().regex(/^[A-Z][A-Z0-9_]*$/),
  condition: expression,
  message: localizedTextSchema,
  /** FEEL; the check applies only when it holds. */
  when: expression.optional(),
});
export type CompletionCheck = z.infer<typeof completionCheckSchema>;

export const userTaskSchema = z.object({
  ...activityBase,
  type: z.literal('userTask'),
  /** Who may claim it: any of these roles, in the ward that `candidateUnit` (FEEL) gives. */
  candidateRoles: z.array(z.string()).min(1),
  candidateUnit: expression.optional(),
  /** FEEL giving a person's id: assigns at once. */
  assignee: expression.optional(),
  /** Key of the form in `forms/`. */
  form: z.string(),
  /** FEEL giving a date-time. */
  dueDate: expression.optional(),
  /** FEEL giving a number 0–100; 50 when absent. */
  priority: expression.optional(),
  /** FEEL giving the id of the patient the task is about. */
  subject: expression.optional(),
  /** Elements whose performer may not complete this one (two-person rule). */
  separation: z.array(identifier).optional(),
  checks: z.array(completionCheckSchema).optional(),
  /** How the work app presents it; `bedsideScan` opens the scanning page. */
  presentation: z.enum(['form', 'bedsideScan']).optional(),
});

export const serviceTaskSchema = z.object({
  ...activityBase,
  type: z.literal('serviceTask'),
  /** Registered activity type, for example `hospital.sendOrderStatus`. */
  activity: z.string().min(1),
  /** FEEL giving the business idempotency key of the effect; `<instanceId>:<elementInstanceId>` when absent. */
  idempotencyKey: expression.optional(),
  retry: z.object({ maximumAttempts: z.number().int().min(1).max(100), initialIntervalMs: z.number().int().min(1).optional() }).optional(),
  timeoutMs: z.number().int().min(1).max(600_000).optional(),
  resultVariable: variableName.optional(),
});

export const businessRuleTaskSchema = z.object({
  ...activityBase,
  type: z.literal('businessRuleTask'),
  ruleSet: z.string(),
  /** `inEffect`: the version in force at the decision. `pinned`: travels in the bundle, evaluated in place. DESIGN §5. */
  binding: z.union([z.object({ kind: z.literal('inEffect') }), z.object({ kind: z.literal('pinned'), version: z.string() })]),
  resultVariable: variableName,
});

export const scriptTaskSchema = z.object({ ...activityBase, type: z.literal('scriptTask'), script: expression, resultVariable: variableName.optional() });

export const exclusiveGatewaySchema = z.object({ ...flowElementBase, type: z.literal('exclusiveGateway'), default: identifier.optional() });
export const parallelGatewaySchema = z.object({ ...flowElementBase, type: z.literal('parallelGateway') });

export const sequenceFlowSchema = z.object({
  id: identifier,
  name: localizedTextSchema.optional(),
  sourceRef: identifier,
  targetRef: identifier,
  condition: expression.optional(),
});
export type SequenceFlow = z.infer<typeof sequenceFlowSchema>;

export type StartEvent = z.infer<typeof startEventSchema>;
export type EndEvent = z.infer<typeof endEventSchema>;
export type IntermediateCatchEvent = z.infer<typeof intermediateCatchEventSchema>;
export type IntermediateThrowEvent = z.infer<typeof intermediateThrowEventSchema>;
export type BoundaryEvent = z.infer<typeof boundaryEventSchema>;
export type UserTask = z.infer<typeof userTaskSchema>;
export type ServiceTask = z.infer<typeof serviceTaskSchema>;
export type BusinessRuleTask = z.infer<typeof businessRuleTaskSchema>;
export type ScriptTask = z.infer<typeof scriptTaskSchema>;
export type ExclusiveGateway = z.infer<typeof exclusiveGatewaySchema>;
export type ParallelGateway = z.infer<typeof parallelGatewaySchema>;

/** Embedded sub-process: its own flow elements and scope. BPMN 2.0.2 §10.3.5. */
export interface SubProcess {
  readonly type: 'subProcess';
  readonly id: string;
  readonly name?: LocalizedText | undefined;
  readonly documentation?: string | undefined;
  readonly inputs?: Mapping[] | undefined;
  readonly outputs?: Mapping[] | undefined;
  readonly multiInstance?: MultiInstance | undefined;
  readonly default?: string | undefined;
  readonly ledger?: LedgerMark | undefined;
  /** Variables that belong to this scope and vanish with it. */
  readonly variables?: VariableDeclaration[] | undefined;
  readonly flowElements: FlowElement[];
  readonly sequenceFlows: SequenceFlow[];
}

export type FlowElement =
  | StartEvent | EndEvent | IntermediateCatchEvent | IntermediateThrowEvent | BoundaryEvent
  | UserTask | ServiceTask | BusinessRuleTask | ScriptTask
  | ExclusiveGateway | ParallelGateway | SubProcess;

export type ElementType = FlowElement['type'];

export const subProcessSchema: z.ZodType<SubProcess> = z.lazy(() =>
  z.object({
    ...activityBase,
    type: z.literal('subProcess'),
    variables: z.array(variableDeclarationSchema).optional(),
    flowElements: z.array(flowElementSchema).min(1),
    sequenceFlows: z.array(sequenceFlowSchema),
  }),
);

export const flowElementSchema: z.ZodType<FlowElement> = z.lazy(() =>
  z.union([
    z.discriminatedUnion('type', [
      startEventSchema, endEventSchema, intermediateCatchEventSchema, intermediateThrowEventSchema, boundaryEventSchema,
      userTaskSchema, serviceTaskSchema, businessRuleTaskSchema, scriptTaskSchema, exclusiveGatewaySchema, parallelGatewaySchema,
    ]),
    subProcessSchema,
  ]),
);

/** One executable process. `key` is stable over versions; `version` is what its owners call this one. */
export const processDefinitionSchema = z.object({
  format: z.literal('careloop-process/1'),
  key: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/),
  version: z.string().min(1).max(32),
  name: localizedTextSchema,
  documentation: z.string().optional(),
  variables: z.array(variableDeclarationSchema),
  /** FEEL over the start variables: what the instance is called in lists, never with patient data. */
  subject: expression.optional(),
  flowElements: z.array(flowElementSchema).min(1).max(10_000),
  sequenceFlows: z.array(sequenceFlowSchema).max(20_000),
});
export type ProcessDefinition = z.infer<typeof processDefinitionSchema>;
