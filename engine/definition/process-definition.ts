import { z } from 'zod';
import { expression, localizedTextSchema, variableDeclarationSchema } from './basics.ts';
import { businessCalendarSchema } from './calendar.ts';
import { flowElementSchema, sequenceFlowSchema } from './flow-elements.ts';

/**
 * The canonical JSON form of a process: one-to-one with the BPMN 2.0.2 elements that Careloop executes.
 * `key` is stable over versions; `version` is what its owners call this one.
 */
export const processDefinitionSchema = z.object({
  format: z.literal('careloop-process/1'),
  key: z.string().regex(/^[\p{L}_][\p{L}\p{M}\p{N}_.·-]{0,63}$/u, 'Expected an NCName of at most 64 characters'),
  version: z.string().min(1).max(32),
  name: localizedTextSchema,
  documentation: z.string().optional(),
  variables: z.array(variableDeclarationSchema),
  /** FEEL over the start variables: what the instance is called in lists, never with patient data. */
  subject: expression.optional(),
  /** By key, for timers. */
  calendars: z.record(z.string().max(64), businessCalendarSchema).optional(),
  flowElements: z.array(flowElementSchema).min(1).max(10_000),
  sequenceFlows: z.array(sequenceFlowSchema).max(20_000),
});
export type ProcessDefinition = z.infer<typeof processDefinitionSchema>;
