import type { PoolClient } from 'pg';
import type { MadeDecision } from '#activities';
import type { Database } from '#database';
import type { Level } from '#rules';

/** Which recorded decisions. */
export interface DecisionRange {
  readonly key: string;
  readonly since: Date;
  /** Before this instant. */
  readonly until: Date;
  /** Empty for all. */
  readonly wards: readonly string[];
}

/** A recorded decision, with where it belongs. */
export interface RecordedDecision extends MadeDecision {
  readonly id: string;
  readonly decidedAt: Date;
  readonly ward: string | null;
  /** The ordered ingredient, where the facts have it. */
  readonly drug: string | null;
}

interface DecisionColumns {
  readonly id: string;
  readonly version: string;
  readonly level: Level;
  readonly facts: MadeDecision['facts'];
  readonly at: Date;
  readonly decided_at: Date;
  readonly found: readonly string[];
  readonly suspended: readonly string[];
  readonly ward: string | null;
}

const rowsAFetch = 500;

/** A decision's ward: that of its case, else of the patient's stay at that time. Decisions of earlier releases have their findings in the explanation only. */
const decisions = `
  select d.id, d.version, d.level, d.facts, coalesce(d.judged_at, d.decided_at) as at, d.decided_at,
    coalesce(d.found, array(select finding->>'ruleId' from jsonb_array_elements(d.explanation->'findings') finding)) as found,
    coalesce(d.suspended, array(select jsonb_array_elements_text(d.explanation->'suspended'))) as suspended,
    coalesce(i.unit, (select e.ward_id from encounter e where e.patient_id = d.patient_id and e.admitted_at <= d.decided_at and (e.ended_at is null or e.ended_at > d.decided_at) order by e.admitted_at desc limit 1)) as ward
  from decision d left join process_instance i on i.id = d.instance_id
  where d.rule_set = $1 and d.decided_at >= $2 and d.decided_at < $3`;

/** How many decisions the range has, whatever their ward. */
export async function countDecisions({ pool }: Pick<Database, 'pool'>, { key, since, until }: DecisionRange): Promise<number> {
  const { rows } = await pool.query<{ count: string }>('select count(*) from decision where rule_set = $1 and decided_at >= $2 and decided_at < $3', [key, since, until]);
  return Number(rows[0]?.count ?? 0);
}

/**
 * Gives the decisions in slices, oldest first, as they were at one moment. The next slice is on its way while one is worked on.
 * They are read with a cursor: what is in memory does not grow with the range.
 */
export async function* recordedDecisions({ pool }: Pick<Database, 'pool'>, { key, since, until, wards }: DecisionRange): AsyncGenerator<readonly RecordedDecision[]> {
  const client = await pool.connect();
  let broken: Error | undefined;
  let next: Promise<readonly RecordedDecision[]> | undefined;
  try {
    await client.query('begin transaction isolation level repeatable read read only');
    await client.query(`declare recorded no scroll cursor for select * from (${decisions}) recorded where $4::text[] = '{}' or ward = any($4) order by decided_at`, [key, since, until, wards]);
    next = fetchSlice(client);
    for (;;) {
      const slice = await next;
      if (slice.length === 0) return;
      next = fetchSlice(client);
      // Awaited above or below; a failure must not count as unhandled meanwhile.
      next.catch(() => undefined);
      yield slice;
    }
  } catch (error) {
    broken = error instanceof Error ? error : new Error('Expected slices of decisions, but reading failed');
    throw error;
  } finally {
    await next?.catch(() => undefined);
    if (!broken) await client.query('rollback').catch((error: unknown) => (broken = error instanceof Error ? error : new Error('Expected the cursor to close')));
    client.release(broken);
  }
}

async function fetchSlice(client: PoolClient): Promise<readonly RecordedDecision[]> {
  const { rows } = await client.query<DecisionColumns>(`fetch ${rowsAFetch} from recorded`);
  return rows.map(({ decided_at: decidedAt, at, ...row }) => {
    const drug = row.facts['orderedIngredient'];
    return { ...row, decidedAt, at: at.toISOString(), drug: typeof drug === 'string' ? drug : null };
  });
}
