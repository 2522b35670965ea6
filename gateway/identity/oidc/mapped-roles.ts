import { randomUUID } from 'node:crypto';
import type { Database } from '#database';
import { areExclusive } from '../role-requirements.ts';
import type { SignOnProvider } from './sign-on-file.ts';

/** What a sign-on changed in somebody's roles. */
export interface RoleChanges {
  readonly assigned: readonly string[];
  readonly ended: readonly string[];
}

/**
 * Makes the roles that this provider gave a person those that its claim means by the settings' map. Roles that others gave
 * stay as they are, and a role that one of them excludes is not given; values that the map does not name mean nothing. Gives the changes as `role` or `role@unit`.
 */
export async function applyMappedRoles({ prisma }: Pick<Database, 'prisma'>, { id, roles }: Pick<SignOnProvider, 'id' | 'roles'>, userId: string, claims: Readonly<Record<string, unknown>>, at = new Date()): Promise<RoleChanges> {
  if (roles === undefined) return { assigned: [], ended: [] };
  const grantedBy = `sign-on:${id}`;
  const claim = Object.hasOwn(claims, roles.claim) ? claims[roles.claim] : undefined;
  const values: readonly unknown[] = Array.isArray(claim) ? claim : [claim];
  const meant = values.flatMap((value) => (typeof value === 'string' && Object.hasOwn(roles.map, value) ? [roles.map[value]] : [])).filter((role) => role !== undefined);
  const wanted = new Map(meant.map((role) => [nameOf(role), role]));

  return prisma.$transaction(async (transaction) => {
    // Two sign-ons of one person at once would each find the other's roles missing.
    await transaction.$queryRaw`SELECT id FROM "user" WHERE id = ${userId} FOR UPDATE`;
    const held = await transaction.roleAssignment.findMany({ where: { userId, grantedBy, endedAt: null }, select: { id: true, role: true, unit: true } });
    const over = held.filter((assignment) => !wanted.has(nameOf(assignment)));
    const others = await transaction.roleAssignment.findMany({ where: { userId, grantedBy: { not: grantedBy }, AND: [{ OR: [{ endedAt: null }, { endedAt: { gt: at } }] }, { OR: [{ validUntil: null }, { validUntil: { gt: at } }] }] }, select: { role: true } });
    const isAllowed = (role: string) => !others.some((other) => areExclusive(other.role, role));
    const missing = [...wanted].filter(([name, { role }]) => isAllowed(role) && !held.some((assignment) => nameOf(assignment) === name));
    if (over.length > 0) await transaction.roleAssignment.updateMany({ where: { id: { in: over.map((assignment) => assignment.id) } }, data: { endedAt: at, endedBy: grantedBy } });
    if (missing.length > 0) await transaction.roleAssignment.createMany({ data: missing.map(([, { role, unit }]) => ({ id: randomUUID(), userId, role, unit: unit ?? null, validFrom: at, grantedBy })) });
    return { assigned: missing.map(([name]) => name), ended: over.map(nameOf) };
  });
}

function nameOf({ role, unit }: { readonly role: string; readonly unit?: string | null | undefined }): string {
  return unit === undefined || unit === null ? role : `${role}@${unit}`;
}
