import type { Variables } from '#engine';
import type { CompiledRuleSet, Facts, Level, ObservedAt, RuleInput, RuleSetDocument } from '#rules';
import { compileWithSuspended, judgeWithSuspended, type JudgingRuleSet } from './suspended-rules.ts';

/** A decision as it was made. */
export interface MadeDecision {
  readonly version: string;
  readonly level: Level;
  /** Rule ids of its findings. */
  readonly found: readonly string[];
  /** Rules that only advised then: they only advise in the replay too. */
  readonly suspended: readonly string[];
  /** With the ages under `observedAt`, as decisions are recorded. */
  readonly facts: Variables;
  /** ISO 8601 UTC instant to which ages were counted. */
  readonly at: string;
}

/** What another document would have decided. `isChanged`: another level, other findings, or no decision at all. */
export type Replay =
  | { readonly kind: 'compared'; readonly level: Level; readonly found: readonly string[]; readonly isChanged: boolean; /** Code and fact, where the document could not judge. */ readonly failure?: string }
  | { readonly kind: 'notComparable'; readonly code: 'FACT_UNDECLARED' | 'INPUT_UNRECORDED'; readonly fact: string };

/** Replays decisions under one document. */
export interface Replayer {
  replay(decision: MadeDecision): Replay;
}

interface Prepared {
  /** Inputs of the document whose values the decision did not read, or read as something else. */
  readonly unrecorded: readonly string[];
  /** The document with those inputs as values that nobody knows. */
  readonly judging: JudgingRuleSet;
  /** Whether an output is worked out from one of them. */
  readonly hidesOutputs: string | undefined;
}

const maximumPrepared = 64;

/**
 * Replays decisions under `candidate`. `inputsOf` gives the inputs that a version of the rule set declares, undefined for a
 * version that is not known. What the decision did not read is never made up: where the outcome depends on it, whatever
 * the policies for missing values say, the decision is not comparable; where every value gives the same outcome, it is.
 */
export function createReplayer(candidate: RuleSetDocument, inputsOf: (version: string) => readonly RuleInput[] | undefined): Replayer {
  const declared = new Set(candidate.inputs.map(({ name }) => name));
  const prepared = new Map<string, Prepared>();

  function prepare(version: string, suspended: readonly string[], facts: Facts): Prepared {
    const inputs = inputsOf(version);
    const content = JSON.stringify([version, suspended, inputs === undefined ? Object.keys(facts).sort() : null]);
    const known = prepared.get(content);
    if (known) return known;
    const made = prepareFor(candidate, inputs, suspended, facts);
    if (prepared.size >= maximumPrepared) prepared.delete(prepared.keys().next().value ?? '');
    prepared.set(content, made);
    return made;
  }

  return {
    replay({ version, level, found, suspended, facts: recorded, at }) {
      const { facts, observedAt } = withoutAges(recorded, inputsOf(version));
      for (const name of Object.keys(facts)) if (!declared.has(name)) return { kind: 'notComparable', code: 'FACT_UNDECLARED', fact: name };
      const { unrecorded, judging, hidesOutputs } = prepare(version, suspended, facts);
      if (hidesOutputs !== undefined) return { kind: 'notComparable', code: 'INPUT_UNRECORDED', fact: hidesOutputs };
      const given = unrecorded.length === 0 ? facts : { ...facts, ...Object.fromEntries(unrecorded.map((name) => [name, unknownValue])) };
      const result = judgeWithSuspended(judging, given, { at, ...(observedAt === undefined ? {} : { observedAt }) });
      const unknown = result.missing.find(({ fact }) => unrecorded.includes(fact));
      if (unknown) return { kind: 'notComparable', code: 'INPUT_UNRECORDED', fact: unknown.fact };
      if (result.failure) return { kind: 'compared', level: 'UNKNOWN', found: [], isChanged: true, failure: `${result.failure.code} ${result.failure.fact}` };
      const ruleIds = result.findings.map(({ ruleId }) => ruleId);
      return { kind: 'compared', level: result.level, found: ruleIds, isChanged: result.level !== level || !sameMembers(ruleIds, found) };
    },
  };
}

/** Of no input's type, or too old for one that takes any: a value that is there, and that no condition can read. */
const unknownValue = Symbol('unrecorded');

function prepareFor(candidate: RuleSetDocument, inputs: readonly RuleInput[] | undefined, suspended: readonly string[], facts: Facts): Prepared {
  const unrecorded = candidate.inputs.filter((input) => !(inputs === undefined ? Object.hasOwn(facts, input.name) : inputs.some((other) => isSameInput(input, other)))).map(({ name }) => name);
  // Any policy but `stop` would stand in for a value that the patient had.
  const document = unrecorded.length === 0 ? candidate : { ...candidate, inputs: candidate.inputs.map((input) => (unrecorded.includes(input.name) ? unknownInput(input) : input)) };
  const judging = compileWithSuspended(document, new Set(suspended));
  return { unrecorded, judging, hidesOutputs: outputReads(judging.compiled).find((name) => unrecorded.includes(name)) };
}

/** The same value under the same name: of one type, in one unit. */
function isSameInput(one: RuleInput, other: RuleInput): boolean {
  return one.name === other.name && one.type === other.type && one.unit === other.unit;
}

function unknownInput({ name, type, unit }: RuleInput): RuleInput {
  return { name, type, ...(unit === undefined ? {} : { unit }), maxAge: 'PT1S', whenMissing: { policy: 'stop' } };
}

/** Inputs that outputs are worked out from. */
function outputReads({ rules }: CompiledRuleSet): readonly string[] {
  return rules.flatMap(({ outputs }) => outputs.flatMap((cell) => (cell && 'feel' in cell ? cell.feel.reads.map(({ declaration }) => declaration.name) : [])));
}

/** Decisions record ages under `observedAt` among the facts; a rule set may have an input of that name. */
function withoutAges(recorded: Variables, inputs: readonly RuleInput[] | undefined): { readonly facts: Facts; readonly observedAt?: ObservedAt } {
  const { observedAt, ...facts } = recorded;
  if (typeof observedAt !== 'object' || observedAt === null || Array.isArray(observedAt) || inputs?.some(({ name }) => name === 'observedAt')) return { facts: recorded };
  // Ages that are not texts count as unknown when they are read.
  return { facts, observedAt: observedAt as ObservedAt };
}

function sameMembers(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((member) => other.includes(member));
}
