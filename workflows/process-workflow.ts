import {
  allHandlersFinished,
  ApplicationFailure,
  continueAsNew,
  defineQuery,
  defineUpdate,
  patched,
  proxyActivities,
  setHandler,
  sleep,
} from '@temporalio/workflow';
import type { ProcessActivities } from '#activities';
import { compileOnce, createInitialState, type Failure, type ProcessState } from '#engine';
import { bundleArgument } from './bundle-argument.ts';
import { isContinuationDue } from './held-calls.ts';
import { Instance, type ProcessVersion } from './instance.ts';
import { now } from './now.ts';
import type { PublishedBundle } from './payload-converter.ts';
import type { ProcessWorkflowInput, ProcessWorkflowResult } from './process-input.ts';
import { rememberedCommands } from './recorder.ts';
import { eventOfUpdate, prematureSignal, unfitVersion, updateNames, type UpdateAccepted, type UpdateInput, type UpdateName } from './updates.ts';

/**
 * Every process runs as this one workflow: the default export serves each workflow type, and the type
 * is the process key. It receives, steps, executes commands and records; `step` alone decides.
 */
export default async function processWorkflow(bundle: PublishedBundle, input: ProcessWorkflowInput): Promise<ProcessWorkflowResult> {
  const version = versionOf(input.bundleHash, bundle);
  const accepted: string[] = [...(input.resume?.accepted ?? [])];
  const instance = new Instance({
    version,
    state: input.resume?.state ?? createInitialState(version.plan, { instanceId: input.instanceId, businessKey: input.businessKey, ...(input.parent ? { parent: input.parent } : {}) }),
    sequence: input.resume?.sequence ?? 0,
    accepted,
    ...(input.patientId ? { patientId: input.patientId } : {}),
  });

  // Begun before the handlers stand, and both before the first await: an update in the very first task finds an
  // instance that runs.
  const refusal = beginRun(instance, input, accepted);
  for (const name of updateNames) serveUpdate(name, instance, accepted);
  setHandler(defineQuery<ProcessState>('state'), () => instance.state);

  const isDone = () => (instance.hasEnded || isContinuationDue() || instance.heldCalls.length > 0) && instance.isQuiet && allHandlersFinished();
  // Looked at once more: a timer that fires in the same activation gives an instance that was quiet something to do.
  do await instance.run(isDone);
  while (!isDone());
  if (!instance.hasEnded) await reachNextTask((isReached) => instance.run(() => isReached() && isDone()), isDone);
  if (refusal) throw ApplicationFailure.nonRetryable(refusal.message, refusal.code);
  if (!instance.hasEnded) {
    const { reopen: _reopened, compensate: _undone, ...kept } = input;
    await continueAsNew<typeof processWorkflow>(bundleArgument(instance.version.hash), {
      ...kept,
      bundleHash: instance.version.hash,
      resume: { state: instance.state, sequence: instance.recorder.sequence, accepted: accepted.slice(-rememberedCommands), ...(instance.heldCalls.length > 0 ? { calls: instance.heldCalls } : {}) },
    });
  }
  return { status: instance.state.status };
}

/** Most instances find their plan compiled. */
function versionOf(hash: string, bundle: PublishedBundle): ProcessVersion {
  return { hash, plan: compileOnce(hash, () => bundle.read()) };
}

/** What a run does first; gives the reason when the process does not admit it. */
function beginRun(instance: Instance, { resume, reopen, compensate, start: { claims, ...start } }: ProcessWorkflowInput, accepted: string[]): Failure | undefined {
  const base = { id: claims.commandId, at: now(), actor: claims.actor };
  if (!resume) return instance.begin({ ...base, type: 'instanceStarted', ...start }, claims);
  const event = reopen ? { ...base, type: 'instanceReopened' as const, ...reopen, variables: start.variables } : compensate && { ...base, type: 'instanceCompensated' as const, ...compensate };
  if (!event) {
    instance.resume(resume.calls ?? []);
    return undefined;
  }
  const result = instance.handle(event, claims);
  if (result.kind === 'refused') return result.failure;
  accepted.push(claims.commandId);
  return undefined;
}

const { nextTask } = proxyActivities<Pick<ProcessActivities, 'nextTask'>>({ startToCloseTimeout: '10 seconds', retry: { initialInterval: '200 milliseconds', maximumInterval: '10 seconds' } });

/**
 * Goes on until another workflow task: when something comes just as a run is continued, Temporal refuses the task that
 * continues it, and what had been recorded in that task would be recorded again. Once is enough: an instance to which
 * something comes all the time must be continued too.
 *
 * The answer of an activity is what brings another task soonest: Temporal's timers come up to a second late.
 */
async function reachNextTask(run: (isReached: () => boolean) => Promise<void>, isDone: () => boolean): Promise<void> {
  let isReached = false;
  void (patched('next-task') ? nextTask() : sleep(1)).then(() => {
    isReached = true;
  });
  do await run(() => isReached);
  while (!isDone());
}

function serveUpdate<Name extends UpdateName>(name: Name, instance: Instance, accepted: string[]): void {
  const toEvent = (input: UpdateInput<Name>) => eventOfUpdate[name](input.body, { id: input.claims.commandId, at: now(), actor: input.claims.actor }, instance);
  const isRepeat = (input: UpdateInput<Name>) => accepted.includes(input.claims.commandId);
  const targetOf = ({ body }: UpdateInput<Name>, bundle?: PublishedBundle) => (bundle && 'bundleHash' in body ? versionOf(body.bundleHash, bundle) : undefined);

  setHandler(
    defineUpdate<UpdateAccepted, [UpdateInput<Name>, PublishedBundle | undefined]>(name),
    async (input, bundle) => {
      if (isRepeat(input)) return { status: 'accepted', sequence: instance.recorder.sequence };
      const result = instance.handle(toEvent(input), input.claims, targetOf(input, bundle));
      if (result.kind === 'refused') throw ApplicationFailure.nonRetryable(result.failure.message, result.failure.code, result.failure);
      accepted.push(input.claims.commandId);
      await instance.recorder.recorded(result.sequence);
      return { status: 'accepted', sequence: result.sequence };
    },
    {
      validator: (input, bundle) => {
        if (isRepeat(input)) return;
        const failure = prematureSignal(input.body, instance.state.lastId) ?? unfitVersion(input.body, instance.version.hash) ?? instance.refusalOf(toEvent(input), targetOf(input, bundle));
        if (failure) throw ApplicationFailure.nonRetryable(failure.message, failure.code, failure);
      },
    },
  );
}
