import { z } from 'zod';
import type { ServiceActivity } from '#activities';

/** A service that only answers. */
export const lookUp: ServiceActivity = { type: 'test.lookUp', effect: 'none', input: z.record(z.string(), z.json()), run: async ({ amount }) => ({ doubled: Number(amount) * 2 }) };
