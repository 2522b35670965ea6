import { z } from 'zod';
import type { NpmAnswer } from './npm.ts';

const answerSchema = z.object({ metadata: z.object({ vulnerabilities: z.object({ info: z.number(), low: z.number(), moderate: z.number(), high: z.number(), critical: z.number() }) }) });

/** What is known of weaknesses. `isGrave`: a high or critical one. Without an answer nothing is known, which is said and is not grave: a network is no fault of the product. */
export interface Advisories {
  readonly sentence: string;
  readonly isGrave: boolean;
}

/** Reads the answer of `npm audit --json`. */
export function advisoriesOf({ output, timedOut }: NpmAnswer): Advisories {
  let answer: unknown;
  try {
    answer = JSON.parse(output);
  } catch {
    answer = undefined;
  }
  const parsed = answerSchema.safeParse(answer);
  if (!parsed.success) return { sentence: `Known weaknesses: not available (${timedOut ? 'no answer in time' : 'the endpoint did not answer'}); nothing is known`, isGrave: false };
  const { critical, high, moderate, low } = parsed.data.metadata.vulnerabilities;
  return { sentence: `Known weaknesses of what ships: ${critical} critical, ${high} high, ${moderate} moderate, ${low} low`, isGrave: critical + high > 0 };
}
