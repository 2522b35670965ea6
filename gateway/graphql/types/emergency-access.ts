import { builder } from '../builder.ts';
import { AccessLogEntryType } from './access-log-entry.ts';
import { AssigneeType } from './actor.ts';
import { identityOf, PatientIdentityType } from './patient-identity.ts';

export const EmergencyReasonCodeEnum = builder.enumType('EmergencyReasonCode', {
  values: {
    RESUSCITATION: { value: 'resuscitation', description: '抢救' },
    URGENT_TREATMENT: { value: 'urgent-treatment', description: '紧急诊疗' },
    COVER_WITHOUT_RECORD: { value: 'cover-without-record', description: '临时顶班，尚未登记' },
    OTHER: { value: 'other' },
  } as const,
});

export const ReviewOutcomeEnum = builder.enumType('EmergencyAccessReviewOutcome', {
  values: {
    JUSTIFIED: { value: 'justified', description: '合理' },
    NOT_JUSTIFIED: { value: 'not-justified', description: '不合理' },
    NEEDS_INQUIRY: { value: 'needs-inquiry', description: '需进一步核查' },
  } as const,
});

builder.prismaObject('EmergencyAccessReview', {
  fields: (t) => ({
    id: t.exposeID('id'),
    // The column holds no other value.
    outcome: t.field({ type: ReviewOutcomeEnum, resolve: ({ outcome }) => outcome as 'justified' }),
    comment: t.exposeString('comment'),
    reviewedBy: t.field({ type: AssigneeType, resolve: ({ reviewedBy }) => ({ id: reviewedBy }) }),
    reviewedAt: t.expose('reviewedAt', { type: 'DateTime' }),
  }),
});

/** Entries of one access that are told at once. */
const mostEntries = 100;

/** Access to a patient without a care relationship, taken in an emergency. */
export const EmergencyAccessType = builder.prismaObject('EmergencyAccess', {
  description: 'Access to a patient without a care relationship, taken in an emergency (break-glass), and what a privacy officer found about it.',
  fields: (t) => ({
    id: t.exposeID('id'),
    patient: t.field({ type: PatientIdentityType, resolve: ({ patientId }, _args, context) => identityOf(patientId, context) }),
    person: t.field({ type: AssigneeType, resolve: ({ userId }) => ({ id: userId }) }),
    // The column holds no other value.
    reasonCode: t.field({ type: EmergencyReasonCodeEnum, resolve: ({ reasonCode }) => reasonCode as 'other' }),
    reason: t.exposeString('reason'),
    startedAt: t.expose('startedAt', { type: 'DateTime' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime' }),
    endedAt: t.expose('endedAt', { type: 'DateTime', nullable: true, description: 'Set when it was ended, or once its time has passed.' }),
    isOpen: t.boolean({ resolve: async ({ userId, patientId, id }, _args, { patientAccess }) => (await patientAccess.openAccessesOf(userId, [patientId])).get(patientId) === id }),
    secondsLeft: t.int({ description: 'By the server’s clock; 0 once it is over.', resolve: ({ endedAt, expiresAt }) => (endedAt === null ? Math.max(0, Math.ceil((expiresAt.getTime() - Date.now()) / 1_000)) : 0) }),
    reviews: t.relation('reviews', { description: 'Newest first: it counts, those before it were corrected.', query: { orderBy: [{ reviewedAt: 'desc' }, { id: 'asc' }] } }),
    entries: t.field({
      type: [AccessLogEntryType],
      description: 'What the person did about the patient while it lasted, oldest first, at most 100.',
      resolve: ({ patientId, userId, startedAt, endedAt, expiresAt }, _args, { database }) =>
        database.prisma.auditEntry.findMany({ where: { patientId, actorId: userId, occurredAt: { gte: startedAt, lte: endedAt ?? expiresAt } }, orderBy: { id: 'asc' }, take: mostEntries }),
    }),
  }),
});
