import { randomUUID } from 'node:crypto';
import { recordFact, type KeyStore } from '#activities';
import type { Database } from '#database';
import { engineActor } from '#engine';
import { createPasswordLink, firstPasswordLifeMs } from '../identity/index.ts';

/** The first two accounts of an installation, by the role that they have. */
const first = [
  { role: 'system-administrator', username: 'system-administrator', name: '系统管理员' },
  { role: 'security-administrator', username: 'security-administrator', name: '安全管理员' },
] as const;

export interface FirstAdministrator {
  readonly role: string;
  readonly username: string;
  /** For `/recover#<token>`, within a day. */
  readonly token: string;
}

/**
 * Makes a system administrator and a security administrator where nobody with that role can sign in yet; everybody else is
 * made by them. Two people are needed from the start: one makes accounts, the other gives roles. Where a first link ran out
 * unused, it is made anew. Empty when both are there.
 */
export async function createFirstAdministrators({ database, keys }: { readonly database: Pick<Database, 'prisma' | 'pool'>; readonly keys: KeyStore }): Promise<readonly FirstAdministrator[]> {
  const made = await database.prisma.$transaction(async (transaction) => {
    await transaction.$executeRaw`select pg_advisory_xact_lock(hashtext('people'))`;
    const now = new Date();
    const administrators: (FirstAdministrator & { readonly id: string })[] = [];
    for (const { role, username, name } of first) {
      const holders = await transaction.user.findMany({ where: { roleAssignments: { some: { role } } }, select: { id: true, username: true, accounts: { select: { id: true }, take: 1 } }, orderBy: { createdAt: 'asc' } });
      if (holders.some(({ accounts }) => accounts.length > 0)) continue;
      const id = holders[0]?.id ?? randomUUID();
      if (holders.length === 0) {
        await transaction.user.create({ data: { id, name, username, displayUsername: username, email: `${username}@person.invalid` } });
        await transaction.roleAssignment.create({ data: { id: randomUUID(), userId: id, role, reason: 'first administrators', validFrom: now, grantedBy: engineActor.id, grantedAt: now } });
      }
      administrators.push({ id, role, username: holders[0]?.username ?? username, ...(await createPasswordLink({ prisma: transaction }, id, 'first', firstPasswordLifeMs)) });
    }
    return administrators;
  });
  for (const { id, role } of made) await recordFact(database, keys, { factId: `account.firstLink/${randomUUID()}`, action: 'account.firstLink', at: new Date().toISOString(), actor: engineActor, detail: { personId: id, role } });
  return made.map(({ role, username, token }) => ({ role, username, token }));
}
