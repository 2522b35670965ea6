import type { Prisma } from '#database';
import { actorReference, fhirIdOf, ownReference, referenceTo, systems } from '../ids.ts';
import { masked, metaOf } from '../masked.ts';
import type { CodeableConcept, Reference, TaskResource } from '../resources.ts';

export type TaskRow = Prisma.UserTaskGetPayload<{ include: { instance: { select: { bundleHash: true } } } }>;

/** What is known beside the row, and what the policy lets the viewer see of it. */
export interface TaskView {
  readonly name: string;
  readonly seesPatient: boolean;
  /** Names of people, by their id. */
  readonly nameOf: (personId: string) => string | undefined;
  readonly wardName: string | undefined;
}

/** Where a task is in its life, in the product's words and in those of R4's TaskStatus. */
const stages = {
  open: { status: 'requested', text: 'Open for whoever it is for' },
  claimed: { status: 'accepted', text: 'Taken by a person' },
  delegated: { status: 'accepted', text: 'Handed to a person for a while' },
  'to-verify': { status: 'in-progress', text: 'Done by one person, to be verified by another' },
  completed: { status: 'completed', text: 'Completed' },
  cancelled: { status: 'cancelled', text: 'Cancelled' },
} as const;
export type TaskStage = keyof typeof stages;
export const taskStages = Object.keys(stages) as readonly TaskStage[];

/** The stages of a status of R4; none for a status that no task has here. */
export function stagesOf(status: string): readonly TaskStage[] {
  return taskStages.filter((stage) => stages[stage].status === status);
}

/** The columns that say in which stage a task is. */
export function stageOf({ status, assignee, owner, performedAt }: Pick<TaskRow, 'status' | 'assignee' | 'owner' | 'performedAt'>): TaskStage {
  if (status !== 'open') return status === 'completed' ? 'completed' : 'cancelled';
  if (performedAt !== null) return 'to-verify';
  if (assignee === null) return 'open';
  return owner === null ? 'claimed' : 'delegated';
}

/** R4 §12.1 Task: work for a person. Its input and what was entered stay with GraphQL. */
export function taskResource(row: TaskRow, { name, seesPatient, nameOf, wardName }: TaskView): TaskResource {
  const { id, instanceId, elementId, patientId, candidateRoles, assignee, owner, completedBy, unit, dueAt, createdAt, performedAt, endedAt } = row;
  const fhirId = fhirIdOf(id);
  const stage = stageOf(row);
  const processInstance = { system: systems.processInstance, value: instanceId };
  const person = (personId: string): Reference => actorReference(personId, 'person', nameOf(personId));
  const responsible = assignee ?? completedBy;
  const period = { ...(performedAt === null ? {} : { start: performedAt.toISOString() }), ...(endedAt === null ? {} : { end: endedAt.toISOString() }) };
  return {
    resourceType: 'Task',
    ...(fhirId === undefined ? {} : { id: fhirId }),
    ...metaOf({ isRedacted: patientId !== null && !seesPatient }),
    identifier: [{ system: systems.task, value: id }],
    groupIdentifier: processInstance,
    status: stages[stage].status,
    businessStatus: concept(systems.taskStatus, stage, stages[stage].text),
    intent: 'order',
    code: concept(systems.element, elementId, name),
    focus: { identifier: processInstance },
    ...(patientId === null ? {} : { for: seesPatient ? referenceTo('Patient', patientId, systems.patient) : { extension: masked } }),
    ...(Object.keys(period).length === 0 ? {} : { executionPeriod: period }),
    authoredOn: createdAt.toISOString(),
    // A task that has ended does not change any more; of the others the last change is not kept.
    ...(endedAt === null ? {} : { lastModified: endedAt.toISOString() }),
    requester: owner === null ? ownReference : person(owner),
    performerType: candidateRoles.map((role) => concept(systems.role, role)),
    ...(responsible === null ? {} : { owner: person(responsible) }),
    ...(unit === null ? {} : { location: referenceTo('Location', unit, systems.ward, wardName) }),
    ...(dueAt === null ? {} : { restriction: { period: { end: dueAt.toISOString() } } }),
  };
}

function concept(system: string, code: string, text?: string): CodeableConcept {
  return { coding: [{ system, code }], ...(text === undefined ? {} : { text }) };
}
