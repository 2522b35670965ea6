import type { DecisionTable } from '../dmn/boxed-expression.ts';
import type { ItemDefinition } from '../dmn/decision-model.ts';
import { readString } from '../feel/standard/string-literal.ts';
import type { HitPolicyName, InputType, LocalizedText, RuleSetDocument } from '../index.ts';
import { levelSchema } from '../rule-set.ts';
import { literalText } from './feel-text.ts';
import { visibleText } from './visible-text.ts';

type Policy = Pick<DecisionTable, 'hitPolicy' | 'aggregation'>;

const policies: Readonly<Record<HitPolicyName, DecisionTable['hitPolicy']>> = { unique: 'UNIQUE', first: 'FIRST', priority: 'PRIORITY', any: 'ANY', collect: 'COLLECT', ruleOrder: 'RULE ORDER', outputOrder: 'OUTPUT ORDER' };
const aggregations = { sum: 'SUM', count: 'COUNT', min: 'MIN', max: 'MAX' } as const;

/** The policy of the table. Rules of `any` without outputs always agree, which their levels as outputs would not. */
export function policyOf({ hitPolicy = 'collect', aggregation, outputs }: Pick<RuleSetDocument, 'hitPolicy' | 'aggregation' | 'outputs'>): Policy {
  if (hitPolicy === 'any' && outputs.length === 0) return { hitPolicy: 'COLLECT' };
  return { hitPolicy: policies[hitPolicy], ...(aggregation === undefined ? {} : { aggregation: aggregations[aggregation] }) };
}

/** The policy of a rule set for that of a table. */
export function policyFrom({ hitPolicy, aggregation }: Policy): Pick<RuleSetDocument, 'hitPolicy' | 'aggregation'> {
  // The tables above are one to one.
  const policy = Object.entries(policies).find(([, name]) => name === hitPolicy)?.[0] as HitPolicyName;
  const found = Object.entries(aggregations).find(([, name]) => name === aggregation)?.[0] as keyof typeof aggregations | undefined;
  return { ...(policy === 'collect' ? {} : { hitPolicy: policy }), ...(found === undefined ? {} : { aggregation: found }) };
}

type DmnOutput = DecisionTable['outputs'][number];

/** The output of a rule set that declares none: the level of the rules that fire. */
export const levelOutput: DmnOutput = { name: 'level', typeRef: 'string', values: levelSchema.options.map((level) => `"${level}"`).join(', ') };

/** The columns that say what a rule is and where it comes from. */
export type AnnotationColumn = { readonly kind: 'name'; readonly language: keyof LocalizedText } | { readonly kind: 'message'; readonly language: keyof LocalizedText } | { readonly kind: 'level' } | { readonly kind: 'source'; readonly part: 'grade' | 'reference' | 'mark' };

const named: Readonly<Record<string, AnnotationColumn>> = {
  'name (zh-CN)': { kind: 'name', language: 'zh-CN' },
  'name (en)': { kind: 'name', language: 'en' },
  'message (zh-CN)': { kind: 'message', language: 'zh-CN' },
  'message (en)': { kind: 'message', language: 'en' },
  level: { kind: 'level' },
  source: { kind: 'source', part: 'reference' },
  grade: { kind: 'source', part: 'grade' },
  mark: { kind: 'source', part: 'mark' },
};

/** Names of the annotations of every rule, in order; the level is one where the table has outputs of its own. */
export function ownAnnotations(outputs: RuleSetDocument['outputs']): readonly string[] {
  return Object.keys(named).filter((name) => name !== 'level' || outputs.length > 0);
}

/** What the annotation of a name is; undefined for one that the rule set declares. */
export function annotationColumn(name: string): AnnotationColumn | undefined {
  return Object.hasOwn(named, name) ? named[name] : undefined;
}

const feelTypes: Readonly<Record<InputType, string>> = { string: 'string', number: 'number', boolean: 'boolean', date: 'date', dateTime: 'date and time', list: 'tList', object: 'Any', any: 'Any' };

/**
 * The type of an input or output as a reference, with its item definition where FEEL's own types are not enough. The
 * prefix tells those of several rule sets in one file apart.
 */
export function typeOf(prefix: string, { name, type, unit }: { readonly name: string; readonly type: InputType; readonly unit?: string | undefined }): { readonly typeRef: string; readonly definition?: ItemDefinition } {
  if (unit !== undefined) return { typeRef: `${prefix}_${name}`, definition: { name: `${prefix}_${name}`, typeRef: feelTypes[type], unit: visibleText(unit) } };
  return type === 'list' ? { typeRef: feelTypes.list, definition: { name: feelTypes.list, typeRef: 'Any', isCollection: true } } : { typeRef: feelTypes[type] };
}

/** An output of the rule set as one of the table. */
export function outputColumn(key: string, output: RuleSetDocument['outputs'][number]): DmnOutput {
  const { name, type, allowedValues, default: given } = output;
  return {
    name,
    typeRef: typeOf(`output_${key}`, output).typeRef,
    ...(allowedValues ? { values: allowedValues.map((value) => literalText(value, type)).join(', ') } : {}),
    ...(given === undefined ? {} : { defaultValue: literalText(given, type) }),
  };
}

/** The level in an output entry, or as the text of an annotation; undefined for anything else. */
export function levelIn(text: string): string | undefined {
  const plain = text.trim();
  const level = /^"[^"]*"$/.test(plain) ? readString(plain) : plain;
  if (level === '' || level === '-' || level === 'null') return '';
  return levelSchema.safeParse(level).success ? level : undefined;
}
