import { allElements, eventDefinitionsOf, isSubProcess, type FlowElement, type ProcessDefinition } from '../../definition/index.ts';
import { allVariables } from './relevance.ts';

/** Names of variables that the elements, and those in them, may set. */
export function variablesSetBy(elements: readonly FlowElement[], definition: ProcessDefinition): ReadonlySet<string> {
  const names = new Set<string>();
  for (const element of allElements({ flowElements: [...elements] })) for (const name of namesSetBy(element, definition)) names.add(name);
  return names;
}

/** Whether it takes over whatever comes under the name of a variable: a form or a payload without mappings. */
export function setsAnyVariable(element: FlowElement): boolean {
  if (element.type === 'userTask') return element.outputs === undefined;
  if (element.type === 'endEvent' || element.type === 'intermediateThrowEvent' || element.type === 'sendTask') return false;
  return 'event' in element && eventDefinitionsOf(element.event).some((event) => (event.kind === 'message' || event.kind === 'signal') && event.mappings === undefined);
}

function* namesSetBy(element: FlowElement, definition: ProcessDefinition): Generator<string> {
  if (setsAnyVariable(element)) {
    const required = new Set(definition.variables.filter((declaration) => declaration.required).map(({ name }) => name));
    for (const name of allVariables(definition)) if (!required.has(name)) yield name;
  }
  for (const { target } of 'outputs' in element ? (element.outputs ?? []) : []) yield target;
  if (isSubProcess(element)) for (const { target } of element.inputs ?? []) yield target;
  if ('resultVariable' in element && element.resultVariable !== undefined) yield element.resultVariable;
  if ('multiInstance' in element && element.multiInstance?.outputCollection !== undefined) yield element.multiInstance.outputCollection;
  if (element.type === 'endEvent' || element.type === 'intermediateThrowEvent') return;
  for (const event of 'event' in element ? eventDefinitionsOf(element.event) : []) if ('mappings' in event) for (const { target } of event.mappings ?? []) yield target;
}
