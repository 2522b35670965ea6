import { compileRuleSet, evaluateRuleSet, selectFacts, type RuleSetDocument } from '#rules';
import { engineActor } from '../actor.ts';
import type { Command, RecordEntry } from '../command.ts';
import { createInitialState } from '../create-initial-state.ts';
import type { EngineEvent } from '../event.ts';
import type { Failure } from '../failure.ts';
import { addDuration, formatInstant, parseDuration, parseInstant } from '../instant.ts';
import type { Json, Variables } from '../json.ts';
import type { ProcessPlan } from '../plan.ts';
import type { ProcessState } from '../state.ts';
import { step } from '../step.ts';
import type { LedgerStep, SentMessage } from './simulation-result.ts';

type ServiceCommand = Extract<Command, { type: 'executeService' }>;
type RulesCommand = Extract<Command, { type: 'evaluateRules' }>;
type EventBody = EngineEvent extends infer Event ? (Event extends EngineEvent ? Omit<Event, 'id' | 'at' | 'actor'> & { readonly actor?: Event['actor'] } : never) : never;
interface BufferedMessage { readonly name: string; readonly correlationKey: string; readonly payload: Variables; readonly actor?: EngineEvent['actor'] }

/** What answers by itself: undefined leaves the request open for the script. */
export interface AutomaticAnswers {
  service(command: ServiceCommand): Json | undefined;
  ruleSet(command: RulesCommand): RuleSetDocument | undefined;
}

/**
 * One instance under a virtual clock: the same fold of `step` as the Temporal shell, with the outside world
 * played by a script.
 */
export class VirtualInstance {
  readonly plan: ProcessPlan;
  readonly path: string[] = [];
  readonly messages: SentMessage[] = [];
  readonly ledger: LedgerStep[] = [];
  readonly log: RecordEntry[] = [];
  readonly services = new Map<string, ServiceCommand>();
  readonly decisions = new Map<string, RulesCommand>();
  readonly #answers: AutomaticAnswers;
  readonly #pending: Command[] = [];
  #buffered: BufferedMessage[] = [];
  #state: ProcessState;
  #clock: string;
  #eventCount = 0;

  constructor(plan: ProcessPlan, options: { readonly instanceId: string; readonly startAt: string; readonly answers: AutomaticAnswers }) {
    this.plan = plan;
    this.#answers = options.answers;
    this.#clock = options.startAt;
    this.#state = createInitialState(plan, { instanceId: options.instanceId });
  }

  get state(): ProcessState {
    return this.#state;
  }

  get clock(): string {
    return this.#clock;
  }

  set clock(instant: string) {
    this.#clock = instant;
  }

  /** Handles an event and everything that answers by itself. Gives the refusal, if it was refused. */
  handle(body: EventBody): Failure | undefined {
    const failure = this.#step(body);
    for (let command = this.#pending.shift(); command; command = this.#pending.shift()) this.#answer(command);
    this.#deliverBuffered();
    return failure;
  }

  /** Delivers to every open subscription; with none, the message waits for its subscriber. Gives the first refusal. */
  publish(message: BufferedMessage): Failure | undefined {
    const open = this.#subscriptionsFor(message);
    if (open.length === 0) this.#buffered.push(message);
    let refusal: Failure | undefined;
    for (const subscriptionId of open) refusal ??= this.#deliver(message, subscriptionId);
    return refusal;
  }

  /** Lets time pass; timers fire at their moments, in order. */
  advance(duration: string): void {
    const parsed = parseDuration(duration);
    const now = parseInstant(this.#clock);
    const target = parsed && now !== undefined ? addDuration(now, parsed) : undefined;
    const targetAt = target === undefined ? undefined : formatInstant(target);
    if (targetAt === undefined) throw new Error(`Expected an ISO 8601 duration, but got ${duration}`);
    for (let timer = this.#nextTimer(targetAt); timer; timer = this.#nextTimer(targetAt)) {
      if (timer.dueAt > this.#clock) this.#clock = timer.dueAt;
      this.handle({ type: 'timerFired', timerId: timer.id });
    }
    if (targetAt > this.#clock) this.#clock = targetAt;
  }

  #nextTimer(until: string) {
    return Object.values(this.#state.timers)
      .filter(({ dueAt }) => dueAt <= until)
      .sort((left, right) => (left.dueAt < right.dueAt ? -1 : left.dueAt > right.dueAt ? 1 : Number(left.id.slice(1)) - Number(right.id.slice(1))))[0];
  }

  #step(body: EventBody): Failure | undefined {
    this.#eventCount += 1;
    // The omitted members of EventBody are put back here, whatever the type of the event.
    const event = { actor: engineActor, ...body, id: `simulated-${this.#eventCount}`, at: this.#clock } as EngineEvent;
    const { state, commands } = step(this.plan, this.#state, event);
    this.#state = state;
    let failure: Failure | undefined;
    for (const command of commands) {
      if (command.type === 'rejectEvent') failure = command.failure;
      else this.#take(command);
    }
    return failure;
  }

  #take(command: Command): void {
    switch (command.type) {
      case 'executeService':
        this.services.set(command.elementInstanceId, command);
        this.#pending.push(command);
        break;
      case 'evaluateRules':
        this.decisions.set(command.elementInstanceId, command);
        this.#pending.push(command);
        break;
      case 'cancelService':
        this.services.delete(command.elementInstanceId);
        break;
      case 'sendMessage':
        this.messages.push({ name: command.message, correlationKey: command.correlationKey, payload: command.payload });
        break;
      case 'recordLedger':
        this.ledger.push({ loop: command.loop, step: command.step, item: command.item, element: command.elementId, at: command.at });
        break;
      case 'recordEntry':
        this.#takeEntry(command.entry);
        break;
      default:
        break;
    }
  }

  #takeEntry(entry: RecordEntry): void {
    this.log.push(entry);
    if (entry.action !== 'element.completed' || entry.elementId === undefined) return;
    const { detail } = entry;
    const items = typeof detail === 'object' && detail !== null && 'numberOfInstances' in detail ? detail['numberOfInstances'] : 0;
    // The body of a multi-instance activity stands for itself only when it had no items.
    if (items === 0) this.path.push(entry.elementId);
  }

  #answer(command: Command): void {
    if (command.type === 'executeService' && this.services.get(command.elementInstanceId) === command) {
      const result = this.#answers.service(command);
      if (result === undefined) return;
      this.services.delete(command.elementInstanceId);
      this.#step({ type: 'serviceCompleted', elementInstanceId: command.elementInstanceId, result });
    } else if (command.type === 'evaluateRules' && this.decisions.get(command.elementInstanceId) === command) {
      const document = this.#answers.ruleSet(command);
      if (document) this.#decide(command, document);
    }
  }

  #decide(command: RulesCommand, document: RuleSetDocument): void {
    const { elementInstanceId, elementId, facts } = command;
    this.decisions.delete(elementInstanceId);
    const compiled = compileRuleSet(document);
    const { facts: selected, ...ages } = selectFacts(compiled, facts);
    const { explanation: _explanation, ...result } = evaluateRuleSet(compiled, selected, { at: this.#clock, explain: true, ...ages });
    if (result.failure) this.#step({ type: 'rulesFailed', elementInstanceId, failure: { code: 'RULES_FAILED', elementId, message: result.failure.message, place: result.failure.fact } });
    // A rule set's result is JSON by construction; its interfaces lack an index signature.
    else this.#step({ type: 'rulesEvaluated', elementInstanceId, version: document.version, decisionId: `simulated-${elementInstanceId}`, result: result as unknown as Json });
  }

  #subscriptionsFor({ name, correlationKey }: BufferedMessage): string[] {
    return Object.values(this.#state.subscriptions)
      .filter((subscription) => subscription.message === name && subscription.correlationKey === correlationKey)
      .map(({ id }) => id);
  }

  #deliver(message: BufferedMessage, subscriptionId: string): Failure | undefined {
    if (!this.#state.subscriptions[subscriptionId]) return undefined;
    return this.handle({ type: 'messageReceived', subscriptionId, payload: message.payload, ...(message.actor ? { actor: message.actor } : {}) });
  }

  #deliverBuffered(): void {
    for (const message of this.#buffered) {
      const open = this.#subscriptionsFor(message);
      if (open.length === 0) continue;
      this.#buffered = this.#buffered.filter((other) => other !== message);
      for (const subscriptionId of open) this.#deliver(message, subscriptionId);
      return;
    }
  }
}
