import { compileRuleSet, evaluateRuleSet } from '#rules';
import { at, findDifferences } from './rules/agreement.ts';
import { compare, rounded, type CallTimes } from './measure.ts';
import { createOracle } from './rules/oracle.ts';
import { facts, observedAt, orderCheckRules } from './rules/order-check-rules.ts';

const rounds = 7;

interface Row {
  readonly rules: number;
  readonly oracle: CallTimes;
  readonly plain: CallTimes;
  readonly explained: CallTimes;
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
  const shown = rows.map(({ rules, fired, oracle, plain, explained }) => ({
    rules,
    fired,
    'json-rules-engine (µs)': rounded(oracle.wallUs),
    'compiled (µs)': rounded(plain.wallUs),
    times: Math.round(oracle.wallUs / plain.wallUs),
    'times in CPU': Math.round(oracle.cpuUs / plain.cpuUs),
    'with explanation (µs)': rounded(explained.wallUs),
    'times with explanation': Math.round(oracle.wallUs / explained.wallUs),
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
  const fired = evaluateRuleSet(compiled, facts, { at, observedAt }).findings.length;
  const { events } = await engine.run({ ...facts });
  if (events.length !== fired) throw new Error(`Expected both to fire the same rules, but json-rules-engine fired ${events.length} and the compiled set ${fired}`);
  const oracleRepeats = Math.max(5, Math.round(3_000 / count));
  const repeats = Math.max(200, Math.round(60_000 / count));
  const times = await compare({
    oracle: { repeats: oracleRepeats, work: () => engine.run({ ...facts }) },
    plain: { repeats, work: () => evaluateRuleSet(compiled, facts, { at, observedAt }) },
    explained: { repeats, work: () => evaluateRuleSet(compiled, facts, { at, observedAt, explain: true }) },
  }, rounds);
  return { rules: count, ...times, fired };
}
