import { z } from 'zod';
import { parseDuration, parseInstant } from '../instant.ts';
import type { Json } from '../json.ts';

/** `careloop-script/1`: what happens to an instance, step by step, and what is expected of it. See docs/scenario-format.md. */

const json: z.ZodType<Json> = z.json();
const variables = z.record(z.string(), json);
const actor = z.object({ id: z.string().min(1), roles: z.array(z.string()), unit: z.string().optional(), kind: z.enum(['person', 'system', 'device']).optional(), onBehalfOf: z.string().optional() });
const instant = z.string().refine((text) => parseInstant(text) !== undefined, 'Expected an ISO 8601 instant');
const duration = z.string().refine((text) => parseDuration(text) !== undefined, 'Expected an ISO 8601 duration');
/** Which of several open instances of an element, from 1 in the order in which they were activated; of the process with this key. */
const target = { element: z.string().min(1), occurrence: z.number().int().min(1).optional(), process: z.string().optional() };
const times = z.object({ occurredAt: instant.optional(), deviceAt: instant.optional(), timeSource: z.string().optional(), lateEntry: z.boolean().optional() });

const stepSchemas = {
  start: z.strictObject({ variables, at: instant.optional(), message: z.string().optional(), signal: z.string().optional(), element: z.string().optional(), process: z.string().optional(), as: actor.optional() }),
  claim: z.strictObject({ ...target, as: actor }),
  release: z.strictObject({ ...target, as: actor, reason: z.string().optional() }),
  complete: z.strictObject({ ...target, as: actor, data: variables.optional(), reason: z.string().optional(), times: times.optional() }),
  delegate: z.strictObject({ ...target, as: actor, to: z.string().min(1), reason: z.string().optional() }),
  rejectVerification: z.strictObject({ ...target, as: actor, reason: z.string() }),
  activate: z.strictObject({ ...target, activity: z.string().min(1), as: actor.optional() }),
  answer: z.strictObject({ ...target, result: json.optional() }),
  fail: z.strictObject({ ...target, message: z.string().optional() }),
  error: z.strictObject({ ...target, errorCode: z.string(), message: z.string().optional() }),
  escalate: z.strictObject({ ...target, escalationCode: z.string(), payload: variables.optional() }),
  unanswered: z.strictObject(target),
  decide: z.strictObject({ ...target, result: json, version: z.string().optional() }),
  message: z.strictObject({ name: z.string().min(1), correlationKey: z.string().min(1), payload: variables.optional(), as: actor.optional() }),
  signal: z.strictObject({ name: z.string().min(1), payload: variables.optional(), as: actor.optional() }),
  advance: duration,
  operator: z.strictObject({ ...target, resolution: z.enum(['retry', 'skip', 'confirmDone', 'confirmNotDone']), result: json.optional(), reason: z.string(), variables: variables.optional(), as: actor.optional() }),
  cancel: z.strictObject({ reason: z.string(), as: actor.optional() }),
};

/** One step: an object with exactly one of the keys of `StepKind`. */
export const scriptStepSchema = z.union([
  z.strictObject({ start: stepSchemas.start }),
  z.strictObject({ claim: stepSchemas.claim }),
  z.strictObject({ release: stepSchemas.release }),
  z.strictObject({ complete: stepSchemas.complete }),
  z.strictObject({ delegate: stepSchemas.delegate }),
  z.strictObject({ rejectVerification: stepSchemas.rejectVerification }),
  z.strictObject({ activate: stepSchemas.activate }),
  z.strictObject({ answer: stepSchemas.answer }),
  z.strictObject({ fail: stepSchemas.fail }),
  z.strictObject({ error: stepSchemas.error }),
  z.strictObject({ escalate: stepSchemas.escalate }),
  z.strictObject({ unanswered: stepSchemas.unanswered }),
  z.strictObject({ decide: stepSchemas.decide }),
  z.strictObject({ message: stepSchemas.message }),
  z.strictObject({ signal: stepSchemas.signal }),
  z.strictObject({ advance: stepSchemas.advance }),
  z.strictObject({ operator: stepSchemas.operator }),
  z.strictObject({ cancel: stepSchemas.cancel }),
]);
export type ScriptStep = z.infer<typeof scriptStepSchema>;
export type ScriptActor = z.infer<typeof actor>;

const expectationSchema = z.strictObject({
  status: z.enum(['created', 'running', 'completed', 'cancelled', 'failed']).optional(),
  /** The whole path. */
  path: z.array(z.string()).optional(),
  /** These variables have these values; others are not looked at. */
  variables: variables.optional(),
  /** Elements of all open tasks, in any order. */
  tasks: z.array(z.string()).optional(),
  /** Every message sent, in order; what is left out is not looked at. */
  messages: z.array(z.strictObject({ name: z.string(), correlationKey: z.string().optional(), payload: variables.optional() })).optional(),
  /** Every ledger step, in order; `item` may be left out. */
  ledger: z.array(z.strictObject({ loop: z.string(), step: z.string(), item: z.string().optional() })).optional(),
  /** All open incidents, in any order. */
  incidents: z.array(z.strictObject({ element: z.string(), code: z.string().optional() })).optional(),
  /** Every refused step by its position from 1, in order. A refusal that is not expected is a failure. */
  refused: z.array(z.strictObject({ step: z.number().int().min(1), code: z.string() })).optional(),
});
export type ScriptExpectation = z.infer<typeof expectationSchema>;

export const scriptSchema = z.strictObject({
  format: z.literal('careloop-script/1'),
  name: z.object({ 'zh-CN': z.string(), en: z.string() }).optional(),
  description: z.string().optional(),
  /** What service tasks answer by activity type, unless a step speaks of their element. */
  services: z.record(z.string(), json).optional(),
  /** Call activities whose processes the script plays although no step speaks of them: they stay open. */
  openCalls: z.array(z.string().min(1)).optional(),
  steps: z.array(scriptStepSchema).min(1),
  expect: expectationSchema.optional(),
});
export type Script = z.infer<typeof scriptSchema>;
/** A script as an author writes it; zod's output is the same. */
export type ScriptInput = z.input<typeof scriptSchema>;

/** A script, or what keeps the JSON from being one, each with its path. */
export type ParsedScript = { readonly ok: true; readonly script: Script } | { readonly ok: false; readonly findings: readonly { readonly path: string; readonly message: string }[] };

/** Reads a scenario or `--script` file. */
export function parseScript(input: unknown): ParsedScript {
  const parsed = scriptSchema.safeParse(input);
  if (parsed.success) return { ok: true, script: parsed.data };
  return { ok: false, findings: parsed.error.issues.flatMap((issue) => findingsOf(issue, input)) };
}

function findingsOf(issue: z.core.$ZodIssue, input: unknown): { path: string; message: string }[] {
  const [first, index] = issue.path;
  if (issue.code === 'invalid_union' && first === 'steps' && typeof index === 'number') return stepFindings(input, index);
  return [{ path: `/${issue.path.map(String).join('/')}`, message: issue.message }];
}

/** Tells what is wrong with a step by its own kind, not by all kinds. */
function stepFindings(input: unknown, index: number): { path: string; message: string }[] {
  const step: unknown = (input as { steps: unknown[] }).steps[index];
  const keys = typeof step === 'object' && step !== null ? Object.keys(step) : [];
  const kind = keys[0];
  const path = `/steps/${index}`;
  if (keys.length !== 1 || kind === undefined || !(kind in stepSchemas)) return [{ path, message: `Expected exactly one of ${Object.keys(stepSchemas).join(', ')}, but found ${keys.join(', ') || 'none'}` }];
  const parsed = stepSchemas[kind as keyof typeof stepSchemas].safeParse((step as Record<string, unknown>)[kind]);
  return (parsed.error?.issues ?? []).map((issue) => ({ path: [path, kind, ...issue.path.map(String)].join('/'), message: issue.message }));
}
