import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { clinicalOrderSchema, createDecider, gatherOrderFacts, recordDecision } from '#activities';
import { createDatabase, migrate, type Database } from '#database';
import type { Json } from '#engine';
import type { RuleSetDocument } from '#rules';
import { startPostgres } from '../cli/servers/postgres.ts';
import { seedDemoHospital } from '../gateway/demo-hospital/index.ts';
import { publishProcess } from '../gateway/processes/index.ts';
import { recordedDecisions, type DecisionRange } from '../gateway/rule-sets/backtest/recorded-decisions.ts';
import { runBacktest } from '../gateway/rule-sets/backtest/run-backtest.ts';
import { cpuMsOf } from './postgres-cpu.ts';

const key = 'dose';

/**
 * `npm run bench -- backtest`: a candidate of the dose rules, which lacks every seventh rule and so changes some decisions, replayed over
 * recorded decisions about the demo hospital's patients and products, every one read with its facts from PostgreSQL and every change
 * kept; beside the least that it can take: the same decisions read and not judged. `--decisions N` (default 100,000).
 * `--earlier-release`: decisions whose findings stand in their explanation only. Target: 100,000 in 10 s, nobody else kept waiting for
 * more than 50 ms.
 */
export async function run(args: string[]): Promise<void> {
  const decisions = args.includes('--decisions') ? Number(args[args.indexOf('--decisions') + 1]) : 100_000;
  const dataFolder = mkdtempSync(join(tmpdir(), 'careloop-bench-backtest-'));
  const postgres = await startPostgres({ dataFolder });
  const database = createDatabase(postgres.url, 4);
  try {
    await migrate(postgres.ownerUrl);
    await publishProcess(database, fileURLToPath(new URL('../processes/inpatient-order-loop', import.meta.url)));
    await seedDemoHospital(database);
    const isEarlier = args.includes('--earlier-release');
    const different = await recordSample(database, Math.min(1_000, decisions));
    await database.pool.query(
      `insert into decision (id, rule_set, version, patient_id, level, facts, explanation, judged_at, found, suspended)
       select gen_random_uuid(), rule_set, version, patient_id, level, facts, explanation, judged_at, case when $2 then null else found end, case when $2 then null else suspended end from decision cross join generate_series(2, $1)`,
      [Math.ceil(decisions / different), isEarlier],
    );
    await database.pool.query('analyze decision');
    const row = await database.prisma.ruleSetVersion.findFirstOrThrow({ where: { key } });
    // The column holds what was checked before it was published.
    const document = row.document as unknown as RuleSetDocument;
    const candidate = { ...document, version: 'candidate', rules: document.rules.filter((_, index) => index % 7 !== 0) };
    const range: DecisionRange = { key, since: new Date(0), until: new Date(Date.now() + 60_000), wards: [] };

    const reading = await measure(postgres.process.pid, async () => {
      let read = 0;
      for await (const slice of recordedDecisions(database, range)) read += slice.length;
      return { decisions: read };
    });
    const backtest = await measure(postgres.process.pid, async () => {
      const { decisions: read, changed, notComparable } = await runBacktest(database, { id: randomUUID(), range, candidate, onProgress: () => undefined, signal: new AbortController().signal });
      return { decisions: read, changed, notComparable };
    });
    console.log(JSON.stringify({ bench: 'backtest', cores: cpus().length, rules: candidate.rules.length, isEarlier, differentDecisions: different, backtest, reading }));
  } finally {
    await database.close();
    await postgres.stop();
    rmSync(dataFolder, { recursive: true });
  }
}

/** Decisions about each patient and product in turn, recorded as activities record theirs; gives how many. */
async function recordSample(database: Database, count: number): Promise<number> {
  const decider = createDecider(database);
  const [stays, products] = await Promise.all([
    database.prisma.encounter.findMany({ where: { endedAt: null }, orderBy: { id: 'asc' } }),
    database.prisma.medication.findMany({ orderBy: { code: 'asc' } }),
  ]);
  const at = new Date().toISOString();
  let recorded = 0;
  for (let place = 0; recorded < count; place += 1) {
    const [stay, product] = [stays[place % stays.length], products[place % products.length]];
    if (!stay || !product) throw new Error('Expected the demo hospital to have patients and products');
    const order = clinicalOrderSchema.parse({
      orderId: 'none', patientId: stay.patientId, encounterId: stay.id, ward: stay.wardId, medicationCode: product.code, ingredient: product.ingredient, groups: product.groups,
      dose: Math.max(1, product.strength) * (1 + (place % 5)), doseUnit: product.strengthUnit, route: 'PO', frequency: 'bid', orderType: 'long-term', startAt: at, orderedBy: 'bench',
    });
    // Facts are JSON by construction.
    const outcome = await decider.decide({ ruleSet: key, facts: { facts: (await gatherOrderFacts(database, order, at)) as Json }, at });
    if (outcome.kind === 'failed') throw new Error(outcome.failure.message);
    await recordDecision(database, { id: randomUUID(), ruleSet: key, version: outcome.version, result: outcome.result, suspended: outcome.suspended, facts: outcome.facts, at, patientId: stay.patientId });
    recorded += 1;
  }
  return recorded;
}

async function measure(postmaster: number, work: () => Promise<{ readonly decisions: number }>): Promise<object> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  // On a busy machine waiting is mostly for the processor: what a turn itself used says how long others waited for this work.
  let longestTurnMs = 0;
  let turn = process.cpuUsage();
  const turns = setInterval(() => {
    const used = process.cpuUsage(turn);
    longestTurnMs = Math.max(longestTurnMs, (used.user + used.system) / 1_000);
    turn = process.cpuUsage();
  }, 5);
  const begun = { at: performance.now(), cpu: process.cpuUsage(), postgresMs: cpuMsOf(postmaster) };
  const found = await work();
  const seconds = (performance.now() - begun.at) / 1_000;
  const cpu = process.cpuUsage(begun.cpu);
  delay.disable();
  clearInterval(turns);
  const round = (value: number): number => Number(value.toFixed(2));
  return {
    ...found,
    seconds: round(seconds),
    perSecond: Math.round(found.decisions / seconds),
    nodeCpuSeconds: round((cpu.user + cpu.system) / 1e6),
    postgresCpuSeconds: round((cpuMsOf(postmaster) - begun.postgresMs) / 1_000),
    longestWaitMs: round(delay.max / 1e6),
    longestTurnCpuMs: round(longestTurnMs),
  };
}
