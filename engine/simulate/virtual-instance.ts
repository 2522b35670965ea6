import { compileRuleSet, evaluateRuleSet, selectFacts, type RuleSetDocument } from '#rules';
import { engineActor } from '../actor.ts';
import type { Command, RecordEntry } from '../command.ts';
import { createInitialState } from '../create-initial-state.ts';
import type { EngineEvent } from '../event.ts';
import type { Failure } from '../failure.ts';
import type { Json } from '../json.ts';
import type { ProcessPlan } from '../plan.ts';
import type { ParentReference, ProcessState } from '../state.ts';
import { step } from '../step.ts';
import type { LedgerStep } from './simulation-result.ts';

type ServiceCommand = Extract<Command, { type: 'executeService' }>;
export type CallCommand = Extract<Command, { type: 'startChildProcess' }>;
type RulesCommand = Extract<Command, { type: 'evaluateRules' }>;
/** A command that concerns other instances. */
export type OutsideCommand = Extract<Command, { type: 'sendMessage' | 'broadcastSignal' | 'startChildProcess' | 'cancelChildProcess' | 'compensateChildProcess' | 'escalateToParent' | 'endInstance' }>;
export type EventBody = EngineEvent extends infer Event ? (Event extends EngineEvent ? Omit<Event, 'id' | 'at' | 'actor'> & { readonly actor?: Event['actor'] } : never) : never;

/** What answers by itself: undefined leaves the request open for the script. */
export interface AutomaticAnswers {
  service(command: ServiceCommand): Json | undefined;
  ruleSet(command: RulesCommand): RuleSetDocument | undefined;
  /** Whether the script plays the called process as it is seen from the caller: how it ends, what it gives. */
  isCallPlayed(command: CallCommand): boolean;
}

/** The world around an instance: its clock, what answers by itself, and where its commands go. */
export interface Surroundings {
  readonly clock: string;
  readonly answers: AutomaticAnswers;
  take(command: OutsideCommand, from: VirtualInstance): void;
}

/**
 * One instance under a virtual clock: the same fold of `step` as the Temporal shell, with the outside world
 * played by a script.
 */
export class VirtualInstance {
  readonly plan: ProcessPlan;
  readonly path: string[] = [];
  readonly ledger: LedgerStep[] = [];
  readonly log: RecordEntry[] = [];
  readonly services = new Map<string, ServiceCommand>();
  readonly decisions = new Map<string, RulesCommand>();
  /** Called processes that the script plays. */
  readonly calls = new Map<string, CallCommand>();
  readonly #surroundings: Surroundings;
  readonly #pending: Command[] = [];
  #state: ProcessState;
  #eventCount = 0;

  constructor(plan: ProcessPlan, identity: { readonly instanceId: string; readonly businessKey?: string; readonly parent?: ParentReference }, surroundings: Surroundings) {
    this.plan = plan;
    this.#surroundings = surroundings;
    this.#state = createInitialState(plan, identity);
  }

  get state(): ProcessState {
    return this.#state;
  }

  /** Handles an event and everything that answers by itself. Gives the refusal, if it was refused. */
  handle(body: EventBody): Failure | undefined {
    const failure = this.#step(body);
    for (let command = this.#pending.shift(); command; command = this.#pending.shift()) this.#answer(command);
    return failure;
  }

  #step(body: EventBody): Failure | undefined {
    this.#eventCount += 1;
    // The omitted members of EventBody are put back here, whatever the type of the event.
    const event = { actor: engineActor, ...body, id: `simulated-${this.#eventCount}`, at: this.#surroundings.clock } as EngineEvent;
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
      case 'startChildProcess':
        if (this.#surroundings.answers.isCallPlayed(command)) this.calls.set(command.elementInstanceId, command);
        else this.#surroundings.take(command, this);
        break;
      case 'cancelChildProcess':
        if (!this.calls.delete(command.elementInstanceId)) this.#surroundings.take(command, this);
        break;
      case 'sendMessage':
      case 'broadcastSignal':
      case 'compensateChildProcess':
      case 'escalateToParent':
      case 'endInstance':
        this.#surroundings.take(command, this);
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
      const result = this.#surroundings.answers.service(command);
      if (result === undefined) return;
      this.services.delete(command.elementInstanceId);
      this.#step({ type: 'serviceCompleted', elementInstanceId: command.elementInstanceId, result });
    } else if (command.type === 'evaluateRules' && this.decisions.get(command.elementInstanceId) === command) {
      const document = this.#surroundings.answers.ruleSet(command);
      if (document) this.#decide(command, document);
    }
  }

  #decide(command: RulesCommand, document: RuleSetDocument): void {
    const { elementInstanceId, elementId, facts } = command;
    this.decisions.delete(elementInstanceId);
    const compiled = compileRuleSet(document);
    const { facts: selected, ...ages } = selectFacts(compiled, facts);
    const { explanation: _explanation, ...result } = evaluateRuleSet(compiled, selected, { at: this.#surroundings.clock, explain: true, ...ages });
    if (result.failure) this.#step({ type: 'rulesFailed', elementInstanceId, failure: { code: 'RULES_FAILED', elementId, message: result.failure.message, place: result.failure.fact } });
    // A rule set's result is JSON by construction; its interfaces lack an index signature.
    else this.#step({ type: 'rulesEvaluated', elementInstanceId, version: document.version, decisionId: `simulated-${elementInstanceId}`, result: result as unknown as Json });
  }
}
