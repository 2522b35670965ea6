import type { Json, Variables } from '#engine';

const name = '[\\p{L}_][\\p{L}\\p{N}_]*';
const path = (root: string) => `${root}\\.(${name}(?:\\.${name})*)`;
const dataFirst = new RegExp(`${path('data')}\\s*=\\s*${path('input')}`, 'u');
const inputFirst = new RegExp(`${path('input')}\\s*=\\s*${path('data')}`, 'u');

/**
 * What a failed check compared, for the bedside page: of a FEEL condition like
 * `data.wristband = input.wristband` the expected and the scanned value. Undefined when it is no such comparison.
 */
export function comparedValues(condition: string, input: Variables, data: Variables): { readonly expected?: string; readonly scanned?: string } {
  const forward = dataFirst.exec(condition);
  const backward = forward ? null : inputFirst.exec(condition);
  const dataPath = forward?.[1] ?? backward?.[2];
  const inputPath = forward?.[2] ?? backward?.[1];
  if (dataPath === undefined || inputPath === undefined) return {};
  const expected = textAt(input, inputPath);
  const scanned = textAt(data, dataPath);
  return { ...(expected === undefined ? {} : { expected }), ...(scanned === undefined ? {} : { scanned }) };
}

function textAt(variables: Variables, dotted: string): string | undefined {
  let value: Json | undefined = variables;
  for (const name of dotted.split('.')) {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, name)) return undefined;
    value = (value as Variables)[name];
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
