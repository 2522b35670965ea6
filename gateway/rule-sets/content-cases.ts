import type { Prisma } from '#database';
import type { ContentCase } from '#rules';
import type { Act, RuleSetCommand } from './act.ts';
import { RuleSetRefusal } from './refusal.ts';
import { requireDomain, requireOwner } from './rule-set-record.ts';

type MarkRow = Prisma.RuleContentCaseMarkGetPayload<object>;
type ContentTables = Pick<Prisma.TransactionClient, 'ruleContentCases' | 'ruleContentCaseMark'>;

/** A case that came with the content of a rule set, and what its owner last said about it. */
export interface StandingContentCase {
  readonly key: string;
  readonly case: ContentCase;
  /** The version of the rule set that it came with. */
  readonly version: string;
  /** Undefined for one that nobody marked. */
  readonly mark: MarkRow | undefined;
}

export interface MarkContentCases extends RuleSetCommand {
  readonly key: string;
  readonly ids: readonly string[];
  /** True: they count no more. False: they count again. */
  readonly isSuperseded: boolean;
  readonly reason: string;
}

/** The cases that came with the content taken in last, in the file's order. */
export async function readContentCases(key: string, { ruleContentCases, ruleContentCaseMark }: ContentTables): Promise<readonly StandingContentCase[]> {
  const [loaded, rows] = await Promise.all([
    ruleContentCases.findFirst({ where: { key }, orderBy: { id: 'desc' } }),
    ruleContentCaseMark.findMany({ where: { key }, orderBy: [{ caseId: 'asc' }, { revision: 'desc' }], distinct: ['caseId'] }),
  ]);
  if (!loaded) return [];
  const marks = new Map(rows.map((row) => [row.caseId, row]));
  // The column holds what was read from the content and checked.
  return (loaded.cases as unknown as readonly ContentCase[]).map((each) => ({ key, case: each, version: loaded.version, mark: marks.get(each.id) }));
}

/** Whether a case still says what is to be decided. */
export function counts({ mark }: Pick<StandingContentCase, 'mark'>): boolean {
  return mark?.isSuperseded !== true;
}

/**
 * Says of cases of the content that they count no more, because the rule is meant to decide otherwise now, or that they count again.
 * Those that already do are left alone. Fails: RULE_SET_NOT_FOUND, CASE_NOT_FOUND, NOT_DOMAIN_OWNER.
 */
export function markContentCases(act: Act, { key, ids, isSuperseded, reason, ...command }: MarkContentCases) {
  return act('markContentCases', key, command, { ids: [...ids], isSuperseded, reason }, async ({ transaction, actor, now, record }) => {
    requireOwner(await requireDomain(transaction, key), actor);
    const standing = new Map((await readContentCases(key, transaction)).map((each) => [each.case.id, each]));
    const asked = [...new Set(ids)].map((id) => standing.get(id));
    const marked: string[] = [];
    for (const each of asked) {
      if (!each) throw new RuleSetRefusal('CASE_NOT_FOUND', 'ids');
      if (counts(each) !== isSuperseded) continue;
      const { id: caseId, name } = each.case;
      await transaction.ruleContentCaseMark.create({ data: { caseId, revision: (each.mark?.revision ?? 0) + 1, key, isSuperseded, reason, markedAt: now, markedBy: actor.id } });
      marked.push(name);
    }
    if (marked.length > 0) await record({ action: isSuperseded ? 'rules.casesSuperseded' : 'rules.casesRestored', reason, detail: { cases: marked } });
    return { key, ids: [...ids] };
  });
}
