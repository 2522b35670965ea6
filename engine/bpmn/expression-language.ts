/** The language that an export names at each expression (DMN 1.5 §10). */
export const feelLanguage = 'https://www.omg.org/spec/DMN/20230324/FEEL/';

const feelNames = [/^https?:\/\/www\.omg\.org\/spec\/DMN\/\d+\/FEEL\/?$/i, /^https?:\/\/www\.omg\.org\/spec\/FEEL\/\d+\/?$/i, /^(?:(?:application|text)\/(?:x-)?)?feel$/i];

/** Whether the language is FEEL, in any of its names. A file that names no language is taken to mean FEEL. */
export function isFeel(language: string | undefined): boolean {
  return language === undefined || language.trim() === '' || feelNames.some((name) => name.test(language.trim()));
}

const isoDuration = /^-?P(?=.)(?:\d+(?:\.\d+)?[YMWD])*(?:T(?:\d+(?:\.\d+)?[HMS])+)?$/;
const isoInstant = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?$/;
const isoRepetition = /^R\d*\/(?:\d{4}-[^/]+\/)?P[^/]+$/;

/** A literal of ISO 8601, as tools write timers, as FEEL; undefined when the text is none. */
export function feelOfIsoLiteral(field: 'timeDate' | 'timeDuration' | 'timeCycle', text: string): string | undefined {
  if (field === 'timeDuration' && isoDuration.test(text)) return `duration("${text}")`;
  if (field === 'timeDate' && isoInstant.test(text)) return `date and time("${text}")`;
  return field === 'timeCycle' && isoRepetition.test(text) ? `"${text}"` : undefined;
}
