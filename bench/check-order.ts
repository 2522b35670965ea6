import { cpus, tmpdir } from 'node:os';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pino from 'pino';
import { createDecider, createKeyStore } from '#activities';
import { createDatabase, migrate } from '#database';
import { startPostgres } from '../cli/servers/postgres.ts';
import type { CommandService } from '../gateway/commands/index.ts';
import { createGateway } from '../gateway/create-gateway.ts';
import { seedDemoHospital } from '../gateway/demo-hospital/index.ts';
import { createDemoIdentities } from '../gateway/identity/index.ts';
import { publishProcess, publishRuleLibrary } from '../gateway/processes/index.ts';

const document = 'query ($input: CheckOrderInput!) { checkOrder(input: $input) { level findings { ruleSet ruleId version level message { zhCN en } source sourceGrade facts } } }';

/**
 * `npm run bench -- check-order`: the question of a doctor's desk before an order is signed, over HTTP and GraphQL, with its facts gathered and
 * the question on record. An open loop: questions come at `--rate` a second (default 50) for `--seconds` (default 30) whether or not earlier ones
 * were answered, and times count from when a question was due. Target: p95 at most 300 ms at 50 a second.
 */
export async function run(args: string[]): Promise<void> {
  const option = (name: string, value: number): number => (args.includes(name) ? Number(args[args.indexOf(name) + 1]) : value);
  const rate = option('--rate', 50);
  const seconds = option('--seconds', 30);
  const dataFolder = mkdtempSync(join(tmpdir(), 'careloop-bench-check-order-'));
  const postgres = await startPostgres({ dataFolder });
  const database = createDatabase(postgres.url, 16);
  const masterKey = Buffer.alloc(32, 7);
  const gateway = createGateway({
    database,
    // No command is sent here.
    commands: {} as CommandService,
    keys: createKeyStore(database, masterKey),
    decider: createDecider(database),
    masterKey,
    sessionSecret: 'a session secret of enough length for a bench',
    baseUrl: 'http://localhost:4000',
    webFolder: '/nonexistent',
    isProduction: false,
    isDemo: true,
    logger: pino({ level: 'silent' }),
    // One account asks here for a whole hospital.
    limits: { personPointsPerMinute: 1e15, clientPointsPerMinute: 1e15 },
  });
  try {
    await migrate(postgres.ownerUrl);
    await publishProcess(database, fileURLToPath(new URL('../processes/inpatient-order-loop', import.meta.url)));
    await publishRuleLibrary(database, fileURLToPath(new URL('../rules/library', import.meta.url)));
    await seedDemoHospital(database);
    const { clients } = await createDemoIdentities({ database, dataFolder });
    const url = `http://127.0.0.1:${await gateway.listen(0, '127.0.0.1')}`;
    const { clientId = '', clientSecret = '' } = clients['emr-desk'] ?? {};
    const token = (await (await fetch(`${url}/oauth/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }) })).json()) as { access_token: string };
    const [patients, products] = await Promise.all([
      database.prisma.patient.findMany({ select: { id: true }, where: { encounters: { some: { endedAt: null } } }, orderBy: { id: 'asc' } }),
      database.prisma.medication.findMany({ select: { code: true, strength: true, strengthUnit: true }, orderBy: { code: 'asc' } }),
    ]);

    const ask = async (place: number): Promise<string> => {
      const patient = patients[place % patients.length];
      const product = products[Math.floor(place / patients.length) % products.length];
      const input = { patientId: patient?.id, medicationCode: product?.code, dose: product?.strength, doseUnit: product?.strengthUnit, route: 'PO', frequency: 'bid' };
      const response = await fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token.access_token}` }, body: JSON.stringify({ query: document, variables: { input } }) });
      const { data, errors } = (await response.json()) as { data?: { checkOrder?: { level: string } }; errors?: unknown };
      if (!data?.checkOrder) throw new Error(`Expected an answer to a question, but got ${JSON.stringify(errors)}`);
      return data.checkOrder.level;
    };
    for (let place = 0; place < 200; place += 1) await ask(place);

    const timesMs: number[] = [];
    const levels: Record<string, number> = {};
    const begun = performance.now();
    await Promise.all(
      Array.from({ length: rate * seconds }, async (_, place) => {
        const dueAt = begun + (place * 1_000) / rate;
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueAt - performance.now())));
        const level = await ask(place);
        timesMs.push(performance.now() - dueAt);
        levels[level] = (levels[level] ?? 0) + 1;
      }),
    );
    timesMs.sort((a, b) => a - b);
    const quantile = (share: number): number => Number((timesMs[Math.min(timesMs.length - 1, Math.floor(timesMs.length * share))] ?? 0).toFixed(1));
    console.log(JSON.stringify({ bench: 'check-order', cores: cpus().length, rate, asked: timesMs.length, p50Ms: quantile(0.5), p95Ms: quantile(0.95), p99Ms: quantile(0.99), levels }));
  } finally {
    await gateway.close();
    await database.close();
    await postgres.stop();
    rmSync(dataFolder, { recursive: true });
  }
}
