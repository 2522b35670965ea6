import { z } from 'zod';
import { multiInstanceSchema, standardLoopSchema, type MultiInstance, type StandardLoop } from './activity-markers.ts';
import { expression, identifier, localizedTextSchema, mappingSchema, variableDeclarationSchema, variableName, type LocalizedText, type Mapping, type VariableDeclaration } from './basics.ts';
import {
  boundaryEventDefinitionSchema, endEventDefinitionSchema, intermediateCatchDefinitionSchema, intermediateThrowDefinitionSchema,
  messageEventDefinitionSchema, startEventDefinitionSchema,
} from './event-definitions.ts';
import { ledgerMarkSchema, userTaskFields, type LedgerMark } from './user-task-fields.ts';

const flowElementBase = { id: identifier, name: localizedTextSchema.optional(), documentation: z.string().optional() };

const activityBase = {
  ...flowElementBase,
  inputs: z.array(mappingSchema).optional(),
  outputs: z.array(mappingSchema).optional(),
  multiInstance: multiInstanceSchema.optional(),
  standardLoop: standardLoopSchema.optional(),
  /** The flow taken when no condition on the other outgoing flows holds. */
  default: identifier.optional(),
  /** Runs only to undo another activity. BPMN 2.0.2 §10.7. */
  isForCompensation: z.boolean().optional(),
  /** Tokens that have to come before it begins; 1 by default. BPMN 2.0.2 table 10.3. */
  startQuantity: z.number().int().min(1).max(1_000).optional(),
  /** Tokens that it sends over each flow; 1 by default. */
  completionQuantity: z.number().int().min(1).max(1_000).optional(),
  ledger: ledgerMarkSchema.optional(),
};

export const startEventSchema = z.object({
  ...flowElementBase,
  type: z.literal('startEvent'),
  event: startEventDefinitionSchema.optional(),
  /** Of an event sub-process: false leaves its scope running. True by default. BPMN 2.0.2 §10.5.2. */
  isInterrupting: z.boolean().optional(),
});
export const endEventSchema = z.object({ ...flowElementBase, type: z.literal('endEvent'), event: endEventDefinitionSchema.optional(), ledger: ledgerMarkSchema.optional() });
export const intermediateCatchEventSchema = z.object({ ...flowElementBase, type: z.literal('intermediateCatchEvent'), event: intermediateCatchDefinitionSchema });
export const intermediateThrowEventSchema = z.object({ ...flowElementBase, type: z.literal('intermediateThrowEvent'), event: intermediateThrowDefinitionSchema.optional(), ledger: ledgerMarkSchema.optional() });
export const boundaryEventSchema = z.object({
  ...flowElementBase,
  type: z.literal('boundaryEvent'),
  attachedToRef: identifier,
  /** True interrupts the activity. BPMN 2.0.2 §10.5.4. */
  cancelActivity: z.boolean(),
  event: boundaryEventDefinitionSchema,
});

/** A step without a meaning of its own; done as soon as it is reached. BPMN 2.0.2 §10.3.3. */
export const taskSchema = z.object({ ...activityBase, type: z.literal('task') });
/** Work that no system takes part in; the flow does not wait for it. BPMN 2.0.2 §10.3.3. */
export const manualTaskSchema = z.object({ ...activityBase, type: z.literal('manualTask') });
export const userTaskSchema = z.object({ ...activityBase, ...userTaskFields, type: z.literal('userTask') });

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
export const sendTaskSchema = z.object({ ...activityBase, type: z.literal('sendTask'), event: messageEventDefinitionSchema });
export const receiveTaskSchema = z.object({
  ...activityBase,
  type: z.literal('receiveTask'),
  event: messageEventDefinitionSchema,
  /** Starts the process, like a message start event; it then has no incoming flow. */
  instantiate: z.boolean().optional(),
});

/** Runs another process and waits for its end. BPMN 2.0.2 §10.3.6. */
export const callActivitySchema = z.object({
  ...activityBase,
  type: z.literal('callActivity'),
  /** Key of the called process. */
  calledElement: z.string().min(1).max(64),
  /** A version of it; the one in effect when absent. */
  calledVersion: z.string().max(32).optional(),
  /** FEEL giving the child's business key; `<instanceId>:<elementInstanceId>` when absent. */
  businessKey: expression.optional(),
});

export const exclusiveGatewaySchema = z.object({ ...flowElementBase, type: z.literal('exclusiveGateway'), default: identifier.optional() });
export const inclusiveGatewaySchema = z.object({ ...flowElementBase, type: z.literal('inclusiveGateway'), default: identifier.optional() });
export const parallelGatewaySchema = z.object({ ...flowElementBase, type: z.literal('parallelGateway') });
export const complexGatewaySchema = z.object({
  ...flowElementBase,
  type: z.literal('complexGateway'),
  default: identifier.optional(),
  /** FEEL over `activationCount`, `waitingForStart` and the variables; true lets the gateway act. One token suffices when absent. */
  activationCondition: expression.optional(),
});
export const eventBasedGatewaySchema = z.object({
  ...flowElementBase,
  type: z.literal('eventBasedGateway'),
  /** Starts the process with one of its events. */
  instantiate: z.boolean().optional(),
  /** Of an instantiating gateway: whether one event decides or all are needed. */
  eventGatewayType: z.enum(['exclusive', 'parallel']).optional(),
});

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
export type CallActivity = z.infer<typeof callActivitySchema>;

/** What the three kinds of sub-process share: their own flow elements in a scope of their own. */
interface SubProcessBase {
  readonly id: string;
  readonly name?: LocalizedText | undefined;
  readonly documentation?: string | undefined;
  readonly inputs?: Mapping[] | undefined;
  readonly outputs?: Mapping[] | undefined;
  readonly multiInstance?: MultiInstance | undefined;
  readonly standardLoop?: StandardLoop | undefined;
  readonly default?: string | undefined;
  readonly isForCompensation?: boolean | undefined;
  readonly startQuantity?: number | undefined;
  readonly completionQuantity?: number | undefined;
  readonly ledger?: LedgerMark | undefined;
  /** Variables that belong to this scope and vanish with it. */
  readonly variables?: VariableDeclaration[] | undefined;
  readonly flowElements: FlowElement[];
  readonly sequenceFlows: SequenceFlow[];
}

/** Embedded sub-process, or with `triggeredByEvent` an event sub-process. BPMN 2.0.2 §10.3.5. */
export interface SubProcess extends SubProcessBase {
  readonly type: 'subProcess';
  /** Starts when its start event occurs in the scope around it, not over a flow. */
  readonly triggeredByEvent?: boolean | undefined;
}
/** Ends well, or is undone as a whole by a cancel end event. BPMN 2.0.2 §10.3.5. */
export interface Transaction extends SubProcessBase {
  readonly type: 'transaction';
}
/** Activities in no fixed order. BPMN 2.0.2 §10.3.5. */
export interface AdHocSubProcess extends SubProcessBase {
  readonly type: 'adHocSubProcess';
  /** `sequential` lets one activity run at a time. Parallel by default. */
  readonly ordering?: 'parallel' | 'sequential' | undefined;
  /** FEEL giving the ids that begin at once; people begin the others. All begin when absent. */
  readonly activeElements?: string | undefined;
  /** FEEL asked after each activity. When absent it ends as soon as nothing runs. */
  readonly completionCondition?: string | undefined;
  /** Whether the condition ends what still runs. True by default. */
  readonly cancelRemainingInstances?: boolean | undefined;
}

export type FlowElement =
  | StartEvent | EndEvent | IntermediateCatchEvent | IntermediateThrowEvent | BoundaryEvent
  | z.infer<typeof taskSchema> | z.infer<typeof manualTaskSchema> | UserTask | ServiceTask | BusinessRuleTask | ScriptTask
  | z.infer<typeof sendTaskSchema> | z.infer<typeof receiveTaskSchema> | CallActivity
  | z.infer<typeof exclusiveGatewaySchema> | z.infer<typeof inclusiveGatewaySchema> | z.infer<typeof parallelGatewaySchema>
  | z.infer<typeof complexGatewaySchema> | z.infer<typeof eventBasedGatewaySchema>
  | SubProcess | Transaction | AdHocSubProcess;

export type ElementType = FlowElement['type'];

const container = () => ({
  ...activityBase,
  variables: z.array(variableDeclarationSchema).optional(),
  flowElements: z.array(flowElementSchema).min(1),
  sequenceFlows: z.array(sequenceFlowSchema),
});

const subProcessSchema: z.ZodType<SubProcess> = z.lazy(() => z.object({ ...container(), type: z.literal('subProcess'), triggeredByEvent: z.boolean().optional() }));
const transactionSchema: z.ZodType<Transaction> = z.lazy(() => z.object({ ...container(), type: z.literal('transaction') }));
const adHocSubProcessSchema: z.ZodType<AdHocSubProcess> = z.lazy(() =>
  z.object({
    ...container(),
    type: z.literal('adHocSubProcess'),
    ordering: z.enum(['parallel', 'sequential']).optional(),
    activeElements: expression.optional(),
    completionCondition: expression.optional(),
    cancelRemainingInstances: z.boolean().optional(),
  }),
);

const simpleElementSchema = z.discriminatedUnion('type', [
  startEventSchema, endEventSchema, intermediateCatchEventSchema, intermediateThrowEventSchema, boundaryEventSchema,
  taskSchema, manualTaskSchema, userTaskSchema, serviceTaskSchema, businessRuleTaskSchema, scriptTaskSchema, sendTaskSchema, receiveTaskSchema, callActivitySchema,
  exclusiveGatewaySchema, inclusiveGatewaySchema, parallelGatewaySchema, complexGatewaySchema, eventBasedGatewaySchema,
]);

export const flowElementSchema: z.ZodType<FlowElement> = z.lazy(() => z.union([simpleElementSchema, subProcessSchema, transactionSchema, adHocSubProcessSchema]));
