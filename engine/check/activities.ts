import type { FlowElement } from '../definition/index.ts';
import type { Report } from './report.ts';
import type { Surroundings } from './surroundings.ts';

/** Markers and references of activities. BPMN 2.0.2 §10.3. */
export function checkActivity(element: FlowElement, { container, allIds }: Surroundings, report: Report): void {
  if ('standardLoop' in element && element.standardLoop) {
    if (element.multiInstance) report('MARKER_AMBIGUOUS', element.id, `Expected ${element.id} to have either a loop or a multi-instance marker, but it has both`);
    if (element.standardLoop.condition === undefined && element.standardLoop.maximum === undefined) report('LOOP_ENDLESS', element.id, `Expected the loop of ${element.id} to have a condition or a maximum, but it has neither`);
  }
  if ('isForCompensation' in element && element.isForCompensation) {
    const isHandler = container.flowElements.some((other) => other.type === 'boundaryEvent' && other.event.kind === 'compensation' && other.event.handler === element.id);
    if (!isHandler) report('NOT_REACHABLE', element.id, `Expected a compensation boundary event to name handler ${element.id}, but none does`, 'warning');
  }
  if (element.type === 'userTask') {
    for (const id of element.separation ?? []) if (!allIds.has(id)) report('SEPARATION_NOT_FOUND', element.id, `Expected separation to name an element, but ${id} is none`);
  }
}
