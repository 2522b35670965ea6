import type { LocalizedText } from '#engine';
import { canClaim, canComplete, eligibleFor } from '../../identity/task-rights.ts';
import { builder } from '../builder.ts';
import { maskedFieldsDescription, maskedFieldsOf } from '../masked-fields.ts';
import type { ProcessForm } from '../process-bundles.ts';
import { relatedPatient } from '../visible-rows.ts';
import { whyOf } from '../why.ts';
import { AssigneeType } from './actor.ts';
import { LocalizedTextType } from './localized-text.ts';
import { PatientType } from './patient.ts';

const TaskFormType = builder.objectRef<ProcessForm>('TaskForm').implement({
  fields: (t) => ({
    schema: t.field({ type: 'JSON', description: 'JSON Schema of the data.', resolve: ({ schema }) => schema }),
    uiSchema: t.field({ type: 'JSON', resolve: ({ uiSchema }) => uiSchema }),
    title: t.field({ type: LocalizedTextType, nullable: true, resolve: ({ title }) => title ?? null }),
  }),
});

interface Verification {
  readonly performedBy: readonly string[];
  readonly performedAt: Date;
  readonly until: Date | null;
}

const TaskVerificationType = builder.objectRef<Verification>('TaskVerification').implement({
  description: 'A first person has done it; another one has to verify it.',
  fields: (t) => ({
    performedBy: t.field({ type: [AssigneeType], description: 'Who did it, and on whose behalf.', resolve: ({ performedBy }) => performedBy.map((id) => ({ id })) }),
    performedAt: t.field({ type: 'DateTime', resolve: ({ performedAt }) => performedAt }),
    until: t.field({ type: 'DateTime', nullable: true, description: 'Later, what was done counts no more.', resolve: ({ until }) => until }),
  }),
});

/** Work for a person. */
export const TaskType = builder.prismaNode('UserTask', {
  name: 'Task',
  id: { field: 'id' },
  description: 'Work for a person.',
  // What names and forms are looked up by.
  include: { instance: { select: { bundleHash: true } } },
  fields: (t) => ({
    taskId: t.exposeString('id', { description: '`<instance id>:<id within the instance>`' }),
    elementId: t.exposeString('elementId'),
    name: t.field({
      type: LocalizedTextType,
      resolve: async ({ elementId, instance }, _args, { bundles }): Promise<LocalizedText> => (await bundles.get(instance.bundleHash)).elements.get(elementId)?.name ?? { 'zh-CN': elementId, en: elementId },
    }),
    status: t.exposeString('status', { description: 'open | completed | cancelled' }),
    candidateRoles: t.exposeStringList('candidateRoles'),
    assignee: t.field({ type: AssigneeType, nullable: true, resolve: ({ assignee }) => (assignee === null ? null : { id: assignee }) }),
    owner: t.field({ type: AssigneeType, nullable: true, description: 'Who has delegated it and gets it back.', resolve: ({ owner }) => (owner === null ? null : { id: owner }) }),
    unit: t.exposeString('unit', { nullable: true }),
    dueAt: t.expose('dueAt', { type: 'DateTime', nullable: true }),
    followUpAt: t.expose('followUpAt', { type: 'DateTime', nullable: true, description: 'From when it should be looked at again.' }),
    verification: t.field({
      type: TaskVerificationType,
      nullable: true,
      description: 'Present from when the first person has done it.',
      resolve: ({ performedBy, performedAt, verifyUntil }) => (performedAt === null ? null : { performedBy, performedAt, until: verifyUntil }),
    }),
    priority: t.exposeInt('priority'),
    maskedFields: t.stringList({ description: maskedFieldsDescription, resolve: maskedFieldsOf('Task') }),
    patient: t.field({
      type: PatientType,
      nullable: true,
      resolve: ({ patientId }, _args, context) => relatedPatient(patientId, context),
    }),
    input: t.field({
      type: 'JSON',
      nullable: true,
      resolve: ({ input, patientId }, _args, { reads }) => {
        if (patientId !== null) reads.add(patientId);
        return input;
      },
    }),
    formKey: t.exposeString('form'),
    form: t.field({ type: TaskFormType, nullable: true, resolve: async ({ form, instance }, _args, { bundles }) => (await bundles.get(instance.bundleHash)).forms.get(form) ?? null }),
    presentation: t.string({
      description: 'form | bedsideScan',
      resolve: async ({ elementId, instance }, _args, { bundles }) => {
        const element = (await bundles.get(instance.bundleHash)).elements.get(elementId);
        return (element?.type === 'userTask' ? element.presentation : undefined) ?? 'form';
      },
    }),
    why: t.field({ type: LocalizedTextType, nullable: true, description: 'Why there is this task, in words.', resolve: (task, _args, context) => whyOf(task, context) }),
    processInstance: t.relation('instance'),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    endedAt: t.expose('endedAt', { type: 'DateTime', nullable: true }),
    completedBy: t.string({ nullable: true, resolve: async ({ completedBy }, _args, { loaders }) => (completedBy === null ? null : ((await loaders.actorName(completedBy)) ?? completedBy)) }),
    delegates: t.field({
      type: [AssigneeType],
      description: 'The people to whom the viewer can hand it for a while, by name; the first fifty.',
      resolve: async (task, _args, { database, viewer }) => (task.status === 'open' ? database.prisma.user.findMany({ where: { AND: [eligibleFor(task), { id: { not: viewer.id } }] }, select: { id: true }, orderBy: { name: 'asc' }, take: 50 }) : []),
    }),
    canClaim: t.boolean({ resolve: (task, _args, { viewer }) => canClaim(task, viewer) }),
    canComplete: t.boolean({ resolve: (task, _args, { viewer }) => canComplete(task, viewer) }),
  }),
});
