import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { Database } from '#database';
import { stepOfCode } from './one-time-code.ts';

/** A secret of 160 bits, as RFC 4226 §4 recommends. */
const secretBytes = 20;
/** Wrong codes in a row after which no code is taken any more. NIST SP 800-63B §5.2.2. */
const maximumFailures = 100;
const backupCodeCount = 10;
/** Without letters and digits that look like each other. 12 of 31 signs are 59 bits: no number of tries at a door finds one. */
const backupAlphabet = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';

/** `accepted` once for each code; `locked` after a hundred wrong ones in a row, until another factor was shown. */
export type CodeVerdict = 'accepted' | 'wrong' | 'reused' | 'locked';

/** What a person has to show beside a password. */
export interface FactorSummary {
  readonly hasOneTimeCode: boolean;
  readonly passkeys: number;
}

/** Authenticators and backup codes of people, in the database. */
export interface SecondFactors {
  summaryOf(userId: string): Promise<FactorSummary>;
  /** Makes a new secret that does not count yet; undefined when a confirmed one is there. */
  beginOneTimeCode(userId: string): Promise<Buffer | undefined>;
  /** Makes the authenticator count, by its first code, and gives fresh backup codes. */
  confirmOneTimeCode(userId: string, typed: string, now: number): Promise<{ readonly verdict: CodeVerdict; readonly backupCodes: readonly string[] }>;
  acceptOneTimeCode(userId: string, typed: string, now: number): Promise<CodeVerdict>;
  acceptBackupCode(userId: string, typed: string): Promise<CodeVerdict>;
  /** Ends the old backup codes. Shown once: only hashes are kept. */
  renewBackupCodes(userId: string): Promise<readonly string[]>;
  /** Another factor was shown: wrong codes before it count no more. */
  forgive(userId: string): Promise<void>;
  /** False when it is the last factor and `mustKeepOne`, or there is none. Two at once never remove both. */
  removeOneTimeCode(userId: string, mustKeepOne: boolean): Promise<boolean>;
  removePasskey(userId: string, passkeyId: string, mustKeepOne: boolean): Promise<boolean>;
  /** For recovery: the person has no factor afterwards. */
  removeAll(userId: string): Promise<void>;
}

/** `masterKey` (32 bytes) gives the keys of secrets and of hashes (RFC 5869): a copy of the database alone signs nobody in. */
export function createSecondFactors({ prisma }: Pick<Database, 'prisma'>, masterKey: Buffer): SecondFactors {
  const secretKey = Buffer.from(hkdfSync('sha256', masterKey, Buffer.alloc(0), 'careloop/one-time-code/1', 32));
  const backupKey = Buffer.from(hkdfSync('sha256', masterKey, Buffer.alloc(0), 'careloop/backup-code/1', 32));
  const hashOf = (userId: string, code: string) => createHmac('sha256', backupKey).update(JSON.stringify([userId, code])).digest('base64');

  async function verdictOf(userId: string, typed: string, now: number, isConfirmed: boolean): Promise<CodeVerdict> {
    const row = await prisma.oneTimeCode.findUnique({ where: { userId } });
    if (!row || (row.confirmedAt !== null) !== isConfirmed) return 'wrong';
    if (row.failures >= maximumFailures) return 'locked';
    const step = stepOfCode(open(secretKey, userId, row.secret), typed, now);
    if (step === undefined) {
      await prisma.oneTimeCode.updateMany({ where: { userId }, data: { failures: { increment: 1 } } });
      return 'wrong';
    }
    // One statement decides, so that of requests at the same time one alone has the code. RFC 6238 §5.2.
    const { count } = await prisma.oneTimeCode.updateMany({
      where: { userId, secret: row.secret, failures: { lt: maximumFailures }, confirmedAt: isConfirmed ? { not: null } : null, OR: [{ lastStep: null }, { lastStep: { lt: step } }] },
      data: { lastStep: step, failures: 0, ...(isConfirmed ? {} : { confirmedAt: new Date(now) }) },
    });
    return count === 1 ? 'accepted' : 'reused';
  }

  async function renewBackupCodes(userId: string): Promise<readonly string[]> {
    const codes = Array.from({ length: backupCodeCount }, createBackupCode);
    await prisma.$transaction([
      prisma.backupCode.deleteMany({ where: { userId } }),
      prisma.backupCode.createMany({ data: codes.map((code) => ({ id: randomUUID(), userId, hash: hashOf(userId, plain(code)) })) }),
    ]);
    return codes;
  }

  /** Removes what `remove` does while the person's row is held, unless it would be the last factor of one who must have one. */
  function removeUnlessLast(userId: string, mustKeepOne: boolean, remove: (transaction: Pick<Database['prisma'], 'passkey' | 'oneTimeCode' | 'backupCode'>) => Promise<number>): Promise<boolean> {
    return prisma.$transaction(async (transaction) => {
      await transaction.$queryRaw`select id from "user" where id = ${userId} for update`;
      if (mustKeepOne && (await transaction.passkey.count({ where: { userId } })) + (await transaction.oneTimeCode.count({ where: { userId, confirmedAt: { not: null } } })) < 2) return false;
      return (await remove(transaction)) === 1;
    });
  }

  return {
    async summaryOf(userId) {
      const [codes, passkeys] = await Promise.all([prisma.oneTimeCode.count({ where: { userId, confirmedAt: { not: null } } }), prisma.passkey.count({ where: { userId } })]);
      return { hasOneTimeCode: codes > 0, passkeys };
    },

    async beginOneTimeCode(userId) {
      const secret = randomBytes(secretBytes);
      const sealed = seal(secretKey, userId, secret);
      await prisma.oneTimeCode.createMany({ data: [{ userId, secret: sealed }], skipDuplicates: true });
      const { count } = await prisma.oneTimeCode.updateMany({ where: { userId, confirmedAt: null }, data: { secret: sealed, failures: 0, lastStep: null } });
      return count === 1 ? secret : undefined;
    },

    async confirmOneTimeCode(userId, typed, now) {
      const verdict = await verdictOf(userId, typed, now, false);
      return { verdict, backupCodes: verdict === 'accepted' ? await renewBackupCodes(userId) : [] };
    },

    acceptOneTimeCode: (userId, typed, now) => verdictOf(userId, typed, now, true),

    async acceptBackupCode(userId, typed) {
      const { count } = await prisma.backupCode.updateMany({ where: { userId, hash: hashOf(userId, plain(typed)), usedAt: null }, data: { usedAt: new Date() } });
      return count === 1 ? 'accepted' : 'wrong';
    },

    renewBackupCodes,

    async forgive(userId) {
      await prisma.oneTimeCode.updateMany({ where: { userId }, data: { failures: 0 } });
    },

    removeOneTimeCode: (userId, mustKeepOne) =>
      removeUnlessLast(userId, mustKeepOne, async (transaction) => {
        await transaction.backupCode.deleteMany({ where: { userId } });
        return (await transaction.oneTimeCode.deleteMany({ where: { userId } })).count;
      }),

    removePasskey: (userId, passkeyId, mustKeepOne) => removeUnlessLast(userId, mustKeepOne, async (transaction) => (await transaction.passkey.deleteMany({ where: { id: passkeyId, userId } })).count),

    async removeAll(userId) {
      await prisma.$transaction([prisma.passkey.deleteMany({ where: { userId } }), prisma.oneTimeCode.deleteMany({ where: { userId } }), prisma.backupCode.deleteMany({ where: { userId } })]);
    },
  };
}

function createBackupCode(): string {
  const signs = Array.from({ length: 12 }, () => backupAlphabet.charAt(randomInt(backupAlphabet.length))).join('');
  return signs.replaceAll(/(.{4})(?=.)/g, '$1-');
}

/** A backup code as it is compared: capitals, without what was typed between them. */
function plain(code: string): string {
  return code.toUpperCase().replaceAll(/[\s-]/g, '');
}

/** AES-256-GCM: nonce, tag, text. The person is bound to it, so that a row moved to somebody else opens nothing. */
function seal(key: Buffer, userId: string, secret: Buffer): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(userId));
  const text = Buffer.concat([cipher.update(secret), cipher.final()]);
  return Uint8Array.from(Buffer.concat([nonce, cipher.getAuthTag(), text]));
}

function open(key: Buffer, userId: string, sealed: Uint8Array): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12)).setAAD(Buffer.from(userId)).setAuthTag(sealed.subarray(12, 28));
  return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]);
}
