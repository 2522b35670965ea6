import { z } from 'zod';
import { multiInstanceSchema } from '../definition/activity-markers.ts';
import { variableDeclarationSchema } from '../definition/basics.ts';
import { errorEventDefinitionSchema, escalationEventDefinitionSchema, messageEventDefinitionSchema, signalEventDefinitionSchema, timerEventDefinitionSchema } from '../definition/event-definitions.ts';
import {
  boundaryEventSchema, businessRuleTaskSchema, callActivitySchema, complexGatewaySchema, endEventSchema, eventBasedGatewaySchema, exclusiveGatewaySchema,
  inclusiveGatewaySchema, intermediateCatchEventSchema, intermediateThrowEventSchema, manualTaskSchema, parallelGatewaySchema, receiveTaskSchema,
  scriptTaskSchema, sendTaskSchema, sequenceFlowSchema, serviceTaskSchema, startEventSchema, taskSchema, userTaskSchema, type ElementType,
} from '../definition/flow-elements.ts';
import { processDefinitionSchema } from '../definition/process-definition.ts';

/** What BPMN itself says; everything else of the executable form stands in `careloop:fields`, as JSON. */
const nativeFields: ReadonlySet<string> = new Set([
  'format', 'id', 'type', 'kind', 'documentation', 'event', 'isInterrupting', 'cancelActivity', 'attachedToRef', 'multiInstance', 'standardLoop', 'default',
  'isForCompensation', 'startQuantity', 'completionQuantity', 'script', 'calledElement', 'activationCondition', 'instantiate', 'eventGatewayType', 'sourceRef', 'targetRef', 'condition',
  'flowElements', 'sequenceFlows', 'triggeredByEvent', 'ordering', 'completionCondition', 'cancelRemainingInstances', 'sequential', 'cardinality', 'behavior',
  'timeDate', 'timeDuration', 'timeCycle', 'message', 'signal', 'errorCode', 'escalationCode', 'activityRef', 'handler', 'link',
]);

type Shape = Readonly<Record<string, z.ZodType>>;

/** The fields of a schema that BPMN does not have, each optional and nothing else allowed. */
function fieldsOf(...shapes: readonly Shape[]): z.ZodType<Record<string, unknown>> {
  const entries = shapes.flatMap((shape) => Object.entries(shape)).filter(([key]) => !nativeFields.has(key));
  return z.strictObject(Object.fromEntries(entries.map(([key, schema]) => [key, schema.optional()])));
}

const messageShape = messageEventDefinitionSchema.shape;
const scopeShape = { ...taskSchema.shape, variables: z.array(variableDeclarationSchema) };

/** By element type, what `careloop:fields` may hold. */
export const elementFields: Readonly<Record<ElementType, z.ZodType<Record<string, unknown>>>> = {
  startEvent: fieldsOf(startEventSchema.shape),
  endEvent: fieldsOf(endEventSchema.shape),
  intermediateCatchEvent: fieldsOf(intermediateCatchEventSchema.shape),
  intermediateThrowEvent: fieldsOf(intermediateThrowEventSchema.shape),
  boundaryEvent: fieldsOf(boundaryEventSchema.shape),
  task: fieldsOf(taskSchema.shape),
  manualTask: fieldsOf(manualTaskSchema.shape),
  userTask: fieldsOf(userTaskSchema.shape),
  serviceTask: fieldsOf(serviceTaskSchema.shape),
  businessRuleTask: fieldsOf(businessRuleTaskSchema.shape),
  scriptTask: fieldsOf(scriptTaskSchema.shape),
  // The message of these two is an attribute; what else is said of it stands beside the other fields.
  sendTask: fieldsOf(sendTaskSchema.shape, messageShape),
  receiveTask: fieldsOf(receiveTaskSchema.shape, messageShape),
  callActivity: fieldsOf(callActivitySchema.shape),
  exclusiveGateway: fieldsOf(exclusiveGatewaySchema.shape),
  inclusiveGateway: fieldsOf(inclusiveGatewaySchema.shape),
  parallelGateway: fieldsOf(parallelGatewaySchema.shape),
  complexGateway: fieldsOf(complexGatewaySchema.shape),
  eventBasedGateway: fieldsOf(eventBasedGatewaySchema.shape),
  subProcess: fieldsOf(scopeShape),
  transaction: fieldsOf(scopeShape),
  adHocSubProcess: fieldsOf(scopeShape, { activeElements: z.string().min(1).max(10_000) }),
};
/** Of a process: all but its elements. `key` only where it cannot be the id. */
export const processFields = fieldsOf(processDefinitionSchema.shape);
export const sequenceFlowFields = fieldsOf(sequenceFlowSchema.shape);
export const multiInstanceFields = fieldsOf(multiInstanceSchema.shape);

/** By kind of event definition. */
export const eventFields: Readonly<Record<string, z.ZodType<Record<string, unknown>>>> = {
  timer: fieldsOf(timerEventDefinitionSchema.shape),
  message: fieldsOf(messageShape),
  signal: fieldsOf(signalEventDefinitionSchema.shape),
  error: fieldsOf(errorEventDefinitionSchema.shape),
  escalation: fieldsOf(escalationEventDefinitionSchema.shape),
};
export const noFields = fieldsOf({});

/** Whether a key of the executable form belongs into `careloop:fields`. */
export function isExtensionField(key: string): boolean {
  return !nativeFields.has(key);
}
