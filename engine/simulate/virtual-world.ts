import type { Actor } from '../actor.ts';
import type { EventDefinition } from '../definition/index.ts';
import type { Failure } from '../failure.ts';
import { addDuration, formatInstant, parseDuration, parseInstant } from '../instant.ts';
import type { Variables } from '../json.ts';
import { openTimers } from '../open-waits.ts';
import type { ProcessPlan } from '../plan.ts';
import { startTriggers } from '../start-triggers.ts';
import type { ParentReference, TimerState } from '../state.ts';
import type { SentMessage } from './simulation-result.ts';
import { VirtualInstance, type AutomaticAnswers, type EventBody, type OutsideCommand, type Surroundings } from './virtual-instance.ts';

/** A process whose instances start one another would go on for ever. */
const maximumInstances = 100;

interface Message {
  readonly name: string;
  readonly correlationKey: string;
  readonly payload: Variables;
  readonly actor?: Actor;
}

/**
 * The simulated process and those that it calls or that start by its messages and signals, under one virtual clock.
 * What one instance sends to others arrives when the step that sent it is done.
 */
export class VirtualWorld implements Surroundings {
  readonly main: VirtualInstance;
  readonly answers: AutomaticAnswers;
  readonly messages: SentMessage[] = [];
  readonly #plans: ReadonlyMap<string, ProcessPlan>;
  readonly #instances: VirtualInstance[] = [];
  readonly #calls = new Map<string, VirtualInstance>();
  readonly #outbox: { readonly command: OutsideCommand; readonly from: VirtualInstance }[] = [];
  #kept: Message[] = [];
  clock: string;

  /** `others` are told apart by their key. */
  constructor(plan: ProcessPlan, options: { readonly instanceId: string; readonly startAt: string; readonly answers: AutomaticAnswers; readonly others?: readonly ProcessPlan[] }) {
    this.answers = options.answers;
    this.clock = options.startAt;
    this.#plans = new Map([...(options.others ?? []), plan].map((each) => [each.definition.key, each]));
    this.main = this.#create(plan, { instanceId: options.instanceId });
  }

  /** In the order in which they began; the main instance is the first. */
  get instances(): readonly VirtualInstance[] {
    return this.#instances;
  }

  /** One more instance of a process, not yet begun; undefined when the world has no such process. */
  create(processKey: string): VirtualInstance | undefined {
    const plan = this.#plans.get(processKey);
    return plan && this.#create(plan, { instanceId: `${this.main.state.instanceId}-${this.#instances.length}` });
  }

  /** Handles an event and all that follows from it in other instances. Gives the refusal, if it was refused. */
  handle(instance: VirtualInstance, body: EventBody): Failure | undefined {
    const failure = instance.handle(body);
    this.#settle();
    return failure;
  }

  /**
   * Delivers to every open subscription; with none it starts the process that begins with it, or waits for its
   * subscriber. Gives the first refusal.
   */
  publish(message: Message): Failure | undefined {
    const refusal = this.#publish(message);
    this.#settle();
    return refusal;
  }

  /** Reaches every instance that waits for the signal now and starts each process that begins with it. */
  broadcast(signal: string, payload: Variables, actor?: Actor): void {
    this.#broadcast(signal, payload, undefined, actor);
    this.#settle();
  }

  /** Lets time pass; timers fire at their moments, in order. */
  advance(duration: string): void {
    const parsed = parseDuration(duration);
    const now = parseInstant(this.clock);
    const target = parsed && now !== undefined ? addDuration(now, parsed) : undefined;
    const targetAt = target === undefined ? undefined : formatInstant(target);
    if (targetAt === undefined) throw new Error(`Expected an ISO 8601 duration, but got ${duration}`);
    for (let next = this.#nextTimer(targetAt); next; next = this.#nextTimer(targetAt)) {
      if (next.timer.dueAt > this.clock) this.clock = next.timer.dueAt;
      this.handle(next.instance, { type: 'timerFired', timerId: next.timer.id });
    }
    if (targetAt > this.clock) this.clock = targetAt;
  }

  take(command: OutsideCommand, from: VirtualInstance): void {
    if (command.type === 'sendMessage') this.messages.push({ name: command.message, correlationKey: command.correlationKey, payload: command.payload });
    this.#outbox.push({ command, from });
  }

  #nextTimer(until: string): { readonly instance: VirtualInstance; readonly timer: TimerState } | undefined {
    const due = this.#instances.flatMap((instance) => openTimers(instance.state).map((timer) => ({ instance, timer })));
    const number = ({ timer }: { readonly timer: TimerState }): number => Number(timer.id.slice(1));
    return due
      .filter(({ timer }) => timer.dueAt <= until)
      .sort((left, right) => (left.timer.dueAt < right.timer.dueAt ? -1 : left.timer.dueAt > right.timer.dueAt ? 1 : number(left) - number(right)))[0];
  }

  #create(plan: ProcessPlan, identity: { readonly instanceId: string; readonly businessKey?: string; readonly parent?: ParentReference }): VirtualInstance {
    const instance = new VirtualInstance(plan, identity, this);
    this.#instances.push(instance);
    return instance;
  }

  #begin(plan: ProcessPlan, body: Extract<EventBody, { type: 'instanceStarted' }>): Failure | undefined {
    return this.#create(plan, { instanceId: `${this.main.state.instanceId}-${this.#instances.length}` }).handle(body);
  }

  #settle(): void {
    for (let next = this.#outbox.shift(); next; next = this.#outbox.shift()) this.#carryOut(next.command, next.from);
    const message = this.#kept.find((kept) => this.#subscriptionsFor(kept).length > 0);
    if (!message) return;
    this.#kept = this.#kept.filter((kept) => kept !== message);
    this.publish(message);
  }

  #carryOut(command: OutsideCommand, from: VirtualInstance): void {
    switch (command.type) {
      case 'sendMessage':
        this.#publish({ name: command.message, correlationKey: command.correlationKey, payload: command.payload });
        break;
      case 'broadcastSignal':
        this.#broadcast(command.signal, command.payload, from);
        break;
      case 'startChildProcess':
        this.#call(command, from);
        break;
      case 'cancelChildProcess':
        this.#calls.get(callId(from, command.elementInstanceId))?.handle({ type: 'instanceCancelled', reason: 'The activity that called the process was ended' });
        break;
      case 'compensateChildProcess':
        this.#compensate(command, from);
        break;
      case 'escalateToParent':
        this.#report(from, (elementInstanceId) => ({ type: 'childEscalated', elementInstanceId, escalationCode: command.escalationCode, payload: command.payload }));
        break;
      case 'endInstance':
        this.#report(from, (elementInstanceId) => endOf(command, elementInstanceId));
        break;
    }
  }

  #call(command: Extract<OutsideCommand, { type: 'startChildProcess' }>, from: VirtualInstance): void {
    const { elementInstanceId, elementId, processKey, businessKey, declaredOnly } = command;
    const plan = this.#plans.get(processKey);
    const declared = new Set(plan?.definition.variables.map(({ name }) => name));
    const variables = declaredOnly ? Object.fromEntries(Object.entries(command.variables).filter(([name]) => declared.has(name))) : command.variables;
    const parent: ParentReference = { processKey: from.state.processKey, instanceId: from.state.instanceId, elementInstanceId };
    const child = plan && this.#create(plan, { instanceId: `${from.state.instanceId}-${this.#instances.length}`, businessKey, parent });
    if (child) this.#calls.set(callId(from, elementInstanceId), child);
    const failure = child ? child.handle({ type: 'instanceStarted', variables }) : { message: `Expected process ${processKey}, but there is none` };
    if (failure) from.handle({ type: 'childFailed', elementInstanceId, failure: { code: 'CHILD_FAILED', elementId, message: failure.message } });
  }

  #compensate({ elementInstanceId, elementId, attempt, call }: Extract<OutsideCommand, { type: 'compensateChildProcess' }>, from: VirtualInstance): void {
    const failure = this.#calls.get(callId(from, call.elementInstanceId))?.handle({ type: 'instanceCompensated', reason: 'CALL_COMPENSATED', elementInstanceId, attempt });
    if (failure) from.handle({ type: 'childFailed', elementInstanceId, failure: { code: 'CHILD_FAILED', elementId, message: failure.message } });
  }

  #report(child: VirtualInstance, eventOf: (elementInstanceId: string) => EventBody): void {
    const { parent } = child.state;
    const caller = parent && this.#instances.find(({ state }) => state.instanceId === parent.instanceId);
    if (parent && caller) caller.handle(eventOf(parent.elementInstanceId));
  }

  #publish(message: Message): Failure | undefined {
    const { name, payload, actor } = message;
    const open = this.#subscriptionsFor(message);
    const by = actor ? { actor } : {};
    let refusal: Failure | undefined;
    for (const { instance, subscriptionId } of open) {
      // An earlier delivery may have closed it.
      if (instance.state.subscriptions[subscriptionId]) refusal ??= instance.handle({ type: 'messageReceived', subscriptionId, payload, ...by });
    }
    if (open.length > 0) return refusal;
    const starting = this.#startedBy((event) => event.kind === 'message' && event.message === name)[0];
    if (starting) return this.#begin(starting, { type: 'instanceStarted', variables: payload, messageName: name, ...by });
    this.#kept.push(message);
    return undefined;
  }

  #broadcast(signal: string, payload: Variables, from?: VirtualInstance, actor?: Actor): void {
    const by = actor ? { actor } : {};
    for (const instance of [...this.#instances]) if (instance !== from) instance.handle({ type: 'signalReceived', signal, payload, ...by });
    for (const plan of this.#startedBy((event) => event.kind === 'signal' && event.signal === signal)) this.#begin(plan, { type: 'instanceStarted', variables: payload, signalName: signal, ...by });
  }

  /** What something from outside starts: the main process only beside an instance that has begun, and none without end. */
  #startedBy(fits: (event: EventDefinition) => boolean): ProcessPlan[] {
    if (this.#instances.length >= maximumInstances) return [];
    return [...this.#plans.values()].filter((plan) => (plan !== this.main.plan || this.main.state.status !== 'created') && startTriggers(plan).some(({ event }) => fits(event)));
  }

  #subscriptionsFor({ name, correlationKey }: Message): { readonly instance: VirtualInstance; readonly subscriptionId: string }[] {
    return this.#instances.flatMap((instance) =>
      Object.values(instance.state.subscriptions)
        .filter((subscription) => subscription.message === name && subscription.correlationKey === correlationKey)
        .map(({ id }) => ({ instance, subscriptionId: id })),
    );
  }
}

function callId(from: VirtualInstance, elementInstanceId: string): string {
  return `${from.state.instanceId} ${elementInstanceId}`;
}

function endOf({ status, variables, error, isUndoable, isUndone }: Extract<OutsideCommand, { type: 'endInstance' }>, elementInstanceId: string): EventBody {
  if (isUndone) return { type: 'childCompensated', elementInstanceId };
  if (status === 'completed') return { type: 'childCompleted', elementInstanceId, variables, ...(isUndoable ? { isUndoable } : {}) };
  if (error) return { type: 'childThrewError', elementInstanceId, error };
  return { type: 'childFailed', elementInstanceId, failure: { code: 'CHILD_FAILED', message: `Expected the called process to complete, but it is ${status}` } };
}
