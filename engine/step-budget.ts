import type { Failure } from './failure.ts';
import { maximumActivationsPerStep } from './limits.ts';

/** STEP_BUDGET_EXCEEDED, naming the elements that were activated again and again: the loop. */
export function budgetFailure(elementId: string, activations: ReadonlyMap<string, number>): Failure {
  const most = Math.max(0, ...activations.values());
  const loop = [...activations].filter(([, count]) => count > 1 && count >= most / 2).map(([id]) => id);
  const named = loop.slice(0, 10).join(', ') + (loop.length > 10 ? ', …' : '');
  return { code: 'STEP_BUDGET_EXCEEDED', elementId, message: `Expected a step to activate at most ${maximumActivationsPerStep} elements, but the loop of ${named} goes on`, ...(loop[0] === undefined ? {} : { place: loop[0] }) };
}
