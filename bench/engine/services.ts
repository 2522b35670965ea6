import { z } from 'zod';
import type { ActivityContext, AnyServiceActivity } from '#activities';
import type { Variables } from '#engine';

/**
 * The two services of the ten-node example. They do nothing but answer, so that what is measured is the
 * interpreter. `onNotify` tells the driver that the user task stands: the service is called after it was created.
 */
export function createExampleServices(onNotify: (instanceId: string) => void): readonly AnyServiceActivity[] {
  const input = z.record(z.string(), z.json());
  return [
    { type: 'example.lookUp', effect: 'none', input, run: async ({ amount }: Variables) => ({ level: Number(amount) % 7 }) },
    {
      type: 'example.notify',
      effect: 'idempotent',
      input,
      run: async (_input: Variables, { instanceId }: ActivityContext) => {
        onNotify(instanceId);
        return { notified: true };
      },
    },
  ];
}
