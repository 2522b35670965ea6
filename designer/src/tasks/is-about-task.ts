import type { Task } from '../graphql/model.ts';
import type { TasksChange } from './documents.ts';

/** Whether a change is about the task. One without an id may be about any. */
export function isAboutTask({ taskId }: Pick<TasksChange, 'taskId'>, { id }: Pick<Task, 'id'>): boolean {
  return taskId === null || taskId === id;
}
