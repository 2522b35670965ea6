import type { UserTask } from './definition/index.ts';
import { EngineError } from './failure.ts';
import type { Variables } from './json.ts';
import type { ProcessPlan } from './plan.ts';
import type { ElementInstance, ProcessState, UserTaskState } from './state.ts';

/** Where the definition says none. */
export const defaultPriority = 50;

/** All that is known of an open user task. BPMN 2.0.2 §10.3.4.1. */
export interface OpenUserTask extends UserTaskState {
  readonly elementId: string;
  /** Of the second person while it is being verified, as is `form`. */
  readonly candidateRoles: readonly string[];
  /** Key of the form in `forms/`. */
  readonly form: string;
  /** 0–100. */
  readonly priority: number;
  /** What its inputs gave when it was created. */
  readonly input: Variables;
  readonly createdAt: string;
}

/** The open tasks of an instance, whole, in the order of the state. */
export function openUserTasks(plan: ProcessPlan, state: ProcessState): OpenUserTask[] {
  return Object.values(state.userTasks).map((task) => userTaskOf(plan, state, task));
}

/** The whole task to what the state keeps of it. States of earlier releases kept all of it, and say the same. */
export function userTaskOf(plan: ProcessPlan, state: ProcessState, stored: UserTaskState): OpenUserTask {
  const instance = instanceOf(state, stored);
  const { candidateRoles, form } = offerOf(plan, instance.elementId, stored.verifying !== undefined);
  return { ...stored, elementId: instance.elementId, candidateRoles, form, priority: stored.priority ?? defaultPriority, input: stored.input ?? {}, createdAt: stored.createdAt ?? instance.activatedAt };
}

/** What the state has to keep of a task: a waiting task is the commonest token, and each record of a large instance reads them all. */
export function storedUserTask(state: ProcessState, task: OpenUserTask): UserTaskState {
  const { id, elementInstanceId, candidateUnit, assignee, owner, dueAt, followUpAt, priority, subject, input, createdAt, verifying } = task;
  return {
    id,
    elementInstanceId,
    ...(candidateUnit === undefined ? {} : { candidateUnit }),
    ...(assignee === undefined ? {} : { assignee }),
    ...(owner === undefined ? {} : { owner }),
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(followUpAt === undefined ? {} : { followUpAt }),
    ...(priority === defaultPriority ? {} : { priority }),
    ...(subject === undefined ? {} : { subject }),
    ...(Object.keys(input).length === 0 ? {} : { input }),
    ...(createdAt === instanceOf(state, task).activatedAt ? {} : { createdAt }),
    ...(verifying ? { verifying } : {}),
  };
}

/** To whom the task is offered, and as what: with `isVerifying`, to the second person. */
function offerOf(plan: ProcessPlan, elementId: string, isVerifying: boolean): Pick<UserTask, 'candidateRoles' | 'form'> {
  const definition = plan.elementsById.get(elementId)?.definition;
  if (definition?.type !== 'userTask') throw new EngineError('STATE_INVALID', `Expected ${elementId} to be a user task, but the process has none of that id`);
  const { candidateRoles, form, verification } = definition;
  return isVerifying ? { candidateRoles: verification?.candidateRoles ?? candidateRoles, form: verification?.form ?? form } : { candidateRoles, form };
}

function instanceOf(state: ProcessState, task: Pick<UserTaskState, 'id' | 'elementInstanceId'>): ElementInstance {
  const instance = state.elementInstances[task.elementInstanceId];
  if (!instance) throw new EngineError('STATE_INVALID', `Expected the element instance of task ${task.id}, but there is none`);
  return instance;
}
