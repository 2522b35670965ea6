import type { RuleSetDocument } from '#rules';
import { entriesOf, membersOf } from '../difference/condition-words.ts';

/**
 * The document as the table can show it; undefined for one that has not its form. A draft may be half written: texts may be
 * empty and values wrong, which the findings say; only what the table is made of has to be there.
 */
export function asRuleSetDocument(value: unknown): RuleSetDocument | undefined {
  const { format, key, name, inputs, outputs, rules } = membersOf(value);
  const isFramed = format === 'careloop-rules/1' && typeof key === 'string' && isObject(name) && Array.isArray(inputs) && Array.isArray(outputs) && Array.isArray(rules);
  const isNamed = [...entriesOf(inputs), ...entriesOf(outputs)].every((entry) => typeof entry['name'] === 'string' && typeof entry['type'] === 'string');
  // As given rather than as parsed: what is saved must be what was read.
  return isFramed && isNamed && entriesOf(rules).every(isRule) ? (value as RuleSetDocument) : undefined;
}

function isRule({ id, name, conditions, event, message, source }: Readonly<Record<string, unknown>>): boolean {
  return typeof id === 'string' && isObject(name) && isCondition(conditions) && isObject(event) && isObject(message) && isObject(source);
}

function isCondition(value: unknown): boolean {
  const members = membersOf(value);
  if ('all' in members) return Array.isArray(members['all']) && members['all'].every(isCondition);
  if ('any' in members) return Array.isArray(members['any']) && members['any'].every(isCondition);
  if ('not' in members) return isCondition(members['not']);
  return typeof members['condition'] === 'string' || (typeof members['fact'] === 'string' && typeof members['operator'] === 'string' && members['value'] !== undefined);
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
