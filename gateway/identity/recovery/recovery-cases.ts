import { createHash, randomInt, randomUUID } from 'node:crypto';
import type { Database } from '#database';
import type { Actor } from '#engine';
import type { DoorFact } from '../../graphql/door-fact.ts';
import { createPasswordLink, removePasswordLinks } from '../passwords/index.ts';

/** How long a case waits for the second administrator. */
const openForMs = 24 * 3_600_000;
/** How long the link lasts. */
export const recoveryLinkMs = 3_600_000;

export type RecoveryRefusal = 'PERSON_NOT_FOUND' | 'RECOVERY_NOT_FOR_ONESELF' | 'RECOVERY_OPEN' | 'RECOVERY_NOT_FOUND' | 'RECOVERY_CLOSED' | 'SAME_PERSON';

/** `open`: waits for the second administrator. `confirmed`: its link waits for the person. */
export type RecoveryStatus = 'open' | 'confirmed' | 'used' | 'withdrawn' | 'expired';

export interface RecoveryCase {
  readonly id: string;
  readonly status: RecoveryStatus;
  readonly userId: string;
  readonly username: string;
  readonly displayName: string;
  readonly reason: string;
  readonly identityCheck: string;
  readonly removesFactors: boolean;
  readonly openedBy: string;
  readonly openedAt: Date;
  readonly expiresAt: Date;
  readonly confirmedBy: string | null;
  readonly confirmedAt: Date | null;
  readonly usedAt: Date | null;
}

type Outcome<Done> = ({ readonly kind: 'done' } & Done) | { readonly kind: 'refused'; readonly code: RecoveryRefusal };

export interface NewRecovery {
  readonly username: string;
  readonly reason: string;
  /** How the administrator has made sure who the person is. */
  readonly identityCheck: string;
  readonly removesFactors: boolean;
}

export interface RecoveryCases {
  /** First administrator. `code` is for the person, who needs it beside the link; it cannot be read again. */
  open(asked: NewRecovery, by: Actor): Promise<Outcome<{ readonly caseId: string; readonly code: string }>>;
  /** Second administrator, another one. `token` makes the link; it cannot be read again. */
  confirm(caseId: string, by: Actor): Promise<Outcome<{ readonly token: string; readonly expiresAt: Date }>>;
  /** Either of them, until the link was used. */
  withdraw(caseId: string, reason: string, by: Actor): Promise<Outcome<object>>;
  /** The last resort, at the machine itself: a link without administrators and code, on record. */
  openAtMachine(username: string, reason: string): Promise<Outcome<{ readonly token: string; readonly expiresAt: Date }>>;
  find(caseId: string): Promise<RecoveryCase | undefined>;
  /** Newest first. */
  list(limit?: number): Promise<readonly RecoveryCase[]>;
}

const selection = `SELECT c.id, c.user_id AS "userId", u.username, u.name AS "displayName", c.reason, c.identity_check AS "identityCheck", c.removes_factors AS "removesFactors", c.opened_by AS "openedBy", c.opened_at AS "openedAt",
  c.expires_at AS "expiresAt", c.confirmed_by AS "confirmedBy", c.confirmed_at AS "confirmedAt", c.used_at AS "usedAt",
  CASE WHEN c.used_at IS NOT NULL THEN 'used' WHEN c.withdrawn_at IS NOT NULL THEN 'withdrawn' WHEN coalesce(c.link_expires_at, c.expires_at) <= now() THEN 'expired' WHEN c.confirmed_at IS NOT NULL THEN 'confirmed' ELSE 'open' END AS status
  FROM recovery_case c JOIN "user" u ON u.id = c.user_id`;

/**
 * Gives a person who lost password or factors their account back, by two administrators: the first has seen who they are and
 * gets a code, the second confirms and gets a link. The person needs both, so that neither administrator can enter alone.
 * Nobody takes part for their own account. NIST SP 800-63B-4 §4.2; GB/T 22239-2019 §8.1.4.1.
 */
export function createRecoveryCases(database: Pick<Database, 'prisma' | 'pool'>, recordFact: (fact: DoorFact) => Promise<void>): RecoveryCases {
  const { prisma, pool } = database;

  async function find(caseId: string): Promise<RecoveryCase | undefined> {
    const { rows } = await pool.query<RecoveryCase>(`${selection} WHERE c.id::text = $1`, [caseId]);
    return rows[0];
  }

  async function insert({ username, reason, identityCheck, removesFactors }: NewRecovery, openedBy: string, code: string | undefined): Promise<{ readonly kind: 'done'; readonly caseId: string; readonly userId: string } | { readonly kind: 'refused'; readonly code: RecoveryRefusal }> {
    const user = await prisma.user.findUnique({ where: { username: username.toLowerCase() }, select: { id: true } });
    if (!user) return { kind: 'refused', code: 'PERSON_NOT_FOUND' };
    if (user.id === openedBy) return { kind: 'refused', code: 'RECOVERY_NOT_FOR_ONESELF' };
    const caseId = randomUUID();
    const { rowCount } = await pool.query(
      `INSERT INTO recovery_case (id, user_id, reason, identity_check, removes_factors, opened_by, opened_at, expires_at, code_hash)
       SELECT $1, u.id, $3, $4, $5, $6, now(), now() + $7 * interval '1 millisecond', $8 FROM (SELECT id FROM "user" WHERE id = $2 FOR UPDATE) u
       WHERE $6 = 'machine' OR NOT EXISTS (SELECT 1 FROM recovery_case c WHERE c.user_id = $2 AND c.used_at IS NULL AND c.withdrawn_at IS NULL AND coalesce(c.link_expires_at, c.expires_at) > now())`,
      [caseId, user.id, reason, identityCheck, removesFactors, openedBy, openForMs, code === undefined ? '' : hashOfCode(caseId, code)],
    );
    return rowCount === 1 ? { kind: 'done', caseId, userId: user.id } : { kind: 'refused', code: 'RECOVERY_OPEN' };
  }

  async function refusalOf(caseId: string, by: string): Promise<RecoveryRefusal> {
    const found = await find(caseId);
    if (!found) return 'RECOVERY_NOT_FOUND';
    if (found.userId === by) return 'RECOVERY_NOT_FOR_ONESELF';
    return found.status === 'open' && found.openedBy === by ? 'SAME_PERSON' : 'RECOVERY_CLOSED';
  }

  return {
    find,

    async open(asked, by) {
      const code = Array.from({ length: 8 }, () => randomInt(10)).join('');
      const inserted = await insert(asked, by.id, code);
      if (inserted.kind === 'refused') return inserted;
      const { caseId, userId } = inserted;
      await recordFact({ factId: `recovery.opened/${caseId}`, action: 'recovery.opened', actor: by, reason: asked.reason, detail: { caseId, personId: userId, identityCheck: asked.identityCheck, removesFactors: asked.removesFactors } });
      return { kind: 'done', caseId, code };
    },

    async confirm(caseId, by) {
      const confirmed = await prisma.$transaction(async (transaction) => {
        // Whoever comes second finds nothing left to confirm.
        const [row] = await transaction.$queryRaw<readonly { readonly user_id: string }[]>`
          UPDATE recovery_case SET confirmed_by = ${by.id}, confirmed_at = now(), link_expires_at = now() + ${recoveryLinkMs}::float8 * interval '1 millisecond'
          WHERE id::text = ${caseId} AND confirmed_at IS NULL AND withdrawn_at IS NULL AND expires_at > now() AND opened_by <> ${by.id} AND user_id <> ${by.id} RETURNING user_id`;
        return row && { userId: row.user_id, ...(await createPasswordLink({ prisma: transaction }, row.user_id, 'recovery', recoveryLinkMs, caseId)) };
      });
      if (!confirmed) return { kind: 'refused', code: await refusalOf(caseId, by.id) };
      const { userId, token, expiresAt } = confirmed;
      await recordFact({ factId: `recovery.confirmed/${caseId}`, action: 'recovery.confirmed', actor: by, detail: { caseId, personId: userId } });
      return { kind: 'done', token, expiresAt };
    },

    async withdraw(caseId, reason, by) {
      const { rows } = await pool.query<{ user_id: string }>('UPDATE recovery_case SET withdrawn_by = $2, withdrawn_at = now() WHERE id::text = $1 AND withdrawn_at IS NULL AND used_at IS NULL RETURNING user_id', [caseId, by.id]);
      const [row] = rows;
      if (!row) return { kind: 'refused', code: (await find(caseId)) ? 'RECOVERY_CLOSED' : 'RECOVERY_NOT_FOUND' };
      await removePasswordLinks(database, row.user_id);
      await recordFact({ factId: `recovery.withdrawn/${caseId}`, action: 'recovery.withdrawn', actor: by, reason, detail: { caseId, personId: row.user_id } });
      return { kind: 'done' };
    },

    async openAtMachine(username, reason) {
      const inserted = await insert({ username, reason, identityCheck: 'at the machine', removesFactors: true }, 'machine', undefined);
      if (inserted.kind === 'refused') return inserted;
      const { caseId, userId } = inserted;
      await pool.query(`UPDATE recovery_case SET confirmed_at = now(), link_expires_at = now() + $2 * interval '1 millisecond' WHERE id::text = $1`, [caseId, recoveryLinkMs]);
      const link = await createPasswordLink(database, userId, 'recovery', recoveryLinkMs, caseId);
      await recordFact({ factId: `recovery.openedAtMachine/${caseId}`, action: 'recovery.openedAtMachine', actor: { id: 'machine', kind: 'system', roles: [] }, reason, detail: { caseId, personId: userId } });
      return { kind: 'done', ...link };
    },

    async list(limit = 100) {
      const { rows } = await pool.query<RecoveryCase>(`${selection} ORDER BY c.opened_at DESC, c.id LIMIT $1`, [limit]);
      return rows;
    },
  };
}

/** As the code of a case is kept. */
export function hashOfCode(caseId: string, code: string): string {
  return createHash('sha256').update(`${caseId}:${code.replaceAll(/\s/g, '')}`).digest('hex');
}
