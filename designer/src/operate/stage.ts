import type { CommandResult, Refusal } from '../graphql/command.ts';
import type { Problem } from '../graphql/problem.ts';

/**
 * How far an operation is: being written, 已提交 (on its way), 处理中 (safe in the inbox; the case has not answered),
 * 结果. Nothing is done until the case says so.
 */
export type Stage =
  | { readonly stage: 'editing' }
  | { readonly stage: 'submitted' }
  | { readonly stage: 'processing' }
  | { readonly stage: 'done' }
  | { readonly stage: 'refused'; readonly refusal: Refusal }
  | { readonly stage: 'problem'; readonly problem: Problem };

/** The stage after the server's answer; `pending` means that the case itself has not answered. */
export function afterAnswer(result: CommandResult<{ readonly pending: boolean }>): Stage {
  if (result.kind === 'refused') return { stage: 'refused', refusal: result.refusal };
  if (result.kind === 'problem') return { stage: 'problem', problem: result.problem };
  return { stage: result.payload.pending ? 'processing' : 'done' };
}

/** What a newer reading of the case means: an operation in the inbox is done once its effect is seen. */
export function afterReading(stage: Stage, hasTakenEffect: boolean): Stage {
  return stage.stage === 'processing' && hasTakenEffect ? { stage: 'done' } : stage;
}

/** True while the fields can be changed: before sending, and after an answer that asks for another try. */
export function isEditable({ stage }: Stage): boolean {
  return stage === 'editing' || stage === 'refused' || stage === 'problem';
}
