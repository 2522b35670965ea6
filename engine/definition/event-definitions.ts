import { z } from 'zod';
import { expression, identifier, mappingSchema } from './basics.ts';

/** What a catch event waits for and a throw event does. BPMN 2.0.2 §10.5.5. */

/** Exactly one of the three FEEL expressions. */
export const timerEventDefinitionSchema = z
  .object({
    kind: z.literal('timer'),
    /** FEEL giving a date-time. */
    timeDate: expression.optional(),
    /** FEEL giving a duration. */
    timeDuration: expression.optional(),
    /** ISO 8601 repetition `R[n]/duration`, as a FEEL string. */
    timeCycle: expression.optional(),
    /** Key of a calendar of the process: the duration counts working time only, and a date moves to the next working time. */
    calendar: z.string().max(64).optional(),
  })
  .refine((timer) => [timer.timeDate, timer.timeDuration, timer.timeCycle].filter(Boolean).length === 1, 'Expected exactly one of timeDate, timeDuration, timeCycle')
  .refine((timer) => timer.calendar === undefined || timer.timeCycle === undefined, 'Expected no calendar on a cycle');
export type TimerEventDefinition = z.infer<typeof timerEventDefinitionSchema>;

export const messageEventDefinitionSchema = z.object({
  kind: z.literal('message'),
  message: z.string().min(1).max(128),
  /** FEEL giving a string; omitted where the message starts an instance. */
  correlationKey: expression.optional(),
  /** Catch: from `message` (the payload) to variables. Throw: from variables to the payload. */
  mappings: z.array(mappingSchema).optional(),
});
export type MessageEventDefinition = z.infer<typeof messageEventDefinitionSchema>;

/** Broadcast to everybody who waits for it at that moment; never kept. */
export const signalEventDefinitionSchema = z.object({
  kind: z.literal('signal'),
  signal: z.string().min(1).max(128),
  /** Catch: from `signal` (the payload) to variables. Throw: from variables to the payload. */
  mappings: z.array(mappingSchema).optional(),
});
export type SignalEventDefinition = z.infer<typeof signalEventDefinitionSchema>;

/** Fires when the condition becomes true; `null` (a value not yet known) goes on waiting. */
export const conditionalEventDefinitionSchema = z.object({ kind: z.literal('conditional'), condition: expression });
export type ConditionalEventDefinition = z.infer<typeof conditionalEventDefinitionSchema>;

/** Jumps from a throw event to the catch event of the same name in the same scope. */
export const linkEventDefinitionSchema = z.object({ kind: z.literal('link'), link: z.string().min(1).max(128) });
export type LinkEventDefinition = z.infer<typeof linkEventDefinitionSchema>;

/** A catching event without a code catches every error. */
export const errorEventDefinitionSchema = z.object({ kind: z.literal('error'), errorCode: z.string().max(128).optional(), mappings: z.array(mappingSchema).optional() });
export type ErrorEventDefinition = z.infer<typeof errorEventDefinitionSchema>;

/** Like an error, but it need not interrupt and may stay uncaught. */
export const escalationEventDefinitionSchema = z.object({ kind: z.literal('escalation'), escalationCode: z.string().max(128).optional(), mappings: z.array(mappingSchema).optional() });
export type EscalationEventDefinition = z.infer<typeof escalationEventDefinitionSchema>;

/**
 * Throw: undoes what completed in the scope, or only `activityRef`; with `waitForCompletion` false, the flow goes on meanwhile.
 * Boundary: `handler` is the activity that undoes its host. BPMN 2.0.2 §10.5.5.
 */
export const compensationEventDefinitionSchema = z.object({ kind: z.literal('compensation'), activityRef: identifier.optional(), waitForCompletion: z.boolean().optional(), handler: identifier.optional() });
export type CompensationEventDefinition = z.infer<typeof compensationEventDefinitionSchema>;

/** Ends a transaction: compensates, then leaves over the cancel boundary event. */
export const cancelEventDefinitionSchema = z.object({ kind: z.literal('cancel') });
/** Ends everything in the scope. */
export const terminateEventDefinitionSchema = z.object({ kind: z.literal('terminate') });

const catchable = [timerEventDefinitionSchema, messageEventDefinitionSchema, signalEventDefinitionSchema, conditionalEventDefinitionSchema] as const;
const throwable = [messageEventDefinitionSchema, signalEventDefinitionSchema, escalationEventDefinitionSchema, compensationEventDefinitionSchema] as const;

/** Any one of `events` suffices; with `parallel`, all of them are needed. */
export const multipleCatchSchema = z.object({ kind: z.literal('multiple'), parallel: z.boolean().optional(), events: z.array(z.union([...catchable, errorEventDefinitionSchema, escalationEventDefinitionSchema])).min(2) });
/** Throws all of `events`, in order. */
export const multipleThrowSchema = z.object({ kind: z.literal('multiple'), events: z.array(z.union([...throwable, errorEventDefinitionSchema, cancelEventDefinitionSchema, terminateEventDefinitionSchema])).min(2) });

export const startEventDefinitionSchema = z.union([...catchable, errorEventDefinitionSchema, escalationEventDefinitionSchema, compensationEventDefinitionSchema, multipleCatchSchema]);
export const intermediateCatchDefinitionSchema = z.union([...catchable, linkEventDefinitionSchema, multipleCatchSchema]);
export const boundaryEventDefinitionSchema = z.union([...catchable, errorEventDefinitionSchema, escalationEventDefinitionSchema, compensationEventDefinitionSchema, cancelEventDefinitionSchema, multipleCatchSchema]);
export const intermediateThrowDefinitionSchema = z.union([...throwable, linkEventDefinitionSchema, multipleThrowSchema]);
export const endEventDefinitionSchema = z.union([...throwable, errorEventDefinitionSchema, cancelEventDefinitionSchema, terminateEventDefinitionSchema, multipleThrowSchema]);

/** One event definition of any kind; a multiple one is a list of these. */
export type EventDefinition =
  | TimerEventDefinition | MessageEventDefinition | SignalEventDefinition | ConditionalEventDefinition | LinkEventDefinition
  | ErrorEventDefinition | EscalationEventDefinition | CompensationEventDefinition
  | z.infer<typeof cancelEventDefinitionSchema> | z.infer<typeof terminateEventDefinitionSchema>;
/** Opens something that waits: a timer, a subscription or a condition. */
export type WaitingEventDefinition = TimerEventDefinition | MessageEventDefinition | SignalEventDefinition | ConditionalEventDefinition;

type EventField = EventDefinition | { readonly kind: 'multiple'; readonly parallel?: boolean | undefined; readonly events: readonly EventDefinition[] } | undefined;

/** The definitions of an event: none, one, or those of a multiple event. */
export function eventDefinitionsOf(event: EventField): readonly EventDefinition[] {
  if (event === undefined) return [];
  return event.kind === 'multiple' ? event.events : [event];
}

/** Whether all definitions of the event have to occur. */
export function isParallelMultiple(event: EventField): boolean {
  return event?.kind === 'multiple' && event.parallel === true;
}

/** Whether the definition waits for something to happen outside the flow. */
export function isWaiting(event: EventDefinition): event is WaitingEventDefinition {
  return event.kind === 'timer' || event.kind === 'message' || event.kind === 'signal' || event.kind === 'conditional';
}
