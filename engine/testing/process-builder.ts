import { isBody } from '../activity-markers.ts';
import { compile } from '../compile.ts';
import type { Actor } from '../actor.ts';
import type { Command, RecordEntry } from '../command.ts';
import { createInitialState } from '../create-initial-state.ts';
import type { FlowElement, ProcessDefinition, SequenceFlow, VariableDeclaration, VariableType } from '../definition/index.ts';
import type { EngineEvent } from '../event.ts';
import type { Json, Variables } from '../json.ts';
import type { ProcessBundle, ProcessPlan } from '../plan.ts';
import type { ElementInstance, ProcessState } from '../state.ts';
import { openUserTasks, type OpenUserTask } from '../user-tasks.ts';
import { step, type StepResult } from '../step.ts';

/** The parts of a definition that a test speaks of. Flows read `source > target` or `source > target: condition`. */
export interface ProcessParts {
  readonly variables?: { readonly [name: string]: VariableType };
  readonly required?: readonly string[];
  readonly elements: readonly FlowElement[];
  readonly flows: readonly string[];
}

export const at = '2026-03-01T08:00:00.000Z';
export const system: Actor = { id: 'his', kind: 'system', roles: [] };
export const nurse: Actor = { id: 'n1', kind: 'person', roles: ['nurse'], unit: 'w1' };
export const otherNurse: Actor = { id: 'n2', kind: 'person', roles: ['nurse'], unit: 'w1' };
export const operator: Actor = { id: 'o1', kind: 'person', roles: ['operator'] };

/** A definition around the given parts. A flow's id is `source_target`. */
export function processOf({ variables = {}, required = [], elements, flows }: ProcessParts): ProcessDefinition {
  return {
    format: 'careloop-process/1',
    key: 'test',
    version: '1',
    name: { 'zh-CN': '测试', en: 'Test' },
    variables: declare(variables, required),
    flowElements: [...elements],
    sequenceFlows: flows.map(flowOf),
  };
}

export function declare(variables: { readonly [name: string]: VariableType }, required: readonly string[] = []): VariableDeclaration[] {
  return Object.entries(variables).map(([name, type]) => ({ name, type, classification: 'operational', ...(required.includes(name) ? { required: true } : {}) }));
}

/** `a > b: x > 3` as a sequence flow. */
export function flowOf(text: string): SequenceFlow {
  const match = /^(\w+) > (\w+)(?:: (.+))?$/.exec(text);
  const [, sourceRef = '', targetRef = '', condition] = match ?? [];
  return { id: `${sourceRef}_${targetRef}`, sourceRef, targetRef, ...(condition === undefined ? {} : { condition }) };
}

export const start: FlowElement = { id: 'start', type: 'startEvent' };
export const end: FlowElement = { id: 'end', type: 'endEvent' };
export function service(id: string, more: Partial<Extract<FlowElement, { type: 'serviceTask' }>> = {}): FlowElement {
  return { id, type: 'serviceTask', activity: 'test.act', ...more };
}
export function userTask(id: string, more: Partial<Extract<FlowElement, { type: 'userTask' }>> = {}): FlowElement {
  return { id, type: 'userTask', candidateRoles: ['nurse'], form: 'form', ...more };
}
export function script(id: string, source: string, resultVariable?: string): FlowElement {
  return { id, type: 'scriptTask', script: source, ...(resultVariable === undefined ? {} : { resultVariable }) };
}

type EventBody = EngineEvent extends infer Event ? (Event extends EngineEvent ? Omit<Event, 'id' | 'at' | 'actor'> & Partial<Pick<Event, 'at' | 'actor'>> : never) : never;

/** An instance under test: every state is frozen through and through before it is stepped. */
export class TestInstance {
  readonly plan: ProcessPlan;
  readonly log: RecordEntry[] = [];
  state: ProcessState;
  commands: readonly Command[] = [];
  #events = 0;

  constructor(source: ProcessParts | ProcessBundle) {
    this.plan = compile('format' in source ? source : processOf(source));
    this.state = createInitialState(this.plan, { instanceId: 'i1', businessKey: 'b1' });
  }

  send(body: EventBody): StepResult {
    this.#events += 1;
    // The members that EventBody leaves open are given here, whatever the type.
    const event = { id: `c${this.#events}`, at, actor: system, ...body } as EngineEvent;
    const result = step(this.plan, deepFreeze(this.state), event);
    this.state = result.state;
    this.commands = result.commands;
    for (const command of result.commands) if (command.type === 'recordEntry') this.log.push(command.entry);
    return result;
  }

  start(variables: Variables = {}): this {
    this.send({ type: 'instanceStarted', variables });
    return this;
  }

  answer(elementId: string, result: Json = {}): this {
    this.send({ type: 'serviceCompleted', elementInstanceId: this.instance(elementId).id, result });
    return this;
  }

  completeTask(elementId: string, data: Variables = {}, actor: Actor = nurse): this {
    this.send({ type: 'userTaskCompleted', taskId: this.task(elementId).id, data, actor });
    return this;
  }

  instance(elementId: string): ElementInstance {
    return one(Object.values(this.state.elementInstances).filter((instance) => instance.elementId === elementId && !isBody(instance)), elementId);
  }

  task(elementId: string): OpenUserTask {
    return one(openUserTasks(this.plan, this.state).filter((task) => task.elementId === elementId), elementId);
  }

  get variables(): Variables {
    return this.state.scopes['root']?.variables ?? {};
  }

  /** Ids of completed elements in order, read from the record. */
  get path(): string[] {
    return this.log.filter(({ action }) => action === 'element.completed').map(({ elementId }) => elementId ?? '');
  }

  get openIncidents(): { element: string; code: string; allowed: readonly string[] }[] {
    return Object.values(this.state.incidents).map(({ elementId, failure, allowed }) => ({ element: elementId, code: failure.code, allowed }));
  }

  /** The refusal of the last event. */
  get refusal(): string | undefined {
    return this.commands.flatMap((command) => (command.type === 'rejectEvent' ? [command.failure.code] : []))[0];
  }

  /** Types of the last commands, the record's entries left out. */
  get effects(): string[] {
    return this.commands.map(({ type }) => type).filter((type) => type !== 'recordEntry');
  }

  /** Nothing that could still move is left in the state. */
  get isEmpty(): boolean {
    const { elementInstances, userTasks, timers, subscriptions, incidents, signalSubscriptions = {}, conditions = {}, occurrences = {}, scopes } = this.state;
    return [elementInstances, userTasks, timers, subscriptions, incidents, signalSubscriptions, conditions, occurrences].every((map) => Object.keys(map).length === 0) && Object.keys(scopes).join() === 'root' && scopes['root']?.joins === undefined;
  }
}

function one<Entry>(entries: readonly Entry[], elementId: string): Entry {
  const [first] = entries;
  if (first === undefined) throw new Error(`Expected an open ${elementId}, but there is none`);
  return first;
}

/** Makes any later change of the value throw. */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const entry of Object.values(value)) deepFreeze(entry);
  }
  return value;
}
