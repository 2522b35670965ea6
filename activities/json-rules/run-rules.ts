import { Engine, type Almanac, type Event, type RuleResult, type RuleResultSerializable, type TopLevelCondition } from 'json-rules-engine';
import type { Facts } from '#rules';
import { Deadline } from './deadline.ts';
import { fetchFact, isUndefinedFact, type FactSource, type FetchedFact } from './fact-source.ts';
import { readJsonRules, type JsonRules } from './rules-document.ts';
import { RunFailure, type RunFailureCode } from './run-failure.ts';

/** What a handler of events may do with the facts of the run. */
export interface RunAlmanac {
  readonly factValue: (fact: string, params?: Record<string, unknown>, path?: string) => Promise<unknown>;
  /** Rules of a lower priority see the fact. */
  readonly addFact: (fact: string, value: unknown) => void;
}

export interface RunRulesOptions {
  /** Facts that are fetched when a condition reads them, by name; a fact that is given goes before. */
  readonly onDemand?: Readonly<Record<string, FactSource>>;
  /** Time for the whole run in milliseconds; 5,000 by default. */
  readonly timeoutMs?: number;
  /** Called for each rule that fires, before rules of a lower priority are judged. */
  readonly onSuccess?: (event: Event, almanac: RunAlmanac) => void | Promise<void>;
  /** json-rules-engine's own options: a fact that nobody gives is undefined instead of a failure … */
  readonly allowUndefinedFacts?: boolean;
  /** … a named condition that is not there is false instead of a finding … */
  readonly allowUndefinedConditions?: boolean;
  /** … and `{ "fact": name }` in an event's params is its value. */
  readonly replaceFactsInEventParams?: boolean;
}

/** What json-rules-engine's run gives, as JSON. Lists are in its order: by falling priority, within one as the rules settled. */
export interface RunRulesResult {
  readonly events: readonly Event[];
  readonly failureEvents: readonly Event[];
  /** Each rule that fired, with the values that its conditions read. */
  readonly results: readonly RuleResultSerializable[];
  readonly failureResults: readonly RuleResultSerializable[];
  /** What was fetched on demand, in the order of its arrival. */
  readonly fetched: readonly FetchedFact[];
  /** Nothing was decided; `fact` names the fact it failed on. */
  readonly failure?: { readonly code: RunFailureCode; readonly fact?: string; readonly message: string };
}

const defaultTimeoutMs = 5_000;
const maximumPending = 10_000;

/**
 * Runs a document of json-rules-engine as it is, on json-rules-engine: see `readJsonRules` for its forms. For questions that are asked
 * beside a process; whatever decides about a patient's safety is a rule set, whose inputs say what a missing value means.
 * Fails: `failure` in the result: FACT_UNDEFINED, FACT_FAILED, FACT_TIMEOUT, RUN_TIMEOUT, PATH_FAILED, COMPARISON_FAILED, HANDLER_FAILED.
 * Throws RuleSetError (RULE_SET_INVALID) with every finding for a document that cannot be run.
 */
export async function runRules(document: unknown, facts: Facts, options: RunRulesOptions = {}): Promise<RunRulesResult> {
  const rules = readJsonRules(document, options);
  // No condition can read a fact without a name, and json-rules-engine throws at it.
  const { '': _unread, ...given } = facts;
  const fetched: FetchedFact[] = [];
  const pending: string[] = [];
  const deadline = new Deadline(options.timeoutMs ?? defaultTimeoutMs);
  const engine = createEngine(rules, options);
  for (const [fact, source] of Object.entries(options.onDemand ?? {})) addSource(engine, fact, source, { signal: deadline.signal, pending, fetched });
  try {
    const { events, failureEvents, results, failureResults } = await deadline.limit(engine.run(given), () => timedOut(pending.at(-1)));
    return { events: events.map(plainEvent), failureEvents: failureEvents.map(plainEvent), results: results.map(plainResult), failureResults: failureResults.map(plainResult), fetched: [...fetched] };
  } catch (error) {
    // Without this json-rules-engine goes on with the rules of the next priority.
    engine.stop();
    const { code, fact, message } = failureOf(error);
    return { events: [], failureEvents: [], results: [], failureResults: [], fetched: [...fetched], failure: fact === undefined ? { code, message } : { code, fact, message } };
  } finally {
    deadline.end();
  }
}

/** The fact that was asked for last is the one that others may be waiting for. */
function timedOut(fact: string | undefined): RunFailure {
  if (fact === undefined) return new RunFailure('RUN_TIMEOUT', 'Expected the rules to be judged in time, but they were not');
  return new RunFailure('FACT_TIMEOUT', `Expected the fact ${fact} in time, but it was not fetched before the run had to end`, fact);
}

function createEngine({ rules, conditions }: JsonRules, options: RunRulesOptions): Engine {
  const { onSuccess, allowUndefinedFacts = false, allowUndefinedConditions = false, replaceFactsInEventParams = false } = options;
  // json-rules-engine writes into what it is given.
  const engine = new Engine(structuredClone([...rules]), { allowUndefinedFacts, allowUndefinedConditions, replaceFactsInEventParams });
  // Named conditions have the same shape; json-rules-engine's types want mutable ones.
  for (const [name, condition] of Object.entries(conditions)) engine.setCondition(name, structuredClone(condition) as TopLevelCondition);
  // An event may be called `error`, which emitters throw when nobody listens.
  engine.on('error', () => undefined);
  if (onSuccess) engine.on('success', successHandler(onSuccess));
  return engine;
}

/** What a run knows of its fetching. */
interface Fetching {
  readonly signal: AbortSignal;
  /** Names of facts on their way, in the order in which they were asked for. */
  readonly pending: string[];
  readonly fetched: FetchedFact[];
}

function addSource(engine: Engine, fact: string, source: FactSource, { signal, pending, fetched }: Fetching): void {
  const { priority = 1, cache = true } = source;
  const fetch = async (params: Record<string, unknown> = {}, almanac: Almanac): Promise<unknown> => {
    if (pending.push(fact) > maximumPending) throw new RunFailure('FACT_FAILED', `Expected facts that end, but more than ${maximumPending} wait for each other`, fact);
    // The almanac knows that the fact is on its way only after this: a source that comes back to itself would call itself without end.
    await Promise.resolve();
    const value = await fetchFact(fact, source, params, { factValue: (name, given, path) => almanac.factValue(name, given, path), signal });
    pending.splice(pending.lastIndexOf(fact), 1);
    fetched.push(Object.keys(params).length === 0 ? { fact, value } : { fact, params, value });
    return value;
  };
  engine.addFact(fact, fetch, { priority, cache });
}

function successHandler(onSuccess: NonNullable<RunRulesOptions['onSuccess']>): (event: Event, almanac: Almanac, result: RuleResult) => Promise<void> {
  const handled = new WeakSet<RuleResult>();
  return async (_event, almanac, result) => {
    // An event that is itself called `success` is emitted twice.
    if (handled.has(result) || !result.event) return;
    handled.add(result);
    try {
      await onSuccess(plainEvent(result.event), { factValue: (fact, params, path) => almanac.factValue(fact, params, path), addFact: (fact, value) => void almanac.addFact(fact, value) });
    } catch (error) {
      if (error instanceof RunFailure || isUndefinedFact(error)) throw error;
      throw new RunFailure('HANDLER_FAILED', `Expected the event ${result.event.type} to be handled, but its handler failed`);
    }
  };
}

const undefinedFact = 'Undefined fact: ';

/** Texts of the runtime and of filters may quote values: only what is known to be harmless is kept. */
function failureOf(error: unknown): RunFailure {
  if (error instanceof RunFailure) return error;
  if (isUndefinedFact(error)) {
    const fact = error.message.startsWith(undefinedFact) ? error.message.slice(undefinedFact.length) : '';
    return new RunFailure('FACT_UNDEFINED', `Expected a value for the fact ${fact}, but it is neither given nor fetched on demand`, fact);
  }
  if (error instanceof TypeError) return new RunFailure('COMPARISON_FAILED', 'Expected values that their operators can compare, but a list is missing where in, notIn, someValue or everyValue needs one');
  return new RunFailure('PATH_FAILED', 'Expected paths that can be followed, but one cannot be read, or its filter met a value that it cannot be applied to');
}

function plainEvent({ type, params }: Event): Event {
  return params === undefined ? { type } : { type, params };
}

function plainResult(result: RuleResult): RuleResultSerializable {
  return result.toJSON(false);
}
