import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createExampleServices, createKeyStore } from '#activities';
import { createDatabase, migrate, type Database } from '#database';
import { compile, createInitialState, engineActor, step, type ProcessBundle } from '#engine';
import { bundleArgument, bundleProcessWorkflow, bundleWorkflow } from '#workflows';
import { startPostgres } from '../../cli/servers/postgres.ts';
import { startTemporal } from '../../cli/servers/temporal.ts';
import { createWorker } from '../../gateway/create-worker.ts';
import { connectTemporal } from '../../gateway/temporal.ts';
import { NotifySignal, runRound, type Contestant, type Round } from './contestant.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const targets = { throughput: 0.9, p99: 1.15 };

/**
 * The interpreter on Temporal against a hand-written workflow of the same ten-node process: one run, one
 * server, the same recording activity, rounds taken in turn. Prints medians and their ratios.
 * `--rounds N` (default 9), `--instances N` a round and concurrency (default 60, 160 and 320).
 */
export async function run(args: string[]): Promise<void> {
  const option = (name: string, fallback: number): number => Number(args[args.indexOf(name) + 1] ?? Number.NaN) && args.includes(name) ? Number(args[args.indexOf(name) + 1]) : fallback;
  const rounds = option('--rounds', 9);
  const instances = option('--instances', 0);
  const levels = [
    { concurrency: 1, count: instances || 60 },
    { concurrency: 16, count: instances || 160 },
    { concurrency: 64, count: instances || 320 },
  ];

  const dataFolder = await mkdtemp(join(tmpdir(), 'careloop-bench-'));
  const postgres = await startPostgres({ dataFolder });
  const server = await startTemporal({ dataFolder, inMemory: true });
  const database = createDatabase(postgres.url, 20);
  try {
    await migrate(postgres.ownerUrl);
    const masterKey = Buffer.alloc(32, 7);
    const keys = createKeyStore(database, masterKey);
    const temporal = await connectTemporal({ address: server.address, namespace: 'default', database, keys });
    const claimsSecret = Buffer.alloc(32, 9);
    const bundle = await readBundle();
    const bundleHash = await publish(database, bundle);
    const signal = new NotifySignal();
    const recording = { ms: 0, calls: 0 };
    const common = { temporal, database: timed(database, recording), keys, claimsSecret, settings: { hisHost: '', hisMllpPort: 0, mqttUrl: '' }, services: createExampleServices(signal.arrived) };

    const interpreted = await bundleProcessWorkflow();
    const handWritten = await bundleWorkflow({ workflowsPath: join(root, 'bench/engine/hand-written-workflow.ts'), preloadModules: [join(root, 'rules/index.ts')] });
    const contestants: readonly Contestant[] = [
      { name: 'hand-written', taskQueue: 'hand-written', workflowType: 'ten-node-example', taskId: 't1', args: (instanceId, claims, variables) => [{ instanceId, start: { claims, variables } }], createWorker: () => createWorker({ ...common, taskQueue: 'hand-written', workflowBundle: handWritten }) },
      { name: 'careloop', taskQueue: 'careloop', workflowType: 'ten-node-example', taskId: taskIdOf(bundle), args: (instanceId, claims, variables) => [bundleArgument(bundleHash), { bundleHash, instanceId, businessKey: instanceId, start: { claims, variables } }], createWorker: () => createWorker({ ...common, taskQueue: 'careloop', workflowBundle: interpreted }) },
    ];
    const workers = await Promise.all(contestants.map((contestant) => contestant.createWorker()));
    const running = workers.map((worker) => worker.run());

    try {
      for (const contestant of contestants) await runRound({ contestant, temporal, database, bundleHash, claimsSecret, signal, count: 40, concurrency: 8 });
      const figures = [];
      for (const { concurrency, count } of levels) {
        const results = new Map<string, Round[]>();
        recording.ms = 0;
        const startedAt = performance.now();
        for (let round = 0; round < rounds; round += 1) {
          // Taken in turn, and who goes first changes, so that a noisy minute meets both.
          for (const contestant of round % 2 === 0 ? contestants : [...contestants].reverse()) {
            const result = await runRound({ contestant, temporal, database, bundleHash, claimsSecret, signal, count, concurrency });
            results.set(contestant.name, [...(results.get(contestant.name) ?? []), result]);
          }
        }
        const wallMs = performance.now() - startedAt;
        figures.push(report(concurrency, results, recording.ms / wallMs / Math.min(concurrency, 16)));
      }
      const passed = figures.every((figure) => figure.throughputRatio >= targets.throughput && figure.p99Ratio <= targets.p99);
      console.log(JSON.stringify({ bench: 'engine', rounds, targets, passed, figures }));
    } finally {
      for (const worker of workers) worker.shutdown();
      await Promise.all(running);
      await temporal.close();
    }
  } finally {
    await database.close();
    await server.stop();
    await postgres.stop();
    await rm(dataFolder, { recursive: true, force: true });
  }
}

async function readBundle(): Promise<ProcessBundle> {
  const read = async (path: string): Promise<unknown> => JSON.parse(await readFile(join(root, 'processes/ten-node-example', path), 'utf8'));
  // The example is published, and so checked, by the product as well.
  return { format: 'careloop-bundle/1', definition: await read('process.json'), ruleSets: { 'example-grading@1': await read('rules/example-grading.json') } } as ProcessBundle;
}

async function publish({ pool }: Database, bundle: ProcessBundle): Promise<string> {
  const bytes = Buffer.from(JSON.stringify(bundle));
  const hash = createHash('sha256').update(bytes).digest('hex');
  await pool.query(`insert into process_bundle (hash, process_key, version, bytes, forms, is_current, published_by) values ($1, 'ten-node-example', '1', $2, '{}', true, 'bench')`, [hash, bytes]);
  return hash;
}

/** The id that the interpreter gives the one user task: ids are counted, so it is the same in every instance. */
function taskIdOf(bundle: ProcessBundle): string {
  const plan = compile(bundle);
  const at = '2026-01-01T00:00:00.000Z';
  const started = step(plan, createInitialState(plan, { instanceId: 'example' }), { type: 'instanceStarted', id: 'start', at, actor: engineActor, variables: { amount: 50 } });
  const call = started.commands.find((command) => command.type === 'executeService');
  const { state } = step(plan, started.state, { type: 'serviceCompleted', id: 'answer', at, actor: engineActor, elementInstanceId: call?.elementInstanceId ?? '', result: { level: 1 } });
  return Object.keys(state.userTasks)[0] ?? '';
}

/** The database with the time spent in its statements added up: what recording takes. */
function timed(database: Database, spent: { ms: number; calls: number }): Database {
  const query = database.pool.query.bind(database.pool) as (...parameters: unknown[]) => Promise<unknown>;
  const pool = new Proxy(database.pool, {
    get(target, property, receiver) {
      if (property !== 'query') return Reflect.get(target, property, receiver) as unknown;
      return async (...parameters: unknown[]) => {
        const startedAt = performance.now();
        try {
          return await query(...parameters);
        } finally {
          spent.ms += performance.now() - startedAt;
          spent.calls += 1;
        }
      };
    },
  });
  return { ...database, pool };
}

function report(concurrency: number, results: ReadonlyMap<string, readonly Round[]>, recordingShare: number) {
  const [peer = [], ours = []] = [results.get('hand-written'), results.get('careloop')];
  const throughput = (rounds: readonly Round[]): number => median(rounds.map((round) => round.instancesPerSecond));
  const p99 = (rounds: readonly Round[]): number => median(rounds.map((round) => quantile(round.latencies, 0.99)));
  const p50 = (rounds: readonly Round[]): number => median(rounds.map((round) => quantile(round.latencies, 0.5)));
  const figure = {
    concurrency,
    handWrittenPerSecond: round1(throughput(peer)),
    careloopPerSecond: round1(throughput(ours)),
    throughputRatio: round2(median(ours.map((round, index) => round.instancesPerSecond / (peer[index]?.instancesPerSecond ?? Number.NaN)))),
    handWrittenP50Ms: round1(p50(peer)),
    careloopP50Ms: round1(p50(ours)),
    handWrittenP99Ms: round1(p99(peer)),
    careloopP99Ms: round1(p99(ours)),
    p99Ratio: round2(p99(ours) / p99(peer)),
    recordingShare: round2(recordingShare),
    handWrittenEvents: peer.at(-1)?.historyEvents,
    careloopEvents: ours.at(-1)?.historyEvents,
  };
  console.table([figure]);
  return figure;
}

function median(values: readonly number[]): number {
  return quantile([...values].sort((a, b) => a - b), 0.5);
}

function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
}

const round1 = (value: number): number => Math.round(value * 10) / 10;
const round2 = (value: number): number => Math.round(value * 100) / 100;
