import type { State } from '../status/state.ts';

const states: Readonly<Record<string, State>> = {
  'instance.started': 'running',
  'instance.completed': 'done',
  'instance.cancelled': 'cancelled',
  'instance.failed': 'failed',
  'instance.paused': 'paused',
  'instance.resumed': 'running',
  'instance.modified': 'attention',
  'instance.migrated': 'attention',
  'instance.reopened': 'running',
  'task.created': 'waiting',
  'task.claimed': 'running',
  'task.released': 'cancelled',
  'task.delegated': 'waiting',
  'task.completed': 'done',
  'task.performed': 'waiting',
  'task.verificationRejected': 'failed',
  'task.cancelled': 'cancelled',
  'task.refused': 'failed',
  'event.rejected': 'failed',
  'access.refused': 'failed',
  'command.refused': 'failed',
  'service.completed': 'done',
  'service.failed': 'failed',
  'service.outcomeUnknown': 'unknown',
  'incident.raised': 'failed',
  'incident.resolved': 'done',
  'timer.fired': 'attention',
  'error.thrown': 'attention',
  'escalation.thrown': 'attention',
  'compensation.started': 'attention',
  'compensation.completed': 'done',
  'decision.made': 'running',
};

/** The mark beside an entry of the record. */
export function actionState(action: string): State {
  return states[action] ?? 'idle';
}

/** True for entries about something that was not allowed or stopped. */
export function isRefusal(action: string): boolean {
  return action.endsWith('.refused') || action === 'event.rejected';
}
