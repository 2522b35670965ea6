import { z } from 'zod';
import type { Database } from '#database';
import { createTurns } from './turns.ts';

/** What pharmacists decided about the orders of which a rule asked them; each fired decision counts once. */
export interface ReviewCounts {
  /** Let the order pass. */
  readonly approved: number;
  /** Sent it back to whoever ordered. */
  readonly returned: number;
  /** Had it checked again, with data completed. */
  readonly rechecked: number;
  /** Ended before anybody decided: the order was withdrawn, or the facts changed. */
  readonly notDecided: number;
  /** Not known how it was decided: the record cannot be opened, or says something else. */
  readonly unknown: number;
  /** Why orders were let pass, in the pharmacists' words, most frequent first; at most 20. They may tell of a patient. */
  readonly approvalReasons: readonly { readonly text: string; readonly count: number }[];
}

/** Opens the encrypted part of an entry; undefined when there is none or its key was destroyed. */
export type OpenPayload = (entry: { readonly factId: string; readonly payload: unknown }) => Promise<{ readonly detail?: unknown } | undefined>;

/** The form of the tasks that count, and what its `decision` says. */
const reviewForm = 'pharmacist-review';
const completion = z.object({ data: z.object({ decision: z.enum(['approve', 'return', 'recheck']), reason: z.string().optional() }) });
const countedAs = { approve: 'approved', return: 'returned', recheck: 'rechecked' } as const;
/** Reviews whose record is opened for one answer; those before count as unknown. */
const maximumOpened = 5_000;
const maximumReasons = 20;

/**
 * Each decision of the range in which something was found, with the first review of its case that began after it, unless the rule set
 * decided again in between: then the review was about the later one. A rule counts where the review's own verdict names it. Tasks
 * that are still open are left out.
 */
const reviewsQuery = `
  select d.id as decision_id, fired.rule_id, t.id as task, t.status, a.fact_id, a.payload
  from decision d
  cross join lateral (
    select t.* from user_task t where t.instance_id = d.instance_id and t.form = '${reviewForm}' and t.created_at >= coalesce(d.judged_at, d.decided_at)
    order by t.created_at limit 1) t
  cross join lateral unnest(coalesce(d.found, array(select finding->>'ruleId' from jsonb_array_elements(d.explanation->'findings') finding))) as fired (rule_id)
  left join lateral (
    select e.fact_id, e.payload from audit_entry e where e.instance_id = t.instance_id and e.task_id = t.task_id and e.action = 'task.completed' order by e.id limit 1) a on true
  where d.rule_set = $1 and d.decided_at >= $2 and d.decided_at < $3 and t.status <> 'open'
    and not exists (select from decision later where later.instance_id = d.instance_id and later.rule_set = d.rule_set and later.id <> d.id
      and coalesce(later.judged_at, later.decided_at) > coalesce(d.judged_at, d.decided_at) and coalesce(later.judged_at, later.decided_at) <= t.created_at)
    and exists (select from jsonb_array_elements(case when jsonb_typeof(t.input->'verdict'->'findings') = 'array' then t.input->'verdict'->'findings' else '[]' end) named where named->>'ruleId' = fired.rule_id)
  order by t.created_at desc`;

interface ReviewRow {
  readonly decision_id: string;
  readonly rule_id: string;
  readonly task: string;
  readonly status: string;
  readonly fact_id: string | null;
  readonly payload: unknown;
}

type Outcome = { readonly kind: 'approved' | 'returned' | 'rechecked' | 'notDecided' | 'unknown'; readonly reason?: string };
type Tally = { -readonly [kind in Outcome['kind']]: number } & { readonly reasons: Map<string, number> };

/** What became of the orders that each rule put before a pharmacist, by rule id; rules that put none are not in it. Counts nothing twice and makes nothing up. */
export async function readReviewCounts({ pool }: Pick<Database, 'pool'>, open: OpenPayload, key: string, since: Date, until: Date): Promise<ReadonlyMap<string, ReviewCounts>> {
  const { rows } = await pool.query<ReviewRow>(reviewsQuery, [key, since, until]);
  const turns = createTurns();
  const outcomes = new Map<string, Outcome>();
  const tallies = new Map<string, Tally>();
  for (const row of rows) {
    const outcome = outcomes.get(row.task) ?? (outcomes.size < maximumOpened ? await outcomeOf(row, open) : { kind: 'unknown' as const });
    outcomes.set(row.task, outcome);
    const tally = tallies.get(row.rule_id) ?? { approved: 0, returned: 0, rechecked: 0, notDecided: 0, unknown: 0, reasons: new Map<string, number>() };
    tallies.set(row.rule_id, tally);
    tally[outcome.kind] += 1;
    if (outcome.kind === 'approved' && outcome.reason !== undefined) tally.reasons.set(outcome.reason, (tally.reasons.get(outcome.reason) ?? 0) + 1);
    await turns.yield();
  }
  return new Map([...tallies].map(([ruleId, { reasons, ...counts }]) => [ruleId, { ...counts, approvalReasons: mostFrequent(reasons) }]));
}

async function outcomeOf({ status, fact_id: factId, payload }: ReviewRow, open: OpenPayload): Promise<Outcome> {
  if (status !== 'completed') return { kind: 'notDecided' };
  if (factId === null) return { kind: 'unknown' };
  const opened = await open({ factId, payload }).catch(() => undefined);
  const read = completion.safeParse(opened?.detail);
  if (!read.success) return { kind: 'unknown' };
  const { decision, reason = '' } = read.data.data;
  return { kind: countedAs[decision], ...(reason.trim() === '' ? {} : { reason: reason.trim() }) };
}

function mostFrequent(reasons: ReadonlyMap<string, number>): ReviewCounts['approvalReasons'] {
  return [...reasons].map(([text, count]) => ({ text, count })).sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1)).slice(0, maximumReasons);
}
