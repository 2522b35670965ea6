import { createHash } from 'node:crypto';
import { engineActor, type Failure, type ProcessDefinition } from '#engine';
import type { Database } from '#database';
import { signClaims } from './claims.ts';
import type { ChildAllotment, ChildCall, ChildEnd } from './process-activities.ts';
import type { KeyStore } from './record/key-store.ts';
import { recordBatch } from './record/record-batch.ts';

/** Reason on record of a called instance whose caller does not need it any more. */
const callEnded = 'CALL_ENDED';

/**
 * Allots the instance of a called process: its row stands before it starts, under an id that follows from the call, so
 * that a repeat finds it. It belongs to the patient and the unit of its caller. Refused: CHILD_FAILED for a process that
 * is not published, and for a business key that another instance has.
 */
export function createAllotChild(database: Database, claimsSecret: Buffer): (call: ChildCall) => Promise<ChildAllotment> {
  const declared = new Map<string, readonly string[]>();

  return async ({ parentInstanceId, elementInstanceId, elementId, attempt, processKey, version, businessKey }) => {
    const instanceId = childIdOf(parentInstanceId, elementInstanceId, attempt, processKey, businessKey);
    await database.pool.query(
      `insert into process_instance (id, process_key, business_key, bundle_hash, patient_id, unit, started_by, parent_instance_id, parent_element_instance_id)
       select $1, b.process_key, $2, b.hash, p.patient_id, p.unit, p.started_by, p.id, $3
       from process_instance p, process_bundle b
       where p.id = $4 and b.process_key = $5 and (b.version = $6 or ($6::text is null and b.is_current))
       order by b.published_at desc limit 1
       on conflict do nothing`,
      [instanceId, businessKey, elementInstanceId, parentInstanceId, processKey, version ?? null],
    );
    const child = await database.prisma.processInstance.findUnique({ where: { id: instanceId }, select: { bundleHash: true, patientId: true } });
    if (!child) return { kind: 'refused', failure: await refusalOf({ processKey, version, businessKey, elementId }, database) };
    const names = declared.get(child.bundleHash) ?? (await declaredVariables(child.bundleHash, database));
    declared.set(child.bundleHash, names);
    const claims = signClaims(claimsSecret, instanceId, `call:${instanceId}`, engineActor);
    return { kind: 'allotted', instanceId, bundleHash: child.bundleHash, declared: names, claims, ...(child.patientId ? { patientId: child.patientId } : {}) };
  };
}

/**
 * Ends what a call has started: by a command in the inbox, so that it happens whatever is killed meanwhile. A child
 * that was allotted and never started ends here and now, on record.
 */
export function createEndChild(database: Database, keys: KeyStore): (end: ChildEnd) => Promise<void> {
  return async ({ parentInstanceId, elementInstanceId, neverStarted, at }) => {
    const open = await database.prisma.processInstance.findMany({ where: { parentInstanceId, parentElementInstanceId: elementInstanceId, status: { in: ['created', 'running', 'paused'] } }, select: { id: true, processKey: true } });
    for (const { id, processKey } of open) {
      if (id === neverStarted) {
        await recordBatch(database, keys, {
          instanceId: id, processKey, sequence: 1, at,
          entries: [{ action: 'instance.cancelled', at, actor: engineActor, reason: callEnded }],
          tasks: { upsert: [], close: [] }, subscriptions: { open: [], close: [] }, incidents: { raise: [], close: [] }, ledger: [],
          instance: { status: 'cancelled', endedAt: at, activeElements: [], completed: [], variables: {} },
          open: { tasks: [], subscriptions: [], incidents: [] },
        });
        continue;
      }
      const commandId = createHash('sha256').update(JSON.stringify([id, callEnded])).digest('hex');
      // Not at once: were the child's close to come while the caller ends, Temporal would have that end done again.
      await database.pool.query(
        `insert into inbox_command (id, kind, instance_id, caller_id, payload, payload_digest, actor, next_attempt_at)
         values ($1, 'cancelInstance', $2, $3, $4, $1, $5, now() + interval '400 milliseconds') on conflict (id) do nothing`,
        [commandId, id, `instance:${parentInstanceId}`, JSON.stringify({ reason: callEnded }), JSON.stringify(engineActor)],
      );
    }
  };
}

/** Id of the instance that the try `attempt` of a call is given: a UUID that follows from what is called, and from where. */
export function childIdOf(parentInstanceId: string, elementInstanceId: string, attempt: number, processKey: string, businessKey: string): string {
  const hash = createHash('sha256').update(JSON.stringify([parentInstanceId, elementInstanceId, attempt, processKey, businessKey])).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

async function declaredVariables(hash: string, { prisma }: Database): Promise<readonly string[]> {
  const { bytes } = await prisma.processBundle.findUniqueOrThrow({ where: { hash }, select: { bytes: true } });
  // Validated against the definition schema when it was published.
  const { definition } = JSON.parse(Buffer.from(bytes).toString('utf8')) as { definition: ProcessDefinition };
  return definition.variables.map(({ name }) => name);
}

async function refusalOf({ processKey, version, businessKey, elementId }: Pick<ChildCall, 'processKey' | 'businessKey' | 'elementId'> & { readonly version: string | undefined }, { prisma }: Database): Promise<Failure> {
  const isInUse = (await prisma.processInstance.count({ where: { processKey, businessKey } })) > 0;
  if (isInUse) return { code: 'CHILD_FAILED', elementId, message: 'Expected a business key that is not in use for the called process, but an instance has it already', place: 'businessKey' };
  return { code: 'CHILD_FAILED', elementId, message: `Expected a published process "${processKey}"${version === undefined ? '' : ` in version ${version}`}, but found none`, place: 'calledElement' };
}
