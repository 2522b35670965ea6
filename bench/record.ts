import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKeyStore, recordBatch, type RecordBatch } from '#activities';
import { createDatabase, migrate, type Database } from '#database';
import type { Actor } from '#engine';
import { startPostgres } from '../cli/servers/postgres.ts';
import { cpuMsOf } from './postgres-cpu.ts';

const batchesAnInstance = 4;
const nurse: Actor = { id: 'nurse-1', kind: 'person', roles: ['nurse'], unit: 'ward-1' };
const engine: Actor = { id: 'careloop', kind: 'engine', roles: [] };

/**
 * `npm run bench -- record`: recording a batch of seven entries, a task closed and one opened, a ledger step and
 * three outbox events, beside the least that a durable write can be: one row, one commit, same database.
 * `--batches N` a level (default 2,000). Then one instance that goes round, its first batches beside its last ones;
 * `--rounds N` (default 10,000).
 */
export async function run(args: string[]): Promise<void> {
  const option = (name: string, fallback: number): number => (args.includes(name) ? Number(args[args.indexOf(name) + 1]) : fallback);
  const count = option('--batches', 2_000);
  const rounds = option('--rounds', 10_000);
  const dataFolder = mkdtempSync(join(tmpdir(), 'careloop-bench-record-'));
  const postgres = await startPostgres({ dataFolder });
  const database = createDatabase(postgres.url, 16);
  try {
    await migrate(postgres.ownerUrl);
    await database.pool.query("insert into process_bundle (hash, process_key, version, bytes, forms, published_by) values ('bundle', 'bench', '1', '', '{}', 'bench')");
    const keys = createKeyStore(database, randomBytes(32));
    const oneRow = () => database.pool.query({ name: 'one-row', text: "insert into outbox_event (topic) values ('bench')" });
    await measure(database, postgres.process.pid, 400, 1, (instanceId, sequence) => recordBatch(database, keys, batch(instanceId, sequence)));
    for (const concurrency of [1, 16, 64]) {
      const record = await measure(database, postgres.process.pid, count, concurrency, (instanceId, sequence) => recordBatch(database, keys, batch(instanceId, sequence)));
      const floor = await measure(database, postgres.process.pid, count, concurrency, oneRow);
      console.log(JSON.stringify({ bench: 'record', cores: cpus().length, concurrency, batches: count, record, oneRow: floor }));
    }
    const timesMs = await goRound(database, rounds, (instanceId, sequence) => recordBatch(database, keys, batch(instanceId, sequence)));
    const share = Math.ceil(rounds / 20);
    console.log(JSON.stringify({ bench: 'record', cores: cpus().length, rounds, firstP50Ms: median(timesMs.slice(0, share)), lastP50Ms: median(timesMs.slice(-share)) }));
  } finally {
    await database.close();
    await postgres.stop();
    rmSync(dataFolder, { recursive: true });
  }
}

async function measure({ pool }: Database, postmaster: number, count: number, concurrency: number, write: (instanceId: string, sequence: number) => Promise<unknown>): Promise<object> {
  const instances = Array.from({ length: Math.ceil(count / batchesAnInstance) }, () => randomUUID());
  await pool.query("insert into process_instance (id, process_key, business_key, bundle_hash, started_by) select id::uuid, 'bench', id, 'bundle', 'bench' from unnest($1::text[]) id", [instances]);
  const timesMs: number[] = [];
  const begun = { at: performance.now(), cpu: process.cpuUsage(), postgresMs: cpuMsOf(postmaster) };
  const waiting = [...instances];
  await Promise.all(Array.from({ length: concurrency }, async () => {
    for (let instanceId = waiting.pop(); instanceId !== undefined; instanceId = waiting.pop()) {
      for (let sequence = 1; sequence <= batchesAnInstance; sequence += 1) {
        const at = performance.now();
        await write(instanceId, sequence);
        timesMs.push(performance.now() - at);
      }
    }
  }));
  const wallMs = performance.now() - begun.at;
  const cpu = process.cpuUsage(begun.cpu);
  timesMs.sort((a, b) => a - b);
  const each = (ms: number): number => Number((ms / timesMs.length).toFixed(2));
  const percentile = (share: number): number => Number((timesMs[Math.floor(timesMs.length * share)] ?? 0).toFixed(2));
  return { p50Ms: percentile(0.5), p99Ms: percentile(0.99), perSecond: Math.round((timesMs.length / wallMs) * 1_000), nodeCpuMs: each((cpu.user + cpu.system) / 1_000), postgresCpuMs: each(cpuMsOf(postmaster) - begun.postgresMs) };
}

/** The times of the batches of one instance, in order, in ms. */
async function goRound({ pool }: Database, rounds: number, write: (instanceId: string, sequence: number) => Promise<unknown>): Promise<number[]> {
  const instanceId = randomUUID();
  await pool.query("insert into process_instance (id, process_key, business_key, bundle_hash, started_by) select id::uuid, 'bench', id, 'bundle', 'bench' from (select $1::text as id) given", [instanceId]);
  const timesMs: number[] = [];
  for (let sequence = 1; sequence <= rounds; sequence += 1) {
    const at = performance.now();
    await write(instanceId, sequence);
    timesMs.push(performance.now() - at);
  }
  return timesMs;
}

function median(timesMs: readonly number[]): number {
  return Number(([...timesMs].sort((a, b) => a - b)[Math.floor(timesMs.length / 2)] ?? 0).toFixed(2));
}

function batch(instanceId: string, sequence: number): RecordBatch {
  const at = new Date().toISOString();
  const about = (n: number) => ({ at, actor: n === 0 ? nurse : engine, elementId: `element-${n}`, elementInstanceId: `e${sequence * 10 + n}` });
  const values = { after: { dose: { value: 500, unit: 'mg' }, route: 'oral', note: 'given at the bedside' }, detail: { scans: ['wristband', 'bag'] } };
  return {
    instanceId,
    processKey: 'bench',
    sequence,
    at,
    patientId: `patient-${instanceId.charCodeAt(0)}-${instanceId.charCodeAt(1)}`,
    entries: [
      { action: 'task.completed', ...about(0), taskId: `t${sequence - 1}`, ...values },
      { action: 'element.completed', ...about(0) },
      { action: 'flow.taken', ...about(1) },
      { action: 'element.activated', ...about(2), ...values },
      { action: 'element.completed', ...about(2) },
      { action: 'element.activated', ...about(3) },
      { action: 'task.created', ...about(3), taskId: `t${sequence}`, ...values },
    ],
    tasks: {
      upsert: [{ id: `t${sequence}`, elementInstanceId: `e${sequence * 10 + 3}`, elementId: 'give', candidateRoles: ['nurse'], form: 'give-dose', priority: 50, input: { drug: 'amoxicillin', dose: 500 }, createdAt: at }],
      close: sequence === 1 ? [] : [{ taskId: `t${sequence - 1}`, outcome: 'completed', completedBy: nurse.id, at }],
    },
    subscriptions: { open: [], close: [] },
    incidents: { raise: [], close: [] },
    ledger: [{ loop: 'dose', step: 'given', item: `${instanceId}/${sequence}`, elementId: 'give', at, actor: nurse }],
    instance: { status: 'running', startedAt: at, activeElements: [{ elementId: 'give', elementInstanceId: `e${sequence * 10 + 3}`, status: 'active', since: at }], completed: ['element-0', 'element-2'], variables: { order: { drug: 'amoxicillin', dose: { value: 500, unit: 'mg' } }, weightKg: 61 } },
    open: { tasks: [{ id: `t${sequence}` }], subscriptions: [], incidents: [] },
  };
}
