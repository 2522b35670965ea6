import type { Database } from '#database';
import type { LocalizedText } from '#engine';
import type { RuleSetDocument } from '#rules';
import { readReviewCounts, type OpenPayload, type ReviewCounts } from './review-statistics.ts';
import { versionInEffect } from './rule-set-record.ts';

/** Why cards of a rule were overridden, by the code of the clinical system; empty for none given. */
export interface OverrideCount {
  readonly code: string;
  readonly count: number;
}

/** How one rule fared. A rule of an earlier version, and a missing value, have no name. */
export interface RuleStatistic {
  readonly ruleId: string;
  readonly name: LocalizedText | undefined;
  /** Decisions in which it was a finding. */
  readonly fired: number;
  /** Cards with it that were shown, and what became of them last. */
  readonly cards: number;
  readonly accepted: number;
  readonly overridden: number;
  readonly overrideReasons: readonly OverrideCount[];
  /** What pharmacists decided whom it asked. */
  readonly reviews: ReviewCounts;
}

const noReviews: ReviewCounts = { approved: 0, returned: 0, rechecked: 0, notDecided: 0, unknown: 0, approvalReasons: [] };

export interface RuleStatistics {
  readonly decisions: number;
  /** Those that fired most first. */
  readonly rules: readonly RuleStatistic[];
}

const firedQuery = `
  select fired.rule_id, count(*)::int as fired from decision d
  cross join lateral unnest(coalesce(d.found, array(select finding->>'ruleId' from jsonb_array_elements(d.explanation->'findings') finding))) as fired (rule_id)
  where d.rule_set = $1 and d.decided_at >= $2 and d.decided_at < $3 group by fired.rule_id`;

/** A card may have several answers: the last one counts. */
const cardsQuery = `
  select c.rule_id, last.outcome, coalesce(last.reason_code, '') as reason_code, count(*)::int as cards from cds_card c
  left join lateral (select f.outcome, f.reason_code from cds_feedback f where f.card_id = c.id order by coalesce(f.outcome_at, f.received_at) desc, f.received_at desc limit 1) last on true
  where c.rule_set = $1 and c.issued_at >= $2 and c.issued_at < $3 group by 1, 2, 3`;

interface CardRow {
  readonly rule_id: string;
  readonly outcome: string | null;
  readonly reason_code: string;
  readonly cards: number;
}

/** How often each rule of a rule set fired from `since` until before `until`, what became of the cards that showed it, and of the orders that it put before a pharmacist. Only the reasons of pharmacists may tell of a patient. */
export async function readRuleStatistics({ prisma, pool }: Pick<Database, 'prisma' | 'pool'>, open: OpenPayload, key: string, since: Date, until: Date): Promise<RuleStatistics> {
  const range = [key, since, until];
  const [current, decisions, fired, cards, reviews] = await Promise.all([
    versionInEffect(prisma, key, new Date()),
    pool.query<{ count: number }>('select count(*)::int as count from decision where rule_set = $1 and decided_at >= $2 and decided_at < $3', range),
    pool.query<{ rule_id: string; fired: number }>(firedQuery, range),
    pool.query<CardRow>(cardsQuery, range),
    readReviewCounts({ pool }, open, key, since, until),
  ]);
  const names = namesOf(current?.document);
  const firedById = new Map(fired.rows.map((row) => [row.rule_id, row.fired]));
  const ids = new Set([...names.keys(), ...firedById.keys(), ...cards.rows.map((row) => row.rule_id)]);
  const rules = [...ids].map((ruleId) => ({ ruleId, name: names.get(ruleId), fired: firedById.get(ruleId) ?? 0, ...cardCounts(cards.rows.filter((row) => row.rule_id === ruleId)), reviews: reviews.get(ruleId) ?? noReviews }));
  return { decisions: decisions.rows[0]?.count ?? 0, rules: rules.sort((a, b) => b.fired - a.fired || b.cards - a.cards || (a.ruleId < b.ruleId ? -1 : 1)) };
}

function namesOf(document: RuleSetDocument | undefined): ReadonlyMap<string, LocalizedText> {
  return new Map(document?.rules.map(({ id, name }) => [id, name]));
}

function cardCounts(rows: readonly CardRow[]): Pick<RuleStatistic, 'cards' | 'accepted' | 'overridden' | 'overrideReasons'> {
  const total = (which: (row: CardRow) => boolean): number => rows.filter(which).reduce((sum, row) => sum + row.cards, 0);
  return {
    cards: total(() => true),
    accepted: total(({ outcome }) => outcome === 'accepted'),
    overridden: total(({ outcome }) => outcome === 'overridden'),
    overrideReasons: rows.filter(({ outcome }) => outcome === 'overridden').map(({ reason_code: code, cards: count }) => ({ code, count })).sort((a, b) => b.count - a.count),
  };
}
