import type { LocalizedText } from '#engine';
import { personRoles } from '../../identity/policy.ts';
import { qualificationCodes } from '../../identity/role-requirements.ts';
import { assignmentStatus, assignmentStatuses, endsSoon, type AssignmentStatus } from '../../people/index.ts';
import { builder } from '../builder.ts';
import type { RequestContext } from '../context.ts';
import { AssigneeType } from './actor.ts';
import { LocalizedTextType } from './localized-text.ts';

/** Who is named by an id; null for none and for what no person did. */
const personOf = (id: string | null) => (id === null ? null : { id });

async function wardOf(unit: string | null, { loaders }: RequestContext): Promise<LocalizedText | null> {
  return unit === null ? null : ((await loaders.wardName(unit)) ?? null);
}

export const PersonRoleEnum = builder.enumType('PersonRole', { values: Object.fromEntries(personRoles.map((role) => [role.toUpperCase().replaceAll('-', '_'), { value: role }])) });
export const QualificationCodeEnum = builder.enumType('QualificationCode', { values: Object.fromEntries(qualificationCodes.map((code) => [code.toUpperCase().replaceAll('-', '_'), { value: code }])) });

const AssignmentStatusEnum = builder.enumType('RoleAssignmentStatus', {
  values: Object.fromEntries(assignmentStatuses.map((status) => [status.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase(), { value: status }])) as Record<string, { value: AssignmentStatus }>,
});

export const RoleAssignmentType = builder.prismaObject('RoleAssignment', {
  description: 'That a person has a role for a time (FHIR R4 PractitionerRole).',
  fields: (t) => ({
    id: t.exposeID('id'),
    role: t.exposeString('role'),
    unit: t.exposeString('unit', { nullable: true, description: 'The ward; null in the whole hospital.' }),
    unitName: t.field({ type: LocalizedTextType, nullable: true, resolve: ({ unit }, _args, context) => wardOf(unit, context) }),
    kind: t.exposeString('kind', { description: 'regular | delegation | substitution' }),
    status: t.field({ type: AssignmentStatusEnum, description: 'QUALIFICATION_MISSING: its time is now, but a licence, the owner’s own role or the account is not valid, so that it gives no right.', resolve: async (assignment, _args, { loaders }) => assignmentStatus(assignment, (await loaders.assignmentsInForce(assignment.userId)) ?? []) }),
    person: t.field({ type: AssigneeType, resolve: ({ userId }) => ({ id: userId }) }),
    onBehalfOf: t.field({ type: AssigneeType, nullable: true, description: 'Whose role it is, for a delegate or substitute.', resolve: ({ onBehalfOf }) => personOf(onBehalfOf) }),
    reason: t.exposeString('reason', { nullable: true }),
    validFrom: t.expose('validFrom', { type: 'DateTime' }),
    validUntil: t.expose('validUntil', { type: 'DateTime', nullable: true }),
    grantedBy: t.field({ type: AssigneeType, resolve: ({ grantedBy }) => ({ id: grantedBy }) }),
    grantedAt: t.expose('grantedAt', { type: 'DateTime' }),
    confirmedBy: t.field({ type: AssigneeType, nullable: true, description: 'The second person, for an administrator’s role.', resolve: ({ confirmedBy }) => personOf(confirmedBy) }),
    endedAt: t.expose('endedAt', { type: 'DateTime', nullable: true }),
    endedBy: t.field({ type: AssigneeType, nullable: true, resolve: ({ endedBy }) => personOf(endedBy) }),
    endReason: t.exposeString('endReason', { nullable: true }),
  }),
});

export const RoleProposalType = builder.prismaObject('RoleProposal', {
  description: 'An administrator’s role that one administrator wants a person to have; another decides.',
  fields: (t) => ({
    id: t.exposeID('id'),
    role: t.exposeString('role'),
    reason: t.exposeString('reason'),
    validFrom: t.expose('validFrom', { type: 'DateTime' }),
    proposedBy: t.field({ type: AssigneeType, resolve: ({ proposedBy }) => ({ id: proposedBy }) }),
    proposedAt: t.expose('proposedAt', { type: 'DateTime' }),
    decidedBy: t.field({ type: AssigneeType, nullable: true, resolve: ({ decidedBy }) => personOf(decidedBy) }),
    decidedAt: t.expose('decidedAt', { type: 'DateTime', nullable: true }),
    outcome: t.exposeString('outcome', { nullable: true, description: 'confirmed | rejected' }),
  }),
});

export const QualificationType = builder.prismaObject('Qualification', {
  description: 'A licence that a role needs (FHIR R4 Practitioner.qualification).',
  fields: (t) => ({
    id: t.exposeID('id'),
    code: t.exposeString('code', { description: 'physician-licence | nurse-licence | pharmacist-licence' }),
    identifier: t.exposeString('identifier', { nullable: true, description: 'Number of the certificate.' }),
    validFrom: t.expose('validFrom', { type: 'DateTime' }),
    validUntil: t.expose('validUntil', { type: 'DateTime', nullable: true }),
    recordedBy: t.field({ type: AssigneeType, resolve: ({ recordedBy }) => ({ id: recordedBy }) }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime' }),
    revokedAt: t.expose('revokedAt', { type: 'DateTime', nullable: true }),
    expiresSoon: t.boolean({ description: 'Valid now, over within thirty days of the calendar, and replaced by no other.', resolve: async ({ id, userId }, _args, { loaders }) => ((await loaders.endingLicences(userId)) ?? []).some((ending) => ending.qualificationId === id && endsSoon(ending)) }),
  }),
});

export const AbsenceType = builder.prismaObject('Absence', {
  description: 'That a person is away, and who stands in for them.',
  fields: (t) => ({
    id: t.exposeID('id'),
    person: t.field({ type: AssigneeType, resolve: ({ userId }) => ({ id: userId }) }),
    substitute: t.field({ type: AssigneeType, resolve: ({ substituteId }) => ({ id: substituteId }) }),
    startsAt: t.expose('startsAt', { type: 'DateTime' }),
    endsAt: t.expose('endsAt', { type: 'DateTime' }),
    reason: t.exposeString('reason'),
    enteredBy: t.field({ type: AssigneeType, resolve: ({ enteredBy }) => ({ id: enteredBy }) }),
    endedAt: t.expose('endedAt', { type: 'DateTime', nullable: true }),
    tasksPassedAt: t.expose('tasksPassedAt', { type: 'DateTime', nullable: true, description: 'When the person’s open tasks were handed on.' }),
  }),
});

const PersonShow = builder.enumType('PersonShow', {
  values: { ENABLED: { value: 'enabled' }, DISABLED: { value: 'disabled' }, EXPIRING: { value: 'expiring', description: 'With a licence that runs out within thirty days.' }, TO_CONFIRM: { value: 'toConfirm', description: 'With an administrator’s role that waits for the second person.' } } as const,
});
export { PersonShow };

/** An account as administrators and auditors see it. */
export const PersonType = builder.prismaObject('User', {
  name: 'Person',
  description: 'A person with an account. Accounts are disabled, never deleted.',
  fields: (t) => ({
    id: t.exposeID('id'),
    displayName: t.exposeString('name'),
    username: t.string({ nullable: true, resolve: ({ displayUsername, username }) => displayUsername ?? username }),
    staffNumber: t.exposeString('staffNumber', { nullable: true }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    disabledAt: t.expose('disabledAt', { type: 'DateTime', nullable: true }),
    disabledBy: t.field({ type: AssigneeType, nullable: true, resolve: ({ disabledBy }) => personOf(disabledBy) }),
    canSignIn: t.boolean({ description: 'False until the person has set their first password.', resolve: async ({ id }, _args, { loaders }) => (await loaders.hasAccount(id)) === true }),
    assignments: t.relation('roleAssignments', { description: 'Also those that ended or lie ahead; the newest first.', query: { orderBy: [{ grantedAt: 'desc' }, { id: 'asc' }], take: 200 } }),
    proposals: t.relation('roleProposals', { description: 'Those that wait for a second person.', query: { where: { decidedAt: null } } }),
    qualifications: t.relation('qualifications', { query: { orderBy: [{ recordedAt: 'desc' }, { id: 'asc' }], take: 100 } }),
    absences: t.relation('absences', { query: { orderBy: [{ startsAt: 'desc' }, { id: 'asc' }], take: 100 } }),
  }),
});
