import { randomUUID } from 'node:crypto';
import type { QualificationCode } from '../identity/role-requirements.ts';
import type { Act, PeopleCommand } from './act.ts';
import { requirePerson } from './assignment-rules.ts';
import { PeopleRefusal } from './refusal.ts';

export interface RecordQualification extends PeopleCommand {
  readonly personId: string;
  readonly code: QualificationCode;
  /** Number of the certificate. */
  readonly identifier: string;
  readonly validFrom: Date;
  /** For good when absent. */
  readonly validUntil?: Date;
}

export interface RevokeQualification extends PeopleCommand {
  readonly qualificationId: string;
  readonly reason: string;
}

/** Puts a licence on record; its beginning may lie in the past. Nobody records their own. Fails: PERSON_NOT_FOUND, ACCOUNT_DISABLED, SAME_PERSON, PERIOD_INVALID. */
export function recordQualification(act: Act, { personId, code, identifier, validFrom, validUntil, ...command }: RecordQualification) {
  const given = { code, identifier, validFrom: validFrom.toISOString(), validUntil: validUntil?.toISOString() ?? null };
  return act('recordQualification', command, { personId, ...given }, async (acting) => {
    const { transaction, record, actor, now } = acting;
    if (personId === actor.id) throw new PeopleRefusal('SAME_PERSON', 'personId');
    await requirePerson(acting, personId, 'personId');
    if (validUntil && validUntil <= validFrom) throw new PeopleRefusal('PERIOD_INVALID', 'validUntil');
    await transaction.qualification.create({ data: { id: randomUUID(), userId: personId, code, identifier, validFrom, validUntil: validUntil ?? null, recordedBy: actor.id, recordedAt: now } });
    await record({ action: 'qualification.recorded', personId, after: given });
    return { personId };
  });
}

/** Takes a licence back at once, and the roles that need it. Fails: QUALIFICATION_NOT_FOUND, QUALIFICATION_ENDED. */
export function revokeQualification(act: Act, { qualificationId, reason, ...command }: RevokeQualification) {
  return act('revokeQualification', command, { qualificationId, reason }, async ({ transaction, record, now }) => {
    const held = await transaction.qualification.findUnique({ where: { id: qualificationId } });
    if (!held) throw new PeopleRefusal('QUALIFICATION_NOT_FOUND', 'qualificationId');
    if (held.revokedAt !== null) throw new PeopleRefusal('QUALIFICATION_ENDED', 'qualificationId');
    await transaction.qualification.update({ where: { id: qualificationId }, data: { revokedAt: now } });
    await record({ action: 'qualification.revoked', personId: held.userId, reason, before: { code: held.code, identifier: held.identifier } });
    return { personId: held.userId };
  });
}
