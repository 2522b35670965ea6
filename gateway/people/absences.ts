import { randomUUID } from 'node:crypto';
import type { Prisma } from '#database';
import { areExclusive, canBePassedOn } from '../identity/role-requirements.ts';
import type { ViewerRole } from '../identity/viewer.ts';
import type { Act, Acting, PeopleCommand } from './act.ts';
import { doOverlap, isQualified, requirePeriod, requirePerson, type Period } from './assignment-rules.ts';
import { endAssignment } from './grants.ts';
import { PeopleRefusal } from './refusal.ts';

/** Longest absence with a substitute: half a year. */
export const longestAbsenceMs = 183 * 86_400_000;

export interface EnterAbsence extends PeopleCommand {
  /** What the actor may act as now. */
  readonly actorRoles: readonly ViewerRole[];
  readonly personId: string;
  readonly substituteId: string;
  readonly startsAt?: Date;
  readonly endsAt: Date;
  readonly reason: string;
}

export interface EndAbsence extends PeopleCommand {
  readonly actorRoles: readonly ViewerRole[];
  readonly absenceId: string;
  readonly reason: string;
}

/** Who of a ward enters absences of whom: a head nurse of nurses, a doctor of doctors. */
const headOf: Readonly<Record<string, string>> = { nurse: 'head-nurse', 'head-nurse': 'head-nurse', doctor: 'doctor' };

type Assignment = Prisma.RoleAssignmentGetPayload<object>;

/**
 * Enters that a person is away; the substitute has those of the person's roles for the time for which they are qualified. The
 * person's open tasks are passed on when it begins. Fails: PERSON_NOT_FOUND, ACCOUNT_DISABLED, SAME_PERSON, NOT_YOURS,
 * PERIOD_INVALID, ABSENCE_OVERLAPS, SUBSTITUTE_NOT_QUALIFIED.
 */
export function enterAbsence(act: Act, { actorRoles, personId, substituteId, startsAt, endsAt, reason, ...command }: EnterAbsence) {
  return act('enterAbsence', command, { personId, substituteId, startsAt: startsAt?.toISOString() ?? null, endsAt: endsAt.toISOString(), reason }, async (acting) => {
    const { transaction, record, actor, now } = acting;
    if (personId === substituteId) throw new PeopleRefusal('SAME_PERSON', 'substituteId');
    await requirePerson(acting, personId, 'personId');
    await requirePerson(acting, substituteId, 'substituteId');
    const period = periodOf({ startsAt, endsAt }, now);
    const own = entrustedTo(acting, actorRoles, personId, await rolesDuring(acting, personId, period));
    if (own === undefined) throw new PeopleRefusal('NOT_YOURS', 'personId');
    if ((await transaction.absence.count({ where: { userId: personId, endedAt: null, startsAt: { lt: endsAt }, endsAt: { gt: period.validFrom } } })) > 0) throw new PeopleRefusal('ABSENCE_OVERLAPS', 'startsAt');

    const { taken, isCovered } = await rolesTaken(acting, own, substituteId, period);
    if (!isCovered) throw new PeopleRefusal('SUBSTITUTE_NOT_QUALIFIED', 'substituteId');
    const id = randomUUID();
    await transaction.absence.create({ data: { id, userId: personId, substituteId, startsAt: period.validFrom, endsAt, reason, enteredBy: actor.id, enteredAt: now } });
    for (const { id: sourceId, role, unit } of taken) {
      await transaction.roleAssignment.create({ data: { id: randomUUID(), userId: substituteId, role, unit, kind: 'substitution', sourceId, onBehalfOf: personId, absenceId: id, ...period, reason, grantedBy: actor.id, grantedAt: now } });
    }
    await record({ action: 'absence.entered', personId, reason, after: { substituteId, startsAt: period.validFrom.toISOString(), endsAt: endsAt.toISOString(), roles: taken.map(({ role, unit }) => ({ role, unit })) } });
    return { absenceId: id, personId };
  });
}

/** The person is back, or the substitute cannot. Fails: ABSENCE_NOT_FOUND, ABSENCE_ENDED, NOT_YOURS. */
export function endAbsence(act: Act, { actorRoles, absenceId, reason, ...command }: EndAbsence) {
  return act('endAbsence', command, { absenceId, reason }, async (acting) => {
    const { transaction, record, actor, now } = acting;
    const absence = await transaction.absence.findUnique({ where: { id: absenceId }, include: { assignments: true } });
    if (!absence) throw new PeopleRefusal('ABSENCE_NOT_FOUND', 'absenceId');
    if (absence.endedAt !== null || absence.endsAt <= now) throw new PeopleRefusal('ABSENCE_ENDED', 'absenceId');
    const { userId, substituteId } = absence;
    const own = await rolesDuring(acting, userId, { validFrom: now, validUntil: absence.endsAt });
    if (actor.id !== substituteId && actor.id !== absence.enteredBy && entrustedTo(acting, actorRoles, userId, own) === undefined) throw new PeopleRefusal('NOT_YOURS', 'absenceId');
    await transaction.absence.update({ where: { id: absenceId }, data: { endedAt: now, endedBy: actor.id } });
    await record({ action: 'absence.ended', personId: userId, reason, before: { substituteId } });
    for (const assignment of absence.assignments) if (assignment.endedAt === null) await endAssignment(acting, assignment, reason, 'role.ended');
    return { absenceId, personId: userId };
  });
}

function periodOf({ startsAt, endsAt }: { readonly startsAt: Date | undefined; readonly endsAt: Date }, now: Date): Period {
  try {
    return requirePeriod({ validFrom: startsAt, validUntil: endsAt }, now, longestAbsenceMs);
  } catch (error) {
    if (error instanceof PeopleRefusal) throw new PeopleRefusal(error.code, error.place === 'validFrom' ? 'startsAt' : 'endsAt');
    throw error;
  }
}

/** The person's own roles in the period that can be passed on. */
async function rolesDuring({ transaction }: Acting, userId: string, period: Period): Promise<readonly Assignment[]> {
  const regular = await transaction.roleAssignment.findMany({ where: { userId, kind: 'regular' } });
  return regular.filter((each) => canBePassedOn(each.role) && doOverlap(each, { ...period, endedAt: null }));
}

/**
 * Which of the roles the actor may have stood in for: all for the person themselves and a security administrator, those of
 * their ward for its head; undefined for anybody else, and for who only stands in for a head.
 */
function entrustedTo({ actor }: Acting, actorRoles: readonly ViewerRole[], personId: string, own: readonly Assignment[]): readonly Assignment[] | undefined {
  if (actor.id === personId) return own;
  const standing = actorRoles.filter(({ onBehalfOf }) => onBehalfOf === undefined);
  if (standing.some(({ role }) => role === 'security-administrator')) return own;
  const ofWard = own.filter(({ role, unit }) => unit !== null && standing.some((head) => head.role === headOf[role] && head.unit === unit));
  return ofWard.length === 0 ? undefined : ofWard;
}

/** Which of the roles the substitute gets, and whether there is any that they get or have already. */
async function rolesTaken({ transaction }: Acting, own: readonly Assignment[], substituteId: string, period: Period): Promise<{ readonly taken: readonly Assignment[]; readonly isCovered: boolean }> {
  const held = (await transaction.roleAssignment.findMany({ where: { userId: substituteId } })).filter((each) => doOverlap(each, { ...period, endedAt: null }));
  const taken: Assignment[] = [];
  let isCovered = false;
  for (const each of own) {
    if (held.some((other) => areExclusive(other.role, each.role)) || !(await isQualified(transaction, substituteId, each.role, period.validFrom))) continue;
    isCovered = true;
    if (!held.some((other) => other.role === each.role && other.unit === each.unit) && !taken.some((other) => other.role === each.role && other.unit === each.unit)) taken.push(each);
  }
  return { taken, isCovered };
}
