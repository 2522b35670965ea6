import type { Command } from './command.ts';
import { Draft } from './draft.ts';
import type { EngineEvent, EngineEventType } from './event.ts';
import { beginAdHocActivity } from './events/ad-hoc-events.ts';
import { completeChild, completeChildCompensation, failChild, throwChildError, throwChildEscalation } from './events/child-events.ts';
import { compensateInstance } from './events/compensate-instance.ts';
import { cancelInstance, startInstance } from './events/instance-events.ts';
import { migrateInstance } from './events/migrate-instance.ts';
import { modifyInstance, reopenInstance } from './events/modify-instance.ts';
import { holdWhilePaused, pauseInstance, resumeInstance } from './events/pause-events.ts';
import { resolveIncident } from './events/resolve-incident.ts';
import { completeService, failDecision, failService, holdForUnknownOutcome, takeDecision, throwServiceError } from './events/service-events.ts';
import { claimUserTask, completeUserTask, delegateUserTask, rejectVerification, releaseUserTask } from './events/user-task-events.ts';
import { fireTimer, receiveMessage, receiveSignal } from './events/wait-events.ts';
import type { Execution } from './execution.ts';
import type { Failure } from './failure.ts';
import { failureOf } from './failure-raised.ts';
import { raiseIncident } from './incidents.ts';
import { maximumStateBytes } from './limits.ts';
import type { ProcessPlan } from './plan.ts';
import type { ProcessState } from './state.ts';
import { isLargerThan } from './state-size.ts';
import { TokenExecution } from './token-execution.ts';

/** The next state, and what the shell has to do, in order. */
export interface StepResult {
  readonly state: ProcessState;
  readonly commands: readonly Command[];
}

type Handler<Type extends EngineEventType> = (execution: Execution, event: Extract<EngineEvent, { type: Type }>) => void;

const handlers: { readonly [Type in EngineEventType]: Handler<Type> } = {
  instanceStarted: startInstance,
  instanceCancelled: cancelInstance,
  instanceCompensated: compensateInstance,
  userTaskClaimed: claimUserTask,
  userTaskReleased: releaseUserTask,
  userTaskCompleted: completeUserTask,
  userTaskDelegated: delegateUserTask,
  userTaskVerificationRejected: rejectVerification,
  serviceCompleted: completeService,
  serviceFailed: failService,
  serviceOutcomeUnknown: holdForUnknownOutcome,
  serviceThrewError: throwServiceError,
  rulesEvaluated: takeDecision,
  rulesFailed: failDecision,
  timerFired: fireTimer,
  messageReceived: receiveMessage,
  signalReceived: receiveSignal,
  childCompleted: completeChild,
  childCompensated: completeChildCompensation,
  childThrewError: throwChildError,
  childEscalated: throwChildEscalation,
  childFailed: failChild,
  adHocActivityActivated: beginAdHocActivity,
  incidentResolved: resolveIncident,
  instancePaused: pauseInstance,
  instanceResumed: resumeInstance,
  instanceModified: modifyInstance,
  instanceMigrated: migrateInstance,
  instanceReopened: reopenInstance,
};

/**
 * One event, one step: the whole meaning of a process. Pure; the state given is never changed. A refused
 * event leaves the state as it is and gives `rejectEvent`; one that comes too late gives nothing.
 */
export function step(plan: ProcessPlan, state: ProcessState, event: EngineEvent): StepResult {
  const draft = new Draft(state, event.at);
  const execution = new TokenExecution(plan, draft, event);
  try {
    if (!holdWhilePaused(execution, event)) {
      // Each event type has the handler of its own type; the union over types cannot express that pairing.
      (handlers[event.type] as Handler<EngineEventType>)(execution, event);
      execution.run();
    }
  } catch (error) {
    return reject(state, event, failureOf(error));
  }
  if (draft.commands.length === 0) return { state, commands: [] };
  if (isLargerThan(draft.state, maximumStateBytes)) return holdTooLarge(plan, state, event);
  const result = { state: draft.state, commands: draft.commands };
  return event.type === 'instanceResumed' ? playHeld(plan, result, state.paused?.held ?? [], event.at) : result;
}

/** What was held while the instance was paused happens now, in order; what comes too late is only recorded. */
function playHeld(plan: ProcessPlan, resumed: StepResult, held: readonly EngineEvent[], at: string): StepResult {
  let { state } = resumed;
  const commands = [...resumed.commands];
  for (const event of held) {
    const result = step(plan, state, { ...event, at });
    state = result.state;
    commands.push(...result.commands.filter(({ type }) => type !== 'rejectEvent'));
  }
  return { state, commands };
}

function reject(state: ProcessState, event: EngineEvent, failure: Failure): StepResult {
  const draft = new Draft(state, event.at);
  draft.commands.push({ type: 'rejectEvent', eventId: event.id, failure });
  draft.record('event.rejected', {
    actor: event.actor,
    ...(failure.elementId === undefined ? {} : { elementId: failure.elementId }),
    ...('taskId' in event ? { taskId: event.taskId } : {}),
    reason: failure.code,
    detail: { event: event.type, failure: { ...failure } },
  });
  return { state, commands: draft.commands };
}

/** What came from people is refused; the outcome of an effect cannot be, so its element is held instead. */
function holdTooLarge(plan: ProcessPlan, state: ProcessState, event: EngineEvent): StepResult {
  const failure: Failure = { code: 'STATE_TOO_LARGE', message: `Expected the instance to hold at most ${maximumStateBytes} bytes, but it would hold more` };
  const elementInstanceId = 'elementInstanceId' in event ? event.elementInstanceId : event.type === 'timerFired' ? state.timers[event.timerId]?.elementInstanceId : undefined;
  const instance = elementInstanceId === undefined ? undefined : state.elementInstances[elementInstanceId];
  if (!instance) return reject(state, event, failure);
  const draft = new Draft(state, event.at);
  const execution = new TokenExecution(plan, draft, event);
  // A timer stays in the state: a retry lets it fire again.
  raiseIncident(execution, instance, { ...failure, elementId: instance.elementId }, event.type === 'timerFired' ? ['retry'] : ['confirmDone', 'skip']);
  return { state: draft.state, commands: draft.commands };
}
