import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The HIS's own memory of whose order has which number, so that a change needs the number only. */
export function rememberOrder(folder: string, orderId: string, patient: string): void {
  mkdirSync(join(folder, 'simulators'), { recursive: true });
  appendFileSync(fileIn(folder), `${JSON.stringify({ orderId, patient })}\n`);
}

/** The patient of an order that was sent from here; undefined for others. */
export function patientOf(folder: string, orderId: string): string | undefined {
  if (!existsSync(fileIn(folder))) return undefined;
  const lines = readFileSync(fileIn(folder), 'utf8').split('\n').filter((line) => line !== '');
  // Written by rememberOrder.
  return lines.map((line) => JSON.parse(line) as { orderId: string; patient: string }).findLast((order) => order.orderId === orderId)?.patient;
}

function fileIn(folder: string): string {
  return join(folder, 'simulators', 'orders.jsonl');
}
