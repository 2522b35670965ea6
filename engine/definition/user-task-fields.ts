import { z } from 'zod';
import { expression, identifier, localizedTextSchema } from './basics.ts';

/** Marks an element as an expected step of a closed loop (order, dose, specimen, payment). `item` is FEEL giving its id. */
export const ledgerMarkSchema = z.object({ loop: z.string(), step: z.string(), item: expression });
export type LedgerMark = z.infer<typeof ledgerMarkSchema>;

/** A condition that must hold for a completion to be accepted; FEEL over `input` (the task's inputs), `data` (the form) and `actor`. */
export const completionCheckSchema = z.object({
  code: z.string().regex(/^[A-Z][A-Z0-9_]*$/),
  condition: expression,
  message: localizedTextSchema,
  /** FEEL; the check applies only when it holds. */
  when: expression.optional(),
});
export type CompletionCheck = z.infer<typeof completionCheckSchema>;

/**
 * A second person confirms what the first one did, independently: until then the task is not done.
 * The second person's checks see `first` (the data of the first person) besides `input`, `data` and `actor`.
 */
export const verificationSchema = z.object({
  /** Who may verify; the task's own candidate roles when absent. */
  candidateRoles: z.array(z.string()).min(1).optional(),
  /** Key of the verifier's form; the task's own when absent. */
  form: z.string().optional(),
  checks: z.array(completionCheckSchema).optional(),
  /** FEEL giving a duration in which the second person has to confirm; later, the first one's work counts no more. */
  timeLimit: expression.optional(),
});
export type Verification = z.infer<typeof verificationSchema>;

/** What a user task has besides being an activity. BPMN 2.0.2 §10.3.4.1. */
export const userTaskFields = {
  /** Who may claim it: any of these roles, in the ward that `candidateUnit` (FEEL) gives. */
  candidateRoles: z.array(z.string()).min(1),
  candidateUnit: expression.optional(),
  /** FEEL giving a person's id: assigns at once. */
  assignee: expression.optional(),
  /** Key of the form in `forms/`. */
  form: z.string(),
  /** FEEL giving a date-time. */
  dueDate: expression.optional(),
  /** FEEL giving the date-time from which the task should be looked at again. */
  followUpDate: expression.optional(),
  /** FEEL giving a number 0–100; 50 when absent. */
  priority: expression.optional(),
  /** FEEL giving the id of the patient the task is about. */
  subject: expression.optional(),
  /** Elements whose performer may not complete this one (two-person rule). */
  separation: z.array(identifier).optional(),
  checks: z.array(completionCheckSchema).optional(),
  verification: verificationSchema.optional(),
  /** How the work app presents it; `bedsideScan` opens the scanning page. */
  presentation: z.enum(['form', 'bedsideScan']).optional(),
};
