/** Why somebody takes emergency access. */
export const emergencyReasonCodes = ['resuscitation', 'urgent-treatment', 'cover-without-record', 'other'] as const;
export type EmergencyReasonCode = (typeof emergencyReasonCodes)[number];

/** Fewest and most characters of a reason in words. */
export const reasonLength = { minimum: 10, maximum: 500 } as const;

/** True when the words can say something: long enough, letters for the most part, and not the same few again and again. */
export function saysSomething(reason: string): boolean {
  const characters = [...reason.trim()].filter((character) => !/\s/u.test(character));
  const letters = characters.filter((character) => /\p{L}/u.test(character));
  return [...reason.trim()].length >= reasonLength.minimum && letters.length >= reasonLength.minimum / 2 && new Set(letters).size >= 4;
}
