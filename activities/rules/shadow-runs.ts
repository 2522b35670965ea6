import { compilePublishedRuleSet, selectFacts, type RuleInput, type RuleSetDocument } from '#rules';
import type { Database } from '#database';
import type { Variables } from '#engine';
import { createReplayer, type MadeDecision, type Replay } from './replay-decision.ts';
import { createShadowCounts, type CountedShadow } from './shadow-counts.ts';

/** A decision that is being recorded, as shadows see it. */
export interface ObservedDecision {
  /** Under which it is recorded. */
  readonly decisionId: string;
  readonly ruleSet: string;
  /** What the rule set was given, before the version in effect took what it declares. */
  readonly given: Variables;
  /** The inputs of the version that decided. */
  readonly inputs: readonly RuleInput[];
  readonly made: MadeDecision;
}

/** Documents that judge beside the version in effect, without effect. */
export interface ShadowRuns {
  /** Takes note of a decision; returns at once, never throws, and decides nothing. */
  observe(decision: ObservedDecision): void;
}

/** That the work of shadows failed; no decision suffered from it. `lost`: decisions that are counted nowhere now. */
export interface ShadowFailure {
  readonly error: unknown;
  /** How often it was tried so far. */
  readonly tries: number;
  readonly lost: number;
}

export interface ShadowRunOptions {
  readonly onFailure?: (failure: ShadowFailure) => void;
  /** Before the first repeat; each later one waits twice as long, half a minute at most. */
  readonly retryAfterMs?: number;
}

/** How long it is remembered which shadows run. */
export const shadowCacheMs = 5_000;
/** Decisions that wait for a shadow; more are counted as skipped. */
const maximumWaiting = 200;
/** A shadow rests for this many times as long as it judged: it takes a fifth of a core at most. */
const restFactor = 4;
/** What was counted is written this often while decisions come. */
const writeEveryMs = 1_000;
/** Some two minutes; then what waits is given up, so that a database that stays away costs no memory. */
const maximumTries = 8;
const longestWaitMs = 30_000;

interface RunningShadow extends CountedShadow {
  readonly judge: (decision: ObservedDecision) => Replay;
}

const runningQuery = `select s.id, s.key, s.hourly_limit from rule_shadow s left join rule_shadow_end e on e.shadow_id = s.id
  where e.shadow_id is null and s.started_at <= now() and s.ends_at > now()`;

/** Runs the shadows of all rule sets for the decisions of one process. What cannot be read or written is tried again, with the counts kept. */
export function createShadowRuns({ pool }: Pick<Database, 'pool'>, { onFailure, retryAfterMs = 1_000 }: ShadowRunOptions = {}): ShadowRuns {
  const waiting: ObservedDecision[] = [];
  const counts = createShadowCounts({ pool });
  const judges = new Map<string, RunningShadow['judge']>();
  let running: ReadonlyMap<string, readonly RunningShadow[]> | undefined;
  let readAt = Number.NEGATIVE_INFINITY;
  let isWorking = false;

  async function readRunning(): Promise<void> {
    const begunAt = Date.now();
    const { rows } = await pool.query<{ id: string; key: string; hourly_limit: number }>(runningQuery);
    const shadows = new Map<string, RunningShadow[]>();
    for (const { id, key, hourly_limit: hourlyLimit } of rows) {
      const judge = judges.get(id) ?? judgeBy(await readDocument(id));
      judges.set(id, judge);
      shadows.set(key, [...(shadows.get(key) ?? []), { id, hourlyLimit, judge }]);
    }
    for (const id of judges.keys()) if (!rows.some((row) => row.id === id)) judges.delete(id);
    running = shadows;
    readAt = begunAt;
  }

  async function readDocument(id: string): Promise<RuleSetDocument> {
    const { rows } = await pool.query<{ document: RuleSetDocument }>('select document from rule_shadow where id = $1', [id]);
    if (!rows[0]) throw new Error('Expected the document of a shadow that runs');
    return rows[0].document;
  }

  async function work(): Promise<void> {
    let tries = 0;
    // Others may have come while the last counts were written.
    while (waiting.length > 0 || !counts.isEmpty) {
      try {
        if (Date.now() - readAt >= shadowCacheMs) await readRunning();
        await judgeWaiting(Date.now() + writeEveryMs);
        await counts.write();
        tries = 0;
      } catch (error) {
        // No decision may suffer from a shadow: the decisions themselves are on record.
        tries += 1;
        const lost = tries < maximumTries ? 0 : waiting.splice(0).length + counts.discard();
        onFailure?.({ error, tries, lost });
        if (tries < maximumTries) await rest(Math.min(longestWaitMs, retryAfterMs * 2 ** (tries - 1)));
        else tries = 0;
      }
    }
    isWorking = false;
  }

  async function judgeWaiting(until: number): Promise<void> {
    for (let decision = waiting.shift(); decision; decision = Date.now() < until ? waiting.shift() : undefined) {
      const begun = performance.now();
      for (const shadow of running?.get(decision.ruleSet) ?? []) count(shadow, decision);
      await rest((performance.now() - begun) * restFactor);
    }
  }

  function count(shadow: RunningShadow, decision: ObservedDecision): void {
    const { decisionId, made } = decision;
    const replay = shadow.judge(decision);
    const counted = counts.of(shadow);
    counted.judged += 1;
    if (replay.kind === 'notComparable') counted.notComparable += 1;
    else if (replay.isChanged) {
      counted.differing += 1;
      // More than the hour may keep are not worth their memory.
      if (counted.differences.length < shadow.hourlyLimit) counted.differences.push({ decision_id: decisionId, decided_at: made.at, level_before: made.level, level_after: replay.level, found_before: made.found, found_after: replay.found, failure: replay.failure ?? null });
    }
  }

  return {
    observe(decision) {
      const isKnown = running !== undefined && Date.now() - readAt < shadowCacheMs;
      const shadows = running?.get(decision.ruleSet) ?? [];
      if (isKnown && shadows.length === 0) return;
      if (waiting.length < maximumWaiting) waiting.push(decision);
      else for (const shadow of shadows) counts.of(shadow).skipped += 1;
      if (isWorking) return;
      isWorking = true;
      // After whoever waits for the decision has it.
      setImmediate(() => void work());
    },
  };
}

/** How a document judges. Facts that were gathered for several rule sets have its new inputs too; named ones are all that there is. */
function judgeBy(document: RuleSetDocument): RunningShadow['judge'] {
  const compiled = compilePublishedRuleSet(document);
  const inputsByVersion = new Map<string, readonly RuleInput[]>();
  const named = createReplayer(document, (version) => inputsByVersion.get(version));
  const gathered = createReplayer(document, () => document.inputs);
  return ({ given, inputs, made }) => {
    const { facts, ...ages } = selectFacts(compiled, given);
    inputsByVersion.set(made.version, inputs);
    // Facts come from variables, so they are JSON.
    return facts === given ? named.replay(made) : gathered.replay({ ...made, facts: { ...facts, ...ages } as Variables });
  };
}

function rest(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
