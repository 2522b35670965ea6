import { ApplicationFailure, Context } from '@temporalio/activity';
import type { Failure, Json } from '#engine';
import type { Database } from '#database';
import type { ServiceCall, ServiceOutcome } from './process-activities.ts';
import type { ActivityContext, ActivitySettings, AnyServiceActivity } from './service-activity.ts';

interface Dependencies {
  readonly database: Database;
  readonly settings: ActivitySettings;
  readonly services: readonly AnyServiceActivity[];
}

/**
 * Calls the registered service. A lost answer is treated by the service's declared effect: what may have
 * acted is asked before it is repeated, and when it cannot tell, a person decides.
 */
export function createExecuteService({ database, settings, services }: Dependencies): (call: ServiceCall) => Promise<ServiceOutcome> {
  const byType = new Map(services.map((service) => [service.type, service]));

  return async (call) => {
    const service = byType.get(call.activity);
    if (!service) return { kind: 'failed', failure: failureOf(call, 'SERVICE_FAILED', `Expected a registered service, but found no "${call.activity}"`) };
    const input = service.input.safeParse(call.input);
    if (!input.success) {
      const issue = input.error.issues[0];
      return { kind: 'failed', failure: { ...failureOf(call, 'SERVICE_FAILED', `Expected a valid input of ${call.activity}, but ${issue?.path.join('.') ?? 'it'}: ${issue?.message ?? 'is invalid'}`), place: issue?.path.join('.') ?? '' } };
    }
    // Checked by the service's own schema, so it is what `run` takes.
    const parsed = input.data as never;
    const activity = Context.current();
    const context: ActivityContext = {
      database,
      settings,
      idempotencyKey: call.idempotencyKey,
      instanceId: call.instanceId,
      elementId: call.elementId,
      at: new Date().toISOString(),
      signal: activity.cancellationSignal,
    };
    // A second attempt means that the first one's answer was lost: perhaps it acted.
    if (service.effect === 'probe' && activity.info.attempt > 1) {
      const known = await outcomeByProbe(service, parsed, context, call);
      if (known !== 'notDone') return known;
    }
    return attempt(service, parsed, context, call);
  };
}

async function attempt(service: AnyServiceActivity, input: never, context: ActivityContext, call: ServiceCall): Promise<ServiceOutcome> {
  try {
    return { kind: 'completed', result: await service.run(input, context) };
  } catch (error) {
    const { code, message } = error as { code?: string; message?: string };
    if (code === 'BUSINESS_ERROR') return { kind: 'error', error: { errorCode: (error as { errorCode: string }).errorCode, ...(message ? { message } : {}) } };
    if (code === 'SERVICE_OUTCOME_UNKNOWN') {
      if (service.effect !== 'probe') {
        if (service.effect === 'idempotent') throw ApplicationFailure.retryable(`Expected ${call.activity} to answer, but it did not`, 'SERVICE_OUTCOME_UNKNOWN');
        return unknown(call);
      }
      const known = await outcomeByProbe(service, input, context, call);
      if (known === 'notDone') throw ApplicationFailure.retryable(`Expected ${call.activity} to act, but it has not`, 'SERVICE_FAILED');
      return known;
    }
    if (code === 'SERVICE_FAILED' && (error as { retryable?: boolean }).retryable === false) {
      return { kind: 'failed', failure: failureOf(call, 'SERVICE_FAILED', message ?? 'Expected the service to act, but it refused') };
    }
    // Details of unexpected errors may hold patient data: only the kind of trouble leaves this process.
    throw ApplicationFailure.retryable(`Expected ${call.activity} to act, but it failed`, 'SERVICE_FAILED');
  }
}

async function outcomeByProbe(service: AnyServiceActivity, input: never, context: ActivityContext, call: ServiceCall): Promise<ServiceOutcome | 'notDone'> {
  if (!service.probe) return unknown(call);
  try {
    const probe = await service.probe(input, context);
    if (probe.kind === 'done') return { kind: 'completed', result: probe.result satisfies Json };
    return probe.kind === 'notDone' ? 'notDone' : unknown(call);
  } catch {
    return unknown(call);
  }
}

function unknown(call: ServiceCall): ServiceOutcome {
  return { kind: 'unknown', failure: failureOf(call, 'SERVICE_OUTCOME_UNKNOWN', `Expected ${call.activity} to answer, but it did not and may have acted`) };
}

function failureOf(call: ServiceCall, code: Failure['code'], message: string): Failure {
  return { code, message, elementId: call.elementId };
}
