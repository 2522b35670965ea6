import { allElements, allFlows, eventDefinitionsOf, type FlowElement, type ProcessDefinition } from '../../definition/index.ts';
import { formulaOf, rootsOf, valueFormOf } from './formula.ts';

/** Names of variables on which a decision depends, directly or by being copied; all others need not be kept. */
export function relevantVariables(definition: ProcessDefinition): ReadonlySet<string> {
  const relevant = new Set<string>();
  for (const source of decisionSources(definition)) for (const root of rootsOf(formulaOf(source))) relevant.add(root);
  const copies = allElements(definition).flatMap(copiesOf);
  for (let before = -1; before !== relevant.size; ) {
    before = relevant.size;
    for (const { target, from } of copies) if (relevant.has(target)) relevant.add(from);
  }
  return relevant;
}

/** Every name that a scope may hold: for a replay that follows all data. */
export function allVariables(definition: ProcessDefinition): ReadonlySet<string> {
  const names = new Set([...relevantVariables(definition), ...definition.variables.map(({ name }) => name)]);
  for (const element of allElements(definition)) {
    for (const { name } of 'variables' in element ? (element.variables ?? []) : []) names.add(name);
    for (const { target } of mappingsOf(element)) names.add(target);
    if ('multiInstance' in element && element.multiInstance?.elementVariable !== undefined) names.add(element.multiInstance.elementVariable);
  }
  return names;
}

function decisionSources(definition: ProcessDefinition): string[] {
  const conditions = allFlows(definition).flatMap(({ condition }) => condition ?? []);
  const others = allElements(definition).flatMap((element) => [
    ...('multiInstance' in element ? [element.multiInstance?.completionCondition] : []),
    ...('standardLoop' in element ? [element.standardLoop?.condition] : []),
    ...(element.type === 'adHocSubProcess' ? [element.completionCondition] : []),
    ...(element.type === 'complexGateway' ? [element.activationCondition] : []),
    ...('event' in element ? eventDefinitionsOf(element.event).map((event) => (event.kind === 'conditional' ? event.condition : undefined)) : []),
  ]);
  return [...conditions, ...others.filter((source) => source !== undefined)];
}

function copiesOf(element: FlowElement): { target: string; from: string }[] {
  const sources = mappingsOf(element);
  if (element.type === 'scriptTask' && element.resultVariable !== undefined) sources.push({ target: element.resultVariable, source: element.script });
  return sources.flatMap(({ target, source }) => {
    const form = valueFormOf(source);
    if (form.kind === 'reference') return [{ target, from: form.reference.root }];
    return form.kind === 'computed' ? form.references.map(({ root }) => ({ target, from: root })) : [];
  });
}

function mappingsOf(element: FlowElement): { readonly target: string; readonly source: string }[] {
  const events = 'event' in element ? eventDefinitionsOf(element.event) : [];
  return [
    ...('inputs' in element ? (element.inputs ?? []) : []),
    ...('outputs' in element ? (element.outputs ?? []) : []),
    ...events.flatMap((event) => ('mappings' in event ? (event.mappings ?? []) : [])),
  ];
}
