import type { Actor } from '#engine';
import type { CommandFailure } from './command-service.ts';
import type { CommandKind, Inbox, InboxRow, StoredOutcome } from './inbox.ts';

/** `waiting`: not delivered, and to be tried again. */
export type DeliveryResult =
  | { readonly kind: 'delivered'; readonly outcome: StoredOutcome; readonly instanceId?: string }
  | { readonly kind: 'rejected'; readonly failure: CommandFailure }
  | { readonly kind: 'waiting'; readonly instanceId?: string };

/** A refused command, as the audit trail keeps it. */
export interface Refusal {
  readonly commandId: string;
  readonly kind: CommandKind;
  readonly actor: Actor;
  readonly failure: CommandFailure;
  readonly instanceId?: string;
  readonly taskId?: string;
}

/** Writes what became of a delivery. A message past its time goes to the desk of unmatched messages. */
export async function settle(row: InboxRow, result: DeliveryResult, inbox: Inbox): Promise<void> {
  if (result.kind === 'delivered') await inbox.settle(row.id, 'delivered', result.outcome);
  else if (result.kind === 'rejected') await inbox.settle(row.id, 'rejected', { failure: result.failure });
  else if (row.expiresAt && row.expiresAt.getTime() < Date.now()) await inbox.settle(row.id, 'unmatched', {});
  else if (row.attempts === 0) await inbox.handOver(row.id);
}
