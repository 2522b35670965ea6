import { normalName } from '../feel/free-names.ts';
import { anyType, convert, FunctionValue, kindOf, Scope, setEntry, shapeOf, type Evaluate, type FeelParameter, type FeelType } from '../feel/standard/index.ts';
import type { KnownNames } from '../feel/parse-tree.ts';
import { circularRequirements } from './circular-requirements.ts';
import { compileBoxed, compileFunction, typed, type Surroundings } from './compile-boxed.ts';
import type { BusinessKnowledgeModel, Decision, DecisionModel, DecisionService, DmnFinding, Requirements } from './decision-model.ts';
import type { DecisionRun } from './decision-run.ts';
import type { RunningEvaluation } from './item-types.ts';
import { linkModels, pathTo, type LinkedModel, type LinkedModels } from './linked-model.ts';

/** Values of one evaluation by the key of their element. A decision service as a function has an evaluation of its own. */
export interface Evaluation {
  readonly run: DecisionRun;
  readonly values: Map<string, unknown>;
  /** Elements on their way, to end a circle of requirements. */
  readonly open: Set<string>;
  /** Reads input data from outside; a service reads its parameters. */
  input(key: string): unknown;
  visited?(key: string, value: unknown): void;
}

/** A model with its logic as closures, those of the models that it imports included. Keys are those of `LinkedModels`. */
export interface CompiledDecisionModel {
  readonly model: DecisionModel;
  readonly linked: LinkedModels;
  /** What of the model cannot be executed. */
  readonly findings: readonly DmnFinding[];
  readonly running: RunningEvaluation;
  /** The value of input data, a decision, a knowledge model or a decision service. */
  readonly valueOf: (key: string, evaluation: Evaluation) => unknown;
  /** The value of a service, its inputs taken from the evaluation. */
  readonly serviceValue: (key: string, evaluation: Evaluation) => unknown;
  readonly typeOf: (key: string) => FeelType;
}

type Compute = (evaluation: Evaluation) => unknown;

/** A name in sight, with the names of the imports before it. */
interface VisibleName {
  readonly key: string;
  readonly path: readonly string[];
  /** The last of the path in its normal form. */
  readonly name: string;
}

/**
 * Compiles a model once, with the models that it imports out of those given. A part that cannot be compiled is a finding, and null
 * with an error when it is asked for. DMN 1.5 §10.4.
 */
export function compileDecisionModel(model: DecisionModel, others: readonly DecisionModel[] = []): CompiledDecisionModel {
  const findings: DmnFinding[] = [];
  const running: RunningEvaluation = { run: undefined };
  const linked = linkModels(model, others, findings, running);
  const { elements } = linked;
  const computes = new Map<string, Compute>();
  const services = new Map<string, { readonly service: DecisionService; readonly owner: LinkedModel }>();
  const types = new Map([...elements].map(([key, { owner, element }]) => [key, owner.types.of(element.variable.typeRef, key)]));
  const typeOf = (key: string): FeelType => types.get(key) ?? anyType;
  const nameOf = (key: string): string => elements.get(key)?.element.variable.name ?? key;

  /** What an element requires, by the names under which its logic knows it. */
  function visible(owner: LinkedModel, elementId: string, { information, knowledge }: Requirements): VisibleName[] {
    return [...information, ...knowledge].flatMap((reference): VisibleName[] => {
      const key = owner.keyOf(reference);
      const found = elements.get(key);
      const path = found && pathTo(owner, found);
      if (path) return [{ key, path, name: normalName(path.at(-1) ?? '') }];
      if (reference.includes('#')) findings.push({ code: 'REFERENCE_NOT_FOUND', severity: 'error', elementId, message: `Expected a reference to an element of an imported model, but there is no ${reference}` });
      return [];
    });
  }

  function surroundings(owner: LinkedModel, elementId: string, names: readonly VisibleName[]): Surroundings {
    let known: KnownNames = {};
    for (const { key, path } of names) {
      const found = elements.get(key);
      // A function has no entries to name, whatever type its result is.
      const inside = found && isData.has(key) ? found.owner.types.namesIn(found.element.variable) : {};
      known = withPath(known, path, inside);
    }
    return { elementId, types: owner.types, findings, known };
  }

  function scopeOf(names: readonly VisibleName[], evaluation: Evaluation): Scope {
    const values = new Map<string, unknown>();
    let contexts: Map<string, Record<string, unknown>> | undefined;
    for (const { key, path, name } of names) {
      const value = valueOf(key, evaluation);
      if (path.length === 1) values.set(name, value);
      else putAt(values, (contexts ??= new Map()), path, value);
    }
    return new Scope(evaluation.run, values);
  }

  function valueOf(key: string, evaluation: Evaluation): unknown {
    if (evaluation.values.has(key)) return evaluation.values.get(key) ?? null;
    if (evaluation.open.has(key)) return evaluation.run.fail('REQUIREMENT_CIRCULAR', key, 'Expected requirements that end, but the decision requires itself');
    evaluation.open.add(key);
    const value = computes.get(key)?.(evaluation) ?? null;
    evaluation.open.delete(key);
    evaluation.values.set(key, value);
    evaluation.visited?.(key, value);
    return value;
  }

  const isData = new Set(linked.models.flatMap((owner) => [...owner.model.inputData, ...owner.model.decisions].map(({ id }) => owner.keyOf(id))));
  for (const owner of linked.models) {
    for (const { id } of owner.model.inputData) {
      const key = owner.keyOf(id);
      computes.set(key, (evaluation) => evaluation.input(key));
    }
    for (const decision of owner.model.decisions) computes.set(owner.keyOf(decision.id), compileDecision(owner, decision));
    for (const knowledge of owner.model.businessKnowledgeModels) computes.set(owner.keyOf(knowledge.id), compileKnowledge(owner, knowledge));
    for (const service of owner.model.decisionServices) {
      const key = owner.keyOf(service.id);
      services.set(key, { service, owner });
      computes.set(key, (evaluation) => serviceFunction(owner, service, evaluation));
    }
  }

  function compileDecision(owner: LinkedModel, { id, variable, requirements, expression }: Decision): Compute {
    const key = owner.keyOf(id);
    const names = visible(owner, key, requirements);
    const around = surroundings(owner, key, names);
    const evaluate = expression ? typed(compileBoxed(expression, around), variable.typeRef, around) : undefined;
    return (evaluation) => {
      if (!evaluate) return evaluation.run.fail('LOGIC_MISSING', key, 'Expected a decision with logic, but it has none');
      return evaluation.run.call(() => evaluate(scopeOf(names, evaluation)));
    };
  }

  /** Knowledge models may call themselves and each other, so what they require is looked up when they are called. */
  function compileKnowledge(owner: LinkedModel, { id, variable, requirements, logic }: BusinessKnowledgeModel): Compute {
    const key = owner.keyOf(id);
    const names = visible(owner, key, { ...requirements, knowledge: requirements.knowledge.filter((reference) => owner.keyOf(reference) !== key) });
    const around = surroundings(owner, key, [...names, { key, path: [variable.name], name: normalName(variable.name) }]);
    const evaluate: Evaluate | undefined = logic && compileFunction(logic, around);
    const resultType = functionResult(variable.typeRef, key);
    return (evaluation) => {
      if (!evaluate || !logic) return evaluation.run.fail('LOGIC_MISSING', key, 'Expected a knowledge model with logic, but it has none');
      const target = (): unknown => evaluate(scopeOf(names, evaluation).inner(new Map([[normalName(variable.name), self]])));
      if (logic.functionKind !== 'FEEL' || !logic.body) return target();
      let inner: unknown;
      const parameters = logic.parameters.map(({ name, typeRef }): FeelParameter => ({ name, type: owner.types.of(typeRef, key) }));
      const self = new FunctionValue(parameters, (args) => {
        inner ??= target();
        return inner instanceof FunctionValue ? inner.call(args) : null;
      }, resultType);
      return self;
    };
  }

  /** The declared type of a function is that of its result, or a function type, which has it. DMN 1.5 §6.3.9 and §7.3.3. */
  function functionResult(typeRef: string | undefined, key: string): FeelType | undefined {
    if (typeRef === undefined) return undefined;
    const type = typeOf(key);
    const shape = shapeOf(type);
    return shape.kind === 'function' ? shape.result : type;
  }

  function serviceFunction(owner: LinkedModel, service: DecisionService, evaluation: Evaluation): FunctionValue {
    const key = owner.keyOf(service.id);
    const keys = [...service.inputData, ...service.inputDecisions].map(owner.keyOf);
    const parameters = keys.map((each): FeelParameter => ({ name: nameOf(each), type: typeOf(each) }));
    return new FunctionValue(parameters, (args) => evaluation.run.call(() => serviceValue(key, { run: evaluation.run, open: new Set(), values: new Map(keys.map((each, index) => [each, args[index] ?? null])), input: () => null })));
  }

  function serviceValue(key: string, evaluation: Evaluation): unknown {
    const found = services.get(key);
    if (!found) return null;
    const outputs = found.service.outputDecisions.map(found.owner.keyOf);
    const [only] = outputs;
    const context: Record<string, unknown> = {};
    for (const each of outputs) setEntry(context, nameOf(each), valueOf(each, evaluation));
    const value = outputs.length === 1 && only !== undefined ? valueOf(only, evaluation) : context;
    const type = functionResult(found.service.variable.typeRef, key);
    const fitting = type ? convert(value, type) : value;
    return fitting === undefined ? evaluation.run.fail('TYPE_MISMATCH', key, `Expected a result of the declared type of the decision service, but found ${kindOf(value)}`) : fitting;
  }

  findings.push(...circularRequirements(linked));
  return { model, linked, findings, running, valueOf, serviceValue, typeOf };
}

function withPath(known: KnownNames, [name, ...rest]: readonly string[], inside: KnownNames): KnownNames {
  if (name === undefined) return inside;
  const before = Object.hasOwn(known, name) ? (known[name] ?? {}) : {};
  return Object.fromEntries([...Object.entries(known).filter(([other]) => other !== name), [name, withPath(before, rest, inside)]]);
}

/** Puts a value under its name, or into the context that stands for the import that it comes from. */
function putAt(values: Map<string, unknown>, contexts: Map<string, Record<string, unknown>>, path: readonly string[], value: unknown): void {
  const name = path.at(-1) ?? '';
  if (path.length === 1) {
    values.set(normalName(name), value);
    return;
  }
  const outer = path.slice(0, -1);
  const key = JSON.stringify(outer);
  let context = contexts.get(key);
  if (!context) {
    context = {};
    contexts.set(key, context);
    putAt(values, contexts, outer, context);
  }
  setEntry(context, name, value);
}
