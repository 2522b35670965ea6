import { normalName } from '../feel/free-names.ts';
import type { KnownNames } from '../feel/parse-tree.ts';
import { allOf, anyOf, compileStandardExpression, convert, filterItems, FunctionValue, invokeAny, itemsOf, kindOf, overloadsOf, setEntry, type Evaluate, type FeelParameter } from '../feel/standard/index.ts';
import type { BoxedExpression, InformationItem } from './boxed-expression.ts';
import { compileDecisionTable } from './compile-decision-table.ts';
import type { DmnFinding } from './decision-model.ts';
import { fail } from './decision-run.ts';
import type { ItemTypes } from './item-types.ts';

/** What the expressions of one element are compiled with. */
export interface Surroundings {
  readonly elementId: string;
  readonly types: ItemTypes;
  readonly findings: DmnFinding[];
  /** Names in scope, with the names that paths find in them. */
  readonly known: KnownNames;
}

type Kind<Name extends BoxedExpression['kind']> = BoxedExpression & { readonly kind: Name };

/** A boxed expression as a closure. What cannot be executed is a finding, and gives null with an error. DMN 1.5 §10.3.3 and §10.5.1. */
export function compileBoxed(expression: BoxedExpression, around: Surroundings): Evaluate {
  const evaluate = compileKind(expression, around);
  // A table's type is that of its rows or of its whole, depending on who writes it; the variable's type is the one that counts.
  return expression.kind === 'decisionTable' || expression.kind === 'function' ? evaluate : typed(evaluate, expression.typeRef, around);
}

function compileKind(expression: BoxedExpression, around: Surroundings): Evaluate {
  switch (expression.kind) {
    case 'literal':
      return compileLiteral(expression, around);
    case 'decisionTable':
      return compileDecisionTable(expression, { ...around, compileText: (text, what) => compileText(text, what, around) });
    case 'context':
      return compileContext(expression, around);
    case 'list': {
      const items = expression.items.map((item) => compileBoxed(item, around));
      return (scope) => items.map((item) => item(scope));
    }
    case 'relation':
      return compileRelation(expression, around);
    case 'invocation':
      return compileInvocation(expression, around);
    case 'function':
      return compileFunction(expression, around);
    case 'conditional': {
      const [condition, then, otherwise] = [compileBoxed(expression.if, around), compileBoxed(expression.then, around), compileBoxed(expression.else, around)];
      return (scope) => (condition(scope) === true ? then(scope) : otherwise(scope));
    }
    case 'filter': {
      const [list, match] = [compileBoxed(expression.in, around), compileBoxed(expression.match, withNames(around, [{ name: 'item' }]))];
      return (scope) => filterItems(list(scope), match, scope);
    }
    default:
      return compileIterator(expression, around);
  }
}

/** Converts to the type that an expression or variable declares; what does not fit is null with an error. DMN 1.5 §10.3.2.9.4. */
export function typed(evaluate: Evaluate, typeRef: string | undefined, { types, elementId }: Pick<Surroundings, 'types' | 'elementId'>): Evaluate {
  if (typeRef === undefined) return evaluate;
  const type = types.of(typeRef, elementId);
  return (scope) => {
    const value = evaluate(scope);
    const fitting = convert(value, type);
    return fitting === undefined ? fail(scope, 'TYPE_MISMATCH', elementId, `Expected a value of the type ${typeRef}, but found ${kindOf(value)}`) : fitting;
  };
}

export function withNames(around: Surroundings, items: readonly InformationItem[]): Surroundings {
  return { ...around, known: { ...around.known, ...Object.fromEntries(items.map((item) => [item.name, around.types.namesIn(item)])) } };
}

/** Reports an element that cannot be executed. Its value is null. */
function refused(code: string, message: string, { findings, elementId }: Surroundings): Evaluate {
  findings.push({ code, severity: 'error', elementId, message });
  return (scope) => fail(scope, code, elementId, message);
}

function compileText(text: string, what: string, around: Surroundings): Evaluate {
  try {
    return compileStandardExpression(text, { known: around.known, typeOf: around.types.find });
  } catch (error) {
    return refused('FEEL_SYNTAX', `Expected ${what} in FEEL, but it cannot be read: ${error instanceof Error ? error.message : 'its text is damaged'}`, around);
  }
}

function compileLiteral({ text, expressionLanguage }: Kind<'literal'>, around: Surroundings): Evaluate {
  if (expressionLanguage !== undefined) return refused('NOT_EXECUTABLE', `Expected an expression in FEEL, but it is in ${expressionLanguage}`, around);
  return text.trim() === '' ? () => null : compileText(text, 'an expression', around);
}

function compileContext({ entries }: Kind<'context'>, around: Surroundings): Evaluate {
  let inside = around;
  const compiled = entries.map(({ variable, value }) => {
    const evaluate = typed(compileBoxed(value, variable && value.kind === 'function' ? withNames(inside, [variable]) : inside), variable?.typeRef, around);
    if (variable) inside = withNames(inside, [variable]);
    return { name: variable?.name, evaluate };
  });
  return (scope) => {
    const names = new Map<string, unknown>();
    const inner = scope.inner(names);
    const context: Record<string, unknown> = {};
    for (const { name, evaluate } of compiled) {
      const value = evaluate(inner);
      if (name === undefined) return value;
      names.set(normalName(name), value);
      setEntry(context, name, value);
    }
    return context;
  };
}

function compileRelation({ columns, rows }: Kind<'relation'>, around: Surroundings): Evaluate {
  const compiled = rows.map((row) => columns.map(({ name, typeRef }, index) => {
    const cell = row[index];
    return { name, evaluate: cell ? typed(compileBoxed(cell, around), typeRef, around) : () => null };
  }));
  return (scope) => compiled.map((row) => {
    const context: Record<string, unknown> = {};
    for (const { name, evaluate } of row) setEntry(context, name, evaluate(scope));
    return context;
  });
}

function compileInvocation({ called, bindings }: Kind<'invocation'>, around: Surroundings): Evaluate {
  const target = compileBoxed(called, around);
  const overloads = called.kind === 'literal' ? overloadsOf(normalName(called.text)) : undefined;
  const compiled = bindings.map(({ parameter, value }) => ({ name: parameter.name, evaluate: value ? typed(compileBoxed(value, around), parameter.typeRef, around) : () => null }));
  return (scope) => {
    const callee = target(scope);
    if (!(callee instanceof FunctionValue)) return fail(scope, 'NO_FUNCTION_FOUND', around.elementId, `Expected a function to invoke, but found ${kindOf(callee)}`);
    const named = new Map(compiled.map(({ name, evaluate }) => [name, evaluate(scope)]));
    const result = invokeAny(overloads?.includes(callee) ? overloads : [callee], { named }, (body) => scope.run.call(body));
    return 'value' in result ? scope.run.charge(result.value) : fail(scope, 'FUNCTION_INVOCATION_FAILURE', around.elementId, result.problem);
  };
}

/** A function of a model. External ones (Java, PMML) are never run. */
export function compileFunction({ functionKind, parameters, body }: Kind<'function'>, around: Surroundings): Evaluate {
  if (functionKind !== 'FEEL') return refused('NOT_EXECUTABLE', `Expected a function in FEEL, but it is in ${functionKind}, which is never run here`, around);
  if (!body) return refused('LOGIC_MISSING', 'Expected a function with a body, but it has none', around);
  const evaluate = compileBoxed(body, withNames(around, parameters));
  const declared = parameters.map(({ name, typeRef }): FeelParameter => ({ name, type: around.types.of(typeRef, around.elementId) }));
  const names = parameters.map(({ name }) => normalName(name));
  return (scope) => new FunctionValue(declared, (args) => scope.run.call(() => evaluate(scope.inner(new Map(names.map((name, index) => [name, args[index] ?? null]))))));
}

/** Whether a name may stand anywhere in an expression. */
function mentions(expression: BoxedExpression, name: string): boolean {
  return JSON.stringify(expression).includes(name);
}

function compileIterator({ kind, iteratorVariable, in: domain, result }: Kind<'for' | 'some' | 'every'>, around: Surroundings): Evaluate {
  const list = compileBoxed(domain, around);
  const body = compileBoxed(result, withNames(around, [{ name: iteratorVariable }, { name: 'partial' }]));
  const partialOf = mentions(result, 'partial') ? (results: readonly unknown[]) => [...results] : (results: readonly unknown[]) => results;
  const name = normalName(iteratorVariable);
  return (scope) => {
    const items = itemsOf(list(scope), scope.run);
    if (items === null) return fail(scope, 'TYPE_MISMATCH', around.elementId, `Expected a list to go through in ${kind}, but found none`);
    const results: unknown[] = [];
    for (const item of items) {
      scope.run.spend();
      const value = body(scope.inner(new Map<string, unknown>([[name, item], ...(kind === 'for' ? [['partial', partialOf(results)] as const] : [])])));
      results.push(value);
      if ((kind === 'some' && value === true) || (kind === 'every' && value === false)) break;
    }
    return kind === 'for' ? results : kind === 'some' ? anyOf(results) : allOf(results);
  };
}
