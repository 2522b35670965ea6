import type { BpmnError, CompletedCall, Failure, Variables } from '#engine';

/** The command inbox's channel: LISTEN on it only wakes who delivers commands. */
export const inboxChannel = 'careloop_inbox';

/** What leaves an instance with a batch: it is in the command inbox as soon as the step is on record. */
export type OutboundCommand = {
  /** Unique within the instance: the same one is sent once, however often its step is recorded. */
  readonly key: string;
} & (
  | { readonly kind: 'signal'; readonly signal: string; readonly payload: Variables }
  /** To the process of the completed `call`: what it has done is to be undone, for `elementInstanceId`, whose try `attempt` is. */
  | { readonly kind: 'compensateChild'; readonly call: CompletedCall; readonly elementInstanceId: string; readonly attempt: number }
  /** To the instance `to`, at whose element instance the call stands; `attempt` says which of its tries this one is. */
  | { readonly kind: 'reportChild'; readonly to: string; readonly elementInstanceId: string; readonly attempt?: number; readonly report: ChildReport }
);

/** What becomes of a called process. */
export type ChildReport =
  | { readonly kind: 'completed'; readonly variables: Variables; readonly isUndoable?: boolean }
  /** It had completed, and has undone itself. */
  | { readonly kind: 'compensated' }
  | { readonly kind: 'error'; readonly error: BpmnError }
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** It goes on. */
  | { readonly kind: 'escalated'; readonly escalationCode: string; readonly payload: Variables };
