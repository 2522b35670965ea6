/**
 * Numbered changes of meaning. An instance keeps the number it was started with, so that a recorded
 * history replays as it ran.
 * 1: the first release.
 * 2: an error end event that nothing catches ends the instance as failed (before: an incident).
 * 3: conditions are asked as soon as a variable has been set (before: when everything rests); what an event sub-process
 *    throws does not start that event sub-process again; of several compensations of one event, all are done (before: the
 *    first); a repeated transaction that is cancelled leaves as a whole, and what runs beside it is undone too (before: its normal flow was taken too); an error
 *    passes through a called process that does not catch it (before: an incident there); a complex gateway acts on tokens that came before its reset (before: with
 *    the next token only), and counts on its reset what is there then (before: also what it had acted on); a completed call without a handler is undone by
 *    the process that it called (before: not at all); a parallel multiple event that does not interrupt waits again after it has occurred (before: it occurred once).
 */
export const currentSemantics = 3;
