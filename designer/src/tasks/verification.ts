import { isContainer } from '../instances/picture/graph-element.ts';
import type { Task } from '../graphql/model.ts';

/** What a task's two-person rule asks of the others, as the process says it. */
export interface VerificationRule {
  /** Roles of the second person; those of the task when the rule names none. */
  readonly roles: readonly string[];
}

/**
 * Where the viewer stands in the two-person rule: `none` has none or is over, `first` will do it and others verify,
 * `performed` did it and waits for another, `second` verifies independently.
 */
export type VerificationStage = 'none' | 'first' | 'performed' | 'second';

/** Where the viewer stands. The rule itself is known only to the process, what was done already only to the task. */
export function verificationStage(task: Pick<Task, 'status' | 'verification'>, viewerId: string, rule: VerificationRule | undefined): VerificationStage {
  if (task.status !== 'open') return 'none';
  if (task.verification === null) return rule === undefined ? 'none' : 'first';
  return task.verification.performedBy.some(({ id }) => id === viewerId) ? 'performed' : 'second';
}

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields & { readonly type: string } => typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
const textsOf = (value: unknown): readonly string[] | undefined => (Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : undefined);

/** Finds the two-person rule of an element in a definition's document; undefined when it has none. */
export function verificationRuleOf(document: unknown, elementId: string): VerificationRule | undefined {
  const elements: unknown = typeof document === 'object' && document !== null && 'flowElements' in document ? document.flowElements : [];
  for (const element of Array.isArray(elements) ? elements : []) {
    if (!isFields(element)) continue;
    const { verification } = element;
    if (element['id'] === elementId) return typeof verification === 'object' && verification !== null ? { roles: textsOf('candidateRoles' in verification ? verification.candidateRoles : undefined) ?? textsOf(element['candidateRoles']) ?? [] } : undefined;
    const inner = isContainer(element) ? verificationRuleOf(element, elementId) : undefined;
    if (inner !== undefined) return inner;
  }
  return undefined;
}

/** Names one step of the work at a task: what the first person enters must never become the second one's draft. */
export function draftIdOf(task: Pick<Task, 'id' | 'verification'>): string {
  return task.verification === null ? task.id : `${task.id}@${task.verification.performedAt}`;
}
