import type { Execution } from './execution.ts';
import { tokensAt } from './joins.ts';
import type { ElementPlan, FlowPlan } from './plan.ts';

const upstreamOf = new WeakMap<FlowPlan, ReadonlySet<ElementPlan>>();

/**
 * Whether a token may still come to one of the gateway's flows that has none: one that can reach such a flow and
 * cannot reach a flow that has a token already, in both cases without passing the gateway.
 * BPMN 2.0.2 §13.4.3, table 13.2.
 */
export function mayStillArrive(execution: Execution, gateway: ElementPlan, scopeId: string, filled: ReadonlySet<string>): boolean {
  const empty = gateway.incoming.filter(({ definition }) => !filled.has(definition.id));
  if (empty.length === 0) return false;
  const occupied = gateway.incoming.filter(({ definition }) => filled.has(definition.id));
  for (const position of execution.tokenPositions(scopeId)) {
    if (position === gateway) continue;
    const reaches = (flow: FlowPlan): boolean => upstream(flow, gateway).has(position);
    if (empty.some(reaches) && !occupied.some(reaches)) return true;
  }
  return false;
}

/** The flows of the gateway over which a token has come. */
export function filledFlows(execution: Execution, gateway: ElementPlan, scopeId: string): string[] {
  const waiting = tokensAt(execution.draft, scopeId, gateway.id);
  return gateway.incoming.map(({ definition }) => definition.id).filter((id) => (waiting[id] ?? 0) > 0);
}

/** Every element from which the flow can be reached without passing the gateway; found once for each flow. */
function upstream(flow: FlowPlan, gateway: ElementPlan): ReadonlySet<ElementPlan> {
  const known = upstreamOf.get(flow);
  if (known) return known;
  const found = new Set<ElementPlan>();
  const open = [flow.source];
  for (let element = open.pop(); element; element = open.pop()) {
    if (element === gateway || found.has(element)) continue;
    found.add(element);
    open.push(...element.incoming.map(({ source }) => source));
    if (element.attachedTo) open.push(element.attachedTo);
  }
  upstreamOf.set(flow, found);
  return found;
}
