import type { Act, RuleSetCommand } from './act.ts';
import { RuleSetRefusal } from './refusal.ts';
import { requireDomain, requireOwner, versionInEffect } from './rule-set-record.ts';

export interface RecallVersion extends RuleSetCommand {
  readonly key: string;
  readonly version: string;
  readonly reason: string;
}

/**
 * Ids of open cases that the version of a rule set judged last: $1 key, $2 version; $3 a rule that fired then, or null.
 */
export const lastJudgedQuery = `select distinct d.instance_id from decision d join process_instance i on i.id = d.instance_id and i.ended_at is null
  where d.rule_set = $1 and d.version = $2
    and not exists (select from decision later where later.instance_id = d.instance_id and later.rule_set = d.rule_set and later.decided_at > d.decided_at)
    and ($3::text is null or d.explanation->'findings' @> jsonb_build_array(jsonb_build_object('ruleId', $3::text)))`;

/**
 * Takes a version out of effect for good: the one before it judges from now on, and every open case that it judged last
 * is written down and judged again. A version without one before it stays: its rules can be suspended.
 * Fails: RULE_SET_VERSION_NOT_FOUND, ALREADY_RECALLED, NO_EARLIER_VERSION, NOT_DOMAIN_OWNER.
 */
export function recallVersion(act: Act, { key, version, reason, ...command }: RecallVersion) {
  return act('recallVersion', key, command, { version, reason }, async (acting) => {
    const { transaction, actor, now } = acting;
    const role = requireOwner(await requireDomain(transaction, key), actor);
    const row = await transaction.ruleSetVersion.findUnique({ where: { key_version: { key, version } }, select: { status: true, hash: true } });
    if (!row) throw new RuleSetRefusal('RULE_SET_VERSION_NOT_FOUND', 'version');
    if (row.status === 'recalled') throw new RuleSetRefusal('ALREADY_RECALLED', 'version');
    const instead = await versionInEffect(transaction, key, now, version);
    if (!instead) throw new RuleSetRefusal('NO_EARLIER_VERSION', 'version');
    await transaction.ruleSetVersion.update({ where: { key_version: { key, version } }, data: { status: 'recalled' } });
    await transaction.ruleSetRecall.create({ data: { key, version, recalledAt: now, recalledBy: actor.id, role, reason, inEffectInstead: instead.version } });
    const cases = await transaction.$executeRawUnsafe(`insert into recalled_case (key, version, instance_id) select $1, $2, last.instance_id from (${lastJudgedQuery}) last`, key, version, null);
    await acting.record({ action: 'rules.versionRecalled', version, reason, beforeHash: row.hash, afterHash: instead.hash, detail: { inEffectInstead: instead.version, openCases: cases } });
    await acting.spread({ kind: 'recalled', version, from: now });
    return { version };
  });
}
