import { allElements, allFlows, eventDefinitionsOf, type FlowElement, type ProcessDefinition } from '../../definition/index.ts';
import { builtins } from '../data/feel-types.ts';
import { formulaOf, rootsOf, valueFormOf, type ValueForm } from './formula.ts';

/**
 * Names of variables on which a decision depends, directly, by being copied, or by a calculation over values that may all
 * be known; all others need not be kept.
 */
export function relevantVariables(definition: ProcessDefinition): ReadonlySet<string> {
  const relevant = new Set<string>();
  for (const source of decisionSources(definition)) for (const root of rootsOf(formulaOf(source))) relevant.add(root);
  const assignments = allElements(definition).flatMap(assignmentsOf);
  const known = perhapsKnown(assignments);
  for (let before = -1; before !== relevant.size; ) {
    before = relevant.size;
    for (const { target, form } of assignments) if (relevant.has(target) && (form.kind === 'reference' || isCalculable(form, known))) for (const name of namesIn(form)) relevant.add(name);
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

interface Assignment {
  readonly target: string;
  readonly form: ValueForm;
}

/** Variables that may hold a value which the model itself says: a constant, a copy of one, or what is calculated from such. */
function perhapsKnown(assignments: readonly Assignment[]): ReadonlySet<string> {
  const known = new Set<string>();
  for (let before = -1; before !== known.size; ) {
    before = known.size;
    for (const { target, form } of assignments) if (isCalculable(form, known)) known.add(target);
  }
  return known;
}

/** Whether the oracle may calculate it (`Oracle.answer`): it does so only over values that are all known. */
function isCalculable(form: ValueForm, known: ReadonlySet<string>): boolean {
  return namesIn(form).every((name) => known.has(name) || builtins.has(name));
}

function namesIn(form: ValueForm): string[] {
  if (form.kind === 'reference') return [form.reference.root];
  return form.kind === 'computed' ? form.references.map(({ root }) => root) : [];
}

function assignmentsOf(element: FlowElement): Assignment[] {
  const sources = mappingsOf(element);
  if (element.type === 'scriptTask' && element.resultVariable !== undefined) sources.push({ target: element.resultVariable, source: element.script });
  return sources.map(({ target, source }) => ({ target, form: valueFormOf(source) }));
}

function mappingsOf(element: FlowElement): { readonly target: string; readonly source: string }[] {
  const events = 'event' in element ? eventDefinitionsOf(element.event) : [];
  return [
    ...('inputs' in element ? (element.inputs ?? []) : []),
    ...('outputs' in element ? (element.outputs ?? []) : []),
    ...events.flatMap((event) => ('mappings' in event ? (event.mappings ?? []) : [])),
  ];
}
