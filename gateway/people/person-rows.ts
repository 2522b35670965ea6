import type { Database, Prisma } from '#database';
import { administratorRoles, neededQualification, type QualificationCode } from '../identity/role-requirements.ts';
import type { Role } from '../identity/policy.ts';
import { endingLicences, endsSoon } from './ending-licences.ts';

/** What the list of people is narrowed to. */
export interface PeopleFilter {
  /** Words that all have to be in name, user name or staff number. */
  readonly search?: string | null | undefined;
  /** Who has a role there that has not ended; it may lie ahead. */
  readonly unit?: string | null | undefined;
  /** Who has it, whether or not a licence holds it up; it may lie ahead. */
  readonly role?: string | null | undefined;
  readonly show?: 'enabled' | 'disabled' | 'expiring' | 'toConfirm' | null | undefined;
}

/** An assignment that has begun and not ended at an instant. */
function standingAt(at: Date): Prisma.RoleAssignmentWhereInput {
  return { validFrom: { lte: at }, ...notEndedAt(at) };
}

function notEndedAt(at: Date): Prisma.RoleAssignmentWhereInput {
  return { AND: [{ OR: [{ validUntil: null }, { validUntil: { gt: at } }] }, { OR: [{ endedAt: null }, { endedAt: { gt: at } }] }] };
}

/** The filter on people's rows. */
export async function peopleWhere(database: Pick<Database, 'pool'>, filter: PeopleFilter, at = new Date()): Promise<Prisma.UserWhereInput> {
  const where = narrowed(filter, at);
  if (filter.show !== 'expiring') return where;
  return { AND: [where, { id: { in: (await endingLicences(database)).filter(endsSoon).map(({ userId }) => userId) } }] };
}

function narrowed({ search, unit, role, show }: PeopleFilter, at: Date): Prisma.UserWhereInput {
  // No name holds the character that PostgreSQL does not keep.
  const words = (search ?? '').replaceAll('\u0000', '\uFFFD').split(/\s+/).filter((word) => word !== '');
  const contains = (word: string) => ({ contains: word, mode: 'insensitive' as const });
  const shown: Readonly<Record<string, Prisma.UserWhereInput>> = {
    enabled: { disabledAt: null },
    disabled: { disabledAt: { not: null } },
    expiring: { disabledAt: null },
    toConfirm: { roleProposals: { some: { decidedAt: null } } },
  };
  return {
    AND: [
      ...words.map((word) => ({ OR: [{ name: contains(word) }, { username: contains(word) }, { staffNumber: contains(word) }] })),
      ...(unit || role ? [{ roleAssignments: { some: { ...notEndedAt(at), ...(unit ? { unit } : {}), ...(role ? { role } : {}) } } }] : []),
      ...(show ? [shown[show] ?? {}] : []),
    ],
  };
}

export const assignmentStatuses = ['inForce', 'ahead', 'qualificationMissing', 'ended'] as const;
export type AssignmentStatus = (typeof assignmentStatuses)[number];

interface AssignmentTimes {
  readonly id: string;
  readonly validFrom: Date;
  readonly validUntil: Date | null;
  readonly endedAt: Date | null;
}

/** How an assignment stands; `inForce`: the ids of the person's that are in force at `at`. `qualificationMissing`: its time is now, but it gives no right: the licence, or the owner's own role, is not valid, or the account is disabled. */
export function assignmentStatus({ id, validFrom, validUntil, endedAt }: AssignmentTimes, inForce: readonly string[], at = new Date()): AssignmentStatus {
  if ((endedAt !== null && endedAt <= at) || (validUntil !== null && validUntil <= at)) return 'ended';
  if (validFrom > at) return 'ahead';
  return inForce.includes(id) ? 'inForce' : 'qualificationMissing';
}

/** People to whom a role could be passed: enabled, with the licence that it needs, by name; the first fifty. */
export async function colleaguesFor({ prisma }: Pick<Database, 'prisma'>, { role, except, search }: { readonly role: string; readonly except: string; readonly search?: string | undefined }, at = new Date()): Promise<readonly { readonly id: string }[]> {
  const code: QualificationCode | undefined = neededQualification[role as Role];
  const licence = code === undefined ? {} : { qualifications: { some: { code, revokedAt: null, validFrom: { lte: at }, OR: [{ validUntil: null }, { validUntil: { gt: at } }] } } };
  return prisma.user.findMany({ where: { AND: [narrowed({ search, show: 'enabled' }, at), licence, { id: { not: except } }, { roleAssignments: { none: { ...standingAt(at), role: { in: [...administratorRoles] } } } }] }, select: { id: true }, orderBy: [{ name: 'asc' }, { id: 'asc' }], take: 50 });
}
