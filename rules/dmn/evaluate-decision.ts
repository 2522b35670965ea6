import { FeelError } from '../feel/feel-error.ts';
import { entryOf, standardClock, type FeelType } from '../feel/standard/index.ts';
import { compileDecisionModel, type CompiledDecisionModel, type Evaluation } from './compile-decision-model.ts';
import type { DecisionModel } from './decision-model.ts';
import { DecisionRun, type DecisionError, type FiredRows } from './decision-run.ts';
import { fromJson } from './item-types.ts';
import type { FeelWarning } from '../feel/compile-expression.ts';

/** What an evaluation depends on beside the inputs. */
export interface EvaluateDecisionOptions {
  /** ISO 8601 instant that `now()` and `today()` see. */
  readonly at: string;
  /** `UTC` (default) or `±hh:mm`. */
  readonly zone?: string;
  /** Items and calls that an evaluation may take; 100,000 by default. */
  readonly budget?: number;
}

/** A value that was worked out on the way, in the order of evaluation. */
export interface TracedValue {
  readonly id: string;
  readonly name: string;
  readonly value: unknown;
}

/** The answer of a model. Values are FEEL's own: `decisionJson` makes JSON of them. */
export interface DecisionResult {
  /** Of the decision or service that was asked for. */
  readonly value: unknown;
  /** Of each decision on the way, by name. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Rows of each table that was evaluated, in order; a table without a match has none. */
  readonly fired: readonly FiredRows[];
  readonly trace: readonly TracedValue[];
  /** Why a value is null that should not be. */
  readonly errors: readonly DecisionError[];
  /** What FEEL noticed: unknown names, operands that do not fit. */
  readonly warnings: readonly FeelWarning[];
}

const defaultBudget = 100_000;
const compiledModels = new WeakMap<DecisionModel, CompiledDecisionModel>();

/** The model's closures, made once for each model object. */
export function compiledModel(model: DecisionModel): CompiledDecisionModel {
  let compiled = compiledModels.get(model);
  if (!compiled) {
    compiled = compileDecisionModel(model);
    compiledModels.set(model, compiled);
  }
  return compiled;
}

/**
 * Evaluates a decision, or a decision service, by its name; inputs are JSON by the names of input data. A decision that is given
 * among the inputs is not evaluated. Nothing is thrown for what a model or its data do: it is null with an error (DECISION_UNKNOWN,
 * INPUT_INVALID, INPUT_UNKNOWN, TYPE_MISMATCH, HIT_POLICY_VIOLATED, REQUIREMENT_CIRCULAR, NOT_EXECUTABLE, LOGIC_MISSING, FEEL_SYNTAX,
 * FEEL_BUDGET). Fails: FEEL_VALUE for a bad instant or zone. DMN 1.5 §10.4.
 */
export function evaluateDecision(model: DecisionModel, name: string, inputs: Readonly<Record<string, unknown>>, { at, zone = 'UTC', budget = defaultBudget }: EvaluateDecisionOptions): DecisionResult {
  const compiled = compiledModel(model);
  const run = new DecisionRun(standardClock(at, zone), budget);
  const trace: TracedValue[] = [];
  const values: Record<string, unknown> = {};
  const finish = (value: unknown): DecisionResult => ({ value: value ?? null, values, fired: run.fired, trace, errors: run.errors, warnings: run.warnings });
  const decision = model.decisions.find((candidate) => candidate.name === name) ?? model.decisions.find(({ id }) => id === name);
  const service = decision ? undefined : model.decisionServices.find((candidate) => candidate.name === name || candidate.id === name);
  if (!decision && !service) {
    run.fail('DECISION_UNKNOWN', '', `Expected a decision of the model, but there is no ${name}`);
    return finish(null);
  }
  const names = new Map([...model.inputData, ...model.decisions].map((element) => [element.id, element.name]));
  const evaluation: Evaluation = {
    run,
    values: new Map(),
    open: new Set(),
    input: (id) => inputValue(inputs, names.get(id) ?? id, id, compiled.typeOf(id), run),
    visited: (id, value) => {
      const element = model.decisions.find((candidate) => candidate.id === id);
      if (!element) return;
      trace.push({ id, name: element.name, value });
      Object.defineProperty(values, element.name, { value, enumerable: true, configurable: true, writable: true });
    },
  };
  const before = compiled.types.run;
  compiled.types.run = run;
  try {
    for (const key of Object.keys(inputs)) if (![...names.values()].some((known) => entryOf({ [known]: true }, key) === true)) run.fail('INPUT_UNKNOWN', '', `Expected inputs that the model declares, but it has no ${key}`);
    for (const { id, name: given } of model.decisions) if (id !== decision?.id && entryOf(inputs, given) !== undefined) evaluation.values.set(id, inputValue(inputs, given, id, compiled.typeOf(id), run));
    return finish(decision ? compiled.valueOf(decision.id, evaluation) : service && compiled.serviceValue(service, evaluation));
  } catch (error) {
    // The runtime's own stack may end before the depth of calls does.
    if (error instanceof RangeError) run.fail('FEEL_BUDGET', decision?.id ?? name, 'Expected calls that are less deep, but the evaluation needs more than the runtime has');
    else if (error instanceof FeelError) run.fail(error.code, decision?.id ?? name, error.message);
    else throw error;
    return finish(null);
  } finally {
    compiled.types.run = before;
  }
}

/** An input as a value of its declared type; null with an error when it does not fit. */
function inputValue(inputs: Readonly<Record<string, unknown>>, name: string, id: string, type: FeelType, run: DecisionRun): unknown {
  const raw = entryOf(inputs, name);
  if (raw === undefined) {
    run.warn('INPUT_MISSING', `Expected a value for ${name}, but there is none: it is null`);
    return null;
  }
  const value = fromJson(raw, type);
  return value === undefined ? run.fail('INPUT_INVALID', id, `Expected ${name} to be of its declared type, but it is not`) : value;
}
