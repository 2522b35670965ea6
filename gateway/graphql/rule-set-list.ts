import type { LocalizedText } from '#engine';
import type { RuleDomain } from '../identity/policy.ts';
import type { RequestContext } from './context.ts';

/** A rule set, by its newest version, or its draft where nothing was published. */
export interface RuleSetRow {
  readonly key: string;
  readonly name: LocalizedText;
  readonly domain: RuleDomain;
}

/** What the list is narrowed to. */
export interface RuleSetListFilter {
  /** Words that all have to be in the names or the key. */
  readonly search?: string | null | undefined;
  readonly show?: 'toReview' | 'draft' | 'suspended' | null | undefined;
}

/** A page in the order of keys; `isBackward`: the rows nearest to `before`, last first. */
export interface KeyPage {
  readonly after?: string | undefined;
  readonly before?: string | undefined;
  readonly limit: number;
  readonly isBackward: boolean;
}

/** One row for each rule set; documents are opened for names and domain of that row only. $1: the key, $2: words, $3: what is shown. */
const listed = `
  with newest as (
    select distinct on (key) key, version from (
      select key, version, published_at as at, 0 as rank from rule_set_version where $1::text is null or key = $1
      union all select key, null, saved_at, 1 from rule_set_draft where $1::text is null or key = $1
    ) each order by key, rank, at desc
  ), listed as (
    select n.key, coalesce(v.document, d.document)->'name' as name, coalesce(v.document, d.document)->>'domain' as domain from newest n
    left join rule_set_version v on v.key = n.key and v.version = n.version
    left join rule_set_draft d on n.version is null and d.key = n.key
    where case $3::text
      when 'toReview' then exists (select from rule_set_draft r where r.key = n.key and r.review_id is not null)
      when 'draft' then exists (select from rule_set_draft r where r.key = n.key and r.review_id is null)
      when 'suspended' then exists (select from rule_suspension s where s.key = n.key and not exists (select from rule_suspension_act a where a.suspension_id = s.id and a.kind = 'lifted'))
      else true end
  ), found as (
    select * from listed where not exists (select from unnest($2::text[]) word where position(word in lower(concat_ws(' ', name->>'zh-CN', name->>'en', key))) = 0)
  )`;

function values({ search, show }: RuleSetListFilter, key?: string): readonly unknown[] {
  // No key or name holds the character that PostgreSQL does not keep.
  return [key ?? null, (search ?? '').replaceAll('\u0000', '\uFFFD').toLowerCase().split(/\s+/).filter((word) => word !== ''), show ?? null];
}

/** Rule sets by key, one page of them. */
export async function listRuleSets(filter: RuleSetListFilter, { after, before, limit, isBackward }: KeyPage, { database }: Pick<RequestContext, 'database'>): Promise<readonly RuleSetRow[]> {
  const { rows } = await database.pool.query<RuleSetRow>(
    `${listed} select key, name, domain from found where ($4::text is null or key > $4) and ($5::text is null or key < $5) order by key ${isBackward ? 'desc' : 'asc'} limit $6`,
    [...values(filter), after ?? null, before ?? null, limit],
  );
  return rows;
}

/** How many there are in all. */
export async function countRuleSets(filter: RuleSetListFilter, { database }: Pick<RequestContext, 'database'>): Promise<number> {
  const { rows } = await database.pool.query<{ count: string }>(`${listed} select count(*) from found`, [...values(filter)]);
  return Number(rows[0]?.count ?? 0);
}

/** One of them; undefined when there is neither version nor draft. */
export async function readRuleSet(key: string, { database }: Pick<RequestContext, 'database'>): Promise<RuleSetRow | undefined> {
  const { rows } = await database.pool.query<RuleSetRow>(`${listed} select key, name, domain from found`, [...values({}, key)]);
  return rows[0];
}
