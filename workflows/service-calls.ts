import { ActivityFailure, CancellationScope, proxyActivities } from '@temporalio/workflow';
import type { ProcessActivities, ServiceOutcome } from '#activities';
import { engineActor, type Command, type EngineEvent } from '#engine';
import { now } from './now.ts';

type ExecuteService = Extract<Command, { type: 'executeService' }>;

/** The services that an instance has called and that have not answered: each a regular activity, with its own time limit and tries. */
export class ServiceCalls {
  readonly #instanceId: string;
  readonly #answered: (event: EngineEvent) => void;
  readonly #open = new Map<string, CancellationScope>();
  #inFlight = 0;

  /** `answered` is given what the answer of a service, or its absence, means to the instance. */
  constructor(instanceId: string, answered: (event: EngineEvent) => void) {
    this.#instanceId = instanceId;
    this.#answered = answered;
  }

  /** Whether an answer is missing, also one that is not wanted any more. */
  get isAny(): boolean {
    return this.#inFlight > 0;
  }

  call(command: ExecuteService): void {
    const { elementInstanceId, elementId, activity, input, idempotencyKey, timeoutMs } = command;
    const { executeService } = proxyActivities<Pick<ProcessActivities, 'executeService'>>({
      startToCloseTimeout: timeoutMs,
      retry: { maximumAttempts: command.maximumAttempts, initialInterval: command.initialIntervalMs },
    });
    const eventBase = () => ({ id: `${elementInstanceId}/${command.attempt}`, at: now(), actor: engineActor, elementInstanceId });
    const scope = new CancellationScope();
    this.#open.set(elementInstanceId, scope);
    this.#inFlight += 1;
    const settle = (): void => {
      this.#inFlight -= 1;
      if (this.#open.get(elementInstanceId) === scope) this.#open.delete(elementInstanceId);
    };
    void scope.run(() => executeService({ instanceId: this.#instanceId, elementId, activity, input, idempotencyKey, timeoutMs })).then(
      (outcome) => {
        settle();
        this.#answered({ ...eventBase(), ...eventOf(outcome) });
      },
      (error: unknown) => {
        settle();
        if (scope.consideredCancelled) return;
        if (!(error instanceof ActivityFailure)) throw error;
        this.#answered({ ...eventBase(), type: 'serviceFailed', failure: { code: 'SERVICE_FAILED', elementId, message: `Expected ${activity} to answer, but it failed ${command.maximumAttempts} time(s)` } });
      },
    );
  }

  cancel(elementInstanceId: string): void {
    this.#open.get(elementInstanceId)?.cancel();
    this.#open.delete(elementInstanceId);
  }

  /** Ends the calls that are still open when the instance has ended. */
  close(): void {
    for (const scope of this.#open.values()) scope.cancel();
    this.#open.clear();
  }
}

/** What the outcome of a service means to the instance. */
function eventOf(outcome: ServiceOutcome) {
  switch (outcome.kind) {
    case 'completed': return { type: 'serviceCompleted', result: outcome.result } as const;
    case 'error': return { type: 'serviceThrewError', error: outcome.error } as const;
    case 'unknown': return { type: 'serviceOutcomeUnknown', failure: outcome.failure } as const;
    case 'failed': return { type: 'serviceFailed', failure: outcome.failure } as const;
  }
}
