import { eventDefinitionsOf, type FlowElement } from '../../definition/index.ts';
import { openWaits } from '../../open-waits.ts';
import type { ElementPlan, ProcessPlan } from '../../plan.ts';
import type { ProcessState } from '../../state.ts';
import { rootsOf } from './formula.ts';
import type { Question } from './oracle.ts';

/** By element, the variables that a decision may still read when a token waits there. */
export type LiveVariables = ReadonlyMap<string, ReadonlySet<string>>;

/** Reads the abstract plan's questions by the name that stands in its definition. */
type QuestionOf = (source: string) => Question | undefined;

/**
 * What has been decided about a variable that nothing will read before it is set again makes no difference. Backward
 * over the flow graph, sub-processes entered and left, until nothing changes.
 */
export function liveVariablesOf(plan: ProcessPlan, questionOf: QuestionOf): LiveVariables {
  const live = new Map<string, Set<string>>(plan.elements.map(({ id }) => [id, new Set()]));
  const owners = new Map(plan.elements.flatMap((owner) => ('flowElements' in owner.definition ? owner.definition.flowElements.map(({ id }): [string, ElementPlan] => [id, owner]) : [])));
  const reads = new Map(plan.elements.map((element) => [element.id, readsOf(element, questionOf)]));
  const backward = plan.elements.toReversed();
  for (let hasChanged = true; hasChanged; ) {
    hasChanged = false;
    for (const element of backward) hasChanged = flowBack(element) || hasChanged;
  }
  return live;

  function flowBack(element: ElementPlan): boolean {
    const { before, after, sets } = reads.get(element.id) ?? { before: [], after: [], sets: new Set<string>() };
    const next = new Set(after);
    for (const target of successorsOf(element, owners)) for (const name of live.get(target.id) ?? []) next.add(name);
    for (const name of sets) next.delete(name);
    for (const name of before) next.add(name);
    for (const event of eventsAround(element, owners)) for (const name of live.get(event.id) ?? []) next.add(name);
    const hasGrown = next.size !== live.get(element.id)?.size;
    live.set(element.id, next);
    return hasGrown;
  }
}

/** The variables that matter to a state: those live where its tokens are. */
export function liveIn(live: LiveVariables, state: ProcessState): ReadonlySet<string> {
  const found = new Set<string>();
  const addAll = (elementId: string): void => {
    for (const name of live.get(elementId) ?? []) found.add(name);
  };
  for (const { elementId, compensating = [] } of Object.values(state.elementInstances)) {
    addAll(elementId);
    for (const entry of compensating) addAll(entry.handlerId ?? entry.elementId);
  }
  for (const { joins = {}, resetting = {}, compensations = [] } of Object.values(state.scopes)) {
    for (const elementId of [...Object.keys(joins), ...Object.keys(resetting)]) addAll(elementId);
    for (const entry of compensations) addAll(entry.handlerId ?? entry.elementId);
  }
  for (const { elementId } of openWaits(state)) addAll(elementId);
  return found;
}

interface Reads {
  readonly before: ReadonlySet<string>;
  readonly after: ReadonlySet<string>;
  readonly sets: ReadonlySet<string>;
}

function readsOf(element: ElementPlan, questionOf: QuestionOf): Reads {
  const before = new Set<string>();
  const after = new Set<string>();
  const sets = new Set<string>();
  const read = (source: string | undefined, into: Set<string>): void => {
    const question = source === undefined ? undefined : questionOf(source);
    if (question?.kind === 'decide') for (const root of rootsOf(question.formula)) into.add(root);
    if (question?.kind === 'value' && question.form.kind === 'reference') into.add(question.form.reference.root);
    if (question?.kind === 'value' && question.form.kind === 'computed') for (const { root } of question.form.references) into.add(root);
  };
  for (const { definition } of element.outgoing) read(definition.condition, after);
  const { definition } = element;
  readFields(definition, (source) => read(source, before));
  const isPlain = !('multiInstance' in definition && definition.multiInstance) && !('standardLoop' in definition && definition.standardLoop);
  for (const { target } of isPlain && 'outputs' in definition ? (definition.outputs ?? []) : []) sets.add(target);
  if (isPlain && 'resultVariable' in definition && definition.resultVariable !== undefined) sets.add(definition.resultVariable);
  return { before, after, sets };
}

/** Every expression of the element itself. */
function readFields(definition: FlowElement, read: (source: string | undefined) => void): void {
  for (const { source } of 'inputs' in definition ? (definition.inputs ?? []) : []) read(source);
  for (const { source } of 'outputs' in definition ? (definition.outputs ?? []) : []) read(source);
  if (definition.type === 'scriptTask') read(definition.script);
  if (definition.type === 'complexGateway') read(definition.activationCondition);
  if (definition.type === 'adHocSubProcess') read(definition.completionCondition);
  if ('multiInstance' in definition) read(definition.multiInstance?.completionCondition);
  if ('standardLoop' in definition) read(definition.standardLoop?.condition);
  for (const event of 'event' in definition ? eventDefinitionsOf(definition.event) : []) {
    if (event.kind === 'conditional') read(event.condition);
    if ('mappings' in event) for (const { source } of event.mappings ?? []) read(source);
  }
}

type Owners = ReadonlyMap<string, ElementPlan>;

/** Where a token goes from the element: over its flows, into a sub-process, or out of it at its end. */
function successorsOf(element: ElementPlan, owners: Owners): ElementPlan[] {
  const owner = owners.get(element.id);
  const inside = element.inner ? innerStarts(element) : [];
  const outside = owner && element.outgoing.length === 0 ? [...owner.outgoing.map(({ target }) => target), ...innerStarts(owner)] : [];
  return [...element.outgoing.map(({ target }) => target), ...inside, ...outside];
}

function innerStarts({ inner }: ElementPlan): ElementPlan[] {
  return inner ? [...inner.startEvents, ...inner.implicitStarts, ...inner.eventSubProcesses.map(({ element }) => element)] : [];
}

/** Events that may take over while a token waits there. */
function eventsAround(element: ElementPlan, owners: Owners): ElementPlan[] {
  const owner = owners.get(element.id);
  const handler = element.compensationHandler ? [element.compensationHandler] : [];
  return [...element.boundaryEvents, ...handler, ...(owner ? [owner] : [])];
}
