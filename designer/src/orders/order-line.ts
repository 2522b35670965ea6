import type { JsonObject } from '../graphql/model.ts';
import { isLocalizedText, type LocalizedText } from '../i18n/localized-text.ts';
import { wholeAmounts } from '../i18n/whole-amounts.ts';
import type { Text } from '../i18n/use-text.ts';

/** The ordered line of a task: what drug, and each part of the dose as ordered. */
export interface OrderLine {
  readonly drug: LocalizedText | string | undefined;
  /** `100 mg`. */
  readonly amount: string | undefined;
  /** Code, for example `PO`. */
  readonly route: string | undefined;
  /** Code, for example `qd`. */
  readonly frequency: string | undefined;
  /** What goes before the routine; undefined for a routine order. */
  readonly urgency: 'stat' | 'rescue' | undefined;
}

/** An object's fields; none for anything else. */
export const fieldsOf = (value: unknown): JsonObject => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {});
/** A text that says something. */
export const textIn = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const nameIn = (value: unknown): LocalizedText | string | undefined => (isLocalizedText(value) ? value : textIn(value));

const urgencies = ['stat', 'rescue'] as const;

/** Reads the order in a task's input, with the product's name where the dose carries it. */
export function orderLineOf(input: JsonObject | null): OrderLine {
  const order = fieldsOf(input?.['order']);
  const dose = { ...fieldsOf(input?.['medication']), ...fieldsOf(input?.['dose']) };
  const amount = typeof order['dose'] === 'number' ? `${order['dose']} ${textIn(order['doseUnit']) ?? ''}`.trim() : undefined;
  return {
    drug: nameIn(dose['medicationName']) ?? nameIn(dose['name']) ?? nameIn(order['name']) ?? nameIn(order['ingredient']),
    amount,
    route: textIn(order['route']),
    frequency: textIn(order['frequency']),
    urgency: urgencies.find((urgency) => urgency === order['priority']),
  };
}

/** The drug in the reader's words; undefined when the task has none. */
export function drugWords({ drug }: OrderLine, { of, lookup }: Pick<Text, 'of' | 'lookup'>): string | undefined {
  if (drug === undefined) return undefined;
  return wholeAmounts(typeof drug === 'string' ? lookup(`substance.${drug}`, drug) : of(drug));
}

/** Amount, route and frequency in the reader's words, each a part that must stay whole. */
export function doseWords({ amount, route, frequency }: OrderLine, { lookup }: Pick<Text, 'lookup'>): readonly string[] {
  return [amount, route && lookup(`route.${route}`, route), frequency && lookup(`frequency.${frequency}`, frequency)].filter((part) => part !== undefined);
}
