import { builder } from '../builder.ts';
import { maskedFieldsDescription, maskedFieldsOf } from '../masked-fields.ts';
import { checkPage } from '../page.ts';
import { relatedPatient, timelineOf, visibleInstance } from '../visible-rows.ts';
import { AuditEntryType } from './audit-entry.ts';
import { DecisionType } from './decision.ts';
import { PatientType } from './patient.ts';

interface ActiveElement {
  readonly elementId: string;
  readonly elementInstanceId: string;
  readonly status: string;
  readonly since: string;
}

const ActiveElementType = builder.objectRef<ActiveElement>('ActiveElement').implement({
  description: 'A step that holds a token.',
  fields: (t) => ({
    elementId: t.exposeString('elementId'),
    elementInstanceId: t.exposeString('elementInstanceId'),
    status: t.exposeString('status'),
    since: t.field({ type: 'DateTime', resolve: ({ since }) => new Date(since) }),
  }),
});

interface CompletedElement {
  readonly elementId: string;
  readonly times: number;
}

const CompletedElementType = builder.objectRef<CompletedElement>('CompletedElement').implement({
  description: 'A step that has completed.',
  fields: (t) => ({
    elementId: t.exposeString('elementId'),
    times: t.exposeInt('times'),
  }),
});

/** One run of a process. */
export const ProcessInstanceType = builder.prismaNode('ProcessInstance', {
  id: { field: 'id' },
  description: 'One run of a process.',
  fields: (t) => ({
    processInstanceId: t.exposeString('id', { description: 'UUID' }),
    processKey: t.exposeString('processKey'),
    businessKey: t.exposeString('businessKey', { nullable: true }),
    status: t.exposeString('status', { description: 'created | running | paused | completed | cancelled | failed' }),
    errorCode: t.exposeString('errorCode', { nullable: true, description: 'For `failed`: the modelled error with which it ended.' }),
    unit: t.exposeString('unit', { nullable: true }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', nullable: true }),
    endedAt: t.expose('endedAt', { type: 'DateTime', nullable: true }),
    definition: t.relation('bundle'),
    maskedFields: t.stringList({ description: maskedFieldsDescription, resolve: maskedFieldsOf('ProcessInstance') }),
    // Written by the recording activity.
    activeElements: t.field({ type: [ActiveElementType], resolve: ({ activeElements }) => activeElements as unknown as ActiveElement[] }),
    path: t.stringList({ description: 'Ids of the elements that completed last, in the order in which they did: at most 256. Everything is in `timeline`.', resolve: ({ path }) => path as unknown as string[] }),
    completedElements: t.field({
      type: [CompletedElementType],
      description: 'The elements that have completed, by id, with how often.',
      resolve: ({ completedElements }) => Object.entries(completedElements as Readonly<Record<string, number>>).map(([elementId, times]) => ({ elementId, times })),
    }),
    variables: t.field({
      type: 'JSON',
      nullable: true,
      resolve: ({ variables, patientId }, _args, { reads }) => {
        if (patientId !== null) reads.add(patientId);
        return variables;
      },
    }),
    patient: t.field({
      type: PatientType,
      nullable: true,
      resolve: ({ patientId }, _args, context) => relatedPatient(patientId, context),
    }),
    tasks: t.relation('tasks', { query: (_args, { visibility }) => ({ where: visibility.Task, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], take: 500 }) }),
    incidents: t.relation('incidents', { query: (_args, { visibility }) => ({ where: visibility.Incident, orderBy: [{ raisedAt: 'asc' }, { id: 'asc' }], take: 200 }) }),
    timeline: t.prismaConnection({
      type: AuditEntryType,
      cursor: 'id',
      description: 'What happened, oldest first. Empty for who may not read the record.',
      totalCount: (instance, _args, context) => context.database.prisma.auditEntry.count({ where: timelineOf(instance, context) }),
      resolve: (query, instance, args, context) => {
        checkPage(args, 'sequence');
        return context.database.prisma.auditEntry.findMany({ ...query, where: timelineOf(instance, context), orderBy: { id: 'asc' } });
      },
    }),
    decisions: t.field({
      type: [DecisionType],
      resolve: ({ id }, _args, { database, visibility }) => database.prisma.decision.findMany({ where: { AND: [{ instanceId: id }, visibility.Decision] }, orderBy: { decidedAt: 'asc' }, take: 200 }),
    }),
  }),
});

builder.prismaObjectFields(ProcessInstanceType, (t) => ({
  calledBy: t.field({
    type: ProcessInstanceType,
    nullable: true,
    description: 'The instance whose call activity started it.',
    resolve: ({ parentInstanceId }, _args, context) => (parentInstanceId === null ? null : visibleInstance(parentInstanceId, context)),
  }),
  calls: t.field({
    type: [ProcessInstanceType],
    description: 'The instances that its call activities have started, oldest first.',
    resolve: ({ id }, _args, { database, visibility }) => database.prisma.processInstance.findMany({ where: { AND: [{ parentInstanceId: id }, visibility.ProcessInstance] }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], take: 200 }),
  }),
}));
