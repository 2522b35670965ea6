import { createHash } from 'node:crypto';
import type { Failure, Json, Variables } from '#engine';
import type { Database } from '#database';
import { selectFacts, type RuleInput, type RuleSetResult } from '#rules';
import { createShadowRuns, type ShadowFailure } from './shadow-runs.ts';
import { judgeWithSuspended } from './suspended-rules.ts';
import { createVersionsInEffect } from './versions-in-effect.ts';

export interface DecideInput {
  readonly ruleSet: string;
  /** Named facts, or one object `facts` gathered for several rule sets: see `selectFacts`. */
  readonly facts: Variables;
  /** ISO 8601 UTC instant of the decision. */
  readonly at: string;
  /** When named facts were observed, ISO 8601, by name; a gathered object brings its own. */
  readonly observedAt?: Readonly<Record<string, string>>;
  /** Under which the caller records the decision; a question that is not recorded has none, and no shadow sees it. */
  readonly decisionId?: string;
}

export type DecideOutcome =
  | { readonly kind: 'decided'; readonly version: string; readonly result: RuleSetResult; readonly facts: Variables; /** Rules that only advised because they were suspended. */ readonly suspended: readonly string[]; /** What the version declares. */ readonly inputs: readonly RuleInput[] }
  | { readonly kind: 'failed'; readonly failure: Failure };

export interface Decider {
  /** Evaluates the version in effect at `at`. Records nothing. */
  decide(input: DecideInput): Promise<DecideOutcome>;
}

export interface DeciderOptions {
  /** Told of what shadows could not read or write. */
  readonly onShadowFailure?: (failure: ShadowFailure) => void;
}

/** Decides by the rule set versions in the database, compiled once a version; suspended rules only advise. */
export function createDecider(database: Database, { onShadowFailure }: DeciderOptions = {}): Decider {
  const versions = createVersionsInEffect(database);
  const shadows = createShadowRuns(database, onShadowFailure === undefined ? {} : { onFailure: onShadowFailure });

  return {
    async decide({ ruleSet, facts: given, at, observedAt, decisionId }) {
      const version = await versions.find(ruleSet, at);
      if (!version) return { kind: 'failed', failure: { code: 'RULES_FAILED', message: `Expected a rule set "${ruleSet}" in effect, but found none`, place: ruleSet } };
      const { facts, ...ages } = { ...(observedAt === undefined ? {} : { observedAt }), ...selectFacts(version.compiled, given) };
      const result = judgeWithSuspended(version, facts, { at, explain: true, ...ages });
      if (result.failure) return { kind: 'failed', failure: { code: 'RULES_FAILED', message: result.failure.message, place: result.failure.fact } };
      // Facts come from variables, so they are JSON.
      const read = { ...facts, ...ages } as Variables;
      if (decisionId !== undefined) {
        const made = { version: version.version, level: result.level, found: result.findings.map(({ ruleId }) => ruleId), suspended: version.suspended, facts: read, at };
        shadows.observe({ decisionId, ruleSet, given, inputs: version.compiled.document.inputs, made });
      }
      return { kind: 'decided', version: version.version, result, facts: read, suspended: version.suspended, inputs: version.compiled.document.inputs };
    },
  };
}

/** A decision's id, the same in every retry of the same evaluation. */
export function decisionIdOf(...parts: readonly string[]): string {
  const hash = createHash('sha256').update(parts.join('\u0000')).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

/** A decision to record. `facts` holds the ages too, under `observedAt`, as `DecideOutcome` gives them. */
export interface DecisionToRecord {
  readonly id: string;
  readonly ruleSet: string;
  readonly version: string;
  readonly result: RuleSetResult;
  readonly suspended?: readonly string[];
  readonly facts: Variables;
  /** ISO 8601 UTC instant to which ages were counted. */
  readonly at: string;
  readonly instanceId?: string;
  readonly elementId?: string;
  readonly patientId?: string;
}

/** Writes the decision once; a retry finds it there. */
export async function recordDecision(database: Database, decision: DecisionToRecord): Promise<void> {
  const { id, ruleSet, version, result, suspended = [], facts, at, instanceId, elementId, patientId } = decision;
  const explanation = suspended.length === 0 ? result : { ...result, suspended };
  await database.pool.query(
    `insert into decision (id, rule_set, version, instance_id, element_id, patient_id, level, facts, explanation, judged_at, found, suspended)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict (id) do nothing`,
    [id, ruleSet, version, instanceId ?? null, elementId ?? null, patientId ?? null, result.level, JSON.stringify(facts), JSON.stringify(explanation), at, result.findings.map(({ ruleId }) => ruleId), suspended],
  );
}

/** The part of a result that the process goes on with: outcome, findings and what was missing. */
export function resultForProcess(result: RuleSetResult): Json {
  const { explanation: _explanation, ...outcome } = result;
  // RuleSetResult is JSON by construction; its readonly interfaces lack an index signature.
  return outcome as unknown as Json;
}
