import { z } from 'zod';
import type { Variables } from '#engine';
import { ServiceFailedError, type ActivityContext, type AnyServiceActivity } from '../service-activity.ts';

const input = z.record(z.string(), z.json());

/**
 * The two services of `processes/ten-node-example`. They reach nobody: the example runs anywhere. A negative amount fails,
 * to see what an exception looks like. `onNotify` hears of each instance whose second service is called, which is after its
 * task was created.
 */
export function createExampleServices(onNotify: (instanceId: string) => void = () => undefined): readonly AnyServiceActivity[] {
  return [
    {
      type: 'example.lookUp',
      effect: 'none',
      input,
      run: async ({ amount }: Variables) => {
        if (Number(amount) < 0) throw new ServiceFailedError('Expected an amount from 0, but it is less', false);
        return { level: Number(amount) % 7 };
      },
    },
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
