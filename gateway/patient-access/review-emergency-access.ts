import { randomUUID } from 'node:crypto';
import { isUuid } from '../graphql/global-ids.ts';
import type { Act, ActDependencies, PatientAccessCommand } from './act.ts';
import { PatientAccessRefusal } from './refusal.ts';

export const reviewOutcomes = ['justified', 'not-justified', 'needs-inquiry'] as const;
export type ReviewOutcome = (typeof reviewOutcomes)[number];

export interface ReviewEmergencyAccess extends PatientAccessCommand {
  readonly accessId: string;
  readonly outcome: ReviewOutcome;
  readonly comment: string;
  /** The review that counts now, when this one corrects it. */
  readonly corrects?: string | null | undefined;
}

/**
 * A privacy officer's finding about an access that is over. A later one corrects the one that it names, which stays.
 * Fails: EMERGENCY_ACCESS_NOT_FOUND, EMERGENCY_ACCESS_OPEN, EMERGENCY_ACCESS_REVIEWED (the newest review is not the one to be
 * corrected), SAME_PERSON (one's own access), IDEMPOTENCY_KEY_REUSED.
 */
export async function reviewEmergencyAccess(act: Act, { database }: ActDependencies, { accessId, outcome, comment, corrects, ...command }: ReviewEmergencyAccess) {
  const { viewer } = command;
  const access = isUuid(accessId) ? await database.prisma.emergencyAccess.findUnique({ where: { id: accessId }, select: { patientId: true, userId: true } }) : null;
  if (!access) throw new PatientAccessRefusal('EMERGENCY_ACCESS_NOT_FOUND', 'accessId');
  const { patientId, userId } = access;
  if (userId === viewer.id) throw new PatientAccessRefusal('SAME_PERSON', 'accessId', patientId);
  return act({ kind: 'reviewEmergencyAccess', patientId, alone: `access:${accessId}`, payload: { accessId, outcome, comment, corrects: corrects ?? null } }, command, async ({ transaction, now, record, wake }) => {
    const { endedAt, expiresAt, reviews } = await transaction.emergencyAccess.findUniqueOrThrow({ where: { id: accessId }, include: { reviews: { orderBy: { reviewedAt: 'desc' }, take: 1 } } });
    if (endedAt === null && expiresAt > now) throw new PatientAccessRefusal('EMERGENCY_ACCESS_OPEN', 'accessId', patientId);
    const [newest] = reviews;
    if ((newest?.id ?? null) !== (corrects ?? null)) throw new PatientAccessRefusal('EMERGENCY_ACCESS_REVIEWED', 'corrects', patientId);
    const id = randomUUID();
    await transaction.emergencyAccessReview.create({ data: { id, accessId, outcome, comment, reviewedBy: viewer.id, reviewedAt: now } });
    await record({
      action: newest ? 'emergencyAccess.reviewCorrected' : 'emergencyAccess.reviewed',
      reason: outcome,
      ...(newest ? { before: { outcome: newest.outcome, comment: newest.comment } } : {}),
      after: { outcome, comment },
      detail: { emergencyAccessId: accessId, reviewId: id },
    });
    await wake(userId);
    return { accessId };
  });
}
