import { createHash, randomUUID } from 'node:crypto';
import { Client, WorkflowNotFoundError, WorkflowUpdateFailedError, type WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker, type WorkflowBundle } from '@temporalio/worker';
import { signClaims, type ServiceOutcome } from '#activities';
import type { Actor, ProcessBundle, ProcessState, Script, ScriptActor, ScriptStep, Variables } from '#engine';
import { bundleArgument, bundleProcessWorkflow, type InstanceUpdates, type ProcessWorkflowInput, type UpdateName } from '#workflows';
import { addDuration, parseDuration } from '../../engine/instant.ts';
import { ScriptedWorld, type OpenCall } from './scripted-world.ts';
import { testDataConverter, type PayloadsByHash } from './test-data-converter.ts';
import { testTimeSkipping } from './test-temporal.ts';

/** What stands at the end of a script, in the words of `SimulationResult`. */
export interface PlayedOutcome {
  readonly status: ProcessState['status'];
  readonly path: readonly string[];
  readonly variables: Variables;
  /** Elements of the open tasks. */
  readonly tasks: readonly string[];
  readonly incidents: readonly { readonly element: string; readonly code: string }[];
  readonly messages: readonly { readonly name: string; readonly correlationKey: string; readonly payload: Variables }[];
  readonly ledger: readonly { readonly loop: string; readonly step: string; readonly item: string }[];
  readonly refused: readonly { readonly step: number; readonly code: string }[];
  readonly workflowId: string;
}

/** A time-skipping server with the real workflow. */
export interface ScenarioServer {
  readonly environment: TestWorkflowEnvironment;
  readonly client: Client;
  readonly workflowBundle: WorkflowBundle;
  readonly payloads: PayloadsByHash;
  play(bundle: ProcessBundle, script: Script): Promise<PlayedOutcome>;
  stop(): Promise<void>;
}

/**
 * Starts a server that plays scripts against the real workflow: updates as the gateway sends them, outside
 * systems answered by the script, time by `sleep`. A decision that a step speaks of is answered when it is asked
 * for. Not played: message starts, `start.at`, and an `advance` while a service is asked, for the server's clock
 * does not skip meanwhile.
 */
export async function startScenarioServer(): Promise<ScenarioServer> {
  const environment = await TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path: await testTimeSkipping() } } });
  const payloads: PayloadsByHash = new Map();
  const dataConverter = testDataConverter(payloads);
  const client = new Client({ connection: environment.connection, dataConverter, identity: 'careloop' });
  const workflowBundle = await bundleProcessWorkflow();
  return {
    environment,
    client,
    workflowBundle,
    payloads,
    async play(bundle, script) {
      const world = new ScriptedWorld(script, claimsSecret);
      const taskQueue = `scenario-${randomUUID()}`;
      const worker = await Worker.create({ connection: environment.nativeConnection, taskQueue, identity: 'careloop', dataConverter, workflowBundle, activities: { ...world.activities }, shutdownGraceTime: 0 });
      return worker.runUntil(() => new Player({ environment, client, world, taskQueue }).play(script, bundle, publish(bundle, payloads)));
    },
    stop: () => environment.teardown(),
  };
}

const claimsSecret = Buffer.alloc(32, 3);
const starter: Actor = { id: 'starter', kind: 'system', roles: [] };
const operator: Actor = { id: 'operator', kind: 'person', roles: ['operator'] };
const settleTimeoutMs = 20_000;

interface Target { readonly element: string; readonly occurrence?: number | undefined }
interface Message { readonly name: string; readonly correlationKey: string; readonly payload: Variables; readonly actor: Actor }
interface Surroundings { readonly environment: TestWorkflowEnvironment; readonly client: Client; readonly world: ScriptedWorld; readonly taskQueue: string }

/** One instance and the script that it is played by. */
class Player {
  readonly #instanceId = randomUUID();
  readonly #around: Surroundings;
  readonly #handle: WorkflowHandle;
  readonly #refused: { step: number; code: string }[] = [];
  #buffered: Message[] = [];
  #services: ReadonlySet<string> = new Set();
  #commands = 0;

  constructor(around: Surroundings) {
    this.#around = around;
    this.#handle = around.client.workflow.getHandle(`scenario/${this.#instanceId}`);
  }

  async play(script: Script, bundle: ProcessBundle, hash: string): Promise<PlayedOutcome> {
    this.#services = new Set(serviceTasks(bundle.definition.flowElements));
    for (const [index, step] of script.steps.entries()) {
      const code = 'start' in step ? await this.#start(step.start, bundle, hash) : await this.#playStep(step);
      if (code !== undefined) this.#refused.push({ step: index + 1, code });
      await this.#settle();
      await this.#deliverBuffered();
    }
    const state = await this.#settle();
    for (const open of [...this.#around.world.calls]) open.answer({ kind: 'completed', result: {} });
    if (state.status !== 'running') await this.#handle.result();
    return this.#outcome(state);
  }

  async #start({ variables, as, at, message }: Extract<ScriptStep, { start: unknown }>['start'], { definition }: ProcessBundle, bundleHash: string): Promise<undefined> {
    if (at !== undefined || message !== undefined) throw new Error('Expected a start without at and message, which are not played on Temporal');
    const input: ProcessWorkflowInput = { bundleHash, instanceId: this.#instanceId, businessKey: this.#instanceId, start: { claims: this.#claims(as ? actorOf(as) : starter), variables } };
    await this.#around.client.workflow.start(definition.key, { workflowId: this.#handle.workflowId, taskQueue: this.#around.taskQueue, args: [bundleArgument(bundleHash), input] });
  }

  async #playStep(step: Exclude<ScriptStep, { start: unknown }>): Promise<string | undefined> {
    const state = await this.#state();
    if ('claim' in step) return this.#update('claimTask', { taskId: this.#taskOf(state, step.claim) }, actorOf(step.claim.as));
    if ('release' in step) return this.#update('releaseTask', { taskId: this.#taskOf(state, step.release), ...optional({ reason: step.release.reason }) }, actorOf(step.release.as));
    if ('complete' in step) {
      const { as, data = {}, reason, times } = step.complete;
      return this.#update('completeTask', { taskId: this.#taskOf(state, step.complete), data, ...optional({ reason }), ...(times ? { times: optional(times) } : {}) }, actorOf(as));
    }
    if ('message' in step) {
      const { name, correlationKey, payload = {}, as } = step.message;
      return this.#publish(state, { name, correlationKey, payload, actor: as ? actorOf(as) : starter });
    }
    if ('advance' in step) return this.#advance(step.advance);
    if ('operator' in step) {
      const { resolution: kind, result, reason, variables, as } = step.operator;
      const resolution = kind === 'confirmDone' && result !== undefined ? { kind, result } : { kind };
      const incidentId = pick(inOrder(Object.values(state.incidents)), step.operator, ({ elementId }) => elementId, 'incident').id;
      return this.#update('resolveIncident', { incidentId, resolution, reason, ...optional({ variables }) }, as ? actorOf(as) : operator);
    }
    if ('cancel' in step) return this.#update('cancelInstance', { reason: step.cancel.reason }, step.cancel.as ? actorOf(step.cancel.as) : operator);
    if ('decide' in step) return undefined;
    if ('answer' in step || 'fail' in step || 'error' in step || 'unanswered' in step) this.#answer(step);
    else throw new Error(`Expected a step that Temporal can be driven with, but got ${Object.keys(step).join()}`);
    return undefined;
  }

  #answer(step: Extract<ScriptStep, { answer: unknown } | { fail: unknown } | { error: unknown } | { unanswered: unknown }>): void {
    const target = 'answer' in step ? step.answer : 'fail' in step ? step.fail : 'error' in step ? step.error : step.unanswered;
    const open: OpenCall = pick(this.#around.world.calls, target, ({ call }) => call.elementId, 'service call');
    open.answer(outcomeOf(step, target.element));
  }

  /** Goes from timer to timer, as the simulator does, so that what a timer starts counts from its moment. */
  async #advance(text: string): Promise<undefined> {
    if (this.#around.world.calls.length > 0) throw new Error(`Expected no open service call while time passes, but open are: ${this.#around.world.calls.map(({ call }) => call.elementId).join(', ')}`);
    const duration = parseDuration(text);
    const target = duration && addDuration(await this.#now(), duration);
    if (target === undefined) throw new Error(`Expected an ISO 8601 duration, but got ${text}`);
    for (let next = this.#nextTimer(await this.#state(), target); next; next = this.#nextTimer(await this.#state(), target)) {
      await this.#sleepUntil(next.dueMs);
      const { timer } = next;
      await this.#until(async () => (await this.#state()).timers[timer.id]?.dueAt !== timer.dueAt, `timer of ${timer.elementId} to fire`);
      await this.#settle();
    }
    await this.#sleepUntil(target);
    return undefined;
  }

  #nextTimer(state: ProcessState, until: number) {
    return Object.values(state.timers).map((timer) => ({ timer, dueMs: Date.parse(timer.dueAt) })).filter(({ dueMs }) => dueMs <= until).sort((left, right) => left.dueMs - right.dueMs)[0];
  }

  async #sleepUntil(instantMs: number): Promise<void> {
    const durationMs = instantMs - (await this.#now());
    if (durationMs > 0) await this.#around.environment.sleep(durationMs);
  }

  /** Delivers to every open subscription of the instance; with none, keeps it for the first. */
  async #publish(state: ProcessState, message: Message): Promise<string | undefined> {
    const open = inOrder(Object.values(state.subscriptions)).filter((subscription) => subscription.message === message.name && subscription.correlationKey === message.correlationKey);
    if (open.length === 0) this.#buffered.push(message);
    let refusal: string | undefined;
    for (const { id } of open) refusal ??= await this.#update('deliverMessage', { subscriptionId: id, payload: message.payload }, message.actor);
    return refusal;
  }

  async #deliverBuffered(): Promise<void> {
    const messages = this.#buffered;
    this.#buffered = [];
    for (const message of messages) await this.#publish(await this.#settle(), message);
  }

  /** Sends an update as the gateway does and gives the refusal's code. */
  async #update<Name extends UpdateName>(name: Name, body: InstanceUpdates[Name], actor: Actor): Promise<string | undefined> {
    const claims = this.#claims(actor);
    try {
      await this.#handle.executeUpdate(name, { updateId: claims.commandId, args: [{ claims, body }] });
      return undefined;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return 'INSTANCE_NOT_RUNNING';
      if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure && error.cause.type) return error.cause.type;
      throw error;
    }
  }

  #claims(actor: Actor) {
    this.#commands += 1;
    return signClaims(claimsSecret, this.#instanceId, `command-${this.#commands}`, actor);
  }

  #taskOf(state: ProcessState, target: Target): string {
    const earlier = this.#around.world.entries.filter(({ action, elementId }) => action === 'task.created' && elementId === target.element).at(-1);
    const open = inOrder(Object.values(state.userTasks));
    if (earlier?.taskId !== undefined && !open.some(({ elementId }) => elementId === target.element)) return earlier.taskId;
    return pick(open, target, ({ elementId }) => elementId, 'task').id;
  }

  /** Waits until nothing goes on by itself: every call stands open at its service, and all is on record. */
  async #settle(): Promise<ProcessState> {
    let settled: ProcessState | undefined;
    await this.#until(async () => {
      const state = await this.#state();
      this.#around.world.releaseAbandoned(state);
      const isQuiet = this.#isQuiet(state);
      const isSame = settled !== undefined && JSON.stringify(settled) === JSON.stringify(state);
      settled = state;
      return isQuiet && isSame;
    }, 'instance to come to rest');
    return settled ?? this.#state();
  }

  #isQuiet(state: ProcessState): boolean {
    const stopped = new Set(Object.values(state.incidents).map(({ elementInstanceId }) => elementInstanceId));
    const asked = Object.values(state.elementInstances).filter(({ id, elementId, attempt, multiInstance }) => attempt !== undefined && !multiInstance && this.#services.has(elementId) && !stopped.has(id));
    const isAnswering = [...new Set(asked.map(({ elementId }) => elementId))].some((id) => this.#around.world.openCallsAt(id) < asked.filter(({ elementId }) => elementId === id).length);
    const recorded = this.#around.world.batches.at(-1)?.instance;
    return !isAnswering && recorded?.status === state.status && JSON.stringify(recorded.variables) === JSON.stringify(state.scopes['root']?.variables ?? {})
      && JSON.stringify(recorded.activeElements) === JSON.stringify(Object.values(state.elementInstances).map(({ id, elementId, status, activatedAt }) => ({ elementId, elementInstanceId: id, status, since: activatedAt })));
  }

  async #until(isTrue: () => Promise<boolean>, what: string): Promise<void> {
    const deadline = Date.now() + settleTimeoutMs;
    while (!(await isTrue())) {
      if (Date.now() > deadline) throw new Error(`Expected the ${what} within ${settleTimeoutMs} ms, but it did not: ${JSON.stringify(await this.#state())}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  #state(): Promise<ProcessState> {
    return this.#handle.query<ProcessState>('state');
  }

  #now(): Promise<number> {
    return this.#around.environment.currentTimeMs();
  }

  #outcome(state: ProcessState): PlayedOutcome {
    const { world } = this.#around;
    return {
      status: state.status,
      path: pathOf(world.entries),
      variables: state.scopes['root']?.variables ?? {},
      tasks: inOrder(Object.values(state.userTasks)).map(({ elementId }) => elementId),
      incidents: inOrder(Object.values(state.incidents)).map(({ elementId, failure }) => ({ element: elementId, code: failure.code })),
      messages: world.messages.map(({ message, correlationKey, payload }) => ({ name: message, correlationKey, payload })),
      ledger: world.batches.flatMap(({ ledger }) => ledger).map(({ loop, step, item }) => ({ loop, step, item })),
      refused: this.#refused,
      workflowId: this.#handle.workflowId,
    };
  }
}

/** Publishes a bundle to the payload store and gives its hash. */
export function publish(bundle: ProcessBundle, payloads: PayloadsByHash): string {
  const bytes = Buffer.from(JSON.stringify(bundle));
  const hash = createHash('sha256').update(bytes).digest('hex');
  payloads.set(hash, bytes);
  return hash;
}

/** Completed elements in order; the body of a multi-instance activity stands for itself only when it had no items. */
function pathOf(entries: ScriptedWorld['entries']): string[] {
  const hadItems = (detail: unknown): boolean => typeof detail === 'object' && detail !== null && 'numberOfInstances' in detail && detail.numberOfInstances !== 0;
  return entries.flatMap(({ action, elementId, detail }) => (action === 'element.completed' && elementId !== undefined && !hadItems(detail) ? [elementId] : []));
}

function outcomeOf(step: Extract<ScriptStep, { answer: unknown } | { fail: unknown } | { error: unknown } | { unanswered: unknown }>, elementId: string): ServiceOutcome {
  if ('answer' in step) return { kind: 'completed', result: step.answer.result ?? {} };
  if ('fail' in step) return { kind: 'failed', failure: { code: 'SERVICE_FAILED', elementId, message: step.fail.message ?? 'Expected the service to act, but it did not' } };
  if ('error' in step) return { kind: 'error', error: { errorCode: step.error.errorCode, ...optional({ message: step.error.message }) } };
  return { kind: 'unknown', failure: { code: 'SERVICE_OUTCOME_UNKNOWN', elementId, message: 'Expected an answer, but none came' } };
}

function serviceTasks(elements: ProcessBundle['definition']['flowElements']): string[] {
  return elements.flatMap((element) => (element.type === 'subProcess' ? serviceTasks(element.flowElements) : element.type === 'serviceTask' ? [element.id] : []));
}

function pick<Entry>(entries: readonly Entry[], { element, occurrence = 1 }: Target, elementOf: (entry: Entry) => string, what: string): Entry {
  const found = entries.filter((entry) => elementOf(entry) === element)[occurrence - 1];
  if (!found) throw new Error(`Expected occurrence ${occurrence} of an open ${what} of ${element}, but open are: ${entries.map(elementOf).join(', ') || 'none'}`);
  return found;
}

function inOrder<Entry extends { readonly id: string }>(entries: readonly Entry[]): Entry[] {
  return entries.toSorted((left, right) => Number(left.id.slice(1)) - Number(right.id.slice(1)));
}

function actorOf({ id, roles, unit, kind = 'person', onBehalfOf }: ScriptActor): Actor {
  return { id, kind, roles, ...optional({ unit, onBehalfOf }) };
}

function optional<Value extends object>(value: Value): { [Key in keyof Value]?: Exclude<Value[Key], undefined> } {
  // Only members that are undefined are left out.
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as { [Key in keyof Value]?: Exclude<Value[Key], undefined> };
}
