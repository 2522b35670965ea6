/**
 * Numbered changes of meaning. An instance keeps the number it was started with, so that a recorded
 * history replays as it ran.
 * 1: the first release.
 * 2: an error end event that nothing catches ends the instance as failed (before: an incident).
 */
export const currentSemantics = 2;
