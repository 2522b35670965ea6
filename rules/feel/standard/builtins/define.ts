import { ownType } from '../feel-type.ts';
import { anyType, FunctionValue, type FeelParameter } from '../feel-value.ts';
import { isNumber, toPlainNumber } from '../number.ts';

/** One signature of a builtin, such as `substring(string: string, start position: number, length?: number)`, and what it does. */
export interface Builtin {
  readonly name: string;
  readonly value: FunctionValue;
}

/**
 * Makes a builtin of its signature. A `number` comes as JavaScript's nearest one, an `exact number` as it is. `?` marks an optional parameter and `...` one that takes all further arguments. Null for a
 * parameter that is neither optional nor of any type gives null. The result null stands for every misuse. DMN 1.5 §10.3.4.
 */
export function define<Args extends readonly unknown[]>(signature: string, body: (...args: Args) => unknown): Builtin {
  const open = signature.indexOf('(');
  const texts = signature.slice(open + 1, -1).split(',').map((text) => text.trim()).filter((text) => text !== '');
  const parameters = texts.map(parameterOf);
  const plain = texts.map((text) => /: number$/.test(text));
  const call = (args: readonly unknown[]): unknown => {
    const isMissing = parameters.some((parameter, index) => !parameter.optional && parameter.type !== anyType && (args[index] === null || args[index] === undefined));
    if (isMissing) return null;
    // The signature has checked the types that the body names.
    return body(...(parameters.map((_parameter, index) => (plain[index] === true && isNumber(args[index]) ? toPlainNumber(args[index]) : (args[index] ?? null))) as unknown as Args));
  };
  return { name: signature.slice(0, open), value: new FunctionValue(parameters, call) };
}

function parameterOf(text: string): FeelParameter {
  const [declared = '', type = 'Any'] = text.replace('exact ', '').split(':').map((part) => part.trim());
  const variadic = declared.startsWith('...');
  const optional = declared.endsWith('?');
  const name = declared.replace(/^\.\.\.|\?$/g, '');
  return { name, type: variadic ? { kind: 'list', of: anyType } : type === 'Any' ? anyType : (ownType(type) ?? anyType), ...(optional ? { optional } : {}), ...(variadic ? { variadic } : {}) };
}
