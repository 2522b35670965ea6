import type { Prisma } from '#database';
import { personRoles, wardRoles, type Role } from '../identity/policy.ts';
import { administratorRoles, areExclusive, isAdministratorRole, neededQualification } from '../identity/role-requirements.ts';
import type { Acting } from './act.ts';
import { PeopleRefusal } from './refusal.ts';

/** A time in which something holds; without an end, for good. */
export interface Period {
  readonly validFrom: Date;
  readonly validUntil: Date | null;
}

/** An assignment's own period, and when it was ended before that. */
export interface StandingPeriod extends Period {
  readonly endedAt: Date | null;
}

/** A clock that is a little ahead of ours does not make "from now on" a time in the past. */
const toleranceMs = 60_000;

/** Whether two periods share an instant. Each holds its beginning and not its end. */
export function doOverlap(one: StandingPeriod, other: StandingPeriod): boolean {
  return startOf(one) < endOf(other) && startOf(other) < endOf(one) && startOf(one) < endOf(one) && startOf(other) < endOf(other);
}

function startOf({ validFrom }: StandingPeriod): number {
  return validFrom.getTime();
}

function endOf({ validUntil, endedAt }: StandingPeriod): number {
  return Math.min(validUntil?.getTime() ?? Infinity, endedAt?.getTime() ?? Infinity);
}

/** The period asked for, from now on when no beginning was given. Throws PERIOD_INVALID. */
export function requirePeriod({ validFrom, validUntil }: { readonly validFrom?: Date | undefined; readonly validUntil?: Date | undefined }, now: Date, longestMs = Infinity): Period {
  if (validFrom && validFrom.getTime() < now.getTime() - toleranceMs) throw new PeopleRefusal('PERIOD_INVALID', 'validFrom');
  const from = validFrom && validFrom > now ? validFrom : now;
  if (validUntil && (validUntil <= from || validUntil.getTime() - from.getTime() > longestMs)) throw new PeopleRefusal('PERIOD_INVALID', 'validUntil');
  return { validFrom: from, validUntil: validUntil ?? null };
}

/** A role of people, in a unit where the role has one. Throws ROLE_UNKNOWN, UNIT_MISSING, UNIT_NOT_ALLOWED, WARD_NOT_FOUND, WARD_CLOSED. */
export async function requireRole({ transaction }: Acting, role: string, unit: string | undefined): Promise<Role> {
  const known = personRoles.find((each) => each === role);
  if (known === undefined) throw new PeopleRefusal('ROLE_UNKNOWN', 'role');
  if (wardRoles.includes(known)) {
    if (unit === undefined) throw new PeopleRefusal('UNIT_MISSING', 'unit');
    const ward = await transaction.ward.findUnique({ where: { id: unit }, select: { closedAt: true } });
    if (!ward) throw new PeopleRefusal('WARD_NOT_FOUND', 'unit');
    if (ward.closedAt !== null) throw new PeopleRefusal('WARD_CLOSED', 'unit');
  } else if (unit !== undefined) throw new PeopleRefusal('UNIT_NOT_ALLOWED', 'unit');
  return known;
}

/** The person, whose account is enabled. Throws PERSON_NOT_FOUND, ACCOUNT_DISABLED. */
export async function requirePerson({ transaction }: Acting, id: string, place: string) {
  const person = await transaction.user.findUnique({ where: { id } });
  if (!person) throw new PeopleRefusal('PERSON_NOT_FOUND', place);
  if (person.disabledAt !== null) throw new PeopleRefusal('ACCOUNT_DISABLED', place);
  return person;
}

/** Refuses a role that the person has already in that unit at some time of the period, or that another role of theirs excludes. Throws ROLE_HELD, ROLES_EXCLUDE. */
export async function requireFree({ transaction }: Acting, personId: string, { role, unit, period }: { readonly role: string; readonly unit: string | undefined; readonly period: Period }): Promise<void> {
  const others = (await transaction.roleAssignment.findMany({ where: { userId: personId } })).filter((other) => doOverlap(other, { ...period, endedAt: null }));
  if (others.some((other) => areExclusive(other.role, role))) throw new PeopleRefusal('ROLES_EXCLUDE', 'role');
  if (others.some((other) => other.role === role && other.unit === (unit ?? null))) throw new PeopleRefusal('ROLE_HELD', 'role');
}

/** Whether the person has at `at` the qualification that the role needs. */
export async function isQualified(transaction: Prisma.TransactionClient, personId: string, role: string, at: Date): Promise<boolean> {
  const code = neededQualification[role as Role];
  if (code === undefined) return true;
  const held = { userId: personId, code, validFrom: { lte: at }, AND: [{ OR: [{ validUntil: null }, { validUntil: { gt: at } }] }, { OR: [{ revokedAt: null }, { revokedAt: { gt: at } }] }] };
  return (await transaction.qualification.count({ where: held })) > 0;
}

/** Refuses what would leave the hospital without one of its administrators. Throws LAST_ADMINISTRATOR. */
export async function requireOtherAdministrator({ transaction, now }: Acting, role: string, personId: string): Promise<void> {
  if (!isAdministratorRole(role)) return;
  const others = { role, validFrom: { lte: now }, validUntil: null, endedAt: null, userId: { not: personId }, user: { disabledAt: null } };
  if ((await transaction.roleAssignment.count({ where: others })) === 0) throw new PeopleRefusal('LAST_ADMINISTRATOR', 'personId');
}

/** The administrator's roles that a person has now. */
export async function administratorRolesOf({ transaction, now }: Acting, personId: string): Promise<readonly string[]> {
  const held = await transaction.roleAssignment.findMany({ where: { userId: personId, role: { in: [...administratorRoles] }, validFrom: { lte: now }, endedAt: null } });
  return [...new Set(held.map(({ role }) => role))];
}
