import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { hashPassword } from 'better-auth/crypto';
import type { Database, Prisma } from '#database';

const lifeMs = 24 * 3_600_000;
const identifierPrefix = 'careloop-first-password:';

/** Characters of a password; its composition is the person's own affair (NIST SP 800-63B §3.1.1.2). */
export const passwordLength = { minimum: 12, maximum: 128 } as const;

/** Makes the token with which a person sets their first password within a day. Only its SHA-256 is kept; earlier tokens of the person are worthless. */
export async function createFirstPasswordLink(transaction: Pick<Prisma.TransactionClient, 'verification'>, userId: string, at: Date): Promise<{ readonly token: string }> {
  await transaction.verification.deleteMany({ where: { identifier: { startsWith: identifierPrefix }, value: userId } });
  const token = randomBytes(32).toString('base64url');
  await transaction.verification.create({ data: { id: randomUUID(), identifier: identifierOf(token), value: userId, expiresAt: new Date(at.getTime() + lifeMs) } });
  return { token };
}

/** `set`: the person can sign in now. A password that is refused leaves the link as it is. */
export type FirstPasswordAnswer = { readonly kind: 'set'; readonly userId: string } | { readonly kind: 'linkInvalid' } | { readonly kind: 'passwordInvalid' };

/** Sets the first password of the person whom the token is for, once. */
export async function setFirstPassword({ prisma }: Pick<Database, 'prisma'>, { token, password }: { readonly token: string; readonly password: string }, at = new Date()): Promise<FirstPasswordAnswer> {
  const link = await prisma.verification.findFirst({ where: { identifier: identifierOf(token), expiresAt: { gt: at } } });
  if (!link) return { kind: 'linkInvalid' };
  if (password.length < passwordLength.minimum || password.length > passwordLength.maximum) return { kind: 'passwordInvalid' };
  const hash = await hashPassword(password);
  return prisma.$transaction(async (transaction): Promise<FirstPasswordAnswer> => {
    const { count } = await transaction.verification.deleteMany({ where: { id: link.id } });
    const userId = link.value;
    const isOpen = count === 1 && (await transaction.user.count({ where: { id: userId, disabledAt: null, accounts: { none: { providerId: 'credential', password: { not: null } } } } })) === 1;
    if (!isOpen) return { kind: 'linkInvalid' };
    await transaction.account.create({ data: { id: randomUUID(), accountId: userId, providerId: 'credential', userId, password: hash } });
    return { kind: 'set', userId };
  });
}

function identifierOf(token: string): string {
  return identifierPrefix + createHash('sha256').update(token).digest('hex');
}
