import { z } from 'zod';
import type { RuleSetDocument } from './rule-set.ts';
import type { ContentCase } from './rule-case.ts';

const instants = z.iso.datetime({ offset: true });

/** The one form of cases that come with content: `rule-cases/<key>.json` of a process, `cases.json` in the library. */
export const contentCasesSchema = z.strictObject({
  ruleSet: z.string(),
  /** The instant of every decision; ages are counted to it, so that a case means the same in ten years. */
  at: instants,
  observedAt: z.record(z.string(), instants).optional(),
  /** Facts at which no rule under test fires; each case changes some. */
  facts: z.record(z.string(), z.json()),
  cases: z.array(z.strictObject({ rule: z.string(), fires: z.boolean(), facts: z.record(z.string(), z.json()) })),
});
export type ContentCasesFile = z.infer<typeof contentCasesSchema>;

/**
 * The cases of a file, each with all its facts. One that fires expects the level that its rule has in the document with which it came;
 * `idOf` gives a case the same id as long as it says the same.
 */
export function contentCases(file: ContentCasesFile, document: RuleSetDocument, idOf: (content: object) => string): readonly ContentCase[] {
  const levels = new Map(document.rules.map(({ id, level }) => [id, level]));
  const counts = new Map<string, number>();
  return file.cases.map(({ rule: ruleId, fires, facts: changes }) => {
    const number = (counts.get(ruleId) ?? 0) + 1;
    counts.set(ruleId, number);
    const level = levels.get(ruleId);
    const content = { facts: { ...file.facts, ...changes }, observedAt: file.observedAt ?? {}, at: file.at, expected: { ruleId, fires, ...(fires && level !== undefined ? { level } : {}) } };
    return { id: idOf({ ruleSet: file.ruleSet, ...content }), name: `${ruleId} #${number}`, changes, ...content };
  });
}
