/** The words of facts: names, values, units and instants as readers of a language write them. The one place for server and screens. */
export { clockParts, dayWords, formatDate, formatDateTime, type ClockParts, type Language } from './calendar.ts';
export { contentWords } from './content.ts';
export { codeWord, factName, knownCode, operatorWords, unitWords, valueWords, type DeclaredInput, type Reader } from './fact-words.ts';
export { factWords } from './facts.ts';
export { readerOf } from './reader.ts';
export { substanceWords } from './substances.ts';
