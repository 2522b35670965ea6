import { raise } from '../failure-raised.ts';

/** An operator's act needs a reason. Raises REASON_MISSING. */
export function requireReason(reason: string): void {
  if (reason.trim() === '') raise({ code: 'REASON_MISSING', message: 'Expected a reason, but it is empty', place: 'reason' });
}
