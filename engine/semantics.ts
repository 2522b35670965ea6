/**
 * Numbered changes of meaning. An instance keeps the number it was started with, so that a recorded
 * history replays as it ran. 1: the first release.
 */
export const currentSemantics = 1;
