import { randomUUID, timingSafeEqual } from 'node:crypto';
import { hashPassword } from 'better-auth/crypto';
import type { Database } from '#database';
import type { Actor } from '#engine';
import type { DoorFact } from '../../graphql/door-fact.ts';
import { addAccountNotice } from '../account-notices.ts';
import { consumePasswordLink, readPasswordLink, removePasswordLinks, type PasswordLinkPurpose, type PasswordPolicy, type PasswordProblem } from '../passwords/index.ts';
import type { SessionLife } from '../sessions/index.ts';
import type { SignInGuard } from '../sign-in-guard.ts';
import { hashOfCode } from './recovery-cases.ts';

/** Wrong codes after which a link is void. */
const wrongCodesAllowed = 5;

export type SetPasswordProblem = 'LINK_INVALID' | 'CODE_WRONG' | PasswordProblem;

/** What the page of a link says before anything is typed. */
export interface ReadLink {
  readonly purpose: PasswordLinkPurpose;
  readonly username: string;
  /** Whether the administrator's code is asked for as well. */
  readonly needsCode: boolean;
}

export interface PasswordSetter {
  /** Undefined for a link that was used, is too old or never was one. */
  read(token: string): Promise<ReadLink | undefined>;
  /** Sets the password and voids the link; undefined once done. A password that is not taken leaves the link as it is. */
  set(token: string, code: string | undefined, password: string): Promise<SetPasswordProblem | undefined>;
}

export interface PasswordSetterOptions {
  readonly database: Pick<Database, 'prisma'>;
  readonly sessions: SessionLife;
  readonly guard: SignInGuard;
  readonly passwordPolicy: PasswordPolicy;
  readonly recordFact: (fact: DoorFact) => Promise<void>;
  /** Takes second factors and passkeys from a person, for cases that say so. */
  readonly removeFactors?: (userId: string) => Promise<void>;
}

/** Sets passwords by one-time links: the first one of a new person, and that of one who was recovered. */
export function createPasswordSetter({ database, sessions, guard, passwordPolicy, recordFact, removeFactors }: PasswordSetterOptions): PasswordSetter {
  const { prisma } = database;

  async function find(token: string) {
    const link = await readPasswordLink(database, token);
    if (!link) return undefined;
    const [user, recovery] = await Promise.all([
      prisma.user.findUnique({ where: { id: link.userId }, select: { id: true, username: true, name: true } }),
      link.caseId === undefined ? null : prisma.recoveryCase.findUnique({ where: { id: link.caseId } }),
    ]);
    return user && !recovery?.withdrawnAt ? { link, user, recovery } : undefined;
  }

  return {
    async read(token) {
      const found = await find(token);
      return found && { purpose: found.link.purpose, username: found.user.username ?? found.user.id, needsCode: (found.recovery?.codeHash ?? '') !== '' };
    },

    async set(token, code, password) {
      const found = await find(token);
      if (!found) return 'LINK_INVALID';
      const { link, user, recovery } = found;
      if (recovery && recovery.codeHash !== '' && !isEqual(hashOfCode(recovery.id, code ?? ''), recovery.codeHash)) {
        // Counted before the answer: guesses at once are counted each.
        const { wrongCodes } = await prisma.recoveryCase.update({ where: { id: recovery.id }, data: { wrongCodes: { increment: 1 } }, select: { wrongCodes: true } });
        if (wrongCodes >= wrongCodesAllowed) await removePasswordLinks(database, user.id);
        return 'CODE_WRONG';
      }
      const problem = await passwordPolicy.problemOf(password, { username: user.username, displayName: user.name });
      if (problem) return problem;

      const hash = await hashPassword(password);
      const isDone = await prisma.$transaction(async (transaction) => {
        if (!(await consumePasswordLink({ prisma: transaction }, token))) return false;
        const { count } = await transaction.account.updateMany({ where: { userId: user.id, providerId: 'credential' }, data: { password: hash } });
        if (count === 0) await transaction.account.create({ data: { id: randomUUID(), accountId: user.id, providerId: 'credential', userId: user.id, password: hash } });
        if (recovery) await transaction.recoveryCase.update({ where: { id: recovery.id }, data: { usedAt: new Date() } });
        if (link.purpose === 'recovery') await addAccountNotice({ prisma: transaction }, user.id, 'recovered');
        return true;
      });
      if (!isDone) return 'LINK_INVALID';

      const person: Actor = { id: user.id, kind: 'person', roles: [] };
      await sessions.end(user.id, {}, person, 'RECOVERED');
      await guard.unlock(user.id);
      if (recovery?.removesFactors) await removeFactors?.(user.id);
      await recordFact(recovery ? { factId: `recovery.used/${recovery.id}`, action: 'recovery.used', actor: person, detail: { caseId: recovery.id } } : { factId: `password.set/${randomUUID()}`, action: 'password.set', actor: person, reason: link.purpose });
      return undefined;
    },
  };
}

function isEqual(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
