import { cpus, loadavg } from 'node:os';
import { isDeepStrictEqual } from 'node:util';
import { ZenEngine } from '@gorules/zen-engine';
import { evaluate as feelinEvaluate } from 'feelin';
import { decisionJson, evaluateDecision } from '#dmn';
import { compileExpression } from '#rules';
import { feelConditions, type FeelCondition } from './dmn/conditions.ts';
import { doseGraph, doseModel, doseQuestions, type TablePolicy } from './dmn/dose-table.ts';
import { compare, median, rounded, type CallTimes } from './measure.ts';

const at = '2026-11-23T08:00:00.000Z';
const target = { zenTimes: 10, feelinTimes: 50, largestTableUs: 20 };

/** A table or condition with both times; `times` on the clock, `cpuTimes` of processor time. */
interface Row {
  readonly what: string;
  readonly ours: CallTimes;
  readonly peer: CallTimes;
  readonly times: number;
  readonly cpuTimes: number;
}

/**
 * `npm run bench -- dmn`: decision tables of 10, 100 and 1,000 rows against npm `@gorules/zen-engine`, and compiled FEEL conditions
 * against feelin's `evaluate`, in rounds that alternate; medians. Before, both sides have to give the same answers to every question.
 */
export async function run(): Promise<void> {
  const tables: Row[] = [];
  for (const policy of ['FIRST', 'COLLECT'] as const) for (const rows of [10, 100, 1_000]) tables.push(await measureTable(rows, policy));
  const conditions: Row[] = [];
  for (const condition of feelConditions) conditions.push(await measureCondition(condition));
  for (const rows of [tables, conditions]) console.table(rows.map(({ what, ours, peer, times, cpuTimes }) => ({ what, 'Careloop (µs)': rounded(ours.wallUs), 'peer (µs)': rounded(peer.wallUs), times: rounded(times), 'times in CPU': rounded(cpuTimes) })));
  const feelin = { medianTimes: rounded(median(conditions.map(({ times }) => times))), leastTimes: rounded(Math.min(...conditions.map(({ times }) => times))) };
  console.log(JSON.stringify({ bench: 'dmn', cores: cpus().length, load: loadavg().map(rounded), node: process.version, target, tables, conditions, feelin }));
}

function rowOf(what: string, { ours, peer }: { readonly ours: CallTimes; readonly peer: CallTimes }): Row {
  return { what, ours, peer, times: peer.wallUs / ours.wallUs, cpuTimes: peer.cpuUs / ours.cpuUs };
}

/** The next of some values with each call. */
function inTurn<Value>(values: readonly Value[]): () => Value {
  let next = 0;
  return () => {
    next = (next + 1) % values.length;
    // There is a value at every place below the length.
    return values[next] as Value;
  };
}

async function measureTable(rows: number, policy: TablePolicy): Promise<Row> {
  const model = doseModel(rows, policy);
  const questions = doseQuestions(rows);
  const engine = new ZenEngine();
  const decision = engine.createDecision(Buffer.from(JSON.stringify(doseGraph(rows, policy))));
  try {
    for (const question of questions) {
      const ours = evaluateDecision(model, 'Dose', { ...question }, { at });
      const { result } = await decision.evaluate(question);
      // Where no row answers, FEEL gives null and ZEN an empty object, or an empty list.
      const [left, right] = [decisionJson(ours.value) ?? (policy === 'FIRST' ? {} : []), result];
      if (ours.errors.length > 0 || !isDeepStrictEqual(left, right)) throw new Error(`Expected both to give the same answer to ${JSON.stringify(question)}, but got ${JSON.stringify(left)} and ${JSON.stringify(right)}`);
    }
    const [ourQuestion, peerQuestion] = [inTurn(questions), inTurn(questions)];
    const taken = await compare({
      ours: { repeats: 20_000, work: () => evaluateDecision(model, 'Dose', { ...ourQuestion() }, { at }) },
      peer: { repeats: Math.round(20_000 / rows) + 100, work: () => decision.evaluate(peerQuestion()) },
    });
    return rowOf(`${policy} ${rows} rows`, taken);
  } finally {
    engine.dispose();
  }
}

async function measureCondition({ source, contexts }: FeelCondition): Promise<Row> {
  const compiled = compileExpression(source);
  for (const context of contexts) {
    const [ours, peer] = [compiled.evaluate(context, { at }), feelinEvaluate(source, { ...context })];
    if (typeof ours.value !== 'boolean' || ours.value !== peer.value || ours.warnings.length !== peer.warnings.length) throw new Error(`Expected both to give the same truth for ${source}, but got ${String(ours.value)} and ${String(peer.value)}`);
  }
  const [ourContext, peerContext] = [inTurn(contexts), inTurn(contexts)];
  const taken = await compare({
    ours: { repeats: 10_000, work: () => compiled.evaluate(ourContext(), { at }) },
    peer: { repeats: 100, work: () => feelinEvaluate(source, peerContext()) },
  });
  return rowOf(source, taken);
}
