import { compilePublishedRuleSet, selectFacts, type RuleInput, type RuleSetDocument } from '#rules';
import type { Database } from '#database';
import type { Variables } from '#engine';
import { createReplayer, type MadeDecision, type Replay } from './replay-decision.ts';

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

/** How long it is remembered which shadows run. */
export const shadowCacheMs = 5_000;
/** Decisions that wait for a shadow; more are counted as skipped. */
const maximumWaiting = 200;
/** A shadow rests for this many times as long as it judged: it takes a fifth of a core at most. */
const restFactor = 4;
/** What was counted is written this often while decisions come. */
const writeEveryMs = 1_000;

interface RunningShadow {
  readonly id: string;
  readonly hourlyLimit: number;
  readonly judge: (decision: ObservedDecision) => Replay;
}

interface Difference {
  readonly decision_id: string;
  readonly decided_at: string;
  readonly level_before: string;
  readonly level_after: string;
  readonly found_before: readonly string[];
  readonly found_after: readonly string[];
  readonly failure: string | null;
}

interface Counted {
  readonly shadow: RunningShadow;
  judged: number;
  differing: number;
  notComparable: number;
  skipped: number;
  readonly differences: Difference[];
}

const runningQuery = `select s.id, s.key, s.hourly_limit from rule_shadow s left join rule_shadow_end e on e.shadow_id = s.id
  where e.shadow_id is null and s.started_at <= now() and s.ends_at > now()`;

/** Runs the shadows of all rule sets for the decisions of one process. What goes wrong in one costs its differences, nothing else. */
export function createShadowRuns({ pool }: Pick<Database, 'pool'>): ShadowRuns {
  const waiting: ObservedDecision[] = [];
  const counted = new Map<string, Counted>();
  const judges = new Map<string, RunningShadow['judge']>();
  let running: ReadonlyMap<string, readonly RunningShadow[]> | undefined;
  let readAt = Number.NEGATIVE_INFINITY;
  let isWorking = false;

  async function readRunning(): Promise<void> {
    readAt = Date.now();
    const { rows } = await pool.query<{ id: string; key: string; hourly_limit: number }>(runningQuery);
    const shadows = new Map<string, RunningShadow[]>();
    for (const { id, key, hourly_limit: hourlyLimit } of rows) {
      const judge = judges.get(id) ?? judgeBy(await readDocument(id));
      judges.set(id, judge);
      shadows.set(key, [...(shadows.get(key) ?? []), { id, hourlyLimit, judge }]);
    }
    for (const id of judges.keys()) if (!rows.some((row) => row.id === id)) judges.delete(id);
    running = shadows;
  }

  async function readDocument(id: string): Promise<RuleSetDocument> {
    const { rows } = await pool.query<{ document: RuleSetDocument }>('select document from rule_shadow where id = $1', [id]);
    if (!rows[0]) throw new Error('Expected the document of a shadow that runs');
    return rows[0].document;
  }

  async function work(): Promise<void> {
    try {
      // Others may have come while the last counts were written.
      while (waiting.length > 0) {
        if (Date.now() - readAt >= shadowCacheMs) await readRunning();
        await judgeWaiting(Date.now() + writeEveryMs);
        await write();
      }
    } catch {
      // No decision may suffer from a shadow. What was not written is lost; the decisions themselves are on record.
      waiting.length = 0;
      counted.clear();
    } finally {
      isWorking = false;
    }
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
    const counts = countsOf(shadow);
    const replay = shadow.judge(decision);
    counts.judged += 1;
    if (replay.kind === 'notComparable') counts.notComparable += 1;
    else if (replay.isChanged) {
      counts.differing += 1;
      // More than the hour may keep are not worth their memory.
      if (counts.differences.length < shadow.hourlyLimit) counts.differences.push({ decision_id: decisionId, decided_at: made.at, level_before: made.level, level_after: replay.level, found_before: made.found, found_after: replay.found, failure: replay.failure ?? null });
    }
  }

  function countsOf(shadow: RunningShadow): Counted {
    const known = counted.get(shadow.id) ?? { shadow, judged: 0, differing: 0, notComparable: 0, skipped: 0, differences: [] };
    counted.set(shadow.id, known);
    return known;
  }

  async function write(): Promise<void> {
    const counts = [...counted.values()];
    counted.clear();
    for (const each of counts) await writeCounts(pool, each);
  }

  return {
    observe(decision) {
      const isKnown = running !== undefined && Date.now() - readAt < shadowCacheMs;
      const shadows = running?.get(decision.ruleSet) ?? [];
      if (isKnown && shadows.length === 0) return;
      if (waiting.length < maximumWaiting) waiting.push(decision);
      else for (const shadow of shadows) countsOf(shadow).skipped += 1;
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

/** Adds to the counters of the hour, and keeps as many differences as it still may, in all processes together. */
async function writeCounts(pool: Database['pool'], { shadow, judged, differing, notComparable, skipped, differences }: Counted): Promise<void> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const { rows } = await client.query<{ hour: Date; kept: number }>(
      `insert into rule_shadow_hour as h (shadow_id, hour, judged, differing, not_comparable, skipped) values ($1, date_trunc('hour', now()), $2, $3, $4, $5)
       on conflict (shadow_id, hour) do update set judged = h.judged + excluded.judged, differing = h.differing + excluded.differing,
         not_comparable = h.not_comparable + excluded.not_comparable, skipped = h.skipped + excluded.skipped returning hour, kept`,
      [shadow.id, judged, differing, notComparable, skipped],
    );
    const hour = rows[0];
    const room = Math.max(0, shadow.hourlyLimit - (hour?.kept ?? 0));
    if (hour && room > 0 && differences.length > 0) {
      const { rowCount } = await client.query(
        `insert into rule_shadow_difference (shadow_id, decision_id, decided_at, level_before, level_after, found_before, found_after, failure)
         select $1, * from jsonb_to_recordset($2) as kept (decision_id uuid, decided_at timestamptz, level_before text, level_after text, found_before text[], found_after text[], failure text) on conflict do nothing`,
        [shadow.id, JSON.stringify(differences.slice(0, room))],
      );
      await client.query('update rule_shadow_hour set kept = kept + $3 where shadow_id = $1 and hour = $2', [shadow.id, hour.hour, rowCount ?? 0]);
    }
    await client.query('commit');
  } catch (error) {
    broken = error instanceof Error ? error : new Error('Expected the counters of a shadow to be written');
    throw error;
  } finally {
    // A connection within a transaction that failed is not used again.
    client.release(broken);
  }
}

function rest(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}
