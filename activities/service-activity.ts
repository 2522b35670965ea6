import type { Json, Variables } from '#engine';
import type { Database } from '#database';
import type { z } from 'zod';

/**
 * Something a service task can call. `effect` says what a lost answer means:
 * `none` reads only; `idempotent` may be repeated under the same key; `probe` may have acted, and can be asked.
 */
export interface ServiceActivity<Input = Variables, Output extends Json = Json> {
  /** Registered name, for example `cabinet.dispense`. */
  readonly type: string;
  readonly effect: 'none' | 'idempotent' | 'probe';
  readonly input: z.ZodType<Input>;
  run(input: Input, context: ActivityContext): Promise<Output>;
  /** Required for `probe`: what became of the effect with this key. Must itself have no effect. */
  probe?(input: Input, context: ActivityContext): Promise<ProbeResult<Output>>;
}

/** An activity whatever its input: the shell checks with `input` before it calls. */
export interface AnyServiceActivity extends Omit<ServiceActivity, 'input' | 'run' | 'probe'> {
  readonly input: z.ZodType;
  run(input: never, context: ActivityContext): Promise<Json>;
  probe?(input: never, context: ActivityContext): Promise<ProbeResult<Json>>;
}

export type ProbeResult<Output> =
  | { readonly kind: 'done'; readonly result: Output }
  | { readonly kind: 'notDone' }
  | { readonly kind: 'unknown' };

export interface ActivityContext {
  readonly database: Database;
  readonly settings: ActivitySettings;
  /** Key of the business effect; stable over retries, resets and continue-as-new. */
  readonly idempotencyKey: string;
  readonly instanceId: string;
  readonly elementId: string;
  /** ISO 8601 UTC instant of the call. */
  readonly at: string;
  /** Aborted when the task is cancelled or its time is up. */
  readonly signal: AbortSignal;
}

/** Where the outside systems are. */
export interface ActivitySettings {
  readonly hisHost: string;
  readonly hisMllpPort: number;
  readonly mqttUrl: string;
}

/** A modelled BPMN error, caught by a boundary event with the same code. */
export class BusinessError extends Error {
  readonly code = 'BUSINESS_ERROR';
  readonly errorCode: string;

  constructor(errorCode: string, message: string) {
    super(message);
    this.name = 'BusinessError';
    this.errorCode = errorCode;
  }
}

/** The other side did not answer and may have acted. */
export class OutcomeUnknownError extends Error {
  readonly code = 'SERVICE_OUTCOME_UNKNOWN';
}

/** It certainly did not happen. `retryable` lets the shell try again within the task's retry policy. */
export class ServiceFailedError extends Error {
  readonly code = 'SERVICE_FAILED';
  readonly retryable: boolean;

  constructor(message: string, retryable = true) {
    super(message);
    this.name = 'ServiceFailedError';
    this.retryable = retryable;
  }
}
