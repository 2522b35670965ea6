import type { Database } from '#database';

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

/** Carers whose name or user name holds `text`, by name, at most ten. */
export async function searchCarers({ prisma }: Pick<Database, 'prisma'>, text: string): Promise<readonly Carer[]> {
  // LIKE takes these for any text.
  const plain = text.replaceAll(/[%_\\]/g, '');
  if (plain === '') return [];
  const rows = await prisma.user.findMany({ where: { roles: { hasSome: [...carerRoles] }, OR: [{ name: { contains: plain } }, { username: { contains: plain, mode: 'insensitive' } }] }, orderBy: [{ name: 'asc' }, { id: 'asc' }], take: most, select });
  return rows.map(carerOf);
}

/** The carer with the id; undefined for anybody else. */
export async function findCarer({ prisma }: Pick<Database, 'prisma'>, id: string): Promise<Carer | undefined> {
  const row = await prisma.user.findFirst({ where: { id, roles: { hasSome: [...carerRoles] } }, select });
  return row ? carerOf(row) : undefined;
}

const select = { id: true, name: true, roles: true, unit: true } as const;

function carerOf({ id, name, roles, unit }: { readonly id: string; readonly name: string; readonly roles: readonly string[]; readonly unit: string | null }): Carer {
  return { id, displayName: name, roles, unit };
}
