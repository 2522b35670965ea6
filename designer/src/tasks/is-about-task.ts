import type { Task } from '../graphql/model.ts';
import type { TasksChange } from './documents.ts';

/** Whether a change is about the task. A change without an id may be about any. The id's own text is compared, since it may name the case twice. */
export function isAboutTask({ taskId }: Pick<TasksChange, 'taskId'>, task: Pick<Task, 'id' | 'taskId'>): boolean {
  if (taskId === null || taskId === task.id || taskId === task.taskId) return true;
  try {
    return atob(taskId).endsWith(`:${task.taskId}`);
  } catch {
    return false;
  }
}
