import type { Level, RuleCase, RuleSetDocument } from '#rules';
import type { SaveCaseInput } from './documents.ts';
import { entryOf, fieldKind, readEntry, type Entry, type FieldKind } from './case-fields.ts';
import type { SavedCase } from './model.ts';

/** A case as it is written. What was not touched goes back exactly as it was read. */
export interface CaseDraft {
  /** Absent for a new case. */
  readonly id?: string;
  readonly revision: number;
  readonly name: string;
  readonly tags: readonly string[];
  /** ISO 8601 instant of the decision; empty while none is entered. */
  readonly at: string;
  readonly facts: Readonly<Record<string, unknown>>;
  /** Fields that were touched, by input name. */
  readonly entries: Readonly<Record<string, Entry>>;
  /** How long before the decision each value was observed, in milliseconds, by input name. */
  readonly agesMs: Readonly<Record<string, number>>;
  readonly expected: { readonly level: Level; readonly ruleIds: readonly string[]; readonly outputs?: unknown };
}

const hourMs = 3_600_000;

/** An empty case, decided now. */
export function newDraft(nowMs: number): CaseDraft {
  return { revision: 0, name: '', tags: [], at: new Date(Math.floor(nowMs / 60_000) * 60_000).toISOString(), facts: {}, entries: {}, agesMs: {}, expected: { level: 'PASS', ruleIds: [] } };
}

/** A saved case, to be changed. */
export function draftOf({ id, revision, name, tags, at, facts, observedAt, expected }: SavedCase): CaseDraft {
  const ages = Object.entries(observedAt).map(([input, instant]): [string, number] => [input, Date.parse(at) - Date.parse(instant)]);
  const { level, ruleIds, outputs } = expected;
  return { id, revision, name, tags, at, facts, entries: {}, agesMs: Object.fromEntries(ages.filter(([, age]) => !Number.isNaN(age))), expected: { level, ruleIds, ...(outputs === null || outputs === undefined ? {} : { outputs }) } };
}

/** One field of the form. `isDeclared`: the document still has this input. */
export interface CaseField {
  readonly name: string;
  readonly kind: FieldKind;
  readonly entry: Entry;
  readonly isDeclared: boolean;
  readonly isInvalid: boolean;
}

/** A field for every input of the document, and for what the case has beside them. */
export function fieldsOf({ facts, entries }: Pick<CaseDraft, 'facts' | 'entries'>, { inputs }: Pick<RuleSetDocument, 'inputs'>): readonly CaseField[] {
  const types = new Map(inputs.map(({ name, type }) => [name, type]));
  const names = [...types.keys(), ...Object.keys(facts).filter((name) => !types.has(name))];
  return names.map((name) => {
    const kind = fieldKind(types.get(name), facts[name]);
    const entry = entries[name] ?? entryOf(kind, facts[name]);
    return { name, kind, entry, isDeclared: types.has(name), isInvalid: readEntry(kind, entry).kind === 'invalid' };
  });
}

/** The draft with another entry in a field; one that is of use only with an age gets one of an hour, which is seen and can be changed. */
export function withEntry(draft: CaseDraft, name: string, entry: Entry, needsAge: boolean): CaseDraft {
  const agesMs = needsAge && draft.agesMs[name] === undefined && draft.entries[name] === undefined && draft.facts[name] === undefined ? { ...draft.agesMs, [name]: hourMs } : draft.agesMs;
  return { ...draft, entries: { ...draft.entries, [name]: entry }, agesMs };
}

/** Why a draft cannot be saved or run yet; undefined when it can. */
export function draftProblem(draft: CaseDraft, document: Pick<RuleSetDocument, 'inputs'>): 'name' | 'at' | 'value' | undefined {
  if (draft.name.trim() === '') return 'name';
  if (draft.at === '') return 'at';
  return fieldsOf(draft, document).some(({ isInvalid }) => isInvalid) ? 'value' : undefined;
}

/** The case that the draft says, as rules run it; undefined while a field cannot be read. */
export function caseOf(draft: CaseDraft, document: Pick<RuleSetDocument, 'inputs'>): RuleCase | undefined {
  const fields = fieldsOf(draft, document);
  // A name is not needed to see what comes out.
  if (draft.at === '' || fields.some(({ isInvalid }) => isInvalid)) return undefined;
  const touched = fields.filter(({ name }) => draft.entries[name] !== undefined);
  const untouched = Object.entries(draft.facts).filter(([name]) => draft.entries[name] === undefined);
  const written = touched.flatMap(({ name, kind, entry }): readonly [string, unknown][] => {
    const read = readEntry(kind, entry);
    return read.kind === 'value' ? [[name, read.value]] : [];
  });
  const facts = Object.fromEntries([...untouched, ...written]);
  const observedAt: Record<string, string> = {};
  for (const [name, ageMs] of Object.entries(draft.agesMs)) if (Object.hasOwn(facts, name) || draft.entries[name] === undefined) observedAt[name] = new Date(Date.parse(draft.at) - ageMs).toISOString();
  const { level, ruleIds, outputs } = draft.expected;
  return { id: draft.id ?? 'new', name: draft.name.trim(), facts, observedAt, at: draft.at, expected: { level, ruleIds: [...ruleIds], ...(outputs === undefined ? {} : { outputs: outputs as never }) } };
}

/** What a save of the draft sends. */
export function saveInputOf(key: string, { id, revision, tags }: CaseDraft, { name, facts, observedAt, at, expected }: RuleCase): SaveCaseInput {
  return { key, ...(id === undefined ? {} : { id }), expectedRevision: revision, name, facts, observedAt, at, expected, tags };
}

/** The units in which ages are written, longest first. */
export const ageUnits = [
  { unit: 'day', ms: 24 * hourMs },
  { unit: 'hour', ms: hourMs },
  { unit: 'minute', ms: 60_000 },
] as const;
export type AgeUnit = (typeof ageUnits)[number]['unit'];

/** An age in the longest unit in which it is a whole number, else in minutes with at most two decimals. */
export function ageEntry(ageMs: number): { readonly amount: number; readonly unit: AgeUnit } {
  const whole = ageUnits.find(({ ms }) => ageMs !== 0 && ageMs % ms === 0);
  return whole === undefined ? { amount: Math.round(ageMs / 600) / 100, unit: 'minute' } : { amount: ageMs / whole.ms, unit: whole.unit };
}
