import type { Database } from '#database';
import type { RuleSetDocument } from '#rules';
import { compileWithSuspended, type JudgingRuleSet } from './suspended-rules.ts';

/**
 * How long it is remembered which versions there are and which rules are suspended: what changes is known to every
 * process after this time, and running cases are judged again only then.
 */
export const ruleCacheMs = 2_000;

const maximumCompiled = 8;

/** The version that judges at a time, with what is suspended in it. */
export interface VersionInEffect extends JudgingRuleSet {
  readonly version: string;
}

interface Timeline {
  readonly readAt: number;
  /** Newest effect first; none that was recalled. */
  readonly versions: readonly { readonly version: string; readonly from: number }[];
  readonly suspensions: readonly { readonly ruleId: string; readonly from: number; readonly until?: number }[];
}

interface TimelineRow {
  readonly versions: readonly { readonly version: string; readonly from: string }[];
  readonly suspensions: readonly { readonly ruleId: string; readonly from: string; readonly until: string | null }[];
}

const timelineQuery = `select
  (select coalesce(json_agg(json_build_object('version', version, 'from', effective_at) order by effective_at desc, published_at desc, version desc), '[]')
   from rule_set_version where key = $1 and status <> 'recalled') as versions,
  (select coalesce(json_agg(json_build_object('ruleId', s.rule_id, 'from', s.suspended_at, 'until', l.at)), '[]')
   from rule_suspension s left join rule_suspension_act l on l.suspension_id = s.id and l.kind = 'lifted' where s.key = $1) as suspensions`;

/** Finds the versions in effect, compiled once each. One reader lives as long as its process. */
export function createVersionsInEffect({ prisma, pool }: Pick<Database, 'prisma' | 'pool'>) {
  const timelines = new Map<string, { readonly askedAt: number; readonly timeline: Promise<Timeline> }>();
  const compiled = new Map<string, Map<string, Promise<JudgingRuleSet>>>();

  async function read(key: string): Promise<Timeline> {
    const readAt = Date.now();
    const { rows } = await pool.query<TimelineRow>(timelineQuery, [key]);
    return {
      readAt,
      versions: (rows[0]?.versions ?? []).map(({ version, from }) => ({ version, from: Date.parse(from) })),
      suspensions: (rows[0]?.suspensions ?? []).map(({ ruleId, from, until }) => ({ ruleId, from: Date.parse(from), ...(until === null ? {} : { until: Date.parse(until) }) })),
    };
  }

  function timelineOf(key: string): Promise<Timeline> {
    const known = timelines.get(key);
    // Counted from the question, so that an answer that took long is not believed for longer.
    if (known && Date.now() - known.askedAt < ruleCacheMs) return known.timeline;
    const timeline = read(key);
    timelines.set(key, { askedAt: Date.now(), timeline });
    timeline.catch(() => timelines.delete(key));
    return timeline;
  }

  async function compile(key: string, version: string, suspended: ReadonlySet<string>): Promise<JudgingRuleSet> {
    const { document } = await prisma.ruleSetVersion.findUniqueOrThrow({ where: { key_version: { key, version } }, select: { document: true } });
    // The column holds what was checked before it was published.
    return compileWithSuspended(document as unknown as RuleSetDocument, suspended);
  }

  return {
    /** The version in effect at `at`, an ISO 8601 instant. What is suspended now counts for every `at`: a suspension holds at once. */
    async find(key: string, at: string): Promise<VersionInEffect | undefined> {
      const atMs = Date.parse(at);
      const { versions, suspensions } = await timelineOf(key);
      const current = versions.find(({ from }) => from <= atMs);
      if (!current) return undefined;
      const suspended = new Set(suspensions.filter(({ from, until }) => until === undefined || (from <= atMs && atMs < until)).map(({ ruleId }) => ruleId));
      const known = compiled.get(key) ?? new Map<string, Promise<JudgingRuleSet>>();
      compiled.set(key, known);
      const content = JSON.stringify([current.version, [...suspended].sort()]);
      let judging = known.get(content);
      if (!judging) {
        if (known.size >= maximumCompiled) known.delete(known.keys().next().value ?? '');
        judging = compile(key, current.version, suspended);
        known.set(content, judging);
        judging.catch(() => known.delete(content));
      }
      return { version: current.version, ...(await judging) };
    },
  };
}
