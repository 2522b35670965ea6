import { startConditionHolds, type Json, type ProcessPlan, type Variables } from '#engine';
import type { CommandFailure, EvaluatedConditions } from './command-service.ts';
import { type DeliveryResult, settle } from './delivery-result.ts';
import type { Inbox, InboxRow } from './inbox.ts';
import { startRefusal, type TriggeredStart, type TriggeredStarts } from './triggered-starts.ts';

interface Conditions {
  readonly variables: Variables;
  readonly businessKey?: string;
  readonly processKey?: string;
  readonly patientId?: string;
  readonly unit?: string;
}

interface Surroundings {
  readonly inbox: Inbox;
  readonly starts: TriggeredStarts;
  readonly start: (command: InboxRow) => Promise<DeliveryResult>;
}

/**
 * Asks the conditional start events of the current versions and starts one instance of each process of which one holds,
 * each by a command of its own, so that a repeat starts none twice. What cannot be asked or begun is told and stops no
 * other. BPMN 2.0.2 §10.5.2.
 */
export async function startByConditions(row: InboxRow, surroundings: Surroundings): Promise<DeliveryResult> {
  // The payload was written by the command service.
  const conditions = row.payload as unknown as Conditions;
  const at = new Date().toISOString();
  const started = new Map<string, EvaluatedConditions['started'][number]>();
  const failures: EvaluatedConditions['failures'][number][] = [];
  for (const found of await surroundings.starts.find((event) => event.kind === 'conditional')) {
    const { processKey, startElementId: startEventId, plan } = found;
    if (started.has(processKey) || (conditions.processKey !== undefined && processKey !== conditions.processKey)) continue;
    const holds = startConditionHolds(plan, found, conditions.variables, at);
    if (holds === false) continue;
    const outcome = holds === true ? await begin(row, found, conditions, surroundings) : holds;
    if (typeof outcome === 'string') started.set(processKey, { processKey, startEventId, instanceId: outcome });
    else failures.push({ processKey, startEventId, code: outcome.code, message: outcome.message });
  }
  const result = { started: [...started.values()], failures };
  return { kind: 'delivered', outcome: { result: result as unknown as Json } };
}

/** Gives the id of the instance, or why there is none. */
async function begin(row: InboxRow, { processKey, bundleHash, startElementId, plan }: TriggeredStart, conditions: Conditions, { inbox, start }: Surroundings): Promise<string | CommandFailure> {
  const { businessKey = `condition:${row.id.slice(0, 32)}`, patientId, unit } = conditions;
  const variables = declaredOf(plan, conditions.variables);
  const refusal = startRefusal(plan, { variables, startElementId }, row.actor);
  if (refusal) return refusal;
  const payload = { processKey, bundleHash, businessKey, variables, startElementId, ...(patientId ? { patientId } : {}), ...(unit ? { unit } : {}) };
  const { row: command } = await inbox.receive({ kind: 'start', actor: row.actor, idempotencyKey: `${row.id}/${processKey}`, payload });
  if (command.status === 'rejected' && command.outcome?.failure) return command.outcome.failure;
  if (command.status !== 'received' && command.instanceId !== null) return command.instanceId;
  const result = await start(command);
  await settle(command, result, inbox);
  if (result.kind === 'rejected') return result.failure;
  const instanceId = result.instanceId ?? command.instanceId;
  if (!instanceId) throw new Error('Expected the instance of a start that was taken, but there is none');
  return instanceId;
}

/** A process is given what it declares of the values, as a called one is. */
function declaredOf({ definition }: ProcessPlan, values: Variables): Variables {
  const declared = new Set(definition.variables.map(({ name }) => name));
  return Object.fromEntries(Object.entries(values).filter(([name]) => declared.has(name)));
}
