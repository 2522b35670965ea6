import { z } from 'zod';

const tokens = z.array(z.string());

const testSchema = z.object({
  name: z.string(),
  variables: z.record(z.string(), z.union([z.string(), z.number()])),
  startFirst: z.array(z.string()),
  delayMs: z.number(),
  expect: z.object({
    deploy: z.enum(['must-succeed', 'may-fail', 'must-fail']),
    error: z.enum(['runtime', 'errorEndEvent', 'deployOrRuntime', 'deployment']).nullable(),
    tokens,
  }),
  endState: z.string(),
  confidence: z.string(),
  alternatives: z.array(tokens).optional(),
});

/** What a group of the suite expects, as its `expected.json` says it. */
export const expectedSchema = z.object({
  group: z.string(),
  processes: z.array(z.object({ file: z.string(), startProcessId: z.string(), timers: z.array(z.string()).optional(), tests: z.array(testSchema) })),
});

export type BetsyTest = z.infer<typeof testSchema>;
