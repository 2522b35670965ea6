import { createHash } from 'node:crypto';
import { allElements, compileOnce, engineActor, startTriggers, type Actor, type ElementMapping, type ProcessBundle, type ProcessState, type Script, type ScriptStep, type Variables } from '#engine';
import type { ProcessWorkflowInput } from '#workflows';
import { addDuration, parseDuration } from '../../engine/instant.ts';
import { PlayedInstances, type Surroundings } from './played-instances.ts';
import { inOrder, openTasksOf, pathOf, type PlayedOutcome } from './played-outcome.ts';
import { actorOf, byActivation, optional, outcomeOf, pick, type AnswerStep, type Target } from './script-words.ts';
import type { OpenCall, SentCommand } from './scripted-world.ts';

const starter: Actor = { id: 'starter', kind: 'system', roles: [] };
const operator: Actor = { id: 'operator', kind: 'person', roles: ['operator'] };
const settleTimeoutMs = 20_000;

interface Message { readonly name: string; readonly correlationKey: string; readonly payload: Variables; readonly actor: Actor }

/** What scripts have no step for. */
export type Operation =
  | { readonly migrateTo: ProcessBundle; readonly mapping: ElementMapping }
  /** After the instance has ended. */
  | { readonly reopenAt: readonly string[] };

/** One instance, the script that it is played by, and the instances beside it. */
export class Player {
  readonly #instances: PlayedInstances;
  readonly #around: Surroundings;
  readonly #refused: { step: number; code: string }[] = [];
  readonly #passedOn = { commands: 0, messages: 0, endedCalls: 0 };
  #buffered: Message[] = [];

  constructor(around: Surroundings) {
    this.#around = around;
    this.#instances = new PlayedInstances(around);
  }

  async play(script: Script, startFirst: readonly string[], operations: { readonly [step: number]: Operation }): Promise<PlayedOutcome> {
    for (const key of startFirst) await this.#instances.startOther(key, { variables: {} });
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
    for (const { instanceId, status } of states) if (status !== 'running') await this.#instances.byId(instanceId).handle.result();
    return this.#outcome(states);
  }

  async #operate(operation: Operation): Promise<void> {
    const reason = 'as the script has it';
    const refusal = 'migrateTo' in operation
      ? await this.#instances.update('migrateInstance', { bundleHash: hashOf(operation.migrateTo), version: operation.migrateTo.definition.version, mapping: operation.mapping, reason }, operator)
      : await this.#instances.runAgain(this.#instances.main, operator, { reopen: { elementIds: operation.reopenAt, reason } });
    if (refusal !== undefined) throw new Error(`Expected the operation to be accepted, but it was refused with ${refusal}`);
    await this.#settle();
  }

  async #start({ variables, as, at, message, signal, element }: Extract<ScriptStep, { start: unknown }>['start']): Promise<undefined> {
    if (at !== undefined) throw new Error('Expected a start without at, which is not played on Temporal');
    await this.#instances.start(as ? actorOf(as) : starter, { variables, ...optional({ messageName: message, signalName: signal, startElementId: element }) });
    return undefined;
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
      else if (command.kind === 'compensateChild') await this.#compensate(command);
      else await this.#instances.update('reportChild', { elementInstanceId: command.elementInstanceId, ...(command.attempt === undefined ? {} : { attempt: command.attempt }), report: command.report }, engineActor, this.#instances.byId(command.to));
    }
    for (const { message, correlationKey, payload } of messages) await this.#publish(states, { name: message, correlationKey, payload, actor: engineActor });
    for (const { parentInstanceId, elementInstanceId } of endedCalls) {
      for (const { id, call } of world.children) if (call.parentInstanceId === parentInstanceId && call.elementInstanceId === elementInstanceId) await this.#instances.update('cancelInstance', { reason: 'CALL_ENDED' }, engineActor, this.#instances.byId(id));
    }
    return commands.length + messages.length + endedCalls.length > 0;
  }

  /** Has the process of a completed call undo itself. */
  async #compensate({ senderId, call, elementInstanceId, attempt }: Extract<SentCommand, { kind: 'compensateChild' }>): Promise<void> {
    const child = this.#around.world.children.find(({ call: { parentInstanceId, ...of } }) => parentInstanceId === senderId && of.elementInstanceId === call.elementInstanceId && of.attempt === call.attempt);
    if (!child) throw new Error(`Expected the process that ${call.elementInstanceId} has called, but there is none`);
    const compensate = { elementInstanceId, attempt, reason: 'CALL_COMPENSATED' };
    const played = this.#instances.byId(child.id);
    if ((await this.#instances.stateOf(played))?.status !== 'running') return void (await this.#instances.runAgain(played, engineActor, { compensate }));
    const refusal = await this.#instances.update('compensateInstance', compensate, engineActor, played);
    if (refusal !== undefined) await this.#instances.update('reportChild', { elementInstanceId, attempt, isReopened: true, report: { kind: 'failed', failure: { code: 'CHILD_FAILED', message: refusal } } }, engineActor, this.#instances.byId(senderId));
  }

  async #broadcast({ signal, payload, senderId }: { readonly signal: string; readonly payload: Variables; readonly senderId: string }, states: readonly ProcessState[]): Promise<void> {
    for (const { instanceId, signalSubscriptions = {} } of states) {
      const subscription = inOrder(Object.values(signalSubscriptions)).findLast((open) => open.signal === signal);
      if (subscription && instanceId !== senderId) await this.#instances.update('receiveSignal', { signal, payload, subscriptionId: subscription.id }, engineActor, this.#instances.byId(instanceId));
    }
    await this.#trigger((event) => event.kind === 'signal' && event.signal === signal, { signalName: signal, variables: payload });
  }

  /** Starts what fits; gives whether there was anything. */
  async #trigger(fits: (event: ReturnType<typeof startTriggers>[number]['event']) => boolean, start: Omit<ProcessWorkflowInput['start'], 'claims'>): Promise<boolean> {
    const fitting = this.#around.processes.flatMap(({ bundle, hash }) => startTriggers(compileOnce(hash, () => bundle)).filter(({ event }) => fits(event)).map(({ startElementId }) => ({ key: bundle.definition.key, startElementId })));
    for (const { key, startElementId } of fitting) await this.#instances.startOther(key, { ...start, startElementId });
    return fitting.length > 0;
  }

  async #playStep(step: Exclude<ScriptStep, { start: unknown }>): Promise<string | undefined> {
    const state = await this.#instances.state();
    if ('claim' in step) return this.#instances.update('claimTask', { taskId: this.#taskOf(state, step.claim) }, actorOf(step.claim.as));
    if ('release' in step) return this.#instances.update('releaseTask', { taskId: this.#taskOf(state, step.release), ...optional({ reason: step.release.reason }) }, actorOf(step.release.as));
    if ('complete' in step) {
      const { as, data = {}, reason, times } = step.complete;
      return this.#instances.update('completeTask', { taskId: this.#taskOf(state, step.complete), data, ...optional({ reason }), ...(times ? { times: optional(times) } : {}) }, actorOf(as));
    }
    if ('message' in step) {
      const { name, correlationKey, payload = {}, as } = step.message;
      return this.#publish(await this.#instances.states(), { name, correlationKey, payload, actor: as ? actorOf(as) : starter });
    }
    if ('advance' in step) return this.#advance(step.advance);
    if ('operator' in step) {
      const { resolution: kind, result, reason, variables, as } = step.operator;
      const resolution = kind === 'confirmDone' && result !== undefined ? { kind, result } : { kind };
      const incidentId = pick(inOrder(Object.values(state.incidents)), step.operator, ({ elementId }) => elementId, 'incident').id;
      return this.#instances.update('resolveIncident', { incidentId, resolution, reason, ...optional({ variables }) }, as ? actorOf(as) : operator);
    }
    if ('cancel' in step) return this.#instances.update('cancelInstance', { reason: step.cancel.reason }, step.cancel.as ? actorOf(step.cancel.as) : operator);
    if ('delegate' in step) return this.#instances.update('delegateTask', { taskId: this.#taskOf(state, step.delegate), delegateId: step.delegate.to, ...optional({ reason: step.delegate.reason }) }, actorOf(step.delegate.as));
    if ('rejectVerification' in step) return this.#instances.update('rejectTaskVerification', { taskId: this.#taskOf(state, step.rejectVerification), reason: step.rejectVerification.reason }, actorOf(step.rejectVerification.as));
    if ('activate' in step) {
      const { activity, as } = step.activate;
      const elementInstanceId = pick(inOrder(Object.values(state.elementInstances)), step.activate, ({ elementId }) => elementId, 'element').id;
      return this.#instances.update('activateAdHocActivity', { elementInstanceId, elementId: activity }, as ? actorOf(as) : operator);
    }
    if ('signal' in step) await this.#broadcast({ signal: step.signal.name, payload: step.signal.payload ?? {}, senderId: '' }, await this.#instances.states());
    else if ('escalate' in step) throw new Error(`Expected the called process of ${step.escalate.element} to escalate itself, since it runs here, but the script plays it`);
    else if (!('decide' in step)) this.#answer(step);
    return undefined;
  }

  #answer(step: AnswerStep): void {
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
    for (let next = this.#nextTimer(await this.#instances.states(), target); next; next = this.#nextTimer(await this.#instances.states(), target)) {
      await this.#sleepUntil(next.dueMs);
      const { timer, instanceId } = next;
      await this.#until(async () => (await this.#instances.stateOf(this.#instances.byId(instanceId)))?.timers[timer.id]?.dueAt !== timer.dueAt, `timer of ${timer.elementId} to fire`);
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
    for (const { id, instanceId } of open) refusal ??= await this.#instances.update('deliverMessage', { subscriptionId: id, payload }, actor, this.#instances.byId(instanceId));
    if (open.length === 0 && !(await this.#trigger((event) => event.kind === 'message' && event.message === name, { messageName: name, variables: payload }))) this.#buffered.push(message);
    return refusal;
  }

  async #deliverBuffered(): Promise<void> {
    const messages = this.#buffered;
    this.#buffered = [];
    for (const message of messages) await this.#publish(await this.#settle(), message);
  }

  #taskOf(state: ProcessState, target: Target): string {
    const earlier = this.#around.world.entriesOf(this.#instances.main.id).filter(({ action, elementId }) => action === 'task.created' && elementId === target.element).at(-1);
    const open = openTasksOf(state);
    if (earlier?.taskId !== undefined && !open.some(({ elementId }) => elementId === target.element)) return earlier.taskId;
    return pick(open, target, ({ elementId }) => elementId, 'task').id;
  }

  /** Waits until nothing goes on by itself: every call stands open at its service, all is on record and handed on. */
  async #settle(): Promise<readonly ProcessState[]> {
    let settled: readonly ProcessState[] = [];
    await this.#until(async () => {
      const states = await this.#instances.states();
      for (const state of states) this.#around.world.releaseAbandoned(state);
      const isSame = JSON.stringify(settled) === JSON.stringify(states);
      settled = states;
      return isSame && states.length === this.#instances.all.length && this.#areAnswered(states) && states.every((state) => this.#isQuiet(state)) && !(await this.#passOn(states));
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
    return Object.values(state.elementInstances).filter(({ id, elementId, attempt, multiInstance, undoes }) => !undoes && attempt !== undefined && !multiInstance && ids.has(elementId) && !stopped.has(id));
  }

  async #until(isTrue: () => Promise<boolean>, what: string): Promise<void> {
    const deadline = Date.now() + settleTimeoutMs;
    while (!(await isTrue())) {
      if (Date.now() > deadline) throw new Error(`Expected the ${what} within ${settleTimeoutMs} ms, but it did not: ${JSON.stringify(await this.#instances.state())}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  #now(): Promise<number> {
    return this.#around.environment.currentTimeMs();
  }

  #outcome(states: readonly ProcessState[]): PlayedOutcome {
    const { world } = this.#around;
    const state = states.find(({ instanceId }) => instanceId === this.#instances.main.id);
    if (!state) throw new Error('Expected a script that starts its instance, but it does not');
    return {
      ...this.#shownOf(state),
      tasks: openTasksOf(state).map(({ elementId }) => elementId),
      incidents: inOrder(Object.values(state.incidents)).map(({ elementId, failure }) => ({ element: elementId, code: failure.code })),
      messages: world.messages.filter(({ instanceId }) => instanceId === this.#instances.main.id).map(({ message, correlationKey, payload }) => ({ name: message, correlationKey, payload })),
      ledger: world.batchesOf(this.#instances.main.id).flatMap(({ ledger }) => ledger).map(({ loop, step, item }) => ({ loop, step, item })),
      refused: this.#refused,
      others: states.filter((other) => other !== state).map((other) => ({ processKey: other.processKey, ...this.#shownOf(other) })),
    };
  }

  #shownOf(state: ProcessState) {
    const log = this.#around.world.entriesOf(state.instanceId);
    return { status: state.status, log, path: pathOf(log), variables: state.scopes['root']?.variables ?? {}, workflowId: this.#instances.byId(state.instanceId).handle.workflowId };
  }
}

/** As `publish` of a scenario server addresses it. */
function hashOf(bundle: ProcessBundle): string {
  return createHash('sha256').update(JSON.stringify(bundle)).digest('hex');
}
