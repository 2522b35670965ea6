import type { Prisma } from '#database';
import type { LocalizedText } from '#engine';
import type { Act, Acting, PeopleCommand } from './act.ts';
import { PeopleRefusal } from './refusal.ts';
import { useOfWard, wordsOfUse } from './ward-use.ts';

export interface CreateWard extends PeopleCommand {
  /** What messages and cabinets know the ward by; never changed. */
  readonly code: string;
  readonly name: LocalizedText;
}

/** Names the ward, and the revision of it that the caller has seen. */
export interface WardCommand extends PeopleCommand {
  readonly wardId: string;
  readonly expectedRevision: number;
}

export interface RenameWard extends WardCommand {
  readonly name: LocalizedText;
}

export interface WardCommandWithReason extends WardCommand {
  readonly reason: string;
}

type Ward = Prisma.WardGetPayload<object>;

/** Makes a ward. Its code differs from every other in more than the size of letters. Fails: WARD_CODE_TAKEN, WARD_NAME_TAKEN. */
export function createWard(act: Act, { code, name, ...command }: CreateWard) {
  return act('createWard', command, { code, name: { ...name } }, async (acting) => {
    const { transaction, record, actor } = acting;
    if ((await transaction.ward.count({ where: { id: { equals: code, mode: 'insensitive' } } })) > 0) throw new PeopleRefusal('WARD_CODE_TAKEN', 'code');
    await requireFreeName(acting, name, code);
    await transaction.ward.create({ data: { id: code, name: { ...name }, createdBy: actor.id } });
    await record({ action: 'ward.created', wardId: code, after: { name: { ...name } } });
    return { wardId: code };
  });
}

/** Gives a ward other names. Fails: WARD_NOT_FOUND, WARD_CHANGED, WARD_CLOSED, WARD_NAME_TAKEN. */
export function renameWard(act: Act, { wardId, expectedRevision, name, ...command }: RenameWard) {
  return act('renameWard', command, { wardId, expectedRevision, name: { ...name } }, async (acting) => {
    const ward = await requireWard(acting, wardId, expectedRevision);
    if (ward.closedAt !== null) throw new PeopleRefusal('WARD_CLOSED', 'wardId');
    await requireFreeName(acting, name, wardId);
    await change(acting, ward, { name: { ...name } });
    await acting.record({ action: 'ward.renamed', wardId, before: { name: { ...nameOf(ward) } }, after: { name: { ...name } } });
    return { wardId };
  });
}

/**
 * Closes a ward in which nothing goes on any more: it is offered nowhere from then on, and stays for the record. Fails: WARD_NOT_FOUND,
 * WARD_CHANGED, WARD_CLOSED, WARD_IN_USE (with how many of what stand in the way).
 */
export function closeWard(act: Act, { wardId, expectedRevision, reason, ...command }: WardCommandWithReason) {
  return act('closeWard', command, { wardId, expectedRevision, reason }, async (acting) => {
    const { transaction, record, now } = acting;
    const ward = await requireWard(acting, wardId, expectedRevision);
    if (ward.closedAt !== null) throw new PeopleRefusal('WARD_CLOSED', 'wardId');
    const use = (await useOfWard(transaction, [wardId], now)).get(wardId);
    const words = use && wordsOfUse(use);
    if (use && words) throw new PeopleRefusal('WARD_IN_USE', 'wardId', words, `patients=${use.patients} openTasks=${use.openTasks} openCases=${use.openCases} roleAssignments=${use.roleAssignments}`);
    await change(acting, ward, { closedAt: now });
    await record({ action: 'ward.closed', wardId, reason, before: { isClosed: false }, after: { isClosed: true } });
    return { wardId };
  });
}

/** Opens a closed ward again, with its code and names. Fails: WARD_NOT_FOUND, WARD_CHANGED, WARD_OPEN, WARD_NAME_TAKEN. */
export function reopenWard(act: Act, { wardId, expectedRevision, reason, ...command }: WardCommandWithReason) {
  return act('reopenWard', command, { wardId, expectedRevision, reason }, async (acting) => {
    const ward = await requireWard(acting, wardId, expectedRevision);
    if (ward.closedAt === null) throw new PeopleRefusal('WARD_OPEN', 'wardId');
    await requireFreeName(acting, nameOf(ward), wardId);
    await change(acting, ward, { closedAt: null });
    await acting.record({ action: 'ward.reopened', wardId, reason, before: { isClosed: true }, after: { isClosed: false } });
    return { wardId };
  });
}

/** The column holds a LocalizedText. */
function nameOf({ name }: Ward): LocalizedText {
  return name as unknown as LocalizedText;
}

/** The ward as the caller has seen it. Locked, so that no patient comes in while it is looked at. */
async function requireWard({ transaction }: Acting, id: string, expectedRevision: number): Promise<Ward> {
  await transaction.$queryRaw`select id from ward where id = ${id} for update`;
  const ward = await transaction.ward.findUnique({ where: { id } });
  if (!ward) throw new PeopleRefusal('WARD_NOT_FOUND', 'wardId');
  if (ward.revision !== expectedRevision) throw new PeopleRefusal('WARD_CHANGED');
  return ward;
}

/** Two open wards of one name would be taken for each other. Throws WARD_NAME_TAKEN. */
async function requireFreeName({ transaction }: Acting, name: LocalizedText, except: string): Promise<void> {
  const others = await transaction.ward.findMany({ where: { id: { not: except }, closedAt: null } });
  if (others.some((other) => nameOf(other)['zh-CN'] === name['zh-CN'])) throw new PeopleRefusal('WARD_NAME_TAKEN', 'nameZhCN');
  if (others.some((other) => nameOf(other).en === name.en)) throw new PeopleRefusal('WARD_NAME_TAKEN', 'nameEn');
}

async function change({ transaction }: Acting, { id, revision }: Ward, data: Prisma.WardUpdateInput): Promise<void> {
  await transaction.ward.update({ where: { id }, data: { ...data, revision: revision + 1 } });
}
