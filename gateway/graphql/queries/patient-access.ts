import type { Prisma } from '#database';
import { accessEntries } from '../../identity/visibility.ts';
import { PatientAccessRefusal, patientsInCareOf } from '../../patient-access/index.ts';
import { builder } from '../builder.ts';
import type { RequestContext } from '../context.ts';
import { plainIdOf } from '../global-ids.ts';
import { checkPage } from '../page.ts';
import { badArgument } from '../request-errors.ts';
import { AccessLogEntryType } from '../types/access-log-entry.ts';
import { CarerType, CareTeamMemberType, SensitivityLabelType } from '../types/care-team.ts';
import { EmergencyAccessType } from '../types/emergency-access.ts';
import { identityOf, PatientIdentityType } from '../types/patient-identity.ts';
import { visiblePatient } from '../visible-rows.ts';

const FoundPatientsType = builder.objectRef<{ readonly patientIds: readonly string[]; readonly isMore: boolean }>('FoundPatients').implement({
  fields: (t) => ({
    patients: t.field({ type: [PatientIdentityType], resolve: ({ patientIds }, _args, context) => Promise.all(patientIds.map((id) => identityOf(id, context))) }),
    isMore: t.exposeBoolean('isMore', { description: 'There are more than are told: say more of the name.' }),
  }),
});

builder.queryField('findPatient', (t) =>
  t.field({
    type: FoundPatientsType,
    description: 'Looks for a patient who lies in the hospital, whoever cares for them, or, as a privacy officer, who ever did: as much as tells one from another. By exactly one of the arguments; on record, at most five, and bounded in number.',
    args: { wristband: t.arg.string(), encounterId: t.arg.string(), name: t.arg.string({ description: 'A part of the name, at least two characters.' }) },
    resolve: async (_root, search, { patientAccess, viewer, visibility }) => {
      try {
        return await patientAccess.searchPatients(viewer, search, visibility.identifiable);
      } catch (error) {
        if (!(error instanceof PatientAccessRefusal)) throw error;
        throw badArgument(error.code, error.place ?? 'name', error.code === 'SEARCH_LIMIT' ? 'Expected fewer searches in ten minutes, but there were too many' : 'Expected a wristband, an inpatient number or at least two characters of a name, but got something else');
      }
    },
  }),
);

const EmergencyAccessStatusEnum = builder.enumType('EmergencyAccessStatus', {
  values: { OPEN: { description: 'Lasts.' }, TO_REVIEW: { description: 'Is over, and nobody has reviewed it.' }, REVIEWED: {} } as const,
});

interface AccessFilter {
  readonly status?: 'OPEN' | 'TO_REVIEW' | 'REVIEWED' | null | undefined;
  readonly personId?: string | null | undefined;
  readonly patientId?: string | null | undefined;
  readonly from?: Date | null | undefined;
  readonly to?: Date | null | undefined;
}

async function accessesWhere({ status, personId, patientId, from, to }: AccessFilter, { database }: RequestContext): Promise<Prisma.EmergencyAccessWhereInput> {
  const rows = await database.prisma.$queryRaw<{ now: Date }[]>`select clock_timestamp() as now`;
  const now = rows[0]?.now ?? new Date();
  const open = { endedAt: null, expiresAt: { gt: now } };
  const byStatus: Prisma.EmergencyAccessWhereInput = status === 'OPEN' ? open : status === 'TO_REVIEW' ? { NOT: open, reviews: { none: {} } } : status === 'REVIEWED' ? { reviews: { some: {} } } : {};
  return { AND: [byStatus, { ...(personId ? { userId: personId } : {}), ...(patientId ? { patientId: plainIdOf('Patient', patientId) } : {}), ...(from || to ? { startedAt: { ...(from ? { gte: from } : {}), ...(to ? { lt: to } : {}) } } : {}) }] };
}

builder.queryField('emergencyAccesses', (t) =>
  t.prismaConnection({
    type: EmergencyAccessType,
    cursor: 'id',
    description: 'Emergency accesses of everybody, newest first.',
    args: { status: t.arg({ type: EmergencyAccessStatusEnum }), personId: t.arg.string(), patientId: t.arg.id(), from: t.arg({ type: 'DateTime' }), to: t.arg({ type: 'DateTime' }) },
    totalCount: async (_connection, args, context) => context.database.prisma.emergencyAccess.count({ where: await accessesWhere(args, context) }),
    resolve: async (query, _root, args, context) => {
      checkPage(args, 'uuid');
      return context.database.prisma.emergencyAccess.findMany({ ...query, where: await accessesWhere(args, context), orderBy: [{ startedAt: 'desc' }, { id: 'asc' }] });
    },
  }),
);

/** How far back one's own accesses are told, and how many. */
const own = { days: 7, most: 50 } as const;

builder.queryField('myEmergencyAccesses', (t) =>
  t.prismaField({
    type: [EmergencyAccessType],
    description: 'The viewer’s own of the last seven days, newest first.',
    args: { open: t.arg.boolean({ description: 'Only those that last.' }) },
    resolve: async (query, _root, { open }, context) =>
      context.database.prisma.emergencyAccess.findMany({
        ...query,
        where: { AND: [{ userId: context.viewer.id, startedAt: { gt: new Date(Date.now() - own.days * 86_400_000) } }, open ? await accessesWhere({ status: 'OPEN' }, context) : {}] },
        orderBy: [{ startedAt: 'desc' }, { id: 'asc' }],
        take: own.most,
      }),
  }),
);

/** Roles that oversee access to patients, and see whose labels and teams they are without seeing the patient. */
const overseers: readonly string[] = ['privacy-officer', 'auditor'];

/** Lets pass who sees the patient or oversees; for anybody else there is no such patient. */
async function requireReach(patientId: string, context: RequestContext): Promise<string> {
  const id = plainIdOf('Patient', patientId);
  const reached = context.viewer.roles.some((role) => overseers.includes(role)) ? await context.database.prisma.patient.findUnique({ where: { id }, select: { id: true } }) : await visiblePatient({ id }, context);
  if (!reached) throw badArgument('PATIENT_NOT_FOUND', 'patientId', 'Expected a patient whom the viewer may see, but found none');
  return id;
}

builder.queryField('careTeam', (t) =>
  t.prismaField({
    type: [CareTeamMemberType],
    description: 'Carers from elsewhere who are in the patient’s care team now.',
    args: { patientId: t.arg.id({ required: true }) },
    resolve: async (query, _root, { patientId }, context) => {
      const id = await requireReach(patientId, context);
      return context.database.prisma.careTeamMember.findMany({ ...query, where: { patientId: id, endedAt: null, validUntil: { gt: new Date() } }, orderBy: [{ validUntil: 'asc' }, { id: 'asc' }] });
    },
  }),
);

builder.queryField('sensitivityLabels', (t) =>
  t.prismaField({
    type: [SensitivityLabelType],
    description: 'The patient’s labels of sensitivity now.',
    args: { patientId: t.arg.id({ required: true }) },
    resolve: async (query, _root, { patientId }, context) => {
      const id = await requireReach(patientId, context);
      return context.database.prisma.sensitivityLabel.findMany({ ...query, where: { patientId: id, removedAt: null }, orderBy: [{ code: 'asc' }] });
    },
  }),
);

builder.queryField('patientIdentity', (t) =>
  t.field({
    type: PatientIdentityType,
    nullable: true,
    description: 'Who a patient is, for those who oversee access.',
    args: { patientId: t.arg.id({ required: true }) },
    resolve: async (_root, { patientId }, { loaders }) => (await loaders.patient(plainIdOf('Patient', patientId))) ?? null,
  }),
);

/** Roles that read who reached a patient of their own ward. */
const wardReaders = ['head-nurse'];

async function requireLogReader(patientId: string, { viewer, database }: RequestContext): Promise<string> {
  const id = plainIdOf('Patient', patientId);
  const reach = viewer.roles.some((role) => overseers.includes(role)) ? {} : patientsInCareOf(viewer, wardReaders);
  if (!(await database.prisma.patient.findFirst({ where: { AND: [{ id }, reach] }, select: { id: true } }))) throw badArgument('PATIENT_NOT_FOUND', 'patientId', 'Expected a patient whose record the viewer may read, but found none');
  return id;
}

builder.queryField('patientAccessLog', (t) =>
  t.prismaConnection({
    type: AccessLogEntryType,
    cursor: 'id',
    description: 'Who reached the patient, when and by which relation, newest first. That it was read is on record too.',
    args: { patientId: t.arg.id({ required: true }) },
    resolve: async (query, _root, args, context) => {
      checkPage(args, 'sequence');
      const patientId = await requireLogReader(args.patientId, context);
      context.reads.search({ patientAccessLog: patientId });
      return context.database.prisma.auditEntry.findMany({ ...query, where: { AND: [{ patientId }, { OR: [...accessEntries] }] }, orderBy: { id: 'desc' } });
    },
  }),
);

builder.queryField('findCarers', (t) =>
  t.field({
    type: [CarerType],
    description: 'Carers by a part of their name or user name, at least two characters; at most ten.',
    args: { text: t.arg.string({ required: true }) },
    resolve: (_root, { text }, { patientAccess }) => {
      if ([...text.trim()].length < 2 || text.length > 64) throw badArgument('INPUT_INVALID', 'text', 'Expected 2 to 64 characters of a name, but got others');
      return patientAccess.searchCarers(text.trim()) as never;
    },
  }),
);

builder.queryField('emergencyAccessMinutes', (t) => t.int({ description: 'How long an emergency access lasts.', resolve: (_root, _args, { patientAccess }) => patientAccess.emergencyAccessMinutes }));
