import type { DmnFinding } from './decision-model.ts';
import type { LinkedModels } from './linked-model.ts';

/** Decisions that need themselves, over however many others. Knowledge models may. */
export function circularRequirements({ models }: LinkedModels): DmnFinding[] {
  const required = new Map(models.flatMap((owner) => owner.model.decisions.map(({ id, requirements }) => [owner.keyOf(id), requirements.information.map(owner.keyOf)] as const)));
  const done = new Set<string>();
  const circular = new Set<string>();
  for (const start of required.keys()) {
    // An explicit stack: a chain of requirements may be long.
    const path: { readonly id: string; next: number }[] = [{ id: start, next: 0 }];
    const onPath = new Set([start]);
    while (path.length > 0) {
      const top = path.at(-1);
      if (!top) break;
      const next = done.has(top.id) ? undefined : required.get(top.id)?.[top.next];
      top.next += 1;
      if (next === undefined) {
        done.add(top.id);
        onPath.delete(top.id);
        path.pop();
      } else if (onPath.has(next)) circular.add(next);
      else if (!done.has(next)) {
        onPath.add(next);
        path.push({ id: next, next: 0 });
      }
    }
  }
  return [...circular].map((id) => ({ code: 'REQUIREMENT_CIRCULAR', severity: 'error', elementId: id, message: `Expected requirements that end, but the decision ${id} requires itself` }));
}
