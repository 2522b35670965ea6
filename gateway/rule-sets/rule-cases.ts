import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Prisma } from '#database';
import type { Json, Variables } from '#engine';
import { compileRuleSet, createRuleCaseRunner, levelSchema, ruleCaseExpectationSchema, type ObservedAt, type RuleCase, type RuleCaseExpectation, type RuleCaseResult, type RuleCoverage, type RuleSetDocument } from '#rules';
import { unstorable } from '../unstorable-text.ts';
import { digestOf, type Act, type Acting, type RuleSetCommand } from './act.ts';
import { counts, readContentCases, type StandingContentCase } from './content-cases.ts';
import { RuleSetRefusal } from './refusal.ts';
import { isId, requireDomain, requireEditor } from './rule-set-record.ts';
import { createTurns } from './turns.ts';

export interface SaveRuleCase extends RuleSetCommand {
  readonly key: string;
  /** Of a case that is there; a new one when absent. */
  readonly id?: string;
  /** The revision that the writer knows; 0 for a new case. */
  readonly expectedRevision: number;
  readonly name: string;
  readonly facts: Json;
  readonly observedAt?: Json;
  /** ISO 8601 instant of the decision. */
  readonly at: string;
  readonly expected: Json;
  readonly tags: readonly string[];
}

export interface DeleteRuleCase extends RuleSetCommand {
  readonly id: string;
  readonly expectedRevision: number;
  readonly reason: string;
}

/** A decision that the caller may see. */
export interface CaseFromDecision extends RuleSetCommand {
  readonly name?: string;
  readonly tags: readonly string[];
  readonly decision: Prisma.DecisionGetPayload<object>;
}

/** Saved cases of one rule set. */
const maximumCases = 2_000;

const factsSchema = z.record(z.string().min(1).max(128), z.json());
const agesSchema = z.record(z.string().min(1).max(128), z.iso.datetime({ offset: true }));
/** What of a recorded result a case expects again. */
const decidedSchema = z.object({ findings: z.array(z.object({ ruleId: z.string() })).default([]), outputs: z.json().optional() });

type CaseRow = Prisma.RuleCaseGetPayload<object>;
type CaseTables = Pick<Prisma.TransactionClient, 'ruleCase'>;

/** The newest revision of each case of a rule set that was not deleted, by name. */
export async function readRuleCases(key: string, { ruleCase }: CaseTables): Promise<readonly CaseRow[]> {
  const rows = await ruleCase.findMany({ where: { key }, orderBy: [{ id: 'asc' }, { revision: 'desc' }], distinct: ['id'] });
  return rows.filter(({ isDeleted }) => !isDeleted).sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1));
}

/** The newest revision of a case, also of one that was deleted. */
export async function readRuleCase(id: string, { ruleCase }: CaseTables): Promise<CaseRow | null> {
  return isId(id) ? ruleCase.findFirst({ where: { id }, orderBy: { revision: 'desc' } }) : null;
}

/** What became of one case. */
export interface CaseOutcome<Row = CaseRow> {
  readonly row: Row;
  readonly result: RuleCaseResult;
}

/** What became of all cases of a rule set under one document. Cases of the content that were set aside are run, and do not count for coverage. */
export interface CaseOutcomes {
  readonly outcomes: readonly CaseOutcome[];
  readonly content: readonly CaseOutcome<StandingContentCase>[];
  readonly coverage: readonly RuleCoverage[];
}

/** The saved cases of a rule set and those of its content. */
export interface AllCases {
  readonly saved: readonly CaseRow[];
  readonly content: readonly StandingContentCase[];
}

/** Reads both. */
export async function readAllCases(key: string, tables: CaseTables & Parameters<typeof readContentCases>[1]): Promise<AllCases> {
  const [saved, content] = await Promise.all([readRuleCases(key, tables), readContentCases(key, tables)]);
  return { saved, content };
}

/** The names of the cases that count and come out otherwise. */
export function failedNames({ outcomes, content }: Pick<CaseOutcomes, 'outcomes' | 'content'>): readonly string[] {
  const fails = ({ result }: { readonly result: RuleCaseResult }): boolean => result.differences.length > 0;
  return [...outcomes.filter(fails).map(({ row }) => row.name), ...content.filter((each) => fails(each) && counts(each.row)).map(({ row }) => row.case.name)];
}

/** Judges cases by a document, in turns with whatever else the process does. Throws RuleSetError. */
export async function runAllCases(document: RuleSetDocument, { saved, content: standing }: AllCases): Promise<CaseOutcomes> {
  const compiled = compileRuleSet(document);
  const [runner, aside] = [createRuleCaseRunner(compiled), createRuleCaseRunner(compiled)];
  const turns = createTurns();
  const outcomes: CaseOutcome[] = [];
  const content: CaseOutcome<StandingContentCase>[] = [];
  for (const row of standing) {
    content.push({ row, result: (counts(row) ? runner : aside).run(row.case) });
    await turns.yield();
  }
  for (const row of saved) {
    outcomes.push({ row, result: runner.run(ruleCaseOf(row)) });
    await turns.yield();
  }
  return { outcomes, content, coverage: runner.coverage() };
}

function ruleCaseOf(row: CaseRow): RuleCase {
  const { name, facts, observedAt, at, expected } = contentOf(row);
  return { id: row.id, name, facts, observedAt, at: at.toISOString(), expected };
}

function contentOf({ name, facts, observedAt, at, expected, tags }: CaseRow): CaseContent {
  // The columns hold what was checked when the case was saved.
  return { name, facts: facts as Variables, observedAt: observedAt as ObservedAt, at, expected: expected as RuleCaseExpectation, tags };
}

function hashOf({ at, ...content }: CaseContent): string {
  return digestOf({ ...content, at: at.toISOString() });
}

/** Throws CASES_FAILED with the names of the cases, saved or of the content, that come out otherwise under the document. */
export async function requireCasesPass({ transaction, key }: Acting, document: RuleSetDocument): Promise<void> {
  const failedCases = failedNames(await runAllCases(document, await readAllCases(key, transaction)));
  if (failedCases.length > 0) throw new RuleSetRefusal('CASES_FAILED', undefined, { failedCases });
}

/** Saves a case as a new revision. Fails: CASE_NOT_FOUND, CASE_CHANGED, TOO_MANY_CASES, INPUT_INVALID, RULE_SET_NOT_FOUND, NOT_DOMAIN_OWNER. */
export function saveRuleCase(act: Act, { key, id, expectedRevision, name, facts, observedAt, at, expected, tags, ...command }: SaveRuleCase) {
  const payload = { id: id ?? null, expectedRevision, name, facts, observedAt: observedAt ?? null, at, expected, tags: [...tags] };
  return act('saveRuleCase', key, command, payload, async (acting) => {
    requireEditor(await requireDomain(acting.transaction, key), acting.actor);
    const content = {
      name,
      facts: valid(factsSchema, facts, 'facts'),
      observedAt: valid(agesSchema, observedAt ?? {}, 'observedAt'),
      at: new Date(at),
      expected: valid(ruleCaseExpectationSchema, expected, 'expected'),
      tags: [...new Set(tags)],
    };
    for (const [place, value] of Object.entries({ facts, observedAt: observedAt ?? {}, expected })) if (unstorable(value, place) !== undefined) throw new RuleSetRefusal('INPUT_INVALID', place);
    if (id === undefined) return writeNew(acting, content, null);
    const standing = await requireCase(acting, id, expectedRevision);
    return writeRevision(acting, standing, content, 'rules.caseSaved', { before: contentOf(standing) });
  });
}

/** Takes a case out of the set; what it was stays on record. Fails: CASE_NOT_FOUND, CASE_CHANGED, NOT_DOMAIN_OWNER. */
export function deleteRuleCase(act: Act, key: string, { id, expectedRevision, reason, ...command }: DeleteRuleCase) {
  return act('deleteRuleCase', key, command, { id, expectedRevision, reason }, async (acting) => {
    requireEditor(await requireDomain(acting.transaction, key), acting.actor);
    const standing = await requireCase(acting, id, expectedRevision);
    return writeRevision(acting, { ...standing, isDeleted: true }, contentOf(standing), 'rules.caseDeleted', { before: contentOf(standing), reason });
  });
}

/**
 * Saves a case with the facts of a recorded decision that expects what was decided then. It does not say whose facts they
 * are: the patient's id is in it nowhere, everything else is as recorded.
 * Fails: TOO_MANY_CASES, RULE_SET_NOT_FOUND, NOT_DOMAIN_OWNER.
 */
export function ruleCaseFromDecision(act: Act, { decision, name, tags, ...command }: CaseFromDecision) {
  const { id, ruleSet: key, patientId } = decision;
  return act('ruleCaseFromDecision', key, command, { decisionId: id, name: name ?? null, tags: [...tags] }, async (acting) => {
    requireEditor(await requireDomain(acting.transaction, key), acting.actor);
    const decided = decidedSchema.parse(decision.explanation);
    const at = decision.judgedAt ?? decision.decidedAt;
    // The column holds an object: it was written from named facts.
    const { observedAt, ...facts } = withoutPatient(decision.facts as Variables, patientId) as Variables;
    const ages = agesSchema.safeParse(observedAt);
    return writeNew(acting, {
      name: name ?? `${decision.level} ${at.toISOString()}`,
      // A rule set may have an input called `observedAt`.
      facts: ages.success || observedAt === undefined ? facts : { ...facts, observedAt },
      observedAt: ages.success ? ages.data : {},
      at,
      expected: { level: levelSchema.parse(decision.level), ruleIds: decided.findings.map(({ ruleId }) => ruleId), ...(decided.outputs === undefined ? {} : { outputs: decided.outputs }) },
      tags: [...new Set(tags)],
    }, id);
  });
}

interface CaseContent {
  readonly name: string;
  readonly facts: Variables;
  readonly observedAt: Readonly<Record<string, string>>;
  readonly at: Date;
  readonly expected: RuleCaseExpectation;
  readonly tags: readonly string[];
}

/** What of a case is not its content. `revision`: the one before. */
type CaseIdentity = Pick<CaseRow, 'id' | 'revision' | 'fromDecision' | 'isDeleted'>;

async function writeNew(acting: Acting, content: CaseContent, fromDecision: string | null) {
  if ((await readRuleCases(acting.key, acting.transaction)).length >= maximumCases) throw new RuleSetRefusal('TOO_MANY_CASES', 'key');
  return writeRevision(acting, { id: randomUUID(), revision: 0, fromDecision, isDeleted: false }, content, 'rules.caseSaved');
}

/** `before` is what the case was; the entry has the hash of what it was and is, its values stand in the revisions only. */
async function writeRevision({ transaction, key, actor, now, record }: Acting, { id, revision, fromDecision, isDeleted }: CaseIdentity, written: CaseContent, action: string, { before, reason }: { readonly before?: CaseContent; readonly reason?: string } = {}) {
  const { facts, observedAt, expected, tags, ...content } = written;
  await transaction.ruleCase.create({
    // JSON by their schemas, but readonly.
    data: { id, revision: revision + 1, key, ...content, facts: facts as Prisma.InputJsonObject, observedAt, expected: expected as Prisma.InputJsonObject, tags: [...tags], savedAt: now, savedBy: actor.id, fromDecision, isDeleted },
  });
  await record({ action, beforeHash: before && hashOf(before), afterHash: isDeleted ? undefined : hashOf(written), detail: { caseId: id, revision: revision + 1, ...(fromDecision === null ? {} : { fromDecision }) }, ...(reason === undefined ? {} : { reason }) });
  return { caseId: id, revision: revision + 1 };
}

/** The case when it is there and nobody else has changed it. Throws CASE_NOT_FOUND, CASE_CHANGED. */
async function requireCase({ transaction, key }: Acting, id: string, expectedRevision: number): Promise<CaseRow> {
  const standing = await readRuleCase(id, transaction);
  if (!standing || standing.isDeleted || standing.key !== key) throw new RuleSetRefusal('CASE_NOT_FOUND', 'id');
  if (standing.revision !== expectedRevision) throw new RuleSetRefusal('CASE_CHANGED', 'expectedRevision');
  return standing;
}

function valid<Schema extends z.ZodType>(schema: Schema, value: unknown, place: string): z.infer<Schema> {
  const read = schema.safeParse(value);
  if (!read.success) throw new RuleSetRefusal('INPUT_INVALID', [place, ...(read.error.issues[0]?.path ?? [])].join('.'));
  return read.data;
}

/** The value with another text wherever the patient's id stood. */
function withoutPatient(value: Json, patientId: string | null): Json {
  if (patientId === null) return value;
  if (typeof value === 'string') return value === patientId ? 'patient' : value;
  if (Array.isArray(value)) return value.map((item) => withoutPatient(item, patientId));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withoutPatient(item, patientId)]));
}
