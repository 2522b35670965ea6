import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Database } from '#database';

const lifeMs = 10 * 60_000;
const identifierPrefix = 'careloop-sign-in-link:';

/** Makes a link token for one sign-in within ten minutes. Only its SHA-256 is kept. */
export async function createSignInLink({ prisma }: Pick<Database, 'prisma'>, userId: string, at = new Date()): Promise<{ readonly token: string; readonly expiresAt: Date }> {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(at.getTime() + lifeMs);
  await prisma.verification.create({ data: { id: randomUUID(), identifier: identifierOf(token), value: userId, expiresAt } });
  return { token, expiresAt };
}

/** The user of a link that was not used and is not too old. The link is gone after that, whoever asks twice at once. */
export async function consumeSignInLink({ prisma }: Pick<Database, 'prisma'>, token: string, at = new Date()): Promise<string | undefined> {
  const identifier = identifierOf(token);
  const link = await prisma.verification.findFirst({ where: { identifier } });
  if (!link) return undefined;
  const { count } = await prisma.verification.deleteMany({ where: { id: link.id } });
  return count === 1 && link.expiresAt > at ? link.value : undefined;
}

/** Removes links whose time is over. */
export async function removeOldSignInLinks({ prisma }: Pick<Database, 'prisma'>, at = new Date()): Promise<void> {
  await prisma.verification.deleteMany({ where: { identifier: { startsWith: identifierPrefix }, expiresAt: { lt: at } } });
}

function identifierOf(token: string): string {
  return identifierPrefix + createHash('sha256').update(token).digest('hex');
}
