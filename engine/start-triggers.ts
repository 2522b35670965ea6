import type { EventDefinition } from './definition/index.ts';
import { evaluateExpression } from './expressions.ts';
import type { Failure } from './failure.ts';
import { failureOf, raise } from './failure-raised.ts';
import type { Variables } from './json.ts';
import type { ElementPlan, ProcessPlan } from './plan.ts';
import { definitionsOf } from './waits.ts';

/** Where a process begins: a start event, a receive task, or an event behind an instantiating gateway. */
export interface ProcessStart {
  readonly event: ElementPlan;
  readonly gateway?: ElementPlan;
  /** Which of a multiple event's definitions. */
  readonly eventIndex?: number;
}

/** A start that something outside triggers; a process without any is started by hand. */
export interface StartTrigger {
  readonly startElementId: string;
  readonly event: EventDefinition;
}

/** What starts an instance of the process: messages, signals, timers, conditions. BPMN 2.0.2 §13.5.1. */
export function startTriggers(plan: ProcessPlan): StartTrigger[] {
  return startsOf(plan).flatMap(({ event, eventIndex }) => definitionsOf(event).filter((_, index) => index === (eventIndex ?? 0)).map((definition) => ({ startElementId: event.id, event: definition })));
}

/**
 * The start that the event names; undefined begins the process by hand: at its start event without an event, at the
 * only one it has, or where there is none with everything that no flow leads to. Where it has several start events
 * without an event, each is another way to begin and has to be named. Raises SUBSCRIPTION_NOT_FOUND,
 * START_EVENT_NOT_NAMED. BPMN 2.0.2 §10.5.2, §13.2.
 */
export function findStart(plan: ProcessPlan, named: { readonly messageName?: string; readonly signalName?: string; readonly startElementId?: string }): ProcessStart | undefined {
  const { messageName, signalName, startElementId } = named;
  const starts = startsOf(plan);
  if (messageName === undefined && signalName === undefined && startElementId === undefined) return startByHand(plan, starts);
  const plain = messageName === undefined && signalName === undefined ? plainStarts(plan).find(({ id }) => id === startElementId) : undefined;
  if (plain) return { event: plain };
  const found = starts.find(({ event, eventIndex }) => {
    const definition = definitionsOf(event)[eventIndex ?? 0];
    if (startElementId !== undefined && event.id !== startElementId) return false;
    if (messageName !== undefined && !(definition?.kind === 'message' && definition.message === messageName)) return false;
    return signalName === undefined || (definition?.kind === 'signal' && definition.signal === signalName);
  });
  return found ?? raise({ code: 'SUBSCRIPTION_NOT_FOUND', message: `Expected a start of the process for ${messageName ?? signalName ?? startElementId ?? ''}, but there is none`, ...(startElementId === undefined ? {} : { place: 'startEventId' }) });
}

function startByHand(plan: ProcessPlan, starts: readonly ProcessStart[]): ProcessStart | undefined {
  const [plain, ...others] = plainStarts(plan);
  if (plain && others.length > 0) {
    const ids = [plain, ...others].map(({ id }) => id).join(', ');
    return raise({ code: 'START_EVENT_NOT_NAMED', message: `Expected the start event at which the process begins, one of ${ids}, but none is named`, place: 'startEventId' });
  }
  if (plain) return { event: plain };
  const events = new Set(starts.map(({ event }) => event));
  if (events.size === 1) return starts[0];
  if (events.size === 0) return undefined;
  return raise({ code: 'SUBSCRIPTION_NOT_FOUND', message: 'Expected the message, signal or element that starts the process, but none is named' });
}

/**
 * Whether the condition of a conditional start holds for the values; `null` (not yet known) does not. A failure when it
 * cannot be told: EXPRESSION_FAILED, CONDITION_NOT_BOOLEAN. BPMN 2.0.2 §10.5.2.
 */
export function startConditionHolds(plan: ProcessPlan, { startElementId, event }: StartTrigger, variables: Variables, at: string): boolean | Failure {
  const expression = event.kind === 'conditional' ? plan.expressions.get(event.condition) : undefined;
  if (!expression) return false;
  try {
    const value = evaluateExpression(expression, variables, at, { elementId: startElementId, purpose: 'condition' });
    if (value === null || typeof value === 'boolean') return value === true;
    return { code: 'CONDITION_NOT_BOOLEAN', elementId: startElementId, message: `Expected the condition of ${startElementId} to be true, false or null, but it is none of them` };
  } catch (error) {
    return { elementId: startElementId, ...failureOf(error) };
  }
}

/** The start events of the process that a person or system begins it at, without anything else happening. */
export function plainStarts(plan: ProcessPlan): readonly ElementPlan[] {
  return plan.root.startEvents.filter(({ definition }) => definition.type === 'startEvent' && definition.event === undefined);
}

function startsOf(plan: ProcessPlan): ProcessStart[] {
  const top = plan.elements.filter((element) => isTopLevel(plan, element));
  return top.flatMap((element): ProcessStart[] => {
    const { definition } = element;
    if (definition.type === 'startEvent' && definition.event) return indexed(element);
    if (definition.type === 'receiveTask' && definition.instantiate) return [{ event: element }];
    if (definition.type === 'eventBasedGateway' && definition.instantiate) return element.outgoing.flatMap(({ target }) => indexed(target).map((start) => ({ ...start, gateway: element })));
    return [];
  });
}

function indexed(event: ElementPlan): ProcessStart[] {
  const definitions = definitionsOf(event);
  return definitions.length > 1 ? definitions.map((_, eventIndex) => ({ event, eventIndex })) : [{ event }];
}

function isTopLevel(plan: ProcessPlan, element: ElementPlan): boolean {
  return plan.definition.flowElements.includes(element.definition);
}
