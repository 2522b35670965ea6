import type { Prisma } from '#database';
import { subjectOf } from '../../identity/subjects.ts';
import { systems } from '../ids.ts';
import { doorOf, hidesByRole } from '../kind.ts';
import { auditEventResource, type EntryRow } from '../mappers/audit-event.ts';
import { instantFilters } from '../search/dates.ts';
import { actorParameter, dateParameter, idParameter, referenceParameter, tokenParameter, visiblePatients } from '../search/parameters.ts';

type Where = Prisma.AuditEntryWhereInput;

const field = 'AuditEntry.patient';

/** Whether a text is the number of a line: one that PostgreSQL's bigint surely takes. */
const isNumber = (key: string): boolean => /^\d{1,18}$/.test(key);

export const auditEventDoor = doorOf<Where, EntryRow>({
  type: 'AuditEvent',
  searchOperation: 'Query.auditTrail',
  parameters: {
    _id: idParameter((keys) => ({ id: { in: keys.filter(isNumber).map(BigInt) } })),
    _lastUpdated: dateParameter((date) => instantFilters(date).map((recordedAt) => ({ recordedAt }))),
    date: dateParameter((date) => instantFilters(date).map((recordedAt) => ({ recordedAt }))),
    subtype: tokenParameter({ [systems.action]: (code) => (code === undefined ? {} : { action: code }) }),
    agent: actorParameter({ [systems.person]: 'Practitioner', [systems.client]: 'Device' }, (id, system) => {
      const kind = system === undefined ? {} : { actorKind: system === systems.person ? 'person' : 'system' };
      return { OR: [{ actorId: id, ...kind }, ...(system === systems.client ? [] : [{ onBehalfOf: id }])] };
    }),
    patient: referenceParameter('Patient', async (keys, context) => {
      const patients = await visiblePatients(keys, context);
      for (const each of patients) context.reads.add(each);
      return { AND: [{ patientId: { in: patients } }, context.visibilityBy(field).AuditEntry] };
    }),
  },
  visible: ({ visibility }) => visibility.AuditEntry,
  byKey: (key) => ({ id: { in: isNumber(key) ? [BigInt(key)] : [] } }),
  count: (where, { database }) => database.prisma.auditEntry.count({ where }),
  page: (where, { after, take }, { database }) => database.prisma.auditEntry.findMany({ where: { AND: [where, after === undefined ? {} : { id: { lt: BigInt(after) } }] }, orderBy: { id: 'desc' }, take }),
  placeOf: ({ id }) => id.toString(),
  async write(row, { access, loaders, reads }) {
    const subject = subjectOf('AuditEntry', row);
    if (!access.reaches('AuditEntry', subject)) return undefined;
    const { patientId, actorId, onBehalfOf } = row;
    const seesPatient = patientId !== null && (await access.sees(field, subject)) && access.reaches('Patient', { patientId });
    if (seesPatient) reads.add(patientId);
    const actors = [actorId, ...(onBehalfOf === null ? [] : [onBehalfOf])];
    const names = await Promise.all(actors.map((id) => loaders.actorName(id)));
    return auditEventResource(row, { seesPatient, nameOf: (id) => names[actors.indexOf(id)] });
  },
  // Whose a line is, is hidden by role alone.
  isHiding: async ({ patients }, { viewer }) => patients !== undefined && hidesByRole('AuditEntry', field, viewer.roles),
});
