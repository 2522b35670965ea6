import type { CommandResult, Refusal } from '../graphql/command.ts';
import type { TaskVerification } from '../graphql/model.ts';
import type { Problem } from '../graphql/problem.ts';
import type { CompletedTask } from './documents.ts';

/**
 * The three stages that a person sees: 已提交 (on its way), 处理中 (received; the process has not answered),
 * 结果. Nothing is done until the process says so.
 */
export type Submission =
  | { readonly stage: 'editing' }
  | { readonly stage: 'submitted' }
  | { readonly stage: 'processing' }
  /** The first person's part is done; a second one has to verify it. */
  | { readonly stage: 'performed'; readonly verification: TaskVerification }
  | { readonly stage: 'done'; readonly next: readonly string[] }
  | { readonly stage: 'refused'; readonly refusal: Refusal }
  | { readonly stage: 'problem'; readonly problem: Problem };

/** The stage after the server's answer. */
export function afterAnswer(result: CommandResult<CompletedTask>): Submission {
  if (result.kind === 'refused') return { stage: 'refused', refusal: result.refusal };
  if (result.kind === 'problem') return { stage: 'problem', problem: result.problem };
  const { task, processInstance } = result.payload;
  if (!result.payload.pending && task?.status === 'open' && task.verification !== null) return { stage: 'performed', verification: task.verification };
  if (result.payload.pending || (task !== null && task.status === 'open')) return { stage: 'processing' };
  return { stage: 'done', next: [...new Set(processInstance?.activeElements.map((element) => element.elementId) ?? [])] };
}

/** What a newer reading of the task means for a submission that is still being processed. */
export function afterReading(submission: Submission, status: 'open' | 'completed' | 'cancelled'): Submission {
  return submission.stage === 'processing' && status === 'completed' ? { stage: 'done', next: [] } : submission;
}
