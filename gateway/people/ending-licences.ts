import { hospitalTimeZone } from '#activities';
import type { Database } from '#database';
import { neededQualification } from '../identity/role-requirements.ts';

/** How near the end of a licence is, by days of the hospital's calendar; `ended`: it is over. */
export const licenceStages = ['ended', 'within7Days', 'within30Days', 'within60Days'] as const;
export type LicenceStage = (typeof licenceStages)[number];

/** A licence that ends within sixty days or has ended, and that no other one of the same person replaces. */
export interface EndingLicence {
  readonly qualificationId: string;
  readonly userId: string;
  /** physician-licence | nurse-licence | pharmacist-licence */
  readonly code: string;
  readonly identifier: string | null;
  readonly validUntil: Date;
  readonly stage: LicenceStage;
  /** Midnights until the last day on which it holds: 0 on that day, negative after it. */
  readonly daysLeft: number;
  /** Ids of the assignments that give no right after it: the person's that need it, and what was passed on of them. */
  readonly assignmentIds: readonly string[];
}

const endedToldDays = 60;

/** From this stage on a person is warned on their own pages, and the record says so: a month. */
const soonDays = 30;

/**
 * $1 the instant or null for the database's own, $2 the hospital's zone, $3 the qualification that each role needs, $4 people or
 * null, $5 for how many days an ended one is told of that holds up no role. A licence holds until its end and not at it, so that one that ends at midnight has its last day before.
 */
const statement = `
  with clock as (select coalesce($1::timestamptz, now()) as at),
  today as (select at, (at at time zone $2)::date as day from clock),
  ending as (
    select q.*, ((q.valid_until - interval '1 millisecond') at time zone $2)::date - t.day as days, q.valid_until <= t.at as is_over, t.at
    from qualification q join "user" u on u.id = q.user_id cross join today t
    where q.revoked_at is null and q.valid_until is not null and u.disabled_at is null and ($4::text[] is null or q.user_id = any($4))
    and not exists (select from qualification n where n.user_id = q.user_id and n.code = q.code and n.id <> q.id and n.revoked_at is null
      and n.valid_from <= greatest(q.valid_until, t.at) and (n.valid_until is null or n.valid_until > q.valid_until or (n.valid_until = q.valid_until and n.id < q.id)))
  ),
  told as (
    select e.*, coalesce((select array_agg(a.id::text order by a.role, a.unit, a.id) from role_assignment a
      where $3::jsonb ->> a.role = e.code and (a.valid_until is null or a.valid_until > e.at) and (a.ended_at is null or a.ended_at > e.at)
      and (a.user_id = e.user_id or a.on_behalf_of = e.user_id)), '{}') as assignments
    from ending e where e.days <= 60
  )
  select id as "qualificationId", user_id as "userId", code, identifier, valid_until as "validUntil", days as "daysLeft", assignments as "assignmentIds",
    case when is_over then 'ended' when days <= 7 then 'within7Days' when days <= 30 then 'within30Days' else 'within60Days' end as stage
  from told where not is_over or cardinality(assignments) > 0 or days >= -$5::int
  order by valid_until, id`;

/**
 * Licences that end within sixty days or have ended, by their end; of some people, or of all whose account is enabled. Days are those
 * of the hospital's calendar, reckoned in the database, whose clock counts unless `at` is given. The one place that decides this.
 */
export async function endingLicences({ pool }: Pick<Database, 'pool'>, { userIds, at }: { readonly userIds?: readonly string[]; readonly at?: Date } = {}): Promise<readonly EndingLicence[]> {
  const { rows } = await pool.query<EndingLicence>(statement, [at ?? null, hospitalTimeZone, JSON.stringify(neededQualification), userIds ?? null, endedToldDays]);
  return rows;
}

/** Whether a licence still holds and is over within a month. */
export function endsSoon({ stage, daysLeft }: Pick<EndingLicence, 'stage' | 'daysLeft'>): boolean {
  return stage !== 'ended' && daysLeft <= soonDays;
}
