import { randomUUID } from 'node:crypto';
import type { Database } from '#database';
import { addressGroupOf } from '../http/client-address.ts';

/** Wrong tries at the place where somebody signs in are mostly their own; from here on they are told of them too. */
const ownTriesToTell = 3;

export type AccountNoticeKind = 'wrongTries' | 'recovered' | 'unlocked';

/** Tells a person something about their account at the next sign-in. */
export async function addAccountNotice({ prisma }: { readonly prisma: Pick<Database['prisma'], 'accountNotice'> }, userId: string, kind: AccountNoticeKind, figures: { readonly wrongTries?: number; readonly addresses?: number } = {}): Promise<void> {
  await prisma.accountNotice.create({ data: { id: randomUUID(), userId, kind, ...figures } });
}

/** At a sign-in: tells of the wrong tries since the last one, unless they are a few at this very place. */
export async function noticeWrongTries(database: Pick<Database, 'prisma' | 'pool'>, userId: string, address: string): Promise<void> {
  const { rows } = await database.pool.query<{ wrong: number; addresses: number; is_elsewhere: boolean }>(
    `WITH fresh AS (SELECT hour, address, unnoticed FROM sign_in_refusal_hour WHERE user_id = $1 AND unnoticed > 0 FOR UPDATE),
       told AS (UPDATE sign_in_refusal_hour r SET unnoticed = 0 FROM fresh f WHERE r.user_id = $1 AND r.hour = f.hour AND r.address = f.address)
     SELECT coalesce(sum(unnoticed), 0)::int AS wrong, count(DISTINCT address)::int AS addresses, coalesce(bool_or(address <> $2), false) AS is_elsewhere FROM fresh`,
    [userId, addressGroupOf(address)],
  );
  const [found] = rows;
  if (found && (found.is_elsewhere || found.wrong >= ownTriesToTell)) await addAccountNotice(database, userId, 'wrongTries', { wrongTries: found.wrong, addresses: found.addresses });
}
