export { engineActor, type Actor } from './actor.ts';
export { brokenSeparation, peopleOf } from './elements/user-task.ts';
export { activeElements } from './active-elements.ts';
export { checkCompletion, type CompletionFacts, type CompletionRefusal } from './completion-checks.ts';
export type { Command, CommandType, RecordAction, RecordEntry } from './command.ts';
export { allElements, allFlows, eventDefinitionsOf, isActivity, isSubProcess, type FlowContainer } from './definition/index.ts';
export { check, type CheckOptions } from './check/check.ts';
export type { ActivityEffect, ClinicalKnowledge } from './check/clinical.ts';
export type { CheckFinding } from './check/finding.ts';
export type { ExplorationBudget } from './check/soundness/soundness.ts';
export { compile, compileOnce } from './compile.ts';
export { createInitialState } from './create-initial-state.ts';
export { parseDefinition, type ParsedDefinition } from './definition/index.ts';
export type {
  AdHocSubProcess,
  BoundaryEvent,
  BusinessCalendar,
  BusinessRuleTask,
  CallActivity,
  CompletionCheck,
  ElementType,
  EndEvent,
  ErrorEventDefinition,
  EventDefinition,
  FlowElement,
  IntermediateCatchEvent,
  IntermediateThrowEvent,
  LedgerMark,
  LocalizedText,
  Mapping,
  MessageEventDefinition,
  MultiInstance,
  ProcessDefinition,
  ScriptTask,
  SequenceFlow,
  ServiceTask,
  StartEvent,
  SubProcess,
  Transaction,
  TimerEventDefinition,
  UserTask,
  VariableDeclaration,
  VariableType,
} from './definition/index.ts';
export { processDefinitionSchema } from './definition/index.ts';
export type { ChildOrigin, ClinicalTimes, ElementMapping, ElementTypes, EngineEvent, EngineEventType, IncidentResolution, ModifyInstruction } from './event.ts';
export { DefinitionError, EngineError, IllegalTransitionError, type BpmnError, type DefinitionFinding, type Failure, type FailureCode } from './failure.ts';
export type { Json, Variables } from './json.ts';
export { generateMapping } from './migration/generate-mapping.ts';
export type { MigrationFinding, MigrationFindingCode } from './migration/migration-finding.ts';
export { elementTypesAt, migrationFindings } from './migration/migration-findings.ts';
export { tryMigration } from './migration/try-migration.ts';
export { maximumMultiInstanceItems, maximumStateBytes, maximumVariableBytes } from './limits.ts';
export { openSignalSubscriptions, openSubscriptions, openTimers } from './open-waits.ts';
export type { ElementPlan, FlowPlan, ProcessBundle, ProcessPlan, ScopePlan } from './plan.ts';
export { compilationCount } from './plan-cache.ts';
export { currentSemantics } from './semantics.ts';
export type { CompletedCall, ElementInstance, ElementStatus, Incident, InstanceStatus, MessageSubscription, MultiInstanceState, ParentReference, ProcessState, Scope, SignalSubscription, TimerState } from './state.ts';
export { parseScript, scriptSchema, scriptStepSchema, type ParsedScript, type Script, type ScriptActor, type ScriptExpectation, type ScriptInput, type ScriptStep } from './simulate/script.ts';
export { simulate, type SimulateOptions } from './simulate/simulate.ts';
export type { LedgerStep, OpenIncident, OpenTask, RefusedStep, SentMessage, SimulationResult, WaitingFor } from './simulate/simulation-result.ts';
export { startConditionHolds, startTriggers, type StartTrigger } from './start-triggers.ts';
export { step, type StepResult } from './step.ts';
export { openUserTasks, type OpenUserTask } from './user-tasks.ts';
export { validateVariables } from './variables.ts';
