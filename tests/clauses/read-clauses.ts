import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const party = z.enum(['product', 'hospital', 'infrastructure']);
const answered = z.strictObject({
  who: z.union([party, z.array(party).min(2)]).transform((who) => (Array.isArray(who) ? who : [who])),
  done: z.string(),
  tests: z.array(z.string()).default([]),
  exception: z.string().min(1).optional(),
});
const clauseSchema = z.union([z.strictObject({ notUsed: z.string().min(5) }), answered]);
const sourceSchema = z.record(z.string(), z.record(z.string(), clauseSchema));
const requirementsSchema = z.strictObject({ about: z.string(), asvs: z.record(z.string(), z.union([z.literal(1), z.literal(2)])), mlps: z.array(z.string()) });

/** What is said of one clause: who answers for it, what is done, what would fail, and what is missing; or why it has no object here. */
export type Clause = z.infer<typeof clauseSchema>;

/** A standard: its chapters in order, each with its clauses by id. */
export type Standard = Readonly<Record<string, Readonly<Record<string, Clause>>>>;

export interface Clauses {
  readonly asvs: Standard;
  readonly mlps: Standard;
  /** Ids that the standards have. Of ASVS with the level. */
  readonly requirements: { readonly asvs: Readonly<Record<string, 1 | 2>>; readonly mlps: readonly string[] };
  /** Paths of test files by the short name that rows use. */
  readonly testFiles: Readonly<Record<string, string>>;
}

/** Reads `docs/security/`. A clause that stands twice is an error of YAML; each other wrong member is told with its path. */
export function readClauses(root: string): Clauses {
  const text = (file: string): string => readFileSync(join(root, 'docs/security', file), 'utf8');
  return {
    asvs: sourceSchema.parse(parse(text('asvs-5.0.yaml'))),
    mlps: sourceSchema.parse(parse(text('mlps-3.yaml'), { maxAliasCount: 100 })),
    requirements: requirementsSchema.parse(JSON.parse(text('requirements.json'))),
    testFiles: z.record(z.string(), z.string()).parse(parse(text('tests.yaml'))),
  };
}
