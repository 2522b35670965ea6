import { compile } from '../../compile.ts';
import { type EventDefinition, type FlowContainer, type FlowElement, type Mapping, type MultiInstance, type ProcessDefinition, type SequenceFlow, type StandardLoop } from '../../definition/index.ts';
import type { Expression } from '../../expressions.ts';
import type { ProcessPlan } from '../../plan.ts';
import { formulaOf, valueFormOf } from './formula.ts';
import { areMany, roundsKnown, type Oracle, type Question } from './oracle.ts';

/** A process without its data: the same elements and flows, each decision left to an oracle. */
export interface AbstractPlan {
  readonly plan: ProcessPlan;
  /** What an expression of the abstract definition asks; undefined for one that asks nothing. */
  questionOf(source: string): Question | undefined;
  /** Lets the interpreter run with an oracle that answers every expression. */
  withOracle<Result>(oracle: Oracle, run: () => Result): Result;
}

/** Every FEEL constant of the abstract definition; times do not matter, since any timer may fire next. */
const anyDate = '"2030-01-01T00:00:00Z"';
const anyDuration = '"PT1H"';
/** One firing: what a rhythm begins again is begun again by the element around it. */
const anyCycle = '"R1/PT1H"';

/**
 * The plan of the same process for `step` itself, in which each expression that decides something asks the oracle.
 * Only the plan's table of expressions is another one; the meaning of the process stays in `step`.
 */
export function abstractPlan(definition: ProcessDefinition, relevant: ReadonlySet<string>): AbstractPlan {
  const questions: Question[] = [];
  const abstracted = new Abstraction(definition, relevant, questions).definition();
  let current: Oracle | undefined;
  const compiled = compile(abstracted);
  const expressions = new Map(compiled.expressions);
  questions.forEach((question, index) => expressions.set(nameOf(index), askingOracle(question, () => current)));
  return {
    plan: { ...compiled, expressions },
    questionOf: (source) => questions[Number(/^oracle(\d+)$/.exec(source)?.[1] ?? -1)],
    withOracle(oracle, run) {
      current = oracle;
      try {
        return run();
      } finally {
        current = undefined;
      }
    },
  };
}

function askingOracle(question: Question, current: () => Oracle | undefined): Expression {
  return {
    source: question.kind,
    evaluate(context) {
      const oracle = current();
      if (!oracle) throw new Error('Expected an oracle, but the abstract plan is run without one');
      return { value: oracle.answer(question, context), warnings: [] };
    },
  };
}

/** A FEEL name, so that the abstract definition is a definition like any other. */
function nameOf(index: number): string {
  return `oracle${index}`;
}

class Abstraction {
  readonly #definition: ProcessDefinition;
  readonly #relevant: ReadonlySet<string>;
  readonly #questions: Question[];

  constructor(definition: ProcessDefinition, relevant: ReadonlySet<string>, questions: Question[]) {
    this.#definition = definition;
    this.#relevant = relevant;
    this.#questions = questions;
  }

  definition(): ProcessDefinition {
    const { subject: _subject, ...rest } = this.#definition;
    const declared = this.#kept(this.#definition.variables);
    return { ...rest, variables: declared, ...this.#container(this.#definition, declared.map(({ name }) => name)) };
  }

  #container(container: FlowContainer, assignable: readonly string[]): { flowElements: FlowElement[]; sequenceFlows: SequenceFlow[] } {
    return {
      flowElements: container.flowElements.map((element) => this.#element(element, assignable)),
      sequenceFlows: container.sequenceFlows.map((flow) => this.#flow(flow, container)),
    };
  }

  #flow({ id, sourceRef, targetRef, condition }: SequenceFlow, container: FlowContainer): SequenceFlow {
    if (condition === undefined) return { id, sourceRef, targetRef };
    const conditions = container.sequenceFlows.filter((flow) => flow.sourceRef === sourceRef && flow.condition !== undefined).length;
    return { id, sourceRef, targetRef, condition: this.#decide(condition, id, sourceRef, areMany(conditions)) };
  }

  #element(element: FlowElement, assignable: readonly string[]): FlowElement {
    const { id } = element;
    switch (element.type) {
      case 'startEvent':
        // What starts the process brings its variables.
        if (this.#definition.flowElements.includes(element) && element.event && 'message' in element.event && !element.event.mappings) return { ...element, event: { kind: 'message', message: element.event.message } };
        return { ...element, ...(element.event ? { event: this.#catching(element.event, id, assignable) } : {}) } as FlowElement;
      case 'intermediateCatchEvent':
      case 'boundaryEvent':
        return { ...element, ...(element.event ? { event: this.#catching(element.event, id, assignable) } : {}) } as FlowElement;
      case 'endEvent':
      case 'intermediateThrowEvent': {
        const { ledger: _ledger, event, ...rest } = element;
        return { ...rest, ...(event ? { event: throwing(event) } : {}) } as FlowElement;
      }
      case 'exclusiveGateway':
      case 'inclusiveGateway':
      case 'parallelGateway':
      case 'eventBasedGateway':
        return element;
      case 'complexGateway':
        // A condition over tokens alone needs no data: it is played as it is.
        return { ...element, ...(element.activationCondition === undefined || isAboutTokens(element.activationCondition) ? {} : { activationCondition: this.#decide(element.activationCondition, `${id} activation`, id) }) };
      default:
        return this.#activity(element, assignable);
    }
  }

  #activity(element: Extract<FlowElement, { multiInstance?: MultiInstance | undefined }>, assignable: readonly string[]): FlowElement {
    const { id, multiInstance, standardLoop, isForCompensation, startQuantity, completionQuantity } = element;
    const marker = {
      id,
      ...(element.default === undefined ? {} : { default: element.default }),
      ...(isForCompensation === undefined ? {} : { isForCompensation }),
      ...(startQuantity === undefined ? {} : { startQuantity }),
      ...(completionQuantity === undefined ? {} : { completionQuantity }),
      ...(multiInstance ? { multiInstance: this.#multiInstance(multiInstance, id) } : {}),
      ...(standardLoop ? { standardLoop: this.#standardLoop(standardLoop, id) } : {}),
    };
    const variable = multiInstance?.elementVariable;
    const inner = variable === undefined ? assignable : [...assignable, variable];
    const collected = multiInstance?.outputCollection;
    const outputs = [...this.#mappings(element.outputs), ...(collected !== undefined && this.#relevant.has(collected) ? [{ target: collected, source: this.#fresh('output collection') }] : [])];
    const inputs = this.#mappings(element.inputs);
    const mapped = { ...marker, ...(inputs.length > 0 ? { inputs } : {}), ...(outputs.length > 0 ? { outputs } : {}) };
    const result = 'resultVariable' in element && element.resultVariable !== undefined && this.#relevant.has(element.resultVariable) ? { resultVariable: element.resultVariable } : {};
    switch (element.type) {
      case 'task':
      case 'manualTask':
        return { ...mapped, type: element.type };
      case 'userTask':
        // Without outputs, the form may set any variable.
        return { ...mapped, type: 'userTask', candidateRoles: ['anyone'], form: element.form, outputs: element.outputs ? outputs : [...outputs, ...this.#setAny(inner, 'data')] };
      case 'serviceTask':
        return { ...marker, ...(outputs.length > 0 ? { outputs } : {}), type: 'serviceTask', activity: element.activity, ...result };
      case 'businessRuleTask': {
        const { resultVariable } = element;
        const kept = this.#relevant.has(resultVariable) ? [{ target: resultVariable, source: this.#value('result') }] : [];
        // A decision in place would need the data; asked outside, it may say anything.
        return { ...marker, type: 'serviceTask', activity: 'decision', outputs: [...kept, ...outputs] };
      }
      case 'scriptTask':
        return { ...mapped, type: 'scriptTask', script: this.#value(element.script), ...result };
      case 'sendTask':
        return { ...mapped, type: 'sendTask', event: { kind: 'message', message: element.event.message, correlationKey: '"any"' } };
      case 'receiveTask': {
        const event = this.#catching(element.event, id, assignable) as typeof element.event;
        return { ...mapped, type: 'receiveTask', event, ...(element.instantiate === undefined ? {} : { instantiate: element.instantiate }) };
      }
      case 'callActivity':
        return { ...marker, ...(outputs.length > 0 ? { outputs } : {}), type: 'callActivity', calledElement: element.calledElement };
      default:
        return this.#subProcess(element, mapped, inner);
    }
  }

  #subProcess(element: Extract<FlowElement, { flowElements: FlowElement[] }>, mapped: { readonly id: string; readonly inputs?: Mapping[] }, assignable: readonly string[]): FlowElement {
    const declared = this.#kept(element.variables ?? []);
    const inner = [...assignable, ...declared.map(({ name }) => name), ...(mapped.inputs ?? []).map(({ target }) => target)];
    const content = { ...mapped, variables: declared, ...this.#container(element, inner) };
    if (element.type === 'transaction') return { ...content, type: 'transaction' };
    if (element.type === 'subProcess') return { ...content, type: 'subProcess', ...(element.triggeredByEvent === undefined ? {} : { triggeredByEvent: element.triggeredByEvent }) };
    const ids = element.flowElements.filter((member) => !element.sequenceFlows.some(({ targetRef }) => targetRef === member.id)).map(({ id }) => id);
    return {
      ...content,
      type: 'adHocSubProcess',
      ...(element.ordering ? { ordering: element.ordering } : {}),
      ...(element.cancelRemainingInstances === undefined ? {} : { cancelRemainingInstances: element.cancelRemainingInstances }),
      ...(element.completionCondition === undefined ? {} : { completionCondition: this.#decide(element.completionCondition, `${element.id} completion`, element.id) }),
      ...(element.activeElements === undefined ? {} : { activeElements: this.#ask({ kind: 'activities', sets: [ids, ...ids.map((id) => [id]), []] }) }),
    };
  }

  /** A small maximum is played as it is; a larger one may be reached in any round that is not told apart from others. */
  #standardLoop({ kind, testBefore, condition, maximum }: StandardLoop, id: string): StandardLoop {
    const isSmall = maximum !== undefined && maximum <= roundsKnown;
    const question: Question = { kind: 'decide', site: `${id} loop`, elementId: id, formula: formulaOf(condition ?? 'loopCounter > 0'), isAboutRounds: condition !== undefined, ...(maximum === undefined || isSmall ? {} : { isCapped: true }) };
    return { kind, testBefore, ...(isSmall ? { maximum } : {}), condition: this.#ask(question) };
  }

  #multiInstance(marker: MultiInstance, id: string): MultiInstance {
    const { sequential, collection, cardinality, elementVariable, completionCondition } = marker;
    const form = valueFormOf(collection ?? cardinality ?? 'null');
    const known = form.kind === 'list' ? form.length : form.kind === 'literal' && typeof form.value === 'number' ? form.value : undefined;
    // Two stand for many; a few that are known are played as they are.
    const counted = collection === undefined ? `(${cardinality ?? 'null'})` : `count(${collection})`;
    const sizes = (known === undefined ? [2, 1, 0] : [Math.min(3, known)]).map((size) => ({ size, formula: formulaOf(`${counted} + 0 = ${size}`) }));
    return {
      kind: 'multiInstance',
      sequential,
      ...(collection === undefined ? { cardinality: this.#ask({ kind: 'count', sizes }) } : { collection: this.#ask({ kind: 'items', sizes }) }),
      ...(elementVariable === undefined ? {} : { elementVariable }),
      ...(completionCondition === undefined ? {} : { completionCondition: this.#decide(completionCondition, `${id} completion`, id) }),
      ...(marker.behavior ? { behavior: this.#behavior(marker.behavior, id) } : {}),
    };
  }

  #behavior(behavior: NonNullable<MultiInstance['behavior']>, id: string): NonNullable<MultiInstance['behavior']> {
    // What is thrown stays of its kind.
    const plain = <Event extends EventDefinition>(event: Event): Event => throwing(event) as Event;
    if (behavior.kind !== 'complex') return { ...behavior, event: plain(behavior.event) };
    return { ...behavior, definitions: behavior.definitions.map(({ condition, event }, index) => ({ condition: this.#decide(condition, `${id} behavior ${index}`, id), event: plain(event) })) };
  }

  #catching(event: CatchEvent, id: string, assignable: readonly string[]): CatchEvent {
    if (event.kind === 'multiple') return { ...event, events: event.events.map((inner) => this.#catching(inner, id, assignable)) as typeof event.events };
    switch (event.kind) {
      case 'timer':
        if (event.timeDate !== undefined) return { kind: 'timer', timeDate: anyDate };
        return event.timeDuration === undefined ? { kind: 'timer', timeCycle: anyCycle } : { kind: 'timer', timeDuration: anyDuration };
      case 'message':
        return {
          kind: 'message',
          message: event.message,
          // Who asks with the same expression means the same thing.
          ...(event.correlationKey === undefined ? {} : { correlationKey: JSON.stringify(event.correlationKey) }),
          mappings: event.mappings ? this.#mappings(event.mappings) : this.#setAny(assignable, 'message'),
        };
      case 'signal':
        return { kind: 'signal', signal: event.signal, mappings: event.mappings ? this.#mappings(event.mappings) : this.#setAny(assignable, 'signal') };
      case 'conditional':
        return { kind: 'conditional', condition: this.#decide(event.condition, `${id} condition`, id) };
      case 'error':
      case 'escalation':
        return { ...event, ...(event.mappings ? { mappings: this.#mappings(event.mappings) } : {}) };
      default:
        return event;
    }
  }

  #kept<Declared extends ProcessDefinition['variables'][number]>(variables: readonly Declared[]): ProcessDefinition['variables'] {
    return variables.filter(({ name }) => this.#relevant.has(name)).map(({ name, classification }) => ({ name, classification, type: 'number' }));
  }

  #mappings(mappings: readonly Mapping[] | undefined): Mapping[] {
    return (mappings ?? []).filter(({ target }) => this.#relevant.has(target)).map(({ target, source }) => ({ target, source: this.#value(source) }));
  }

  #setAny(names: readonly string[], from: string): Mapping[] {
    const required = new Set(this.#definition.variables.filter((declaration) => declaration.required).map(({ name }) => name));
    return [...new Set(names)].filter((name) => this.#relevant.has(name) && !required.has(name)).map((target) => ({ target, source: this.#value(`${from}.${target}`) }));
  }

  #fresh(source: string): string {
    return this.#ask({ kind: 'value', form: { kind: 'computed', references: [] }, source });
  }

  #value(source: string): string {
    return this.#ask({ kind: 'value', form: valueFormOf(source), source });
  }

  #decide(source: string, site: string, elementId: string, isOneOfMany = false): string {
    return this.#ask({ kind: 'decide', site, elementId, formula: formulaOf(source), ...(isOneOfMany ? { isOneOfMany } : {}) });
  }

  #ask(question: Question): string {
    this.#questions.push(question);
    return nameOf(this.#questions.length - 1);
  }
}

type CatchEvent = EventDefinition | { readonly kind: 'multiple'; readonly parallel?: boolean | undefined; readonly events: readonly EventDefinition[] };

function throwing(event: CatchEvent): CatchEvent {
  if (event.kind === 'multiple') return { ...event, events: event.events.map((inner) => throwing(inner) as EventDefinition) };
  if (event.kind === 'message') return { kind: 'message', message: event.message, correlationKey: '"any"' };
  if (event.kind === 'signal') return { kind: 'signal', signal: event.signal };
  if (event.kind === 'escalation') return { kind: 'escalation', ...(event.escalationCode === undefined ? {} : { escalationCode: event.escalationCode }) };
  return event;
}

/** Whether a complex gateway's condition reads nothing but the gateway's own counters. */
function isAboutTokens(condition: string): boolean {
  return !/[\p{L}_]/u.test(condition.replace(/\b(activationCount|waitingForStart|and|or|not|true|false)\b/g, ''));
}
