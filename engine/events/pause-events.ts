import type { EngineEvent, EngineEventType } from '../event.ts';
import type { Execution } from '../execution.ts';
import { raise } from '../failure-raised.ts';
import { requireReason } from './require-reason.ts';
import { requireRunning } from './require-running.ts';

type Event<Type extends EngineEvent['type']> = Extract<EngineEvent, { type: Type }>;

/** What people ask for is refused while the instance is paused. */
const refusedWhilePaused: ReadonlySet<EngineEventType> = new Set([
  'userTaskClaimed', 'userTaskReleased', 'userTaskCompleted', 'userTaskDelegated', 'userTaskVerificationRejected', 'adHocActivityActivated', 'incidentResolved',
]);
/** What the outside world tells cannot be refused: it is held and happens on resuming. */
const heldWhilePaused: ReadonlySet<EngineEventType> = new Set([
  'serviceCompleted', 'serviceFailed', 'serviceOutcomeUnknown', 'serviceThrewError', 'rulesEvaluated', 'rulesFailed', 'timerFired', 'messageReceived', 'signalReceived',
  'childCompleted', 'childCompensated', 'childThrewError', 'childEscalated', 'childFailed',
]);

/** Stops the instance: people are refused, outside events are held. Fails: INSTANCE_NOT_RUNNING, INSTANCE_PAUSED, REASON_MISSING. */
export function pauseInstance(execution: Execution, event: Event<'instancePaused'>): void {
  requireRunning(execution);
  requireReason(event.reason);
  const { draft } = execution;
  if (draft.state.paused) raise({ code: 'INSTANCE_PAUSED', message: 'Expected an instance that is not paused, but it is' });
  draft.set({ paused: { since: event.at, by: event.actor.id, reason: event.reason, held: [] } });
  draft.record('instance.paused', { actor: event.actor, reason: event.reason });
}

/** Lets the instance go on; `step` then plays what was held, in order. Fails: INSTANCE_NOT_PAUSED, REASON_MISSING. */
export function resumeInstance(execution: Execution, event: Event<'instanceResumed'>): void {
  requireReason(event.reason);
  const { draft } = execution;
  const { paused } = draft.state;
  if (!paused) return raise({ code: 'INSTANCE_NOT_PAUSED', message: 'Expected a paused instance, but it is not' });
  draft.unset('paused');
  draft.record('instance.resumed', { actor: event.actor, reason: event.reason, detail: { heldEvents: paused.held.length } });
}

/** What a paused instance does with the event: refuses it, holds it, or lets it through. Raises INSTANCE_PAUSED. */
export function holdWhilePaused(execution: Execution, event: EngineEvent): boolean {
  const { draft } = execution;
  const { paused } = draft.state;
  if (!paused) return false;
  if (refusedWhilePaused.has(event.type)) raise({ code: 'INSTANCE_PAUSED', message: 'Expected an instance that runs, but an operator has paused it' });
  if (!heldWhilePaused.has(event.type)) return false;
  draft.set({ paused: { ...paused, held: [...paused.held, event] } });
  draft.record('event.held', { actor: event.actor, ...('elementInstanceId' in event ? { elementInstanceId: event.elementInstanceId } : {}), detail: { event: event.type } });
  return true;
}
