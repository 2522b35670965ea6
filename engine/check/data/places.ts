import { eventDefinitionsOf, isSubProcess, type EventDefinition, type FlowContainer, type FlowElement, type Mapping, type ProcessDefinition, type VariableType } from '../../definition/index.ts';
import { typeOfVariable, type FeelType } from './feel-types.ts';

/** The names that an expression sees, with their types. */
export type Names = ReadonlyMap<string, FeelType>;

/** An expression where it stands. */
export interface Place {
  readonly elementId: string;
  /** The element at which it is evaluated: the source of a flow, the element itself. */
  readonly at: string;
  readonly purpose: string;
  readonly source: string;
  readonly names: Names;
  /** What it has to give; anything when absent. */
  readonly gives?: readonly FeelType[];
  /** The variable that it sets. */
  readonly sets?: { readonly name: string; readonly type: VariableType };
  /** It is evaluated after the element has set its own variables, or in the scope inside it. */
  readonly isAfter?: boolean;
}

type Scope = ReadonlyMap<string, VariableType | undefined>;

const text: readonly FeelType[] = ['string'];
const key: readonly FeelType[] = ['string', 'number'];
const moment: readonly FeelType[] = ['string', 'dateTime'];

/** Every expression of the process with what it sees. */
export function placesOf(definition: ProcessDefinition): Place[] {
  const root: Scope = new Map(definition.variables.map(({ name, type }) => [name, type]));
  const places = placesIn(definition, root);
  if (definition.subject !== undefined) places.push({ elementId: definition.key, at: definition.key, purpose: 'subject', source: definition.subject, names: namesOf(root), gives: text });
  return places;
}

function placesIn(container: FlowContainer, scope: Scope): Place[] {
  const elements = new Map(container.flowElements.map((element) => [element.id, element]));
  const flows = container.sequenceFlows.flatMap(({ id, sourceRef, condition }): Place[] => {
    if (condition === undefined) return [];
    const names = elements.get(sourceRef)?.type === 'complexGateway' ? withNames(scope, { activationCount: 'number', waitingForStart: 'boolean' }) : namesOf(scope);
    return [{ elementId: id, at: sourceRef, purpose: 'condition', source: condition, names, gives: ['boolean'], isAfter: true }];
  });
  return [...flows, ...container.flowElements.flatMap((element) => placesAt(element, scope))];
}

function placesAt(element: FlowElement, outer: Scope): Place[] {
  const { id } = element;
  const places: Place[] = [];
  const add = (purpose: string, source: string | undefined, names: Names, gives?: readonly FeelType[], isAfter = false): void => {
    if (source !== undefined) places.push({ elementId: id, at: id, purpose, source, names, ...(gives ? { gives } : {}), ...(isAfter ? { isAfter } : {}) });
  };
  const set = (purpose: string, mappings: readonly Mapping[] | undefined, names: Names, targets: Scope, isAfter = false): void => {
    for (const { target, source } of mappings ?? []) {
      const type = targets.get(target);
      places.push({ elementId: id, at: id, purpose: `${purpose} ${target}`, source, names, ...(type ? { sets: { name: target, type } } : {}), ...(isAfter ? { isAfter } : {}) });
    }
  };
  if ('event' in element && element.event) for (const event of eventDefinitionsOf(element.event)) eventPlaces(element, event, outer, add, set);
  if (element.type === 'complexGateway') add('activation condition', element.activationCondition, withNames(outer, { activationCount: 'number', waitingForStart: 'boolean' }), ['boolean']);
  if (!('inputs' in element || 'outputs' in element || 'multiInstance' in element || 'standardLoop' in element || 'ledger' in element || element.type === 'userTask' || element.type === 'scriptTask' || element.type === 'serviceTask' || element.type === 'callActivity' || isSubProcess(element))) return places;
  const marker = 'multiInstance' in element ? element.multiInstance : undefined;
  const loop = 'standardLoop' in element ? element.standardLoop : undefined;
  add('collection', marker?.collection, namesOf(outer), ['list']);
  add('cardinality', marker?.cardinality, namesOf(outer), ['number']);
  const isRepeated = marker !== undefined || loop !== undefined;
  const scope: Scope = isRepeated ? new Map<string, VariableType | undefined>([...outer, ['loopCounter', 'number'], ...(marker?.elementVariable === undefined ? [] : [[marker.elementVariable, undefined] as const])]) : outer;
  const names = namesOf(scope);
  if ('inputs' in element) set('input', element.inputs, names, new Map());
  const inputs = new Map<string, VariableType | undefined>('inputs' in element ? (element.inputs ?? []).map(({ target }) => [target, undefined]) : []);
  const own: Scope = isSubProcess(element) ? new Map([...scope, ...inputs, ...(element.variables ?? []).map(({ name, type }): [string, VariableType] => [name, type])]) : scope;
  const seen = withNames(new Map([...own, ...inputsSeen(element, inputs)]), broughtBy(element));
  if (element.type === 'scriptTask') add('script', element.script, namesOf(new Map([...scope, ...inputs])));
  if ('outputs' in element) set('output', element.outputs, seen, scope, true);
  const outputs = new Map<string, FeelType>('outputs' in element ? (element.outputs ?? []).map(({ target }) => [target, 'any']) : []);
  const done = new Map([...outputs, ...seen, ...('resultVariable' in element && element.resultVariable !== undefined && !scope.has(element.resultVariable) ? [[element.resultVariable, 'any'] as const] : [])]);
  const counted = new Map<string, FeelType>([...done, ...['numberOfInstances', 'numberOfActiveInstances', 'numberOfCompletedInstances', 'numberOfTerminatedInstances'].map((name): [string, FeelType] => [name, 'number'])]);
  add('output element', marker?.outputElement, done, undefined, true);
  add('completion condition', marker?.completionCondition, counted, ['boolean'], true);
  if (marker?.behavior?.kind === 'complex') for (const { condition } of marker.behavior.definitions) add('condition of a completion event', condition, counted, ['boolean'], true);
  add('loop condition', loop?.condition, done, ['boolean'], true);
  if ('ledger' in element) add('item of the ledger mark', element.ledger?.item, done, key, true);
  if (element.type === 'userTask') userTaskPlaces(element, names, add);
  if (element.type === 'serviceTask') add('idempotency key', element.idempotencyKey, names, text);
  if (element.type === 'callActivity') add('business key', element.businessKey, names, key);
  if (element.type === 'adHocSubProcess') {
    add('active elements', element.activeElements, names, ['list']);
    add('completion condition', element.completionCondition, namesOf(own), ['boolean'], true);
  }
  return isSubProcess(element) ? [...places, ...placesIn(element, own)] : places;
}

type Add = (purpose: string, source: string | undefined, names: Names, gives?: readonly FeelType[], isAfter?: boolean) => void;
type SetAll = (purpose: string, mappings: readonly Mapping[] | undefined, names: Names, targets: Scope, isAfter?: boolean) => void;

function eventPlaces(element: FlowElement, event: EventDefinition, scope: Scope, add: Add, set: SetAll): void {
  const names = namesOf(scope);
  switch (event.kind) {
    case 'timer':
      add('time of the timer', event.timeDate, names, moment);
      add('duration of the timer', event.timeDuration, names, ['string', 'duration']);
      add('cycle of the timer', event.timeCycle, names, text);
      return;
    case 'conditional':
      return add('condition', event.condition, names, ['boolean']);
    case 'message':
    case 'signal':
    case 'error':
    case 'escalation': {
      const isThrown = element.type === 'endEvent' || element.type === 'intermediateThrowEvent' || element.type === 'sendTask';
      const inputs = 'inputs' in element ? (element.inputs ?? []).map(({ target }): [string, undefined] => [target, undefined]) : [];
      if (event.kind === 'message') add('correlation key', event.correlationKey, isThrown ? namesOf(new Map([...scope, ...inputs])) : names, key);
      if (isThrown) return set(`${event.kind} field`, event.mappings, namesOf(new Map([...scope, ...inputs])), new Map());
      return set(`${event.kind} field`, event.mappings, withNames(scope, { [event.kind]: 'context' }), scope, true);
    }
    default:
  }
}

function userTaskPlaces(element: Extract<FlowElement, { type: 'userTask' }>, names: Names, add: Add): void {
  add('candidateUnit', element.candidateUnit, names, text);
  add('assignee', element.assignee, names, text);
  add('subject', element.subject, names, text);
  add('dueDate', element.dueDate, names, moment);
  add('followUpDate', element.followUpDate, names, moment);
  add('priority', element.priority, names, ['number']);
  const facts = new Map<string, FeelType>([['input', 'context'], ['data', 'context'], ['actor', 'context']]);
  const { verification } = element;
  for (const { condition, when } of element.checks ?? []) {
    add('check', condition, facts, ['boolean']);
    add('check', when, facts, ['boolean']);
  }
  for (const { condition, when } of verification?.checks ?? []) {
    add('check', condition, new Map([...facts, ['first', 'context']]), ['boolean']);
    add('check', when, new Map([...facts, ['first', 'context']]), ['boolean']);
  }
  add('time limit', verification?.timeLimit, names, ['string', 'duration']);
}

/** What the completion of an element brings, beside the variables. */
function broughtBy(element: FlowElement): { [name: string]: FeelType } {
  switch (element.type) {
    case 'userTask':
      return { data: 'context', input: 'context', actor: 'context', verification: 'any' };
    case 'serviceTask':
    case 'businessRuleTask':
    case 'scriptTask':
      return { result: 'any', ...(element.resultVariable === undefined ? {} : { [element.resultVariable]: 'any' }) };
    case 'receiveTask':
      return { message: 'context' };
    case 'callActivity':
      return { child: 'context' };
    default:
      return {};
  }
}

/** Steps that are done at once hand their inputs on to their outputs. */
function inputsSeen(element: FlowElement, inputs: Scope): Scope {
  return element.type === 'task' || element.type === 'manualTask' || element.type === 'sendTask' ? inputs : new Map();
}

function namesOf(scope: Scope): Map<string, FeelType> {
  return new Map([...scope].map(([name, type]) => [name, type ? typeOfVariable[type] : 'any']));
}

function withNames(scope: Scope, more: { readonly [name: string]: FeelType }): Map<string, FeelType> {
  return new Map([...namesOf(scope), ...Object.entries(more)]);
}
