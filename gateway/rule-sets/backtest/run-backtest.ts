import { setImmediate as nextTurn } from 'node:timers/promises';
import { createReplayer, type Replay } from '#activities';
import type { Database } from '#database';
import type { RuleInput, RuleSetDocument } from '#rules';
import { recordedDecisions, type DecisionRange, type RecordedDecision } from './recorded-decisions.ts';
import { Tally, type BacktestTally } from './tally.ts';

export interface RunBacktest {
  readonly id: string;
  readonly range: DecisionRange;
  readonly candidate: RuleSetDocument;
  /** Says how many decisions were read so far. */
  readonly onProgress: (read: number) => void;
  readonly signal: AbortSignal;
}

/** Others get their turn after this; one decision is never cut in two. */
const turnMs = 12;

/**
 * Replays the range under the candidate, keeps every changed decision and gives what it counted. Alters no decision.
 * Rejects with the signal's reason when it aborts.
 */
export async function runBacktest(database: Pick<Database, 'prisma' | 'pool'>, { id, range, candidate, onProgress, signal }: RunBacktest): Promise<BacktestTally> {
  const inputs = await inputsByVersion(database, range.key);
  const replayer = createReplayer(candidate, (version) => inputs.get(version));
  const tally = new Tally();
  let read = 0;
  let turnBegan = performance.now();
  for await (const slice of recordedDecisions(database, range)) {
    const changes: KeptChange[] = [];
    for (const decision of slice) {
      const replay = replayer.replay(decision);
      tally.add(decision, replay);
      if (replay.kind === 'compared' && replay.isChanged) changes.push(changeOf(decision, replay));
      if (performance.now() - turnBegan > turnMs) {
        await nextTurn();
        signal.throwIfAborted();
        turnBegan = performance.now();
      }
    }
    await keepChanges(database, id, changes);
    signal.throwIfAborted();
    read += slice.length;
    onProgress(read);
    turnBegan = performance.now();
  }
  return tally.result();
}

/** The inputs that each version of the rule set declares. */
async function inputsByVersion({ pool }: Pick<Database, 'pool'>, key: string): Promise<ReadonlyMap<string, readonly RuleInput[]>> {
  const { rows } = await pool.query<{ version: string; inputs: readonly RuleInput[] }>("select version, document->'inputs' as inputs from rule_set_version where key = $1", [key]);
  return new Map(rows.map(({ version, inputs }) => [version, inputs]));
}

interface KeptChange {
  readonly decision_id: string;
  readonly decided_at: Date;
  readonly level_before: string;
  readonly level_after: string;
  readonly found_before: readonly string[];
  readonly found_after: readonly string[];
  readonly failure: string | null;
  readonly ward: string | null;
  readonly drug: string | null;
}

function changeOf(decision: RecordedDecision, replay: Replay & { readonly kind: 'compared' }): KeptChange {
  return {
    decision_id: decision.id, decided_at: decision.decidedAt, level_before: decision.level, level_after: replay.level, found_before: decision.found, found_after: replay.found,
    failure: replay.failure ?? null, ward: decision.ward, drug: decision.drug,
  };
}

async function keepChanges({ pool }: Pick<Database, 'pool'>, backtestId: string, changes: readonly KeptChange[]): Promise<void> {
  if (changes.length === 0) return;
  await pool.query(
    `insert into rule_backtest_change (backtest_id, decision_id, decided_at, level_before, level_after, found_before, found_after, failure, ward, drug)
     select $1, * from jsonb_to_recordset($2) as kept (decision_id uuid, decided_at timestamptz, level_before text, level_after text, found_before text[], found_after text[], failure text, ward text, drug text)`,
    [backtestId, JSON.stringify(changes)],
  );
}
