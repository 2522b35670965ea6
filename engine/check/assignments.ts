import { eventDefinitionsOf, isSubProcess, type FlowElement } from '../definition/index.ts';
import type { Report } from './report.ts';

/** Finds what would set a variable that no scope around the element declares or holds. */
export function checkAssignments(container: { readonly flowElements: readonly FlowElement[] }, known: ReadonlySet<string>, report: Report): void {
  for (const element of container.flowElements) {
    const marker = 'multiInstance' in element ? element.multiInstance : undefined;
    if (marker && (marker.outputCollection === undefined) !== (marker.outputElement === undefined)) {
      report('OUTPUT_ELEMENT_MISSING', element.id, 'Expected an output collection and an output element together, but there is only one');
    }
    const isRepeated = marker !== undefined || ('standardLoop' in element && element.standardLoop !== undefined);
    const inner = isRepeated ? new Set([...known, 'loopCounter', ...(marker?.elementVariable === undefined ? [] : [marker.elementVariable])]) : known;
    const targets = marker?.outputCollection === undefined ? [] : [{ name: marker.outputCollection, scope: known }];
    for (const name of targetsOf(element)) targets.push({ name, scope: inner });
    for (const { name, scope } of targets) {
      if (!scope.has(name)) report('VARIABLE_UNDECLARED', element.id, `Expected ${element.id} to set declared variables only, but ${name} is none`);
    }
    if (isSubProcess(element)) {
      const own = [...(element.variables ?? []).map(({ name }) => name), ...(element.inputs ?? []).map(({ target }) => target)];
      checkAssignments(element, new Set([...inner, ...own]), report);
    }
  }
}

function targetsOf(element: FlowElement): string[] {
  const targets = 'outputs' in element ? (element.outputs ?? []).map(({ target }) => target) : [];
  if ('resultVariable' in element && element.resultVariable !== undefined) targets.push(element.resultVariable);
  const isCatching = element.type === 'startEvent' || element.type === 'intermediateCatchEvent' || element.type === 'boundaryEvent' || element.type === 'receiveTask';
  for (const event of isCatching ? eventDefinitionsOf(element.event) : []) if ('mappings' in event) targets.push(...(event.mappings ?? []).map(({ target }) => target));
  return targets;
}
