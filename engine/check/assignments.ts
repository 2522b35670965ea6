import type { FlowElement } from '../definition/process-definition.ts';
import type { Report } from './structure.ts';

/** Finds what would set a variable that no scope around the element declares or holds. */
export function checkAssignments(container: { readonly flowElements: readonly FlowElement[] }, known: ReadonlySet<string>, report: Report): void {
  for (const element of container.flowElements) {
    const marker = 'multiInstance' in element ? element.multiInstance : undefined;
    if (marker && (marker.outputCollection === undefined) !== (marker.outputElement === undefined)) {
      report('OUTPUT_ELEMENT_MISSING', element.id, 'Expected an output collection and an output element together, but there is only one');
    }
    const inner = marker ? new Set([...known, marker.elementVariable, 'loopCounter']) : known;
    const targets = marker?.outputCollection === undefined ? [] : [{ name: marker.outputCollection, scope: known }];
    for (const name of targetsOf(element)) targets.push({ name, scope: inner });
    for (const { name, scope } of targets) {
      if (!scope.has(name)) report('VARIABLE_UNDECLARED', element.id, `Expected ${element.id} to set declared variables only, but ${name} is none`);
    }
    if (element.type === 'subProcess') {
      const own = [...(element.variables ?? []).map(({ name }) => name), ...(element.inputs ?? []).map(({ target }) => target)];
      checkAssignments(element, new Set([...inner, ...own]), report);
    }
  }
}

function targetsOf(element: FlowElement): string[] {
  const targets = 'outputs' in element ? (element.outputs ?? []).map(({ target }) => target) : [];
  if ('resultVariable' in element && element.resultVariable !== undefined) targets.push(element.resultVariable);
  const isCatching = element.type === 'startEvent' || element.type === 'intermediateCatchEvent' || element.type === 'boundaryEvent';
  if (isCatching && element.event?.kind === 'message') targets.push(...(element.event.mappings ?? []).map(({ target }) => target));
  return targets;
}
