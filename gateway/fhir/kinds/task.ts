import type { Prisma } from '#database';
import { subjectOf } from '../../identity/subjects.ts';
import { isUuid } from '../../graphql/global-ids.ts';
import { systems } from '../ids.ts';
import { afterInTime, doorOf, hidesByRole, placeInTime } from '../kind.ts';
import { stagesOf, taskResource, taskStages, type TaskRow, type TaskStage } from '../mappers/task.ts';
import { instantFilters } from '../search/dates.ts';
import { actorParameter, dateParameter, idParameter, referenceParameter, tokenParameter, visiblePatients, type Parameter } from '../search/parameters.ts';

type Where = Prisma.UserTaskWhereInput;

const field = 'Task.patient';

const patient: Parameter<Where> = referenceParameter('Patient', async (keys, context) => ({ AND: [{ patientId: { in: await visiblePatients(keys, context) } }, context.visibilityBy(field).Task] }));

/** The columns of a stage, as `stageOf` reads them. */
const stageWhere: Readonly<Record<TaskStage, Where>> = {
  open: { status: 'open', performedAt: null, assignee: null },
  claimed: { status: 'open', performedAt: null, assignee: { not: null }, owner: null },
  delegated: { status: 'open', performedAt: null, assignee: { not: null }, owner: { not: null } },
  'to-verify': { status: 'open', performedAt: { not: null } },
  completed: { status: 'completed' },
  cancelled: { status: { notIn: ['open', 'completed'] } },
};
const inStages = (stages: readonly TaskStage[]): Where | undefined => (stages.length === 0 ? undefined : { OR: stages.map((stage) => stageWhere[stage]) });

export const taskDoor = doorOf<Where, TaskRow>({
  type: 'Task',
  searchOperation: 'Query.tasks',
  parameters: {
    _id: idParameter((keys) => ({ id: { in: [...keys] } })),
    identifier: tokenParameter({ [systems.task]: (code) => (code === undefined ? {} : { id: code }) }),
    'group-identifier': tokenParameter({ [systems.processInstance]: (code) => (code === undefined ? {} : isUuid(code) ? { instanceId: code } : undefined) }),
    patient,
    subject: patient,
    status: tokenParameter({ 'http://hl7.org/fhir/task-status': (code) => (code === undefined ? {} : inStages(stagesOf(code))) }),
    'business-status': tokenParameter({ [systems.taskStatus]: (code) => (code === undefined ? {} : inStages(taskStages.filter((stage) => stage === code))) }),
    code: tokenParameter({ [systems.element]: (code) => (code === undefined ? {} : { elementId: code }) }),
    performer: tokenParameter({ [systems.role]: (code) => (code === undefined ? { NOT: { candidateRoles: { isEmpty: true } } } : { candidateRoles: { has: code } }) }),
    owner: actorParameter({ [systems.person]: 'Practitioner' }, (id) => ({ OR: [{ assignee: id }, { assignee: null, completedBy: id }] })),
    'authored-on': dateParameter((date) => instantFilters(date).map((createdAt) => ({ createdAt }))),
  },
  visible: ({ visibility }) => visibility.Task,
  byKey: (id) => ({ id }),
  count: (where, { database }) => database.prisma.userTask.count({ where }),
  page: (where, { after, take }, { database }) =>
    database.prisma.userTask.findMany({ where: { AND: [where, afterInTime('createdAt', after)] }, include: { instance: { select: { bundleHash: true } } }, orderBy: [{ createdAt: 'desc' }, { id: 'asc' }], take }),
  placeOf: ({ createdAt, id }) => placeInTime(createdAt, id),
  async write(row, { access, bundles, loaders, reads, language }) {
    const subject = subjectOf('Task', row);
    if (!access.reaches('Task', subject)) return undefined;
    const { elementId, patientId, unit, instance, assignee, owner, completedBy } = row;
    const seesPatient = patientId !== null && (await access.sees(field, subject)) && access.reaches('Patient', { patientId });
    if (seesPatient) reads.add(patientId);
    const people = [assignee, owner, completedBy].filter((id) => id !== null);
    const [bundle, wardName, ...names] = await Promise.all([bundles.get(instance.bundleHash), unit === null ? undefined : loaders.wardName(unit), ...people.map((id) => loaders.actorName(id))]);
    return taskResource(row, { name: bundle.elements.get(elementId)?.name?.[language] ?? elementId, seesPatient, nameOf: (id) => names[people.indexOf(id)], wardName: wardName?.[language] });
  },
  // Whose a task is, is hidden by role alone.
  isHiding: async ({ patients }, { viewer }) => patients !== undefined && hidesByRole('Task', field, viewer.roles),
});
