import { normalName } from '../free-names.ts';
import type { FeelNode } from '../parse-tree.ts';
import { childAt, childrenOf, nameOf, textOf, type Unit } from './syntax.ts';
import { compileType } from './compile-type.ts';
import { anyType, FunctionValue, kindOf, type FeelParameter } from './feel-value.ts';
import { invokeAny, type Arguments } from './invoke.ts';
import { overloadsOf } from './builtins/index.ts';
import type { Evaluate, Scope } from './scope.ts';

/** `function(…) …`, which keeps the scope where it stands. An external one (Java, PMML) is refused: null. DMN 1.5 §10.3.2.13.3. */
export function compileFunctionDefinition(node: FeelNode, unit: Unit): Evaluate {
  const parameters: FeelParameter[] = (node.getChild('FormalParameters')?.getChildren('FormalParameter') ?? []).map((parameter) => {
    const type = parameter.getChild('Type');
    return { name: nameOf(childAt(parameter, 0), unit), type: type ? compileType(type, unit) : anyType };
  });
  const position = { from: node.from, to: node.to };
  if (node.getChild('external')) {
    return (scope) => {
      scope.run.warn('EXTERNAL_FUNCTION', 'Expected a function in FEEL, but found an external one, which is never run', position);
      return null;
    };
  }
  const body = unit.compile(childAt(node, -1), unit);
  const names = parameters.map(({ name }) => normalName(name));
  return (scope) => new FunctionValue(parameters, (args) => scope.run.call(() => body(scope.inner(new Map(names.map((name, index) => [name, args[index] ?? null]))))));
}

/** A call by place or by name. What is no function, or arguments that do not fit, gives null. DMN 1.5 §10.3.2.13.5. */
export function compileInvocation(node: FeelNode, unit: Unit): Evaluate {
  const target = childAt(node, 0);
  const isConstructor = target.name === 'DateTimeConstructor';
  const calledName = normalName(textOf(target, unit));
  const position = { from: node.from, to: node.to };
  const called: Evaluate = isConstructor ? (scope) => scope.get(calledName) ?? overloadsOf(calledName)?.[0] ?? null : unit.compile(target, unit);
  const overloads = isConstructor || target.name === 'VariableName' || target.name === 'SpecialFunctionName' ? overloadsOf(calledName) : undefined;
  const argumentsOf = compileArguments(node, unit);
  return (scope) => {
    const value = called(scope);
    const given = argumentsOf(scope);
    if (value instanceof FunctionValue) {
      const result = invokeAny(overloads?.includes(value) ? overloads : [value], given, (body) => scope.run.call(body));
      if ('value' in result) return scope.run.charge(result.value);
      scope.run.warn('FUNCTION_INVOCATION_FAILURE', result.problem, position);
      return null;
    }
    scope.run.warn('NO_FUNCTION_FOUND', `Expected a function, but found ${kindOf(value)}`, position);
    return null;
  };
}

function compileArguments(node: FeelNode, unit: Unit): (scope: Scope) => Arguments {
  const named = node.getChild('NamedParameters');
  if (named) {
    const entries = named.getChildren('NamedParameter').map((entry) => ({ name: nameOf(childAt(entry, 0), unit), value: unit.compile(childAt(entry, 1), unit) }));
    return (scope) => ({ named: new Map(entries.map(({ name, value }) => [name, value(scope)])) });
  }
  const list = node.getChild('PositionalParameters');
  const values = list ? childrenOf(list).map((value) => unit.compile(value, unit)) : [];
  return (scope) => ({ positional: values.map((value) => value(scope)) });
}
