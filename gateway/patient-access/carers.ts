import type { Database } from '#database';
import { rolesInForce } from '../identity/roles-in-force.ts';

/** Roles that care for patients; only they come into a care team or take emergency access. */
export const carerRoles = ['doctor', 'nurse', 'head-nurse', 'pharmacist'] as const;

/** A person as a care team names them. */
export interface Carer {
  readonly id: string;
  readonly displayName: string;
  readonly roles: readonly string[];
  /** Id of the ward; null in the whole hospital. */
  readonly unit: string | null;
}

const most = 10;
/** Of people whose name fits, some have had their role: more are read than are shown. */
const read = 4 * most;

/** Carers whose name or user name holds `text`, by name, at most ten. */
export async function searchCarers(database: Pick<Database, 'prisma' | 'pool'>, text: string): Promise<readonly Carer[]> {
  // LIKE takes these for any text.
  const plain = text.replaceAll(/[%_\\]/g, '');
  if (plain === '') return [];
  const rows = await database.prisma.user.findMany({ where: { roleAssignments: { some: { role: { in: [...carerRoles] } } }, OR: [{ name: { contains: plain } }, { username: { contains: plain, mode: 'insensitive' } }] }, orderBy: [{ name: 'asc' }, { id: 'asc' }], take: read, select });
  return (await carersOf(database, rows)).slice(0, most);
}

/** The carer with the id; undefined for anybody else. */
export async function findCarer(database: Pick<Database, 'prisma' | 'pool'>, id: string): Promise<Carer | undefined> {
  return (await carersOf(database, await database.prisma.user.findMany({ where: { id }, select })))[0];
}

const select = { id: true, name: true } as const;

/** Those who care for patients by a role in force. */
async function carersOf(database: Pick<Database, 'pool'>, people: readonly { readonly id: string; readonly name: string }[]): Promise<readonly Carer[]> {
  const inForce = await rolesInForce(database, { userIds: people.map(({ id }) => id) });
  return people.flatMap(({ id, name }) => {
    const own = inForce.filter(({ userId, role }) => userId === id && isCarerRole(role));
    const units = [...new Set(own.map(({ unit }) => unit ?? null))];
    return own.length === 0 ? [] : [{ id, displayName: name, roles: [...new Set(own.map(({ role }) => role))], unit: units.length === 1 ? (units[0] ?? null) : null }];
  });
}

function isCarerRole(role: string): boolean {
  return carerRoles.some((carer) => carer === role);
}
