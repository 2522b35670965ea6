import type { Prisma } from '#database';
import type { LocalizedText } from '#engine';

/** What goes on in a ward: counts alone, nothing of any patient. */
export interface WardUse {
  /** In-patients now. */
  readonly patients: number;
  /** Beds in which they lie. */
  readonly occupiedBeds: number;
  readonly openTasks: number;
  /** Process instances of the ward that have not ended: they may still make tasks there. */
  readonly openCases: number;
  /** Not ended, also those that lie ahead. */
  readonly roleAssignments: number;
  /** People whose assignments these are. */
  readonly people: number;
}

/** What stands in the way of closing a ward, in the order in which it is settled. */
const obstacles: readonly { readonly count: Exclude<keyof WardUse, 'occupiedBeds' | 'people'>; readonly words: (count: number) => LocalizedText }[] = [
  { count: 'patients', words: (count) => ({ 'zh-CN': `在院患者 ${count} 人（先在 HIS 转科或出院）`, en: `patients: ${count} (transfer or discharge them in the HIS)` }) },
  { count: 'openTasks', words: (count) => ({ 'zh-CN': `未完成的任务 ${count} 项（由病区在“任务”中完成）`, en: `open tasks: ${count} (the ward completes them under Tasks)` }) },
  { count: 'openCases', words: (count) => ({ 'zh-CN': `进行中的流程 ${count} 个（由运维员在“流程实例”中办结）`, en: `cases under way: ${count} (the operator sees to them under Cases)` }) },
  { count: 'roleAssignments', words: (count) => ({ 'zh-CN': `未结束的角色 ${count} 项（由安全管理员在“人员”中结束）`, en: `role assignments that have not ended: ${count} (a security administrator ends them under People)` }) },
];

/** What goes on in wards at an instant, by ward; wards in which nothing does are there as well. */
export async function useOfWard(database: Pick<Prisma.TransactionClient, '$queryRaw'>, wardIds: readonly string[], at = new Date()): Promise<ReadonlyMap<string, WardUse>> {
  const rows = await database.$queryRaw<(WardUse & { readonly id: string })[]>`
    select w.id, e.patients, e.beds as "occupiedBeds", t.count as "openTasks", i.count as "openCases", a.count as "roleAssignments", a.people
    from unnest(${[...wardIds]}::text[]) as w (id)
    cross join lateral (select count(distinct patient_id)::int as patients, count(distinct bed)::int as beds from encounter where ward_id = w.id and ended_at is null) e
    cross join lateral (select count(*)::int from user_task where unit = w.id and status = 'open') t
    cross join lateral (select count(*)::int from process_instance where unit = w.id and ended_at is null) i
    cross join lateral (select count(*)::int, count(distinct user_id)::int as people from role_assignment
      where unit = w.id and (valid_until is null or valid_until > ${at}) and (ended_at is null or ended_at > ${at})) a`;
  return new Map(rows.map(({ id, ...use }) => [id, use]));
}

/** Why a ward cannot be closed: how many of each, and where they are settled. Undefined when nothing stands in the way. */
export function wordsOfUse(use: WardUse): LocalizedText | undefined {
  const found = obstacles.filter(({ count }) => use[count] > 0).map(({ count, words }) => words(use[count]));
  if (found.length === 0) return undefined;
  return { 'zh-CN': `病区还在使用，不能关闭：${found.map((words) => words['zh-CN']).join('；')}`, en: `The ward is in use and cannot be closed: ${found.map(({ en }) => en).join('; ')}` };
}
