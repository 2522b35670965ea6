import type { EventDefinition } from './definition/index.ts';
import { raise } from './failure-raised.ts';
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
 * only one it has, or where there is none with everything that no flow leads to. Raises SUBSCRIPTION_NOT_FOUND.
 */
export function findStart(plan: ProcessPlan, named: { readonly messageName?: string; readonly signalName?: string; readonly startElementId?: string }): ProcessStart | undefined {
  const { messageName, signalName, startElementId } = named;
  const starts = startsOf(plan);
  if (messageName === undefined && signalName === undefined && startElementId === undefined) return startByHand(plan, starts);
  const found = starts.find(({ event, eventIndex }) => {
    const definition = definitionsOf(event)[eventIndex ?? 0];
    if (startElementId !== undefined && event.id !== startElementId) return false;
    if (messageName !== undefined && !(definition?.kind === 'message' && definition.message === messageName)) return false;
    return signalName === undefined || (definition?.kind === 'signal' && definition.signal === signalName);
  });
  return found ?? raise({ code: 'SUBSCRIPTION_NOT_FOUND', message: `Expected a start of the process for ${messageName ?? signalName ?? startElementId ?? ''}, but there is none` });
}

function startByHand(plan: ProcessPlan, starts: readonly ProcessStart[]): ProcessStart | undefined {
  const plain = plan.root.startEvents.find(({ definition }) => definition.type === 'startEvent' && definition.event === undefined);
  if (plain) return { event: plain };
  const events = new Set(starts.map(({ event }) => event));
  if (events.size === 1) return starts[0];
  if (events.size === 0) return undefined;
  return raise({ code: 'SUBSCRIPTION_NOT_FOUND', message: 'Expected the message, signal or element that starts the process, but none is named' });
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
