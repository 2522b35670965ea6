import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Database } from '#database';
import type { RuleSetDocument } from '#rules';
import type { Act, RuleSetCommand } from '../act.ts';
import { RuleSetRefusal } from '../refusal.ts';
import { requireComplete, requireDomain } from '../rule-set-record.ts';
import { readSide, type RuleSetSide } from '../rule-set-side.ts';
import { countDecisions, type DecisionRange } from './recorded-decisions.ts';
import { runBacktest } from './run-backtest.ts';

export interface RequestBacktest extends RuleSetCommand {
  readonly key: string;
  readonly candidate: RuleSetSide;
  /** ISO 8601; decisions recorded from here, and before `to`. */
  readonly from: string;
  readonly to: string;
  /** Empty for all. */
  readonly wards: readonly string[];
}

/** Backtests run one after the other in each gateway, beside its other work. */
export interface Backtests {
  /** Fails: RULE_SET_NOT_FOUND, RULE_SET_INVALID, BACKTEST_BUSY, INPUT_INVALID, and what `readSide` throws. */
  request(command: RequestBacktest): Promise<{ readonly backtestId: string }>;
  /** Ends the one that runs and those that wait; each is recorded as interrupted. */
  close(): Promise<void>;
}

/** A backtest whose process has said nothing for this long is not run any more. */
export const silentAfterMs = 30_000;
const beatEveryMs = 5_000;
const progressEveryMs = 500;
const maximumWaiting = 4;
/** Some 18 million decisions. */
const halfAnHourMs = 30 * 60_000;

interface Job {
  readonly id: string;
  readonly range: DecisionRange;
  readonly candidate: RuleSetDocument;
}

export interface BacktestsOptions {
  readonly act: Act;
  readonly database: Pick<Database, 'prisma' | 'pool' | 'connectBeside'>;
  readonly logger?: Logger | undefined;
  /** How long one may take. */
  readonly timeLimitMs?: number | undefined;
}

export function createBacktests({ act, database, logger, timeLimitMs = halfAnHourMs }: BacktestsOptions): Backtests {
  const { prisma } = database;
  const waiting: Job[] = [];
  let running: Promise<void> | undefined;
  const closing = new AbortController();

  async function finish(id: string, outcome: { readonly tally: object } | { readonly failure: string }): Promise<void> {
    const tally = 'tally' in outcome ? outcome.tally : undefined;
    await prisma.ruleBacktestResult.create({ data: { backtestId: id, finishedAt: new Date(), ...(tally === undefined ? {} : { tally }), failure: 'failure' in outcome ? outcome.failure : null } });
  }

  async function run({ id, range, candidate }: Job): Promise<void> {
    const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(timeLimitMs)]);
    let toldAt = 0;
    let telling: Promise<unknown> = Promise.resolve();
    const tell = (read: number): void => {
      if (Date.now() - toldAt < progressEveryMs) return;
      toldAt = Date.now();
      // What it is worth is only that somebody sees it: the result does not rest on it.
      telling = prisma.ruleBacktestProgress.update({ where: { backtestId: id }, data: { read, beatAt: new Date() } }).catch(() => undefined);
    };
    try {
      signal.throwIfAborted();
      // Of some wards it is not known before they were read.
      const total = range.wards.length === 0 ? await countDecisions(database, range) : null;
      await prisma.ruleBacktestProgress.update({ where: { backtestId: id }, data: { total, startedAt: new Date(), beatAt: new Date() } });
      const tally = await runBacktest(database, { id, range, candidate, onProgress: tell, signal });
      await telling;
      await prisma.ruleBacktestProgress.update({ where: { backtestId: id }, data: { read: tally.decisions, total: tally.decisions } });
      await finish(id, { tally });
    } catch (error) {
      const failure = closing.signal.aborted ? 'INTERRUPTED' : signal.aborted ? 'BACKTEST_TOO_LONG' : 'BACKTEST_FAILED';
      if (failure === 'BACKTEST_FAILED') logger?.error({ error: error instanceof Error ? error.name : 'unknown', backtest: id }, 'a backtest failed');
      await finish(id, { failure }).catch(() => undefined);
    }
  }

  async function runAll(): Promise<void> {
    for (let job = waiting[0]; job; job = waiting[0]) {
      const beat = setInterval(() => {
        const ids = waiting.map(({ id }) => id);
        prisma.ruleBacktestProgress.updateMany({ where: { backtestId: { in: ids } }, data: { beatAt: new Date() } }).catch(() => undefined);
      }, beatEveryMs).unref();
      await run(job).finally(() => clearInterval(beat));
      waiting.shift();
    }
    running = undefined;
  }

  return {
    async request({ key, candidate: side, from, to, wards, ...command }) {
      let job: Job | undefined;
      const payload = { candidate: { version: side.version ?? null, reviewId: side.reviewId ?? null, draft: side.draft ?? false }, from, to, wards: [...wards] };
      const answer = await act('backtest', key, command, payload, async (acting) => {
        const { transaction, actor, now } = acting;
        await requireDomain(transaction, key);
        const { name, document, hash } = await readSide(key, side, 'candidate', transaction);
        const complete = requireComplete(document);
        const range: DecisionRange = { key, since: new Date(from), until: new Date(to), wards };
        if (range.since >= range.until) throw new RuleSetRefusal('INPUT_INVALID', 'to');
        if (closing.signal.aborted || waiting.length > maximumWaiting) throw new RuleSetRefusal('BACKTEST_BUSY');
        const id = randomUUID();
        await transaction.ruleBacktest.create({ data: { id, key, candidate: name, hash, since: range.since, until: range.until, wards: [...wards], requestedAt: now, requestedBy: actor.id, progress: { create: { beatAt: now } } } });
        await acting.record({ action: 'rules.backtested', afterHash: hash, detail: { backtestId: id, candidate: name, from, to, wards: [...wards] } });
        job = { id, range, candidate: complete };
        return { backtestId: id };
      });
      // A repeat finds what the first one began.
      if (job) {
        waiting.push(job);
        running ??= runAll();
      }
      return answer;
    },
    async close() {
      closing.abort();
      await running;
    },
  };
}
