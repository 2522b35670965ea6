import type { JsonObject } from '../graphql/model.ts';
import { isLocalizedText, type LocalizedText } from '../i18n/localized-text.ts';

/** The ordered line of a task: what drug, and each part of the dose as ordered. */
export interface OrderLine {
  readonly drug: LocalizedText | string | undefined;
  /** `100 mg`, `PO`, `qd`. */
  readonly amount: readonly string[];
}

/** An object's fields; none for anything else. */
export const fieldsOf = (value: unknown): JsonObject => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {});
/** A text that says something. */
export const textIn = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const nameIn = (value: unknown): LocalizedText | string | undefined => (isLocalizedText(value) ? value : textIn(value));

/** Reads the order in a task's input, with the product's name where the dose carries it. */
export function orderLineOf(input: JsonObject | null): OrderLine {
  const order = fieldsOf(input?.['order']);
  const dose = { ...fieldsOf(input?.['medication']), ...fieldsOf(input?.['dose']) };
  const amount = typeof order['dose'] === 'number' ? `${order['dose']} ${textIn(order['doseUnit']) ?? ''}`.trim() : undefined;
  return {
    drug: nameIn(dose['medicationName']) ?? nameIn(dose['name']) ?? nameIn(order['name']) ?? nameIn(order['ingredient']),
    amount: [amount, textIn(order['route']), textIn(order['frequency'])].filter((part) => part !== undefined),
  };
}
