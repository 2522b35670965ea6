import type { RuleSetDocument } from '../index.ts';
import type { InputColumn } from '../table/table.ts';
import { isFeelName, literalText, pathText } from './feel-text.ts';

/** The expression of the column that shows whole conditions. */
export const conditionExpression = 'true';

/** What gives variables their names: facts and named conditions, and names that a file has had for facts before. */
export interface NamedThings extends Pick<RuleSetDocument, 'key' | 'inputs' | 'conditions'> {
  readonly variables?: Readonly<Record<string, string>> | undefined;
}

/** Names of variables: those of facts, changed where FEEL could not read them, and those of named conditions, which end in the key. */
export function variableNames({ key, inputs, conditions = {}, variables = {} }: NamedThings): { readonly facts: ReadonlyMap<string, string>; readonly conditions: ReadonlyMap<string, string> } {
  const taken = new Set([...inputs.map(({ name }) => name), ...Object.values(variables)]);
  const free = (wanted: string): string => {
    let name = wanted;
    for (let count = 2; taken.has(name); count += 1) name = `${wanted}_${count}`;
    taken.add(name);
    return name;
  };
  const given = (name: string): string | undefined => (Object.hasOwn(variables, name) ? variables[name] : undefined);
  return {
    facts: new Map(inputs.map(({ name }) => [name, given(name) ?? (isFeelName(name) ? name : free(`fact_${name}`))])),
    conditions: new Map(Object.keys(conditions).map((name, index) => [name, free(`condition_${index + 1}_${key.replace(/\W/g, '_')}`)])),
  };
}

/** The expression of an input column; a path that can lead to several places is only named. */
export function columnExpression({ fact, path }: Pick<InputColumn, 'fact' | 'path'>, facts: ReadonlyMap<string, string>): { readonly text: string; readonly isReadable: boolean } {
  const name = facts.get(fact) ?? fact;
  const text = pathText(name, path);
  return text === undefined ? { text: `path(${name}, ${literalText(path)})`, isReadable: false } : { text, isReadable: true };
}
