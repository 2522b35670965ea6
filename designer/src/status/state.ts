import type { InstanceStatus } from '../graphql/model.ts';
import type { MessageKey } from '../i18n/messages.ts';

/** Every state of the screens: each has a shape, a colour and a word. */
export type State = 'running' | 'done' | 'attention' | 'overdue' | 'failed' | 'unknown' | 'waiting' | 'paused' | 'cancelled' | 'idle';

/** The word of a state. */
export function stateKey(state: State): MessageKey {
  return `state.${state}`;
}

/** The word of a case's state: a case is stopped where a task is cancelled. */
export function caseStateKey(state: State): MessageKey {
  return state === 'cancelled' ? 'state.stopped' : stateKey(state);
}

/** The state of an instance in a list: that it is held counts most, then trouble inside it. */
export function instanceState(status: InstanceStatus, incidents: readonly { readonly kind: string; readonly resolvedAt: string | null }[]): State {
  if (status === 'paused') return 'paused';
  const open = incidents.filter((incident) => incident.resolvedAt === null);
  if (status === 'running' || status === 'created') {
    if (open.some((incident) => incident.kind === 'failed')) return 'failed';
    if (open.length > 0) return 'unknown';
    return status === 'created' ? 'waiting' : 'running';
  }
  return status === 'completed' ? 'done' : status === 'cancelled' ? 'cancelled' : 'failed';
}
