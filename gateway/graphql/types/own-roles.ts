import { builder } from '../builder.ts';
import { EndingLicenceType } from './ending-licence.ts';
import { AbsenceType, QualificationType, RoleAssignmentType } from './person.ts';

/** A person's roles as they see them: by the id of that person. */
export const OwnRolesType = builder.objectRef<{ readonly userId: string }>('OwnRoles').implement({
  description: 'The viewer’s own roles, and what they passed on or hold for others.',
  fields: (t) => ({
    assignments: t.prismaField({ type: [RoleAssignmentType], description: 'Not ended; those passed on to the viewer as well.', resolve: (query, { userId }, _args, { database }) => database.prisma.roleAssignment.findMany({ ...query, where: { userId, endedAt: null, OR: [{ validUntil: null }, { validUntil: { gt: new Date() } }] }, orderBy: [{ role: 'asc' }, { id: 'asc' }] }) }),
    passedOn: t.prismaField({ type: [RoleAssignmentType], description: 'What the viewer passed on, or has passed on while away; not ended.', resolve: (query, { userId }, _args, { database }) => database.prisma.roleAssignment.findMany({ ...query, where: { onBehalfOf: userId, endedAt: null, validUntil: { gt: new Date() } }, orderBy: [{ validUntil: 'asc' }, { id: 'asc' }] }) }),
    qualifications: t.prismaField({ type: [QualificationType], resolve: (query, { userId }, _args, { database }) => database.prisma.qualification.findMany({ ...query, where: { userId, revokedAt: null }, orderBy: [{ code: 'asc' }, { validFrom: 'asc' }] }) }),
    endingLicences: t.field({ type: [EndingLicenceType], description: 'Of the viewer, by their end: within sixty days, or over.', resolve: async ({ userId }, _args, { loaders }) => [...((await loaders.endingLicences(userId)) ?? [])] }),
    absences: t.prismaField({ type: [AbsenceType], description: 'Of the viewer, or for which the viewer stands in; not over.', resolve: (query, { userId }, _args, { database }) => database.prisma.absence.findMany({ ...query, where: { OR: [{ userId }, { substituteId: userId }], endedAt: null, endsAt: { gt: new Date() } }, orderBy: [{ startsAt: 'asc' }, { id: 'asc' }] }) }),
  }),
});
