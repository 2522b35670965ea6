import type { Actor, Json } from '#engine';
import type { Database } from '#database';
import { createCommandService, createInbox, type CommandOutcome } from '../commands/index.ts';
import { demoActiveOrders, demoLoopOrders } from './orders.ts';

const his: Actor = { id: 'demo-hospital', kind: 'system', roles: ['his'] };

/**
 * Puts the start of the demo orders that run as a process (bed 12's KCl) into the command inbox, once. They
 * start when a dispatcher and a worker are up. Needs the published process. Returns the order numbers.
 */
export async function startDemoOrders(database: Database): Promise<readonly string[]> {
  const commands = createCommandService({
    database,
    inbox: createInbox(database),
    deliver: async () => ({ kind: 'waiting' }),
    // A demo order that cannot start is a fault of this repository: it is thrown below, not recorded.
    recordRefusal: async () => undefined,
    readState: async () => undefined,
  });
  const rows = await database.prisma.medicationOrder.findMany({ where: { id: { in: [...demoLoopOrders] }, instanceId: null } });
  const started: string[] = [];
  for (const { id, startAt } of rows) {
    const order = demoActiveOrders(startAt.toISOString()).find(({ orderId }) => orderId === id);
    if (!order) continue;
    // ClinicalOrder is JSON by its schema.
    const outcome = await commands.startProcess({ actor: his, idempotencyKey: id, processKey: 'inpatient-order-loop', businessKey: id, variables: { order: order as unknown as Json }, patientId: order.patientId, unit: order.ward });
    requireTaken(outcome);
    started.push(id);
  }
  return started;
}

function requireTaken(outcome: CommandOutcome): void {
  if (outcome.status === 'refused') throw new Error(`Expected the demo order to start, but it was refused with ${outcome.failure.code}: ${outcome.failure.message}`);
}
