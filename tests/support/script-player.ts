import { createHash, randomUUID } from 'node:crypto';
import { WorkflowNotFoundError, WorkflowUpdateFailedError, type Client, type WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { signClaims, type ServiceOutcome } from '#activities';
import { allElements, compileOnce, engineActor, startTriggers, type Actor, type ElementMapping, type ProcessBundle, type ProcessState, type RecordEntry, type Script, type ScriptActor, type ScriptStep, type Variables } from '#engine';
import { bundleArgument, type InstanceUpdates, type ProcessWorkflowInput, type UpdateName } from '#workflows';
import { addDuration, parseDuration } from '../../engine/instant.ts';
import type { OpenCall, PublishedProcess, ScriptedWorld } from './scripted-world.ts';

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
  /** Its history, as the record has it. */
  readonly log: readonly RecordEntry[];
  /** The other instances that it called or that were started beside it, in the order in which they began. */
  readonly others: readonly { readonly processKey: string; readonly status: ProcessState['status']; readonly path: readonly string[]; readonly variables: Variables; readonly workflowId: string; readonly log: readonly RecordEntry[] }[];
}

/** The secret of the scripts' gateway. */
export const claimsSecret = Buffer.alloc(32, 3);
const starter: Actor = { id: 'starter', kind: 'system', roles: [] };
const operator: Actor = { id: 'operator', kind: 'person', roles: ['operator'] };
const settleTimeoutMs = 20_000;

interface Target { readonly element: string; readonly occurrence?: number | undefined }
interface Message { readonly name: string; readonly correlationKey: string; readonly payload: Variables; readonly actor: Actor }
interface Surroundings { readonly environment: TestWorkflowEnvironment; readonly client: Client; readonly world: ScriptedWorld; readonly taskQueue: string; readonly processes: readonly PublishedProcess[] }

/** What scripts have no step for. */
export type Operation =
  | { readonly migrateTo: ProcessBundle; readonly mapping: ElementMapping }
  /** After the instance has ended. */
  | { readonly reopenAt: readonly string[] };

/** An instance that is played. */
interface Played {
  readonly id: string;
  readonly processKey: string;
  readonly handle: WorkflowHandle;
}

/** One instance, the script that it is played by, and the instances beside it. */
export class Player {
  readonly #main: Played;
  readonly #others: Played[] = [];
  readonly #around: Surroundings;
  readonly #refused: { step: number; code: string }[] = [];
  readonly #passedOn = { commands: 0, messages: 0, endedCalls: 0 };
  #buffered: Message[] = [];
  #commands = 0;

  constructor(around: Surroundings) {
    this.#around = around;
    this.#main = this.#played(randomUUID(), 'scenario');
  }

  async play(script: Script, startFirst: readonly string[], operations: { readonly [step: number]: Operation }): Promise<PlayedOutcome> {
    for (const key of startFirst) await this.#startOther(key, {});
    for (const [index, step] of script.steps.entries()) {
      const code = 'start' in step ? await this.#start(step.start) : await this.#playStep(step);
      if (code !== undefined) this.#refused.push({ step: index + 1, code });
      await this.#settle();
      const operation = operations[index + 1];
      if (operation) await this.#operate(operation);
      await this.#deliverBuffered();
    }
    const states = await this.#settle();
    for (const open of [...this.#around.world.calls]) open.answer({ kind: 'completed', result: {} });
    for (const { instanceId, status } of states) if (status !== 'running') await this.#playedOf(instanceId).handle.result();
    return this.#outcome(states);
  }

  async #operate(operation: Operation): Promise<void> {
    const reason = 'as the script has it';
    const refusal = 'migrateTo' in operation
      ? await this.#update('migrateInstance', { bundleHash: hashOf(operation.migrateTo), version: operation.migrateTo.definition.version, mapping: operation.mapping, reason }, operator)
      : await this.#reopen(operation.reopenAt, reason);
    if (refusal !== undefined) throw new Error(`Expected the operation to be accepted, but it was refused with ${refusal}`);
    await this.#settle();
  }

  async #reopen(elementIds: readonly string[], reason: string): Promise<undefined> {
    const { id, handle } = this.#main;
    await handle.result();
    const [process] = this.#around.processes;
    const { ended, sequence } = this.#around.world.batchesOf(id).at(-1) ?? {};
    if (!process || !ended || sequence === undefined) throw new Error('Expected an instance that has ended, but it has not');
    const input: ProcessWorkflowInput = { bundleHash: process.hash, instanceId: id, businessKey: id, start: { claims: this.#claims(operator, this.#main), variables: {} }, resume: { ...ended, sequence }, reopen: { elementIds, reason } };
    await this.#around.client.workflow.start(process.bundle.definition.key, { workflowId: handle.workflowId, workflowIdReusePolicy: 'ALLOW_DUPLICATE', taskQueue: this.#around.taskQueue, args: [bundleArgument(process.hash), input] });
  }

  #played(id: string, processKey: string): Played {
    return { id, processKey, handle: this.#around.client.workflow.getHandle(`${processKey}/${id}`) };
  }

  /** The instances that are played by now: a called one from when its caller has been given it. */
  get #all(): readonly Played[] {
    for (const { id, processKey } of this.#around.world.children) if (!this.#others.some((other) => other.id === id)) this.#others.push(this.#played(id, processKey));
    return [this.#main, ...this.#others];
  }

  #playedOf(id: string): Played {
    const found = this.#all.find((played) => played.id === id);
    if (!found) throw new Error(`Expected an instance ${id}, but none is played under this id`);
    return found;
  }

  async #start({ variables, as, at, message, signal, element }: Extract<ScriptStep, { start: unknown }>['start']): Promise<undefined> {
    if (at !== undefined) throw new Error('Expected a start without at, which is not played on Temporal');
    const [process] = this.#around.processes;
    if (process) await this.#startWorkflow(this.#main, process, { claims: this.#claims(as ? actorOf(as) : starter, this.#main), variables, ...optional({ messageName: message, signalName: signal, startElementId: element }) });
  }

  async #startOther(key: string, start: Omit<ProcessWorkflowInput['start'], 'claims'> | { readonly variables?: Variables }): Promise<void> {
    const process = this.#around.processes.find(({ bundle }) => bundle.definition.key === key);
    if (!process) throw new Error(`Expected a process ${key} beside the one of the script, but there is none`);
    const played = this.#played(randomUUID(), key);
    this.#others.push(played);
    await this.#startWorkflow(played, process, { variables: {}, ...start, claims: this.#claims(engineActor, played) });
  }

  async #startWorkflow({ id, handle }: Played, { bundle, hash }: PublishedProcess, start: ProcessWorkflowInput['start']): Promise<void> {
    const input: ProcessWorkflowInput = { bundleHash: hash, instanceId: id, businessKey: id, start };
    await this.#around.client.workflow.start(bundle.definition.key, { workflowId: handle.workflowId, taskQueue: this.#around.taskQueue, args: [bundleArgument(hash), input] });
  }

  /** Hands on what instances have sent since the last time; gives whether there was anything. */
  async #passOn(states: readonly ProcessState[]): Promise<boolean> {
    const { world } = this.#around;
    const commands = world.sent.slice(this.#passedOn.commands);
    const messages = world.messages.slice(this.#passedOn.messages);
    const endedCalls = world.endedCalls.slice(this.#passedOn.endedCalls);
    this.#passedOn.commands += commands.length;
    this.#passedOn.messages += messages.length;
    this.#passedOn.endedCalls += endedCalls.length;
    for (const command of commands) {
      if (command.kind === 'signal') await this.#broadcast(command, states);
      else await this.#update('reportChild', { elementInstanceId: command.elementInstanceId, ...(command.attempt === undefined ? {} : { attempt: command.attempt }), report: command.report }, engineActor, this.#playedOf(command.to));
    }
    for (const { message, correlationKey, payload } of messages) await this.#publish(states, { name: message, correlationKey, payload, actor: engineActor });
    for (const { parentInstanceId, elementInstanceId } of endedCalls) {
      for (const { id, call } of world.children) if (call.parentInstanceId === parentInstanceId && call.elementInstanceId === elementInstanceId) await this.#update('cancelInstance', { reason: 'CALL_ENDED' }, engineActor, this.#playedOf(id));
    }
    return commands.length + messages.length + endedCalls.length > 0;
  }

  async #broadcast({ signal, payload, senderId }: { readonly signal: string; readonly payload: Variables; readonly senderId: string }, states: readonly ProcessState[]): Promise<void> {
    for (const { instanceId, signalSubscriptions = {} } of states) {
      const subscription = inOrder(Object.values(signalSubscriptions)).findLast((open) => open.signal === signal);
      if (subscription && instanceId !== senderId) await this.#update('receiveSignal', { signal, payload, subscriptionId: subscription.id }, engineActor, this.#playedOf(instanceId));
    }
    await this.#trigger((event) => event.kind === 'signal' && event.signal === signal, { signalName: signal, variables: payload });
  }

  /** Starts what fits; gives whether there was anything. */
  async #trigger(fits: (event: ReturnType<typeof startTriggers>[number]['event']) => boolean, start: Omit<ProcessWorkflowInput['start'], 'claims'>): Promise<boolean> {
    const fitting = this.#around.processes.flatMap(({ bundle, hash }) => startTriggers(compileOnce(hash, () => bundle)).filter(({ event }) => fits(event)).map(({ startElementId }) => ({ key: bundle.definition.key, startElementId })));
    for (const { key, startElementId } of fitting) await this.#startOther(key, { ...start, startElementId });
    return fitting.length > 0;
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
      return this.#publish(await this.#states(), { name, correlationKey, payload, actor: as ? actorOf(as) : starter });
    }
    if ('advance' in step) return this.#advance(step.advance);
    if ('operator' in step) {
      const { resolution: kind, result, reason, variables, as } = step.operator;
      const resolution = kind === 'confirmDone' && result !== undefined ? { kind, result } : { kind };
      const incidentId = pick(inOrder(Object.values(state.incidents)), step.operator, ({ elementId }) => elementId, 'incident').id;
      return this.#update('resolveIncident', { incidentId, resolution, reason, ...optional({ variables }) }, as ? actorOf(as) : operator);
    }
    if ('cancel' in step) return this.#update('cancelInstance', { reason: step.cancel.reason }, step.cancel.as ? actorOf(step.cancel.as) : operator);
    if ('delegate' in step) return this.#update('delegateTask', { taskId: this.#taskOf(state, step.delegate), delegateId: step.delegate.to, ...optional({ reason: step.delegate.reason }) }, actorOf(step.delegate.as));
    if ('rejectVerification' in step) return this.#update('rejectTaskVerification', { taskId: this.#taskOf(state, step.rejectVerification), reason: step.rejectVerification.reason }, actorOf(step.rejectVerification.as));
    if ('activate' in step) {
      const { activity, as } = step.activate;
      const elementInstanceId = pick(inOrder(Object.values(state.elementInstances)), step.activate, ({ elementId }) => elementId, 'element').id;
      return this.#update('activateAdHocActivity', { elementInstanceId, elementId: activity }, as ? actorOf(as) : operator);
    }
    if ('signal' in step) await this.#broadcast({ signal: step.signal.name, payload: step.signal.payload ?? {}, senderId: '' }, await this.#states());
    else if ('escalate' in step) throw new Error(`Expected the called process of ${step.escalate.element} to escalate itself, since it runs here, but the script plays it`);
    else if (!('decide' in step)) this.#answer(step);
    return undefined;
  }

  #answer(step: Extract<ScriptStep, { answer: unknown } | { fail: unknown } | { error: unknown } | { unanswered: unknown }>): void {
    const target = 'answer' in step ? step.answer : 'fail' in step ? step.fail : 'error' in step ? step.error : step.unanswered;
    const open: OpenCall = pick(byActivation(this.#around.world.calls), target, ({ call }) => call.elementId, 'service call');
    open.answer(outcomeOf(step, target.element));
  }

  /** Goes from timer to timer, as the simulator does, so that what a timer starts counts from its moment. */
  async #advance(text: string): Promise<undefined> {
    if (this.#around.world.calls.length > 0) throw new Error(`Expected no open service call while time passes, but open are: ${this.#around.world.calls.map(({ call }) => call.elementId).join(', ')}`);
    const duration = parseDuration(text);
    const target = duration && addDuration(await this.#now(), duration);
    if (target === undefined) throw new Error(`Expected an ISO 8601 duration, but got ${text}`);
    for (let next = this.#nextTimer(await this.#states(), target); next; next = this.#nextTimer(await this.#states(), target)) {
      await this.#sleepUntil(next.dueMs);
      const { timer, instanceId } = next;
      await this.#until(async () => (await this.#stateOf(this.#playedOf(instanceId)))?.timers[timer.id]?.dueAt !== timer.dueAt, `timer of ${timer.elementId} to fire`);
      await this.#settle();
    }
    await this.#sleepUntil(target);
    return undefined;
  }

  #nextTimer(states: readonly ProcessState[], until: number) {
    return states.flatMap(({ instanceId, timers }) => Object.values(timers).map((timer) => ({ instanceId, timer, dueMs: Date.parse(timer.dueAt) }))).filter(({ dueMs }) => dueMs <= until).sort((left, right) => left.dueMs - right.dueMs)[0];
  }

  async #sleepUntil(instantMs: number): Promise<void> {
    const durationMs = instantMs - (await this.#now());
    if (durationMs > 0) await this.#around.environment.sleep(durationMs);
  }

  /** Delivers to every open subscription; with none, starts what the message starts, or keeps it for the first. */
  async #publish(states: readonly ProcessState[], message: Message): Promise<string | undefined> {
    const { name, correlationKey, payload, actor } = message;
    const open = states.flatMap(({ instanceId, subscriptions }) => inOrder(Object.values(subscriptions)).map((subscription) => ({ instanceId, ...subscription }))).filter((subscription) => subscription.message === name && subscription.correlationKey === correlationKey);
    let refusal: string | undefined;
    for (const { id, instanceId } of open) refusal ??= await this.#update('deliverMessage', { subscriptionId: id, payload }, actor, this.#playedOf(instanceId));
    if (open.length === 0 && !(await this.#trigger((event) => event.kind === 'message' && event.message === name, { messageName: name, variables: payload }))) this.#buffered.push(message);
    return refusal;
  }

  async #deliverBuffered(): Promise<void> {
    const messages = this.#buffered;
    this.#buffered = [];
    for (const message of messages) await this.#publish(await this.#settle(), message);
  }

  /** Sends an update as the gateway does and gives the refusal's code. */
  async #update<Name extends UpdateName>(name: Name, body: InstanceUpdates[Name], actor: Actor, to = this.#main): Promise<string | undefined> {
    const claims = this.#claims(actor, to);
    try {
      await to.handle.executeUpdate(name, { updateId: claims.commandId, args: [{ claims, body }, ...('bundleHash' in body ? [bundleArgument(body.bundleHash)] : [])] });
      return undefined;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return 'INSTANCE_NOT_RUNNING';
      if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure && error.cause.type) return error.cause.type;
      throw error;
    }
  }

  #claims(actor: Actor, { id }: Played) {
    this.#commands += 1;
    return signClaims(claimsSecret, id, `command-${this.#commands}`, actor);
  }

  #taskOf(state: ProcessState, target: Target): string {
    const earlier = this.#around.world.entriesOf(this.#main.id).filter(({ action, elementId }) => action === 'task.created' && elementId === target.element).at(-1);
    const open = openTasksOf(state);
    if (earlier?.taskId !== undefined && !open.some(({ elementId }) => elementId === target.element)) return earlier.taskId;
    return pick(open, target, ({ elementId }) => elementId, 'task').id;
  }

  /** Waits until nothing goes on by itself: every call stands open at its service, all is on record and handed on. */
  async #settle(): Promise<readonly ProcessState[]> {
    let settled: readonly ProcessState[] = [];
    await this.#until(async () => {
      const states = await this.#states();
      for (const state of states) this.#around.world.releaseAbandoned(state);
      const isSame = JSON.stringify(settled) === JSON.stringify(states);
      settled = states;
      return isSame && states.length === this.#all.length && this.#areAnswered(states) && states.every((state) => this.#isQuiet(state)) && !(await this.#passOn(states));
    }, 'instance to come to rest');
    return settled;
  }

  #areAnswered(states: readonly ProcessState[]): boolean {
    const asked = states.flatMap((state) => this.#working(state, 'serviceTask')).map(({ elementId }) => elementId);
    return [...new Set(asked)].every((id) => this.#around.world.openCallsAt(id) >= asked.filter((elementId) => elementId === id).length);
  }

  #isQuiet(state: ProcessState): boolean {
    const { world } = this.#around;
    const isCalling = this.#working(state, 'callActivity').some(({ id, attempt }) => !world.children.some(({ call }) => call.parentInstanceId === state.instanceId && call.elementInstanceId === id && call.attempt === attempt));
    const recorded = world.batchesOf(state.instanceId).at(-1)?.instance;
    return !isCalling && recorded?.status === state.status && JSON.stringify(recorded.variables) === JSON.stringify(state.scopes['root']?.variables ?? {})
      && JSON.stringify(recorded.activeElements) === JSON.stringify(Object.values(state.elementInstances).map(({ id, elementId, status, activatedAt }) => ({ elementId, elementInstanceId: id, status, since: activatedAt })));
  }

  /** The elements of this type that wait for an answer from outside. */
  #working(state: ProcessState, type: 'serviceTask' | 'callActivity') {
    const stopped = new Set(Object.values(state.incidents).map(({ elementInstanceId }) => elementInstanceId));
    const definition = this.#around.processes.find(({ bundle }) => bundle.definition.key === state.processKey)?.bundle.definition;
    const ids = new Set(definition ? allElements(definition).filter((element) => element.type === type).map(({ id }) => id) : []);
    return Object.values(state.elementInstances).filter(({ id, elementId, attempt, multiInstance }) => attempt !== undefined && !multiInstance && ids.has(elementId) && !stopped.has(id));
  }

  async #until(isTrue: () => Promise<boolean>, what: string): Promise<void> {
    const deadline = Date.now() + settleTimeoutMs;
    while (!(await isTrue())) {
      if (Date.now() > deadline) throw new Error(`Expected the ${what} within ${settleTimeoutMs} ms, but it did not: ${JSON.stringify(await this.#state())}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** The states of what has begun. */
  async #states(): Promise<readonly ProcessState[]> {
    const states = await Promise.all(this.#all.map((played) => this.#stateOf(played)));
    return states.filter((state) => state !== undefined);
  }

  async #stateOf({ handle }: Played): Promise<ProcessState | undefined> {
    return handle.query<ProcessState>('state').catch((error: unknown) => {
      if (error instanceof WorkflowNotFoundError) return undefined;
      throw error;
    });
  }

  async #state(): Promise<ProcessState> {
    return this.#main.handle.query<ProcessState>('state');
  }

  #now(): Promise<number> {
    return this.#around.environment.currentTimeMs();
  }

  #outcome(states: readonly ProcessState[]): PlayedOutcome {
    const { world } = this.#around;
    const state = states.find(({ instanceId }) => instanceId === this.#main.id);
    if (!state) throw new Error('Expected a script that starts its instance, but it does not');
    return {
      ...this.#shownOf(state),
      tasks: openTasksOf(state).map(({ elementId }) => elementId),
      incidents: inOrder(Object.values(state.incidents)).map(({ elementId, failure }) => ({ element: elementId, code: failure.code })),
      messages: world.messages.filter(({ instanceId }) => instanceId === this.#main.id).map(({ message, correlationKey, payload }) => ({ name: message, correlationKey, payload })),
      ledger: world.batchesOf(this.#main.id).flatMap(({ ledger }) => ledger).map(({ loop, step, item }) => ({ loop, step, item })),
      refused: this.#refused,
      others: states.filter((other) => other !== state).map((other) => ({ processKey: other.processKey, ...this.#shownOf(other) })),
    };
  }

  #shownOf(state: ProcessState) {
    const log = this.#around.world.entriesOf(state.instanceId);
    return { status: state.status, log, path: pathOf(log), variables: state.scopes['root']?.variables ?? {}, workflowId: this.#playedOf(state.instanceId).handle.workflowId };
  }
}

/** Completed elements in order; the body of a multi-instance activity stands for itself only when it had no items. */
function pathOf(entries: readonly RecordEntry[]): string[] {
  const hadItems = (detail: unknown): boolean => typeof detail === 'object' && detail !== null && 'numberOfInstances' in detail && detail.numberOfInstances !== 0;
  return entries.flatMap(({ action, elementId, detail }) => (action === 'element.completed' && elementId !== undefined && !hadItems(detail) ? [elementId] : []));
}

function outcomeOf(step: Extract<ScriptStep, { answer: unknown } | { fail: unknown } | { error: unknown } | { unanswered: unknown }>, elementId: string): ServiceOutcome {
  if ('answer' in step) return { kind: 'completed', result: step.answer.result ?? {} };
  if ('fail' in step) return { kind: 'failed', failure: { code: 'SERVICE_FAILED', elementId, message: step.fail.message ?? 'Expected the service to act, but it did not' } };
  if ('error' in step) return { kind: 'error', error: { errorCode: step.error.errorCode, ...optional({ message: step.error.message }) } };
  return { kind: 'unknown', failure: { code: 'SERVICE_OUTCOME_UNKNOWN', elementId, message: 'Expected an answer, but none came' } };
}

function pick<Entry>(entries: readonly Entry[], { element, occurrence = 1 }: Target, elementOf: (entry: Entry) => string, what: string): Entry {
  const found = entries.filter((entry) => elementOf(entry) === element)[occurrence - 1];
  if (!found) throw new Error(`Expected occurrence ${occurrence} of an open ${what} of ${element}, but open are: ${entries.map(elementOf).join(', ') || 'none'}`);
  return found;
}

function openTasksOf(state: ProcessState): { readonly id: string; readonly elementId: string }[] {
  return inOrder(Object.values(state.userTasks)).map(({ id, elementInstanceId }) => ({ id, elementId: state.elementInstances[elementInstanceId]?.elementId ?? '' }));
}

/** As `publish` of a scenario server addresses it. */
function hashOf(bundle: ProcessBundle): string {
  return createHash('sha256').update(JSON.stringify(bundle)).digest('hex');
}

/** In the order in which their elements were activated, as in the simulator; a worker may take them up in another one. */
function byActivation(calls: readonly OpenCall[]): OpenCall[] {
  const numberOf = ({ call: { idempotencyKey } }: OpenCall): number => Number(/:e(\d+)$/.exec(idempotencyKey)?.[1] ?? 0);
  return calls.toSorted((left, right) => numberOf(left) - numberOf(right));
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
