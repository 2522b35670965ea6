import { CancellationScope, proxyLocalActivities } from '@temporalio/workflow';
import type { Claims, ProcessActivities } from '#activities';
import { elementTypesAt, engineActor, openTimers, step, type Command, type ElementTypes, type EngineEvent, type Failure, type ProcessPlan, type ProcessState } from '#engine';
import { ActivationEnd } from './activation-end.ts';
import { ChildCalls } from './child-calls.ts';
import { Clock } from './clock.ts';
import { HeldCalls, type Call } from './held-calls.ts';
import { LocalCalls } from './local-calls.ts';
import { now } from './now.ts';
import { Recorder } from './recorder.ts';
import { ServiceCalls } from './service-calls.ts';

const local = proxyLocalActivities<Pick<ProcessActivities, 'recordInstance' | 'evaluateRules' | 'sendMessage'>>({
  startToCloseTimeout: '10 seconds',
  // The record must be written before anything is shown as done: tried until the database answers.
  retry: { initialInterval: '200 milliseconds', maximumInterval: '10 seconds' },
});

/** A state change, or the reason why there was none. */
export type HandleResult =
  | { readonly kind: 'accepted'; readonly sequence: number }
  | { readonly kind: 'refused'; readonly failure: Failure };

/** A published version of a process: its bundle's hash and the plan made of it. */
export interface ProcessVersion {
  readonly hash: string;
  readonly plan: ProcessPlan;
}

/**
 * One running instance: folds events into the state with `step` and carries out the commands.
 * It decides nothing. Every event is handled synchronously and whole before the next.
 */
export class Instance {
  #state: ProcessState;
  #version: ProcessVersion;
  readonly #recorder: Recorder;
  readonly #patientId: string | undefined;
  readonly #activationEnd = new ActivationEnd();
  readonly #localCalls = new LocalCalls(() => this.#activationEnd.want());
  readonly #clock = new Clock((timerId) => this.handle({ id: timerId, at: now(), actor: engineActor, type: 'timerFired', timerId }), () => this.#activationEnd.want());
  readonly #services: ServiceCalls;
  readonly #children: ChildCalls;
  readonly #held = new HeldCalls();
  /** Work that is carried through whatever happens. */
  #finishing = 0;

  /** `accepted`: ids of the commands taken so far, which the caller goes on adding to. */
  constructor(options: { readonly version: ProcessVersion; readonly state: ProcessState; readonly sequence: number; readonly accepted: readonly string[]; readonly patientId?: string }) {
    this.#version = options.version;
    this.#state = options.state;
    this.#patientId = options.patientId;
    this.#services = new ServiceCalls(options.state.instanceId, (event) => this.handle(event));
    this.#children = new ChildCalls({ processKey: options.state.processKey, instanceId: options.state.instanceId }, this.#localCalls);
    this.#recorder = new Recorder(
      { instanceId: options.state.instanceId, processKey: options.state.processKey, ...(options.patientId ? { patientId: options.patientId } : {}) },
      { sequence: options.sequence, bundleHash: options.version.hash, accepted: options.accepted },
      (batch, claims, recorded) => this.#localCalls.ask(() => local.recordInstance({ batch, claims }), recorded),
    );
  }

  get state(): ProcessState {
    return this.#state;
  }

  /** In which it is: the one it was started with, or migrated to. */
  get version(): ProcessVersion {
    return this.#version;
  }

  /** Types of the elements at which it is. */
  get types(): ElementTypes {
    return elementTypesAt(this.#version.plan, this.#state);
  }

  get recorder(): Recorder {
    return this.#recorder;
  }

  get hasEnded(): boolean {
    return this.#state.status !== 'created' && this.#state.status !== 'running';
  }

  /** True when no activity is open, so that nothing is dropped by continue-as-new. Timers are rebuilt. */
  get isQuiet(): boolean {
    return !this.#isInFlight && !this.#hasLocalWork && !this.#localCalls.isOut;
  }

  /** Whether others have to answer or to be told. */
  get #isInFlight(): boolean {
    return this.#services.isAny || this.#finishing > 0;
  }

  /** Whether there is something to record or to call local activities for. */
  get #hasLocalWork(): boolean {
    return this.#recorder.isDirty || this.#localCalls.isWaiting;
  }

  /** Runs the instance until `isDone`; rejects when it cannot be recorded. */
  run(isDone: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#activationEnd.run(() => this.#sendLocalWork(reject), isDone).then(resolve, reject);
    });
  }

  /** What `step` would say, without any effect: for validators. */
  refusalOf(event: EngineEvent, target = this.#version): Failure | undefined {
    return refusal(step(target.plan, this.#state, event).commands);
  }

  /** `target`: the version in which it goes on from this event, where that is another one. */
  handle(event: EngineEvent, claims?: Claims, target = this.#version): HandleResult {
    const { state, commands } = step(target.plan, this.#state, event);
    const failure = refusal(commands);
    if (failure) return { kind: 'refused', failure };
    this.#version = target;
    return { kind: 'accepted', sequence: this.#take(state, commands, claims) };
  }

  /**
   * Begins the instance. What the process does not admit ends it as failed, on record, so that who waits for its end
   * hears of it; gives the reason then.
   */
  begin(event: EngineEvent, claims: Claims): Failure | undefined {
    const { state, commands } = step(this.#version.plan, this.#state, event);
    const failure = refusal(commands);
    if (!failure) {
      this.#take(state, commands, claims);
      return undefined;
    }
    const entry = { action: 'instance.failed', at: event.at, actor: event.actor, reason: failure.code } as const;
    this.#take({ ...this.#state, status: 'failed', endedAt: event.at }, [...commands, { type: 'recordEntry', entry }, { type: 'endInstance', status: 'failed', variables: {} }], claims);
    return failure;
  }

  #take(state: ProcessState, commands: readonly Command[], claims?: Claims): number {
    this.#state = state;
    for (const command of commands) this.#execute(command);
    const sequence = this.#recorder.add(commands, claims);
    if (this.#recorder.isDirty) this.#activationEnd.want();
    return sequence;
  }

  /** Records what was gathered and makes the calls that wait, as one wave; the next one goes when it is answered. */
  #sendLocalWork(fail: (error: unknown) => void): void {
    if (this.#localCalls.isOut) return;
    if (!this.hasEnded) this.#clock.settle();
    this.#recorder.flush(this.#state, this.#version, now());
    this.#localCalls.sendWave(() => {
      // An alarm may have rung for nothing while the wave was out: the next one is still to be set.
      if (this.#hasLocalWork || (!this.hasEnded && this.#clock.isUnsettled)) this.#activationEnd.want();
      else if (this.hasEnded) this.#close();
    }, fail);
  }

  /** Calls that this run does not make any more. */
  get heldCalls(): readonly Call[] {
    return this.#held.calls;
  }

  /** Starts what came over continue-as-new: the timers of the state, and the calls that were held back. */
  resume(calls: readonly Call[]): void {
    for (const timer of openTimers(this.#state)) this.#clock.start(timer);
    for (const call of calls) this.#execute(call);
  }

  /** Ends timers and calls that are still open when the instance has ended. */
  #close(): void {
    this.#clock.close();
    this.#services.close();
  }

  #execute(command: Command): void {
    switch (command.type) {
      case 'executeService':
      case 'evaluateRules':
      case 'sendMessage':
      case 'startChildProcess':
        if (!this.#held.takes(command, this.#isInFlight)) this.#call(command);
        break;
      case 'startTimer':
        this.#clock.start(command.timer);
        break;
      case 'cancelService':
        if (!this.#held.drop('executeService', command.elementInstanceId)) this.#services.cancel(command.elementInstanceId);
        break;
      case 'cancelTimer':
        this.#clock.cancel(command.timerId);
        break;
      case 'cancelChildProcess':
        if (!this.#held.drop('startChildProcess', command.elementInstanceId)) this.#finish(() => this.#children.end(command.elementInstanceId, now()));
        break;
      default:
        break;
    }
  }

  #call(command: Call): void {
    switch (command.type) {
      case 'executeService':
        this.#services.call(command);
        break;
      case 'evaluateRules':
        this.#evaluateRules(command);
        break;
      case 'sendMessage': {
        const { type: _type, ...message } = command;
        this.#localCalls.ask(() => local.sendMessage({ instanceId: this.#state.instanceId, ...message }), () => undefined);
        break;
      }
      case 'startChildProcess':
        this.#finish(() => this.#callProcess(command));
        break;
    }
  }

  async #callProcess(command: Extract<Command, { type: 'startChildProcess' }>): Promise<void> {
    const { elementInstanceId } = command;
    const attempt = this.#state.elementInstances[elementInstanceId]?.attempt ?? 1;
    const failure = await this.#children.start(command, attempt);
    if (failure) this.handle({ id: `${elementInstanceId}/call/${attempt}`, at: now(), actor: engineActor, type: 'childFailed', elementInstanceId, failure });
  }

  #evaluateRules({ elementInstanceId, elementId, ruleSet, facts }: Extract<Command, { type: 'evaluateRules' }>): void {
    const call = { instanceId: this.#state.instanceId, elementId, elementInstanceId, ruleSet, facts, at: now(), ...(this.#patientId ? { patientId: this.#patientId } : {}) };
    this.#localCalls.ask(() => local.evaluateRules(call), (outcome) => {
      const base = { id: `${elementInstanceId}/rules`, at: now(), actor: engineActor, elementInstanceId };
      if (outcome.kind === 'decided') this.handle({ ...base, type: 'rulesEvaluated', version: outcome.version, decisionId: outcome.decisionId, result: outcome.result });
      else this.handle({ ...base, type: 'rulesFailed', failure: outcome.failure });
    }, () => elementInstanceId in this.#state.elementInstances);
  }

  /** Work that is carried through also when the instance ends meanwhile: others rely on it. */
  #finish(work: () => Promise<void>): void {
    this.#finishing += 1;
    void CancellationScope.nonCancellable(work).finally(() => {
      this.#finishing -= 1;
    });
  }
}

function refusal(commands: readonly Command[]): Failure | undefined {
  for (const command of commands) if (command.type === 'rejectEvent') return command.failure;
  return undefined;
}
