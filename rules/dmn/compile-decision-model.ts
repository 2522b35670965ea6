import { normalName } from '../feel/free-names.ts';
import { FunctionValue, Scope, type Evaluate, type FeelParameter, type FeelType } from '../feel/standard/index.ts';
import type { InformationItem } from './boxed-expression.ts';
import { compileBoxed, compileFunction, typed, withNames, type Surroundings } from './compile-boxed.ts';
import type { DecisionModel, DecisionService, DmnFinding, Requirements } from './decision-model.ts';
import type { DecisionRun } from './decision-run.ts';
import { ItemTypes } from './item-types.ts';

/** Values of one evaluation by the id of their element. A decision service as a function has an evaluation of its own. */
export interface Evaluation {
  readonly run: DecisionRun;
  readonly values: Map<string, unknown>;
  /** Elements on their way, to end a circle of requirements. */
  readonly open: Set<string>;
  /** Reads input data from outside; a service reads its parameters. */
  readonly input: (id: string) => unknown;
  readonly visited?: (id: string, value: unknown) => void;
}

/** A model with its logic as closures. */
export interface CompiledDecisionModel {
  readonly model: DecisionModel;
  /** What of the model cannot be executed. */
  readonly findings: readonly DmnFinding[];
  readonly types: ItemTypes;
  /** The value of input data, a decision, a knowledge model or a decision service. */
  readonly valueOf: (id: string, evaluation: Evaluation) => unknown;
  /** The value of a service, its inputs taken from the evaluation. */
  readonly serviceValue: (service: DecisionService, evaluation: Evaluation) => unknown;
  readonly typeOf: (id: string) => FeelType;
}

type Compute = (evaluation: Evaluation) => unknown;

/** Compiles a model once. A part that cannot be compiled is a finding, and null with an error when it is asked for. DMN 1.5 §10.4. */
export function compileDecisionModel(model: DecisionModel): CompiledDecisionModel {
  const findings: DmnFinding[] = [];
  const types = new ItemTypes(model, findings);
  const variables = new Map<string, InformationItem>([...model.inputData, ...model.decisions, ...model.businessKnowledgeModels, ...model.decisionServices].map(({ id, variable }) => [id, variable]));
  const services = new Set(model.decisionServices.map(({ id }) => id));
  const knowledge = new Set([...services, ...model.businessKnowledgeModels.map(({ id }) => id)]);
  const computes = new Map<string, Compute>();
  const typeOf = (id: string): FeelType => types.of(variables.get(id)?.typeRef, id);

  const surroundings = (elementId: string, { information, knowledge: called }: Requirements): Surroundings => {
    const base: Surroundings = { elementId, types, findings, known: {} };
    // A function has no entries to name, whatever type its result is.
    return withNames(base, [...information, ...called].flatMap((id) => { const item = variables.get(id); return item ? [knowledge.has(id) ? { name: item.name } : item] : []; }));
  };
  const scopeOf = ({ information, knowledge: called }: Requirements, evaluation: Evaluation): Scope => {
    const names = new Map<string, unknown>();
    for (const id of [...information, ...called]) {
      const item = variables.get(id);
      if (item) names.set(normalName(item.name), valueOf(id, evaluation));
    }
    return new Scope(evaluation.run, names);
  };

  function valueOf(id: string, evaluation: Evaluation): unknown {
    if (evaluation.values.has(id)) return evaluation.values.get(id) ?? null;
    if (evaluation.open.has(id)) return evaluation.run.fail('REQUIREMENT_CIRCULAR', id, 'Expected requirements that end, but the decision requires itself');
    evaluation.open.add(id);
    const value = computes.get(id)?.(evaluation) ?? null;
    evaluation.open.delete(id);
    evaluation.values.set(id, value);
    evaluation.visited?.(id, value);
    return value;
  }

  for (const { id } of model.inputData) computes.set(id, (evaluation) => evaluation.input(id));
  for (const { id, variable, requirements, expression } of model.decisions) {
    const around = surroundings(id, requirements);
    const evaluate = expression ? typed(compileBoxed(expression, around), variable.typeRef, around) : undefined;
    computes.set(id, (evaluation) => {
      if (!evaluate) return evaluation.run.fail('LOGIC_MISSING', id, 'Expected a decision with logic, but it has none');
      return evaluation.run.call(() => evaluate(scopeOf(requirements, evaluation)));
    });
  }
  for (const { id, variable, requirements, logic } of model.businessKnowledgeModels) {
    const around = withNames(surroundings(id, requirements), [{ name: variable.name }]);
    const evaluate: Evaluate | undefined = logic && compileFunction(logic, around);
    computes.set(id, (evaluation) => {
      if (!evaluate) return evaluation.run.fail('LOGIC_MISSING', id, 'Expected a knowledge model with logic, but it has none');
      return knowledgeFunction(id, variable, requirements, evaluate, evaluation);
    });
  }
  for (const service of model.decisionServices) computes.set(service.id, (evaluation) => serviceFunction(service, evaluation));

  /** Knowledge models may call themselves and each other, so what they require is looked up when they are called. */
  function knowledgeFunction(id: string, variable: InformationItem, requirements: Requirements, evaluate: Evaluate, evaluation: Evaluation): unknown {
    let inner: unknown;
    const target = (): unknown => {
      if (inner === undefined) {
        const names = new Map<string, unknown>();
        const scope = new Scope(evaluation.run, names);
        inner = evaluate(scope);
        for (const required of requirements.knowledge) {
          const item = variables.get(required);
          if (item && required !== id) names.set(normalName(item.name), valueOf(required, evaluation));
        }
        names.set(normalName(variable.name), inner);
      }
      return inner;
    };
    const logic = model.businessKnowledgeModels.find((candidate) => candidate.id === id)?.logic;
    if (logic?.functionKind !== 'FEEL' || !logic.body) return target();
    const parameters = logic.parameters.map(({ name, typeRef }): FeelParameter => ({ name, type: types.of(typeRef, id) }));
    return new FunctionValue(parameters, (args) => {
      const called = target();
      return called instanceof FunctionValue ? called.call(args) : null;
    });
  }

  function serviceFunction(service: DecisionService, evaluation: Evaluation): FunctionValue {
    const parameterIds = [...service.inputData, ...service.inputDecisions];
    const parameters = parameterIds.map((id): FeelParameter => ({ name: variables.get(id)?.name ?? id, type: typeOf(id) }));
    return new FunctionValue(parameters, (args) => evaluation.run.call(() => serviceValue(service, { run: evaluation.run, open: new Set(), values: new Map(parameterIds.map((id, index) => [id, args[index] ?? null])), input: () => null })));
  }

  function serviceValue(service: DecisionService, evaluation: Evaluation): unknown {
    const [only] = service.outputDecisions;
    if (service.outputDecisions.length === 1 && only !== undefined) return valueOf(only, evaluation);
    return Object.fromEntries(service.outputDecisions.map((id) => [variables.get(id)?.name ?? id, valueOf(id, evaluation)]));
  }

  findings.push(...circularRequirements(model));
  return { model, findings, types, valueOf, serviceValue, typeOf };
}

/** Decisions that need themselves, over however many others. Knowledge models may. */
function circularRequirements({ decisions }: DecisionModel): DmnFinding[] {
  const required = new Map(decisions.map(({ id, requirements }) => [id, requirements.information]));
  const done = new Set<string>();
  const circular = new Set<string>();
  for (const { id: start } of decisions) {
    // An explicit stack: a chain of requirements may be long.
    const path: { readonly id: string; next: number }[] = [{ id: start, next: 0 }];
    const onPath = new Set([start]);
    while (path.length > 0) {
      const top = path.at(-1);
      if (!top) break;
      const next = done.has(top.id) ? undefined : required.get(top.id)?.[top.next];
      top.next += 1;
      if (next === undefined) {
        done.add(top.id);
        onPath.delete(top.id);
        path.pop();
      } else if (onPath.has(next)) circular.add(next);
      else if (!done.has(next)) {
        onPath.add(next);
        path.push({ id: next, next: 0 });
      }
    }
  }
  return [...circular].map((id) => ({ code: 'REQUIREMENT_CIRCULAR', severity: 'error', elementId: id, message: `Expected requirements that end, but the decision ${id} requires itself` }));
}
