export { multiInstanceSchema, standardLoopSchema, type MultiInstance, type StandardLoop } from './activity-markers.ts';
export { type LocalizedText, type Mapping, type VariableDeclaration, type VariableType } from './basics.ts';
export { type BusinessCalendar, type Weekday } from './calendar.ts';
export {
  eventDefinitionsOf, isParallelMultiple, isWaiting,
  type CompensationEventDefinition, type ConditionalEventDefinition, type ErrorEventDefinition, type EscalationEventDefinition, type EventDefinition,
  type LinkEventDefinition, type MessageEventDefinition, type SignalEventDefinition, type TimerEventDefinition, type WaitingEventDefinition,
} from './event-definitions.ts';
export {
  type AdHocSubProcess, type BoundaryEvent, type BusinessRuleTask, type CallActivity, type ElementType, type EndEvent, type FlowElement,
  type IntermediateCatchEvent, type IntermediateThrowEvent, type ScriptTask, type SequenceFlow, type ServiceTask, type StartEvent, type SubProcess,
  type Transaction, type UserTask,
} from './flow-elements.ts';
export { allElements, allFlows, isActivity, isSubProcess, type FlowContainer } from './flow-container.ts';
export { parseDefinition, type ParsedDefinition } from './parse-definition.ts';
export { processDefinitionSchema, type ProcessDefinition } from './process-definition.ts';
export { type CompletionCheck, type LedgerMark, type Verification } from './user-task-fields.ts';
