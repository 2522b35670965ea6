import type { VariableDeclaration, VariableType } from './definition/index.ts';
import type { Failure } from './failure.ts';
import { parseInstant } from './instant.ts';
import { jsonSize } from './json-size.ts';
import type { Json, Variables } from './json.ts';
import { maximumVariableBytes } from './limits.ts';

const dateTimePattern = /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/;

/**
 * Checks values from outside against the declarations. Fails: VARIABLE_UNDECLARED, VARIABLE_WRONG_TYPE,
 * VARIABLE_TOO_LARGE; with `requireRequired` also VARIABLE_MISSING. `null` means that there is no value.
 */
export function validateVariables(declarations: readonly VariableDeclaration[], variables: Variables, options: { readonly requireRequired: boolean }): Failure[] {
  const byName = new Map(declarations.map((declaration) => [declaration.name, declaration]));
  const failures: Failure[] = [];
  for (const [name, value] of Object.entries(variables)) {
    const failure = variableFailure(byName.get(name), name, value);
    if (failure) failures.push(failure);
  }
  for (const { name, required } of options.requireRequired ? declarations : []) {
    if (required && (variables[name] ?? null) === null) failures.push({ code: 'VARIABLE_MISSING', message: `Expected variable ${name}, but it is missing`, place: name });
  }
  return failures;
}

/** What is wrong with one value; undefined when nothing is. */
export function variableFailure(declaration: VariableDeclaration | undefined, name: string, value: Json): Failure | undefined {
  if (!declaration) return { code: 'VARIABLE_UNDECLARED', message: `Expected a declared variable, but ${name} is none`, place: name };
  if (!hasType(value, declaration.type)) return { code: 'VARIABLE_WRONG_TYPE', message: `Expected variable ${name} to be of type ${declaration.type}, but got ${typeName(value)}`, place: name };
  return sizeFailure(name, value);
}

/** VARIABLE_TOO_LARGE when the value is over the limit of 256 KiB. */
export function sizeFailure(name: string, value: Json): Failure | undefined {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return undefined;
  if (jsonSize(value) <= maximumVariableBytes) return undefined;
  return { code: 'VARIABLE_TOO_LARGE', message: `Expected variable ${name} to have at most ${maximumVariableBytes} bytes, but it has more`, place: name };
}

function hasType(value: Json, type: VariableType): boolean {
  if (value === null) return true;
  switch (type) {
    case 'string':
    case 'boolean':
      return typeof value === type;
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'date':
      return typeof value === 'string' && value.length === 10 && parseInstant(value) !== undefined;
    case 'dateTime':
      return typeof value === 'string' && dateTimePattern.test(value) && parseInstant(value) !== undefined;
    case 'list':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && !Array.isArray(value);
  }
}

function typeName(value: Json): string {
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
