import { literalPattern, type Prisma } from '#database';
import { builder } from '../builder.ts';
import { instanceIdOf, plainIdOf } from '../global-ids.ts';
import { checkPage } from '../page.ts';
import { badArgument } from '../request-errors.ts';
import { AlertType } from '../types/alert.ts';
import { AuditEntryType } from '../types/audit-entry.ts';
import { IncidentType } from '../types/incident.ts';
import { PatientType } from '../types/patient.ts';
import { ProcessInstanceType } from '../types/process-instance.ts';
import { TaskType } from '../types/task.ts';
import type { RequestContext } from '../context.ts';

type Given<Value> = Value | null | undefined;
/** An instance id that cannot be one matches nothing. */
const noInstance = '00000000-0000-0000-0000-000000000000';

const instanceStatuses = ['created', 'running', 'paused', 'completed', 'cancelled', 'failed'];
const taskStatuses = ['open', 'completed', 'cancelled'];

/** Refuses a status that no row has: an empty list would say that there are none. */
function checkStatus(status: Given<string>, statuses: readonly string[]): void {
  if (status != null && !statuses.includes(status)) throw badArgument('INPUT_INVALID', 'status', `Expected status to be one of ${statuses.join(', ')}, but it is none of them`);
}

function instancesWhere({ status, processKey, patientId }: { status?: Given<string>; processKey?: Given<string>; patientId?: Given<string> }, { visibility, visibilityBy }: RequestContext): Prisma.ProcessInstanceWhereInput {
  return { AND: [patientId ? visibilityBy('ProcessInstance.patient').ProcessInstance : visibility.ProcessInstance, { ...(status ? { status } : {}), ...(processKey ? { processKey } : {}), ...(patientId ? { patientId: plainIdOf('Patient', patientId) } : {}) }] };
}

builder.queryField('processInstances', (t) =>
  t.prismaConnection({
    type: ProcessInstanceType,
    cursor: 'id',
    args: { status: t.arg.string({ description: instanceStatuses.join(' | ') }), processKey: t.arg.string(), patientId: t.arg.id() },
    totalCount: (_connection, args, context) => context.database.prisma.processInstance.count({ where: instancesWhere(args, context) }),
    resolve: (query, _root, args, context) => {
      checkPage(args, 'uuid');
      checkStatus(args.status, instanceStatuses);
      return context.database.prisma.processInstance.findMany({ ...query, where: instancesWhere(args, context), orderBy: [{ createdAt: 'desc' }, { id: 'asc' }] });
    },
  }),
);

function tasksWhere({ mine, unit, patientId, status }: { mine?: Given<boolean>; unit?: Given<string>; patientId?: Given<string>; status?: Given<string> }, { visibility, visibilityBy, viewer }: RequestContext): Prisma.UserTaskWhereInput {
  return { AND: [patientId ? visibilityBy('Task.patient').Task : visibility.Task, { status: status ?? 'open', ...(mine ? { assignee: viewer.id } : {}), ...(unit ? { unit } : {}), ...(patientId ? { patientId: plainIdOf('Patient', patientId) } : {}) }] };
}

builder.queryField('tasks', (t) =>
  t.prismaConnection({
    type: TaskType,
    cursor: 'id',
    description: 'Open tasks when no status is given; most urgent first.',
    args: { mine: t.arg.boolean(), unit: t.arg.string(), patientId: t.arg.id(), status: t.arg.string({ description: taskStatuses.join(' | ') }) },
    totalCount: (_connection, args, context) => context.database.prisma.userTask.count({ where: tasksWhere(args, context) }),
    resolve: (query, _root, args, context) => {
      checkPage(args, 'text');
      checkStatus(args.status, taskStatuses);
      return context.database.prisma.userTask.findMany({ ...query, where: tasksWhere(args, context), orderBy: [{ priority: 'desc' }, { dueAt: { sort: 'asc', nulls: 'last' } }, { createdAt: 'asc' }, { id: 'asc' }] });
    },
  }),
);

function incidentsWhere({ open }: { open?: Given<boolean> }, { visibility }: RequestContext): Prisma.IncidentWhereInput {
  return { AND: [visibility.Incident, open === true ? { resolvedAt: null } : open === false ? { resolvedAt: { not: null } } : {}] };
}

builder.queryField('incidents', (t) =>
  t.prismaConnection({
    type: IncidentType,
    cursor: 'id',
    args: { open: t.arg.boolean() },
    totalCount: (_connection, args, context) => context.database.prisma.incident.count({ where: incidentsWhere(args, context) }),
    resolve: (query, _root, args, context) => {
      checkPage(args, 'text');
      return context.database.prisma.incident.findMany({ ...query, where: incidentsWhere(args, context), orderBy: [{ raisedAt: 'desc' }, { id: 'asc' }] });
    },
  }),
);

function entriesWhere({ instanceId, patientId, actorId, action, ruleSet }: { instanceId?: Given<string>; patientId?: Given<string>; actorId?: Given<string>; action?: Given<string>; ruleSet?: Given<string> }, { visibility, visibilityBy }: RequestContext): Prisma.AuditEntryWhereInput {
  return {
    AND: [
      patientId ? visibilityBy('AuditEntry.patient').AuditEntry : visibility.AuditEntry,
      { ...(instanceId ? { instanceId: instanceIdOf(instanceId) ?? noInstance } : {}), ...(patientId ? { patientId: plainIdOf('Patient', patientId) } : {}), ...(actorId ? { actorId } : {}), ...(action ? { action } : {}) },
      ruleSet ? { ruleSet, OR: [{ action: { startsWith: 'rules.' } }, { action: 'command.refused' }] } : {},
    ],
  };
}

builder.queryField('auditTrail', (t) =>
  t.prismaConnection({
    type: AuditEntryType,
    cursor: 'id',
    description: 'The record, newest first.',
    args: {
      instanceId: t.arg.id(), patientId: t.arg.id(), actorId: t.arg.string(), action: t.arg.string(),
      ruleSet: t.arg.string({ description: 'The key of a rule set: what was done to it, and what was refused. Its decisions stand with their cases.' }),
    },
    totalCount: (_connection, args, context) => context.database.prisma.auditEntry.count({ where: entriesWhere(args, context) }),
    resolve: (query, _root, args, context) => {
      checkPage(args, 'sequence');
      const { instanceId, patientId, actorId, action, ruleSet } = args;
      context.reads.search({ ...(ruleSet ? { ruleSet } : {}), ...(instanceId ? { instanceId } : {}), ...(patientId ? { patientId: plainIdOf('Patient', patientId) } : {}), ...(actorId ? { actorId } : {}), ...(action ? { action } : {}) });
      if (patientId) context.reads.add(plainIdOf('Patient', patientId));
      return context.database.prisma.auditEntry.findMany({ ...query, where: entriesWhere(args, context), orderBy: { id: 'desc' } });
    },
  }),
);

function patientsWhere({ search, unit }: { search?: Given<string>; unit?: Given<string> }, { visibility }: RequestContext): Prisma.PatientWhereInput {
  const stay = { endedAt: null, ...(unit ? { wardId: unit } : {}) };
  const text = search?.trim();
  return {
    AND: [
      visibility.Patient,
      unit ? { encounters: { some: stay } } : {},
      text ? { OR: [{ id: text }, { AND: [visibility.identifiable, { OR: [{ name: { contains: literalPattern(text) } }, { encounters: { some: { endedAt: null, OR: [{ id: text }, { bed: text }, { wristband: text }] } } }] }] }] } : {},
    ],
  };
}

builder.queryField('patients', (t) =>
  t.prismaConnection({
    type: PatientType,
    cursor: 'id',
    description: 'Patients by number, name, bed or wristband.',
    args: { search: t.arg.string(), unit: t.arg.string() },
    totalCount: (_connection, args, context) => context.database.prisma.patient.count({ where: patientsWhere(args, context) }),
    resolve: async (query, _root, args, context) => {
      checkPage(args, 'text');
      const rows = await context.database.prisma.patient.findMany({ ...query, where: patientsWhere(args, context), orderBy: { id: 'asc' } });
      for (const { id } of rows) context.reads.add(id);
      return rows;
    },
  }),
);

function alertsWhere({ open }: { open?: Given<boolean> }, { visibility }: RequestContext): Prisma.ClinicalAlertWhereInput {
  return { AND: [visibility.Alert, open === true ? { acknowledgedAt: null } : open === false ? { acknowledgedAt: { not: null } } : {}] };
}

builder.queryField('alerts', (t) =>
  t.prismaConnection({
    type: AlertType,
    cursor: 'id',
    args: { open: t.arg.boolean() },
    totalCount: (_connection, args, context) => context.database.prisma.clinicalAlert.count({ where: alertsWhere(args, context) }),
    resolve: (query, _root, args, context) => {
      checkPage(args, 'text');
      return context.database.prisma.clinicalAlert.findMany({ ...query, where: alertsWhere(args, context), orderBy: [{ raisedAt: 'desc' }, { id: 'asc' }] });
    },
  }),
);
