import { createHash } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { Logger } from 'pino';
import { outboxChannel, recordFact, type KeyStore } from '#activities';
import type { Database } from '#database';
import { engineActor } from '#engine';
import { startPolling } from '../commands/index.ts';
import { confirmWithinMs } from './suspensions.ts';

const pollMs = 1_000;
const overdueEveryMs = 60_000;

/** The message on which cases gather their patient's facts and judge again; see processes/inpatient-order-loop. */
const judgeAgainMessage = 'patientFactsChanged';
/** How long a message waits for a case that is between two steps. */
const messageLifeMs = 60_000;
/** Messages of one change are spread, so that judging again does not come before everything else. */
const perMessageMs = 20;
const lastMessageAfterMs = 30_000;

/** Seconds from one pass to the next: a case that was being judged by what was before is found by a later one. */
const passPauses = [12, 30] as const;

interface Change {
  readonly id: string;
  readonly key: string;
  readonly kind: 'published' | 'recalled' | 'suspended' | 'lifted';
  readonly version: string | null;
  readonly rule_id: string | null;
  readonly pass: number;
}

/** Open cases whose newest decision of the rule set was not made by what is in effect now: $1 key, $2 kind, $3 rule. */
const staleCases = `
  with instead as (
    select version from rule_set_version where key = $1 and status = 'published' and effective_at <= now()
    order by effective_at desc, published_at desc, version desc limit 1
  ), last as (
    select distinct on (d.instance_id) d.instance_id, i.patient_id, i.unit, d.version, d.explanation
    from process_instance i join decision d on d.instance_id = i.id and d.rule_set = $1
    where i.ended_at is null and i.patient_id is not null order by d.instance_id, d.decided_at desc
  ), stale as (
    select * from last where case $2
      when 'suspended' then explanation->'findings' @> jsonb_build_array(jsonb_build_object('ruleId', $3::text)) and not coalesce(explanation->'suspended' ? $3::text, false)
      when 'lifted' then coalesce(explanation->'suspended' ? $3::text, false)
      else version is distinct from (select version from instead)
    end
  )`;

export interface SpreadChangesOptions {
  readonly database: Database;
  readonly keys: KeyStore;
  readonly logger: Logger;
}

/**
 * Carries changes of rules to running cases: each is judged again by the message on which it also reacts to changed
 * facts. Whoever a recalled version judged last, and who cannot be judged again by itself, gets an alert. Any number of
 * gateways may do this at once. Also puts suspensions on record that nobody confirmed in time.
 */
export function startRuleChanges({ database, keys, logger }: SpreadChangesOptions): { stop(): Promise<void> } {
  let overdueAt = 0;

  async function recordOverdue(): Promise<void> {
    if (Date.now() - overdueAt < overdueEveryMs) return;
    const { rows } = await database.pool.query<{ id: string; key: string; rule_id: string; suspended_by: string }>(
      `select id, key, rule_id, suspended_by from rule_suspension s where suspended_at < now() - $1 * interval '1 millisecond'
       and not exists (select from rule_suspension_act a where a.suspension_id = s.id and a.kind in ('confirmed', 'lifted'))`,
      [confirmWithinMs],
    );
    for (const { id, key, rule_id: ruleId, suspended_by: suspendedBy } of rows) {
      await recordFact(database, keys, { factId: `rules.suspensionOverdue/${id}`, action: 'rules.suspensionOverdue', at: new Date().toISOString(), actor: engineActor, ruleSet: key, detail: { suspensionId: id, ruleId, suspendedBy } });
    }
    overdueAt = Date.now();
  }

  return startPolling({
    pauseMs: pollMs,
    work: async () => {
      await recordOverdue();
      return spreadNext(database);
    },
    failed: (error) => logger.error({ error: error instanceof Error ? error.name : 'unknown' }, 'a change of rules could not be spread; trying again'),
  });
}

/** Spreads the change whose time has come first; false when there is none. */
async function spreadNext({ pool }: Database): Promise<boolean> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const { rows } = await client.query<Change>('select id, key, kind, version, rule_id, pass from rule_set_change where spread_at is null and due_at <= now() order by due_at limit 1 for update skip locked');
    const change = rows[0];
    if (change) {
      const pause = passPauses[change.pass];
      if (pause !== undefined) await judgeAgain(change, client);
      else if (change.kind === 'recalled') await alertOthers(change, client);
      if (pause === undefined) await client.query('update rule_set_change set spread_at = now() where id = $1', [change.id]);
      else await client.query(`update rule_set_change set pass = pass + 1, due_at = now() + $2 * interval '1 second' where id = $1`, [change.id, pause]);
    }
    await client.query('commit');
    return change !== undefined;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

async function judgeAgain({ id, key, kind, rule_id: ruleId, pass }: Change, client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ patient_id: string }>(
    `${staleCases} select distinct patient_id from stale where exists (select from message_subscription s where s.instance_id = stale.instance_id and s.message = $4 and s.correlation_key = stale.patient_id)`,
    [key, kind, ruleId, judgeAgainMessage],
  );
  if (rows.length === 0) return;
  const commands = rows.map(({ patient_id: patientId }, index) => {
    const payload = { message: judgeAgainMessage, correlationKey: patientId, payload: { change: 'rules', ruleSet: key } };
    const digest = createHash('sha256').update(JSON.stringify(payload)).digest('hex');
    return { id: createHash('sha256').update(`rules\u0000${id}\u0000${pass}\u0000${patientId}`).digest('hex'), payload, digest, wait: Math.min(index * perMessageMs, lastMessageAfterMs) };
  });
  await client.query(
    `insert into inbox_command (id, kind, caller_id, payload, payload_digest, actor, next_attempt_at, expires_at)
     select c.id, 'message', $2, c.payload, c.digest, $3, now() + c.wait * interval '1 millisecond', now() + (c.wait + $4) * interval '1 millisecond'
     from json_to_recordset($1::json) as c (id text, payload jsonb, digest text, wait int) on conflict (id) do nothing`,
    [JSON.stringify(commands), `rules:${key}`, JSON.stringify({ ...engineActor, roles: [] }), messageLifeMs],
  );
}

/** Open cases that a recalled version still judged last: they wait for nothing that would judge them again. A person looks. */
async function alertOthers({ key, version }: Change, client: PoolClient): Promise<void> {
  const { rowCount } = await client.query(
    `with raised as (
       insert into clinical_alert (id, patient_id, instance_id, severity, code, text, roles, unit, raised_at)
       select encode(sha256(convert_to('recalled:' || $1 || ':' || $2 || ':' || i.id, 'UTF8')), 'hex'), i.patient_id, i.id, 'warning', 'RULES_RECALLED', $3::jsonb, $4, i.unit, now()
       from recalled_case c join process_instance i on i.id = c.instance_id and i.ended_at is null
       join patient p on p.id = i.patient_id
       where c.key = $1 and c.version = $2
         and (select d.version from decision d where d.instance_id = i.id and d.rule_set = $1 order by d.decided_at desc limit 1) = $2
       on conflict (id) do nothing returning instance_id, unit
     )
     insert into outbox_event (topic, instance_id, unit) select 'alert', instance_id, unit from raised`,
    [key, version, JSON.stringify(await recalledText(key, version, client)), ['pharmacist', 'doctor', 'head-nurse']],
  );
  if ((rowCount ?? 0) > 0) await client.query('select pg_notify($1, $2)', [outboxChannel, '']);
}

async function recalledText(key: string, version: string | null, client: PoolClient): Promise<{ readonly 'zh-CN': string; readonly en: string }> {
  const { rows } = await client.query<{ name: { readonly 'zh-CN': string; readonly en: string } }>(`select document->'name' as name from rule_set_version where key = $1 and version = $2`, [key, version]);
  const name = rows[0]?.name ?? { 'zh-CN': key, en: key };
  return {
    'zh-CN': `规则“${name['zh-CN']}”版本 ${version} 已召回，本例由该版本判断，尚未重新判断，请人工复核`,
    en: `Version ${version} of the rule set “${name.en}” was recalled. It judged this case, which has not been judged again: please review it`,
  };
}
