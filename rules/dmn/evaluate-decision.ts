import { FeelError } from '../feel/feel-error.ts';
import { entryOf, FunctionValue, invoke, isContext, isNumber, setEntry, standardClock, toPlainNumber, type FeelType } from '../feel/standard/index.ts';
import { compileDecisionModel, type CompiledDecisionModel, type Evaluation } from './compile-decision-model.ts';
import type { DecisionModel } from './decision-model.ts';
import { namesOf, readInputs, type ElementNames } from './element-names.ts';
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
  /** Models among which the imported ones are found, by namespace. */
  readonly imported?: readonly DecisionModel[];
}

/** A value that was worked out on the way, in the order of evaluation. */
export interface TracedValue {
  readonly id: string;
  readonly name: string;
  readonly value: unknown;
}

/** The answer of a model. Values are FEEL's own, with JavaScript's numbers: `decisionJson` makes JSON of them. */
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
const noModels: readonly DecisionModel[] = [];
const compiledModels = new WeakMap<DecisionModel, { readonly imported: readonly DecisionModel[]; readonly compiled: CompiledDecisionModel }>();

/** The model's closures, made once for each model object and the models beside it. */
export function compiledModel(model: DecisionModel, imported: readonly DecisionModel[] = noModels): CompiledDecisionModel {
  const known = compiledModels.get(model);
  if (known && known.imported.length === imported.length && known.imported.every((other, index) => other === imported[index])) return known.compiled;
  const compiled = compileDecisionModel(model, imported);
  compiledModels.set(model, { imported: [...imported], compiled });
  return compiled;
}

/**
 * Evaluates a decision, a decision service or a knowledge model by its name; one of an imported model has the import's name and a dot
 * before it. Inputs are JSON by the names of input data, those of a knowledge model by the names of its parameters. A decision that is
 * given among the inputs is not evaluated. Nothing is thrown for what a model or its data do: it is null with an error (DECISION_UNKNOWN,
 * INPUT_INVALID, INPUT_UNKNOWN, TYPE_MISMATCH, HIT_POLICY_VIOLATED, REQUIREMENT_CIRCULAR, NOT_EXECUTABLE, LOGIC_MISSING, FEEL_SYNTAX,
 * FEEL_BUDGET). Fails: FEEL_VALUE for a bad instant or zone. DMN 1.5 §10.4.
 */
export function evaluateDecision(model: DecisionModel, name: string, inputs: Readonly<Record<string, unknown>>, { at, zone = 'UTC', budget = defaultBudget, imported = noModels }: EvaluateDecisionOptions): DecisionResult {
  const compiled = compiledModel(model, imported);
  const names = namesOf(compiled);
  const evaluation = new ModelEvaluation(compiled, names, inputs, new DecisionRun(standardClock(at, zone), budget));
  const before = compiled.running.run;
  compiled.running.run = evaluation.run;
  try {
    return evaluation.finish(evaluation.valueOf(name, inputs));
  } catch (error) {
    const key = names.invocables.get(name)?.key ?? '';
    // The runtime's own stack may end before the depth of calls does.
    if (error instanceof RangeError) evaluation.run.fail('FEEL_BUDGET', key, 'Expected calls that are less deep, but the evaluation needs more than the runtime has');
    else if (error instanceof FeelError) evaluation.run.fail(error.code, key, error.message);
    else throw error;
    return evaluation.finish(null);
  } finally {
    compiled.running.run = before;
  }
}

/** One evaluation of a model from outside: what it was given, and what it has worked out. */
class ModelEvaluation implements Evaluation {
  readonly run: DecisionRun;
  readonly values = new Map<string, unknown>();
  readonly open = new Set<string>();
  readonly #compiled: CompiledDecisionModel;
  readonly #names: ElementNames;
  readonly #given: ReadonlyMap<string, unknown>;
  readonly #trace: TracedValue[] = [];
  readonly #shown: Record<string, unknown> = {};

  constructor(compiled: CompiledDecisionModel, names: ElementNames, inputs: Readonly<Record<string, unknown>>, run: DecisionRun) {
    this.run = run;
    this.#compiled = compiled;
    this.#names = names;
    this.#given = readInputs(names, inputs);
  }

  /** The value of what is asked for by name. */
  valueOf(name: string, inputs: Readonly<Record<string, unknown>>): unknown {
    const asked = this.#names.invocables.get(name);
    if (asked === undefined) return this.run.fail('DECISION_UNKNOWN', '', `Expected a decision of the model, but there is no ${name}`);
    if (asked.kind === 'knowledge') return invokeKnowledge(this.#compiled.valueOf(asked.key, this), inputs, asked.key, this.run);
    for (const key in inputs) if (Object.hasOwn(inputs, key) && !this.#names.isKnown(key)) this.run.fail('INPUT_UNKNOWN', '', `Expected inputs that the model declares, but it has no ${key}`);
    for (const key of this.#names.decisions.keys()) if (key !== asked.key && this.#given.has(key)) this.values.set(key, this.input(key));
    if (asked.kind === 'decision') return this.#compiled.valueOf(asked.key, this);
    this.#setInputDecisions(asked.key);
    return this.#compiled.serviceValue(asked.key, this);
  }

  /** The decisions that a service takes from outside are its parameters: one that is not given is null, and is not evaluated. DMN 1.5 §10.4. */
  #setInputDecisions(service: string): void {
    const found = this.#compiled.linked.elements.get(service);
    const references = this.#compiled.linked.models.flatMap(({ model, keyOf }) => model.decisionServices.filter(({ id }) => keyOf(id) === service)).flatMap(({ inputDecisions }) => inputDecisions);
    for (const reference of references) {
      const key = found?.owner.keyOf(reference) ?? reference;
      if (!this.#given.has(key)) this.values.set(key, this.input(key));
    }
  }

  input(key: string): unknown {
    return inputValue(this.#given.get(key), this.#names.shown.get(key) ?? key, key, this.#compiled.typeOf(key), this.run);
  }

  visited(key: string, exact: unknown): void {
    const name = this.#names.decisions.get(key);
    if (name === undefined) return;
    const value = plainNumbers(exact);
    this.#trace.push({ id: key, name, value });
    setEntry(this.#shown, name, value);
  }

  finish(value: unknown): DecisionResult {
    const { fired, errors, warnings } = this.run;
    return { value: plainNumbers(value), values: this.#shown, fired, trace: this.#trace, errors, warnings };
  }
}

/** The value with JavaScript's nearest numbers in place of decimals of more than fifteen digits. */
function plainNumbers(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value ?? null;
  if (isNumber(value)) return toPlainNumber(value);
  if (Array.isArray(value)) return value.map(plainNumbers);
  if (!isContext(value)) return value ?? null;
  const context: Record<string, unknown> = {};
  for (const name of Object.keys(value)) setEntry(context, name, plainNumbers(value[name]));
  return context;
}

/** Calls a knowledge model with the inputs as its arguments, by name. */
function invokeKnowledge(called: unknown, inputs: Readonly<Record<string, unknown>>, key: string, run: DecisionRun): unknown {
  if (!(called instanceof FunctionValue)) return null;
  const named = new Map<string, unknown>();
  for (const { name, type } of called.parameters) named.set(name, inputValue(entryOf(inputs, name), name, key, type, run));
  for (const name of Object.keys(inputs)) if (!called.parameters.some((parameter) => entryOf({ [parameter.name]: true }, name) === true)) run.fail('INPUT_UNKNOWN', key, `Expected arguments that the knowledge model declares, but it has no ${name}`);
  const result = run.call(() => invoke(called, { named }));
  return 'value' in result ? result.value : run.fail('FUNCTION_INVOCATION_FAILURE', key, result.problem);
}

/** An input as a value of its declared type; null with an error when it does not fit. */
function inputValue(raw: unknown, name: string, key: string, type: FeelType, run: DecisionRun): unknown {
  if (raw === undefined) {
    run.warn('INPUT_MISSING', `Expected a value for ${name}, but there is none: it is null`);
    return null;
  }
  const value = fromJson(raw, type);
  return value === undefined ? run.fail('INPUT_INVALID', key, `Expected ${name} to be of its declared type, but it is not`) : value;
}
