import type { DecisionModel, DmnFinding, InputData } from '../dmn/decision-model.ts';
import { simpleCell } from '../dmn/simple-cell.ts';
import { factNameSchema } from '../condition.ts';
import type { InputType, RuleInput } from '../index.ts';
import { normalValue } from '../input-value.ts';

const types: ReadonlyMap<string, InputType> = new Map([['string', 'string'], ['number', 'number'], ['boolean', 'boolean'], ['date', 'date'], ['date and time', 'dateTime'], ['dateTime', 'dateTime'], ['list', 'list'], ['context', 'object'], ['Any', 'any'], ['any', 'any']]);
const maximumSteps = 20;

/** A type of the file as one of rule sets, with what its item definitions say; `problem` for one that rule sets do not have. */
export interface ResolvedType {
  readonly type: InputType;
  readonly unit?: string;
  /** Unary tests that its values hold. */
  readonly allowed?: string;
  readonly problem?: string;
}

/** Follows item definitions to one of FEEL's own types, or to that of the items of a collection. Without a type, any value is taken. DMN 1.5 §7.3.2. */
export function resolveType({ itemDefinitions }: DecisionModel, typeRef: string | undefined, ofItems = false): ResolvedType {
  let known: { readonly unit?: string; readonly allowed?: string } = {};
  let next = typeRef;
  for (let step = 0; step < maximumSteps; step += 1) {
    if (next === undefined) return { type: 'any', ...known };
    const wanted = next;
    const definition = itemDefinitions.find(({ name }) => name === wanted);
    if (!definition) {
      const type = types.get(next);
      return type ? { type, ...known } : { type: 'any', ...known, problem: `the type ${next}` };
    }
    const { unit, allowedValues, typeConstraint, isCollection, components, functionItem } = definition;
    const allowed = allowedValues ?? typeConstraint;
    known = { ...(unit === undefined ? {} : { unit }), ...(allowed === undefined ? {} : { allowed }), ...known };
    if (functionItem) return { type: 'any', problem: `the function type ${wanted}` };
    if (isCollection && !ofItems) return { type: 'list', ...(unit === undefined ? {} : { unit }) };
    if (components) return { type: 'object', ...known };
    next = definition.typeRef;
  }
  return { type: 'any', problem: `the type ${typeRef ?? ''}, which does not end` };
}

/** The values of a list of literals; undefined for other tests. */
export function literalsOf(tests: string | undefined, type: InputType): (string | number | boolean)[] | undefined {
  const cell = tests === undefined ? undefined : simpleCell(tests);
  return cell?.kind === 'values' && cell.values.every((value) => normalValue(type, value) !== undefined) ? [...cell.values] : undefined;
}

/** Names of input data as names of facts: what a fact cannot have becomes an underscore, and no two are the same. */
export function factNames(inputData: readonly InputData[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set(inputData.flatMap(({ variable }) => (factNameSchema.safeParse(variable.name).success ? [variable.name] : [])));
  for (const [index, { variable }] of inputData.entries()) {
    if (names.has(variable.name)) continue;
    names.set(variable.name, taken.has(variable.name) ? variable.name : free(plainName(variable.name) ?? `input_${index + 1}`, taken));
  }
  return names;
}

/** A name of letters, digits and underscores; undefined where nothing of the text is left. */
export function plainName(text: string): string | undefined {
  const plain = text.trim().replace(/[^A-Za-z0-9_]+/g, '_').replace(/^(?=\d)/, '_').slice(0, 56);
  return /[A-Za-z0-9]/.test(plain) && factNameSchema.safeParse(plain).success ? plain : undefined;
}

function free(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let count = 2; taken.has(name); count += 1) name = `${wanted}_${count}`;
  taken.add(name);
  return name;
}

/** An input of the rule set. Nothing says what its absence means, so that it is required: a missing value is a failure with its name. */
export function foreignInput(name: string, { variable }: InputData, { type, unit, allowed }: ResolvedType): RuleInput {
  const allowedValues = literalsOf(allowed, type);
  return {
    name,
    type,
    ...(unit === undefined ? {} : { unit }),
    required: true,
    ...(name === variable.name || variable.name.trim() === '' ? {} : { description: { 'zh-CN': variable.name, en: variable.name } }),
    ...(allowedValues ? { allowedValues } : {}),
  };
}

/** A table refuses values that are not among the declared ones; a rule set only looks for gaps among them. */
export function valuesNotRefused(elementId: string, name: string, values: string): DmnFinding {
  return { code: 'VALUES_NOT_REFUSED', severity: 'warning', elementId, subject: name, message: `Expected other values of ${name} than ${values.slice(0, 100)} to be refused, but a rule set judges them as they are` };
}
