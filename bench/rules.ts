import { compileRuleSet, evaluateRuleSet } from '#rules';
import { at, findDifferences } from './rules/agreement.ts';
import { createOracle } from './rules/oracle.ts';
import { facts, observedAt, orderCheckRules } from './rules/order-check-rules.ts';

const rounds = 7;

interface Row {
  readonly rules: number;
  readonly oracleUs: number;
  readonly plainUs: number;
  readonly explainedUs: number;
  readonly fired: number;
}

/**
 * `npm run bench -- rules [cases]`: compiled rule sets beside json-rules-engine on the same rules and facts, in
 * rounds that alternate; medians. Then counts differences over random cases, 100,000 unless told.
 */
export async function run(args: string[]): Promise<void> {
  const cases = Number(args.find((argument) => /^\d+$/.test(argument)) ?? 100_000);
  const rows: Row[] = [];
  for (const count of [1, 30, 100, 1_000]) rows.push(await measure(count));
  const shown = rows.map((row) => ({
    rules: row.rules,
    fired: row.fired,
    'json-rules-engine (µs)': round(row.oracleUs),
    'compiled (µs)': round(row.plainUs),
    ratio: Math.round(row.oracleUs / row.plainUs),
    'with explanation (µs)': round(row.explainedUs),
    'ratio with explanation': Math.round(row.oracleUs / row.explainedUs),
  }));
  console.table(shown);
  const { cases: judged, fired, differences } = await findDifferences(cases, 1);
  console.log(`${differences.length} differences over ${judged} random cases (${fired} rules fired)`);
  console.log(JSON.stringify({ bench: 'rules', rounds, rows, cases: judged, differences: differences.length }));
  if (differences.length > 0) process.exitCode = 1;
}

async function measure(count: number): Promise<Row> {
  const document = orderCheckRules(count);
  const compiled = compileRuleSet(document);
  const engine = createOracle(document);
  const plain = (): unknown => evaluateRuleSet(compiled, facts, { at, observedAt });
  const explained = (): unknown => evaluateRuleSet(compiled, facts, { at, observedAt, explain: true });
  const fired = evaluateRuleSet(compiled, facts, { at, observedAt }).findings.length;
  const { events } = await engine.run({ ...facts });
  if (events.length !== fired) throw new Error(`Expected both to fire the same rules, but json-rules-engine fired ${events.length} and the compiled set ${fired}`);
  const repeats = Math.max(200, Math.round(60_000 / count));
  const oracleRepeats = Math.max(5, Math.round(3_000 / count));
  const times = { plain: [] as number[], explained: [] as number[], oracle: [] as number[] };
  for (let index = 0; index <= rounds; index += 1) {
    const oracle = await timeAsync(oracleRepeats, () => engine.run({ ...facts }));
    const [plainUs, explainedUs] = [time(repeats, plain), time(repeats, explained)];
    // The first round only warms up.
    if (index === 0) continue;
    times.oracle.push(oracle);
    times.plain.push(plainUs);
    times.explained.push(explainedUs);
  }
  return { rules: count, oracleUs: median(times.oracle), plainUs: median(times.plain), explainedUs: median(times.explained), fired };
}

function time(repeats: number, work: () => unknown): number {
  const start = process.hrtime.bigint();
  for (let index = 0; index < repeats; index += 1) work();
  return Number(process.hrtime.bigint() - start) / 1_000 / repeats;
}

async function timeAsync(repeats: number, work: () => Promise<unknown>): Promise<number> {
  const start = process.hrtime.bigint();
  for (let index = 0; index < repeats; index += 1) await work();
  return Number(process.hrtime.bigint() - start) / 1_000 / repeats;
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
