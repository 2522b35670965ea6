import type { ProcessPlan } from './plan.ts';

const limit = 64;
const plans = new Map<string, ProcessPlan>();
let compilations = 0;

/** The plan of this content hash, compiled at most once while it stays among the last used. Pure but for speed. */
export function cachedPlan(hash: string, compile: () => ProcessPlan): ProcessPlan {
  const known = plans.get(hash);
  if (known) {
    plans.delete(hash);
    plans.set(hash, known);
    return known;
  }
  const plan = compile();
  plans.set(hash, plan);
  for (const oldest of plans.keys()) {
    if (plans.size <= limit) break;
    plans.delete(oldest);
  }
  return plan;
}

/** Counts a compilation, for the test that sees one compile for two instances. */
export function countCompilation(): void {
  compilations += 1;
}

/** How many definitions this process has compiled. */
export function compilationCount(): number {
  return compilations;
}
