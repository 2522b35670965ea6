import { createOutboxTail } from './outbox-tail.ts';
import type { OutboxEvent } from './outbox-table.ts';

const event = (id: bigint): OutboxEvent => ({ id, topic: 'task', instanceId: null, taskId: null, unit: null, personId: null, patientId: null });

/** A table whose rows become visible when the test says so. */
function tableOf(visible: Set<bigint>) {
  return {
    readNew: async (newest: bigint, gaps: readonly bigint[]) => ({ events: [...visible].filter((id) => id > newest || gaps.includes(id)).sort((a, b) => (a < b ? -1 : 1)).map(event), isFull: false }),
  };
}

describe('createOutboxTail', () => {
  it('gives every id once, whatever the order in which they become visible', async () => {
    const ids = Array.from({ length: 40 }, (_, index) => BigInt(index + 1));
    // A fixed permutation: multiplication by 7 modulo 41.
    const order = ids.map((id) => (id * 7n) % 41n);
    const visible = new Set<bigint>();
    const tail = createOutboxTail(tableOf(visible), 0n, 1_000);
    const seen: bigint[] = [];

    for (const [step, id] of order.entries()) {
      visible.add(id);
      seen.push(...(await tail.advance(step)).events.map((each) => each.id));
    }

    expect(seen).toEqual(order);
  });

  it('stops waiting for an id that a rolled-back transaction took', async () => {
    const asked: (readonly bigint[])[] = [];
    const tail = createOutboxTail({ readNew: async (newest, gaps) => (asked.push(gaps), { events: newest < 3n ? [event(3n)] : [], isFull: false }) }, 0n, 1_000);

    await tail.advance(0);
    await tail.advance(900);
    await tail.advance(1_100);
    await tail.advance(1_200);

    expect(asked).toEqual([[], [1n, 2n], [1n, 2n], []]);
  });
});
