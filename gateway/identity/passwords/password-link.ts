import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Database } from '#database';

/** `first`: the first password of a new person. `recovery`: of one whom two administrators have let in again. */
export type PasswordLinkPurpose = 'first' | 'recovery';

/** How long a new person has to set the first password. */
export const firstPasswordLifeMs = 24 * 3_600_000;

/** Whom a link lets set a password. */
export interface PasswordLink {
  readonly userId: string;
  readonly purpose: PasswordLinkPurpose;
  /** Of a recovery by two administrators: its case. */
  readonly caseId?: string;
}

type Prisma = Pick<Database['prisma'], '$queryRaw' | 'verification'>;

const identifierPrefix = 'careloop-password-link:';

/**
 * Makes a link token with which a person sets a password once, within `ttlMs`. Earlier links of the person are void from
 * then on. 256 random bits, of which only the SHA-256 is kept: the token cannot be read again.
 */
export async function createPasswordLink({ prisma }: { readonly prisma: Prisma }, userId: string, purpose: PasswordLinkPurpose, ttlMs: number, caseId?: string): Promise<{ readonly token: string; readonly expiresAt: Date }> {
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date((await databaseTime(prisma)).getTime() + ttlMs);
  await removePasswordLinks({ prisma }, userId);
  await prisma.verification.create({ data: { id: randomUUID(), identifier: identifierOf(token), value: valueOf({ userId, purpose, ...(caseId === undefined ? {} : { caseId }) }), expiresAt } });
  return { token, expiresAt };
}

/** Whom the link is for; undefined when it was used, is too old or never was one. It stays as it is. */
export async function readPasswordLink({ prisma }: { readonly prisma: Prisma }, token: string): Promise<PasswordLink | undefined> {
  const row = await prisma.verification.findFirst({ where: { identifier: identifierOf(token), expiresAt: { gt: await databaseTime(prisma) } } });
  return row ? linkOf(row.value) : undefined;
}

/** As `readPasswordLink`, and the link is gone after that, whoever asks twice at once. Inside a transaction, only if it commits. */
export async function consumePasswordLink({ prisma }: { readonly prisma: Prisma }, token: string): Promise<PasswordLink | undefined> {
  const link = await readPasswordLink({ prisma }, token);
  const { count } = await prisma.verification.deleteMany({ where: { identifier: identifierOf(token) } });
  return count === 1 ? link : undefined;
}

/** Voids all links of a person. */
export async function removePasswordLinks({ prisma }: { readonly prisma: Prisma }, userId: string): Promise<void> {
  // The person stands first in the value.
  await prisma.verification.deleteMany({ where: { identifier: { startsWith: identifierPrefix }, value: { startsWith: `${JSON.stringify([userId]).slice(0, -1)},` } } });
}

function valueOf({ userId, purpose, caseId }: PasswordLink): string {
  return JSON.stringify([userId, purpose, caseId ?? null]);
}

function linkOf(value: string): PasswordLink {
  // Written by `valueOf` alone.
  const [userId, purpose, caseId] = JSON.parse(value) as [string, PasswordLinkPurpose, string | null];
  return { userId, purpose, ...(caseId === null ? {} : { caseId }) };
}

/** Several gateways share the links, and one clock with them. */
async function databaseTime(prisma: Prisma): Promise<Date> {
  const [row] = await prisma.$queryRaw<readonly { readonly now: Date }[]>`select now() as now`;
  if (row === undefined) throw new Error('Expected the time of the database, but got none');
  return row.now;
}

function identifierOf(token: string): string {
  return identifierPrefix + createHash('sha256').update(token).digest('hex');
}
