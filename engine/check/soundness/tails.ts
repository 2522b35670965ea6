import type { ElementPlan, ProcessPlan } from '../../plan.ts';

const waitingTypes: ReadonlySet<string> = new Set(['userTask', 'serviceTask', 'receiveTask', 'callActivity']);
const passingTypes: ReadonlySet<string> = new Set(['task', 'manualTask', 'sendTask']);

/**
 * Activities behind which nothing comes but more of their kind and an end: whoever waits there has no influence on
 * anything else, whenever it goes on.
 */
export function tailsOf(plan: ProcessPlan): ReadonlySet<string> {
  const known = new Map<ElementPlan, boolean>();
  const isTail = (element: ElementPlan): boolean => {
    const before = known.get(element);
    if (before !== undefined) return before;
    // A loop is none: it would be asked again while it is looked at.
    known.set(element, false);
    const result = isHarmless(element) && element.outgoing.every(({ target }) => isTail(target));
    known.set(element, result);
    return result;
  };
  return new Set(plan.elements.filter((element) => waitingTypes.has(element.definition.type) && isTail(element)).map(({ id }) => id));
}

function isHarmless({ definition, boundaryEvents, outgoing }: ElementPlan): boolean {
  if (definition.type === 'endEvent') return definition.event === undefined || definition.event.kind === 'message';
  if (!waitingTypes.has(definition.type) && !passingTypes.has(definition.type)) return false;
  if (boundaryEvents.length > 0 || outgoing.some((flow) => flow.definition.condition !== undefined)) return false;
  if (('multiInstance' in definition && definition.multiInstance) || ('standardLoop' in definition && definition.standardLoop)) return false;
  if (('startQuantity' in definition && definition.startQuantity !== undefined) || ('completionQuantity' in definition && definition.completionQuantity !== undefined)) return false;
  if ('resultVariable' in definition && definition.resultVariable !== undefined) return false;
  return !('isForCompensation' in definition && definition.isForCompensation) && !('outputs' in definition && (definition.outputs ?? []).length > 0);
}
