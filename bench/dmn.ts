import { cpus, loadavg } from 'node:os';
import { isDeepStrictEqual } from 'node:util';
import { ZenEngine } from '@gorules/zen-engine';
import { evaluate as feelinEvaluate } from 'feelin';
import { decisionJson, evaluateDecision, type DecisionResult } from '#dmn';
import { compileExpression, compileRuleSet, evaluateRuleSet, type RuleSetResult } from '#rules';
import { feelConditions, type FeelCondition } from './dmn/conditions.ts';
import { doseGraph, doseModel, doseQuestions, doseRuleSet, type DoseFacts, type TablePolicy } from './dmn/dose-table.ts';
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
 * `npm run bench -- dmn`: decision tables of 10, 100 and 1,000 rows, as decision models and as rule sets, against npm
 * `@gorules/zen-engine`, and compiled FEEL conditions against feelin's `evaluate`, in rounds that alternate; medians. Before, both sides
 * have to give the same answers to every question.
 */
export async function run(): Promise<void> {
  const tables: Row[] = [];
  for (const policy of ['FIRST', 'COLLECT'] as const) for (const rows of [10, 100, 1_000]) tables.push(await measureTable(`${policy} ${rows} rows`, rows, policy, modelDecider(rows, policy)));
  for (const rows of [10, 100, 1_000]) tables.push(await measureTable(`FIRST ${rows} rows as a rule set`, rows, 'FIRST', ruleSetDecider(rows)));
  const conditions: Row[] = [];
  for (const condition of feelConditions) conditions.push(await measureCondition(condition));
  for (const rows of [tables, conditions]) console.table(rows.map(({ what, ours, peer, times, cpuTimes }) => ({ what, 'Careloop (µs)': rounded(ours.wallUs), 'peer (µs)': rounded(peer.wallUs), times: rounded(times), 'times in CPU': rounded(cpuTimes) })));
  const times = conditions.map(({ cpuTimes }) => cpuTimes);
  const feelin = { medianTimesInCpu: rounded(median(times)), leastTimesInCpu: rounded(Math.min(...times)) };
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

/** A table with its answer to a question; null where no row answers. */
interface Decider<Decided> {
  readonly decide: (question: DoseFacts) => Decided;
  readonly valueOf: (decided: Decided) => unknown;
}

function modelDecider(rows: number, policy: TablePolicy): Decider<DecisionResult> {
  const model = doseModel(rows, policy);
  return {
    decide: (question) => evaluateDecision(model, 'Dose', { ...question }, { at }),
    valueOf: ({ value, errors }) => {
      if (errors.length > 0) throw new Error(`Expected a decision, but ${errors[0]?.message ?? 'there is none'}`);
      return decisionJson(value);
    },
  };
}

function ruleSetDecider(rows: number): Decider<RuleSetResult> {
  const compiled = compileRuleSet(doseRuleSet(rows));
  return {
    decide: (question) => evaluateRuleSet(compiled, { ...question }, { at }),
    valueOf: ({ outputs, failure }) => {
      if (failure) throw new Error(`Expected a decision, but ${failure.message}`);
      return outputs ?? null;
    },
  };
}

async function measureTable<Decided>(what: string, rows: number, policy: TablePolicy, { decide, valueOf }: Decider<Decided>): Promise<Row> {
  const questions = doseQuestions(rows);
  const engine = new ZenEngine();
  const decision = engine.createDecision(Buffer.from(JSON.stringify(doseGraph(rows, policy))));
  try {
    for (const question of questions) {
      const { result } = await decision.evaluate(question);
      // Where no row answers, FEEL gives null and ZEN an empty object, or an empty list.
      const [left, right] = [valueOf(decide(question)) ?? (policy === 'FIRST' ? {} : []), result];
      if (!isDeepStrictEqual(left, right)) throw new Error(`Expected both to give the same answer to ${JSON.stringify(question)}, but got ${JSON.stringify(left)} and ${JSON.stringify(right)}`);
    }
    const [ourQuestion, peerQuestion] = [inTurn(questions), inTurn(questions)];
    const taken = await compare({
      ours: { repeats: 20_000, work: () => decide(ourQuestion()) },
      peer: { repeats: Math.round(20_000 / rows) + 100, work: () => decision.evaluate(peerQuestion()) },
    });
    return rowOf(what, taken);
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
