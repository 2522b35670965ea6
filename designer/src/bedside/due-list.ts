import type { Task } from '../graphql/model.ts';
import { fieldsOf, orderLineOf, textIn, type OrderLine } from '../orders/order-line.ts';
import type { DrugCode } from '../scanner/gs1.ts';

/** What the bedside page shows of one dose; read from the task's input, which the process defines. */
export interface Dose extends OrderLine {
  readonly task: Task;
  readonly gtin: string | undefined;
  readonly plannedAt: string | undefined;
  readonly windowOpensAt: string | undefined;
  readonly windowClosesAt: string | undefined;
  readonly earliestAt: string | undefined;
  readonly lastGivenAt: string | undefined;
  readonly isHighAlert: boolean;
}

/** Reads a bedside task. Whatever the process does not give stays undefined and is shown as 无数据. */
export function doseOf(task: Task): Dose {
  const input = task.input ?? {};
  const dose = { ...fieldsOf(input['medication']), ...fieldsOf(input['dose']) };
  return {
    task,
    ...orderLineOf(task.input),
    gtin: textIn(input['gtin']) ?? textIn(dose['gtin']),
    plannedAt: textIn(dose['plannedAt']) ?? task.dueAt ?? undefined,
    windowOpensAt: textIn(dose['windowOpensAt']),
    windowClosesAt: textIn(dose['windowClosesAt']) ?? task.dueAt ?? undefined,
    earliestAt: textIn(dose['earliestAt']),
    lastGivenAt: textIn(dose['lastGivenAt']),
    isHighAlert: dose['highAlert'] === 'yes',
  };
}

export type DueGroup = 'overdue' | 'now' | 'later';

/** Which group a dose is in: its window has closed, is open, or is still to come. */
export function dueGroupOf(dose: Dose, nowMs: number): DueGroup {
  if (dose.windowClosesAt !== undefined && Date.parse(dose.windowClosesAt) < nowMs) return 'overdue';
  const opens = Date.parse(dose.windowOpensAt ?? '');
  if (!Number.isNaN(opens)) return opens > nowMs ? 'later' : 'now';
  const planned = Date.parse(dose.plannedAt ?? '');
  return Number.isNaN(planned) || planned - nowMs <= 60 * 60_000 ? 'now' : 'later';
}

const groupOrder: readonly DueGroup[] = ['overdue', 'now', 'later'];

/** A patient's doses by group, each by planned time. */
export function groupDoses(doses: readonly Dose[], nowMs: number): readonly { readonly group: DueGroup; readonly doses: readonly Dose[] }[] {
  const byTime = [...doses].sort((a, b) => (a.plannedAt ?? '').localeCompare(b.plannedAt ?? ''));
  return groupOrder.map((group) => ({ group, doses: byTime.filter((dose) => dueGroupOf(dose, nowMs) === group) })).filter(({ doses: list }) => list.length > 0);
}

const withoutZeros = (gtin: string): string => gtin.replace(/^0+/, '');

/** The same trade item, however many leading zeros either side writes. */
export function isSameProduct(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && withoutZeros(a) === withoutZeros(b);
}

/** True when the scanned drug is the product of this dose; a hospital's own code is compared as it is. */
export function isProductOf(dose: Dose, code: DrugCode): boolean {
  return isSameProduct(dose.gtin, code.gtin) || dose.gtin === code.text;
}

/**
 * The dose that a scanned drug is meant for: the chosen one when it is that drug, else the first due one that is.
 * When none is, the chosen or first due one, so that the server refuses and the refusal is on record.
 */
export function doseFor(doses: readonly Dose[], code: DrugCode, chosenTaskId: string | undefined, nowMs: number): Dose | undefined {
  const ordered = groupDoses(doses, nowMs).flatMap((group) => group.doses);
  const chosen = ordered.find((dose) => dose.task.id === chosenTaskId);
  if (chosen !== undefined && isProductOf(chosen, code)) return chosen;
  return ordered.find((dose) => isProductOf(dose, code)) ?? chosen ?? ordered[0];
}

/**
 * What to send as the scanned drug: what was scanned, but for the right product in one spelling (product number as
 * the order writes it, expiry, batch), so that the server's checks read packs of every layout alike.
 */
export function barcodeToSend(code: DrugCode, dose: Dose): string {
  if (dose.gtin === undefined || !isSameProduct(code.gtin, dose.gtin)) return code.text;
  if (code.expiry === undefined && code.batch === undefined) return dose.gtin;
  const expiry = code.expiry === undefined ? '' : `17${code.expiry.slice(2).replaceAll('-', '')}`;
  return `01${dose.gtin}${expiry}${code.batch === undefined ? '' : `10${code.batch}`}`;
}
